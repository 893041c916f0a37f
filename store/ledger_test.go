package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// The ledger gives every recipient once, by the newest round, page by page:
// people, and beside them systems and managers.
func TestLedgerGivesEveryRecipientOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(7)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		s := w.tripOf(u, keys[1])
		for _, page := range []int{1, 3, 100} {
			var got []store.LedgerEntry
			for after := int64(0); ; {
				list, err := w.o.Ledger(w.ctx, u.Key, after, page)
				w.ok(err)
				if len(list) == 0 {
					break
				}
				got = append(got, list...)
				after = list[len(list)-1].Recipient
			}
			equal(t, "recipients", len(got), 8)
			people := 0
			for _, e := range got {
				equal(t, "deliveries", len(e.Deliveries), 1)
				equal(t, "state", e.Deliveries[0].State, vedette.DeliveryQueued)
				equal(t, "newer", e.Newer, false)
				if e.Kind == store.RecipientPerson {
					people++
				} else {
					equal(t, "the manager", e.Recipient == s.Key && e.Kind == store.RecipientSuperior, true)
				}
			}
			equal(t, "people", people, 7)
		}
		next := w.publish("More rockets", u.Situation.ID, t0.Add(time.Hour))
		w.plan(next, keys[:1])
		list, err := w.o.Ledger(w.ctx, u.Key, 0, 2)
		w.ok(err)
		equal(t, "who has a newer one", list[0].Newer, true)
		equal(t, "who has none", list[1].Newer, false)
	})
}
