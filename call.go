package vedette

import (
	"strings"
	"time"
)

// Line is a number by which somebody may be reached, or heard of.
type Line struct {
	Kind  LineKind
	Nth   int // of its kind, from 1
	Name  string
	Phone string
}

// Whose says whose number it is.
func (l Line) Whose() string {
	if l.Kind == LineOwn {
		return "their own"
	}
	return strings.TrimSpace(strings.ReplaceAll(string(l.Kind), "_", " ") + " " + l.Name)
}

// Called is a number with whose it is.
func (l Line) Called() string {
	if l.Kind == LineOwn {
		return l.Phone
	}
	return l.Whose() + " " + l.Phone
}

// LineKind is whose number it is: their own, or that of a second contact.
type LineKind string

// The kinds of line, in the order they are tried.
const (
	LineOwn       LineKind = "own"
	LineEmergency LineKind = LineKind(ContactEmergency)
	LineCompanion LineKind = LineKind(ContactCompanion)
	LineSite      LineKind = LineKind(ContactSite)
	LineHotel     LineKind = LineKind(ContactHotel)
)

// LineKinds lists them.
var LineKinds = []LineKind{LineOwn, LineEmergency, LineCompanion, LineSite, LineHotel}

// Try is one attempt to reach somebody for a roll-call by phone.
type Try struct {
	Seq     int64 // of its log row
	Person  int64
	Kind    LineKind // which number was tried; the number itself is not kept here
	Nth     int
	Outcome TryOutcome
	By      string
	At      time.Time
	Note    string // sealed in the store
}

// TryOutcome is how a try ended.
type TryOutcome string

// The outcomes.
const (
	TryNoAnswer    TryOutcome = "no_answer"
	TryBusy        TryOutcome = "busy"
	TryWrongNumber TryOutcome = "wrong_number"
	TryMessage     TryOutcome = "left_message"
	TrySpoke       TryOutcome = "spoke"
)

// TryOutcomes lists them.
var TryOutcomes = []TryOutcome{TryNoAnswer, TryBusy, TryWrongNumber, TryMessage, TrySpoke}
