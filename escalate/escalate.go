// Package escalate holds the rule of what comes next while nobody answers. It
// is pure: how far a policy is and the time go in, what to do comes out.
package escalate

import (
	"slices"
	"time"

	"vedette"
)

// Progress is how far a policy is.
type Progress struct {
	Done  int               // acts of the policy that are behind it, those passed over too
	Since time.Time         // when the last of them was, or the beginning where none was
	Over  []vedette.Channel // what reaches them now
	Named []vedette.Channel // and what does, of a step that names it; it holds Over too, or is nil for the same
	Ended bool              // somebody answered, or it is over for another reason
	Spare bool              // accounted for by others: what is due is passed over, for that may be taken back
}

// Move is what a policy does next.
type Move struct {
	Act  vedette.Act
	Over []vedette.Channel // of a telling: those of its channels that reach them
	No   int               // of the act within the policy, from 1: the Done of when it is behind
	Due  time.Time
	Now  bool // it is due
	Pass bool // it is due and passed over: they are accounted for
}

// Next says what a policy does next, false when that is nothing more.
//
// Waits count from what was done last, not from when it should have been: after
// a night's outage one telling is due, not all that were missed. A telling over
// channels of which none reaches them is passed over, and takes no time; whoever
// is reached by nothing at all is with the desk at once.
//
// That they have seen it, or that some machine took the call, is not asked: only
// an answer ends a policy.
func Next(p vedette.Policy, g Progress, now time.Time) (m Move, more bool) {
	if g.Ended {
		return m, false
	}
	skipped := false
	for i, a := range p.Acts() {
		if i < g.Done {
			continue
		}
		over := reach(a.Over, g.Over)
		if len(a.Over) > 0 && len(g.Named) > 0 {
			over = reach(a.Over, g.Named)
		}
		if a.Do == vedette.DeedTell && len(over) == 0 {
			skipped = true
			continue
		}
		wait := a.Wait
		if skipped && len(g.Over) == 0 {
			wait = 0
		}
		m = Move{Act: a, Over: over, No: i + 1, Due: g.Since.Add(wait)}
		m.Now = !now.Before(m.Due)
		m.Pass = m.Now && g.Spare
		return m, true
	}
	return m, false
}

// reach gives those of a step's channels that reach somebody; a step that names
// none goes over all.
func reach(step, reached []vedette.Channel) (out []vedette.Channel) {
	for _, c := range reached {
		if (len(step) == 0 || slices.Contains(step, c)) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
