// Package when reads the times of a text: days, runs of days, months, clock
// times in the zone of a place, and whether a thing is still to come.
package when

import (
	"fmt"
	"slices"
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
	run       int // further days after a weekday: "Wednesday to Friday" has two
	hour, min int
	clock     bool
	zone      string  // IANA zone an abbreviation stands for, "" for local
	hours     float64 // of the named zone from UTC
	short     string  // the abbreviation
	Vague     bool    // day and month could be the other way round
	wholeYear bool
	scheduled bool
	day0      bool // has a day of its own
}

// Calendar reads times, by a moment that stands for now: the issue time of a
// report, or when it came in; zero when neither is known.
type Calendar struct {
	Ahead bool // a weekday of which no verb tells is still to come: in advice

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
		if ok = ok && !c.namesThing(ts, m); !ok {
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
	return lendDays(between(ts, out))
}

// between makes one run of two days with "between" before them and "and" in
// the middle: "between December 10 and December 24".
func between(ts []phrase.Token, ms []Moment) []Moment {
	for i := 0; i+1 < len(ms); i++ {
		a, b := ms[i], ms[i+1]
		if a.From == 0 || ts[a.From-1].Word != "between" || b.From != a.To+1 || ts[a.To].Word != "and" || a.clock || b.clock || a.day == 0 || b.day == 0 || a.end > 0 || b.end > 0 {
			continue
		}
		a.end, a.endMonth, a.To = b.day, b.month, b.To
		if a.year == 0 {
			a.year = b.year
		}
		ms[i] = a
		ms = slices.Delete(ms, i+1, i+2)
	}
	return ms
}

// namesThing says whether a day is part of a name: "March 23 Movement".
func (c *Calendar) namesThing(ts []phrase.Token, m Moment) bool {
	return m.day > 0 && m.year == 0 && m.To < len(ts) && ts[m.To].Upper && c.t.Months.Is(ts, m.To, "name")
}

// smallDay says whether a word without a capital can open a time.
func smallDay(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "yesterday", "overnight", "night", "early", "mid", "late", "noon", "midnight":
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
		case "on", "at", ",", "from", "around", "approximately", "about", "by", "of", "the":
		default:
			return false
		}
	}
	return true
}

func joinMoments(a, b Moment) Moment {
	if a.clock {
		b.hour, b.min, b.zone, b.hours, b.short = a.hour, a.min, a.zone, a.hours, a.short
		a, b = b, a
		a.From = b.From
	} else {
		a.hour, a.min, a.zone, a.hours, a.short, a.To = b.hour, b.min, b.zone, b.hours, b.short, b.To
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
		ms[i].scheduled = c.schedules(ts[from:ms[i].From]) || i > 0 && ms[i-1].scheduled && joined(ts[from:ms[i].From])
		if !ms[i].scheduled && i == 0 && len(ms) == 1 && ms[i].From <= 2 {
			ms[i].scheduled = c.schedules(ts[ms[i].To:])
		}
		if ms[i].weekday >= 0 && ms[i].offset == 0 && c.comes(ts, ms[i]) {
			ms[i].offset = 1
		}
	}
}

// comes says by the words before a weekday whether it is still to come: the
// nearest verb is "to gather", "will meet", not "gathered". A weekday that
// with no verb before it is read by the one after it.
func (c *Calendar) comes(ts []phrase.Token, m Moment) bool {
	if m.From > 0 && ts[m.From-1].Word == "for" { // "called a stoppage for Tuesday"
		return true
	}
	for i := m.From - 1; i >= 0 && m.From-i < 16; i-- {
		switch {
		case ts[i].Word == "to" && i+1 < len(ts) && !ts[i+1].Upper && ts[i+1].Word != "the" && ts[i+1].Word != "a":
			return true
		case c.t.Months.Is(ts, i, "coming"):
			return true
		case past(ts[i].Word):
			return false
		}
	}
	for i := m.To; i < len(ts) && i-m.To < 16; i++ {
		if past(ts[i].Word) || ts[i].Word == "since" {
			return false
		}
		if c.t.Months.Is(ts, i, "coming") {
			return true
		}
	}
	return c.Ahead
}

// past says whether a word is, most likely, a verb of the past.
func past(w string) bool {
	switch w {
	case "was", "were", "had", "said", "told", "held", "shot", "took", "made", "began", "broke", "came", "went", "hit", "struck", "since", "met", "saw", "fell", "left", "blew", "drew", "led":
		return true
	case "scheduled", "planned", "expected", "slated":
		return false
	}
	return len(w) > 4 && strings.HasSuffix(w, "ed")
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

// schedules says whether a scheduling word stands in the tokens.
func (c *Calendar) schedules(ts []phrase.Token) bool {
	for _, h := range c.t.Urgency.Find(ts) {
		if h.Label == "scheduled" {
			return true
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
// placed on any day. What comes after now is scheduled.
func (c *Calendar) Resolve(m Moment, text, zone string) (vedette.When, bool) {
	w := vedette.When{Text: text}
	day, ok := m.date(c.now)
	if !ok {
		w.Scheduled = m.scheduled
		return w, !m.clock || m.day0
	}
	if m.clock {
		w = c.instant(w, m, day, zone)
	} else {
		w.Date, w.From, w.To = m.days(day)
	}
	w.Scheduled = c.ahead(w, m)
	return w, true
}

// ahead says whether a time is still to come: it begins after now, or on the
// day of now or before it and is said to be scheduled. Nothing that is over is.
func (c *Calendar) ahead(w vedette.When, m Moment) bool {
	today := c.now.Format(time.DateOnly)
	switch {
	case m.wholeYear:
		return false
	case c.now.IsZero():
		return m.scheduled
	case w.At != nil:
		return w.At.After(c.now)
	case w.Date != "":
		return w.Date > today || w.Date == today && m.scheduled
	}
	return w.From > today || w.To >= today && m.scheduled
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
		last := time.Date(day.Year(), time.Month(m.endMonth), m.end, 0, 0, 0, 0, time.UTC)
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
		}
		return "", day.AddDate(0, 0, first-1).Format(iso), day.AddDate(0, 0, last-1).Format(iso)
	}
	return day.Format(iso), "", ""
}

// instant places a clock time: in the zone given, else in that of the place.
// A zone given by its abbreviation is the place's where that keeps it then.
func (c *Calendar) instant(w vedette.When, m Moment, day time.Time, zone string) vedette.When {
	clock := time.Duration(m.hour)*time.Hour + time.Duration(m.min)*time.Minute
	loc := c.location(zone)
	if m.zone != "" {
		hours := c.hoursOf(m, day.Add(clock), loc)
		at := day.Add(clock - time.Duration(hours*float64(time.Hour)))
		w.At, w.Zone = &at, m.zone
		if m.zone != "UTC" && loc != nil && offset(at, loc) == hours {
			w.Zone = zone
		}
		return w
	}
	if loc == nil {
		if m.day0 {
			w.Date = day.Format(time.DateOnly)
		}
		return w
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), m.hour, m.min, 0, 0, loc).UTC()
	w.At, w.Zone = &at, zone
	return w
}

// hoursOf gives the hours from UTC that an abbreviation means: its own, or
// another meaning of it that the place keeps ("IST" in Israel).
func (c *Calendar) hoursOf(m Moment, at time.Time, loc *time.Location) float64 {
	if loc == nil || m.short == "" {
		return m.hours
	}
	if name, seconds := at.In(loc).Zone(); strings.EqualFold(name, m.short) {
		return float64(seconds) / 3600
	}
	return m.hours
}

func offset(at time.Time, loc *time.Location) float64 {
	_, seconds := at.In(loc).Zone()
	return float64(seconds) / 3600
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
	if ts[i].Word == "noon" || ts[i].Word == "midnight" {
		if i == 0 || ts[i-1].Word != "at" && ts[i-1].Word != "by" && ts[i-1].Word != "until" && ts[i-1].Word != "from" && ts[i-1].Word != "before" && ts[i-1].Word != "after" {
			return m, false
		}
		m.hour, m.To = 12*b2i(ts[i].Word == "noon"), i+1
		return c.zoneAt(ts, m), true
	}
	if n == 0 && len(ts[i].Word) == 4 && i+1 < len(ts) { // "0600 UTC"
		if at := atoi(ts[i].Word); at >= 0 && at < 2400 && at%100 < 60 && c.zoneWord(ts, i+1) {
			m.hour, m.min, m.To = at/100, at%100, i+1
			return c.zoneAt(ts, m), true
		}
	}
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
	if strings.HasSuffix(ts[m.To-1].Word, "z") {
		m.zone = "UTC"
		return m, true
	}
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

// zoneWord says whether a zone, or "local" or "hours", stands at a token.
func (c *Calendar) zoneWord(ts []phrase.Token, i int) bool {
	if ts[i].Word == "(" && i+1 < len(ts) {
		i++
	}
	h, ok := c.t.Months.At(ts, i)
	return ok && strings.HasPrefix(h.Label, "zone ") || ts[i].Word == "local" || ts[i].Word == "hrs" || ts[i].Word == "hours"
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
			hours, name, _ := strings.Cut(hit.Label[5:], " ")
			m.hours, _ = strconv.ParseFloat(hours, 64)
			m.zone, m.short = name, w
			if name == "UTC" {
				m.short = ""
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

// shift takes the "+3" or "+5:30" after UTC at token i.
func (m *Moment) shift(ts []phrase.Token, i int) int {
	if i+2 >= len(ts) || ts[i+1].Word != "+" && ts[i+1].Word != "–" {
		return i
	}
	h := atoi(ts[i+2].Word)
	if h < 0 || h > 14 {
		return i
	}
	m.hours, i = float64(h), i+2
	if i+2 < len(ts) && ts[i+1].Word == ":" && (ts[i+2].Word == "30" || ts[i+2].Word == "45") {
		m.hours += float64(atoi(ts[i+2].Word)) / 60
		i += 2
	}
	sign := "-" // IANA's Etc zones count the other way
	if ts[i-1].Word == "–" {
		m.hours, sign = -m.hours, "+"
	}
	m.zone = "Etc/GMT" + sign + strconv.Itoa(h)
	return i
}
