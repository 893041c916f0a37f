package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// wished plans deliveries of an update as its readers wish.
func (w *world) wished(u *vedette.Update, keys []int64, ways ...vedette.Delivery) {
	w.t.Helper()
	c := chunk(keys)
	c.Deliveries = nil
	for _, k := range keys {
		for _, d := range ways {
			d.Update, d.Recipient, d.State = u.Key, k, vedette.DeliveryQueued
			c.Deliveries = append(c.Deliveries, d)
		}
	}
	f := w.lease("planner")
	w.ok(w.o.PlanChunk(w.ctx, f, "planner", c, t0, ttl))
	w.ok(w.o.FinishFanout(w.ctx, f, "planner", t0))
}

// What is gathered for somebody is claimed whole, by nobody else, and leaves out
// what is overtaken or stopped.
func TestADigestIsClaimedWhole(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		at := t0.Add(8 * time.Hour)
		gathered := vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail, Lane: vedette.LaneDigest, DueAt: at, MeantAt: at, Detail: "in their digest"}
		first := w.publish("First", "", t0)
		w.wished(first, keys, gathered)
		second := w.publish("Second", "", t0)
		w.wished(second, keys, gathered)
		wrong := w.publish("Wrong", "", t0)
		w.wished(wrong, keys, gathered)
		_, err := w.o.Stop(w.ctx, wrong.ID, "wrong", t0)
		w.ok(err)

		digests := func(n int, now time.Time) []store.Claimed {
			got, err := w.o.ClaimDigests(w.ctx, "a", n, now, ttl)
			w.ok(err)
			return got
		}
		equal(t, "before its time", len(digests(9, t0)), 0)
		waits, err := w.o.Waiting(w.ctx, first.Key, t0)
		w.ok(err)
		equal(t, "told to wait", fmt.Sprint(waits.Quiet, waits.Digest, waits.Next, waits.DigestAt.Equal(at)), "0 5 0 true")
		plain, err := w.o.Claim(w.ctx, "a", 99, at, ttl, []vedette.Channel{vedette.ChannelEmail})
		w.ok(err)
		equal(t, "by whoever sends one by one", len(plain), 0)

		// A newer word of the first situation that is being planned holds them all.
		newer := w.publish("Newer", first.Situation.ID, t0)
		equal(t, "while a newer one is planned", len(digests(9, at)), 0)
		w.wished(newer, keys[:1], gathered)

		got := digests(2, at)
		of := map[int64]int{}
		for _, c := range got {
			of[c.Recipient]++
			equal(t, "meant", c.MeantAt, at)
			if c.Recipient == keys[0] && c.Update == first.Key || c.Update == wrong.Key {
				t.Errorf("what is overtaken, or stopped, is in the digest of %d: %d", c.Recipient, c.Update)
			}
		}
		equal(t, "two people's", fmt.Sprint(len(of), of[keys[0]], of[keys[1]]), "2 2 2")
		var outs []store.Outcome
		for _, c := range got {
			outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"})
		}
		settled, err := w.o.Settle(w.ctx, "a", outs, at)
		w.ok(err)
		equal(t, "settled", settled, 4)
		equal(t, "the others'", len(digests(9, at)), 6)
		equal(t, "nothing twice", len(digests(9, at)), 0)

		// The mail comes back: all that it said did not get there.
		moved, err := w.o.Bounce(w.ctx, store.Bounce{Update: second.Key, Recipient: keys[1], Round: 1, Address: 1, Detail: "no such user", At: at})
		w.ok(err)
		equal(t, "moved", moved, true)
		for _, u := range []int64{first.Key, second.Key} {
			d, _, err := w.o.Delivery(w.ctx, u, keys[1], 1)
			w.ok(err)
			equal(t, "came back", d.State, vedette.DeliveryFailed)
			d, _, err = w.o.Delivery(w.ctx, u, keys[0], 1)
			w.ok(err)
			if u == second.Key {
				equal(t, "another's did not", d.State, vedette.DeliveryAccepted)
			}
		}
	})
}

// The next channel waits for what becomes of the one before.
func TestTheNextChannelGoesWhereTheFirstDidNotReachThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		reached, failed, silent, returned := keys[0], keys[1], keys[2], keys[3]
		later := t0.Add(30 * time.Minute)
		u := w.publish("News", "", t0)
		w.wished(u, keys, vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail},
			vedette.Delivery{Address: 2, Channel: vedette.ChannelSMS, DueAt: later, MeantAt: later, Held: true})
		claim := func(over vedette.Channel, now time.Time) (who []int64) {
			got, err := w.o.Claim(w.ctx, "a", 99, now, ttl, []vedette.Channel{over})
			w.ok(err)
			var outs []store.Outcome
			for _, c := range got {
				who = append(who, c.Recipient)
				outs = append(outs, store.Outcome{Update: u.Key, Recipient: c.Recipient, Round: 1, Address: c.Address, Event: "accept"})
			}
			if over == vedette.ChannelSMS {
				_, err = w.o.Settle(w.ctx, "a", outs, now)
				w.ok(err)
			}
			return who
		}
		equal(t, "mailed", len(claim(vedette.ChannelEmail, t0)), 4)
		equal(t, "texted", len(claim(vedette.ChannelSMS, t0)), 0)
		outs := make([]store.Outcome, 4)
		for i, k := range keys {
			outs[i] = store.Outcome{Update: u.Key, Recipient: k, Round: 1, Address: 1, Event: map[bool]string{true: "fail", false: "accept"}[k == failed]}
		}
		_, err := w.o.Settle(w.ctx, "a", outs, t0)
		w.ok(err)
		equal(t, "texted once the mail failed", fmt.Sprint(claim(vedette.ChannelSMS, t0)), fmt.Sprint([]int64{failed}))
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: reached, Round: 1, Address: 1, At: t0, Arrived: true})
		w.ok(err)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: returned, Round: 1, Address: 1, At: t0, Detail: "no such user"})
		w.ok(err)
		equal(t, "texted once the mail came back", fmt.Sprint(claim(vedette.ChannelSMS, t0)), fmt.Sprint([]int64{returned}))
		equal(t, "texted after half an hour", fmt.Sprint(claim(vedette.ChannelSMS, later)), fmt.Sprint([]int64{silent}))
		d, _, err := w.o.Delivery(w.ctx, u.Key, reached, 2)
		w.ok(err)
		equal(t, "withheld of whom it reached", fmt.Sprint(d.State, " ", d.Detail), "withheld reached over another channel")
	})
}

// Whose word waits in a digest, or went in one, was told by that alone.
func TestWhoWasToldByADigest(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		at := t0.Add(8 * time.Hour)
		gathered := vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail, Lane: vedette.LaneDigest, DueAt: at, MeantAt: at}
		u := w.publish("First", "", t0)
		w.wished(u, keys[:2], gathered)
		v := w.publish("Second", u.Situation.ID, t0)
		w.plan(v, keys[1:])
		_, err := w.o.ClaimDigests(w.ctx, "a", 1, at, ttl)
		w.ok(err)
		got := ""
		w.ok(w.o.Warned(w.ctx, u.Situation.ID, func(l store.LastTold) { got += fmt.Sprintf("%d of %d: %t; ", l.Recipient, l.Number, l.Gathered) }))
		equal(t, "by a digest", got, fmt.Sprintf("%d of 1: true; %d of 2: false; %d of 1: true; %d of 2: false; ", keys[0], keys[1], keys[1], keys[2]))
	})
}

// An answer to a digest is about the newest of it that stands and asks.
func TestWhatAnAnswerToADigestIsAbout(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		at := t0.Add(8 * time.Hour)
		gathered := vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail, Lane: vedette.LaneDigest, DueAt: at, MeantAt: at}
		var us []*vedette.Update
		for _, title := range []string{"First", "Second", "Third"} {
			u := w.publish(title, "", t0)
			w.wished(u, keys, gathered)
			us = append(us, u)
		}
		about := func() string {
			of, in, err := w.o.DigestOf(w.ctx, vedette.Delivery{Update: us[0].Key, Recipient: keys[0], Round: 1, Address: 1}, t0)
			w.ok(err)
			last, some, err := w.o.LastDigest(w.ctx, keys[0], t0)
			w.ok(err)
			return fmt.Sprint(in, of.Update, some, last.Update)
		}
		equal(t, "not sent yet", about(), "false 0 false 0")
		claimed, err := w.o.ClaimDigests(w.ctx, "a", 2, at, ttl)
		w.ok(err)
		w.settle("a", "accept", claimed, at)
		equal(t, "the newest", about(), fmt.Sprint(true, us[2].Key, true, us[2].Key))
		_, err = w.o.Stop(w.ctx, us[2].ID, "wrong", at)
		w.ok(err)
		equal(t, "the newest that stands", about(), fmt.Sprint(true, us[1].Key, true, us[1].Key))
		w.publish("Second again", us[1].Situation.ID, at)
		equal(t, "overtaken, the one before", about(), fmt.Sprint(true, us[0].Key, true, us[0].Key))
		_, in, err := w.o.DigestOf(w.ctx, vedette.Delivery{Update: us[0].Key, Recipient: keys[0], Round: 2, Address: 1}, t0)
		w.ok(err)
		equal(t, "of no digest", in, false)
	})
}
