package vedette

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Token lets a machine do some acts, and no others. Its secret is shown once, to
// whoever makes it.
type Token struct {
	Key   int64
	ID    ID
	Name  string
	Acts  []string // what it may do, in the words of package auth/rights
	Made  time.Time
	By    string    // who made it
	Until time.Time // it is good no more from then on
	Used  time.Time // the last time, to a minute; zero for never
	Ended time.Time // since when somebody ended it, zero for not
}

// How long a token is good at most, and where nothing is said.
const (
	MaxTokenLife = 365 * 24 * time.Hour
	TokenLife    = 90 * 24 * time.Hour
)

const (
	maxTokenName = 60   // characters: the record has it with a word before it
	maxTokenActs = 1000 // bytes
)

// Actor is the token as the record names it.
func (t *Token) Actor() string { return TokenActor(t.Name) }

// TokenActor is a token of some name as the record names it.
func TokenActor(name string) string { return "token " + name }

// Good says whether it lets somebody in.
func (t *Token) Good(now time.Time) bool { return t.Ended.IsZero() && now.Before(t.Until) }

// unshown is what a machine's name has no need of: it may stand for another name, or
// turn what follows it.
func unshown(r rune) bool { return !unicode.IsPrint(r) }

// Validate says what is wrong with a token that is made now, as CodeInvalid.
func (t *Token) Validate(now time.Time) error {
	switch life := t.Until.Sub(now); {
	case strings.TrimSpace(t.Name) == "" || utf8.RuneCountInString(t.Name) > maxTokenName || !utf8.ValidString(t.Name) || strings.ContainsFunc(t.Name, unshown):
		return Errorf(CodeInvalid, "a token needs a name that the record can show, as of the machine that has it: at most %d characters, in one line", maxTokenName)
	case len(t.Acts) == 0:
		return Errorf(CodeInvalid, "say what the token may do; one that may do nothing lets nobody in")
	case len(strings.Join(t.Acts, ",")) > maxTokenActs:
		return Errorf(CodeInvalid, "that is more than a token may be given; name each act once")
	case life <= 0 || life > MaxTokenLife:
		return Errorf(CodeInvalid, "a token is good for a day at least and for %.0f at most; make another before it ends", MaxTokenLife.Hours()/24)
	}
	return nil
}
