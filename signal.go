package vedette

import (
	"strings"
	"time"
)

// Signal is an event from an outside feed, before or without an analyst: what a warning
// service sent. It tells nobody: a person makes a draft of it, or sets it aside.
type Signal struct {
	Key        int64
	ID         ID
	ReceivedAt time.Time
	Digest     string // sha-256 of its bytes, hex
	SignalWords

	State SignalState
	By    string // who decided, "" while it is open and where it was overtaken
	At    time.Time
	Why   string // it was set aside
	Draft ID     // that was made of it
}

// SignalWords are what a signal says.
type SignalWords struct {
	SignalName
	Kind     SignalKind     `json:"kind"`
	Status   Status         `json:"status,omitzero"`
	Closed   bool           `json:"closed,omitempty"` // its sender sent it to some alone: it is not for the public
	From     string         `json:"from,omitempty"`   // its sender, as people call it
	Event    string         `json:"event"`
	Headline string         `json:"headline,omitempty"`
	Text     string         `json:"text,omitempty"`
	Advice   string         `json:"advice,omitempty"` // what it says to do
	Language string         `json:"language,omitempty"`
	Urgency  Urgency        `json:"urgency,omitzero"`
	Risk     Risk           `json:"risk,omitzero"` // its severity
	Source   SourceStrength `json:"source,omitzero"`
	Areas    []string       `json:"areas,omitempty"` // as it calls them
	Shapes   []Shape        `json:"shapes,omitempty"`
	Undrawn  int            `json:"undrawn,omitempty"` // shapes of it that cannot be drawn
	Others   int            `json:"others,omitempty"`  // parts of it, in other languages or of other events, that are not read
	Expires  time.Time      `json:"expires,omitzero"`
	Refers   []SignalName   `json:"refers,omitempty"` // to those that it takes the place of
}

// SignalName is what a sender calls a signal: no two of one sender are alike in it.
type SignalName struct {
	Sender     string    `json:"sender"`
	Identifier string    `json:"identifier"`
	Sent       time.Time `json:"sent"`
}

// SignalKind is what a signal does.
type SignalKind string

// The kinds of signal.
const (
	SignalAlert  SignalKind = "alert"
	SignalUpdate SignalKind = "update" // it takes the place of those that it refers to
	SignalCancel SignalKind = "cancel" // it takes them back
)

// SignalState is where a signal is.
type SignalState string

// The states of a signal.
const (
	SignalOpen      SignalState = "open"      // it waits for somebody to look
	SignalTaken     SignalState = "taken"     // a draft was made of it
	SignalAside     SignalState = "aside"     // somebody looked, and it is nothing for us
	SignalOvertaken SignalState = "overtaken" // its sender sent another in its place before anybody looked
)

// SignalStates are the states of a signal.
var SignalStates = []SignalState{SignalOpen, SignalTaken, SignalAside, SignalOvertaken}

// Signals is the life of a signal.
var Signals = Machine[SignalState]{
	{"take", SignalOpen, SignalTaken},
	{"take", SignalAside, SignalTaken},
	{"take", SignalOvertaken, SignalTaken},
	{"set_aside", SignalOpen, SignalAside},
	{"overtake", SignalOpen, SignalOvertaken},
	{"reopen", SignalAside, SignalOpen},
}

// MaxSignal bounds the bytes of a signal.
const MaxSignal = 768 << 10

// Over says whether a signal has expired.
func (s *Signal) Over(now time.Time) bool { return !s.Expires.IsZero() && !s.Expires.After(now) }

// Title is what a signal is called: its headline, else its event.
func (s *SignalWords) Title() string {
	if h := strings.TrimSpace(s.Headline); h != "" {
		return h
	}
	return s.Event
}

// Validate says whether a signal can be kept.
func (s *SignalWords) Validate() error {
	switch {
	case s.Sender == "" || s.Identifier == "" || s.Sent.IsZero():
		return Errorf(CodeInvalid, "the signal does not say who sent it, what they call it and when; it cannot be told from others")
	case s.Kind != SignalAlert && s.Kind != SignalUpdate && s.Kind != SignalCancel:
		return Errorf(CodeInvalid, "%q is no kind of signal; it is an alert, an update or a cancellation", s.Kind)
	case s.Title() == "" && s.Kind != SignalCancel:
		return Errorf(CodeInvalid, "the signal has neither a headline nor an event; there is nothing to go by")
	}
	return ValidShapes(s.Shapes)
}
