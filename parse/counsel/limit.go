package counsel

import (
	"strings"
	"time"

	"vedette"
	"vedette/parse/phrase"
	"vedette/parse/when"
)

// until takes the end of an advice: "until February 10", "for the next 72
// hours", "do not travel before October 12".
func (c *counsel) until() {
	ts := c.s.Tokens
	for i := range ts {
		if i > 0 && i+1 < len(ts) && ts[i].Word == "further" && ts[i-1].Word == "until" && ts[i+1].Word == "notice" {
			c.out.Until, c.endless = nil, true
			return // it ends on no day, though a part of it may
		}
	}
	for i := range ts {
		if i+1 >= len(ts) {
			return
		}
		switch ts[i].Word {
		case "until", "till", "through":
			c.untilDay(i + 1)
		case "before":
			if c.forbids(i) {
				c.untilDay(i + 1)
			}
		case "next":
			if i > 1 && ts[i-1].Word == "the" && (ts[i-2].Word == "for" || ts[i-2].Word == "over" || ts[i-2].Word == "during") {
				c.untilHours(i)
			}
		}
	}
}

// forbids says whether the sentence tells, before a token, not to go: there
// "before" is when that ends, while "leave before May 3" is a deadline.
func (c *counsel) forbids(i int) bool {
	for n := len(c.hits) - 1; n >= 0; n-- {
		if h := c.hits[n]; h.From < i && h.Label != "reason" && h.Label != "plain" {
			a := vedette.Action(strings.TrimPrefix(h.Label, "passive "))
			return a.Restricts() || a == vedette.AvoidPlaces || a == vedette.SuspendOperations || a == vedette.StayPut
		}
	}
	return false
}

// untilDay takes the day or hour at a token as the end.
func (c *counsel) untilDay(i int) {
	ts := c.s.Tokens
	if i+2 < len(ts) && ts[i+1].Word == "/" && ts[i].Upper && ts[i+2].Upper && (i+3 >= len(ts) || ts[i+3].Word != "/") {
		c.find(vedette.FindAmbiguousDate, "the advice holds until %q: write the month as a word", phrase.Of(c.text, ts, i, i+3))
		return
	}
	ms := c.calendar.Moments(c.text, ts[i-1:min(len(ts), i+12)]) // "until" tells of noon
	if len(ms) == 0 || ms[0].From > 6 || ts[i-1].Word == "through" && ms[0].From > 2 {
		return // "booked through KTM before September 13"
	}
	if ms[0].ClockOnly() && c.nightly(i, ms[0]) {
		return // "from 22:00 until 05:00 nightly" ends on no day
	}
	m := ms[0].Coming()
	text := phrase.Of(c.text, ts[i-1:], m.From, m.To)
	if w, ok := c.calendar.Resolve(m, text, c.Zone); ok {
		for _, o := range c.out.When { // by the zone of the place it stands beside
			if o.At != nil && o.Text == text && o.Zone != "" && (w.At == nil || !ms[0].ClockOnly()) {
				w.At, w.Zone, w.Date = o.At, o.Zone, ""
			}
		}
		if ms[0].ClockOnly() {
			w = c.calendar.Next(w)
		}
		c.hold(w)
	}
	if m.Vague {
		c.find(vedette.FindAmbiguousDate, "the advice holds until %q: day and month could be the other way round", text)
	}
}

// nightly says whether the hour after "until" at a token is one of a pair, or of
// every day.
func (c *counsel) nightly(i int, m when.Moment) bool {
	ts := c.s.Tokens
	if next := i - 1 + m.To; next < len(ts) {
		switch ts[next].Word {
		case "nightly", "daily", "each", "every":
			return true
		}
	}
	for n := i - 2; n >= max(0, i-8); n-- {
		if ts[n].Word == "from" || ts[n].Word == "between" {
			first := c.calendar.Moments(c.text, ts[n:i-1])
			return len(first) == 1 && first[0].ClockOnly()
		}
	}
	return false
}

// untilHours takes "next 72 hours" at a token, counted from the issue.
func (c *counsel) untilHours(i int) {
	ts := c.s.Tokens
	if i+2 >= len(ts) {
		return
	}
	if w, ok := c.calendar.Span(ts[i+1].Word, ts[i+2].Word, c.Zone); ok {
		w.Text = phrase.Of(c.text, ts, i, i+3)
		c.hold(w)
	}
}

// hold notes an end; of several the last counts, for no advice may lapse while a
// part of it holds.
func (c *counsel) hold(w vedette.When) {
	if !c.endless && (c.out.Until == nil || ends(w) > ends(*c.out.Until)) {
		c.out.Until = &w
	}
}

// ends gives an end so that a later one sorts behind.
func ends(w vedette.When) string {
	switch {
	case w.At != nil:
		return w.At.Format(time.RFC3339)
	case w.To != "":
		return w.To + "T99"
	}
	return w.Date + "T99" // the day to its end
}
