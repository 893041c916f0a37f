package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// What is known of an address is of its value: an answer verifies it, a receipt
// says it is reached, a failure is kept beside; another value begins anew, and
// what comes late from the old one is not taken for the new.
func TestReach(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		value := func(key int64, hash string, at time.Time) {
			t.Helper()
			p, err := w.o.PersonByKey(w.ctx, key)
			w.ok(err)
			c := store.PersonChange{SealedPerson: store.SealedPerson{Key: key, Slots: p.Slots}, Hashes: map[int][]byte{1: []byte(hash)}}
			_, err = w.o.SavePeople(w.ctx, []store.PersonChange{c}, at)
			w.ok(err)
		}
		for _, k := range keys {
			value(k, "a", t0.Add(-time.Hour))
		}
		seq := w.seq()
		value(keys[0], "a", t0.Add(-time.Minute))
		equal(t, "the same value is no change", w.seq(), seq)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		got := w.claim("w", 9, t0.Add(time.Second))
		w.settle("w", "accept", got[:3], t0.Add(time.Second))
		_, err := w.o.Settle(w.ctx, "w", []store.Outcome{{Update: u.Key, Recipient: keys[3], Round: 1, Address: 1, Event: "fail", Detail: "550 no"}}, t0.Add(time.Second))
		w.ok(err)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1, Arrived: true, At: t0.Add(10 * time.Second)})
		w.ok(err)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0.Add(time.Hour)}, 1, nil))
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[1], Round: 1, Address: 1, Detail: "came back", At: t0.Add(time.Minute)})
		w.ok(err)
		value(keys[2], "b", t0.Add(time.Minute))
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[2], Kind: vedette.ReplySafe, At: t0.Add(time.Hour)}, 1, nil))

		list, err := w.o.Reaches(w.ctx, keys)
		w.ok(err)
		equal(t, "addresses", len(list), 4)
		a := list[0]
		equal(t, "heard", a.HeardAt, t0.Add(time.Hour))
		equal(t, "first after", a.HeardAfter, 10*time.Second)
		equal(t, "by", a.HeardBy, u.ID)
		equal(t, "as", a.HeardState, vedette.DeliveryAnswered)
		equal(t, "verified", a.VerifiedAt, t0.Add(time.Hour))
		equal(t, "no drill", a.HeardDrill, false)
		equal(t, "came back", list[1].FailedAt, t0.Add(time.Minute))
		equal(t, "and was not heard", list[1].HeardAt.IsZero(), true)
		equal(t, "another value", list[2].HeardAt.IsZero() && list[2].VerifiedAt.IsZero(), true)
		equal(t, "since", list[2].Since, t0.Add(time.Minute))
		equal(t, "refused", list[3].FailedWhy, "550 no")

		p, err := w.o.PersonByKey(w.ctx, keys[0])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		list, err = w.o.Reaches(w.ctx, keys[:1])
		w.ok(err)
		equal(t, "erased", len(list), 0)
	})
}

// Whoever keeps what is known of people and of how they are reached hears of whatever may
// have changed it, and of nothing else.
func TestHowPeopleAreReachedIsSaidToChange(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("Rockets", "", t0)
		seq, _, err := w.o.ReachSince(w.ctx, 0)
		w.ok(err)
		bounce := func(of int64, dead string, arrived bool) func() error {
			b := store.Bounce{Update: u.Key, Recipient: of, Round: 1, Address: 1, Detail: "came back", Dead: []byte(dead), Arrived: arrived, At: t0.Add(time.Hour)}
			if dead == "" {
				b.Dead = nil
			}
			return func() error { _, err := w.o.Bounce(w.ctx, b); return err }
		}
		for _, step := range []struct {
			what string
			do   func() error
			want bool
		}{
			{"nothing", func() error { return nil }, false},
			{"a draft", func() error { w.draft("Storm"); return nil }, false},
			{"notices", func() error { w.plan(u, keys); return nil }, true},
			{"sending", func() error { w.settle("w", "accept", w.claim("w", 9, t0), t0); return nil }, true},
			{"a receipt", bounce(keys[0], "", true), true},
			{"an answer", func() error {
				return w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0.Add(time.Hour)}, 1, nil)
			}, true},
			{"who may sign in", func() error { _, err := w.user("ada", vedette.RoleAnalyst, 1, true); return err }, false},
			{"what came back of one that was answered", bounce(keys[0], "", false), false},
			{"that it is no mailbox", bounce(keys[0], "a", false), true},
			{"that once more", bounce(keys[0], "a", false), false},
			{"that it is one", func() error { return w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0.Add(2*time.Hour)) }, true},
			{"people", func() error { w.people(1); return nil }, true},
		} {
			w.ok(step.do())
			var changed bool
			seq, changed, err = w.o.ReachSince(w.ctx, seq)
			w.ok(err)
			equal(t, step.what, changed, step.want)
			equal(t, step.what+": the log's end", seq, w.seq())
		}
	})
}

// A drill goes out like any update and never stands.
func TestADrillNeverStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := &vedette.Update{Status: vedette.StatusTest, Drill: &vedette.Drill{All: true}, Content: vedette.Content{Title: "Drill"}}
		w.ok(w.o.SaveDraft(w.ctx, u, t0))
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, Lane: vedette.LaneDrill, At: t0})
		w.ok(err)
		equal(t, "kept", u.Drill != nil && u.Drill.All, true)
		all, err := w.o.Standing(w.ctx)
		w.ok(err)
		equal(t, "stands", len(all), 0)
		w.plan(u, keys[:2])
		w.settle("w", "accept", w.claim("w", 1, t0), t0)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0.Add(time.Minute)}, 1, nil))
		in, err := w.o.Drilled(w.ctx, keys)
		w.ok(err)
		equal(t, "were in it", len(in), 2)
		equal(t, "answered", in[keys[0]].State, vedette.DeliveryAnswered)
		equal(t, "waits", in[keys[1]].State, vedette.DeliveryQueued)
		equal(t, "when", in[keys[1]].At, t0)
		open := func(key int64, over vedette.Channel) bool {
			is, err := w.o.DrillOpen(w.ctx, key, over, t0)
			w.ok(err)
			return is
		}
		equal(t, "answered, no more open", open(keys[0], vedette.ChannelEmail), false)
		equal(t, "not sent yet", open(keys[1], vedette.ChannelEmail), false)
		w.settle("w", "accept", w.claim("w", 1, t0), t0)
		equal(t, "open", open(keys[1], vedette.ChannelEmail), true)
		equal(t, "over another channel", open(keys[1], vedette.ChannelSMS), false)
		list, err := w.o.Reaches(w.ctx, keys[:1])
		w.ok(err)
		equal(t, "by a drill", list[0].HeardDrill, true)
		canary := vedette.NewCanary(vedette.CanaryPlan{}, vedette.NewID(t0), t0)
		w.ok(w.o.SaveDraft(w.ctx, canary, t0))
		_, err = w.o.Publish(w.ctx, store.PublishOrder{Update: canary.ID, Lane: vedette.LaneCanary(), At: t0})
		w.ok(err)
		drills, err := w.o.Drills(w.ctx, 10)
		w.ok(err)
		equal(t, "listed, without the canary", len(drills) == 1 && drills[0].ID == u.ID, true)
	})
}
