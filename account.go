package vedette

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Account is what somebody says of a member of a roll-call who did not, or
// not alone, answer for themselves. A newer one replaces it; all stay.
type Account struct {
	Seq    int64 // of its log row; all of one act have the same
	Person int64
	Kind   AccountKind
	How    Verified
	As     AccountRole
	By     string // who accounts
	At     time.Time
	Words  AccountWords // sealed in the store
}

// AccountWords are what is private in an account.
type AccountWords struct {
	Who   string `json:"who,omitempty"`   // who spoke to them
	Where string `json:"where,omitempty"` // of one who is not there
	Text  string `json:"text,omitempty"`
}

// AccountKind is what is said of somebody.
type AccountKind string

// The kinds of account.
const (
	AccountSafe     AccountKind = "safe"
	AccountHelp     AccountKind = "help"
	AccountNotThere AccountKind = "not_there"
	AccountBack     AccountKind = "taken_back" // what was said of them in this roll-call was wrong
)

// Verified is how it is known.
type Verified string

// The ways. By somebody else is the weakest: nobody heard them.
const (
	VerifiedSaw     Verified = "saw"
	VerifiedVoice   Verified = "voice"
	VerifiedMessage Verified = "message"
	VerifiedOther   Verified = "somebody_else"
)

// Words say it in a line.
func (v Verified) Words() string {
	switch v {
	case VerifiedSaw:
		return "seen by"
	case VerifiedVoice:
		return "spoke with"
	case VerifiedMessage:
		return "wrote to"
	case VerifiedOther:
		return "heard of by"
	}
	return ""
}

// AccountRole is as what somebody accounts.
type AccountRole string

// The roles.
const (
	AsDesk    AccountRole = "desk"
	AsManager AccountRole = "manager"
	AsWarden  AccountRole = "warden" // of a site
)

// ParseVerified reads how it is known.
func ParseVerified(s string) (Verified, error) {
	switch v := Verified(strings.ReplaceAll(strings.TrimSpace(s), "-", "_")); v {
	case VerifiedSaw, VerifiedVoice, VerifiedMessage, VerifiedOther:
		return v, nil
	}
	return "", Errorf(CodeInvalid, "%q is no way to know it; say saw, voice, message or somebody_else", s)
}

// Validate checks an account before it is kept. Whoever takes one back needs
// not have spoken to anybody.
func (a *Account) Validate() error {
	switch a.Kind {
	case AccountSafe, AccountHelp, AccountNotThere:
		if strings.TrimSpace(a.Words.Who) == "" {
			return Errorf(CodeInvalid, "say who spoke to them; whom nobody heard of is not accounted for")
		}
		if _, err := ParseVerified(string(a.How)); err != nil {
			return err
		}
	case AccountBack:
		if strings.TrimSpace(a.Words.Text) == "" {
			return Errorf(CodeInvalid, "say why it is taken back")
		}
	default:
		return Errorf(CodeInvalid, "%q is no account; say safe, help or not_there", a.Kind)
	}
	switch a.As {
	case AsDesk, AsManager, AsWarden:
	default:
		return Errorf(CodeInvalid, "%q accounts for nobody; say desk, manager or warden", a.As)
	}
	if strings.TrimSpace(a.By) == "" {
		return Errorf(CodeInvalid, "say who accounts for them; it is kept on record")
	}
	for _, s := range []string{a.Words.Who, a.Words.Where, a.Words.Text} {
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxReplyText {
			return Errorf(CodeInvalid, "what is said of them is not text, or longer than %d characters; shorten it", MaxReplyText)
		}
	}
	return nil
}
