package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// onceOf does something many times at once, and wants it to be done once: all
// else is a conflict that says by whom and when.
func (w *world) onceOf(what, says string, do func() error) {
	w.t.Helper()
	const n = 4
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = do()
		}()
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		switch {
		case err == nil:
			done++
		case vedette.ErrorCode(err) != vedette.CodeConflict, !strings.Contains(err.Error(), says):
			w.t.Errorf("%s: %v", what, err)
		}
	}
	equal(w.t, what, done, 1)
}

// A form that is sent twice, or by two people who saw the same, tells once.
func TestWhatWasSeenIsDoneOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		at := t0.Add(time.Hour)
		w.onceOf("told again", "it was told again already, 5 Feb 2026", func() error {
			_, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: at, Seen: 1})
			return err
		})
		c := vedette.Rollcall{ID: vedette.NewID(t0), Title: "Rockets", Update: u.ID, OpenedAt: t0, OpenedBy: "Ada"}
		w.ok(w.o.OpenRollcall(w.ctx, c, w.members(keys...), vedette.RollRound{No: 1, At: t0, Asked: t0, By: "Ada"}))
		w.onceOf("asked", "round 2 was begun already, by Ben, 5 Feb 2026", func() error {
			_, err := w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c.ID, Update: u.ID, By: "Ben", At: at.Add(time.Hour), Seen: 1})
			return err
		})
		// That a roll-call asked is telling it again, too.
		_, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: at, Seen: 2})
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), "told again by Ben already") {
			t.Error(err)
		}
		fs, err := w.o.Fanouts(w.ctx, u.Key)
		w.ok(err)
		equal(t, "fan-outs", len(fs), 3)

		none := 0
		var drills []vedette.ID
		for range 4 {
			d := &vedette.Update{Status: vedette.StatusTest, Drill: &vedette.Drill{All: true}, Content: vedette.Content{Title: "Drill: everyone"}}
			w.ok(w.o.SaveDraft(w.ctx, d, t0))
			drills = append(drills, d.ID)
		}
		var mu sync.Mutex
		w.onceOf("drilled", "“Drill: everyone” was sent already, 5 Feb 2026", func() error {
			mu.Lock()
			id := drills[0]
			drills = drills[1:]
			mu.Unlock()
			_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: id, Lane: vedette.LaneDrill, At: t0, Drills: &none})
			return err
		})
		sent, err := w.o.DrillsSent(w.ctx)
		w.ok(err)
		equal(t, "drills", sent, 1)
	})
}
