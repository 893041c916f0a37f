package vedette

import "time"

// Case is a call for help: owner, log, next contact due. Only the desk closes
// it, with a reason; whoever calls again afterwards, of the same update,
// opens it again.
type Case struct {
	Key      int64
	ID       ID
	Person   int64
	Update   ID // the call came as an answer to it
	State    CaseState
	Owner    string    // "" while nobody has taken it
	OpenedAt time.Time // when they first called
	CalledAt time.Time // when they last called
	DueAt    time.Time // next contact; of one that nobody took, when it is to be taken
	ClosedAt time.Time
	Duress   bool // they were made to say that they are safe
	Hidden   bool // they did not call themselves: nothing they are shown or sent knows of it
}

// CaseState is where a case is.
type CaseState string

// The states of a case.
const (
	CaseOpen   CaseState = "open" // nobody has taken it
	CaseTaken  CaseState = "taken"
	CaseClosed CaseState = "closed"
)

// Cases is the state machine of a case.
var Cases = Machine[CaseState]{
	{"call", CaseOpen, CaseOpen},
	{"call", CaseTaken, CaseTaken},
	{"call", CaseClosed, CaseOpen},
	{"answer", CaseOpen, CaseOpen},
	{"answer", CaseTaken, CaseTaken},
	{"take", CaseOpen, CaseTaken},
	{"hand_over", CaseTaken, CaseTaken},
	{"offer", CaseOpen, CaseOpen},
	{"offer", CaseTaken, CaseTaken},
	{"note", CaseOpen, CaseOpen},
	{"note", CaseTaken, CaseTaken},
	{"note", CaseClosed, CaseClosed},
	{"write", CaseOpen, CaseOpen},
	{"write", CaseTaken, CaseTaken},
	{"say", CaseOpen, CaseOpen},
	{"say", CaseTaken, CaseTaken},
	{"place", CaseOpen, CaseOpen},
	{"place", CaseTaken, CaseTaken},
	{"close", CaseTaken, CaseClosed},
}

// CaseEntryKind is what an entry of a case's log is about.
type CaseEntryKind string

// The kinds of entry: what the person answered, and what the desk did, by the
// name of its event.
const (
	CaseCall     CaseEntryKind = "call"
	CaseSafe     CaseEntryKind = "safe" // which closes nothing
	CaseNotThere CaseEntryKind = "not_there"
	CaseTake     CaseEntryKind = "take"
	CaseHandOver CaseEntryKind = "hand_over"
	CaseNote     CaseEntryKind = "note"
	CasePlace    CaseEntryKind = "place"
	CaseClose    CaseEntryKind = "close"
	CaseOffer    CaseEntryKind = "offer" // the rota was asked; By is who
	CaseWrite    CaseEntryKind = "write" // the desk wrote to the person: see the letters of the entry
	CaseSay      CaseEntryKind = "say"   // the person wrote what is none of the answers
	CaseShut     CaseEntryKind = "shut"  // the person is held to be compromised
	CaseTrust    CaseEntryKind = "trust" // that is over
)

// CaseEntryOf is the entry that an answer makes in a case.
func CaseEntryOf(k ReplyKind) CaseEntryKind {
	switch k {
	case ReplySafe:
		return CaseSafe
	case ReplyNotThere:
		return CaseNotThere
	}
	return CaseCall
}

// ByPerson says whether the person in need said it, not the desk.
func (k CaseEntryKind) ByPerson() bool {
	return k == CaseCall || k == CaseSafe || k == CaseNotThere || k == CaseSay
}

// CaseEntry is a line of a case's log.
type CaseEntry struct {
	No   int
	At   time.Time
	Kind CaseEntryKind
	By   string // of the desk; "" is the person
	Text string // private; sealed in the store

	Belief Belief    // how far it is believed
	Way    Way       // over what it came, "" where that is not known
	Tapped time.Time // when it was tapped on a phone that had no line; the zero time: it came at once
}

// MaxCaseWords bounds what the desk writes to a person, in characters.
const MaxCaseWords = 500

// ContactWithin is how soon there is to be contact, once somebody has a case.
const ContactWithin = 30 * time.Minute

// Late says whether nobody took the case, or was in contact, in time.
func (c *Case) Late(now time.Time) bool {
	return c.State != CaseClosed && now.After(c.DueAt)
}

// NextContact is when the next contact is due after an act of the desk; the
// zero wish is the usual. A note or a place without a wish leaves it as it is.
func (c *Case) NextContact(k CaseEntryKind, wish time.Duration, now time.Time) (time.Time, error) {
	switch {
	case wish < 0 || wish > 7*24*time.Hour:
		return c.DueAt, Errorf(CodeInvalid, "the next contact in %s: give up to 168h", wish)
	case wish > 0 && c.State == CaseOpen && k != CaseTake:
		return c.DueAt, Errorf(CodeConflict, "nobody has taken the case yet; take it, then say when the next contact is due")
	case wish > 0:
		return now.Add(wish), nil
	case k == CaseTake || k == CaseHandOver:
		return now.Add(ContactWithin), nil
	}
	return c.DueAt, nil
}
