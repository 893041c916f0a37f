package store_test

import (
	"testing"
	"time"

	"vedette"
)

// What somebody was told, the newest first, and what they answered: not what others
// were told.
func TestNoticesOfAPerson(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		first := w.publish("Rockets", "", t0)
		w.plan(first, keys)
		second := w.publish("Floods", "", t0.Add(time.Hour))
		w.plan(second, keys[:1])
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: first.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0.Add(time.Minute)}, 1, nil))
		list, err := w.o.NoticesOf(w.ctx, keys[0], 10)
		w.ok(err)
		if len(list) != 2 || list[0].Update != second.ID || list[1].Update != first.ID || list[0].Answer != "" || list[1].Answer != vedette.ReplySafe {
			t.Errorf("%+v", list)
		}
		list, err = w.o.NoticesOf(w.ctx, keys[1], 10)
		w.ok(err)
		if len(list) != 1 || list[0].Update != first.ID || list[0].Answer != "" {
			t.Errorf("the other's: %+v", list)
		}
		list, err = w.o.NoticesOf(w.ctx, keys[0], 1)
		w.ok(err)
		equal(t, "at most", len(list), 1)
	})
}
