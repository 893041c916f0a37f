// Package news says who hears again: how what applies to somebody stands to
// what they were told last, in words a duty officer reads.
//
// Telling is the default. Somebody is left out of a later update only when
// nothing that applies to them changed, and their last notice is known
// received, and it is within its review date.
package news

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"vedette"
	"vedette/gazetteer"
)

// Told is what a notice tells somebody, in parts that can be compared from
// update to update. Many people share one: do not change it.
type Told struct {
	Urgency vedette.Urgency // as acted by
	Kind    vedette.ReportKind
	Hazard  []string         // categories and status, sorted
	Places  []vedette.AreaID // the affected areas that meet where they are, sorted
	Shapes  []string         // drawn
	Posture vedette.Action
	Area    vedette.AreaID   // of the posture
	Risk    vedette.Risk     // of their area
	Areas   []vedette.AreaID // where they are or will be, as far as concerned; none where nothing applies
	Lines   []Line
	Binding string // why it reaches everyone who was told: "it corrects what was told", or ""

	names func(vedette.AreaID) string
	sum   string // equal for what tells the same

	mu  sync.Mutex
	was map[*Told]string // what changed since another, see changed
}

// Line is one advice as it was told.
type Line struct {
	Text      string
	says      string // the advice in all its parts
	aim       string // its actions and where
	Met       bool
	Suspended bool
	Trip      bool
	MayBe     bool
	Asks      bool
	Cleared   bool
}

// Tell resolves what a variant of an update tells, to be compared. What other
// updates say besides is their own news, but for the posture and the risk they
// raise.
func Tell(g *gazetteer.Gazetteer, u *vedette.Update, v vedette.Variant) *Told {
	c := &u.Content
	t := &Told{Kind: c.Kind, Urgency: c.Urgency.Effective(), Posture: v.Posture, Area: v.Area, Risk: v.Risk, Areas: v.Areas, Binding: binding(u), names: g.Name}
	t.Hazard = slices.Concat(c.Categories, c.Status)
	slices.Sort(t.Hazard)
	for _, p := range c.Affected {
		if p.Area != "" && slices.ContainsFunc(v.Areas, func(at vedette.AreaID) bool {
			return p.Area == at || g.Contains(p.Area, at) || g.Contains(at, p.Area)
		}) {
			t.Places = append(t.Places, p.Area)
		}
	}
	slices.Sort(t.Places)
	for i := range u.Shapes {
		t.Shapes = append(t.Shapes, shape(&u.Shapes[i]))
	}
	for _, l := range v.Lines {
		group := &c.Recommendations[l.Group]
		t.Lines = append(t.Lines, lineOf(&group.Advice[l.Item], group.Area, l))
	}
	t.sum = t.digest()
	return t
}

// binding says why an update reaches everyone who was told.
func binding(u *vedette.Update) string {
	switch {
	case u.Cancels != "":
		return "it cancels what was told"
	case u.Corrects != "":
		return "it corrects what was told"
	}
	return ""
}

func shape(s *vedette.Shape) string {
	if s.Circle != nil {
		return fmt.Sprintf("%s %v %v %v %v", s.Name, s.Circle.Center, s.Circle.KM, s.Unsure, s.Risk)
	}
	return fmt.Sprintf("%s %v %v %v", s.Name, s.Polygon, s.Unsure, s.Risk)
}

func lineOf(a *vedette.Advice, group vedette.AreaID, l vedette.NoticeLine) Line {
	out := Line{Text: squeeze(a.Text), Met: l.Met, Suspended: l.Suspended, Trip: l.Trip, MayBe: l.MayBe, Asks: l.Asks, Cleared: l.Cleared}
	var aims, kinds []string
	for i := range a.Actions {
		act := &a.Actions[i]
		areas := act.Areas(group)
		slices.Sort(areas)
		aims = append(aims, fmt.Sprint(act.Action, areas))
		kinds = append(kinds, act.Kinds...)
	}
	slices.Sort(aims)
	slices.Sort(kinds)
	out.aim = strings.Join(aims, " ")
	says := []string{out.Text, out.aim, squeeze(a.Audience), squeeze(a.Condition), strings.Join(kinds, " ")}
	for _, e := range a.Except {
		says = append(says, "except "+cmp.Or(string(e.Area), e.Text))
	}
	if n := a.Near; n != nil {
		says = append(says, fmt.Sprint("near ", n.KM, n.Of.Area, n.What))
	}
	if w := a.Until; w != nil {
		says = append(says, "until "+w.Date+w.From+w.To)
		if w.At != nil {
			says = append(says, w.At.UTC().String())
		}
	}
	out.says = strings.Join(says, "\n")
	return out
}

// squeeze takes out what is no word: how a text was broken into lines.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// applies says whether anything of it concerns them.
func (t *Told) applies() bool { return t != nil && len(t.Areas)+len(t.Lines) > 0 }

// flags tell apart how a line applies.
func (l *Line) flags() string {
	return fmt.Sprint(l.Met, l.Suspended, l.Trip, l.MayBe, l.Asks, l.Cleared)
}

func (t *Told) digest() string {
	var lines []string
	for i := range t.Lines {
		lines = append(lines, t.Lines[i].says+"\n"+t.Lines[i].flags())
	}
	slices.Sort(lines) // the order alone is no news
	return fmt.Sprintf("%s %d %q %q %q %s %s %d %q\n%q", t.Kind, t.Urgency, t.Hazard, t.Places, t.Shapes, t.Posture, t.Area, t.Risk, t.Areas, lines)
}
