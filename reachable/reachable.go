// Package reachable says whether somebody can be reached within so long, by
// what is known of their addresses, and why not. The newest evidence counts: of
// the last drill, or of real traffic, and it says which.
//
// That a mail server or a gateway took a message is no evidence. A message is
// proved by word from its own end: a handset's receipt, a pressed button, an
// answer.
package reachable

import (
	"slices"
	"time"

	"vedette"
)

// Fresh is how old evidence may be. People change numbers and employers, and an
// address that nobody has heard from for half a year is worth a drill.
const Fresh = 180 * 24 * time.Hour

// Way is one address of somebody, as far as it is known.
type Way struct {
	Channel  vedette.Channel
	Sends    bool      // this installation sends over its channel
	Blocked  string    // why its owner wants nothing there, "" where they do not say so
	Dead     time.Time // since when it is known to be no mailbox, zero where it is not
	DeadWhy  string
	Heard    Evidence  // the last
	Verified time.Time // when its owner last spoke from it
	Failed   time.Time // when it last failed
	Why      string    // and why
}

// Evidence is word from the end of an address.
type Evidence struct {
	At    time.Time     // zero for none
	After time.Duration // how long after the notice was made it first came
	By    vedette.ID    // of the update
	Drill bool          // which was a drill
	State vedette.DeliveryState
}

// Drill is the last drill that somebody was part of.
type Drill struct {
	Update vedette.ID // "" for none
	At     time.Time
	State  vedette.DeliveryState
}

// Subject is somebody whose reach is judged.
type Subject struct {
	Ways  []Way
	Drill Drill
}

// Standing is how somebody stands.
type Standing string

// The standings.
const (
	Within   Standing = "within"   // word came within the time asked about
	Later    Standing = "later"    // word came, but took longer
	Unproven Standing = "unproven" // they are not known to be reached
)

// Reason is why somebody is not known to be reached.
type Reason string

// The reasons, the one to be mended first before the others.
const (
	NoAddress Reason = "no_address"     // none that this installation sends to
	OptedOut  Reason = "opted_out"      // its owner said STOP
	Dead      Reason = "dead"           // it is no mailbox
	Failing   Reason = "failing"        // what was tried last failed
	Silent    Reason = "silent"         // the last drill brought no word
	Quiet     Reason = "quiet"          // the last word is older than Fresh
	Never     Reason = "never_verified" // no word ever came from it
)

// Verdict is how somebody stands, and by what.
type Verdict struct {
	Standing Standing
	By       Evidence // of Within and Later
	Over     vedette.Channel
	Verified bool        // somebody spoke from an address that is used
	Reasons  []WayReason // of Unproven, one for each address; at least one
	Out      bool        // a drill is out and its time is not over: the verdict is of before
}

// WayReason is why an address does not do.
type WayReason struct {
	Channel vedette.Channel // "" where there is no address
	Reason  Reason
	At      time.Time // since when, or when it last was heard; zero where it never was
	Why     string    // the channel's or owner's own words
}

// Judge says how somebody stands now. Within is how long word may take.
func Judge(s *Subject, within time.Duration, now time.Time) Verdict {
	v := Verdict{Standing: Unproven}
	out := s.Drill.Update != "" && now.Sub(s.Drill.At) < within
	v.Out = out && !s.Drill.State.Further(vedette.DeliveryAccepted)
	for i := range s.Ways {
		w := &s.Ways[i]
		v.Verified = v.Verified || w.Sends && w.Blocked == "" && !w.Verified.IsZero()
		if r := w.reason(s, out, now); r.Reason != "" {
			v.Reasons = append(v.Reasons, r)
			continue
		}
		st := Later
		if w.Heard.After <= within {
			st = Within
		}
		if v.Standing == Unproven || v.Standing == Later && (st == Within || w.Heard.After < v.By.After) || v.Standing == st && w.Heard.At.After(v.By.At) {
			v.Standing, v.By, v.Over = st, w.Heard, w.Channel
		}
	}
	switch {
	case v.Standing != Unproven:
		v.Reasons = nil
	case len(v.Reasons) == 0 || !slices.ContainsFunc(s.Ways, func(w Way) bool { return w.Sends }):
		v.Reasons = []WayReason{{Reason: NoAddress}}
	}
	return v
}

// reason says why nothing speaks for an address, "" where something does.
func (w *Way) reason(s *Subject, out bool, now time.Time) WayReason {
	r := WayReason{Channel: w.Channel, At: w.Heard.At}
	switch {
	case !w.Sends:
		r.Reason = NoAddress
	case w.Blocked != "":
		r.Reason, r.Why = OptedOut, w.Blocked
	case !w.Dead.IsZero():
		r.Reason, r.At, r.Why = Dead, w.Dead, w.DeadWhy
	case w.Failed.After(w.Heard.At):
		r.Reason, r.At, r.Why = Failing, w.Failed, w.Why
	case !out && s.unheard() && w.Heard.At.Before(s.Drill.At):
		r.Reason, r.At = Silent, s.Drill.At
	case w.Heard.At.IsZero():
		r.Reason = Never
	case now.Sub(w.Heard.At) > Fresh:
		r.Reason = Quiet
	}
	return r
}

// unheard says whether the last drill was sent and brought no word by any
// address. One that was never sent says nothing of anybody.
func (s *Subject) unheard() bool {
	return s.Drill.Update != "" && (s.Drill.State == vedette.DeliveryAccepted || s.Drill.State == vedette.DeliveryUnknown)
}
