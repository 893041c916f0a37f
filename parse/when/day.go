package when

import (
	"strconv"
	"strings"

	"vedette/parse/phrase"
)

// dayAt reads a date at token i: "February 4", "4 Feb 2026", "May 3-4",
// "June 2025", "early March", "2026-02-04", "on Friday", "tomorrow".
func (c *Calendar) dayAt(text string, ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, To: i, weekday: -1}
	if c.relativeDay(ts, &m) || c.lastDay(ts, &m) || c.isoDay(text, ts, &m) || c.slashDay(ts, &m) {
		return m, true
	}
	if n := c.overnight(ts, i); n > 0 {
		if inner, ok := c.monthDay(text, ts, i+n); ok && inner.day > 0 && (n > 2 || inner.end > 0) {
			inner.From = i
			return inner, true
		}
		return m, false
	}
	if m, ok := c.weekdayAt(text, ts, i); ok {
		return m, true
	}
	if m, ok := c.monthDay(text, ts, i); ok {
		return m, true
	}
	return c.yearAt(ts, i)
}

// overnight gives the number of tokens of "overnight hours of" and "night of",
// 0 where there are none. They belong to the days that follow; "the evening
// of", and "the night of" one day, do not.
func (c *Calendar) overnight(ts []phrase.Token, i int) int {
	n := 1
	switch ts[i].Word {
	case "overnight":
		if i+1 >= len(ts) || ts[i+1].Word != "hours" && ts[i+1].Word != "hour" {
			return 0
		}
		n = 2
	case "night":
	default:
		return 0
	}
	for i+n < len(ts) && n < 5 {
		switch ts[i+n].Word {
		case "of", "on", "the", "between":
			n++
			continue
		}
		return n
	}
	return 0
}

func (c *Calendar) month(ts []phrase.Token, i int) int {
	if i < 0 || i >= len(ts) || !ts[i].Upper {
		return 0
	}
	if h, ok := c.t.Months.At(ts, i); ok && strings.HasPrefix(h.Label, "month ") {
		n, _ := strconv.Atoi(h.Label[6:])
		return n
	}
	return 0
}

// dayNumber reads 4, 04, 4th.
func dayNumber(ts []phrase.Token, i int) int {
	if i < 0 || i >= len(ts) || len(ts[i].Word) > 4 {
		return 0
	}
	w := ts[i].Word
	for _, s := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, s)
	}
	if n := atoi(w); n >= 1 && n <= 31 && len(w) <= 2 {
		return n
	}
	return 0
}

func yearNumber(ts []phrase.Token, i int) int {
	if i < 0 || i >= len(ts) || len(ts[i].Word) != 4 {
		return 0
	}
	if n := atoi(ts[i].Word); n >= 1900 && n < 2100 {
		return n
	}
	return 0
}

// monthDay reads a month with a day on either side, a run of days, a year,
// or "early" and its like before it; a month alone needs a preposition.
func (c *Calendar) monthDay(text string, ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, weekday: -1}
	if d := dayNumber(ts, i); d > 0 {
		return c.dayMonth(text, ts, m, d)
	}
	switch ts[i].Word {
	case "early", "mid", "late":
		if m.month = c.month(ts, i+1); m.month > 0 {
			m.part, m.To = ts[i].Word, i+2
			return m.withYear(ts), dayNumber(ts, i+2) == 0 && (i+2 >= len(ts) || ts[i+2].Word != "." || dayNumber(ts, i+3) == 0)
		}
		return m, false
	}
	if m.month = c.month(ts, i); m.month == 0 {
		return m, false
	}
	m.To = i + 1
	if m.To < len(ts) && ts[m.To].Word == "." {
		m.To++
	}
	if d := dayNumber(ts, m.To); d > 0 && !clockFollows(ts, m.To) {
		m.day, m.day0 = d, true
		m.To++
		m = c.runOfDays(text, ts, m)
		if m.end == 0 {
			return m.withYear(ts), true
		}
		last := Moment{To: m.To}.withYear(ts)
		m.To = last.To
		return m.yearOfEnd(last.year), true
	}
	if m.year = yearNumber(ts, m.To); m.year > 0 {
		m.To++
		return m, true
	}
	if i > 0 && (bareMonth(ts[i-1].Word) || ts[i-1].Word == "to" && c.month(ts, i-2) > 0) {
		m.To = i + 1
		return m.weekOf(ts, i), true
	}
	return m, false
}

// weekOf makes a month the week of it that the words before its token name: "the
// first week of August" ends on the seventh.
func (m Moment) weekOf(ts []phrase.Token, i int) Moment {
	if i < 3 || ts[i-1].Word != "of" || ts[i-2].Word != "week" {
		return m
	}
	for n, w := range []string{"first", "second", "third", "fourth"} {
		if ts[i-3].Word == w {
			m.day, m.end, m.endMonth, m.day0 = 7*n+1, 7*n+7, m.month, true
		}
	}
	return m
}

func bareMonth(before string) bool {
	switch before {
	case "in", "since", "during", "until", "of", "throughout", "by", "through", "last", "next", "this", "beyond", "before", "after", "from", "into":
		return true
	}
	return false
}

func clockFollows(ts []phrase.Token, i int) bool {
	_, _, n := clock(ts[i:])
	return n > 0
}

// dayMonth reads "4 February", "4th of February", "3-4 May".
func (c *Calendar) dayMonth(text string, ts []phrase.Token, m Moment, d int) (Moment, bool) {
	i, end := m.From+1, 0
	if e := dayNumber(ts, i); e > d && dashed(text, ts, i) {
		end, i = e, i+1
	} else if i < len(ts) && (ts[i].Word == "–" || ts[i].Word == "to") && dayNumber(ts, i+1) > d && !(i+2 < len(ts) && meridiem(ts[i+2].Word)) {
		end, i = dayNumber(ts, i+1), i+2
	}
	if i < len(ts) && ts[i].Word == "of" {
		i++
	}
	if m.month = c.month(ts, i); m.month == 0 {
		return m, false
	}
	m.day, m.day0, m.To = d, true, i+1
	if end > 0 {
		m.end, m.endMonth = end, m.month
		return m.withYear(ts), true
	}
	return c.toDayMonth(text, ts, m.withYear(ts)), true
}

// toDayMonth takes "to 5 December" after "24 November".
func (c *Calendar) toDayMonth(text string, ts []phrase.Token, m Moment) Moment {
	i := m.To
	if i+2 >= len(ts) || ts[i].Word != "–" && ts[i].Word != "to" && ts[i].Word != "through" {
		return m
	}
	d, at := dayNumber(ts, i+1), i+2
	if at < len(ts) && ts[at].Word == "of" {
		at++
	}
	month := c.month(ts, at)
	if d == 0 || month == 0 {
		return m
	}
	last := Moment{From: i + 1, To: at + 1, weekday: -1, day: d, month: month}.withYear(ts)
	m.end, m.endMonth, m.To = d, month, last.To
	return m.yearOfEnd(last.year)
}

// yearOfEnd gives a run of days the year of its last day; its first is of the
// year before where its month is later.
func (m Moment) yearOfEnd(year int) Moment {
	if year > 0 && m.year == 0 {
		m.year = year
		if m.month > m.endMonth {
			m.year--
		}
	}
	return m
}

// dashed says whether a hyphen stands right before token i.
func dashed(text string, ts []phrase.Token, i int) bool {
	return i > 0 && i < len(ts) && strings.ContainsAny(text[ts[i-1].End:ts[i].Start], "-‐‑")
}

// runOfDays takes "-4", "–4", "to 4", "and 4" and "– June 2" after a day.
func (c *Calendar) runOfDays(text string, ts []phrase.Token, m Moment) Moment {
	i := m.To
	if i >= len(ts) {
		return m
	}
	joined := dashed(text, ts, i)
	if w := ts[i].Word; (w == "–" || w == "to" || w == "through" || w == "and") && !(i+2 < len(ts) && meridiem(ts[i+2].Word)) {
		i, joined = i+1, true
	}
	if !joined || i >= len(ts) {
		return m
	}
	if month := c.month(ts, i); month > 0 && dayNumber(ts, i+1) > 0 && ts[i-1].Word != "and" {
		m.end, m.endMonth, m.To = dayNumber(ts, i+1), month, i+2
	} else if e := dayNumber(ts, i); e > m.day && !clockFollows(ts, i) && c.month(ts, i+1) == 0 && (ts[i-1].Word != "and" || e == m.day+1) {
		m.end, m.endMonth, m.To = e, m.month, i+1
	}
	return m
}

// withYear takes a year after the date, with or without a comma.
func (m Moment) withYear(ts []phrase.Token) Moment {
	i := m.To
	if i < len(ts) && ts[i].Word == "," {
		i++
	}
	if y := yearNumber(ts, i); y > 0 {
		m.year, m.To = y, i+1
	}
	return m
}

func (c *Calendar) isoDay(text string, ts []phrase.Token, m *Moment) bool {
	i := m.From
	if c.dotted(ts, m) {
		return true
	}
	y := yearNumber(ts, i)
	if y == 0 || i+2 >= len(ts) || !dashed(text, ts, i+1) || !dashed(text, ts, i+2) {
		return false
	}
	mo, d := atoi(ts[i+1].Word), dayNumber(ts, i+2)
	if mo < 1 || mo > 12 || d == 0 {
		return false
	}
	m.year, m.month, m.day, m.day0, m.To = y, mo, d, true, i+3
	return true
}

// dotted reads 25.08.2026, which puts the day first wherever it is written so.
func (c *Calendar) dotted(ts []phrase.Token, m *Moment) bool {
	parts := strings.Split(ts[m.From].Word, ".")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return false
	}
	d, mo, y := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	if d < 1 || d > 31 || mo < 1 || mo > 12 || y < 1900 || y >= 2100 {
		return false
	}
	m.year, m.month, m.day, m.day0, m.To = y, mo, d, true, m.From+1
	return true
}

// slashDay reads 04/02/2026, day first unless that cannot be.
func (c *Calendar) slashDay(ts []phrase.Token, m *Moment) bool {
	i := m.From
	if i+4 >= len(ts) || ts[i+1].Word != "/" || ts[i+3].Word != "/" {
		return false
	}
	a, b, y := dayNumber(ts, i), dayNumber(ts, i+2), yearNumber(ts, i+4)
	if a == 0 || b == 0 || y == 0 || min(a, b) > 12 {
		return false
	}
	m.day, m.month, m.Vague = a, b, a <= 12 && b <= 12 && a != b
	if b > 12 {
		m.day, m.month = b, a
	}
	m.year, m.day0, m.To = y, true, i+5
	return true
}

// yearAt reads "in 2025".
func (c *Calendar) yearAt(ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, To: i + 1, weekday: -1, wholeYear: true}
	if m.year = yearNumber(ts, i); m.year == 0 || i == 0 {
		return m, false
	}
	switch ts[i-1].Word {
	case "in", "since", "during", "until":
		return m, true
	}
	return m, false
}

// PartOfDate says whether token i is a month, a day's number or a year.
func (c *Calendar) PartOfDate(ts []phrase.Token, i int) bool {
	return dayNumber(ts, i) > 0 || c.month(ts, i) > 0 || yearNumber(ts, i) > 0
}
