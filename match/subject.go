package match

import (
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/reach"
	"vedette/match/say"
	"vedette/wording"
)

// Subject is one thing an update is about: an affected area, a target of an
// advice or a drawn shape. It is what an index looks for.
type Subject struct {
	Area    vedette.AreaID // "" for a shape
	Shape   *vedette.Shape // nil for an area
	Travel  bool           // the advice restricts travel to it: trips ahead count too
	SitesKM float64        // sites within so many kilometres are concerned, 0 for none

	affected bool
	reached  bool             // it is for a distance that reaches into the area
	protects bool             // the advice keeps someone safe there now
	except   []vedette.AreaID // parts of the area the advice leaves out
	text     string           // the advice's words, for the reasons
	risk     vedette.Risk
	figure   func() *reach.Figure  // where it is, for shapes and measured from for sites; else nil
	home     func() vedette.AreaID // of a shape: what holds its middle, "" for nothing
	name     func() wording.Said   // in words, "Basra, Iraq"
	land     func() *reach.Figure  // all of an area or shape, to be held against watches
}

// subjects lists what an update is about: drawn shapes, affected areas, then
// the targets of its advice in the report's order, one for each advice and area.
func subjects(g *gazetteer.Gazetteer, u *vedette.Update, s *vedette.Settings) []Subject {
	out := drawn(g, u.Shapes)
	for _, p := range u.Content.Affected {
		if p.Area != "" {
			out = append(out, Subject{Area: p.Area, affected: true})
		}
	}
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			out = append(out, targets(g, &group.Advice[ai], group.Area)...)
		}
	}
	travel := restricts(u)
	for i := range out {
		out[i].Travel = out[i].Travel || out[i].Shape != nil && travel
		out[i].weigh(g, u, s)
	}
	return out
}

// restricts says whether advice restricts travel into what an update draws.
func restricts(u *vedette.Update) bool {
	drawn := forDrawing(u)
	for gi := range u.Content.Recommendations {
		group := &u.Content.Recommendations[gi]
		for ai := range group.Advice {
			for i := range group.Advice[ai].Actions {
				act := &group.Advice[ai].Actions[i]
				if _, is := drawn(act, group.Area); is && act.Action.Restricts() {
					return true
				}
			}
		}
	}
	return false
}

// forDrawing says of an action whether it is for what an update draws: it names
// no place, or the single area that is affected and so drawn, which is given.
func forDrawing(u *vedette.Update) func(act *vedette.AdviceAction, group vedette.AreaID) (of vedette.AreaID, is bool) {
	var of vedette.AreaID
	n := 0
	for _, p := range u.Content.Affected {
		if p.Area != "" {
			of, n = p.Area, n+1
		}
	}
	return func(act *vedette.AdviceAction, group vedette.AreaID) (vedette.AreaID, bool) {
		areas := act.Areas(group)
		switch {
		case len(u.Shapes) == 0:
		case n == 1 && slices.Contains(areas, of):
			return of, true
		case len(areas) == 0 && !slices.ContainsFunc(act.Targets, func(p vedette.Place) bool { return p.Text != "" }):
			return "", true
		}
		return "", false
	}
}

// drawn makes subjects of shapes, which are affected areas.
func drawn(g *gazetteer.Gazetteer, shapes []vedette.Shape) []Subject {
	var out []Subject
	for i := range shapes {
		figure := sync.OnceValue(func() *reach.Figure { return reach.Drawn(&shapes[i]) })
		home := sync.OnceValue(func() vedette.AreaID { return homeOf(g, figure()) })
		out = append(out, Subject{Shape: &shapes[i], affected: true, figure: figure, home: home})
	}
	return out
}

// homeOf gives the division, country or sea that holds a figure's middle.
func homeOf(g *gazetteer.Gazetteer, f *reach.Figure) vedette.AreaID {
	c := f.Center()
	if f.Off(reach.At(c), 0) > 0 { // crooked: its middle says nothing
		return ""
	}
	if d, ok := g.DivisionAt(c); ok {
		return d
	}
	if c, ok := g.At(c); ok {
		return c
	}
	if seas := g.SeasAt(c); len(seas) > 0 {
		return seas[0]
	}
	return ""
}

// ready sets what is worked out of a subject when it is asked for.
func (s *Subject) ready(g *gazetteer.Gazetteer) {
	if s.Shape != nil {
		s.land, s.name = s.figure, sync.OnceValue(func() wording.Said { return say.Shape(g, s.Shape) })
		return
	}
	s.land = sync.OnceValue(func() *reach.Figure { return figureOf(g, s.Area) })
	s.name = sync.OnceValue(func() wording.Said { return wording.Named(say.The(g, s.Area)) })
}

// weigh sets the risk of a subject, and how far it concerns sites.
func (s *Subject) weigh(g *gazetteer.Gazetteer, u *vedette.Update, set *vedette.Settings) {
	area := s.Area
	if s.Shape != nil && s.Shape.Risk == vedette.RiskUnknown && (len(u.AreaRisks) > 0 || u.Content.CountryRisk != vedette.RiskUnknown) {
		area = s.home()
	}
	s.risk = u.RiskAt(chain(g, area))
	if s.Shape != nil && s.Shape.Risk != vedette.RiskUnknown {
		s.risk = s.Shape.Risk
	}
	if s.Shape == nil && !s.measure(g) {
		return
	}
	s.SitesKM = set.Reach.At(s.risk)
}

// measure sets where distances to sites are measured from: the centre of a
// city or airport, the outline of an affected division. It says whether there
// is such a place.
func (s *Subject) measure(g *gazetteer.Gazetteer) bool {
	a, _ := g.Shared(s.Area)
	switch {
	case a == nil || !s.affected && !s.protects:
		return false
	case a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport:
		f := reach.Disc(a.Center, 0)
		s.figure = func() *reach.Figure { return f }
		return true
	case a.Kind == vedette.AreaDivision && s.affected:
		s.figure = sync.OnceValue(func() *reach.Figure { return figureOf(g, s.Area) })
		return true
	}
	return false
}

// unsure is how far a subject may lie from where it is, in kilometres.
func (s *Subject) unsure() float64 {
	if s.Shape == nil {
		return 0
	}
	return s.Shape.Unsure
}

// chain is an area and all that contain it, nearest first.
func chain(g *gazetteer.Gazetteer, id vedette.AreaID) []vedette.AreaID {
	if id == "" {
		return nil
	}
	return append([]vedette.AreaID{id}, g.Ancestors(id)...)
}

// townlandKM is how far around its towns an area goes that has no outline.
const townlandKM = 25

// figureOf gives the land or water of an area: a disc for a city or airport,
// else its outline, a region's members' together. It is empty for an area that
// is not known.
func figureOf(g *gazetteer.Gazetteer, id vedette.AreaID) *reach.Figure {
	a, ok := g.Shared(id)
	switch {
	case !ok:
		return &reach.Figure{}
	case a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport:
		return reach.Disc(a.Center, g.RadiusKM(id))
	}
	f := &reach.Figure{}
	if a.Kind == vedette.AreaRegion {
		for _, m := range g.Members(id) {
			f.Add(figureOf(g, m))
		}
		return f
	}
	if f = reach.Outline(g.Pieces(id)); f.Empty() {
		for _, t := range g.Towns(id) {
			town, _ := g.Shared(t)
			f.Add(reach.Disc(town.Center, townlandKM))
		}
	}
	return f
}

func targets(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID) []Subject {
	except := excepted(a)
	var out []Subject
	at := map[vedette.AreaID]int{}
	for i := range a.Actions {
		act := &a.Actions[i]
		areas := act.Areas(group)
		for j, id := range slices.Concat(areas, g.Reached(a, act, group)) {
			n, ok := at[id]
			if !ok {
				n = len(out)
				at[id] = n
				out = append(out, Subject{Area: id, reached: true, except: except, text: a.Text})
			}
			out[n].Travel = out[n].Travel || act.Action.Restricts()
			out[n].reached = out[n].reached && j >= len(areas)
			out[n].protects = out[n].protects || act.Action.Protects() && j < len(areas)
		}
	}
	return out
}

// excepted lists what an advice leaves out.
func excepted(a *vedette.Advice) []vedette.AreaID {
	var out []vedette.AreaID
	for _, p := range a.Except {
		if p.Area != "" {
			out = append(out, p.Area)
		}
	}
	return out
}
