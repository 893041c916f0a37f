// Package wording holds sentences that packages below the pages make: in English, with
// what is filled in apart from it, so that a page says them in its reader's language and
// the command line as they stand.
//
// What follows ## says which of two meanings an English word has, and is never shown.
package wording

import (
	"fmt"
	"strings"
	"time"
)

// Said is a sentence, or a part of one.
type Said struct {
	English string
	Args    []any // int, float64, string, what is said itself, and what each language may name (In)
}

// Of makes a sentence. english is written out where it is called: a test reads it there.
func Of(english string, args ...any) Said { return Said{english, args} }

// Word is a sentence or word that was marked where it is written (Mark).
func Word(marked string) Said { return Said{English: marked} }

// AsItIs is what no language says otherwise: a name, what somebody wrote.
func AsItIs(text string) Said { return Said{"%s", []any{text}} }

// Named is what each language may have a name of its own for: a place. Its String is the
// English one.
func Named(n interface {
	In(language string) string
	String() string
}) Said {
	return Said{"%s", []any{n}}
}

// Mark marks an English word that a table has; it is the word itself. A test reads it
// where it is called.
func Mark(english string) string { return english }

// Nothing says whether there is nothing to say.
func (s Said) Nothing() bool { return s.English == "" }

// String is the sentence in English.
func (s Said) String() string {
	english, _, _ := strings.Cut(s.English, "##")
	if len(s.Args) == 0 {
		return english
	}
	return fmt.Sprintf(english, s.Args...)
}

// Then says one thing after another, with nothing before the first.
func (s Said) Then(next Said) Said {
	switch {
	case next.Nothing():
		return s
	case s.Nothing():
		return next
	}
	return Of("%s; %s", s, next)
}

// And adds to a sentence, after a comma.
func (s Said) And(next Said) Said {
	switch {
	case next.Nothing():
		return s
	case s.Nothing():
		return next
	}
	return Of("%s, %s", s, next)
}

// Commas are sentences with commas between, nothing for none.
func Commas(list []Said) (all Said) {
	for _, s := range list {
		all = all.And(s)
	}
	return all
}

// Alternatives are sentences as one of them is meant: "Iraq, Jordan or Syria".
func Alternatives(list []Said) Said {
	last := len(list) - 1
	switch {
	case last < 0:
		return Said{}
	case last == 0:
		return list[0]
	}
	return Of("%s or %s##in a list", Commas(list[:last]), list[last])
}

var months = [...]string{
	Mark("Jan"), Mark("Feb"), Mark("Mar"), Mark("Apr"), Mark("May##the month"), Mark("Jun"),
	Mark("Jul"), Mark("Aug"), Mark("Sep"), Mark("Oct"), Mark("Nov"), Mark("Dec"),
}

// Month is a month as a day is said with it.
func Month(m time.Month) Said { return Word(months[m-1]) }

// Day is a day in UTC: "5 Feb 2026".
func Day(t time.Time) Said { return Date(t.UTC()) }

// Date is a day by the clock that the time has.
func Date(t time.Time) Said {
	return Of("%d %s %d", t.Day(), Month(t.Month()), t.Year())
}

// Minute is a moment in UTC: "5 Feb 2026 02:41 UTC".
func Minute(t time.Time) Said { return Of("%s %s", Day(t), Clock(t)) }

// DayClock is a moment in UTC where the year is plain: "5 Feb 02:41 UTC".
func DayClock(t time.Time) Said {
	t = t.UTC()
	return Of("%s %s", Of("%d %s", t.Day(), Month(t.Month())), Clock(t))
}

// Clock is a moment of a day in UTC: "02:41 UTC". Every language writes it so.
func Clock(t time.Time) string { return t.UTC().Format("15:04 UTC") }

// Length is how long something lasts: "40 s", "5 min", "3 h", "4 days".
func Length(d time.Duration) Said {
	switch {
	case d < time.Minute:
		return Of("%d s", max(int(d/time.Second), 1))
	case d < 2*time.Hour:
		return Of("%d min", int(d/time.Minute))
	case d < 48*time.Hour:
		return Of("%d h", int(d/time.Hour))
	}
	return Of("%d days", int(d/(24*time.Hour)))
}

var channels = map[string]string{"email": Mark("mail"), "sms": Mark("text message"), "voice": Mark("call"), "phone": Mark("number"), "push": Mark("push"), "webhook": Mark("webhook")}

// Channel names a channel, by its type's word.
func Channel(c string) Said {
	if w := channels[c]; w != "" {
		return Word(w)
	}
	return AsItIs(c)
}

var states = map[string]string{
	"queued": Mark("queued"), "accepted": Mark("accepted"), "received": Mark("received"), "seen": Mark("seen"), "answered": Mark("answered"),
	"failed": Mark("failed"), "withheld": Mark("withheld"), "unknown": Mark("unknown"),
}

// State names the state of a delivery or a letter, by its type's word.
func State(s string) Said {
	if w := states[s]; w != "" {
		return Word(w)
	}
	return AsItIs(s)
}

var ways = map[string]string{
	"email": Mark("email##a way"), "sms": Mark("sms##a way"), "voice": Mark("voice##a way"), "push": Mark("push"), "webhook": Mark("webhook"), "phone": Mark("phone"),
	"page": Mark("page##a way"), "mail": Mark("mail"), "text message": Mark("text message"), "call": Mark("call"),
}

// Way names over what something came or went, by its type's word, in short.
func Way(w string) Said {
	if s := ways[w]; s != "" {
		return Word(s)
	}
	return AsItIs(w)
}
