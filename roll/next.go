package roll

import (
	"time"

	"vedette"
)

// How long to wait after a try before the same number is tried again.
const (
	afterBusy    = 5 * time.Minute
	afterMessage = 30 * time.Minute
	firstWait    = 10 * time.Minute // after a first try without answer; doubled with each
	longestWait  = time.Hour
)

// patience is how many tries without success a number gets before the next
// one is rung.
const patience = 3

// Call is whom to ring next for somebody, and when.
type Call struct {
	Line vedette.Line
	Due  time.Time
}

// Next says which number to ring next, and when: their own first, then the
// second contacts in the order of lines. A number that is wrong is not rung
// again; one that nobody answers gives way to the next, and comes round again
// when all have been tried as often. from is when they were asked for last:
// waits of before are over. There is none to ring: false.
func Next(lines []vedette.Line, tries []vedette.Try, from time.Time) (Call, bool) {
	best, least, found := Call{}, 0, false
	for _, l := range lines {
		r := ringing(l, tries, from)
		if r.wrong {
			continue
		}
		if n := r.vain / patience; !found || n < least {
			best, least, found = Call{l, r.due}, n, true
		}
	}
	return best, found
}

// rung is how ringing a number went so far.
type rung struct {
	wrong bool
	vain  int // tries in vain since they were asked for
	due   time.Time
}

func ringing(l vedette.Line, tries []vedette.Try, from time.Time) rung {
	r := rung{due: from}
	for _, t := range tries {
		if t.Kind != l.Kind || t.Nth != l.Nth {
			continue
		}
		if t.Outcome == vedette.TryWrongNumber {
			r.wrong = true
		}
		if t.At.Before(from) {
			continue
		}
		switch t.Outcome {
		case vedette.TryBusy: // somebody is there
			r.due = t.At.Add(afterBusy)
		case vedette.TryMessage:
			r.vain++
			r.due = t.At.Add(afterMessage)
		case vedette.TryNoAnswer:
			r.vain++
			r.due = t.At.Add(min(firstWait<<min(r.vain-1, 8), longestWait))
		case vedette.TrySpoke:
			if r.due = t.At; l.Kind != vedette.LineOwn { // they know nothing: ask somebody else
				r.vain += patience
				r.due = t.At.Add(longestWait)
			}
		}
	}
	return r
}
