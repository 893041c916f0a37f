// Package chain ties the rows of a log to each other: each has a sum over itself and
// the sum of the one before. It is pure.
//
// A row that was changed, put in or taken out does not fit the sum that is kept with
// it or with the one after. Whoever can write the database can make all later sums
// anew; that they cannot do to seals, which the installation's key makes of a sum now
// and then, nor to one that somebody wrote down elsewhere.
package chain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"vedette"
)

// Size is that of a sum, in bytes.
const Size = sha256.Size

// Begin is what stands before the first row of an organisation's log.
func Begin(org vedette.ID) []byte { return sum("vedette log 1", nil, string(org)) }

// Next is the sum of a row after one: over its number, its moment in microseconds,
// kind, reference, verb, and by whom.
func Next(before []byte, e *vedette.LogEntry) []byte {
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], uint64(e.Seq))
	binary.BigEndian.PutUint64(n[8:], uint64(e.At.UnixMicro()))
	return sum(string(n[:]), before, string(e.Kind), e.Ref, e.Verb, string(e.By.Via), e.By.Name, string(e.By.ID))
}

// sum is SHA-256 over parts, each with its length: no two lists of them read alike.
func sum(first string, before []byte, parts ...string) []byte {
	h := sha256.New()
	for _, p := range append([]string{first, string(before)}, parts...) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// Head is how far a log has come: its last row and that row's sum.
type Head struct {
	Seq int64
	Sum []byte
}

// String writes a head as it is noted elsewhere: "4711:9f3c…".
func (h Head) String() string { return strconv.FormatInt(h.Seq, 10) + ":" + hex.EncodeToString(h.Sum) }

// ParseHead reads a head as String writes it.
func ParseHead(text string) (Head, error) {
	no, of, _ := strings.Cut(strings.TrimSpace(text), ":")
	seq, err := strconv.ParseInt(no, 10, 64)
	b, herr := hex.DecodeString(of)
	if err != nil || seq < 1 || herr != nil || len(b) != Size {
		return Head{}, vedette.Errorf(vedette.CodeInvalid, "%q is no head of a log; one is a number, a colon and %d hexadecimal digits, as `vedette audit head` prints it", text, 2*Size)
	}
	return Head{seq, b}, nil
}

// Fault is a row, or several, at which a log does not fit.
type Fault struct {
	From, To int64
	Says     string
}

// Check goes through a log, row by row in the order of their numbers.
type Check struct {
	last   Head
	tied   bool // a sum was kept with a row: from there on with all
	stops  []stop
	faults []Fault
	more   int
	sealed int64 // the last row before which all seals fit
}

// stop is a row of which a sum is known from elsewhere.
type stop struct {
	Head
	says string // what is wrong where it is another
}

// maxFaults bounds how many are named; the others are counted.
const maxFaults = 100

// NewCheck begins to check the log of an organisation.
func NewCheck(org vedette.ID) *Check { return &Check{last: Head{0, Begin(org)}} }

// Expect notes the sum that a row has by what is known elsewhere. It is called in the
// order of their numbers, before that row is added.
func (c *Check) Expect(h Head, what string) { c.stops = append(c.stops, stop{h, what}) }

// Add checks the next row against the sum kept with it, nil for none.
func (c *Check) Add(e *vedette.LogEntry, kept []byte) {
	if e.Seq != c.last.Seq+1 {
		c.gap(c.last.Seq+1, e.Seq-1, "missing")
	}
	sum := Next(c.last.Sum, e)
	switch {
	case e.Seq != c.last.Seq+1 && kept != nil:
		sum = kept // what was before is not there to check against
	case kept == nil && c.tied:
		c.fault(e.Seq, e.Seq, "has lost its sum")
	case kept != nil && !bytes.Equal(sum, kept):
		says := "was changed, or put there, or the one before it was together with its sum"
		if !c.tied && e.Seq > 1 {
			says = "does not fit: it, or one before it, was changed"
		}
		c.fault(e.Seq, e.Seq, says)
		sum = kept // so that what comes after is blamed for nothing but itself
	}
	c.tied = c.tied || kept != nil
	c.last = Head{e.Seq, sum}
	c.meet()
}

// meet compares the row that was added with what is known of it from elsewhere.
func (c *Check) meet() {
	for len(c.stops) > 0 && c.stops[0].Seq <= c.last.Seq {
		s := c.stops[0]
		c.stops = c.stops[1:]
		switch {
		case s.Seq < c.last.Seq: // it is missing, which was said
		case !bytes.Equal(s.Sum, c.last.Sum):
			c.fault(c.sealed+1, s.Seq, s.says)
		default:
			c.sealed = s.Seq
		}
	}
}

// End says what is wrong, nothing where all fits, given the number that the last row
// is to have. more counts the faults that are not named.
func (c *Check) End(last int64) (head Head, faults []Fault, more int) {
	for _, s := range c.stops {
		last = max(last, s.Seq)
	}
	if last > c.last.Seq {
		c.gap(c.last.Seq+1, last, "missing at the end")
	}
	return c.last, c.faults, c.more
}

func (c *Check) gap(from, to int64, says string) {
	if to < from {
		c.fault(from, from, "is out of order")
		return
	}
	c.fault(from, to, says)
}

func (c *Check) fault(from, to int64, says string) {
	if len(c.faults) == maxFaults {
		c.more++
		return
	}
	c.faults = append(c.faults, Fault{from, to, says})
}

// String is a fault as a line.
func (f Fault) String() string {
	if f.From == f.To {
		return fmt.Sprintf("row %d %s", f.From, f.Says)
	}
	return fmt.Sprintf("rows %d to %d %s", f.From, f.To, f.Says)
}
