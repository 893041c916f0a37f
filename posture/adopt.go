package posture

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"vedette"
	"vedette/advise/audience"
	"vedette/advise/condition"
	"vedette/advise/until"
	"vedette/gazetteer"
)

// Adoption is an update that is being published, and what it meets.
type Adoption struct {
	Board    []vedette.Posture
	Update   *vedette.Update
	Declared []vedette.Declared
	Earlier  []*vedette.Update // of its situation, and those the board's rows came from
	Open     []vedette.Task    // what is asked already is not asked twice
	Decided  []vedette.Task    // of its situation: what was kept is not asked again over the same words
}

// due is how long the desk has to say whether a posture is kept or lifted.
const due = 24 * time.Hour

// said is a posture that the update tells everybody outright.
type said struct {
	area        vedette.AreaID
	action      vedette.Action
	group, item int
	text        string
	except      []vedette.AreaID
}

// adopting is an adoption being worked out.
type adopting struct {
	Adoption
	g     *gazetteer.Gazetteer
	now   time.Time
	rows  rows // before
	said  []said
	rise  []vedette.Posture
	tasks []vedette.Task
}

// Adopt gives what publishing an actual update changes on the board: the rows
// to write, and the questions to the desk. A row that holds what stood before
// is among them where only it keeps a part, left out or named apart, from
// rising with what lies around it. Nothing for an exercise or a test.
//
// An equal posture leaves the row as it is: it stands since the first update
// that said so. The rows may be written as they are; keys and the tasks' ids
// are the store's.
func Adopt(g *gazetteer.Gazetteer, in Adoption, now time.Time) (rise []vedette.Posture, tasks []vedette.Task) {
	if in.Update.Status != vedette.StatusActual {
		return nil, nil
	}
	a := &adopting{Adoption: in, g: g, now: now, rows: rowsOf(in.Board, ""), said: sayings(g, until.Live(g, in.Update, now), in.Declared, nil)}
	for i := range a.said {
		a.adopt(&a.said[i])
	}
	for i := range a.said {
		a.apart(&a.said[i])
	}
	a.within(nil)
	a.unnamed()
	return a.rise, a.tasks
}

// sayings lists the postures an update tells everybody outright, the
// strongest for each area, in the update's order; with only, those it takes.
func sayings(g *gazetteer.Gazetteer, u *vedette.Update, declared []vedette.Declared, only func(*said) bool) []said {
	states := condition.Of(u, declared)
	var out []said
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			adv := &group.Advice[ai]
			whom := audience.Read(g, adv.Audience)
			if adv.Near != nil || !whom.Everyone() {
				continue
			}
			for k := range adv.Actions {
				act := &adv.Actions[k]
				if act.Action.Posture() == 0 || adv.Awaits(act.Action) && states.Of(gi, ai) != vedette.ConditionMet {
					continue
				}
				for _, area := range act.Areas(group.Area) {
					if s := (said{area, act.Action, gi, ai, adv.Text, areas(adv.Except)}); only == nil || only(&s) {
						out = say(out, s)
					}
				}
			}
		}
	}
	return out
}

func say(all []said, s said) []said {
	i := slices.IndexFunc(all, func(o said) bool { return o.area == s.area })
	switch {
	case i < 0:
		return append(all, s)
	case s.action.Posture() > all[i].action.Posture():
		all[i] = s
	}
	return all
}

func areas(ps []vedette.Place) (out []vedette.AreaID) {
	for _, p := range ps {
		if p.Area != "" {
			out = append(out, p.Area)
		}
	}
	return out
}

// adopt holds one posture against what stands for its area.
func (a *adopting) adopt(s *said) {
	stands, _ := a.rows.at(a.g, s.area)
	switch d := s.action.Posture() - stands.Action.Posture(); {
	case d > 0:
		a.rise = append(a.rise, a.row(s, s.area, s.action))
	case d < 0:
		says := "says " + Words(s.action)
		if stands.Area != s.area {
			says = "says " + where(a.g, s.action, s.area)
		}
		a.ask(s.area, &stands, says)
	}
}

func (a *adopting) row(s *said, area vedette.AreaID, action vedette.Action) vedette.Posture {
	return vedette.Posture{Area: area, Action: action, Since: a.now, Update: a.Update.ID, Group: s.group, Item: s.item, Text: s.text}
}

// rose says whether a posture rises for its own area.
func (a *adopting) rose(s *said) bool {
	return slices.ContainsFunc(a.rise, func(p vedette.Posture) bool { return p.Area == s.area && p.Action == s.action })
}

// apart keeps what the update sets apart from rising with what is around it:
// the parts an advice leaves out, and narrower areas with a word of their own.
func (a *adopting) apart(s *said) {
	for _, e := range s.except {
		if a.names(e) {
			continue
		}
		stands, ok := a.rows.at(a.g, e)
		switch {
		case ok && stands.Action.Posture() >= s.action.Posture():
			if stands.Area != e || a.ours(stands) {
				a.ask(e, &stands, "leaves "+a.g.Name(e)+" out")
			}
		case a.rose(s):
			a.hold(s, e, stands)
		}
	}
	for i := range a.said {
		n := &a.said[i]
		if wider(a.g, s.area, n.area) && a.rose(s) && !a.rose(n) {
			stands, _ := a.rows.at(a.g, n.area)
			a.hold(n, n.area, stands)
		}
	}
}

func (a *adopting) names(area vedette.AreaID) bool {
	return slices.ContainsFunc(a.said, func(s said) bool { return s.area == area })
}

// hold writes for an area what stood for it, where it had no row of its own.
func (a *adopting) hold(s *said, area vedette.AreaID, stands vedette.Posture) {
	_, own := a.rows[area]
	if own || slices.ContainsFunc(a.rise, func(p vedette.Posture) bool { return p.Area == area }) {
		return
	}
	p := a.row(s, area, stands.Action)
	if stands.Action != "" {
		p = stands
		p.Key, p.Area = 0, area
	}
	a.rise = append(a.rise, p)
}

// within raises the weaker rows inside an area that the update speaks of. A
// person's own hand is overruled only when that area rises: the same word
// said again is no news. With only, it is by the sayings that it takes.
func (a *adopting) within(only func(*said) bool) {
	for _, area := range a.inOrder() {
		r := a.rows[area]
		s := a.narrowest(area)
		if s == nil || s.area == area || a.leavesOut(s, area) || s.action.Posture() <= r.Action.Posture() || only != nil && !only(s) {
			continue
		}
		if r.By == "" || a.rose(s) {
			a.rise = append(a.rise, a.row(s, area, s.action))
		}
	}
}

func (a *adopting) inOrder() []vedette.AreaID {
	out := make([]vedette.AreaID, 0, len(a.rows))
	for area := range a.rows {
		out = append(out, area)
	}
	slices.Sort(out)
	return out
}

// narrowest gives what the update says of an area or of the narrowest area
// around it, the strongest where several do.
func (a *adopting) narrowest(area vedette.AreaID) *said {
	var best *said
	for i := range a.said {
		s := &a.said[i]
		switch {
		case s.area != area && !a.g.Contains(s.area, area):
		case best == nil, wider(a.g, best.area, s.area),
			!wider(a.g, s.area, best.area) && s.action.Posture() > best.action.Posture():
			best = s
		}
	}
	return best
}

func (a *adopting) leavesOut(s *said, area vedette.AreaID) bool {
	return slices.ContainsFunc(s.except, func(e vedette.AreaID) bool { return e == area || a.g.Contains(e, area) })
}

// unnamed asks about the rows of the same situation that the update is silent
// on. What a wider area's posture covers in full is not.
func (a *adopting) unnamed() {
	for _, area := range a.inOrder() {
		r := a.rows[area]
		if r.Action == "" || !a.ours(r) {
			continue
		}
		s := a.narrowest(area)
		if s != nil && (s.area == area || slices.Contains(s.except, area) || !a.leavesOut(s, area) && s.action.Posture() >= r.Action.Posture()) {
			continue
		}
		says := "no longer names it"
		if a.Update.Cancels != "" {
			says = "cancels that"
		}
		a.ask(area, &r, says)
	}
}

// ours says whether a row came from an earlier update of the same situation.
func (a *adopting) ours(r vedette.Posture) bool {
	from := a.earlier(r.Update)
	if a.Update.Alone {
		return from != nil && from.ID == a.Update.Corrects
	}
	return from != nil && from.Situation.ID == a.Update.Situation.ID && from.ID != a.Update.ID
}

func (a *adopting) earlier(id vedette.ID) *vedette.Update {
	for _, u := range a.Earlier {
		if id != "" && u.ID == id {
			return u
		}
	}
	return nil
}

// ask puts one question about an area, unless it is asked already, or was
// decided with nothing changed since.
func (a *adopting) ask(area vedette.AreaID, stands *vedette.Posture, says string) {
	for _, t := range slices.Concat(a.Open, a.tasks) {
		if t.Kind == vedette.TaskKeepOrLift && t.State == vedette.TaskOpen && t.Area == area {
			return
		}
	}
	if a.kept(area, stands) {
		return
	}
	q := "The board says " + where(a.g, stands.Action, cmp.Or(stands.Area, area)) + " since " + stands.Since.UTC().Format("2 Jan") + a.source(stands)
	a.tasks = append(a.tasks, vedette.Task{Kind: vedette.TaskKeepOrLift, State: vedette.TaskOpen, About: a.Update.ID, Area: area,
		Question: q + "; " + a.call(a.Update) + " " + says + ": keep or lift?", Default: "keep", CreatedAt: a.now, DueAt: a.now.Add(due)})
}

// source says where a row came from: " (update 1)", " (set by Ada Vance)".
func (a *adopting) source(p *vedette.Posture) string {
	if p.By != "" {
		return " (set by " + p.By + ")"
	}
	u := a.earlier(p.Update)
	if u == nil {
		return ""
	}
	out := " (" + a.call(u)
	if u.Situation.ID != a.Update.Situation.ID {
		out += " of " + cmp.Or(u.Situation.Title, u.Content.Title)
	}
	return out + ")"
}

func (a *adopting) call(u *vedette.Update) string {
	if u.Number == 0 {
		return "this update"
	}
	return "update " + strconv.Itoa(u.Number)
}
