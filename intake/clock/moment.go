// Package clock reads the dates and times that people and programs write in
// tables and calendars, and the zones they are of. It reads no clock itself.
package clock

import (
	"time"

	"vedette/intake/sheet"
	"vedette/wording"
)

// Date is a day of the calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Valid says whether the calendar has the day, in a year a journey can be in.
func (d Date) Valid() bool {
	if d.Year < 1990 || d.Year > 2100 || d.Month < 1 || d.Month > 12 || d.Day < 1 {
		return false
	}
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return t.Month() == d.Month && t.Day() == d.Day
}

// Add gives the day so many days later.
func (d Date) Add(days int) Date {
	t := time.Date(d.Year, d.Month, d.Day+days, 0, 0, 0, 0, time.UTC)
	return Date{t.Year(), t.Month(), t.Day()}
}

// Before says whether the day lies before another.
func (d Date) Before(o Date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	return d.Month < o.Month || d.Month == o.Month && d.Day < o.Day
}

// String prints the day as people write it: 10 Feb 2026.
func (d Date) String() string { return d.Said().String() }

// Said is the same, for a page in whatever language.
func (d Date) Said() wording.Said {
	return wording.Day(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC))
}

// Moment is a day, or a time on a day, as it was written.
type Moment struct {
	Date
	HasTime bool
	Seconds int            // since midnight by the clock on the wall; 86400 is the day's end
	Zone    *time.Location // nil: local to the place
}

// Side is which way a moment is taken where it may be several: the wider, so
// that nobody is held to be gone who is still there.
type Side int

// The sides.
const (
	Start Side = iota // a day's first moment, the earlier of two
	End               // a day's end, the later of two
)

// At gives the moment as a point in time, in the zone it names or else in the
// zones of its place. The second result is the reason why there is none.
func (m Moment) At(places []*time.Location, side Side) (time.Time, error) {
	if m.Zone != nil {
		return m.in(m.Zone, side)
	}
	var best time.Time
	for i, loc := range places {
		t, reason := m.in(loc, side)
		if reason != nil {
			return t, reason
		}
		switch {
		case i == 0:
			best = t
		case t.Equal(best):
		case m.HasTime:
			return t, sheet.Reason("is a time in a country with several time zones: name the city, or add the zone or offset")
		case side == Start && t.Before(best) || side == End && t.After(best):
			best = t
		}
	}
	if best.IsZero() {
		return best, sheet.Reason("has no zone, and its place has none of its own: add the zone or offset")
	}
	return best, nil
}

// in gives the moment in one zone.
func (m Moment) in(loc *time.Location, side Side) (time.Time, error) {
	d, seconds := m.Date, m.Seconds
	if !m.HasTime {
		seconds = 0
		if side == End {
			d = d.Add(1)
		}
	}
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, loc)
	wall := time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, time.UTC)
	if !sameWall(t, wall) {
		if m.HasTime {
			return t, sheet.Reason("is a time that clocks in %s leap over on that day: mend it, or add the offset", loc.String())
		}
		return t.UTC(), nil // midnight is leapt over: the day begins then
	}
	// Where clocks are put back the hour comes twice.
	for _, shift := range []time.Duration{-2 * time.Hour, -time.Hour, -30 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour} {
		if o := t.Add(shift); sameWall(o, wall) && (shift > 0) == (side == End) {
			return o.UTC(), nil
		}
	}
	return t.UTC(), nil
}

func sameWall(t, wall time.Time) bool {
	return t.Year() == wall.Year() && t.YearDay() == wall.YearDay() && t.Hour() == wall.Hour() && t.Minute() == wall.Minute() && t.Second() == wall.Second()
}

// maxText is the number of characters of a date and time that are looked at.
const maxText = 80

// Read reads a date, or a date with a time: "2026-02-10T14:05:00+01:00",
// "10/02/2026 14:05", "Feb 10, 2026 2:05 PM". The order settles days and
// months in figures. The second result is the reason why it cannot be read.
func Read(s string, order Order) (Moment, error) {
	if sheet.Longer(s, maxText) {
		return Moment{}, sheet.Reason("is no date: it is too long for one")
	}
	r := reading{rest: tokens(s)}
	reason := r.date(order)
	if reason != nil {
		return Moment{}, reason
	}
	reason = r.time()
	return r.m, reason
}

// ReadTime reads a time alone: "14:05", "2:05 PM", "14h05", "1405", "14:05Z".
// It has no date.
func ReadTime(s string) (Moment, error) {
	if sheet.Longer(s, maxText) {
		return Moment{}, sheet.Reason("is no time: it is too long for one")
	}
	r := reading{rest: tokens(s)}
	reason := r.time()
	if reason == nil && !r.m.HasTime {
		reason = sheet.Reason(`is no time: write it as in "14:05"`)
	}
	return r.m, reason
}
