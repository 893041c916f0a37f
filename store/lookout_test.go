package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// look makes a chunk of the lookout that tells people of updates.
func look(cause vedette.Cause, us []*vedette.Update, keys ...int64) store.LookChunk {
	c := store.LookChunk{Variants: map[int64][]vedette.Variant{}, Seq: 7, Place: keys[len(keys)-1], AheadUntil: t0.Add(time.Hour)}
	for _, u := range us {
		c.Variants[u.Key] = []vedette.Variant{{No: 1, Risk: vedette.RiskHigh, Areas: []vedette.AreaID{"IQ"}}}
		for _, k := range keys {
			c.Notices = append(c.Notices, vedette.Notice{Update: u.Key, Recipient: k, Cause: cause, Relation: vedette.RelationIn, Variant: 1})
			c.Deliveries = append(c.Deliveries, vedette.Delivery{Update: u.Key, Recipient: k, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: t0})
		}
	}
	return c
}

func (w *world) lookout(worker string, now time.Time) *store.Lookout {
	w.t.Helper()
	l, err := w.o.LeaseLookout(w.ctx, worker, now, ttl)
	w.ok(err)
	return l
}

func TestOneWorkerHasTheLookout(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(3)
		seq := w.seq()
		l := w.lookout("a", t0)
		equal(t, "it begins where the log is", *l, store.Lookout{Seq: seq, AheadUntil: t0})
		equal(t, "no log row for it", w.seq(), seq)
		equal(t, "another", w.lookout("b", t0) == nil, true)
		equal(t, "the same again", *w.lookout("a", t0.Add(ttl/2)), *l)
		equal(t, "for longer", w.lookout("b", t0.Add(ttl)) == nil, true)
		u := w.publish("Rockets", "", t0)
		_, err := w.o.LookChunk(w.ctx, l, "a", look(vedette.CauseExposed, []*vedette.Update{u}, 1), t0.Add(ttl), ttl)
		w.ok(err)
		equal(t, "it is told where it is", *l, store.Lookout{Seq: 7, Place: 1, AheadUntil: t0.Add(time.Hour)})

		// The lease lapses; another goes on from there, and the first writes nothing more.
		late := t0.Add(5 * ttl)
		equal(t, "taken over", *w.lookout("b", late), *l)
		_, err = w.o.LookChunk(w.ctx, l, "a", look(vedette.CauseExposed, []*vedette.Update{u}, 2), late, ttl)
		w.code(err, vedette.CodeLostLease)
		equal(t, "notices of the loser", w.states(u, 2), "")
		equal(t, "the cursor", *l, store.Lookout{Seq: 7, Place: 1, AheadUntil: t0.Add(time.Hour)})
		_, err = w.o.Release(w.ctx, "b")
		w.ok(err)
		equal(t, "given back", *w.lookout("c", late), *l)
		org, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		other, err := w.s.In(org.Key).LeaseLookout(w.ctx, "x", t0, ttl)
		w.ok(err)
		equal(t, "another organisation has its own", *other, store.Lookout{AheadUntil: t0})
	})
}

func TestTheLookoutTellsWhoIsNewlyConcerned(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		a, b := w.publish("A", "", t0), w.publish("B", "", t0)
		w.plan(a, keys[:1])
		l := w.lookout("w", t0)
		seq := w.seq()
		n, err := w.o.LookChunk(w.ctx, l, "w", look(vedette.CauseArrived, []*vedette.Update{a, b}, keys[0], keys[1]), t0, ttl)
		w.ok(err)
		equal(t, "notices", n, 4)
		equal(t, "one log row per update", w.log(seq), "delivery planned\ndelivery planned")
		for _, c := range []struct {
			u    *vedette.Update
			key  int64
			want string
		}{{a, keys[0], "2 arrived"}, {a, keys[1], "1 arrived"}, {b, keys[0], "1 arrived"}} {
			n, _, err := w.o.Notice(w.ctx, c.u.Key, c.key)
			w.ok(err)
			equal(t, "notice", line(n.Round, n.Cause), c.want)
		}
		vs, err := w.o.Variants(w.ctx, a.Key)
		w.ok(err)
		equal(t, "what says the same is the same variant", len(vs), 1)
		// The planner of b comes later and keeps what is there.
		w.plan(b, keys)
		f, err := w.o.FanoutOf(w.ctx, b.Key)
		w.ok(err)
		equal(t, "planned besides", f.Notices, 2)
		got := w.claim("s", 99, t0)
		equal(t, "claims: of a two, of b four", len(got), 6)
		for _, c := range got {
			equal(t, "fan-out, for the identity", c.Fanout == "", false)
			if c.Update == a.Key && c.Recipient == keys[0] {
				equal(t, "the newest", line(c.Round, c.Cause), "2 arrived")
			}
		}

		// Somebody whom another has told meanwhile is left out.
		c := look(vedette.CauseExposed, []*vedette.Update{a}, keys[1], keys[2])
		for i := range c.Notices {
			c.Notices[i].Round = 1
		}
		n, err = w.o.LookChunk(w.ctx, l, "w", c, t0, ttl)
		w.ok(err)
		equal(t, "only who was not", n, 1)
		equal(t, "rounds", w.states(a, keys[1])+w.states(a, keys[2]), "1 queued; 1 queued; ")
		seq = w.seq()
		n, err = w.o.LookChunk(w.ctx, l, "w", store.LookChunk{Seq: 9}, t0, ttl)
		w.ok(err)
		equal(t, "nothing but the cursor", line(n, l.Seq, w.seq()-seq), "0 9 0")
	})
}

// What was stopped or overtaken between the look and the write is told to
// nobody; the rest of the chunk is written.
func TestTheLookoutLeavesOutWhatDoesNotStand(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		stopped, overtaken, cancelled, stands := w.publish("S", "", t0), w.publish("O", "", t0), w.publish("C", "", t0), w.publish("Stands", "", t0)
		l := w.lookout("w", t0)
		_, err := w.o.Stop(w.ctx, stopped.ID, "wrong", t0)
		w.ok(err)
		newer := w.publish("O again", overtaken.Situation.ID, t0)
		w.cancel(cancelled, vedette.CancelOver)
		n, err := w.o.LookChunk(w.ctx, l, "w", look(vedette.CauseExposed, []*vedette.Update{stopped, overtaken, cancelled, stands}, keys...), t0, ttl)
		w.ok(err)
		equal(t, "written", n, 1)
		equal(t, "what stands", w.states(stands, keys[0]), "1 queued; ")
		equal(t, "the cursor moved", l.Seq, 7)
		_, err = w.o.Stop(w.ctx, newer.ID, "wrong", t0)
		w.ok(err)
		n, err = w.o.LookChunk(w.ctx, l, "w", look(vedette.CauseExposed, []*vedette.Update{overtaken}, keys...), t0, ttl)
		w.ok(err)
		equal(t, "what overtook it was stopped: it stands", n, 1)

		// What cannot be is written not at all, the cursor neither.
		before := *l
		bad := look(vedette.CauseExposed, []*vedette.Update{stands}, 999)
		bad.Seq = 99
		if _, err := w.o.LookChunk(w.ctx, l, "w", bad, t0, ttl); err == nil {
			t.Error("somebody who is not there was told")
		}
		nowhere := look(vedette.CauseExposed, []*vedette.Update{{Key: 999}}, keys...)
		_, err = w.o.LookChunk(w.ctx, l, "w", nowhere, t0, ttl)
		w.code(err, vedette.CodeNotFound)
		equal(t, "the cursor", *w.lookout("w", t0), before)
	})
}

// Lookout, planner and a stop at once: every notice has its own round and a
// variant that says what it was made with, and after the stop nothing comes.
func TestLookoutAndPlannerAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const n = 40
		keys := w.people(n)
		u := w.publish("Rockets", "", t0)
		f := w.lease("p")
		l := w.lookout("w", t0)
		other := w.open().In(w.org)
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := range keys {
				c := chunk(keys[i : i+1])
				c.Variants[0].Areas = []vedette.AreaID{vedette.AreaID(fmt.Sprint("planner ", i))}
				if err := w.o.PlanChunk(w.ctx, f, "p", c, t0, ttl); err != nil && vedette.ErrorCode(err) != vedette.CodeLostLease {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for i := range keys {
				c := look(vedette.CauseExposed, []*vedette.Update{u}, keys[n-1-i])
				c.Variants[u.Key][0].Areas = []vedette.AreaID{vedette.AreaID(fmt.Sprint("lookout ", i))}
				if _, err := other.LookChunk(w.ctx, l, "w", c, t0, ttl); err != nil {
					t.Error(err)
				}
				if i == n/2 {
					if _, err := other.Stop(w.ctx, u.ID, "enough", t0); err != nil {
						t.Error(err)
					}
				}
			}
		})
		wg.Wait()
		vs, err := w.o.Variants(w.ctx, u.Key)
		w.ok(err)
		made := 0
		for i, key := range keys {
			rounds, err := w.o.Rounds(w.ctx, u.Key, key)
			w.ok(err)
			for r, x := range rounds {
				made++
				equal(t, "round", x.Round, r+1)
				want := fmt.Sprint("planner ", i)
				if x.Cause == vedette.CauseExposed {
					want = fmt.Sprint("lookout ", n-1-i)
				}
				equal(t, "variant", string(vs[x.Variant-1].Areas[0]), want)
			}
		}
		equal(t, "by the lookout after the stop", w.states(u, keys[0]) == "" || w.states(u, keys[0]) == "1 queued; ", true)
		equal(t, "variants", len(vs) <= made, true)
		equal(t, "nothing is sent", len(w.claim("s", 99, t0)), 0)
	})
}

// Whoever keeps what stands hears of whatever may have changed it, and of
// nothing else.
func TestWhatStandsIsSaidToChange(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		seq, changed, err := w.o.StandsSince(w.ctx, 0)
		w.ok(err)
		equal(t, "an empty log", fmt.Sprint(seq, changed), "0 false")
		var u *vedette.Update
		for _, step := range []struct {
			what string
			do   func() error
			want bool
		}{
			{"people", func() error { w.people(1); return nil }, false},
			{"a draft", func() error { u = w.draft("Rockets"); return nil }, false},
			{"an update", func() (err error) {
				u, err = w.o.Publish(w.ctx, store.PublishOrder{Update: u.ID, At: t0})
				return err
			}, true},
			{"nothing", func() error { return nil }, false},
			{"a posture", func() error {
				_, err := w.o.SetPosture(w.ctx, vedette.Posture{Area: "IQ", Action: vedette.AvoidAllTravel, By: "Ada", Reason: "shelled"}, "set", t0)
				return err
			}, true},
			{"figures", func() error { return w.o.SaveSettings(w.ctx, vedette.Settings{ArrivalDays: 5}, "Bo", t0) }, true},
			{"a stop", func() error { _, err := w.o.Stop(w.ctx, u.ID, "wrong", t0); return err }, true},
		} {
			w.ok(step.do())
			seq, changed, err = w.o.StandsSince(w.ctx, seq)
			w.ok(err)
			equal(t, step.what, changed, step.want)
			equal(t, step.what+": the log's end", seq, w.seq())
		}
	})
}
