package vedette

import (
	"slices"
	"time"
)

// Notice is an update as told to one recipient: only what applies to them.
//
// Somebody may be told of one update several times: each time is a round, from
// 1, with what applied to them then.
type Notice struct {
	Update    int64 // key
	Recipient int64 // key of a person or hook
	Round     int
	Word      int // the round whose word it repeats: its own, but for a reminder
	Cause     Cause
	Relation  Relation
	Variant   int // number of the advice variant within its update
}

// Cause is why a notice was made.
type Cause string

// The causes.
const (
	CausePublished Cause = "published"
	CauseExposed   Cause = "exposed"   // newly concerned: a person, trip, site or check-in is new or changed
	CauseAhead     Cause = "ahead"     // their arrival is near
	CauseArrived   Cause = "arrived"   // they have arrived
	CauseCondition Cause = "condition" // a condition was declared met or passed
	CauseAgain     Cause = "again"     // the desk told again
	CauseReminder  Cause = "reminder"  // they have not answered: the same once more
)

// News is how what applies to somebody stands to what they were told last.
type News string

// The news.
const (
	NewsNew       News = "new"       // they have no notice of the situation
	NewsChanged   News = "changed"   // something that applies to them changed
	NewsUnchanged News = "unchanged" // nothing did: not told, if the last notice is known received and fresh
	NewsWithdrawn News = "withdrawn" // they were told, and nothing applies to them any more
	NewsShut      News = "shut"      // they are compromised: nothing is sent to them
)

// Variant is one distinct set of advice of an update; many notices share it.
type Variant struct {
	No      int          `json:"no"`
	Lines   []NoticeLine `json:"lines"`
	Posture Action       `json:"posture,omitempty"`      // strongest, the notice's headline
	Area    AreaID       `json:"posture_area,omitempty"` // where that posture stands
	Risk    Risk         `json:"risk"`                   // of their area
	Others  []NoticeLine `json:"others,omitempty"`       // what else stands for them, by other updates
	Areas   []AreaID     `json:"areas"`                  // where they are or will be, as far as concerned
}

// NoticeLine points at one advice of the update.
type NoticeLine struct {
	Update    ID     `json:"update,omitempty"`    // of a line that stands by another update; "" is the notice's own
	Group     int    `json:"group"`               // index in Recommendations
	Item      int    `json:"item"`                // index in the group's Advice
	Trip      bool   `json:"trip,omitempty"`      // applies by a trip ahead
	MayBe     bool   `json:"may_be,omitempty"`    // "if you are in or near …"
	Asks      bool   `json:"asks,omitempty"`      // audience not known to match: said first, never the strongest line
	Area      AreaID `json:"area,omitempty"`      // the target that met them
	Met       bool   `json:"met,omitempty"`       // its condition was declared met: it holds now
	Suspended bool   `json:"suspended,omitempty"` // another line, whose condition is met, suspends it
	Cleared   bool   `json:"cleared,omitempty"`   // what protects in it was ended by an all-clear; the rest of it holds
}

// Delivery is the effort to bring a notice to an address over a channel. The
// row is both the record and the queue.
type Delivery struct {
	Update     int64
	Recipient  int64
	Round      int // of the notice
	Address    int // slot
	Channel    Channel
	State      DeliveryState
	Lane       Lane
	Attempts   int
	Doubts     int // attempts that may have been accepted
	DueAt      time.Time
	MeantAt    time.Time // when it was planned to be sent, by a wish; the zero time: at once
	Held       bool      // it goes only if what goes before it does not reach them
	Detail     string    // last answer of the channel, or why withheld
	AcceptedAt time.Time
}

// Lane orders the queue: lower goes first.
type Lane int8

// LaneFor gives the lane by status, urgency, then risk. Real before drill:
// an exercise never holds up a warning, and a test holds up nothing.
func LaneFor(s Status, u Urgency, r Risk) Lane {
	if r == RiskUnknown {
		r = RiskExtreme // missing risk passes every threshold
	}
	return FirstLane(s) + 1 + Lane(4*(UrgencyImmediate-u.Effective())) + Lane(RiskExtreme-r)
}

// FirstLane is before all else of its status. It is for the word that
// something was sent in error, and for what warns of seconds.
func FirstLane(s Status) Lane {
	switch s {
	case StatusExercise:
		return 49
	case StatusTest:
		return 99
	}
	return -1
}

// Immediate says whether a lane is of what is immediate, and real: it waits for
// nothing that merely has to get there.
func (l Lane) Immediate() bool { return l <= LaneFor(StatusActual, UrgencyImmediate, RiskLow) }

// DeliveryState is where a delivery is; it is in exactly one state.
type DeliveryState string

// The states of a delivery. Told means received or beyond, never merely
// accepted.
const (
	DeliveryQueued   DeliveryState = "queued"
	DeliveryAccepted DeliveryState = "accepted" // by the channel's next hop
	DeliveryReceived DeliveryState = "received" // at the recipient's end
	DeliverySeen     DeliveryState = "seen"     // the person said so
	DeliveryAnswered DeliveryState = "answered"
	DeliveryFailed   DeliveryState = "failed"
	DeliveryWithheld DeliveryState = "withheld" // stopped or overtaken before it was accepted
	DeliveryUnknown  DeliveryState = "unknown"  // given up without knowing whether it was accepted
)

// DeliveryStates lists the states in the order they are shown.
var DeliveryStates = []DeliveryState{DeliveryQueued, DeliveryAccepted, DeliveryReceived, DeliverySeen,
	DeliveryAnswered, DeliveryFailed, DeliveryWithheld, DeliveryUnknown}

// DeadAddressKind is what the keyed hash of an address is made as, that is not
// written to any more.
const DeadAddressKind = "dead address"

// ByReach lists the states by how far they got: of a person's deliveries the
// last in this order is the one that counts. What waits may still get there.
var ByReach = []DeliveryState{DeliveryWithheld, DeliveryFailed, DeliveryUnknown, DeliveryQueued,
	DeliveryAccepted, DeliveryReceived, DeliverySeen, DeliveryAnswered}

// Further says whether a state got further than another.
func (s DeliveryState) Further(o DeliveryState) bool {
	return slices.Index(ByReach, s) > slices.Index(ByReach, o)
}

var onTheWay = []DeliveryState{DeliveryAccepted, DeliveryReceived, DeliverySeen, DeliveryAnswered}

// Beyond counts a state with those beyond it on the way accepted, received,
// seen, answered. A state off that way counts alone.
func Beyond(counts map[DeliveryState]int, st DeliveryState) int {
	from := slices.Index(onTheWay, st)
	if from < 0 {
		return counts[st]
	}
	n := 0
	for _, s := range onTheWay[from:] {
		n += counts[s]
	}
	return n
}

// Deliveries is the state machine of a delivery. Evidence from the person
// wins over what a channel said: who answers a message has had it, even if
// its row says failed, withheld or unknown.
var Deliveries = Machine[DeliveryState]{
	{"accept", DeliveryQueued, DeliveryAccepted},
	{"fail", DeliveryQueued, DeliveryFailed},
	{"withhold", DeliveryQueued, DeliveryWithheld},
	{"doubt", DeliveryQueued, DeliveryUnknown},
	{"retry", DeliveryQueued, DeliveryQueued},
	{"receive", DeliveryAccepted, DeliveryReceived},
	{"receive", DeliveryUnknown, DeliveryReceived},
	{"bounce", DeliveryAccepted, DeliveryFailed},
	{"bounce", DeliveryUnknown, DeliveryFailed},
	{"redial", DeliveryAccepted, DeliveryQueued}, // of a call alone
	{"redial", DeliveryUnknown, DeliveryQueued},
	{"replay", DeliveryFailed, DeliveryQueued}, // of a system alone
	{"replay", DeliveryUnknown, DeliveryQueued},
	{"replay", DeliveryAccepted, DeliveryQueued},
	{"see", DeliveryQueued, DeliverySeen},
	{"see", DeliveryAccepted, DeliverySeen},
	{"see", DeliveryReceived, DeliverySeen},
	{"see", DeliveryFailed, DeliverySeen},
	{"see", DeliveryWithheld, DeliverySeen},
	{"see", DeliveryUnknown, DeliverySeen},
	{"answer", DeliveryQueued, DeliveryAnswered},
	{"answer", DeliveryAccepted, DeliveryAnswered},
	{"answer", DeliveryReceived, DeliveryAnswered},
	{"answer", DeliverySeen, DeliveryAnswered},
	{"answer", DeliveryAnswered, DeliveryAnswered},
	{"answer", DeliveryFailed, DeliveryAnswered},
	{"answer", DeliveryWithheld, DeliveryAnswered},
	{"answer", DeliveryUnknown, DeliveryAnswered},
}

// FanoutState is where the planning of an update's notices is.
type FanoutState string

// The states of a fan-out.
const (
	FanoutQueued   FanoutState = "queued"
	FanoutPlanning FanoutState = "planning"
	FanoutPlanned  FanoutState = "planned"
	FanoutHalted   FanoutState = "halted" // stopped before all was planned
)

// Fanouts is the state machine of a fan-out. A lapsed lease does not change
// the state: another planner takes lease and cursor.
var Fanouts = Machine[FanoutState]{
	{"lease", FanoutQueued, FanoutPlanning},
	{"lease", FanoutPlanning, FanoutPlanning},
	{"chunk", FanoutPlanning, FanoutPlanning},
	{"finish", FanoutPlanning, FanoutPlanned},
	{"stop", FanoutQueued, FanoutHalted},
	{"stop", FanoutPlanning, FanoutHalted},
}
