// Package roll holds the rules of a roll-call: how a member stands, who calls
// whom, and which number when. They are pure; now is an argument.
package roll

import (
	"time"

	"vedette"
)

// Memory is how long before a roll-call first asked an answer still says
// something, if only that somebody was well then.
const Memory = 72 * time.Hour

// Source is where a word on somebody comes from.
type Source string

// The sources.
const (
	SourceAnswer  Source = "answer"
	SourceCheckin Source = "check-in"
	SourceAccount Source = "account"
)

// Heard is one word on somebody.
type Heard struct {
	Kind   vedette.AccountKind
	Source Source
	At     time.Time
	No     int // of the answer, check-in or account, as whoever asks counts them
}

// Standing is how somebody stands, and by which word; At is zero where there
// is none.
type Standing struct {
	Is vedette.RollStanding
	Heard
}

// Stand says how somebody stands, by all that was heard of them in the order
// it came. asked is when the roll-call asked last, told when they were last
// told something immediate: a word of before either is stale, and they are
// asked for again.
//
// The newest word counts. A check-in says where somebody is, so it ends no
// call for help; and such a call does not grow old. An account that takes back
// undoes the accounts before it, never what somebody said themselves.
func Stand(heard []Heard, asked, told, now time.Time) Standing {
	last := Heard{}
	for _, h := range valid(heard, now) {
		if h.Source == SourceCheckin && last.Kind == vedette.AccountHelp || h.At.Before(last.At) {
			continue
		}
		last = h
	}
	s := Standing{Is: vedette.RollStanding(last.Kind), Heard: last}
	switch {
	case last.At.IsZero():
		s.Is = vedette.RollSilent
	case last.Kind == vedette.AccountHelp:
	case last.At.Before(asked) || last.At.Before(told) && !told.After(now):
		s.Is = vedette.RollStale
	}
	return s
}

// valid leaves out what is taken back, and what is not yet.
func valid(heard []Heard, now time.Time) (out []Heard) {
	back := -1
	for i, h := range heard {
		if h.Kind == vedette.AccountBack && !h.At.After(now) {
			back = i
		}
	}
	for i, h := range heard {
		if h.At.After(now) || h.Kind == vedette.AccountBack || h.Source == SourceAccount && i < back {
			continue
		}
		out = append(out, h)
	}
	return out
}
