package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func (w *world) omissions(u *vedette.Update, news vedette.News, after int64, limit int) string {
	w.t.Helper()
	list, err := w.o.Omissions(w.ctx, u.Key, news, after, limit)
	w.ok(err)
	out := ""
	for _, o := range list {
		out += fmt.Sprintf("%d %s by %d: %s; ", o.Recipient, o.News, o.Fanout, o.Reason)
	}
	return out
}

// Whoever is left out can be told why.
func TestWhoWasLeftOut(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(6) // keys 1 to 6
		u := w.publish("Rockets", "", t0)
		const fresh, out = "Nothing changed; seen 10:30.", "Nothing of it applies any more."
		c := chunk([]int64{1, 2})
		c.Omissions = []store.Omission{{Recipient: 3, News: vedette.NewsUnchanged, Reason: fresh}, {Recipient: 4, News: vedette.NewsUnchanged, Reason: fresh},
			{Recipient: 5, News: vedette.NewsWithdrawn, Reason: out}, {Recipient: 2, News: vedette.NewsUnchanged, Reason: "told in the same chunk"}}
		f := w.lease("a")
		w.ok(w.o.PlanChunk(w.ctx, f, "a", c, t0, ttl))
		w.ok(w.o.PlanChunk(w.ctx, f, "a", c, t0.Add(time.Second), ttl)) // again, as after a take-over
		equal(t, "all", w.omissions(u, "", 0, 0), "3 unchanged by 1: "+fresh+"; 4 unchanged by 1: "+fresh+"; 5 withdrawn by 1: "+out+"; ")
		equal(t, "by news, a page", w.omissions(u, vedette.NewsUnchanged, 3, 1), "4 unchanged by 1: "+fresh+"; ")
		o, found, err := w.o.Omission(w.ctx, u.Key, 5)
		w.ok(err)
		equal(t, "one", o, store.Omission{Recipient: 5, News: vedette.NewsWithdrawn, Reason: out, At: t0, Fanout: 1})
		equal(t, "found", found, true)
		_, found, err = w.o.Omission(w.ctx, u.Key, 1)
		w.ok(err)
		equal(t, "one who was told", found, false)
		counts, err := w.o.OmissionCounts(w.ctx, u.Key)
		w.ok(err)
		equal(t, "counts", fmt.Sprint(counts), "map[unchanged:2 withdrawn:1]")

		// The planner that takes over finds that 3 is to be told after all.
		w.ok(w.o.PlanChunk(w.ctx, f, "a", chunk([]int64{3}), t0, ttl))
		equal(t, "told after all", w.omissions(u, "", 0, 0), "4 unchanged by 1: "+fresh+"; 5 withdrawn by 1: "+out+"; ")
		w.ok(w.o.FinishFanout(w.ctx, f, "a", t0))

		// A later fan-out decides anew; what the first decided stays on record.
		_, err = w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseCondition, At: t0})
		w.ok(err)
		g := w.lease("a")
		c = chunk([]int64{5})
		c.Omissions = []store.Omission{{Recipient: 4, News: vedette.NewsUnchanged, Reason: "The condition does not touch them."}}
		w.ok(w.o.PlanChunk(w.ctx, g, "a", c, t0.Add(time.Minute), ttl))
		equal(t, "the latest of each", w.omissions(u, "", 0, 0), "4 unchanged by 2: The condition does not touch them.; 5 withdrawn by 1: "+out+"; ")
		err = w.sql(`INSERT INTO omissions (update_id, recipient_id, at, reason_no, fanout_no, news) VALUES (1, 4, 1, 99, 9, 1)`)
		equal(t, "an omission without a reason is refused", err != nil, true)

		// Reasons repeat: each is kept once.
		w.ok(w.s.SetInstallation(w.ctx, store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("x"), CreatedAt: t0}))
		sum, err := w.s.Backup(w.ctx, discard{}, t0)
		w.ok(err)
		equal(t, "rows", line(sum.Rows["omissions"], sum.Rows["omission_reasons"]), "3 3")
	})
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
