package vedette

import (
	"cmp"
	"slices"
	"time"
)

// Presence is a person in an area or at a point, from–to, because of
// something. Presences add: none replaces another. Only the person's answer,
// the desk or a confirmed departure ends one before its time.
type Presence struct {
	Key      int64
	Person   int64
	Area     AreaID
	Because  Because
	Site     string    // the site's name, for Because site
	Trip     int64     // key of the trip it comes from, 0 for none
	PointRef string    // names the exact point in the sealed record, "" if none
	Point    *Point    // that point where it is known to the reader of the row, else nil
	Spread   float64   // how far they may be from the point, km
	From, To time.Time // true interval, zero is open
	Recorded time.Time // when we learned it
	Ended    string    // why it ended before its time, in words; "" if it did not
}

// Because is why we hold that someone is somewhere.
type Because string

// The reasons of a presence.
const (
	BecauseHome    Because = "home"
	BecauseSite    Because = "site"
	BecauseTrip    Because = "trip" // a stay of a trip
	BecauseLeg     Because = "leg"  // on the way: a leg of a trip, its airports, a transit
	BecauseCheckin Because = "check-in"
	BecauseAnswer  Because = "answer"
	BecauseDesk    Because = "desk" // the desk was told
)

// Trust is how good the ground of a presence is, ordered.
type Trust int8

// The trusts, weakest first.
const (
	TrustKept   Trust = iota // on file: a home, a site
	TrustBooked              // an itinerary
	TrustSaid                // they said so, or the desk was told
)

// Trust gives how good a reason is.
func (b Because) Trust() Trust {
	switch b {
	case BecauseCheckin, BecauseAnswer, BecauseDesk:
		return TrustSaid
	case BecauseTrip, BecauseLeg:
		return TrustBooked
	}
	return TrustKept
}

// Travels says whether the presence comes from an itinerary, so that it is
// known before it begins.
func (b Because) Travels() bool { return b == BecauseTrip || b == BecauseLeg }

// Covers says whether the presence holds at a time.
func (p *Presence) Covers(t time.Time) bool {
	return (p.From.IsZero() || !t.Before(p.From)) && (p.To.IsZero() || t.Before(p.To))
}

// Ahead says whether the presence begins after a time.
func (p *Presence) Ahead(t time.Time) bool { return !p.From.IsZero() && p.From.After(t) }

// Overlaps says whether the presence holds at some time from one to another,
// the second left out; zero is open.
func (p *Presence) Overlaps(from, to time.Time) bool {
	return (to.IsZero() || p.From.IsZero() || p.From.Before(to)) && (from.IsZero() || p.To.IsZero() || p.To.After(from))
}

// AreasAt gives the areas of the presences that hold at a time: what is best
// known first, of the same trust what was learned last.
func AreasAt(list []Presence, now time.Time) (areas []AreaID) {
	held := slices.DeleteFunc(slices.Clone(list), func(p Presence) bool { return !p.Covers(now) })
	slices.SortStableFunc(held, func(a, b Presence) int {
		return cmp.Or(int(b.Because.Trust()-a.Because.Trust()), b.Recorded.Compare(a.Recorded))
	})
	for _, p := range held {
		if !slices.Contains(areas, p.Area) {
			areas = append(areas, p.Area)
		}
	}
	return areas
}
