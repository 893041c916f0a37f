package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/store"
)

func TestDraftRoundTripsExactly(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		at := t0.Add(-time.Hour)
		u := &vedette.Update{
			Status: vedette.StatusExercise, Situation: vedette.Situation{Title: "To be opened"},
			AreaRisks: []vedette.AreaRisk{{Area: "IQ", Risk: vedette.RiskExtreme}}, Reports: []vedette.ID{vedette.NewID(t0)},
			Accepted: []vedette.Finding{{Code: vedette.FindMissingRisk, Lines: vedette.Lines{1, 2}, Message: "m", Blocks: true}},
			Content: vedette.Content{Title: "<Rockets> & \u2028 كذا \x00", IssuedAt: &at, Risk: vedette.RiskHigh, Categories: []string{}, Summary: []vedette.Statement{{Text: "x",
				Likelihoods: []vedette.Likelihood{{Term: "unlikely", Scale: vedette.ScaleICD203, Low: 0.2, High: 0.45}, {Term: "could", Hedge: true}}, Places: []vedette.Place{}}},
				Assessments: []vedette.Judgement{{Forecast: true}}},
		}
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		got, err := w.o.Update(w.ctx, u.ID)
		w.ok(err)
		if d := cmp.Diff(u, got); d != "" {
			t.Error(d)
		}
		u.Content.Title = "Changed"
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		again, err := w.o.UpdateByKey(w.ctx, u.Key)
		w.ok(err)
		equal(t, "key", again.Key, got.Key)
		equal(t, "title", again.Content.Title, "Changed")
		u.Status = vedette.StatusActual
		w.code(w.o.SaveDraft(w.ctx, u, t0), vedette.CodeConflict)
		list, err := w.o.Updates(w.ctx, 10, time.Time{})
		w.ok(err)
		equal(t, "drafts are not among the updates", len(list), 0)
	})
}

func TestPublishIsAtomicAndImmutable(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d := w.draft("Rockets")
		seq := w.seq()
		// A situation that is not there lets the whole publication fail.
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Situation: vedette.NewID(t0), At: t0})
		w.code(err, vedette.CodeNotFound)
		equal(t, "log rows after a failure", w.seq(), seq)

		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Title: "Iraq", Lane: 3, At: t0})
		w.ok(err)
		equal(t, "state", u.State, vedette.UpdatePublished)
		equal(t, "number", u.Number, 1)
		equal(t, "situation", u.Situation.Title, "Iraq")
		equal(t, "published", u.PublishedAt, t0)
		equal(t, "log", w.log(seq), "update published")
		f, err := w.o.FanoutOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "fan-out", f.State, vedette.FanoutQueued)
		equal(t, "lane", f.Lane, vedette.Lane(3))

		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0})
		w.code(err, vedette.CodeConflict)
		w.code(w.o.SaveDraft(w.ctx, d, t0), vedette.CodeConflict)
		w.code(w.o.SaveDraft(w.ctx, u, t0), vedette.CodeConflict)
		for _, text := range []string{`UPDATE updates SET body = '{}'`, `UPDATE updates SET number = 2`, `DELETE FROM updates`, `DELETE FROM log`, `UPDATE log SET verb = ''`} {
			if w.sql(text) == nil {
				t.Errorf("%s went through", text)
			}
		}
		same, err := w.o.Update(w.ctx, u.ID)
		w.ok(err)
		if d := cmp.Diff(u, same); d != "" {
			t.Error(d)
		}
	})
}

func TestSituationsKeepRealAndDrillApart(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish("Rockets", "", t0)
		drill := &vedette.Update{Status: vedette.StatusExercise, Content: vedette.Content{Title: "Drill"}}
		w.ok(w.o.SaveDraft(w.ctx, drill, t0))
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: drill.ID, Situation: u.Situation.ID, At: t0})
		w.code(err, vedette.CodeConflict)
		still, err := w.o.Update(w.ctx, u.ID)
		w.ok(err)
		equal(t, "mark", still.Mark == nil, true)
		next := w.publish("More rockets", u.Situation.ID, t0)
		equal(t, "no number was lost", next.Number, 2)
		list, err := w.o.Chain(w.ctx, u.Situation.ID)
		w.ok(err)
		equal(t, "updates of the situation", len(list), 2)
		equal(t, "newest first", list[0].Number, 2)
	})
}

func TestCorrectionGoesIntoTheSituationAndOvertakes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d := w.draft("Correction") // drafted before what it corrects
		u := w.publish("Rockets", "", t0)
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Corrects: w.draft("A draft").ID, At: t0})
		w.code(err, vedette.CodeConflict)
		seq := w.seq()
		c, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Corrects: u.ID, At: t0.Add(time.Minute)})
		w.ok(err)
		equal(t, "corrects", c.Corrects, u.ID)
		equal(t, "situation", c.Situation, u.Situation)
		equal(t, "number", c.Number, 2)
		equal(t, "log", w.log(seq), "update published\nupdate overtaken\nfanout halted")
		u, err = w.o.Update(w.ctx, u.ID)
		w.ok(err)
		equal(t, "state", u.State, vedette.UpdateOvertaken)
		equal(t, "by", u.Mark.OvertakenBy, c.ID)
		equal(t, "at", u.Mark.OvertakenAt, t0.Add(time.Minute))
		list, err := w.o.Updates(w.ctx, 0, time.Time{})
		w.ok(err)
		equal(t, "newest first", list[0].ID, c.ID)
		list, err = w.o.Updates(w.ctx, 0, t0.Add(time.Second))
		w.ok(err)
		equal(t, "before the correction", len(list), 1)
		other := w.publish("Elsewhere", "", t0)
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("x").ID, Corrects: u.ID, Situation: other.Situation.ID, At: t0})
		w.code(err, vedette.CodeConflict)
	})
}

func TestStop(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.code(func() error { _, err := w.o.Stop(w.ctx, w.draft("d").ID, "x", t0); return err }(), vedette.CodeConflict)
		u := w.publish("Rockets", "", t0)
		keys := w.people(3)
		f := w.lease("planner")
		w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys), t0, ttl))
		got := w.claim("sender", 1, t0)
		seq := w.seq()
		u, err := w.o.Stop(w.ctx, u.ID, "wrong place", t0)
		w.ok(err)
		equal(t, "state", u.State, vedette.UpdateStopped)
		equal(t, "reason", u.Mark.StopReason, "wrong place")
		equal(t, "log", w.log(seq), "update stopped\nfanout halted")
		_, err = w.o.Stop(w.ctx, u.ID, "again", t0)
		w.code(err, vedette.CodeConflict)

		w.code(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys), t0, ttl), vedette.CodeLostLease)
		w.code(w.o.FinishFanout(w.ctx, f, "planner", t0), vedette.CodeLostLease)
		stopped, err := w.o.Stopped(w.ctx)
		w.ok(err)
		equal(t, "stopped", stopped[u.Key], true)
		equal(t, "claimable", len(w.claim("sender", 9, t0.Add(time.Hour))), 0)
		n, err := w.o.WithholdMarked(w.ctx, t0, 100)
		w.ok(err)
		equal(t, "withheld while one is in flight", n, 2)
		equal(t, "in flight it is accepted", w.settle("sender", "accept", got, t0), 1)
		equal(t, "nothing more", len(w.claim("sender", 9, t0.Add(time.Hour))), 0)
		sum, err := w.o.Tally(w.ctx, u.Key)
		w.ok(err)
		equal(t, "withheld", sum.Deliveries[vedette.DeliveryWithheld], 2)
		equal(t, "accepted", sum.Deliveries[vedette.DeliveryAccepted], 1)
		rows, err := w.o.Rows(w.ctx, u.Key, store.RowFilter{State: vedette.DeliveryWithheld})
		w.ok(err)
		equal(t, "why", rows[0].Detail, "stopped: wrong place")
		stopped, err = w.o.Stopped(w.ctx)
		w.ok(err)
		equal(t, "no more stopped rows wait", len(stopped), 0)

		// A newer update does not bring a stopped one back.
		w.publish("Again", u.Situation.ID, t0)
		u, err = w.o.Update(w.ctx, u.ID)
		w.ok(err)
		equal(t, "state", u.State, vedette.UpdateStopped)
	})
}

func TestNumbersAndLogHaveNoGapsUnderConcurrency(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.publish("Rockets", "", t0)
		const writers, each = 6, 8
		other := w.open().In(w.org) // a second program
		done := make(chan struct{})
		var last int64
		go func() { // reads the log all the while: what it has passed must not fill up later
			defer close(done)
			for last < 1+2+int64(writers*each)*3 {
				list, err := w.o.Log(w.ctx, last, 0)
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range list {
					if e.Seq != last+1 {
						t.Errorf("after %d the log shows %d", last, e.Seq)
						return
					}
					last = e.Seq
				}
			}
		}()
		var wg sync.WaitGroup
		for i := range writers {
			o := w.o
			if i%2 == 1 {
				o = other
			}
			wg.Go(func() {
				for range each {
					u := &vedette.Update{Content: vedette.Content{Title: "x"}}
					if err := o.SaveDraft(w.ctx, u, t0); err != nil {
						t.Error(err)
						return
					}
					if _, err := o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Situation: first.Situation.ID, At: t0}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		if t.Failed() {
			return
		}
		w.draft("the last") // one more row, for the reader to end on
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatalf("the log ends at %d", last)
		}
		list, err := w.o.Updates(w.ctx, 0, time.Time{})
		w.ok(err)
		numbers := map[int]bool{}
		for _, u := range list {
			numbers[u.Number] = true
		}
		for n := 1; n <= 1+writers*each; n++ {
			if !numbers[n] {
				t.Errorf("number %d is missing", n)
			}
		}
		equal(t, "numbers", len(numbers), 1+writers*each)
	})
}

// The last of a situation are read without all that were before them, but for the few
// up to one that is looked at and those that ended others.
func TestTheLastOfASituation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.publish("1", "", t0)
		for i := range 19 {
			w.publish(fmt.Sprint(i+2), first.Situation.ID, t0.Add(time.Duration(i+1)*time.Minute))
		}
		w.publish("of another", "", t0)
		list, of, err := w.o.Thread(w.ctx, first.Situation.ID, 2, 3)
		w.ok(err)
		var numbers []int
		for _, u := range list {
			numbers = append(numbers, u.Number)
		}
		if fmt.Sprint(numbers) != "[20 19 18 2 1]" || of != 20 {
			t.Errorf("%v of %d", numbers, of)
		}
		list, of, err = w.s.In(2).Thread(w.ctx, first.Situation.ID, 2, 3)
		if w.ok(err); len(list) != 0 || of != 0 {
			t.Errorf("another organisation sees %d of %d", len(list), of)
		}
	})
}

// However many an organisation published, few are looked at for those of a few keys, and
// for those of a situation.
func TestAFewUpdatesAreNotLookedForAmongAll(t *testing.T) {
	w := newWorld(t, place(t, "sqlite"))
	for name, plan := range w.o.Plans(w.ctx, t) {
		if strings.Contains(plan, "updates_by_time") {
			t.Errorf("%s goes through all that was published: %s", name, plan)
		}
	}
}
