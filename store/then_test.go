package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// How an update stood at a moment: nothing of later counts, what the last evidence hides is
// doubtful, and as of now the counts of persons are those of the tally.
func TestHowAnUpdateStoodThen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		minute := func(n int) time.Time { return t0.Add(time.Duration(n) * time.Minute) }
		got := w.claim("a", 4, minute(10))
		w.settle("a", "accept", got, minute(10))
		evidence := func(key int64, n int) {
			t.Helper()
			w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: key, Kind: vedette.ReplySafe, At: minute(n)}, vedette.AddressEmail, nil))
		}
		evidence(got[0].Recipient, 20)
		evidence(got[1].Recipient, 40)
		evidence(got[0].Recipient, 50)
		at := func(n int) string {
			by, err := w.o.TalliesThen(w.ctx, u.Key, minute(n))
			w.ok(err)
			sum := store.TallyThen{}
			for _, t := range by {
				sum.Tally.Add(t.Tally)
				sum.Doubtful += t.Doubtful
			}
			d := sum.Deliveries
			return fmt.Sprintf("%d concerned, %d waits, %d accepted, %d doubtful, %d told, %d safe, %d silent", sum.Concerned,
				d[vedette.DeliveryQueued], d[vedette.DeliveryAccepted]-sum.Doubtful, sum.Doubtful, sum.Told(), sum.Answers[vedette.ReplySafe], sum.Silent)
		}
		for n, want := range map[int]string{
			-1: "0 concerned, 0 waits, 0 accepted, 0 doubtful, 0 told, 0 safe, 0 silent",
			5:  "5 concerned, 5 waits, 0 accepted, 0 doubtful, 0 told, 0 safe, 5 silent",
			15: "5 concerned, 1 waits, 2 accepted, 2 doubtful, 0 told, 0 safe, 5 silent",
			30: "5 concerned, 1 waits, 2 accepted, 1 doubtful, 1 told, 1 safe, 4 silent",
			60: "5 concerned, 1 waits, 2 accepted, 0 doubtful, 2 told, 2 safe, 3 silent",
		} {
			equal(t, fmt.Sprint("after ", n), at(n), want)
		}
		now, err := w.o.Tally(w.ctx, u.Key)
		if w.ok(err); now.Told() != 2 || now.Silent != 3 || now.Deliveries[vedette.DeliveryQueued] != 1 {
			t.Errorf("now: %+v", now)
		}
	})
}

// What stood at a moment: the newest of each situation by then, unless it was stopped or
// ended by then.
func TestWhatStoodThen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.publish("Rockets", "", t0)
		second := w.publish("Rockets again", first.Situation.ID, t0.Add(time.Hour))
		w.publish("Floods", "", t0.Add(2*time.Hour))
		_, err := w.o.Stop(w.ctx, second.ID, "over", t0.Add(3*time.Hour))
		w.ok(err)
		for hours, want := range map[int]string{-1: "", 0: "Rockets", 1: "Rockets again", 2: "Floods, Rockets again", 3: "Floods, Rockets"} {
			list, err := w.o.StoodThen(w.ctx, t0.Add(time.Duration(hours)*time.Hour))
			w.ok(err)
			got := ""
			for i, u := range list {
				if i > 0 {
					got += ", "
				}
				got += u.Content.Title
			}
			equal(t, fmt.Sprint("after hours: ", hours), got, want)
		}
		stands, err := w.o.Standing(w.ctx)
		if w.ok(err); len(stands) != 2 {
			t.Errorf("%d stand", len(stands))
		}
	})
}
