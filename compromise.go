package vedette

import "time"

// Compromise says that somebody else may hold what a person is reached by:
// they are detained, or their phone is lost. Nothing is sent to them meanwhile,
// and what comes from them is not believed. It is closed, never overwritten.
type Compromise struct {
	Key      int64
	Person   int64
	From, To time.Time // true from and to; To is zero while it lasts
	Recorded time.Time // when it was noted
	Ended    time.Time // when its end was
	By       string
	EndedBy  string
	Reason   string // private; sealed in the store
	EndedFor string // why it is over; the same
}

// Belief says how far an answer is believed. "" is as it stands.
type Belief string

// What is not believed as it stands.
const (
	Untrusted   Belief = "untrusted" // whoever is compromised sent it
	UnderDuress Belief = "duress"    // said so by their duress word, or the organisation's digit
)

// Way is over what an answer came.
type Way string

// The ways.
const (
	WayPage  Way = "page" // behind a link
	WayText  Way = "text message"
	WayMail  Way = "mail"
	WayVoice Way = "call"
)
