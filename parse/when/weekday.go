package when

import (
	"strconv"
	"strings"

	"vedette/parse/phrase"
)

func (c *Calendar) relativeDay(ts []phrase.Token, m *Moment) bool {
	switch ts[m.From].Word {
	case "today", "tonight":
	case "tomorrow":
		m.offset = 1
	case "yesterday":
		m.offset = -1
	default:
		return false
	}
	m.relative, m.day0, m.To = true, true, m.From+1
	return true
}

// lastDay reads the day with which a month or year ends: "the end of July",
// "end of this month", "rest of the year". That of a week is another in every
// country, and is none.
func (c *Calendar) lastDay(ts []phrase.Token, m *Moment) bool {
	i := m.From
	switch ts[i].Word {
	case "end", "rest", "remainder":
	default:
		return false
	}
	if i+2 >= len(ts) || ts[i+1].Word != "of" {
		return false
	}
	m.part, m.To = "end", i+3
	if m.month = c.month(ts, i+2); m.month > 0 {
		*m = m.withYear(ts)
		return true
	}
	if m.year = yearNumber(ts, i+2); m.year > 0 {
		m.month = 12
		return true
	}
	if w := ts[i+2].Word; w == "the" || w == "this" {
		return c.lastOf(ts, m)
	}
	return false
}

// lastOf reads the "month" or "year" of "the end of this month".
func (c *Calendar) lastOf(ts []phrase.Token, m *Moment) bool {
	if m.To >= len(ts) || c.now.IsZero() {
		return false
	}
	m.year = c.now.Year()
	switch ts[m.To].Word {
	case "month":
		m.month = int(c.now.Month())
	case "year":
		m.month = 12
	default:
		m.year = 0
		return false
	}
	m.To++
	return true
}

// weekdayAt reads "Friday", alone or before a date ("Friday, February 6").
func (c *Calendar) weekdayAt(text string, ts []phrase.Token, i int) (Moment, bool) {
	m := Moment{From: i, To: i + 1, weekday: -1, day0: true}
	if !ts[i].Upper {
		return m, false
	}
	h, ok := c.t.Months.At(ts, i)
	if !ok || !strings.HasPrefix(h.Label, "day ") {
		return m, false
	}
	m.weekday, _ = strconv.Atoi(h.Label[4:])
	j := i + 1
	if j < len(ts) && (ts[j].Word == "," || ts[j].Word == "(") {
		j++
	}
	if j < len(ts) {
		if d, ok := c.monthDay(text, ts, j); ok && d.day > 0 {
			d.From = i
			if ts[j-1].Word == "(" && d.To < len(ts) && ts[d.To].Word == ")" {
				d.To++
			}
			return d, true
		}
	}
	if len(ts[i].Word) < 4 { // "Sun", "Sat" alone are words
		return m, false
	}
	if i > 0 {
		switch ts[i-1].Word {
		case "next":
			m.offset = 2
		case "coming", "this":
			m.offset = 1
		case "last", "past":
			m.offset = -1
		case "each", "every":
			return m, false
		case "the": // "the Friday rotation"
			if j < len(ts) && ts[j].IsWord() && !ts[j].Upper && j == i+1 {
				return m, false
			}
		}
	}
	return c.toWeekday(ts, m), true
}

// toWeekday takes "to Friday" after "Wednesday".
func (c *Calendar) toWeekday(ts []phrase.Token, m Moment) Moment {
	i := m.To
	if i+1 >= len(ts) || ts[i].Word != "–" && ts[i].Word != "to" && ts[i].Word != "through" || !ts[i+1].Upper {
		return m
	}
	h, ok := c.t.Months.At(ts, i+1)
	if !ok || !strings.HasPrefix(h.Label, "day ") || len(ts[i+1].Word) < 4 || i+2 < len(ts) && c.month(ts, i+2) > 0 {
		return m
	}
	last, _ := strconv.Atoi(h.Label[4:])
	if last != m.weekday {
		m.run, m.To = (last-m.weekday+7)%7, i+2
	}
	return m
}
