package store_test

import (
	"testing"

	"vedette/store"
)

// An exchange is what settling and then claiming come to: what was settled is not
// claimed again, what waits is, and an outcome that cannot be leaves all as it
// was.
func TestAnExchangeSettlesAndClaims(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(6)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		got := w.claim("a", 4, t0)
		outs := func(event string) (list []store.Outcome) {
			for _, c := range got {
				list = append(list, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Detail: "said " + event})
			}
			return list
		}
		if _, err := w.o.Exchange(w.ctx, "a", outs("answer"), 2, t0, ttl, mail); err == nil {
			t.Error("a worker settled with an answer")
		}
		equal(t, "nothing was done", w.delivery(u, got[0].Recipient).State, "queued")
		seq := w.seq()
		next, err := w.o.Exchange(w.ctx, "a", outs("accept"), 9, t0, ttl, mail)
		w.ok(err)
		equal(t, "log rows", w.seq()-seq, 1)
		equal(t, "settled", w.delivery(u, got[0].Recipient).State, "accepted")
		equal(t, "claimed", len(next), 2)
		for _, c := range next {
			for _, was := range got {
				if c.Recipient == was.Recipient {
					t.Errorf("%d was claimed twice", c.Recipient)
				}
			}
		}
		equal(t, "what another holds", len(w.claim("b", 9, t0)), 0)
		got = next
		next, err = w.o.Exchange(w.ctx, "a", outs("accept"), 9, t0, ttl, mail)
		w.ok(err)
		equal(t, "nothing is left", len(next), 0)
	})
}
