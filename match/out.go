package match

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"vedette"
	"vedette/match/reach"
	"vedette/match/say"
)

// whyOut says of each presence why it did not count.
func (p *Prepared) whyOut(ps []vedette.Presence, sp *span) []vedette.Reason {
	if len(ps) == 0 {
		return []vedette.Reason{{Relation: vedette.RelationOut, Text: "no place is recorded for them"}}
	}
	trips := slices.ContainsFunc(ps, func(pr vedette.Presence) bool { return sp.of(&pr) == ahead })
	out := make([]vedette.Reason, 0, len(ps))
	for i := range ps {
		pr := &ps[i]
		t := sp.of(pr)
		text := p.where(ps, i, t)
		switch t {
		case here, coming:
			why, named := p.notMet(pr)
			text += ": " + why
			if named && !trips && !sp.window {
				text += "; no trip there"
			}
		case ahead:
			text += ": nothing in this update concerns travel there"
		case none:
			text += ": " + notCounted(pr, sp)
		}
		out = append(out, vedette.Reason{Relation: vedette.RelationOut, Presence: *pr, Trip: t == ahead, Text: text})
	}
	return out
}

// notMet says what a presence is outside of, and whether that is a place that
// a trip could lead to.
func (p *Prepared) notMet(pr *vedette.Presence) (why string, named bool) {
	affected, advice, leftOut := p.others(pr)
	switch {
	case leftOut != "":
		return "left out by " + say.Quote(leftOut), false
	case len(affected) > 3:
		affected = append(affected[:2], fmt.Sprintf("%d other affected areas", len(affected)-2))
	case len(affected) == 0 && advice:
		return "in no area the advice names", true
	case len(affected) == 0 && p.update == nil:
		return "no area is asked about", false
	case len(affected) == 0:
		return "the update names no area", false
	}
	text := "not in " + either(affected)
	if advice {
		text = "neither in " + either(affected) + " nor in any area the advice names"
	}
	return text + p.tooFar(pr), true
}

// either joins names as they are said: "Iraq, Jordan or Syria".
func either(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// others names the affected areas a presence is not in, with how far it is from
// the shapes; whether there is advice; and the advice that leaves it out.
func (p *Prepared) others(pr *vedette.Presence) (affected []string, advice bool, leftOut string) {
	for i := range p.subjects {
		s := &p.subjects[i]
		switch {
		case s.Shape != nil && pr.Point != nil && pr.Because != vedette.BecauseSite:
			off := s.figure().Off(reach.At(*pr.Point), math.Inf(1))
			affected = append(affected, fmt.Sprintf("%s (%s off)", s.name(), say.KM(off)))
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
func (p *Prepared) tooFar(pr *vedette.Presence) string {
	at, ok := p.spot(pr)
	if pr.Because != vedette.BecauseSite || !ok {
		return ""
	}
	var nearest *Subject
	best := math.Inf(1)
	for _, s := range p.measured {
		if off := s.figure().Off(at, math.Inf(1)) - s.SitesKM; off < best {
			nearest, best = s, off
		}
	}
	if nearest == nil {
		return ""
	}
	km := best + nearest.SitesKM
	if math.Round(km) <= nearest.SitesKM {
		km = math.Ceil(km) // "50 km, and sites count within 50 km" explains nothing
	}
	return fmt.Sprintf("; %s from %s, and sites count within %s (%s)", say.KM(km), nearest.name(),
		say.KM(nearest.SitesKM), say.Risk(nearest.risk))
}

// notCounted says of a presence why its time leaves it out.
func notCounted(pr *vedette.Presence, sp *span) string {
	over := !pr.To.IsZero() && !pr.To.After(sp.from)
	switch {
	case over && pr.Ended != "":
		return fmt.Sprintf("ended %s, %s", pr.To.UTC().Format("2 Jan 2006 15:04 UTC"), pr.Ended)
	case over:
		return fmt.Sprintf("over, it ended %s", say.Day(pr.To))
	case pr.Ahead(sp.from) && !pr.Covers(sp.from):
		return fmt.Sprintf("not yet, it begins %s", say.Day(pr.From))
	case sp.arrivals:
		return "not counted among arrivals: they are there already"
	}
	return "not counted"
}

// whyWatched names the watches that ask for the update.
func (p *Prepared) whyWatched(ws []vedette.Watch) []vedette.Reason {
	var out []vedette.Reason
	for i := range ws {
		if p.asks(&ws[i]) {
			out = append(out, vedette.Reason{Relation: vedette.RelationWatches, Watch: true, Text: "asked to be told of " + say.Watch(p.g, &ws[i])})
		}
	}
	return out
}
