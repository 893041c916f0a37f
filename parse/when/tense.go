package when

import (
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/parse/phrase"
)

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
		ms[i].since = ms[i].From > 0 && ts[ms[i].From-1].Word == "since"
		ms[i].ahead = c.Ahead || expires(ts, ms[i])
		ms[i].coming = ms[i].coming || lasts(ts, ms[i]) || c.Foretells && due(ts, ms[i])
		if ms[i].weekday >= 0 && ms[i].offset == 0 && c.comes(ts, ms[i]) {
			ms[i].offset = 1
		}
	}
}

// expires says whether a verb of what is to come stands shortly before a moment:
// "the ceasefire expires at midnight".
func expires(ts []phrase.Token, m Moment) bool {
	for i := m.From - 1; i >= 0 && m.From-i < 6; i-- {
		switch ts[i].Word {
		case "will", "shall", "due", "expires", "expire", "ends", "begins", "starts", "resumes", "opens", "closes", "reopens", "lapses":
			return true
		}
		if past(ts[i].Word) {
			return false
		}
	}
	return false
}

// due says whether something is to be before a moment: "will try before December
// 31".
func due(ts []phrase.Token, m Moment) bool {
	if m.From == 0 || ts[m.From-1].Word != "before" && ts[m.From-1].Word != "by" {
		return false
	}
	return !slices.ContainsFunc(ts[max(0, m.From-24):m.From], func(t phrase.Token) bool { return past(t.Word) })
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
		case ts[i].Word == "by" && (i < m.From-1 || done(ts, i)): // "injured by a mine on Wednesday"
		case c.t.Months.Is(ts, i, "coming"):
			return true
		case past(ts[i].Word) && !describes(ts, i):
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

// done says whether what was to be by a day had happened: "had been found by
// Thursday", "by Thursday, 40 had died".
func done(ts []phrase.Token, by int) bool {
	if by == 0 && slices.ContainsFunc(ts[:min(len(ts), 12)], func(t phrase.Token) bool { return t.Word == "had" }) {
		return true
	}
	for i := by - 1; i >= 0 && by-i < 8; i-- {
		switch ts[i].Word {
		case "had", "was", "were":
			return true
		case "to", "will", "would", "due", "that", ",", ";":
			return false
		}
	}
	return false
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

// describes says whether a word like "escorted" belongs to a noun after it: "with
// the escorted convoy".
func describes(ts []phrase.Token, i int) bool {
	if i == 0 || i+1 >= len(ts) || !ts[i+1].IsWord() {
		return false
	}
	switch ts[i-1].Word {
	case "the", "a", "an", "any", "with", "by", "your", "their":
		return true
	}
	return false
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
