package store_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// ring publishes an update that one person is called about, has the call taken
// by a gateway, and gives a call that nobody took.
func (w *world) ring(key int64) (*vedette.Update, store.Rung) {
	w.t.Helper()
	u := w.publish("Rockets", "", t0)
	f := w.lease("p")
	w.ok(w.o.PlanChunk(w.ctx, f, "p", store.Chunk{Variants: []vedette.Variant{{No: 1}}, Notices: []vedette.Notice{{Recipient: key, Variant: 1, Relation: vedette.RelationIn}},
		Deliveries: []vedette.Delivery{{Recipient: key, Address: vedette.AddressVoice, Channel: vedette.ChannelVoice}}}, t0, ttl))
	w.ok(w.o.FinishFanout(w.ctx, f, "p", t0))
	return u, store.Rung{Update: u.Key, Recipient: key, Round: 1, Address: vedette.AddressVoice, Detail: "the line was engaged", Again: t0.Add(time.Minute), At: t0}
}

func (w *world) rings(now time.Time) int {
	w.t.Helper()
	got, err := w.o.Claim(w.ctx, "a", 9, now, ttl, []vedette.Channel{vedette.ChannelVoice})
	w.ok(err)
	for _, c := range got {
		_, err := w.o.Settle(w.ctx, "a", []store.Outcome{{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"}}, now)
		w.ok(err)
	}
	return len(got)
}

// A phone that is engaged is rung three times, then the call has failed; how
// often is kept, whatever process rings.
func TestAPhoneIsRungThreeTimes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u, m := w.ring(keys[0])
		keep := []store.Ring{{Update: u.Key, Recipient: keys[0], Round: 1, Address: vedette.AddressVoice, Sealed: []byte("sealed words")}}
		missed := func() bool {
			moved, err := w.o.RingAgain(w.ctx, m)
			w.ok(err)
			return moved
		}
		w.ok(w.o.KeepRings(w.ctx, keep, t0))
		equal(t, "before it rang", missed(), false)
		equal(t, "rings", w.rings(t0), 1)
		equal(t, "engaged", missed(), true)
		equal(t, "told twice", missed(), false)
		equal(t, "not at once", w.rings(t0), 0)
		equal(t, "a minute later", w.rings(t0.Add(time.Minute)), 1)
		w.ok(w.o.KeepRings(w.ctx, keep, t0.Add(time.Minute)))
		equal(t, "missed so far", keep[0].Missed, 1)
		equal(t, "engaged", missed(), true)
		equal(t, "rings", w.rings(t0.Add(2*time.Minute)), 1)
		equal(t, "engaged", missed(), true)
		equal(t, "not a fourth time", w.rings(t0.Add(time.Hour)), 0)
		equal(t, "failed", w.tally(u).Deliveries[vedette.DeliveryFailed], 1)
		row, _, err := w.o.Delivery(w.ctx, u.Key, keys[0], vedette.AddressVoice)
		w.ok(err)
		equal(t, "and says so", row.Detail, "the line was engaged; rung 3 times")
		r, err := w.o.Ring(w.ctx, u.Key, keys[0], 1, vedette.AddressVoice)
		w.ok(err)
		equal(t, "words", string(r.Sealed), "sealed words")
		equal(t, "at", r.At, t0.Add(time.Minute))
		_, err = w.o.Ring(w.ctx, u.Key, keys[0], 2, vedette.AddressVoice)
		equal(t, "no such call", vedette.ErrorCode(err), vedette.CodeNotFound)

		p, err := w.o.PersonByKey(w.ctx, keys[0])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		r, err = w.o.Ring(w.ctx, u.Key, keys[0], 1, vedette.AddressVoice)
		w.ok(err)
		equal(t, "words of somebody erased", len(r.Sealed), 0)
	})
}

// Whoever answered another way is not rung again; who took the call and pressed
// no key has not been told; a key that was pressed stands.
func TestWhatACallProves(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u, m := w.ring(keys[0])
		w.ok(w.o.KeepRings(w.ctx, []store.Ring{{Update: u.Key, Recipient: keys[0], Round: 1, Address: vedette.AddressVoice}}, t0))
		equal(t, "rings", w.rings(t0), 1)
		m.Detail = "answered without a key"
		noted, err := w.o.Unheard(w.ctx, m)
		w.ok(err)
		equal(t, "noted", noted, true)
		equal(t, "no more than accepted", w.tally(u).Deliveries[vedette.DeliveryAccepted], 1)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplySafe, At: t0}, 0, nil))
		m.Detail = "nobody took it"
		moved, err := w.o.RingAgain(w.ctx, m)
		w.ok(err)
		equal(t, "moved", moved, true)
		equal(t, "not rung again", w.rings(t0.Add(time.Hour)), 0)

		v, m := w.ring(keys[1])
		w.ok(w.o.KeepRings(w.ctx, []store.Ring{{Update: v.Key, Recipient: keys[1], Round: 1, Address: vedette.AddressVoice}}, t0))
		equal(t, "rings", w.rings(t0), 1)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: v.Key, Recipient: keys[1], Round: 1, Address: vedette.AddressVoice, Arrived: true, Detail: "a key was pressed", At: t0})
		w.ok(err)
		for _, f := range []func() (bool, error){func() (bool, error) { return w.o.Unheard(w.ctx, m) }, func() (bool, error) { return w.o.RingAgain(w.ctx, m) }} {
			moved, err := f()
			w.ok(err)
			equal(t, "what a key moved stands", moved, false)
		}
		row, _, err := w.o.Delivery(w.ctx, v.Key, keys[1], vedette.AddressVoice)
		w.ok(err)
		equal(t, "detail", strings.Contains(row.Detail, "a key was pressed"), true)
	})
}
