package match

import (
	"math"
	"slices"

	"vedette"
	"vedette/match/reach"
	"vedette/match/say"
	"vedette/wording"
)

// whyOut says of each presence why it did not count.
func (p *Prepared) whyOut(ps []vedette.Presence, sp *span) []vedette.Reason {
	if len(ps) == 0 {
		return []vedette.Reason{{Relation: vedette.RelationOut, Says: wording.Of("no place is recorded for them")}}
	}
	trips := slices.ContainsFunc(ps, func(pr vedette.Presence) bool { return sp.of(&pr) == ahead })
	out := make([]vedette.Reason, 0, len(ps))
	for i := range ps {
		pr := &ps[i]
		t := sp.of(pr)
		says := p.where(ps, i, t)
		switch t {
		case here, coming:
			why, named := p.notMet(pr)
			if named && !trips && !sp.window {
				why = why.Then(wording.Of("no trip there"))
			}
			says = wording.Of("%s: %s##where, why not", says, why)
		case ahead:
			says = wording.Of("%s: nothing in this update concerns travel there", says)
		case none:
			says = wording.Of("%s: %s##where, why not", says, notCounted(pr, sp))
		}
		out = append(out, vedette.Reason{Relation: vedette.RelationOut, Presence: *pr, Trip: t == ahead, Says: says})
	}
	return out
}

// notMet says what a presence is outside of, and whether that is a place that
// a trip could lead to.
func (p *Prepared) notMet(pr *vedette.Presence) (why wording.Said, named bool) {
	affected, advice, leftOut := p.others(pr)
	switch {
	case leftOut != "":
		return wording.Of("left out by %s", say.Quote(leftOut)), false
	case len(affected) > 3:
		affected = append(affected[:2], wording.Of("%d other affected areas", len(affected)-2))
	case len(affected) == 0 && advice:
		return wording.Of("in no area the advice names"), true
	case len(affected) == 0 && p.update == nil:
		return wording.Of("no area is asked about"), false
	case len(affected) == 0:
		return wording.Of("the update names no area"), false
	}
	why = wording.Of("not in %s", wording.Alternatives(affected))
	if advice {
		why = wording.Of("neither in %s nor in any area the advice names", wording.Alternatives(affected))
	}
	return why.Then(p.tooFar(pr)), true
}

// others names the affected areas a presence is not in, with how far it is from
// the shapes; whether there is advice; and the advice that leaves it out.
func (p *Prepared) others(pr *vedette.Presence) (affected []wording.Said, advice bool, leftOut string) {
	for i := range p.subjects {
		s := &p.subjects[i]
		switch {
		case s.Shape != nil && pr.Point != nil && pr.Because != vedette.BecauseSite:
			off := s.figure().Off(reach.At(*pr.Point), math.Inf(1))
			affected = append(affected, wording.Of("%s (%s off)", s.name(), say.KM(off)))
		case s.affected:
			affected = append(affected, s.name())
		case leftOut == "" && p.excepts(s.except, pr.Area) && (s.Area == pr.Area || p.g.Contains(s.Area, pr.Area)):
			leftOut = s.text
		default:
			advice = true
		}
	}
	return affected, advice, leftOut
}

// tooFar says of a site how far the nearest place is that would have counted
// had it been nearer.
func (p *Prepared) tooFar(pr *vedette.Presence) wording.Said {
	at, ok := p.spot(pr)
	if pr.Because != vedette.BecauseSite || !ok {
		return wording.Said{}
	}
	var nearest *Subject
	best := math.Inf(1)
	for _, s := range p.measured {
		if off := s.figure().Off(at, math.Inf(1)) - s.SitesKM; off < best {
			nearest, best = s, off
		}
	}
	if nearest == nil {
		return wording.Said{}
	}
	km := best + nearest.SitesKM
	if math.Round(km) <= nearest.SitesKM {
		km = math.Ceil(km) // "50 km, and sites count within 50 km" explains nothing
	}
	return wording.Of("%s from %s, and sites count within %s (%s)", say.KM(km), nearest.name(),
		say.KM(nearest.SitesKM), say.Risk(nearest.risk))
}

// notCounted says of a presence why its time leaves it out.
func notCounted(pr *vedette.Presence, sp *span) wording.Said {
	over := !pr.To.IsZero() && !pr.To.After(sp.from)
	switch {
	case over && pr.Ended != "":
		return wording.Of("ended %s, %s", wording.Minute(pr.To), pr.Ended)
	case over:
		return wording.Of("over, it ended %s", wording.Day(pr.To))
	case pr.Ahead(sp.from) && !pr.Covers(sp.from):
		return wording.Of("not yet, it begins %s", wording.Day(pr.From))
	case sp.arrivals:
		return wording.Of("not counted among arrivals: they are there already")
	}
	return wording.Of("not counted")
}

// whyWatched names the watches that ask for the update.
func (p *Prepared) whyWatched(ws []vedette.Watch) []vedette.Reason {
	var out []vedette.Reason
	for i := range ws {
		if p.asks(&ws[i]) {
			out = append(out, vedette.Reason{Relation: vedette.RelationWatches, Watch: true, Says: wording.Of("asked to be told of %s", say.Watch(p.g, &ws[i]))})
		}
	}
	return out
}
