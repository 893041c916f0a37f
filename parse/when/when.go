// Package when reads the times of a text: days, runs of days, months, clock
// times in the zone of a place, and whether a thing is still to come.
package when

import (
	"fmt"
	"strconv"
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
	part      string // early, mid, late: a third of the month
	offset    int    // days from the issue day: today, tomorrow
	relative  bool
	weekday   int // 0 Sunday … 6; -1 none
	hour, min int
	clock     bool
	zone      string  // named zone, "" for local
	hours     float64 // of the named zone from UTC
	Vague     bool    // day and month could be the other way round
	wholeYear bool
	scheduled bool
	day0      bool // has a day of its own
}

// Calendar reads times, by a moment that stands for now: the issue time of a
// report, or when it came in; zero when neither is known.
type Calendar struct {
	t     *words.Tables
	now   time.Time
	zones map[string]*time.Location
}

// New gives a calendar.
func New(t *words.Tables, now time.Time) *Calendar {
	return &Calendar{t: t, now: now, zones: map[string]*time.Location{}}
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
		if !ok {
			m, ok = c.clockAt(ts, i)
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
	return lendDays(out)
}

// smallDay says whether a word without a capital can open a time.
func smallDay(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "yesterday", "overnight", "night", "evening", "morning", "afternoon", "early", "mid", "late":
		return true
	}
	return false
}

// lendDays gives a clock time without a day the day named before it in its
// sentence, else the one after it.
func lendDays(ms []Moment) []Moment {
	for i := range ms {
		if ms[i].day0 || !ms[i].clock {
			continue
		}
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(ms) && ms[j].day0 && ms[j].end == 0 {
				d := ms[j]
				ms[i].year, ms[i].month, ms[i].day, ms[i].relative, ms[i].offset, ms[i].weekday = d.year, d.month, d.day, d.relative, d.offset, d.weekday
				ms[i].day0 = true
				break
			}
		}
	}
	return ms
}

// joinable says whether a clock time and a day stand side by side: "10:00
// (local time) on February 6", "February 6 at 10:00".
func joinable(ts []phrase.Token, a, b Moment) bool {
	if a.clock == b.clock || a.day0 == b.day0 {
		return false
	}
	for _, t := range ts[a.To:b.From] {
		switch t.Word {
		case "on", "at", ",", "from", "around", "approximately", "about", "by", "of", "the", "until":
		default:
			return false
		}
	}
	return true
}

func joinMoments(a, b Moment) Moment {
	if a.clock {
		b.hour, b.min, b.zone, b.hours = a.hour, a.min, a.zone, a.hours
		a, b = b, a
		a.From = b.From
	} else {
		a.hour, a.min, a.zone, a.hours, a.To = b.hour, b.min, b.zone, b.hours, b.To
	}
	a.clock = true
	return a
}

// schedule marks what is said to be still to come: a scheduling word stands
// before the time and after the time before it; a time that opens the
// sentence is scheduled when no other follows.
func (c *Calendar) schedule(ts []phrase.Token, ms []Moment) {
	for i := range ms {
		from := 0
		if i > 0 {
			from = ms[i-1].To
		}
		ms[i].scheduled = c.schedules(ts[from:ms[i].From], ms[i]) || i > 0 && ms[i-1].scheduled && joined(ts[from:ms[i].From])
		if !ms[i].scheduled && i == 0 && len(ms) == 1 && ms[i].From <= 2 {
			ms[i].scheduled = c.schedules(ts[ms[i].To:], ms[i])
		}
	}
}

// joined says whether only "to", "until" or "and" stands between two times.
func joined(ts []phrase.Token) bool {
	for _, t := range ts {
		switch t.Word {
		case "to", "until", "and", "–", ",":
		default:
			return false
		}
	}
	return len(ts) < 3
}

// schedules says whether a scheduling word stands in the tokens and the day
// is not past.
func (c *Calendar) schedules(ts []phrase.Token, m Moment) bool {
	for _, h := range c.t.Urgency.Find(ts) {
		if h.Label == "scheduled" && m.weekday >= 0 && m.month == 0 {
			return m.offset >= 0
		}
		if h.Label == "scheduled" {
			day, ok := m.date(c.now)
			return !ok || c.now.IsZero() || !day.Before(c.now.Truncate(24*time.Hour))
		}
	}
	return false
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
		return weekdayNear(now, m.weekday, m.scheduled || m.offset > 0, m.offset < 0), true
	case m.month == 0: // a clock time alone
		return now.Truncate(24 * time.Hour), true
	case year == 0:
		year = nearestYear(now, m.month, day)
	}
	d := time.Date(year, time.Month(m.month), day, 0, 0, 0, 0, time.UTC)
	return d, d.Day() == day
}

// weekdayNear gives the day of that name next to now: the last one, or the
// coming one where it is still to come.
func weekdayNear(now time.Time, weekday int, coming, last bool) time.Time {
	day := now.Truncate(24 * time.Hour)
	gap := (weekday - int(day.Weekday()) + 7) % 7
	if coming && !last {
		return day.AddDate(0, 0, gap)
	}
	return day.AddDate(0, 0, gap-7*min(gap, 1))
}

// Resolve makes the When of a moment; false for a clock time that cannot be
// placed on any day.
func (c *Calendar) Resolve(m Moment, text, zone string) (vedette.When, bool) {
	w := vedette.When{Text: text, Scheduled: m.scheduled}
	day, ok := m.date(c.now)
	if !ok {
		return w, !m.clock || m.day0
	}
	const iso = "2006-01-02"
	switch {
	case m.clock:
		return c.instant(w, m, day, zone), true
	case m.wholeYear:
		w.From, w.To = day.Format(iso), fmt.Sprintf("%04d-12-31", day.Year())
	case m.end > 0:
		last := time.Date(day.Year(), time.Month(m.endMonth), m.end, 0, 0, 0, 0, time.UTC)
		if last.Before(day) {
			last = last.AddDate(1, 0, 0)
		}
		w.From, w.To = day.Format(iso), last.Format(iso)
	case m.month > 0 && m.day == 0:
		first, last := 1, day.AddDate(0, 1, -1).Day()
		switch m.part {
		case "early":
			last = 10
		case "mid":
			first, last = 11, 20
		case "late":
			first = 21
		}
		w.From, w.To = day.AddDate(0, 0, first-1).Format(iso), day.AddDate(0, 0, last-1).Format(iso)
	default:
		w.Date = day.Format(iso)
	}
	return w, true
}

// instant places a clock time: in the zone given, else in that of the place.
func (c *Calendar) instant(w vedette.When, m Moment, day time.Time, zone string) vedette.When {
	if m.zone != "" {
		at := day.Add(time.Duration(m.hour)*time.Hour + time.Duration(m.min)*time.Minute - time.Duration(m.hours*float64(time.Hour)))
		w.At, w.Zone = &at, m.zone
		return w
	}
	loc := c.location(zone)
	if loc == nil {
		if m.day0 {
			w.Date = day.Format("2006-01-02")
		}
		return w
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), m.hour, m.min, 0, 0, loc).UTC()
	w.At, w.Zone = &at, zone
	return w
}

func (c *Calendar) location(zone string) *time.Location {
	if zone == "" {
		return nil
	}
	loc, ok := c.zones[zone]
	if !ok {
		loc, _ = time.LoadLocation(zone) // an unknown zone is none
		c.zones[zone] = loc
	}
	return loc
}

// clockAt reads a clock time: "10:00 (local time)", "4 pm", "12:00 UTC".
func (c *Calendar) clockAt(ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, weekday: -1, clock: true}
	h, min, n := clock(ts[i:])
	if n == 0 {
		w := strings.TrimRight(ts[i].Word, ".")
		num, suffix := strings.TrimRight(w, "apm."), ""
		if num != w && (strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm")) { // "4pm"
			suffix = w[len(num):]
		}
		h, n = atoi(num), 1
		if suffix != "" {
			m.hour, m.To = h+12*b2i(suffix[0] == 'p' && h < 12), i+1
			return c.zoneAt(ts, m), h >= 1 && h <= 12
		}
		if h < 1 || h > 12 || i+1 >= len(ts) || !meridiem(ts[i+1].Word) {
			return m, false
		}
	}
	m.hour, m.min, m.To = h, min, i+n
	if m.To < len(ts) && meridiem(ts[m.To].Word) {
		pm := ts[m.To].Word[0] == 'p'
		m.hour = m.hour%12 + 12*b2i(pm)
		m.To++
		if m.To < len(ts) && ts[m.To].Word == "." && m.To+1 < len(ts) && !ts[m.To+1].Upper {
			m.To++
		}
	}
	return c.zoneAt(ts, m), true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func meridiem(w string) bool { return w == "am" || w == "pm" || w == "a.m" || w == "p.m" }

// zoneAt takes what tells the zone of a clock time: "UTC", "(local time)",
// "hours local time", "UTC+3".
func (c *Calendar) zoneAt(ts []phrase.Token, m Moment) Moment {
	i, depth := m.To, 0
	for ; i < len(ts); i++ {
		w := ts[i].Word
		hit, ok := c.t.Months.At(ts, i)
		switch {
		case w == "(" && depth == 0:
			depth++
		case w == ")" && depth == 1:
			m.To = i + 1
			return m
		case ok && strings.HasPrefix(hit.Label, "zone "):
			m.zone = strings.ToUpper(w)
			m.hours, _ = strconv.ParseFloat(hit.Label[5:], 64)
			if m.hours == 0 {
				m.zone = "UTC"
				i = m.shift(ts, i)
			}
			if m.To = i + 1; depth == 0 {
				return m
			}
		case w == "local" || w == "hours" || w == "hrs" || w == "h" || w == "time" && m.To == i:
			if m.To = i + 1; depth > 0 {
				m.To = m.To - 1
			}
		case w == "time":
		default:
			return m
		}
	}
	return m
}

// shift takes the "+3" after UTC at token i.
func (m *Moment) shift(ts []phrase.Token, i int) int {
	if i+2 < len(ts) && ts[i+1].Word == "+" && atoi(ts[i+2].Word) >= 0 && atoi(ts[i+2].Word) <= 14 {
		m.hours = float64(atoi(ts[i+2].Word))
		m.zone = "UTC+" + ts[i+2].Word
		return i + 2
	}
	return i
}
