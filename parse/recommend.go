package parse

import (
	"strings"

	"vedette"
	"vedette/parse/counsel"
	"vedette/parse/layout"
	"vedette/parse/phrase"
)

// group is the recommendations under one heading.
type group struct {
	index     int // in the reading
	areas     []vedette.Place
	condition string // that the heading tells: "In the event of strikes"
	audience  string // "US citizens" of "For US citizens"
}

// recommend reads an advice into its group.
func (r *reader) recommend(b *layout.Block, groups map[string]*group) {
	in := groups[b.Group]
	if in == nil {
		in = r.group(b)
		groups[b.Group] = in
	}
	g := &r.out.Recommendations[in.index]
	r.calendar.Ahead = true
	h := r.statement(b, in.areas)
	a := vedette.Advice{Statement: h.Statement}
	var found []vedette.Finding
	if b.Lead != "" {
		found = r.led(&a, b, in.areas)
	} else {
		found = r.counsel(&a, h, in.areas)
		in.head(&a)
	}
	r.calendar.Ahead = false
	if len(found) == 0 {
		r.doubts(h)
	}
	r.out.Findings = append(r.out.Findings, found...)
	g.Advice = append(g.Advice, a)
}

func (r *reader) counsel(a *vedette.Advice, h half, areas []vedette.Place) []vedette.Finding {
	c := counsel.Reader{Tables: r.t, Places: r.g, Finder: r.finder, Calendar: r.calendar}
	return c.Read(a, counsel.Item{Sentences: h.sentences, Places: h.places, Group: areas, Zone: r.groupZone(areas)})
}

// led reads an advice that finishes the words of its lead, "staff should", as
// if both were one sentence. Its spans are those of its own text.
func (r *reader) led(a *vedette.Advice, b *layout.Block, areas []vedette.Place) []vedette.Finding {
	whole := layout.Block{Kind: b.Kind, Section: b.Section, Group: b.Group, Lines: b.Lines, Text: b.Lead + " " + b.Text}
	h := r.statement(&whole, areas)
	full := vedette.Advice{Statement: h.Statement}
	found := r.counsel(&full, h, areas)
	off := len(b.Lead) + 1
	own := func(places []vedette.Place) []vedette.Place {
		for i := range places {
			places[i] = moved(places[i], off)
		}
		return places
	}
	for i := range full.Actions {
		full.Actions[i].Targets = own(full.Actions[i].Targets)
	}
	if full.Near != nil {
		full.Near.Of = moved(full.Near.Of, off)
	}
	full.Except = own(full.Except)
	full.Statement = a.Statement
	*a = full
	return found
}

// moved is a place of a text whose first off bytes are taken away; one that
// stood there keeps its area and has no words of its own.
func moved(p vedette.Place, off int) vedette.Place {
	switch {
	case p.Span == vedette.Span{}:
	case p.Span[0] >= off:
		p.Span[0], p.Span[1] = p.Span[0]-off, p.Span[1]-off
	default:
		p = vedette.Place{Area: p.Area}
	}
	return p
}

// head gives an advice what the heading of its group says besides a place.
func (in *group) head(a *vedette.Advice) {
	switch {
	case in.condition == "":
	case a.Condition == "":
		a.Condition = in.condition
	case !strings.Contains(a.Condition, in.condition):
		a.Condition = in.condition + "; " + a.Condition
	}
	if a.Audience == "" {
		a.Audience = in.audience
	}
}

// headed reads a heading for what it says besides a place: the condition "In
// the event of strikes:", the audience "For US citizens:".
func (r *reader) headed(in *group, heading string) {
	ts := phrase.Tokens(heading)
	if len(ts) == 0 {
		return
	}
	if h, ok := r.t.Conditions.At(ts, 0); ok && h.Label != "not" && h.Label != "while" {
		in.condition = heading
	} else if len(ts) > 1 && ts[0].Word == "for" && len(r.finder.Named(heading[ts[1].Start:])) == 0 {
		in.audience = heading[ts[1].Start:]
	}
}

// group begins the group of an advice's heading.
func (r *reader) group(b *layout.Block) *group {
	areas, known := r.groupAreas(b)
	g := vedette.AdviceGroup{Heading: b.Group}
	if len(areas) == 1 && known {
		g.Area = areas[0].Area
	}
	r.out.Recommendations = append(r.out.Recommendations, g)
	in := &group{index: len(r.out.Recommendations) - 1, areas: areas}
	r.headed(in, b.Group)
	return in
}

// groupAreas gives the areas an advice heading names; a heading without a
// place, and none at all, is for the affected area. known says whether the
// heading told.
func (r *reader) groupAreas(b *layout.Block) (areas []vedette.Place, known bool) {
	heading := b.Group
	if b.Lead != "" {
		heading, _, _ = strings.Cut(b.Group, ": ")
		if heading == b.Group {
			heading = "" // the lead stands under no area
		}
	}
	if heading == "" {
		return r.out.Affected, true
	}
	for _, name := range []string{heading, bareHeading(heading)} {
		if areas := r.finder.Named(name); len(areas) > 0 {
			r.sureGroup(b, areas)
			return areas, true
		}
	}
	if _, own := r.t.Shapes.Whole(phrase.Plain(heading)); own || r.holdsPlace(heading) {
		return r.out.Affected, true
	}
	r.find(vedette.FindUnknownPlace, b.Lines, true, "%q heads recommendations, but is no place that is known; they are read for the affected area", heading)
	return r.out.Affected, false
}

// bareHeading leaves out of a heading what stands about its areas: "In Basra",
// "For Mosul", "Western Ukraine, including Lviv", "Iran (excluding Tehran)".
func bareHeading(s string) string {
	for _, lead := range []string{"in ", "for ", "across ", "within ", "throughout ", "travel to ", "travel in "} {
		if len(s) > len(lead) && strings.EqualFold(s[:len(lead)], lead) {
			s = s[len(lead):]
			break
		}
	}
	for _, cut := range []string{" (", ", including", " including", ", excluding", " excluding", ", except", " except"} {
		s, _, _ = strings.Cut(s, cut)
	}
	return s
}

func (r *reader) sureGroup(b *layout.Block, areas []vedette.Place) {
	for _, a := range areas {
		if a.Area == "" {
			r.find(vedette.FindAmbiguousPlace, b.Lines, true, "%q heads recommendations and could be several places", a.Text)
		}
	}
}

// holdsPlace says whether a heading names a place for sure, among other words.
func (r *reader) holdsPlace(s string) bool { return len(r.finder.Sure(s)) > 0 }
