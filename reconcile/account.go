package reconcile

import (
	"time"

	"vedette"
)

// Entry is one recipient of an update, by the newest word to them.
type Entry struct {
	Recipient  int64
	Round      int
	Deliveries []vedette.Delivery // of its round and of its reminders; none where there was no way to reach them
}

// Furthest is the delivery that got furthest, nil for none.
func (e *Entry) Furthest() *vedette.Delivery {
	var best *vedette.Delivery
	for i := range e.Deliveries {
		if d := &e.Deliveries[i]; best == nil || d.State.Further(best.State) {
			best = d
		}
	}
	return best
}

// Account counts recipients, each in exactly one state.
type Account struct {
	Recipients int
	NoAddress  int // of them, without any delivery
	States     map[vedette.DeliveryState]int
}

// Sum adds up the states. Where it is not the number of recipients somebody
// is missing.
func (a *Account) Sum() int {
	n := a.NoAddress
	for _, k := range a.States {
		n += k
	}
	return n
}

// Kind is a sort of gap between what was to happen and what did.
type Kind string

// The gaps, worst first.
const (
	Uncounted   Kind = "uncounted"   // the ledger's rows and its sums differ
	Unplanned   Kind = "unplanned"   // concerned and to be told, with no notice
	Unfinished  Kind = "unfinished"  // the planning has not come to its end
	Refuted     Kind = "refuted"     // the ledger says accepted, the provider's log failed
	Unlogged    Kind = "unlogged"    // the ledger says accepted, the provider's log has nothing
	Unnoted     Kind = "unnoted"     // the provider's log says accepted, the ledger does not
	Failed      Kind = "failed"      // refused for good
	Unknown     Kind = "unknown"     // given up without knowing
	Withheld    Kind = "withheld"    // not sent, and nothing newer is theirs
	Late        Kind = "late"        // due, and not sent
	Unreachable Kind = "unreachable" // no address that a channel sends to
)

// Kinds lists them, worst first.
var Kinds = []Kind{Uncounted, Unplanned, Unfinished, Refuted, Unlogged, Unnoted, Failed, Unknown, Withheld, Late, Unreachable}

// Gap is somebody, or something, that does not add up.
type Gap struct {
	Kind      Kind
	Recipient int64 // 0 for none
	Reason    string
}

// lateAfter is how long what is due may wait before it is late.
const lateAfter = time.Minute

// Of says what of a recipient does not add up by the ledger alone, nothing for
// somebody who was told or is about to be.
func Of(e *Entry, now time.Time) (Gap, bool) {
	d := e.Furthest()
	g := Gap{Recipient: e.Recipient}
	switch {
	case d == nil:
		g.Kind, g.Reason = Unreachable, "no address that a channel sends to"
	case d.State == vedette.DeliveryFailed:
		g.Kind, g.Reason = Failed, d.Detail
	case d.State == vedette.DeliveryUnknown:
		g.Kind, g.Reason = Unknown, d.Detail
	case d.State == vedette.DeliveryWithheld:
		g.Kind, g.Reason = Withheld, d.Detail
	case d.State == vedette.DeliveryQueued && now.Sub(d.DueAt) > lateAfter:
		g.Kind, g.Reason = Late, "due since "+d.DueAt.UTC().Format("2 Jan 15:04:05 UTC")
		if d.Detail != "" {
			g.Reason += "; " + d.Detail
		}
	default:
		return g, false
	}
	return g, true
}

// Against holds one delivery against a provider's log.
func (l *Log) Against(d *vedette.Delivery, name string) (Gap, bool) {
	fate, logged := l.Fates[name]
	handed := d.State != vedette.DeliveryQueued && d.State != vedette.DeliveryFailed && d.State != vedette.DeliveryWithheld && d.State != vedette.DeliveryUnknown
	g := Gap{Recipient: d.Recipient}
	switch {
	case handed && !logged:
		g.Kind, g.Reason = Unlogged, "the log does not name it"
	case handed && fate == FateFailed:
		g.Kind, g.Reason = Refuted, "the log says that it failed"
	case !handed && fate == FateAccepted:
		g.Kind, g.Reason = Unnoted, "the log says that it was handed on, the ledger says "+string(d.State)
	default:
		return g, false
	}
	return g, true
}
