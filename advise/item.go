package advise

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/advise/audience"
	"vedette/gazetteer"
	"vedette/wording"
)

// item is one advice of the update, ready to be held against people.
type item struct {
	group, item int
	advice      *vedette.Advice
	targets     []target
	except      []vedette.AreaID
	audience    audience.Audience
	near        bool                   // holds only near something in the target
	of          vedette.AreaID         // the target that it holds near, if that is a town or the like
	state       vedette.ConditionState // awaited too where it has no condition
	passed      wording.Said           // why it holds no more, where its condition was declared passed
	since       time.Time              // when its condition was declared met, the zero time where it was not
	same        string                 // equal for advice that tells the very same
}

// target is one action and one area it is for.
type target struct {
	area    vedette.AreaID
	action  vedette.Action
	depth   depth
	awaited bool           // under a condition that has not been declared met
	passed  bool           // under one that was declared passed: it holds no more
	reached bool           // its area is one that a distance only reaches into
	drawn   bool           // it is for what the update draws
	of      vedette.AreaID // the area that is drawn, "" where the advice has no place of its own
}

// newItem makes an advice ready. In an update that draws its area an action
// that names no place at all, or the one area that is drawn, is for whoever is
// in what is drawn.
func newItem(g *gazetteer.Gazetteer, a *vedette.Advice, group vedette.AreaID, state vedette.ConditionState, d drawing) item {
	it := item{advice: a, audience: audience.Read(g, a.Audience), near: a.Near != nil, state: state}
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
		areas, waits := act.Areas(group), a.Awaits(act.Action)
		for j, id := range slices.Concat(areas, g.Reached(a, act, group)) {
			it.targets = append(it.targets, target{area: id, action: act.Action, depth: depthOf(g, id), reached: j >= len(areas),
				awaited: waits && state == vedette.ConditionAwaited, passed: waits && state == vedette.ConditionPassed})
		}
		nowhere := len(areas) == 0 && !slices.ContainsFunc(act.Targets, func(p vedette.Place) bool { return p.Text != "" })
		if ofDrawing := d.of != "" && slices.Contains(areas, d.of); d.there && nowhere || ofDrawing {
			narrow, of := depth{0, 1}, vedette.AreaID("") // as a town
			if ofDrawing {
				narrow, of = depthOf(g, d.of), d.of
			}
			it.targets = append(it.targets, target{action: act.Action, drawn: true, of: of, depth: narrow,
				awaited: waits && state == vedette.ConditionAwaited, passed: waits && state == vedette.ConditionPassed})
		}
	}
	it.same = it.digest()
	return it
}

// digest tells apart all that an advice says: words but for case and space,
// actions and their targets, audience, condition and where that is, limits.
func (it *item) digest() string {
	var b strings.Builder
	for _, s := range []string{it.advice.Text, it.advice.Audience, it.advice.Condition, string(it.state)} {
		b.WriteString(strings.ToLower(strings.Join(strings.Fields(s), " ")) + "\n")
	}
	var parts []string
	for _, t := range it.targets {
		parts = append(parts, string(t.action)+" "+string(t.area))
	}
	for _, act := range it.advice.Actions {
		parts = append(parts, string(act.Action)+": "+strings.Join(act.Kinds, " "))
	}
	for _, e := range it.except {
		parts = append(parts, "except "+string(e))
	}
	slices.Sort(parts)
	b.WriteString(strings.Join(slices.Compact(parts), "\n"))
	if n := it.advice.Near; n != nil {
		fmt.Fprintf(&b, "\nnear %v %s %s", n.KM, n.Of.Area, n.What)
	}
	if w := it.advice.Until; w != nil {
		fmt.Fprintf(&b, "\nuntil %s %s %s %v", w.Date, w.From, w.To, w.At)
	}
	return b.String()
}

// about says whether the advice holds only near something in a target, so
// that somebody there may not be meant.
func (it *item) about(t target) bool { return it.near && t.area != it.of }

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
// best first; or, where it would apply by place alone, why it does not. What
// protects in it may be ended by an all-clear while the rest of it applies.
func (p *Prepared) hits(it *item, spots []spot, who audience.Who) (hits []hit, withheld wording.Said, ended bool) {
	for _, t := range it.targets {
		for _, s := range spots {
			if s.ahead && !t.action.Restricts() {
				continue
			}
			r := p.meets(it, t, s)
			switch r {
			case leftOut:
				withheld = wording.Of("%s is left out of it", p.g.Called(s.area))
			case cleared:
				withheld, ended = p.clearing(it, t, s.area).words, true
			}
			if r != inside && r != around {
				continue
			}
			who.Standing = s.standing
			v := it.audience.Admits(who, country(p.g, t.area, s.area))
			switch {
			case v == audience.No:
				withheld = it.audience.Not(p.g, who)
			case t.passed:
				withheld = it.passed
			default:
				hits = append(hits, hit{t, s, r == around || t.reached, v == audience.Ask})
			}
		}
	}
	if len(hits) > 0 {
		withheld = wording.Said{}
	}
	slices.SortStableFunc(hits, hit.compare)
	ended = ended && !slices.ContainsFunc(hits, func(h hit) bool { return h.target.action.Protects() })
	return hits, withheld, ended
}

// meeting is how a place lies to a target.
type meeting int

const (
	apart   meeting = iota
	inside          // the target contains it
	leftOut         // inside, but in a part the advice leaves out
	around          // it contains the target
	cleared         // inside or around, and an all-clear ended what it tells there
)

// meets says how a place lies to a target, be it an area or what is drawn.
func (p *Prepared) meets(it *item, t target, s spot) meeting {
	m := p.lies(it, t, s)
	if (m == inside || m == around) && p.clearing(it, t, s.area) != nil {
		return cleared
	}
	return m
}

func (p *Prepared) lies(it *item, t target, s spot) meeting {
	switch {
	case t.drawn != (s.drawn != ""), t.drawn && s.drawn != p.update.ID:
		return apart
	case t.drawn && p.excepted(it, s.area):
		return leftOut
	case t.drawn && s.mayBe:
		return around
	case t.drawn:
		return inside
	}
	return p.meet(it, t.area, s.area)
}

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
func country(g *gazetteer.Gazetteer, target, at vedette.AreaID) vedette.AreaID {
	for _, id := range []vedette.AreaID{target, at} {
		a, ok := g.Shared(id)
		switch {
		case !ok:
		case a.Kind == vedette.AreaCountry:
			return a.ID
		case a.Country != "":
			return a.Country
		}
	}
	return ""
}
