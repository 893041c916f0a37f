package vedette

import (
	"strings"
	"time"
	"unicode/utf8"
)

// ReplyKind is a person's answer, by digit on every channel.
type ReplyKind string

// The answers: 1 safe, 2 need help, 3 not there (where?).
const (
	ReplySafe     ReplyKind = "safe"
	ReplyHelp     ReplyKind = "help"
	ReplyNotThere ReplyKind = "not_there"
)

// ReplyKinds lists the answers by digit: help is shown first in lists.
var ReplyKinds = []ReplyKind{ReplySafe, ReplyHelp, ReplyNotThere}

// MaxReplyText bounds the free text of a reply, in characters.
const MaxReplyText = 1000

// Reply is what a person answered to a notice.
type Reply struct {
	ID        ID
	Update    int64
	Recipient int64
	Kind      ReplyKind
	Text      string // free text; sealed in the store
	At        time.Time
	Belief    Belief    // how far it is believed
	Way       Way       // over what it came
	Tapped    time.Time // when it was tapped, where it came late; the zero time: at once
}

// TapLife bounds how long ago a phone may say that an answer was tapped, which it kept
// until it had a line.
const TapLife = 72 * time.Hour

// tapLate is how late an answer comes that came late.
const tapLate = time.Minute

// TappedAt is when an answer was tapped that waited on a phone, as far as that is to be
// believed: no earlier than they were told, and than [TapLife] ago. It is the zero time
// of one that came at once.
func TappedAt(waited time.Duration, told, now time.Time) time.Time {
	if waited < tapLate {
		return time.Time{}
	}
	at := now.Add(-min(waited, TapLife))
	if at.Before(told) {
		at = told
	}
	return at.Truncate(time.Second)
}

// ParseReplyKind reads an answer by digit or word.
func ParseReplyKind(s string) (ReplyKind, error) {
	switch strings.TrimSpace(s) {
	case "1", string(ReplySafe):
		return ReplySafe, nil
	case "2", string(ReplyHelp):
		return ReplyHelp, nil
	case "3", string(ReplyNotThere):
		return ReplyNotThere, nil
	}
	return "", Errorf(CodeInvalid, "answer %q is not one of 1 (safe), 2 (need help), 3 (not there)", s)
}

// Validate checks kind and text.
func (r *Reply) Validate() error {
	if _, err := ParseReplyKind(string(r.Kind)); err != nil {
		return err
	}
	if !utf8.ValidString(r.Text) {
		return Errorf(CodeInvalid, "the message is not text")
	}
	if n := utf8.RuneCountInString(r.Text); n > MaxReplyText {
		return Errorf(CodeInvalid, "the message has %d characters; at most %d are kept, please shorten it", n, MaxReplyText)
	}
	return nil
}
