package vedette

import "time"

// Callout is the rota being asked to take something: a call for help that
// nobody has, or a task that lapsed. It goes on, step by step, until somebody
// takes it.
type Callout struct {
	Key   int64
	Case  int64 // key; 0 where it is about a task
	Task  int64 // key; 0 where it is about a case
	Begun time.Time
	Step  int       // how often somebody was asked
	Alls  int       // how often everybody was
	DueAt time.Time // of the next step
	Asked []string  // by name, who was
	Told  bool      // who called was told that nobody has it yet
}

// Letter is what is told to one address beside the updates: the offer of a
// case, who took it, a word in it. Its row is both the record and the queue,
// and goes by the machine of a delivery.
type Letter struct {
	Key        int64
	ID         ID
	Kind       LetterKind
	Recipient  int64 // of a turn on the rota, or a person
	Case       int64 // key, 0 for none
	Task       int64 // key, 0 for none
	Callout    int64 // key, 0 for none
	Approval   int64 // key, 0 for none
	Entry      int   // number in the case's log of what it says, or the slot of a device; 0 for none
	Address    int   // slot
	Channel    Channel
	State      DeliveryState
	Attempts   int
	Doubts     int
	MadeAt     time.Time
	DueAt      time.Time
	AcceptedAt time.Time
	Detail     string
}

// LetterKind is what a letter says.
type LetterKind string

// The kinds of letter.
const (
	LetterOffer    LetterKind = "offer"     // to somebody on the rota: take it
	LetterOfferAll LetterKind = "offer_all" // the same, to everybody at once
	LetterLate     LetterKind = "late"      // to somebody on the rota: contact is late, make it or take it over
	LetterTask     LetterKind = "task"      // to somebody on the rota: a task lapsed
	LetterTaken    LetterKind = "taken"     // to the person: who has their call
	LetterUntaken  LetterKind = "untaken"   // to the person: nobody has it yet, and whom to ring
	LetterDevice   LetterKind = "device"    // to a person: a device was added to theirs; Entry is its slot
	LetterWritten  LetterKind = "written"   // to the person: what the desk wrote in the case
	LetterApprove  LetterKind = "approve"   // to an approver: a draft waits for their word
	LetterGlass    LetterKind = "glass"     // to an approver: one person published alone, look at it
	LetterPage     LetterKind = "page"      // to a person: a link to their own page
)

// ToPerson says whether a letter goes to the person whose case it is.
func (k LetterKind) ToPerson() bool {
	return k == LetterTaken || k == LetterUntaken || k == LetterWritten
}

// Rings says whether somebody is called about what such a letter says: that wakes whoever
// sleeps.
func (k LetterKind) Rings() bool {
	switch k {
	case LetterOffer, LetterOfferAll, LetterLate, LetterApprove, LetterGlass:
		return true
	}
	return false
}

// LetterKinds lists them.
var LetterKinds = []LetterKind{LetterOffer, LetterOfferAll, LetterTaken, LetterUntaken, LetterLate, LetterTask, LetterDevice, LetterWritten, LetterApprove, LetterGlass, LetterPage}
