package vedette

import (
	"slices"
	"time"
)

// Trip is where a person will be from when to when: legs that take them
// there, stays between. What is private of it (carrier, ship, hotel, booking)
// is sealed under the person's key; areas and times stay plain in presences.
type Trip struct {
	Key       int64
	ID        ID
	Person    int64
	External  string // booking or trip number, by which it is known again; "" for none
	Legs      []Leg  // in order of departure
	Stays     []Stay // in order of arrival
	Cancelled bool
}

// Leg is one movement of a trip.
type Leg struct {
	Mode    Mode      `json:"mode"`
	From    AreaID    `json:"from"` // a place, or an airport by its code ("iata:TLV")
	To      AreaID    `json:"to"`
	Departs time.Time `json:"departs"`
	Arrives time.Time `json:"arrives"`
	Carrier string    `json:"carrier,omitempty"` // airline, rail or shipping company
	Number  string    `json:"number,omitempty"`  // of flight or train
	Ship    string    `json:"ship,omitempty"`
	Through []AreaID  `json:"through,omitempty"` // seas it crosses
}

// Mode is how a leg is travelled.
type Mode string

// The modes.
const (
	ModeAir   Mode = "air"
	ModeRail  Mode = "rail"
	ModeRoad  Mode = "road"
	ModeSea   Mode = "sea"
	ModeOther Mode = "other"
)

// Stay is one stop of a trip.
type Stay struct {
	Area  AreaID    `json:"area"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`              // the zero time is open
	Name  string    `json:"name,omitempty"`  // hotel, camp, host
	Phone string    `json:"phone,omitempty"` // E.164
}

// The times around a leg during which someone is held to be at its ends.
const (
	BeforeLeg = 3 * time.Hour  // at the place they leave from
	AfterLeg  = 2 * time.Hour  // at the place they arrive at, when no stay or leg follows
	TransitTo = 24 * time.Hour // longest wait between two legs that is a transit
)

// Validate says whether the trip can be kept: legs and stays in order, none
// backwards, no leg departing before the one before it has arrived.
func (t *Trip) Validate() error {
	if len(t.Legs)+len(t.Stays) == 0 {
		return Errorf(CodeInvalid, "the trip has neither a leg nor a stay")
	}
	for i := range t.Legs {
		l := &t.Legs[i]
		switch {
		case l.From == "" || l.To == "":
			return Errorf(CodeInvalid, "leg %d has no place to leave from or to arrive at", i+1)
		case l.Departs.IsZero() || l.Arrives.IsZero():
			return Errorf(CodeInvalid, "leg %d has no time of departure or arrival", i+1)
		case l.Arrives.Before(l.Departs):
			return Errorf(CodeInvalid, "leg %d arrives %s, before it departs %s; mend a time or its zone", i+1, stamp(l.Arrives), stamp(l.Departs))
		case i > 0 && l.Departs.Before(t.Legs[i-1].Arrives):
			return Errorf(CodeInvalid, "leg %d departs %s, before leg %d has arrived at %s; mend a time or its zone", i+1, stamp(l.Departs), i, stamp(t.Legs[i-1].Arrives))
		}
	}
	for i := range t.Stays {
		s := &t.Stays[i]
		switch {
		case s.Area == "":
			return Errorf(CodeInvalid, "stay %d has no place", i+1)
		case !s.To.IsZero() && !s.From.Before(s.To):
			return Errorf(CodeInvalid, "stay %d ends before it begins", i+1)
		case i > 0 && s.From.Before(t.Stays[i-1].From):
			return Errorf(CodeInvalid, "stay %d begins before stay %d; put them in order", i+1, i)
		}
	}
	return nil
}

func stamp(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04 UTC") }

// Presences gives where the trip puts its person: in each stay; at the place
// a leg leaves from before it departs; aboard, in the seas it crosses; at the
// place it arrives at until the next leg or stay. A wait of a day and less
// between legs is a transit, a longer one without a stay is a stay at the
// place. Transit places and the way out count like any other.
func (t *Trip) Presences() []Presence {
	if t.Cancelled {
		return nil
	}
	var out []Presence
	add := func(b Because, area AreaID, from, to time.Time) {
		p := Presence{Person: t.Person, Area: area, Because: b, Trip: t.Key, From: from, To: to}
		if to.IsZero() || from.Before(to) {
			out = append(out, p)
		}
	}
	for i := range t.Stays {
		s := &t.Stays[i]
		add(BecauseTrip, s.Area, s.From, s.To)
	}
	for i := range t.Legs {
		l := &t.Legs[i]
		if i == 0 || t.Legs[i-1].To != l.From || t.leaves(i-1) != l.Departs {
			add(BecauseLeg, l.From, l.Departs.Add(-BeforeLeg), l.Departs)
		}
		for _, sea := range l.Through {
			add(BecauseLeg, sea, l.Departs, l.Arrives)
		}
		because, to := BecauseLeg, t.leaves(i)
		if to.Sub(l.Arrives) > TransitTo {
			because = BecauseTrip
		}
		add(because, l.To, l.Arrives, to)
	}
	slices.SortStableFunc(out, func(a, b Presence) int { return a.From.Compare(b.From) })
	return out
}

// leaves is when someone is gone from where a leg took them: from a transit
// when the next leg departs; else when a stay takes them on; else when the
// next leg departs, or a while after.
func (t *Trip) leaves(leg int) time.Time {
	arrives := t.Legs[leg].Arrives
	after := arrives.Add(AfterLeg)
	var next time.Time
	if leg+1 < len(t.Legs) && t.Legs[leg+1].From == t.Legs[leg].To {
		if next = t.Legs[leg+1].Departs; next.Sub(arrives) <= TransitTo {
			return next
		}
	}
	for i := range t.Stays {
		s := &t.Stays[i]
		if s.From.Sub(arrives) <= TransitTo && (s.To.IsZero() || s.To.After(after)) {
			if s.From.After(after) {
				return s.From
			}
			return after
		}
	}
	if next.IsZero() {
		return after
	}
	return next
}
