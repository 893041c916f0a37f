package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette/store"
)

// What came back is counted by how soon it first came; an answer hours after the
// receipt does not make it late. What is kept of the past stays as it was kept.
func TestReceiptsAndHabits(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("w", "accept", w.claim("w", 4, t0), t0)
		arrives := func(key int64, after time.Duration) {
			t.Helper()
			_, err := w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: key, Round: 1, Address: 1, Arrived: true, At: t0.Add(after)})
			w.ok(err)
		}
		arrives(keys[0], 30*time.Second)
		arrives(keys[1], 4*time.Minute)
		arrives(keys[2], 3*time.Hour)
		w.ok(w.o.Seen(w.ctx, u.Key, keys[0], 1, t0.Add(5*time.Hour)))

		list, err := w.o.Receipts(w.ctx, u.Key, []time.Duration{time.Minute, time.Hour})
		w.ok(err)
		got := ""
		for _, r := range list {
			got += fmt.Sprintf("%s %d:%d ", r.Made.Format("15:04"), r.Within, r.Sent)
		}
		equal(t, "receipts", got, "12:00 -1:1 12:00 0:1 12:00 1:1 12:00 2:1 ")
		equal(t, "first word", list[1].Last, t0.Add(30*time.Second))

		keysOf := func() string {
			list, err := w.o.Unmeasured(w.ctx, t0.Add(-time.Hour), t0.Add(time.Hour), 5)
			w.ok(err)
			return fmt.Sprint(list)
		}
		equal(t, "unmeasured", keysOf(), fmt.Sprint([]int64{u.Key}))
		w.ok(w.o.KeepHabits(w.ctx, u.Key, []store.Habit{{Area: "IQ", Sent: 4, Arrived: []int{1, 2}}}))
		w.ok(w.o.KeepHabits(w.ctx, u.Key, []store.Habit{{Area: "IQ", Sent: 9, Arrived: []int{9, 9}}}))
		equal(t, "measured", keysOf(), "[]")
		habits, err := w.o.Habits(w.ctx, t0)
		w.ok(err)
		equal(t, "habits", fmt.Sprint(habits), "[{IQ 4 [1 2]}]")
		habits, err = w.o.Habits(w.ctx, t0.Add(time.Second))
		w.ok(err)
		equal(t, "older ones", len(habits), 0)
	})
}
