package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// What came back is failed, not told; evidence from the person stands; and a
// dead address is dead once, until it is lifted.
func TestWhatCameBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		var outs []store.Outcome
		for _, c := range w.claim("w", 9, t0) {
			outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"})
		}
		_, err := w.o.Settle(w.ctx, "w", outs, t0)
		w.ok(err)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[1], Kind: vedette.ReplySafe, At: t0}, 1, nil))
		back := func(person int64, arrived bool, dead string) bool {
			b := store.Bounce{Update: u.Key, Recipient: person, Round: 1, Address: 1, Arrived: arrived, Detail: "came back: 5.1.1", At: t0.Add(time.Minute)}
			if dead != "" {
				b.Dead = []byte(dead)
			}
			moved, err := w.o.Bounce(w.ctx, b)
			w.ok(err)
			return moved
		}
		equal(t, "an accepted one", back(keys[0], false, "a"), true)
		equal(t, "once more", back(keys[0], false, "a"), false)
		equal(t, "one that was answered", back(keys[1], false, ""), false)
		equal(t, "one that arrived", back(keys[2], true, ""), true)
		equal(t, "one that arrived, and came back all the same", back(keys[2], false, "b"), false)
		sum := w.tally(u)
		equal(t, "failed", sum.Deliveries[vedette.DeliveryFailed], 1)
		equal(t, "answered", sum.Deliveries[vedette.DeliveryAnswered], 1)
		equal(t, "received", sum.Deliveries[vedette.DeliveryReceived], 1)
		equal(t, "accepted", sum.Deliveries[vedette.DeliveryAccepted], 1)
		list, err := w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "dead", len(list), 2)
		w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0))
		equal(t, "not dead any more", vedette.ErrorCode(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0)), vedette.CodeNotFound)
		equal(t, "by nobody", vedette.ErrorCode(w.o.LiftDead(w.ctx, []byte("b"), " ", t0)), vedette.CodeInvalid)
		spare := func(hash string) bool {
			fresh, err := w.o.SpareAddress(w.ctx, store.DeadAddress{Hash: []byte(hash), Person: keys[3], Address: 1, Since: t0.Add(time.Hour), Reason: "they unsubscribed"})
			w.ok(err)
			return fresh
		}
		equal(t, "spared", spare("c"), true)
		equal(t, "spared already", spare("c"), false)
		equal(t, "spared and dead", spare("b"), true)
		list, err = w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "dead or spared", len(list), 3)
		equal(t, "only what warns", list[0].WarnOnly && list[1].WarnOnly && !list[2].WarnOnly, true)
		w.ok(w.o.LiftDead(w.ctx, []byte("c"), "Ada", t0))
		p, err := w.o.PersonByKey(w.ctx, keys[2])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		list, err = w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "an erased person has none, another keeps theirs", len(list), 1)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[0], Round: 7, Address: 1, At: t0})
		equal(t, "a delivery that is not there", vedette.ErrorCode(err), vedette.CodeNotFound)
	})
}

// A report of a mail from before somebody lifted a dead address does not make it
// dead again; one of a later mail does.
func TestADeadAddressThatWasLifted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		told := func(headline string, at time.Time) *vedette.Update {
			u := w.publish(headline, "", t0)
			w.plan(u, keys)
			var outs []store.Outcome
			for _, c := range w.claim("w", 9, at) {
				outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"})
			}
			_, err := w.o.Settle(w.ctx, "w", outs, at)
			w.ok(err)
			return u
		}
		dead := func(u *vedette.Update, after time.Duration) int {
			_, err := w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1, Detail: "came back: 5.1.1", Dead: []byte("a"), At: t0.Add(after)})
			w.ok(err)
			list, err := w.o.DeadAddresses(w.ctx)
			w.ok(err)
			return len(list)
		}
		u := told("Rockets", t0)
		equal(t, "dead", dead(u, time.Minute), 1)
		w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0.Add(time.Hour)))
		equal(t, "the same report again", dead(u, 2*time.Hour), 0)
		equal(t, "one of a later mail", dead(told("Rockets again", t0.Add(3*time.Hour)), 4*time.Hour), 1)
	})
}
