package vedette

import (
	"crypto/sha256"
	"encoding/json"
	"time"
	"unicode/utf8"
)

// ApprovalFor is what an organisation wants a second person's word for before it is
// published. The zero value is nothing.
type ApprovalFor string

// What a second person is wanted for.
const (
	ApproveNone    ApprovalFor = ""
	ApproveExtreme ApprovalFor = "extreme"    // what says extreme of anything, and every all-clear
	ApproveAll     ApprovalFor = "everything" // every draft
)

// ParseApproval reads what a second person is wanted for: none, extreme, everything.
func ParseApproval(s string) (ApprovalFor, error) {
	switch a := ApprovalFor(s); a {
	case "none":
		return ApproveNone, nil
	case ApproveNone, ApproveExtreme, ApproveAll:
		return a, nil
	}
	return "", Errorf(CodeInvalid, "%q is nothing that approval is wanted for; say none, extreme or everything", s)
}

// Word is what it is called.
func (a ApprovalFor) Word() string {
	if a == ApproveNone {
		return "none"
	}
	return string(a)
}

// Wants says whether a second person is wanted for an update. An all-clear takes people out
// of shelter: a wrong one does no less harm than a warning that says extreme.
func (a ApprovalFor) Wants(u *Update) bool {
	return a == ApproveAll || a == ApproveExtreme && (u.SaysExtreme() || u.Clears != nil)
}

// ApprovalLife is for how long a second person is asked. After that the draft is asked
// for anew: what was true when it was written may not be.
const ApprovalLife = 8 * time.Hour

// Approval is a second person being asked for their word about a draft, or to look at
// what one person published alone.
type Approval struct {
	Key     int64
	ID      ID
	Draft   ID     // the update that it is about
	Glass   bool   // it went out already, on one person's word: it is looked at afterwards
	Sum     string // of what was seen by whoever asked ([Update.Sum])
	Wish    Wish
	Urgent  bool // it is immediate: whoever is off duty is rung, too, and sooner
	State   ApprovalState
	AskedBy string // as the record names them; with Glass who broke it
	Asker   ID     // of the user or token, "" where only the name is known
	AskedAt time.Time
	EndsAt  time.Time // zero: it does not end by itself
	By      string    // who decided it, "" for nobody yet
	Decider ID
	ByLink  bool   // by the link that was sent to them
	Words   string // why it was refused, or what was said of it
	Reason  string // why the glass was broken
	At      time.Time
	Step    int       // how often somebody was rung
	DueAt   time.Time // of the next step, zero for none
	Task    int64     // key, that it is to be looked at; 0 for none
}

// Open says whether it waits for a second person.
func (a *Approval) Open() bool { return a.State == ApprovalAsked || a.State == ApprovalUnseen }

// OfSame says whether somebody is who gave the first word: they may not give the second.
func (a *Approval) OfSame(id ID, name string) bool {
	return id != "" && id == a.Asker || SameName(name, a.AskedBy)
}

// Wish is how whoever asked wanted the draft to be published.
type Wish struct {
	Accept []FindingCode `json:"accept,omitempty"`
	Reason string        `json:"reason,omitempty"`
	Again  bool          `json:"again,omitempty"`

	Weighed string `json:"weighed,omitempty"` // of an all-clear: a sum of what it was weighed against
}

// ApprovalState is where it is.
type ApprovalState string

// The states: of an asking, and of what went out on one person's word.
const (
	ApprovalAsked     ApprovalState = "asked"
	ApprovalApproved  ApprovalState = "approved"
	ApprovalRefused   ApprovalState = "refused"
	ApprovalWithdrawn ApprovalState = "withdrawn"
	ApprovalChanged   ApprovalState = "changed"   // the draft was, or it was removed
	ApprovalOvertaken ApprovalState = "overtaken" // it was published otherwise
	ApprovalLapsed    ApprovalState = "lapsed"
	ApprovalUnseen    ApprovalState = "unseen" // it went out, and no second person looked yet
	ApprovalFine      ApprovalState = "fine"
	ApprovalStopped   ApprovalState = "stopped"
)

// ApprovalStates lists them.
var ApprovalStates = []ApprovalState{ApprovalAsked, ApprovalApproved, ApprovalRefused, ApprovalWithdrawn, ApprovalChanged, ApprovalOvertaken, ApprovalLapsed,
	ApprovalUnseen, ApprovalFine, ApprovalStopped}

// Approvals is the state machine.
var Approvals = Machine[ApprovalState]{
	{"approve", ApprovalAsked, ApprovalApproved},
	{"refuse", ApprovalAsked, ApprovalRefused},
	{"withdraw", ApprovalAsked, ApprovalWithdrawn},
	{"change", ApprovalAsked, ApprovalChanged},
	{"overtake", ApprovalAsked, ApprovalOvertaken},
	{"lapse", ApprovalAsked, ApprovalLapsed},
	{"pass", ApprovalUnseen, ApprovalFine},
	{"stop", ApprovalUnseen, ApprovalStopped},
}

// Assent is on whose word an update was published, where the organisation wants that of
// a second person.
type Assent struct {
	AskedBy  string    `json:"asked_by"` // whoever wanted it published, or published it alone
	AskedAt  time.Time `json:"asked_at"`
	By       string    `json:"by,omitempty"`      // who approved; "" where nobody did
	ByLink   bool      `json:"by_link,omitempty"` // by the link that was sent to them
	At       time.Time `json:"at,omitzero"`
	Alone    string    `json:"alone,omitempty"`    // why it went out on one person's word, "" where it did not
	Unproved bool      `json:"unproved,omitempty"` // that person had no second factor to show
}

// maxWords bounds a reason, in bytes.
const maxWords = 500

// ValidWords says whether words can be kept as a reason; what names it.
func ValidWords(what, words string) error {
	switch {
	case words == "":
		return Errorf(CodeInvalid, "say %s; it is kept on record", what)
	case len(words) > maxWords || !utf8.ValidString(words):
		return Errorf(CodeInvalid, "say %s in at most %d bytes", what, maxWords)
	}
	return nil
}

// Sum is of all that an update says and does: two that differ in a word of it have
// different ones. What is kept of how it was made does not count.
func (u *Update) Sum() string {
	c := Update{Status: u.Status, Situation: Situation{ID: u.Situation.ID}, Corrects: u.Corrects, Cancels: u.Cancels, Clears: u.Clears, Asks: u.Asks, Alone: u.Alone,
		Content: u.Content, Shapes: u.Shapes, AreaRisks: u.AreaRisks, Reports: u.Reports, Accepted: u.Accepted, Settled: u.Settled, Flash: u.Flash, Tongues: u.Tongues, Drill: u.Drill}
	b, _ := json.Marshal(&c) // words, figures and times never fail
	s := sha256.Sum256(b)
	return string(s[:])
}

// SaysExtreme says whether an update says extreme of anything: of all of it, a country,
// an area or a shape.
func (u *Update) SaysExtreme() bool {
	if u.Content.Risk == RiskExtreme || u.Content.CountryRisk == RiskExtreme {
		return true
	}
	for _, a := range u.AreaRisks {
		if a.Risk == RiskExtreme {
			return true
		}
	}
	for i := range u.Shapes {
		if u.Shapes[i].Risk == RiskExtreme {
			return true
		}
	}
	return false
}

// Approver is somebody who may approve, and where they are rung.
type Approver struct {
	User      User
	Recipient int64     // key; 0 as long as nothing was ever sent to them
	Addresses []Address // private; sealed in the store
}
