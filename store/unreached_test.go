package store_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func (w *world) unreached() (out []vedette.Task) {
	w.t.Helper()
	out, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskUnreached})
	w.ok(err)
	return out
}

// Somebody whom an update did not get to at any address is a task, once.
func TestWhoIsNotReachedIsATask(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		f := w.lease("p")
		c := chunk(keys)
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: keys[0], Address: 2, Channel: vedette.ChannelSMS})
		w.ok(w.o.PlanChunk(w.ctx, f, "p", c, t0, ttl))
		w.ok(w.o.FinishFanout(w.ctx, f, "p", t0))
		got := w.claim("a", 9, t0) // mails
		texts, err := w.o.Claim(w.ctx, "a", 9, t0, ttl, []vedette.Channel{vedette.ChannelSMS})
		w.ok(err)
		w.settle("a", "fail", got[:1], t0)
		equal(t, "another address of theirs waits", len(w.unreached()), 0)
		w.settle("a", "accept", texts, t0)
		w.settle("a", "accept", got[1:2], t0)
		equal(t, "and took it", len(w.unreached()), 0)
		seq := w.seq()
		w.settle("a", "fail", got[2:3], t0)
		equal(t, "log", w.log(seq), "task made\ndelivery settled")
		list := w.unreached()
		equal(t, "tasks", len(list), 1)
		equal(t, "about", list[0].About, u.ID)
		equal(t, "due", list[0].DueAt, t0.Add(time.Hour))
		equal(t, "its words", strings.Contains(list[0].Question, "vedette status "+string(u.ID)+" --people failed"), true)

		// What came back later is none of another task, while that one is open.
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[1], Round: 1, Address: 1, Detail: "came back", At: t0})
		w.ok(err)
		equal(t, "tasks", len(w.unreached()), 1)
		_, err = w.o.DecideTask(w.ctx, list[0].ID, "done", "Ada", "rang them", nil, t0)
		w.ok(err)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[0], Round: 1, Address: 2, Detail: "came back", At: t0})
		w.ok(err)
		equal(t, "and then it is", len(w.unreached()), 1)
	})
}

// A correction halts the planning of what it corrects. Stopped itself, that
// stands again, and whom it was not planned for is a task.
func TestWhomNobodyPlannedForAnyMoreIsATask(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.publish("Rockets", "", t0)
		c, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("No rockets").ID, Corrects: first.ID, At: t0})
		w.ok(err)
		equal(t, "tasks", len(w.unreached()), 0)
		_, err = w.o.Stop(w.ctx, c.ID, "wrong", t0)
		w.ok(err)
		list := w.unreached()
		equal(t, "tasks", len(list), 1)
		equal(t, "about", list[0].About, first.ID)
	})
}
