package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// clears publishes an all-clear of a situation an hour later.
func (w *world) clears(of vedette.ID, stands *[]int64) (*vedette.Update, error) {
	w.t.Helper()
	d := &vedette.Update{Content: vedette.Content{Title: "All-clear"}, Clears: &vedette.AllClear{Area: "IQ", By: "Ada", Basis: "quiet", Of: []vedette.ID{of}}}
	w.ok(w.o.SaveDraft(w.ctx, d, t0))
	return w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0.Add(time.Hour), Stands: stands})
}

func (w *world) allClears() (out []int64) {
	w.t.Helper()
	list, err := w.o.AllClears(w.ctx)
	w.ok(err)
	for _, u := range list {
		out = append(out, u.Key)
	}
	return out
}

func TestAnAllClearStandsBesideWhatItEnds(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, other := w.publish("Rockets", "", t0), w.publish("Floods", "", t0)
		stands, err := w.o.StandingKeys(w.ctx)
		w.ok(err)
		w.publish("Fire", "", t0)
		_, err = w.clears(u.Situation.ID, &stands)
		w.code(err, vedette.CodeConflict) // somebody published meanwhile
		_, err = w.clears(vedette.NewID(t0), nil)
		w.code(err, vedette.CodeNotFound)
		equal(t, "none yet", fmt.Sprint(w.allClears()), "[]")

		stands, err = w.o.StandingKeys(w.ctx)
		w.ok(err)
		c, err := w.clears(u.Situation.ID, &stands)
		w.ok(err)
		got, err := w.o.Update(w.ctx, c.ID)
		w.ok(err)
		equal(t, "what it says", got.Clears.Basis, "quiet")
		equal(t, "ends what was told", got.Ends(u), true)
		equal(t, "ends no other", got.Ends(other), false)
		after, err := w.o.StandingKeys(w.ctx)
		w.ok(err)
		equal(t, "what stands", fmt.Sprint(after), fmt.Sprint(stands))
		equal(t, "in force", fmt.Sprint(w.allClears()), fmt.Sprint([]int64{c.Key}))
		if w.sql(`DELETE FROM all_clears`) == nil || w.sql(`UPDATE all_clears SET situation_id = 1`) == nil {
			t.Error("an all-clear was taken out of the record")
		}

		// Warned anew, it is about nothing that stands; stopped, it is in force no more.
		w.publish("More rockets", u.Situation.ID, t0.Add(2*time.Hour))
		equal(t, "after a new warning", fmt.Sprint(w.allClears()), "[]")
		_, err = w.o.Stop(w.ctx, c.ID, "wrong town", t0.Add(3*time.Hour))
		w.ok(err)
		list, err := w.o.AllClearsOf(w.ctx, u.Situation.ID)
		w.ok(err)
		equal(t, "stopped", len(list), 0)
	})
}

// The warning that waits for a channel must not come behind the all-clear.
func TestNobodyIsWarnedAfterTheirAllClear(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		c, err := w.clears(u.Situation.ID, nil)
		w.ok(err)
		f := w.lease("planner")
		w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys[:2]), t0.Add(time.Hour), ttl))
		w.ok(w.o.FinishFanout(w.ctx, f, "planner", t0.Add(time.Hour)))

		now := t0.Add(time.Hour)
		claims := w.claim("a", 9, now)
		have := map[int64]int64{}
		for _, d := range claims {
			have[d.Recipient] = d.Update
		}
		equal(t, "sent", fmt.Sprint(have), fmt.Sprint(map[int64]int64{keys[0]: c.Key, keys[1]: c.Key, keys[2]: u.Key}))
		n, err := w.o.WithholdMarked(w.ctx, now, 9)
		w.ok(err)
		equal(t, "while it waits, the warning waits", n, 0)
		w.settle("a", "accept", claims, now)
		n, err = w.o.WithholdMarked(w.ctx, now, 9)
		w.ok(err)
		equal(t, "withheld", n, 2)
		equal(t, "the warning", w.delivery(u, keys[0]).State, vedette.DeliveryWithheld)

		// Told anew since, they are told: that is no older than the all-clear.
		_, err = w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: now.Add(time.Hour)})
		w.ok(err)
		f = w.lease("planner")
		w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys[:1]), now.Add(time.Hour), ttl))
		w.ok(w.o.FinishFanout(w.ctx, f, "planner", now.Add(time.Hour)))
		again := w.claim("a", 9, now.Add(2*time.Hour))
		if len(again) != 1 || again[0].Recipient != keys[0] || again[0].Update != u.Key {
			t.Errorf("told anew: %+v", again)
		}
	})
}
