package index

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index/cover"
	"vedette/match/index/grid"
	"vedette/match/index/spell"
)

// Query asks for people: those any of its areas or shapes finds in its
// window, and those whose watch passes.
type Query struct {
	Areas  []Subject
	Shapes []Reach

	// The window, its end left out; a zero time is open. Equal times are that
	// moment. All that holds at some time in it counts.
	From, To time.Time
	Begins   bool // only what begins after From, in the window: who arrives
	Trips    bool // only stays and legs of trips

	Until time.Time // with Travel: trips beginning before it, zero for all

	Watch *Facts // nil for no watches
}

// Subject is an area: it finds who is kept at it, in anything inside it, or at
// anything that contains it, for they may be in.
type Subject struct {
	Area   vedette.AreaID
	Travel bool // stays and legs that begin after From count too
}

// Reach is a shape, or an area, with all within so many kilometres.
//
// For everybody it must be a shape, and finds the points in it or off it by no
// more than KM and their own spread; cities and airports that go so far; and
// countries, divisions, regions and seas that may.
//
// For sites it finds presences because of a site: by their point like the
// others, else by the centre of their city or airport. The area is measured
// from its centre if it is a city or airport, else from its outline.
type Reach struct {
	Shape *vedette.Shape // must be valid
	Area  vedette.AreaID // where there is no shape
	KM    float64
	Sites bool

	Travel bool // of a shape: stays and legs that begin after From count too, by their areas
}

// Facts is what watches ask of an update.
type Facts struct {
	Content *vedette.Content
	Risks   []vedette.Risk // those of its places: a watch that passes at one of them passes
}

func (q *Query) window() spell.Window {
	w := spell.Window{From: spell.Nanos(q.From, spell.Always), To: spell.Nanos(q.To, spell.Forever), Until: spell.Nanos(q.Until, spell.Forever), Begins: q.Begins}
	if w.To <= w.From {
		w.To = w.From + 1
	}
	return w
}

// figures gives where a reach is; there are several where an area is in parts.
func (r *Reach) figures(g *gazetteer.Gazetteer) []*grid.Figure {
	if r.Shape != nil {
		return []*grid.Figure{grid.Drawn(r.Shape, r.KM)}
	}
	a, ok := g.Shared(r.Area)
	if !ok {
		return nil
	}
	if a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport {
		return []*grid.Figure{grid.Disc(a.Center, 0, r.KM)}
	}
	var out []*grid.Figure
	for _, rings := range g.Outline(r.Area, true) {
		out = append(out, grid.Polygon(rings, r.KM))
	}
	if len(out) > 0 {
		return out
	}
	for _, t := range g.Towns(r.Area) {
		town, _ := g.Shared(t)
		out = append(out, grid.Disc(town.Center, cover.TownlandKM, r.KM))
	}
	return out
}

// homes gives the homes of all shapes for everybody.
func (q *Query) homes(g *gazetteer.Gazetteer) []vedette.AreaID {
	var out []vedette.AreaID
	for i := range q.Shapes {
		if r := &q.Shapes[i]; !r.Sites && r.Shape != nil {
			out = append(out, home(g, r.Shape)...)
		}
	}
	return out
}

// home gives what holds a shape's middle and all that contains that: outlines
// cut corners and leave out islets, and the middle of a shape on a coast is in
// the land next to it.
func home(g *gazetteer.Gazetteer, s *vedette.Shape) []vedette.AreaID {
	c, ok := middle(s)
	if !ok {
		return nil
	}
	id, ok := g.DivisionAt(c)
	if !ok {
		id, ok = g.At(c)
	}
	if !ok {
		seas := g.SeasAt(c)
		if len(seas) == 0 {
			return nil
		}
		id = seas[0]
	}
	return append(g.Ancestors(id), id)
}
