package advise

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/gazetteer"
)

// item is one advice of the update, ready to be held against people.
type item struct {
	group, item int
	targets     []target
	except      []vedette.AreaID
	audience    audience
	near        bool           // holds only near something in the target
	of          vedette.AreaID // the target that it holds near, if that is a town or the like
}

// target is one action and one area it is for.
type target struct {
	area    vedette.AreaID
	action  vedette.Action
	depth   depth
	awaited bool // under a condition that has not been declared met
	reached bool // its area is one that a distance only reaches into
}

func newItem(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID) item {
	it := item{audience: readAudience(g, a.Audience), near: a.Near != nil}
	if it.near && a.Near.What == "" {
		it.of = a.Near.Of.Area
	}
	for _, e := range a.Except {
		if e.Area != "" {
			it.except = append(it.except, e.Area)
		}
	}
	for i := range a.Actions {
		act := &a.Actions[i]
		areas := act.Areas(group)
		for j, id := range slices.Concat(areas, g.Reached(a, act, group)) {
			it.targets = append(it.targets, target{id, act.Action, depthOf(g, id), a.Awaits(act.Action), j >= len(areas)})
		}
	}
	return it
}

// depth is how specific an area is, the lower the more: airport, city,
// division, some of a country's divisions, country or sea, region; a small
// region before a big one.
type depth struct{ kind, size int }

func depthOf(g *gazetteer.Gazetteer, id vedette.AreaID) depth {
	a, _ := g.Area(id)
	switch a.Kind {
	case vedette.AreaAirport:
		return depth{0, 0}
	case vedette.AreaCity:
		return depth{0, 1}
	case vedette.AreaDivision:
		return depth{1, 0}
	case vedette.AreaRegion:
		if g.IsPart(id) {
			return depth{1, len(g.Members(id))}
		}
		return depth{3, len(g.Members(id))}
	}
	return depth{2, 0}
}

func (d depth) compare(o depth) int { return cmp.Or(d.kind-o.kind, d.size-o.size) }

// hit is one way an advice applies to a person.
type hit struct {
	target target
	spot   spot
	mayBe  bool
	asks   bool
}

// compare puts the better ground first: what is certain before what may be,
// where they are before where they will be, an audience known to match
// before one to be asked, the narrower area before the wider.
func (h hit) compare(o hit) int {
	return cmp.Or(flag(h.mayBe)-flag(o.mayBe), flag(h.spot.ahead)-flag(o.spot.ahead),
		flag(h.asks)-flag(o.asks), h.target.depth.compare(o.target.depth))
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// hits gives every way an advice applies to somebody at these places, the
// best first; or, where it would apply by place alone, why it does not.
func (p *Prepared) hits(it *item, spots []spot, nations []vedette.AreaID) (hits []hit, withheld string) {
	for _, t := range it.targets {
		for _, s := range spots {
			if s.ahead && !t.action.Restricts() {
				continue
			}
			r := p.meet(it, t.area, s.area)
			if r == leftOut {
				withheld = p.name(s.area) + " is left out of it"
			}
			if r != inside && r != around {
				continue
			}
			v := it.audience.admits(nations, p.country(t.area, s.area))
			if v == not {
				withheld = p.notFor(it, nations)
				continue
			}
			hits = append(hits, hit{t, s, r == around || t.reached, v == ask})
		}
	}
	if len(hits) > 0 {
		withheld = ""
	}
	slices.SortStableFunc(hits, hit.compare)
	return hits, withheld
}

// meeting is how a place lies to a target.
type meeting int

const (
	apart   meeting = iota
	inside          // the target contains it
	leftOut         // inside, but in a part the advice leaves out
	around          // it contains the target
)

func (p *Prepared) meet(it *item, target, at vedette.AreaID) meeting {
	switch {
	case target == at, p.g.Contains(target, at):
		if p.excepted(it, at) {
			return leftOut
		}
		return inside
	case p.g.Contains(at, target):
		return around
	}
	return apart
}

func (p *Prepared) excepted(it *item, area vedette.AreaID) bool {
	for _, e := range it.except {
		if e == area || p.g.Contains(e, area) {
			return true
		}
	}
	return false
}

// country is the one that foreigners are foreign to: the target's, or where
// the target is wider than a country, that of the place they are at.
func (p *Prepared) country(target, at vedette.AreaID) vedette.AreaID {
	for _, id := range []vedette.AreaID{target, at} {
		a, _ := p.g.Area(id)
		switch {
		case a.Kind == vedette.AreaCountry:
			return a.ID
		case a.Country != "":
			return a.Country
		}
	}
	return ""
}

// name gives an area's usual name, its id where it has none.
func (p *Prepared) name(id vedette.AreaID) string {
	if n := p.g.Name(id); n != "" {
		return n
	}
	return string(id)
}
