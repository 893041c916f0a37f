package store_test

import (
	"testing"
	"time"

	"vedette"
)

// Whoever keeps what people were told in a situation hears of whatever may
// have changed it, and of nothing else.
func TestWhatPeopleWereToldIsSaidToChange(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		first := w.publish("One", "", t0)
		other := w.publish("Elsewhere", "", t0)
		seq := int64(0)
		for _, step := range []struct {
			what string
			do   func()
			want bool
		}{
			{"what was before", func() {}, true},
			{"nothing", func() {}, false},
			{"notices", func() { w.plan(first, keys[:2]) }, true},
			{"notices of another", func() { w.plan(other, keys[2:]) }, false},
			{"results", func() { w.settle("a", "accept", w.claim("a", 2, t0), t0) }, true},
			{"people", func() { w.people(1) }, false},
			{"a draft", func() { w.draft("Two") }, false},
			{"one is seen", func() { w.ok(w.o.Seen(w.ctx, first.Key, keys[1], vedette.AddressEmail, t0.Add(time.Minute))) }, true},
			{"an answer", func() {
				w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: first.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0}, vedette.AddressEmail, nil))
			}, true},
			{"telling again", func() { w.again(first, vedette.CauseAgain, keys[1:2]) }, true},
			{"a newer update", func() { w.publish("Two", first.Situation.ID, t0) }, true},
			{"a stop of another", func() { _, err := w.o.Stop(w.ctx, other.ID, "wrong", t0); w.ok(err) }, false},
		} {
			step.do()
			next, changed, err := w.o.ToldSince(w.ctx, first.Situation.ID, seq)
			w.ok(err)
			equal(t, step.what, changed, step.want)
			equal(t, step.what+": the log's end", next, w.seq())
			seq = next
		}
	})
}
