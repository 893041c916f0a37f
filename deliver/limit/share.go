package limit

import "time"

// Share says which of several books, that each know a part of what goes, one is:
// all together keep what one alone would. The zero Share is of the only one.
type Share struct {
	Nth   int       // from 0
	Of    int       // how many there are, itself among them; 0 and 1 are the only one
	Until time.Time // the others may not know of it before: what is not urgent waits, where there is a rule
}

// Divide sets the share of a book from now on.
func (b *Book) Divide(s Share) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.share = s
}

// pace is the time between two messages from here.
func (s Share) pace(r Rule) time.Duration { return r.every() * time.Duration(max(s.Of, 1)) }

// places is how many messages may be on their way from here at once, of a rule that
// bounds them: none, where there are more books than places and this is one of the
// last.
func (s Share) places(r Rule) int {
	of := max(s.Of, 1)
	n := r.Connections / of
	if s.Nth < r.Connections%of {
		n++
	}
	return n
}
