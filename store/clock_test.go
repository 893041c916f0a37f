package store_test

import (
	"testing"
	"time"

	"vedette"
)

func TestClock(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		at, err := w.s.Clock(w.ctx)
		w.ok(err)
		if w.s.Engine() == "sqlite" {
			equal(t, "there is no server", at.IsZero(), true)
			return
		}
		if by := time.Since(at).Abs(); by > time.Minute {
			t.Errorf("the server of this machine is %v off", by)
		}
	})
}

func TestHasten(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		w.plan(w.publish("Strike", "", t0), keys)
		ahead := t0.Add(3 * time.Hour)
		equal(t, "leased by a clock that is ahead", len(w.claim("a", 2, ahead)), 2)
		n, err := w.o.Hasten(w.ctx, t0, time.Hour)
		w.ok(err)
		equal(t, "hastened", n, 2)
		equal(t, "all are due", len(w.claim("b", 10, t0)), 3)
		n, err = w.o.Hasten(w.ctx, t0, time.Hour)
		w.ok(err)
		equal(t, "a lease of now is left alone", n, 0)
	})
}

// A restart sends nothing in somebody's quiet hours; what a clock that was
// wrong put off for days does not wait for that.
func TestWhatWaitsByWishIsNotHastened(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		for _, c := range []struct {
			wait time.Duration
			want int
		}{{8 * time.Hour, 0}, {72 * time.Hour, 2}} {
			at := t0.Add(c.wait)
			w.wished(w.publish("Strike", "", t0), keys, vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail, DueAt: at, MeantAt: at, Detail: "their quiet hours"})
			n, err := w.o.Hasten(w.ctx, t0, time.Hour)
			w.ok(err)
			equal(t, c.wait.String(), n, c.want)
		}
	})
}
