package vedette

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Handout is a link by which whoever holds it reads one update, and nothing else, until
// a time, or until somebody ends it.
type Handout struct {
	Key    int64
	ID     ID
	Update ID
	For    string // whom it was given, in the words of whoever gave it
	By     string
	At     time.Time
	Until  time.Time // to the second
	Ended  time.Time // since when somebody ended it, zero for not
	Ender  string
}

// How long a link of an update is good at most, and where nothing is said: it is for
// what is read now. An old one tells people what to do by what was so then.
const (
	MaxHandoutLife = 14 * 24 * time.Hour
	HandoutLife    = 3 * 24 * time.Hour
)

// maxHandoutFor bounds whom a link is for, in characters.
const maxHandoutFor = 200

// Good says whether it is read by.
func (h *Handout) Good(now time.Time) bool { return h.Ended.IsZero() && now.Before(h.Until) }

// Validate says what is wrong with one that is made now, as CodeInvalid.
func (h *Handout) Validate(now time.Time) error {
	switch life := h.Until.Sub(now); {
	case strings.TrimSpace(h.For) == "" || utf8.RuneCountInString(h.For) > maxHandoutFor || !utf8.ValidString(h.For):
		return Errorf(CodeInvalid, "say whom the link is for, in at most %d characters: it is kept on record", maxHandoutFor)
	case life <= 0 || life > MaxHandoutLife:
		return Errorf(CodeInvalid, "a link is good for an hour at least and for %.0f days at most; give another when it ends", MaxHandoutLife.Hours()/24)
	}
	return nil
}
