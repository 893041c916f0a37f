// Package breaker says when somebody who fails is to be left alone, and when
// tried again. Its rules are pure: what they know is handed to them.
package breaker

import "time"

// State is how somebody we send to has done lately; the zero value is well.
type State struct {
	Failures int       // on end
	Since    time.Time // of the first of them
	Last     time.Time // of the last of them
}

// After is the state after a try.
func (s State) After(now time.Time, well bool) State {
	switch {
	case well:
		return State{}
	case s.Failures == 0:
		s.Since = now
	}
	s.Failures, s.Last = s.Failures+1, now
	return s
}

// Rule says how soon, and for how long, they are left alone.
type Rule struct {
	Failures int           // on end, from which they are
	First    time.Duration // the first rest; each further one is twice as long
	Most     time.Duration // the longest
}

// Until gives until when nothing is to be sent; a time that has passed, or the
// zero time, where something may. From then on one message tries it.
func (r Rule) Until(s State) time.Time {
	if s.Failures < r.Failures {
		return time.Time{}
	}
	rest := r.First
	for i := r.Failures; i < s.Failures && rest < r.Most; i++ {
		rest *= 2
	}
	return s.Last.Add(min(rest, r.Most))
}

// Tries says whether only one message at a time is to be sent now, which tries
// whether they are well again.
func (r Rule) Tries(s State) bool { return s.Failures >= r.Failures }
