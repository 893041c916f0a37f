package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A claim's answer may be lost with the connection: what its worker does not know of
// is given back, and nothing else, without another doubt.
func TestWhatNeverCameToItsWorkerIsGivenBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(6)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.claim("a", 1, t0)
		mine, others := w.claim("a", 4, t0.Add(ttl/2)), w.claim("b", 1, t0.Add(ttl/2))
		equal(t, "claimed", fmt.Sprint(len(mine), len(others)), "4 1")
		now := t0.Add(ttl + time.Second) // the lease of the very first is over
		give := func(over vedette.Channel, held ...store.DeliveryKey) int {
			n, err := w.o.GiveBack(w.ctx, "a", []vedette.Channel{over}, held, now, now.Add(time.Second))
			w.ok(err)
			return n
		}
		known := store.DeliveryKey{Update: u.Key, Recipient: mine[0].Recipient, Round: 1, Address: mine[0].Address}
		equal(t, "over another channel", give(vedette.ChannelSMS, known), 0)
		equal(t, "given back", give(vedette.ChannelEmail, known), 3)
		equal(t, "once", give(vedette.ChannelEmail, known), 0)
		got := w.claim("c", 9, now)
		equal(t, "due at once is the lapsed one alone, in doubt", fmt.Sprint(len(got), got[0].Doubts), "1 1")
		got = w.claim("c", 9, now.Add(time.Second))
		equal(t, "due a little later", len(got), 3)
		for _, c := range got {
			equal(t, "in doubt", c.Doubts, 0)
			equal(t, "not what it knows of", c.Recipient != known.Recipient, true)
		}
		equal(t, "what it knows of is settled", w.settle("a", "accept", mine[:1], now), 1)
	})
}

func TestLettersAndDigestsThatNeverCameAreGivenBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		gathered := vedette.Delivery{Address: 1, Channel: vedette.ChannelEmail, Lane: vedette.LaneDigest, DueAt: t0, MeantAt: t0}
		w.wished(w.publish("First", "", t0), keys, gathered)
		w.callsForHelp()
		w.furnishCallout()
		digests := func(worker string, now time.Time) string {
			got, err := w.o.ClaimDigests(w.ctx, worker, 9, now, ttl)
			w.ok(err)
			return lines(got, func(c store.Claimed) string { return fmt.Sprint("doubts ", c.Doubts) })
		}
		letters := func(worker string, now time.Time) string {
			got, err := w.o.ClaimLetters(w.ctx, worker, vedette.ChannelEmail, 9, now, ttl)
			w.ok(err)
			return lines(got, func(l store.ClaimedLetter) string { return fmt.Sprint("doubts ", l.Doubts) })
		}
		equal(t, "claimed", digests("a", t0)+"; "+letters("a", t0), "doubts 0\ndoubts 0; doubts 0")
		now := t0.Add(ttl / 2)
		for _, worker := range []string{"b", "a"} {
			_, err := w.o.GiveBack(w.ctx, worker, mail, nil, now, now)
			w.ok(err)
			equal(t, "digests are not given back with what is sent one by one", digests("c", now), "")
			n, err := w.o.GiveBackDigests(w.ctx, worker, false, now, now)
			w.ok(err)
			m, err := w.o.GiveBackLetters(w.ctx, worker, vedette.ChannelEmail, false, now, now)
			w.ok(err)
			want := map[string]string{"b": "0 0", "a": "2 1"}[worker]
			equal(t, "of "+worker, fmt.Sprint(n, " ", m), want)
		}
		equal(t, "claimed again", digests("c", now)+"; "+letters("c", now), "doubts 0\ndoubts 0; doubts 0")
		n, err := w.o.GiveBackDigests(w.ctx, "c", false, now.Add(2*ttl), now)
		w.ok(err)
		m, err := w.o.GiveBackLetters(w.ctx, "c", vedette.ChannelEmail, false, now.Add(2*ttl), now)
		w.ok(err)
		equal(t, "of a lease that has lapsed", fmt.Sprint(n, m), "0 0")
		_, err = w.o.GiveBackDigests(w.ctx, "c", true, now, now)
		w.ok(err)
		_, err = w.o.GiveBackLetters(w.ctx, "c", vedette.ChannelEmail, true, now, now)
		w.ok(err)
		equal(t, "some may have been sent", digests("d", now)+"; "+letters("d", now), "doubts 1\ndoubts 1; doubts 1")
	})
}

// The lease of a fan-out that failed ends soon, of one that is being planned not, nor
// is one that ends before kept for longer.
func TestFanOutsThatAreNotPlannedAreLetGo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, title := range []string{"First", "Second", "Others'"} {
			w.publish(title, "", t0)
		}
		first, second := w.lease("a"), w.lease("a")
		w.lease("b")
		leased := func(at time.Time) string {
			f, err := w.o.LeaseFanout(w.ctx, "c", at, time.Millisecond)
			w.ok(err)
			if f == nil {
				return "none"
			}
			return map[int64]string{first.Key: "first", second.Key: "second"}[f.Key]
		}
		w.ok(w.o.ShortenFanouts(w.ctx, "a", []int64{first.Key}, t0.Add(time.Second)))
		w.ok(w.o.ShortenFanouts(w.ctx, "a", []int64{first.Key}, t0.Add(2*time.Second)))
		equal(t, "before", leased(t0), "none")
		equal(t, "then", leased(t0.Add(time.Second)), "second")
		w.ok(w.o.ShortenFanouts(w.ctx, "a", nil, t0.Add(3*time.Second)))
		equal(t, "nothing is planned", leased(t0.Add(3*time.Second)), "first")
	})
}
