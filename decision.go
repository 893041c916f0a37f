package vedette

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Decision is a line of a situation's log: who decided what, when and why. It is never
// changed; what is wrong with it is said by a further line.
type Decision struct {
	ID        ID
	Situation ID
	No        int // from 1, in the situation
	At        time.Time
	What, Why string // Why is "" where it was not said
	By        string
	Corrects  int // the line that this one corrects, 0 for none

	Altered bool // what is kept is not what was written down: see Verb
}

// MaxDecision bounds what was decided, and why, each, in characters.
const MaxDecision = 500

// DecisionOf reads a line as it is typed: what was decided, and why, after "because".
func DecisionOf(line string) (what, why string) {
	line = flat(line)
	const because = " because "
	if i := strings.Index(strings.ToLower(line), because); i > 0 && len(strings.ToLower(line)) == len(line) {
		return strings.TrimRight(line[:i], " ,;"), strings.TrimSpace(line[i+len(because):])
	}
	return line, ""
}

// flat is a text on one line, of valid UTF-8 and without control characters.
func flat(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// Clean puts its words on one line each.
func (d *Decision) Clean() { d.What, d.Why = flat(d.What), flat(d.Why) }

// Validate checks what somebody typed.
func (d *Decision) Validate() error {
	switch n, m := utf8.RuneCountInString(d.What), utf8.RuneCountInString(d.Why); {
	case n == 0:
		return Errorf(CodeInvalid, "nothing was written down: say what was decided, in one line")
	case n > MaxDecision:
		return Errorf(CodeInvalid, "nothing was written down: what was decided has %d characters, and a line takes %d; shorten it, or make it two", n, MaxDecision)
	case m > MaxDecision:
		return Errorf(CodeInvalid, "nothing was written down: why it was decided has %d characters, and a line takes %d; shorten it", m, MaxDecision)
	case d.Corrects < 0:
		return Errorf(CodeInvalid, "nothing was written down: lines are numbered from 1; name the one that this one corrects")
	}
	return nil
}

// Verb is what the one log says of it: with a sum over all it says, so that the log's own
// sums vouch for it, too.
func (d *Decision) Verb() string {
	h := sha256.New()
	for _, s := range []string{string(d.ID), string(d.Situation), d.What, d.Why, d.By} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	for _, n := range []int64{int64(d.No), int64(d.Corrects), d.At.UnixMicro()} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(n)))
	}
	return "written " + hex.EncodeToString(h.Sum(nil)[:16])
}
