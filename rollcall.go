package vedette

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Rollcall asks of a set of people whether each is accounted for. Whoever was
// in its places when it was opened, or is named, is a member; later ones are
// added, none is ever taken out. Only a person closes it, with a reason.
type Rollcall struct {
	Key      int64
	ID       ID
	State    RollcallState
	Status   Status // of its update; one in a drill corrects nothing
	Title    string
	Update   ID // it is about, "" for none
	Areas    []AreaID
	Shapes   []Shape
	OpenedAt time.Time
	OpenedBy string
	ClosedAt time.Time
	ClosedBy string
	Reason   string // why it was closed
	Callers  []string
	Members  int
}

// MaxTitle bounds the title of a roll-call, in characters.
const MaxTitle = 200

// Validate checks what somebody typed.
func (r *Rollcall) Validate() error {
	switch {
	case strings.TrimSpace(r.Title) == "":
		return Errorf(CodeInvalid, "the roll-call has no title; give it one")
	case utf8.RuneCountInString(r.Title) > MaxTitle:
		return Errorf(CodeInvalid, "the title is longer than %d characters; shorten it", MaxTitle)
	}
	return ValidShapes(r.Shapes)
}

// RollcallState is where a roll-call is.
type RollcallState string

// The states of a roll-call.
const (
	RollcallOpen   RollcallState = "open"
	RollcallClosed RollcallState = "closed"
)

// Rollcalls is the state machine of a roll-call.
var Rollcalls = Machine[RollcallState]{
	{"refresh", RollcallOpen, RollcallOpen},
	{"ask", RollcallOpen, RollcallOpen},
	{"account", RollcallOpen, RollcallOpen},
	{"call", RollcallOpen, RollcallOpen},
	{"close", RollcallOpen, RollcallClosed},
}

// RollMember is somebody whom a roll-call is about.
type RollMember struct {
	Person   int64
	Since    time.Time // when they became one
	Relation Relation  // in or may be in, at that moment; "" is by name
	Caller   string    // whose call sheet they are on, "" while nobody was named
}

// RollRound is one time that a roll-call asks. An answer of before Asked is
// older than the question.
type RollRound struct {
	No    int
	At    time.Time
	Asked time.Time // of a first round about an update: when that was published
	By    string
	Told  bool // a message was queued to everyone concerned by the update
}

// Unseen refuses to ask once more for somebody who has not seen that this round
// was asked. seen is the newest that they saw; 0 is not looked at.
func (r *RollRound) Unseen(seen int) error {
	if seen == 0 || r.No <= seen {
		return nil
	}
	return Errorf(CodeConflict, "nobody was asked: round %d was begun already, by %s, %s, after you looked; if that is what was meant, nothing is left to do", r.No, r.By, r.At.UTC().Format("2 Jan 2006 15:04 UTC"))
}

// RollStanding is how a member stands. Each is in exactly one.
type RollStanding string

// The standings.
const (
	RollHelp     RollStanding = "help"
	RollSilent   RollStanding = "silent"
	RollStale    RollStanding = "stale" // heard of, and asked again since
	RollSafe     RollStanding = "safe"
	RollNotThere RollStanding = "not_there"
)

// RollStandings lists them as they are shown: what wants somebody first.
var RollStandings = []RollStanding{RollHelp, RollSilent, RollStale, RollSafe, RollNotThere}

// Accounted says whether it is known how they are. Who is not has to be
// called.
func (s RollStanding) Accounted() bool { return s != RollSilent && s != RollStale }
