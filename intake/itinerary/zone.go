package itinerary

import (
	"strconv"
	"strings"
	"time"

	"vedette/intake/clock"
	"vedette/intake/sheet"
)

// moment reads a DTSTART or DTEND: a date, a local time, UTC, or a time in a
// zone. The second result is the reason why it cannot.
func (cal *calendar) moment(p *property) (clock.Moment, error) {
	s := strings.TrimSpace(p.value)
	day, at, timed := strings.Cut(s, "T")
	m, ok := clock.Moment{}, false
	if m.Date, ok = day8(day); !ok {
		return m, sheet.Reason("is no date of a calendar: it must be written as in 20260210T140500")
	}
	if !timed {
		return m, nil
	}
	if utc := strings.TrimSuffix(at, "Z"); utc != at {
		at, m.Zone = utc, time.UTC
	}
	n, err := strconv.Atoi(at)
	if len(at) != 6 || err != nil || n < 0 || n/10000 > 23 || n/100%100 > 59 || n%100 > 60 {
		return m, sheet.Reason("is no time of a calendar: it must be written as in 20260210T140500")
	}
	m.HasTime, m.Seconds = true, n/10000*3600+n/100%100*60+min(n%100, 59)
	if id := p.param("TZID"); id != "" && m.Zone == nil {
		var reason error
		if m.Zone, reason = cal.zone(id, m); reason != nil {
			return m, reason
		}
	}
	return m, nil
}

func day8(s string) (clock.Date, bool) {
	n, err := strconv.Atoi(s)
	if len(s) != 8 || err != nil || n < 0 {
		return clock.Date{}, false
	}
	d := clock.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
	return d, d.Valid()
}

// zone finds the zone of a TZID at a local time: by IANA's name, also behind
// a maker's prefix ("/mozilla.org/20050126_1/Europe/Berlin"), by Windows'
// name, else by the calendar's own definition.
func (cal *calendar) zone(id string, m clock.Moment) (*time.Location, error) {
	name := strings.Trim(id, `" /`)
	parts := strings.Split(name, "/")
	for n := min(len(parts), 3); n > 0; n-- {
		if loc, reason := clock.Zone(strings.Join(parts[len(parts)-n:], "/")); reason == nil {
			return loc, nil
		}
	}
	c, ok := cal.zones[strings.Trim(id, `" `)]
	if !ok {
		return nil, sheet.Reason("is in the time zone %q, which neither we nor the calendar know: mend the event's time zone", sheet.Cut(id))
	}
	if p, ok := c.prop("X-LIC-LOCATION"); ok {
		if loc, reason := clock.Zone(p.value); reason == nil {
			return loc, nil
		}
	}
	seconds, ok := c.offset(m)
	if !ok {
		return nil, sheet.Reason("is in the time zone %q, whose definition in the calendar we cannot follow: mend the event's time zone", sheet.Cut(id))
	}
	return clock.Fixed(seconds), nil
}

// offset gives the seconds that a VTIMEZONE is ahead of UTC at a local time.
func (c *component) offset(m clock.Moment) (int, bool) {
	var best clock.Moment
	offset, found := 0, false
	for i := range c.inside {
		to, ok := c.inside[i].seconds("TZOFFSETTO")
		onsets, known := c.inside[i].onsets(m.Year)
		if !ok || !known {
			return 0, false
		}
		for _, on := range onsets {
			if !later(on, m) && (!found || later(on, best)) {
				best, offset, found = on, to, true
			}
		}
	}
	return offset, found
}

func later(a, b clock.Moment) bool {
	return b.Date.Before(a.Date) || a.Date == b.Date && a.Seconds > b.Seconds
}

// seconds reads "+0130".
func (c *component) seconds(name string) (int, bool) {
	p, ok := c.prop(name)
	s := strings.TrimSpace(p.value)
	if !ok || len(s) != 5 && len(s) != 7 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	n, err := strconv.Atoi(s[1:5])
	if err != nil || n < 0 || n > 1400 || n%100 > 59 {
		return 0, false
	}
	seconds := n/100*3600 + n%100*60
	if s[0] == '-' {
		return -seconds, true
	}
	return seconds, true
}

// onsets gives when an observance begins, around a year: once, or every year
// on the nth weekday of a month. Any other rule is not known.
func (c *component) onsets(year int) ([]clock.Moment, bool) {
	p, ok := c.prop("DTSTART")
	if !ok || len(p.value) < 15 {
		return nil, false
	}
	in, e1 := strconv.Atoi(p.value[:4])
	month, e2 := strconv.Atoi(p.value[4:6])
	day, e3 := strconv.Atoi(p.value[6:8])
	at, e4 := strconv.Atoi(p.value[9:15])
	if e1 != nil || e2 != nil || e3 != nil || e4 != nil {
		return nil, false
	}
	first := clock.Moment{Date: clock.Date{Year: in, Month: time.Month(month), Day: day}, Seconds: at/10000*3600 + at/100%100*60 + at%100}
	if _, ok := c.prop("RDATE"); ok {
		return nil, false
	}
	rule, ok := c.prop("RRULE")
	if !ok {
		return []clock.Moment{first}, true
	}
	y := yearly{month: month, until: year}
	if !y.read(rule.value) {
		return nil, false
	}
	var all []clock.Moment
	for _, in := range []int{min(year, y.until) - 1, min(year, y.until)} {
		if in >= first.Year {
			on := first
			on.Date = clock.Date{Year: in, Month: time.Month(y.month), Day: nthDay(in, y.month, y.nth, y.weekday)}
			all = append(all, on)
		}
	}
	return all, true
}

var weekdays = map[string]time.Weekday{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}

// yearly is a rule such as FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU.
type yearly struct {
	month, nth, until int // until is the last year it holds in
	weekday           time.Weekday
}

// read is false where the rule is another one.
func (y *yearly) read(rule string) bool {
	yearly, day := false, false
	for _, part := range strings.Split(strings.ToUpper(rule), ";") {
		k, v, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.Atoi(v)
		switch k {
		case "FREQ":
			yearly = v == "YEARLY"
		case "BYMONTH":
			if err != nil || n < 1 || n > 12 {
				return false
			}
			y.month = n
		case "BYDAY":
			if len(v) < 3 {
				return false
			}
			y.weekday, day = weekdays[v[len(v)-2:]]
			if y.nth, err = strconv.Atoi(v[:len(v)-2]); err != nil || y.nth == 0 || y.nth < -5 || y.nth > 5 {
				return false
			}
		case "UNTIL":
			if len(v) < 8 {
				return false
			}
			if n, err = strconv.Atoi(v[:4]); err != nil {
				return false
			}
			y.until = min(y.until, n)
		case "INTERVAL":
			if n != 1 {
				return false
			}
		case "WKST", "":
		default:
			return false
		}
	}
	return yearly && day
}

// nthDay gives the day of the nth weekday of a month, from its end where n is
// less than zero.
func nthDay(year, month, nth int, weekday time.Weekday) int {
	if nth > 0 {
		first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		return 1 + (int(weekday)-int(first.Weekday())+7)%7 + (nth-1)*7
	}
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	return last.Day() - (int(last.Weekday())-int(weekday)+7)%7 + (nth+1)*7
}
