// Package say puts what the rule of match knows into words for a duty officer:
// where somebody is, what a place or a shape is called, how far it is.
package say

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/wording"
)

// Tense is how a presence lies to the time that is spoken of.
type Tense int

// The tenses.
const (
	Over   Tense = iota // it does not hold
	Now                 // it holds
	ToCome              // it begins later
)

// Where puts one of someone's presences into words: "on a trip in Baghdad,
// Iraq until 9 Feb 2026".
func Where(g *gazetteer.Gazetteer, ps []vedette.Presence, i int, t Tense) wording.Said {
	pr := &ps[i]
	place := wording.Of("a place not recorded")
	var a vedette.Area
	switch {
	case pr.Area != "":
		place = wording.Named(The(g, pr.Area))
		a, _ = g.Area(pr.Area)
	case pr.Point != nil:
		place = wording.Of("a point on the map")
	}
	switch {
	case pr.Because == vedette.BecauseLeg:
		return leg(ps, i, place, a.Kind)
	case pr.Because == vedette.BecauseTrip && t == ToCome:
		return wording.Of("trip to %s, arriving %s", place, dayAt(g, pr.Area, pr.From))
	case pr.Because == vedette.BecauseTrip && t == Over:
		return wording.Of("trip to %s", place)
	case pr.Because == vedette.BecauseTrip && pr.To.IsZero():
		return wording.Of("on a trip in %s", place)
	case pr.Because == vedette.BecauseTrip: // a stay ends before the next day begins
		return wording.Of("on a trip in %s until %s", place, dayAt(g, pr.Area, pr.To.Add(-time.Second)))
	case t == ToCome:
		return wording.Of("%s from %s##where somebody is, since which day", kept(pr, place, a.Kind), dayAt(g, pr.Area, pr.From))
	}
	return kept(pr, place, a.Kind)
}

// kept says where somebody is who does not travel there.
func kept(pr *vedette.Presence, place wording.Said, kind vedette.AreaKind) wording.Said {
	at, known := clock(pr)
	switch {
	case pr.Because == vedette.BecauseCheckin && known:
		return wording.Of("checked in %s from %s", at, place)
	case pr.Because == vedette.BecauseCheckin:
		return wording.Of("checked in from %s", place)
	case pr.Because == vedette.BecauseAnswer && known:
		return wording.Of("in %s (their own answer %s)", place, at)
	case pr.Because == vedette.BecauseAnswer:
		return wording.Of("in %s (their own answer)", place)
	case pr.Because == vedette.BecauseDesk && known:
		return wording.Of("in %s (the desk was told %s)", place, at)
	case pr.Because == vedette.BecauseDesk:
		return wording.Of("in %s (the desk was told)", place)
	case pr.Because == vedette.BecauseSite && pr.Site != "":
		return wording.Of("based at %s, %s", pr.Site, place)
	case kind == vedette.AreaSea:
		return wording.Of("at sea in %s", place)
	case kind == vedette.AreaCountry || kind == vedette.AreaRegion:
		return wording.Of("kept as %s", place)
	}
	return wording.Of("based in %s", place)
}

// clock is when somebody said where they are, false where it is not known.
func clock(pr *vedette.Presence) (at wording.Said, known bool) {
	t := pr.From
	if t.IsZero() {
		t = pr.Recorded
	}
	return wording.DayClock(t), !t.IsZero()
}

// leg says where a leg of a trip puts someone: aboard, before they leave,
// on arrival, or between two legs.
func leg(ps []vedette.Presence, i int, place wording.Said, kind vedette.AreaKind) wording.Said {
	pr := &ps[i]
	airport := kind == vedette.AreaAirport
	switch {
	case pr.To.IsZero() || pr.From.IsZero():
		return wording.Of("on the way in %s", place)
	case kind == vedette.AreaSea:
		return wording.Of("aboard in %s %s", place, hours(pr))
	case leaves(ps, i):
		return wording.Of("leaving from %s %s", place, wording.DayClock(pr.To))
	case pr.To.Sub(pr.From) == vedette.AfterLeg && !goesOn(ps, i) && airport:
		return wording.Of("arriving at %s %s", place, wording.DayClock(pr.From))
	case pr.To.Sub(pr.From) == vedette.AfterLeg && !goesOn(ps, i):
		return wording.Of("arriving in %s %s", place, wording.DayClock(pr.From))
	case airport:
		return wording.Of("in transit at %s %s", place, hours(pr))
	}
	return wording.Of("in transit in %s %s", place, hours(pr))
}

// longestFlight is how long before a transit the leg to it began at most.
const longestFlight = 24 * time.Hour

// leaves says whether a presence of a leg is the wait before a departure, and
// not a transit of the same length: the trip put them up before, or begins.
func leaves(ps []vedette.Presence, i int) bool {
	pr := &ps[i]
	if pr.To.Sub(pr.From) != vedette.BeforeLeg {
		return false
	}
	var last *vedette.Presence // that the trip left before this
	for k := range ps {
		o := &ps[k]
		if k == i || o.Trip != pr.Trip || !o.Because.Travels() || !o.From.Before(pr.From) {
			continue
		}
		if last == nil || !last.To.IsZero() && (o.To.IsZero() || o.To.After(last.To)) {
			last = o
		}
	}
	return last == nil || last.Because == vedette.BecauseTrip || pr.From.Sub(last.To) > longestFlight
}

// goesOn says whether a trip has another leg soon after a presence.
func goesOn(ps []vedette.Presence, i int) bool {
	for k := range ps {
		if o := &ps[k]; k != i && o.Trip == ps[i].Trip && o.Because == vedette.BecauseLeg &&
			!o.From.Before(ps[i].To) && o.From.Sub(ps[i].To) <= vedette.TransitTo {
			return true
		}
	}
	return false
}

// moment is a moment as reasons give it, in UTC; the year is plain where it is of hours.
func moment(t time.Time) wording.Said {
	t = t.UTC()
	return wording.Of("%s %s", wording.Of("%d %s", t.Day(), wording.Month(t.Month())), t.Format("15:04"))
}

// hours is from when to when a leg is, in UTC.
func hours(pr *vedette.Presence) wording.Said {
	from, to := pr.From.UTC(), pr.To.UTC()
	if from.YearDay() == to.YearDay() && from.Year() == to.Year() {
		return wording.Of("%s–%s##from when to when", moment(from), wording.Clock(to))
	}
	return wording.Of("%s – %s##from when to when", moment(from), wording.DayClock(to))
}
