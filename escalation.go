package vedette

import "time"

// Escalation is a policy as it is followed for one notice, until somebody
// answers. A later change of the setting changes nothing of it.
type Escalation struct {
	Update    int64
	Recipient int64
	Round     int // of the notice it began with; its reminders are later rounds
	Policy    Policy
	State     EscalationState
	Done      int       // acts of the policy that are behind it
	Asked     bool      // the desk is asked to call
	Since     time.Time // when the last act was, or the notice was made
	DueAt     time.Time // of the next act, zero once it has ended
	Detail    string    // why it is over
}

// EscalationState is where an escalation is.
type EscalationState string

// The states of an escalation.
const (
	EscalationRunning  EscalationState = "running"
	EscalationAnswered EscalationState = "answered"
	EscalationLapsed   EscalationState = "lapsed" // all is done, and nobody answered
	EscalationOver     EscalationState = "over"   // for another reason, which is kept
)

// Escalations is the state machine of an escalation.
var Escalations = Machine[EscalationState]{
	{"act", EscalationRunning, EscalationRunning},
	{"answer", EscalationRunning, EscalationAnswered},
	{"lapse", EscalationRunning, EscalationLapsed},
	{"end", EscalationRunning, EscalationOver},
}

// Urges says whether somebody of a relation to an update is asked again while
// they do not answer, where there is a policy for it: whoever is, or may be,
// there. A test asks nobody, nor does the word that something is over.
func (u *Update) Urges(r Relation) bool {
	return u.Status != StatusTest && u.Cancels == "" && u.Clears == nil && (r == RelationIn || r == RelationMayBe)
}
