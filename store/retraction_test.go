package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// retract says that an update was sent in error.
func (w *world) retract(u *vedette.Update, at time.Time) *vedette.Update {
	w.t.Helper()
	d := &vedette.Update{Content: vedette.Content{Title: "Sent in error"}}
	w.ok(w.o.SaveDraft(w.ctx, d, at))
	c, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, Corrects: u.ID, Cancels: vedette.CancelError, Alone: true, Reason: "a drill",
		Lane: vedette.FirstLane(vedette.StatusActual), At: at})
	w.ok(err)
	return c
}

func (w *world) reached(update, besides int64) (list []int64) {
	w.t.Helper()
	rs, err := w.o.Reached(w.ctx, update, besides)
	w.ok(err)
	for _, r := range rs {
		list = append(list, r.Recipient)
	}
	return list
}

// It is stopped in the transaction that says so, reaches who may have got it
// and nobody else, and leaves standing what was said before.
func TestAnUpdateSentInErrorIsStoppedAlone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(7)
		first := w.publish("Rockets", "", t0)
		w.plan(first, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		wrong := w.publish("More rockets", first.Situation.ID, t0)
		w.plan(wrong, keys)
		got := w.claim("a", 6, t0) // keys[6] waits
		w.settle("a", "accept", got[:2], t0)
		w.settle("a", "fail", got[2:3], t0)
		w.settle("a", "doubt", got[3:4], t0)
		// keys[4] is to be tried again, in doubt; keys[5] is on its way.
		_, err := w.o.Settle(w.ctx, "a", []store.Outcome{{Update: wrong.Key, Recipient: keys[4], Round: 1, Address: 1, Event: "retry", Doubts: 1, DueAt: t0.Add(time.Hour)}}, t0)
		w.ok(err)
		reach, err := w.o.Reach(w.ctx, wrong.Key)
		w.ok(err)
		equal(t, "reach", reach, store.Reach{Meant: 7, Reached: 4, Waiting: 3})

		seq := w.seq()
		c := w.retract(wrong, t0.Add(time.Minute))
		equal(t, "alone", c.Alone, true)
		equal(t, "log", w.log(seq), "draft saved\nupdate published\nupdate stopped")
		old, err := w.o.Update(w.ctx, wrong.ID)
		w.ok(err)
		equal(t, "stopped", line(old.State, old.Mark.StopReason), "stopped a drill")
		old, err = w.o.Update(w.ctx, first.ID)
		w.ok(err)
		equal(t, "the first is overtaken by what was wrong, as it was", old.Mark.OvertakenBy, wrong.ID)
		equal(t, "stands", w.standing(), "Rockets 1, actual; ")
		equal(t, "may have got it", line(w.reached(wrong.Key, c.Key)), line([]int64{keys[0], keys[1], keys[3], keys[4]}))
		flying, err := w.o.Flying(w.ctx, wrong.Key)
		w.ok(err)
		equal(t, "one is on its way", flying, true)
		equal(t, "lane", w.lease("p").Lane, vedette.FirstLane(vedette.StatusActual))

		// What was on its way is accepted after all: then they are among them.
		w.settle("a", "accept", got[5:6], t0)
		flying, err = w.o.Flying(w.ctx, wrong.Key)
		w.ok(err)
		equal(t, "none is on its way", flying, false)
		equal(t, "and they", line(w.reached(wrong.Key, c.Key)), line([]int64{keys[0], keys[1], keys[3], keys[4], keys[5]}))
		n, err := w.o.WithholdMarked(w.ctx, t0.Add(time.Hour), 99)
		w.ok(err)
		equal(t, "withheld, or in doubt", n, 2)
		_, err = w.o.TellAgain(w.ctx, store.Again{Update: first.ID, Cause: vedette.CauseAgain, At: t0})
		w.ok(err) // it stands
	})
}

func TestWhatWaitsOfBeforeIsNotReplacedByThatWord(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		first := w.publish("Rockets", "", t0)
		w.plan(first, keys)
		wrong := w.publish("More rockets", first.Situation.ID, t0)
		w.plan(wrong, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		c := w.retract(wrong, t0)
		w.plan(c, keys)
		claims := w.claim("a", 9, t0)
		equal(t, "claimed", line(len(claims), claims[0].Update == first.Key, claims[1].Update == c.Key), "2 true true")
	})
}

func TestAPausedFanoutIsTakenUpWhenItIsTime(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.publish("Rockets", "", t0)
		f := w.lease("a")
		w.ok(w.o.PauseFanout(w.ctx, f, "a", t0.Add(time.Second)))
		again, err := w.o.LeaseFanout(w.ctx, "b", t0, ttl)
		w.ok(err)
		equal(t, "before its time", again == nil, true)
		again, err = w.o.LeaseFanout(w.ctx, "b", t0.Add(time.Second), ttl)
		w.ok(err)
		equal(t, "then", again != nil && again.Key == f.Key, true)
	})
}

func TestWhatIsMadeReadyIsKeptWithThePublication(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		d := w.draft("Rockets")
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0, Freeze: func(*vedette.Update) ([]byte, error) { return nil, fmt.Errorf("no words") }})
		if err == nil {
			t.Fatal("published, with nothing ready")
		}
		got, err := w.o.Update(w.ctx, d.ID)
		w.ok(err)
		equal(t, "state", got.State, vedette.UpdateDraft)
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: d.ID, At: t0, Freeze: func(u *vedette.Update) ([]byte, error) { return fmt.Appendf(nil, "wrong %d", u.Number), nil }})
		w.ok(err)
		body, err := w.o.Retraction(w.ctx, u.Key)
		w.ok(err)
		equal(t, "made ready", string(body), "wrong 1")
		body, err = w.o.Retraction(w.ctx, w.publish("Floods", "", t0).Key)
		w.ok(err)
		equal(t, "nothing", len(body), 0)
	})
}
