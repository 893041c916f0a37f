package engine

import (
	"time"

	"vedette"
	"vedette/store"
)

// A system is told few things at once. One that hangs must not hold all who send
// to systems: each try of it lasts as long as a try may.
const (
	atOnce     = 4
	inLine     = 12                   // and so many wait behind them: one that is slow leaves room for others
	behind     = time.Second          // what is beyond is due when they are through, at most so much later
	leastGap   = 5 * time.Millisecond // between two answers, of one whose pace is not known
	stallsFor  = 2 * time.Second      // so long without an answer, it hangs
	lookAgain  = 5 * time.Second      // then what waits for it is due so much later, and holds up nothing
	waitsForIt = "waits: the system has not answered what it was sent before"
)

// line is what goes to a system, of one who sends.
type line struct {
	out     int
	heard   time.Time     // when it was last heard, or first sent something
	gap     time.Duration // between its answers, lately
	later   int           // so many were put off, and have not come again
	waiting []job
}

func (l *line) stalls(now time.Time) bool { return l.out >= atOnce && now.Sub(l.heard) >= stallsFor }

// lines puts a message to a system behind those on their way there, and says
// whether it goes at once. Where the system hangs, or has enough before it, it
// gives how that ends.
func (s *shift) lines(j job, now time.Time) (goes bool, ends *store.Outcome) {
	if j.claim.Channel != vedette.ChannelWebhook {
		return true, nil
	}
	l := s.systems[j.claim.Recipient]
	if l == nil {
		l = &line{heard: now}
		s.systems[j.claim.Recipient] = l
	}
	switch {
	case l.out < atOnce:
		l.out++
		return true, nil
	case l.stalls(now):
		return false, s.passes(j, lookAgain)
	case len(l.waiting) >= inLine:
		l.later++
		return false, s.passes(j, l.until())
	}
	l.waiting = append(l.waiting, j)
	return false, nil
}

// until is how long it takes about until what is put off now has its turn.
func (l *line) until() time.Duration {
	gap := l.gap
	if gap == 0 {
		gap = leastGap
	}
	return min(time.Duration(inLine+l.later)*gap, behind)
}

// answers notes an answer.
func (l *line) answers(now time.Time) {
	gap := now.Sub(l.heard)
	if l.gap > 0 {
		gap = (3*l.gap + gap) / 4
	}
	l.heard, l.gap, l.later = now, gap, max(l.later-1, 0)
}

// answered lets the next in its line go.
func (s *shift) answered(recipient int64, now time.Time) {
	l := s.systems[recipient]
	switch {
	case l == nil:
		return
	case len(l.waiting) > 0:
		l.answers(now)
		s.jobs <- l.waiting[0]
		l.waiting = l.waiting[1:]
		return
	}
	l.answers(now)
	if l.out--; l.out == 0 {
		delete(s.systems, recipient)
	}
}

// unblock takes what waits behind a system that hangs out of its line.
func (s *shift) unblock(now time.Time) {
	for _, l := range s.systems {
		if len(l.waiting) == 0 || !l.stalls(now) {
			continue
		}
		for _, j := range l.waiting {
			s.unsaved, s.flying = append(s.unsaved, *s.passes(j, lookAgain)), s.flying-1
		}
		l.waiting = nil
	}
}

// passes is the outcome of a claim whose system is not told more now: no try is
// counted.
func (s *shift) passes(j job, wait time.Duration) *store.Outcome {
	o := outcome(j.claim)
	o.Event, o.Detail, o.Untried, o.DueAt = "retry", waitsForIt, true, s.Now().Add(wait)
	return &o
}
