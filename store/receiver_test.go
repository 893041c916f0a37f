package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// system adds a hook, and an update that it is to be told.
func (w *world) system(titles ...string) (hook int64, us []*vedette.Update) {
	w.t.Helper()
	h, err := w.o.AddHook(w.ctx, store.SealedHook{Sealed: []byte("x")}, t0)
	w.ok(err)
	for _, title := range titles {
		u := w.publish(title, "", t0)
		f := w.lease("p")
		w.ok(w.o.PlanChunk(w.ctx, f, "p", store.Chunk{Variants: []vedette.Variant{{No: 1}}, Notices: []vedette.Notice{{Recipient: h.Key, Variant: 1}},
			Deliveries: []vedette.Delivery{{Recipient: h.Key, Address: 1, Channel: vedette.ChannelWebhook}}}, t0, ttl))
		w.ok(w.o.FinishFanout(w.ctx, f, "p", t0))
		us = append(us, u)
	}
	return h.Key, us
}

func (w *world) claimHooks(now time.Time) []store.Claimed {
	w.t.Helper()
	got, err := w.o.Claim(w.ctx, "a", 9, now, ttl, []vedette.Channel{vedette.ChannelWebhook})
	w.ok(err)
	return got
}

func TestHowASystemDoesIsNoted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		hook, _ := w.system("Rockets")
		of := func() store.Receiver {
			all, err := w.o.Receivers(w.ctx)
			w.ok(err)
			return all[hook]
		}
		equal(t, "not tried", of(), store.Receiver{})
		now := t0
		for i := range 6 {
			now = t0.Add(time.Duration(i) * 15 * time.Minute)
			got := w.claimHooks(now)
			equal(t, "claimed", len(got), 1)
			_, err := w.o.Settle(w.ctx, "a", []store.Outcome{{Update: got[0].Update, Recipient: hook, Round: 1, Address: 1, Event: "retry", Detail: "HTTP 500", DueAt: now}}, now)
			w.ok(err)
			// One that was passed over is no try.
			got = w.claimHooks(now)
			_, err = w.o.Settle(w.ctx, "a", []store.Outcome{{Update: got[0].Update, Recipient: hook, Round: 1, Address: 1, Event: "retry", DueAt: now, Untried: true}}, now)
			w.ok(err)
		}
		equal(t, "state", of(), store.Receiver{Hook: hook, Failures: 6, Since: t0, Last: now, Detail: "HTTP 500"})
		tasks, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskReceiver})
		w.ok(err)
		equal(t, "tasks", len(tasks), 1)
		equal(t, "its words", strings.Contains(tasks[0].Question, "it has taken nothing since "+t0.UTC().Format("2 Jan 2006 15:04")), true)
		w.settle("a", "accept", w.claimHooks(now), now)
		equal(t, "well", of(), store.Receiver{Hook: hook, TookAt: now})
	})
}

// A system that takes many a second is noted once in a second; what it does not
// take is noted at once, and that it takes again as well.
func TestThatASystemIsWellIsNotedNowAndThen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		hook, _ := w.system("One", "Two", "Three", "Four", "Five", "Six")
		for i, step := range []struct {
			after time.Duration
			event string
			want  store.Receiver
		}{
			{0, "accept", store.Receiver{TookAt: t0}},
			{300 * time.Millisecond, "accept", store.Receiver{TookAt: t0}},
			{1100 * time.Millisecond, "accept", store.Receiver{TookAt: t0.Add(1100 * time.Millisecond)}},
			{1200 * time.Millisecond, "doubt", store.Receiver{TookAt: t0.Add(1100 * time.Millisecond), Failures: 1, Since: t0.Add(1200 * time.Millisecond), Last: t0.Add(1200 * time.Millisecond)}},
			{1300 * time.Millisecond, "accept", store.Receiver{TookAt: t0.Add(1300 * time.Millisecond)}},
			{time.Second, "accept", store.Receiver{TookAt: t0.Add(time.Second)}}, // the clock went back
		} {
			now := t0.Add(step.after)
			got, err := w.o.Claim(w.ctx, "a", 1, now, ttl, []vedette.Channel{vedette.ChannelWebhook})
			w.ok(err)
			w.settle("a", step.event, got, now)
			all, err := w.o.Receivers(w.ctx)
			w.ok(err)
			step.want.Hook, step.want.Detail = hook, all[hook].Detail
			equal(t, fmt.Sprint("after step ", i), all[hook], step.want)
		}
	})
}

func TestASystemIsToldAgainWhatItDidNotTake(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		hook, us := w.system("Taken", "Refused", "In doubt", "Stopped", "Waiting")
		got := w.claimHooks(t0)
		equal(t, "claimed", len(got), 5)
		for i, event := range []string{"accept", "fail", "doubt", "fail", "retry"} {
			w.settle("a", event, got[i:i+1], t0)
		}
		_, err := w.o.Stop(w.ctx, us[3].ID, "wrong", t0)
		w.ok(err)
		missed := func(r store.Replay) (out []int64) {
			r.Hook = hook
			list, err := w.o.Missed(w.ctx, r)
			w.ok(err)
			for _, m := range list {
				out = append(out, m.Update-us[0].Key)
			}
			return out
		}
		equal(t, "missed", line(missed(store.Replay{})), "[1 2]")
		equal(t, "all", line(missed(store.Replay{All: true})), "[0 1 2]")
		equal(t, "of one", line(missed(store.Replay{Update: us[2].Key})), "[2]")
		equal(t, "since", len(missed(store.Replay{Since: t0.Add(time.Second)})), 0)
		n, err := w.o.Replay(w.ctx, store.Replay{Hook: hook}, t0)
		w.ok(err)
		equal(t, "told again", n, 2)
		again := w.claimHooks(t0)
		equal(t, "claimed", line(len(again), again[0].Update == us[1].Key, again[0].Fanout == got[1].Fanout, again[0].Attempts), "2 true true 0")
		equal(t, "what may have been taken stays in doubt", line(again[1].Update == us[2].Key, again[1].Doubts), line(true, got[2].Doubts))
	})
}

// Of several tries settled at once the order counts: what a system took makes it
// well, and what it did not take after that counts from there.
func TestTriesSettledTogetherKeepTheirOrder(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		hook, us := w.system("One", "Two", "Three", "Four")
		got := w.claimHooks(t0)
		equal(t, "claimed", len(got), len(us))
		outs := make([]store.Outcome, len(got))
		for i, c := range got {
			outs[i] = store.Outcome{Update: c.Update, Recipient: hook, Round: 1, Address: 1, Event: "retry", Detail: "HTTP 500", DueAt: t0.Add(time.Hour)}
		}
		outs[1].Event, outs[1].Detail, outs[1].DueAt = "accept", "HTTP 204", time.Time{}
		seq := w.seq()
		_, err := w.o.Settle(w.ctx, "a", outs, t0)
		w.ok(err)
		equal(t, "log rows, one for each update", w.seq()-seq, int64(len(us)))
		all, err := w.o.Receivers(w.ctx)
		w.ok(err)
		equal(t, "how it does", all[hook], store.Receiver{Hook: hook, Failures: 2, Since: t0, Last: t0, TookAt: t0, Detail: "HTTP 500"})
	})
}
