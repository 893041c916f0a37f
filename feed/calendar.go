// Package feed writes readings in the formats of other systems, and reads shapes
// from them.
// It is pure: the time is an argument, the same input gives the same bytes.
package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"vedette"
)

// Calendar writes what the readings say is still to come as one iCalendar
// object (RFC 5545), an event for each time of each statement. Days are
// all-day events, clock times are in UTC. now is the stamp of events whose
// report has no time of issue.
func Calendar(w io.Writer, readings []vedette.Reading, now time.Time) error {
	cal := ics.NewCalendarFor("Vedette")
	cal.SetMethod(ics.MethodPublish)
	seen := map[string]bool{}
	for i := range readings {
		c := &readings[i].Content
		stamp := now
		if c.IssuedAt != nil {
			stamp = *c.IssuedAt
		}
		eachStatement(c, func(st *vedette.Statement, until *vedette.When) {
			for _, when := range st.When {
				id := identity(c, st, when)
				if !when.Scheduled || when.At == nil && when.Date == "" && when.From == "" || seen[id] || sameTime(when, until) {
					continue
				}
				seen[id] = true
				event(cal.AddEvent(id), c, st, when, stamp)
			}
		})
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// Events writes what is announced as one iCalendar object, with a name by which a calendar
// program calls it. The stamp of each is when its update was published.
func Events(w io.Writer, name string, events []vedette.Event) error {
	cal := ics.NewCalendarFor("Vedette")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(name)
	seen := map[string]bool{}
	for i := range events {
		e := &events[i]
		id := identity(&e.Update.Content, &e.Statement, e.When)
		if seen[id] {
			continue
		}
		seen[id] = true
		entry := cal.AddEvent(id)
		event(entry, &e.Update.Content, &e.Statement, e.When, e.Update.PublishedAt)
		if says := voices(e.Sources); says != "" {
			entry.SetDescription(e.Text + "\n\n" + says)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// voices says who says something, "" for nobody.
func voices(sources []vedette.Source) string {
	var out []string
	for _, s := range sources {
		out = append(out, strings.TrimSpace(s.Text+" ("+string(s.Stance)+")"))
	}
	if len(out) == 0 {
		return ""
	}
	return "Source: " + strings.Join(out, "; ")
}

// sameTime says whether a time is that until which an advice holds: no event.
func sameTime(w vedette.When, until *vedette.When) bool {
	if until == nil {
		return false
	}
	return w.Date == until.Date && w.From == until.From && w.To == until.To && (w.At == nil) == (until.At == nil) && (w.At == nil || w.At.Equal(*until.At))
}

// eachStatement calls see with the statements in the order of a report, and
// with the limit of an advice.
func eachStatement(c *vedette.Content, see func(st *vedette.Statement, until *vedette.When)) {
	for i := range c.Summary {
		see(&c.Summary[i], nil)
	}
	for i := range c.Topics {
		for j := range c.Topics[i].Claims {
			see(&c.Topics[i].Claims[j].Statement, nil)
		}
	}
	for i := range c.Assessments {
		see(&c.Assessments[i].Statement, nil)
	}
	for i := range c.Recommendations {
		for j := range c.Recommendations[i].Advice {
			a := &c.Recommendations[i].Advice[j]
			see(&a.Statement, a.Until)
		}
	}
}

// identity is the same for the same words of the same report, so that reading
// it again gives a calendar program nothing new.
func identity(c *vedette.Content, st *vedette.Statement, w vedette.When) string {
	sum := sha256.New()
	for _, part := range []string{c.Title, st.Text, w.Text, w.Date, w.From, w.To} {
		io.WriteString(sum, part+"\x00")
	}
	if w.At != nil {
		io.WriteString(sum, w.At.UTC().Format(time.RFC3339)+"\x00")
	}
	if c.IssuedAt != nil {
		io.WriteString(sum, c.IssuedAt.UTC().Format(time.RFC3339))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]) + "@vedette"
}

func event(e *ics.VEvent, c *vedette.Content, st *vedette.Statement, w vedette.When, stamp time.Time) {
	e.SetDtStampTime(stamp.UTC())
	e.SetSummary(headline(c, st))
	e.SetDescription(st.Text)
	e.SetStatus(ics.ObjectStatusTentative) // announced, not sure
	var places []string
	for _, p := range st.Places {
		places = append(places, p.Text)
	}
	if len(places) > 0 {
		e.SetLocation(strings.Join(places, ", "))
	}
	switch {
	case w.At != nil:
		e.SetStartAt(w.At.UTC())
	case w.Date != "":
		allDay(e, w.Date, w.Date)
	default:
		allDay(e, w.From, w.To)
	}
}

// allDay sets the days of an event; iCalendar's end is the day after the last.
func allDay(e *ics.VEvent, from, to string) {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return
	}
	e.SetAllDayStartAt(first)
	if last, err := time.Parse(time.DateOnly, to); err == nil {
		e.SetAllDayEndAt(last.AddDate(0, 0, 1))
	}
}

// headline is how a statement opens, with the area of the report before it where
// there is one; the event's description holds all of it.
func headline(c *vedette.Content, st *vedette.Statement) string {
	text := opening(st.Text, 90)
	if len(c.Affected) > 0 && c.Affected[0].Text != "" {
		return c.Affected[0].Text + ": " + text
	}
	return text
}

// opening cuts a text to so many letters, between two words.
func opening(text string, most int) string {
	n, blank := 0, 0
	for i, c := range text {
		if c == ' ' {
			blank = i
		}
		if n++; n > most {
			if blank > 0 {
				i = blank
			}
			return strings.TrimRight(text[:i], " ,;:") + "…"
		}
	}
	return text
}
