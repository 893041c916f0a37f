// Package say puts what the rule of match knows into words for a duty officer:
// where somebody is, what a place or a shape is called, how far it is.
package say

import (
	"fmt"
	"time"

	"vedette"
	"vedette/gazetteer"
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
func Where(g *gazetteer.Gazetteer, ps []vedette.Presence, i int, t Tense) string {
	pr := &ps[i]
	place := "a place not recorded"
	var a vedette.Area
	switch {
	case pr.Area != "":
		place = The(g, pr.Area)
		a, _ = g.Area(pr.Area)
	case pr.Point != nil:
		place = "a point on the map"
	}
	switch {
	case pr.Because == vedette.BecauseLeg:
		return leg(ps, i, place, a.Kind)
	case pr.Because == vedette.BecauseTrip && t == ToCome:
		return fmt.Sprintf("trip to %s, arriving %s", place, DayAt(g, pr.Area, pr.From))
	case pr.Because == vedette.BecauseTrip && t == Over:
		return "trip to " + place
	case pr.Because == vedette.BecauseTrip:
		return "on a trip in " + place + until(g, pr)
	case t == ToCome:
		return kept(pr, place, a.Kind) + " from " + DayAt(g, pr.Area, pr.From)
	}
	return kept(pr, place, a.Kind)
}

// kept says where somebody is who does not travel there.
func kept(pr *vedette.Presence, place string, kind vedette.AreaKind) string {
	switch {
	case pr.Because == vedette.BecauseCheckin:
		return "checked in" + clock(pr) + " from " + place
	case pr.Because == vedette.BecauseAnswer:
		return "in " + place + " (their own answer" + clock(pr) + ")"
	case pr.Because == vedette.BecauseDesk:
		return "in " + place + " (the desk was told" + clock(pr) + ")"
	case pr.Because == vedette.BecauseSite && pr.Site != "":
		return "based at " + pr.Site + ", " + place
	case kind == vedette.AreaSea:
		return "at sea in " + place
	case kind == vedette.AreaCountry || kind == vedette.AreaRegion:
		return "kept as " + place
	}
	return "based in " + place
}

// clock is when somebody said where they are, "" where it is not known.
func clock(pr *vedette.Presence) string {
	t := pr.From
	if t.IsZero() {
		t = pr.Recorded
	}
	if t.IsZero() {
		return ""
	}
	return " " + t.UTC().Format(dayClock+" UTC")
}

// leg says where a leg of a trip puts someone: aboard, before they leave,
// on arrival, or between two legs.
func leg(ps []vedette.Presence, i int, place string, kind vedette.AreaKind) string {
	pr := &ps[i]
	if pr.To.IsZero() || pr.From.IsZero() {
		return "on the way in " + place
	}
	at := "at "
	if kind != vedette.AreaAirport {
		at = "in "
	}
	switch {
	case kind == vedette.AreaSea:
		return "aboard in " + place + hours(pr)
	case leaves(ps, i):
		return "leaving from " + place + " " + pr.To.UTC().Format(dayClock+" UTC")
	case pr.To.Sub(pr.From) == vedette.AfterLeg && !goesOn(ps, i):
		return "arriving " + at + place + " " + pr.From.UTC().Format(dayClock+" UTC")
	}
	return "in transit " + at + place + hours(pr)
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

// dayClock is a moment as reasons give it, in UTC; the year is plain where it
// is of hours.
const dayClock = "2 Jan 15:04"

// hours is from when to when a leg is, in UTC.
func hours(pr *vedette.Presence) string {
	from, to := pr.From.UTC(), pr.To.UTC()
	if from.YearDay() == to.YearDay() && from.Year() == to.Year() {
		return " " + from.Format(dayClock) + "–" + to.Format("15:04 UTC")
	}
	return " " + from.Format(dayClock) + " – " + to.Format(dayClock+" UTC")
}

// until is the last day of a stay, by the clock of the place.
func until(g *gazetteer.Gazetteer, pr *vedette.Presence) string {
	if pr.To.IsZero() {
		return ""
	}
	return " until " + DayAt(g, pr.Area, pr.To.Add(-time.Second)) // a stay ends before the next day begins
}
