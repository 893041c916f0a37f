// Package when reads the times of a text: days, runs of days, months, clock
// times in the zone of a place, and whether a thing is still to come.
package when

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones must not hang on the machine

	"vedette"
	"vedette/parse/phrase"
	"vedette/parse/words"
)

// Moment is a time found in a sentence: tokens from up to to.
type Moment struct {
	From, To  int // tokens
	year      int // 0: by the issue time
	month     int
	day, end  int // 0: the whole month; end of a run of days
	endMonth  int
	endYear   int    // of a run of months; 0: of its first day, or the year after
	part      string // early, mid, late: a third of the month; end: its last day
	offset    int    // days from the issue day: today, tomorrow
	relative  bool
	weekday   int // 0 Sunday … 6; -1 none
	run       int // further days after a weekday: "Wednesday to Friday" has two
	hour, min int
	clock     bool
	zone      string  // IANA zone an abbreviation stands for, "" for local
	hours     float64 // of the named zone from UTC
	short     string  // the abbreviation
	here      string  // IANA zone that is named without its hours: "ET"
	Vague     bool    // day and month could be the other way round
	wholeYear bool
	scheduled bool
	coming    bool // something holds until then
	ahead     bool // it is said to be to come
	since     bool // something holds from then on: it is behind now
	later     bool // a clock time of the day after the one given: "22:00 to 05:00"
	day0      bool // has a day of its own
}

// Calendar reads times, by a moment that stands for now: the issue time of a
// report, or when it came in; zero when neither is known.
type Calendar struct {
	Ahead     bool // a weekday of which no verb tells is still to come: in advice
	Foretells bool // a day by which something is to be is still to come: in judgements

	t   *words.Tables
	now time.Time
}

// New gives a calendar.
func New(t *words.Tables, now time.Time) *Calendar {
	return &Calendar{t: t, now: now}
}

// Read makes the times of a sentence, in order. local gives the zone for a
// clock time at a byte of the text. vague are those whose day and month could
// be the other way round.
func (c *Calendar) Read(text string, s phrase.Sentence, ms []Moment, local func(at int) string) (out []vedette.When, vague []string) {
	c.schedule(s.Tokens, ms)
	for _, m := range ms {
		w, ok := c.Resolve(m, phrase.Of(text, s.Tokens, m.From, m.To), local(s.Tokens[m.From].Start))
		if !ok {
			continue
		}
		if m.Vague {
			vague = append(vague, w.Text)
		}
		out = append(out, w)
	}
	return out, vague
}

// Moments finds dates and clock times, and joins a clock time with the day it
// stands beside.
func (c *Calendar) Moments(text string, ts []phrase.Token) []Moment {
	var out []Moment
	for i := 0; i < len(ts); {
		if !ts[i].Upper && !smallDay(ts[i].Word) {
			i++ // capitals, digits and a few words open a time; nothing else does
			continue
		}
		m, ok := c.dayAt(text, ts, i)
		if ok = ok && !c.namesThing(ts, m); !ok {
			m, ok = c.clockAt(text, ts, i)
		}
		if !ok {
			i++
			continue
		}
		if n := len(out); n > 0 && joinable(ts, out[n-1], m) {
			out[n-1] = joinMoments(out[n-1], m)
		} else {
			out = append(out, m)
		}
		i = m.To
	}
	betweenDays(ts, out)
	return overMidnight(ts, lendDays(ts, c.recurring(ts, months(ts, between(ts, c.twice(ts, out))))))
}

// date gives the first day meant, false when no year can be known or the day
// does not exist.
func (m Moment) date(now time.Time) (time.Time, bool) {
	year, day := m.year, max(m.day, 1)
	switch {
	case m.wholeYear:
		return time.Date(m.year, 1, 1, 0, 0, 0, 0, time.UTC), true
	case now.IsZero() && year == 0:
		return time.Time{}, false
	case m.relative:
		return now.Truncate(24*time.Hour).AddDate(0, 0, m.offset), true
	case m.weekday >= 0 && m.month == 0:
		day := weekdayNear(now, m.weekday, m.scheduled || m.offset > 0, m.offset < 0)
		if m.offset == 2 && day.Equal(now.Truncate(24*time.Hour)) { // "next Thursday" of a Thursday
			day = day.AddDate(0, 0, 7)
		}
		return day, true
	case m.month == 0: // a clock time alone
		return now.Truncate(24 * time.Hour), true
	case year == 0:
		year = nearestYear(now, m.month, day)
	}
	d := time.Date(year, time.Month(m.month), day, 0, 0, 0, 0, time.UTC)
	if m.year == 0 && (m.coming || m.scheduled && m.day == 0) && now.Sub(d) > longPast {
		d = time.Date(year+1, time.Month(m.month), day, 0, 0, 0, 0, time.UTC)
	}
	return d, d.Day() == day
}

// longPast is how far back a month without a year, or a day until which
// something holds, must lie to be of the next year where it is still to come:
// "until July 3", said in October. What was due a few weeks ago stays there.
const longPast = 60 * 24 * time.Hour

// weekdayNear gives the day of that name next to now: the last one, or the
// coming one where it is still to come.
func weekdayNear(now time.Time, weekday int, coming, last bool) time.Time {
	day := now.Truncate(24 * time.Hour)
	gap := (weekday - int(day.Weekday()) + 7) % 7
	if coming && !last {
		return day.AddDate(0, 0, gap)
	}
	if last && gap == 0 {
		return day.AddDate(0, 0, -7) // "last Friday", said on one
	}
	return day.AddDate(0, 0, gap-7*min(gap, 1))
}

// Resolve makes the When of a moment; false for a clock time that cannot be
// placed on any day. What comes after now is scheduled.
func (c *Calendar) Resolve(m Moment, text, zone string) (vedette.When, bool) {
	w := vedette.When{Text: text}
	day, ok := m.date(c.now)
	if m.later {
		day = day.AddDate(0, 0, 1)
	}
	if !ok {
		w.Scheduled = m.scheduled
		return w, !m.clock || m.day0
	}
	if m.clock {
		w = c.instant(w, m, day, zone)
		if m.ahead && !m.day0 && w.At != nil && w.At.Before(c.now) { // "expires at midnight", said at noon
			w = c.instant(vedette.When{Text: text}, m, day.AddDate(0, 0, 1), zone)
		}
		if m.since && !m.day0 && w.At != nil && w.At.After(c.now) { // "since 23:15", said at eight
			w = c.instant(vedette.When{Text: text}, m, day.AddDate(0, 0, -1), zone)
		}
	} else {
		w.Date, w.From, w.To = m.days(day)
	}
	w.Scheduled = c.ahead(w, m)
	return w, true
}

// days gives the day, or the first and last, of a moment that has no clock
// time.
func (m Moment) days(day time.Time) (date, from, to string) {
	const iso = time.DateOnly
	switch {
	case m.wholeYear:
		return "", day.Format(iso), fmt.Sprintf("%04d-12-31", day.Year())
	case m.run > 0:
		return "", day.Format(iso), day.AddDate(0, 0, m.run).Format(iso)
	case m.end > 0:
		last := time.Date(cmp.Or(m.endYear, day.Year()), time.Month(m.endMonth), m.end, 0, 0, 0, 0, time.UTC)
		if last.Before(day) {
			last = last.AddDate(1, 0, 0)
		}
		return "", day.Format(iso), last.Format(iso)
	case m.month > 0 && m.day == 0:
		first, last := 1, day.AddDate(0, 1, -1).Day()
		switch m.part {
		case "early":
			last = 10
		case "mid":
			first, last = 11, 20
		case "late":
			first = 21
		case "end":
			return day.AddDate(0, 0, last-1).Format(iso), "", ""
		}
		return "", day.AddDate(0, 0, first-1).Format(iso), day.AddDate(0, 0, last-1).Format(iso)
	}
	return day.Format(iso), "", ""
}

// Next moves an hour without a day that is behind now to the day after: what holds
// until 11:00, said at noon, holds until tomorrow's.
func (c *Calendar) Next(w vedette.When) vedette.When {
	if w.At == nil || c.now.IsZero() {
		return w
	}
	at := *w.At
	for n := 0; n < 2 && !at.After(c.now); n++ {
		at = at.AddDate(0, 0, 1)
	}
	w.At, w.Scheduled = &at, at.After(c.now)
	return w
}

// ClockOnly says whether a moment is an hour without a day.
func (m Moment) ClockOnly() bool { return m.clock && !m.day0 }

// Coming makes a moment one of the days to come: that until which something
// holds.
func (m Moment) Coming() Moment {
	m.coming = true
	if m.weekday >= 0 && m.month == 0 && m.offset == 0 {
		m.offset = 1
	}
	return m
}

// Span gives the end of so many hours or days from now, "72 hours"; false for
// other words, or where now is not known.
func (c *Calendar) Span(number, unit, zone string) (vedette.When, bool) {
	n := atoi(number)
	if small := slices.Index(smallNumbers, number); small >= 0 {
		n = small
	}
	if n < 1 || n > 400 || c.now.IsZero() {
		return vedette.When{}, false
	}
	w := vedette.When{Scheduled: true}
	switch strings.TrimSuffix(unit, "s") {
	case "hour":
		at := c.now.Add(time.Duration(n) * time.Hour).UTC()
		w.At, w.Zone = &at, zone
	case "day":
		w.Date = c.now.AddDate(0, 0, n).Format(time.DateOnly)
	case "week":
		w.Date = c.now.AddDate(0, 0, 7*n).Format(time.DateOnly)
	default:
		return w, false
	}
	return w, true
}

var smallNumbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
