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
	index int // in the reading
	areas []vedette.Place
}

// recommend reads an advice into its group.
func (r *reader) recommend(b *layout.Block, groups map[string]*group) {
	in := groups[b.Group]
	if in == nil {
		in = r.group(b)
		groups[b.Group] = in
	}
	g, areas := &r.out.Recommendations[in.index], in.areas
	r.calendar.Ahead = true
	h := r.statement(b, areas)
	r.calendar.Ahead = false
	a := vedette.Advice{Statement: h.Statement}
	c := counsel.Reader{Tables: r.t, Places: r.g, Finder: r.finder, Calendar: r.calendar}
	found := c.Read(&a, counsel.Item{Sentences: h.sentences, Places: h.places, Group: areas, Zone: r.groupZone(areas)})
	if len(found) == 0 {
		r.doubts(h)
	}
	r.out.Findings = append(r.out.Findings, found...)
	r.headed(&a, b.Group)
	g.Advice = append(g.Advice, a)
}

// headed gives an advice what its heading says besides a place: the condition
// "In the event of strikes:", the audience "For US citizens:".
func (r *reader) headed(a *vedette.Advice, heading string) {
	ts := phrase.Tokens(heading)
	if len(ts) == 0 {
		return
	}
	if h, ok := r.t.Conditions.At(ts, 0); ok && h.Label != "not" && h.Label != "while" {
		switch {
		case a.Condition == "":
			a.Condition = heading
		case !strings.Contains(a.Condition, heading):
			a.Condition = heading + "; " + a.Condition
		}
		return
	}
	if len(ts) > 1 && ts[0].Word == "for" && a.Audience == "" {
		a.Audience = heading[ts[1].Start:]
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
	return &group{len(r.out.Recommendations) - 1, areas}
}

// groupAreas gives the areas an advice heading names; a heading without a
// place, and none at all, is for the affected area. known says whether the
// heading told.
func (r *reader) groupAreas(b *layout.Block) (areas []vedette.Place, known bool) {
	if b.Group == "" {
		return r.out.Affected, true
	}
	if areas := r.finder.Named(b.Group); len(areas) > 0 {
		r.sureGroup(b, areas)
		return areas, true
	}
	if _, own := r.t.Shapes.Whole(phrase.Plain(b.Group)); own || r.holdsPlace(b.Group) {
		return r.out.Affected, true
	}
	r.find(vedette.FindUnknownPlace, b.Lines, true, "%q heads recommendations, but is no place that is known; they are read for the affected area", b.Group)
	return r.out.Affected, false
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
