package trip

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/intake/place"
	"vedette/intake/sheet"
	"vedette/wording"
)

// Part is a leg or a stay as a file gives it.
type Part struct {
	Line int
	Leg  *vedette.Leg  // one of the two
	Stay *vedette.Stay //
	UID  string        // of the event it comes from, "" for none
}

// Start is when the part begins.
func (p *Part) Start() time.Time {
	if p.Leg != nil {
		return p.Leg.Departs
	}
	return p.Stay.From
}

// Begins and Ends are where the part begins and ends.
func (p *Part) Begins() vedette.AreaID {
	if p.Leg != nil {
		return p.Leg.From
	}
	return p.Stay.Area
}

// Ends is where the part ends.
func (p *Part) Ends() vedette.AreaID {
	if p.Leg != nil {
		return p.Leg.To
	}
	return p.Stay.Area
}

// Assembly is what parts came to.
type Assembly struct {
	Trip     vedette.Trip
	Kept     []Part          // in order of time
	Problems []sheet.Problem // at the lines of those that are not kept
	Remarks  []sheet.Problem
}

// Assemble puts parts together as one trip, in order of time. Each is kept,
// or is a problem at its line in the words of Trip.Validate. Two parts that
// say the same are one. Where nothing says where someone is between two legs,
// a stay does, as closely as can be told.
func Assemble(b *place.Book, parts []Part) Assembly {
	trip, kept, problems := inOrder(parts)
	out := Assembly{Trip: trip, Kept: kept, Problems: problems}
	if len(problems) == 0 {
		out.extend(b)
		out.fill(b)
	}
	return out
}

func inOrder(parts []Part) (vedette.Trip, []Part, []sheet.Problem) {
	slices.SortStableFunc(parts, func(a, b Part) int {
		return cmp.Or(a.Start().Compare(b.Start()), a.end().Compare(b.end()))
	})
	var trip vedette.Trip
	var kept []Part
	var problems []sheet.Problem
	for _, p := range parts {
		if slices.ContainsFunc(kept[max(0, len(kept)-8):], func(k Part) bool { return same(&k, &p) }) {
			kept = append(kept, p)
			continue
		}
		legs, stays := len(trip.Legs), len(trip.Stays)
		if p.Leg != nil {
			trip.Legs = append(trip.Legs, *p.Leg)
		} else {
			trip.Stays = append(trip.Stays, *p.Stay)
		}
		// What stands is valid, so that only the last two can be at odds.
		last := vedette.Trip{Legs: trip.Legs[max(0, legs-1):], Stays: trip.Stays[max(0, stays-1):]}
		if last.Validate() != nil {
			problems = append(problems, sheet.Problem{Line: p.Line, Reason: trip.Validate()})
			trip.Legs, trip.Stays = trip.Legs[:legs], trip.Stays[:stays]
			continue
		}
		kept = append(kept, p)
	}
	return trip, kept, problems
}

func (p *Part) end() time.Time {
	if p.Leg != nil {
		return p.Leg.Arrives
	}
	return p.Stay.To
}

// lostAfter is how long someone may be between two legs that do not join up
// before they are held to be anywhere but on their way home.
const lostAfter = 31 * 24 * time.Hour

// fill adds a stay between legs that leave a hole: one arrives in a city and
// the next leaves from its airport, or from another place of the country.
func (out *Assembly) fill(b *place.Book) {
	legs := out.Trip.Legs
	for i := 0; i+1 < len(legs); i++ {
		came, goes := &legs[i], &legs[i+1]
		if came.To == goes.From || goes.Departs.Sub(came.Arrives) <= vedette.AfterLeg || out.stays(came.Arrives, goes.Departs) {
			continue
		}
		near := b.Joined(came.To, goes.From)
		area, ok := b.Common(came.To, goes.From)
		if near && !ok {
			area, ok = came.To, true
		}
		said := sheet.Reason("nothing says where the traveller is")
		if ok && (near || goes.Departs.Sub(came.Arrives) <= lostAfter) {
			out.Trip.Stays = append(out.Trip.Stays, vedette.Stay{Area: area, From: came.Arrives, To: goes.Departs})
			said = sheet.Reason("the traveller is held to be in %s", b.Label(area))
		}
		if !near {
			out.Remarks = append(out.Remarks, sheet.Problem{Line: out.line(goes), Reason: sheet.Reason("%s between arriving at %s, %s, and leaving from %s, %s: a stay would tell",
				said, b.Label(came.To), wording.Minute(came.Arrives), b.Label(goes.From), wording.Minute(goes.Departs))})
		}
	}
	slices.SortStableFunc(out.Trip.Stays, func(a, b vedette.Stay) int { return a.From.Compare(b.From) })
}

// extend keeps someone at their last stay until a leg leaves from there
// within a day: calendars end a stay with the last night.
func (out *Assembly) extend(b *place.Book) {
	for i := range out.Trip.Stays {
		s := &out.Trip.Stays[i]
		for j := range out.Trip.Legs {
			l := &out.Trip.Legs[j]
			if wait := l.Departs.Sub(s.To); s.To.IsZero() || wait <= 0 {
				continue
			} else if wait <= vedette.TransitTo && b.Joined(s.Area, l.From) {
				s.To = l.Departs
			}
			break
		}
	}
}

// stays says whether a stay holds at some time between two.
func (out *Assembly) stays(from, to time.Time) bool {
	return slices.ContainsFunc(out.Trip.Stays, func(s vedette.Stay) bool { return s.From.Before(to) && (s.To.IsZero() || s.To.After(from)) })
}

// line gives where a leg comes from.
func (out *Assembly) line(l *vedette.Leg) int {
	i := slices.IndexFunc(out.Kept, func(p Part) bool { return p.Leg != nil && p.Leg.Departs.Equal(l.Departs) && p.Leg.From == l.From })
	if i < 0 {
		return 0
	}
	return out.Kept[i].Line
}

// same says whether two parts are one: files list a flight once for each
// traveller, tool or mail that knows of it.
func same(a, b *Part) bool {
	switch {
	case a.Leg != nil && b.Leg != nil:
		x, y := a.Leg, b.Leg
		return x.Mode == y.Mode && x.From == y.From && x.To == y.To && x.Departs.Equal(y.Departs) && x.Arrives.Equal(y.Arrives)
	case a.Stay != nil && b.Stay != nil:
		x, y := a.Stay, b.Stay
		return x.Area == y.Area && x.From.Equal(y.From) && x.To.Equal(y.To) && x.Name == y.Name
	}
	return false
}
