package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A fan-out that is being planned is kept by its worker while it plans what is
// more urgent, and only that.
func TestWhatIsMoreUrgentIsLeasedBesides(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		publish := func(title string, lane vedette.Lane) *vedette.Update {
			u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft(title).ID, Lane: lane, At: t0})
			w.ok(err)
			return u
		}
		before := func(now time.Time) int64 {
			f, err := w.o.LeaseFanoutBefore(w.ctx, "b", 5, now, ttl)
			w.ok(err)
			if f == nil {
				return 0
			}
			return f.Update
		}
		publish("Running", 5)
		running := w.lease("a")
		publish("As urgent", 5)
		equal(t, "what is as urgent waits", before(t0), int64(0))
		urgent := publish("More urgent", 4)
		equal(t, "what is more urgent does not", before(t0), urgent.Key)

		late := t0.Add(2 * ttl)
		w.ok(w.o.KeepFanout(w.ctx, running, "b", late, ttl)) // it is not theirs
		w.ok(w.o.KeepFanout(w.ctx, running, "a", t0.Add(ttl), 2*ttl))
		equal(t, "the urgent one's lease has lapsed", before(late), urgent.Key)
		f, err := w.o.LeaseFanout(w.ctx, "b", late, ttl)
		w.ok(err)
		if f == nil || f.Key == running.Key {
			t.Errorf("the kept one was leased to another: %+v", f)
		}
		w.ok(w.o.FinishFanout(w.ctx, running, "a", late))
	})
}

func TestFanoutLease(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		if f, err := w.o.LeaseFanout(w.ctx, "a", t0, ttl); f != nil || err != nil {
			t.Fatalf("nothing is to be planned, got %v, %v", f, err)
		}
		_, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("Less urgent").ID, Lane: 5, At: t0})
		w.ok(err)
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: w.draft("Urgent").ID, Lane: vedette.FirstLane(vedette.StatusActual), At: t0})
		w.ok(err)
		f := w.lease("a")
		equal(t, "lowest lane first", f.Update, u.Key)
		equal(t, "state", f.State, vedette.FanoutPlanning)
		w.ok(w.o.PlanChunk(w.ctx, f, "a", chunk(keys[:2]), t0, ttl))
		equal(t, "the other is next", w.lease("b").Lane, vedette.Lane(5))

		late := t0.Add(2 * ttl)
		g, err := w.o.LeaseFanout(w.ctx, "b", late, ttl)
		w.ok(err)
		equal(t, "a lapsed lease is taken over", g.Update, u.Key)
		equal(t, "with its cursor", g.Cursor, keys[1])
		w.code(w.o.PlanChunk(w.ctx, f, "a", chunk(keys), late, ttl), vedette.CodeLostLease)
		w.code(w.o.FinishFanout(w.ctx, f, "a", late), vedette.CodeLostLease)
		equal(t, "the loser wrote nothing", f.Notices, 2)

		seq := w.seq()
		w.ok(w.o.PlanChunk(w.ctx, g, "b", chunk(keys), late, ttl)) // overlaps what is there
		w.ok(w.o.PlanChunk(w.ctx, g, "b", chunk(keys), late, ttl)) // all of it again
		w.ok(w.o.FinishFanout(w.ctx, g, "b", late))
		w.code(w.o.FinishFanout(w.ctx, g, "b", late), vedette.CodeLostLease)
		f, err = w.o.FanoutOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "notices", f.Notices, 4)
		equal(t, "deliveries", f.Deliveries, 4)
		equal(t, "finished", f.FinishedAt, late)
		equal(t, "one log row per chunk that wrote", w.log(seq), "delivery planned\nfanout planned")
		told, err := w.o.ToldBefore(w.ctx, u.ID)
		w.ok(err)
		equal(t, "noticed", fmt.Sprint(told), fmt.Sprint(keys))
		n, found, err := w.o.Notice(w.ctx, u.Key, keys[3])
		w.ok(err)
		equal(t, "notice", n, vedette.Notice{Update: u.Key, Recipient: keys[3], Round: 1, Word: 1, Cause: vedette.CausePublished, Relation: vedette.RelationIn, Variant: 1})
		equal(t, "found", found, true)
		variants, err := w.o.Variants(w.ctx, u.Key)
		w.ok(err)
		equal(t, "variants", len(variants), 1)
		equal(t, "risk", variants[0].Risk, vedette.RiskHigh)
	})
}

func TestChunkIsWrittenWholeOrNotAtAll(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		w.publish("Rockets", "", t0)
		f := w.lease("a")
		for what, spoil := range map[string]func(c *store.Chunk){
			"a recipient who is not there": func(c *store.Chunk) { c.Notices[1].Recipient = 999 },
			"a variant that is not there":  func(c *store.Chunk) { c.Notices[1].Variant = 9 },
			"a delivery without notice":    func(c *store.Chunk) { c.Notices = c.Notices[:1] },
			"an unknown channel":           func(c *store.Chunk) { c.Deliveries[1].Channel = "pigeon" },
		} {
			c := chunk(keys)
			spoil(&c)
			if w.o.PlanChunk(w.ctx, f, "a", c, t0, ttl) == nil {
				t.Errorf("%s went through", what)
			}
		}
		is, err := w.o.FanoutOf(w.ctx, f.Update)
		w.ok(err)
		equal(t, "cursor", is.Cursor, 0)
		sum, err := w.o.Tally(w.ctx, f.Update)
		w.ok(err)
		equal(t, "concerned", sum.Concerned, 0)
		w.ok(w.o.PlanChunk(w.ctx, f, "a", chunk(keys), t0, ttl))
	})
}

func TestNoTwoWorkersGetOneRow(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(400)
		w.plan(w.publish("Rockets", "", t0), keys)
		second := w.open().In(w.org)
		var mu sync.Mutex
		got := map[int64]string{}
		var wg sync.WaitGroup
		for i := range 6 {
			o, worker := w.o, fmt.Sprint("worker ", i)
			if i%2 == 1 {
				o = second
			}
			wg.Go(func() {
				for {
					rows, err := o.Claim(w.ctx, worker, 7, t0, ttl, mail)
					if err != nil {
						t.Error(err)
						return
					}
					if len(rows) == 0 {
						return
					}
					mu.Lock()
					for _, r := range rows {
						if got[r.Recipient] != "" {
							t.Errorf("%s got what %s has", worker, got[r.Recipient])
						}
						got[r.Recipient] = worker
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		equal(t, "claimed", len(got), len(keys))
	})
}

func TestClaimSettleRetry(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		got := w.claim("a", 5, t0)
		equal(t, "claimed", len(got), 5)
		f, err := w.o.FanoutOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "fan-out", got[0].Fanout, f.ID)
		equal(t, "variant", got[0].Variant, 1)
		equal(t, "relation", got[0].Relation, vedette.RelationIn)
		equal(t, "leased rows are not given out", len(w.claim("b", 5, t0)), 0)

		seq := w.seq()
		equal(t, "accepted", w.settle("a", "accept", got[:1], t0), 1)
		equal(t, "one log row", w.log(seq), "delivery settled")
		equal(t, "again is nothing", w.settle("a", "accept", got[:1], t0), 0)
		equal(t, "another's row", w.settle("b", "accept", got[1:2], t0), 0)
		equal(t, "no log row for nothing", w.seq(), seq+1)
		d := w.delivery(u, got[0].Recipient)
		equal(t, "state", d.State, vedette.DeliveryAccepted)
		equal(t, "attempts", d.Attempts, 1)
		equal(t, "detail", d.Detail, "said accept")
		equal(t, "accepted at", d.AcceptedAt, t0)

		w.settle("a", "retry", got[1:2], t0)
		w.settle("a", "fail", got[2:3], t0)
		w.settle("a", "doubt", got[3:4], t0)
		equal(t, "failed", w.delivery(u, got[2].Recipient).State, vedette.DeliveryFailed)
		equal(t, "in doubt", w.delivery(u, got[3].Recipient).State, vedette.DeliveryUnknown)
		equal(t, "nothing before the lease lapses", len(w.claim("b", 5, t0.Add(ttl-time.Second))), 0)

		lapsed := w.claim("b", 5, t0.Add(ttl))
		equal(t, "a lapsed lease is taken over", len(lapsed), 1)
		equal(t, "whose", lapsed[0].Recipient, got[4].Recipient)
		equal(t, "too late", w.settle("a", "accept", got[4:5], t0.Add(ttl)), 0)
		n, err := w.o.Release(w.ctx, "b")
		w.ok(err)
		equal(t, "released", n, 1)
		equal(t, "due at once", len(w.claim("c", 5, t0)), 1)

		retry := w.claim("c", 5, t0.Add(time.Hour))
		equal(t, "due again", len(retry), 2) // the retry, and what c let lapse
		doubtful := store.Outcome{Update: u.Key, Recipient: retry[0].Recipient, Round: 1, Address: retry[0].Address, Event: "retry", Doubts: 1, DueAt: t0}
		n, err = w.o.Settle(w.ctx, "c", []store.Outcome{doubtful}, t0)
		w.ok(err)
		equal(t, "settled", n, 1)
		equal(t, "doubt is kept", w.delivery(u, doubtful.Recipient).Doubts > 0, true)
		equal(t, "and claimed with the row", w.claim("d", 5, t0)[0].Doubts > 0, true)
		_, err = w.o.Settle(w.ctx, "c", []store.Outcome{{Event: "answer"}}, t0)
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.Settle(w.ctx, "c", []store.Outcome{{Event: "accept", Update: u.Key, Recipient: keys[0], Address: 1}}, t0)
		w.code(err, vedette.CodeInvalid) // of no round
		_, found, err := w.o.Delivery(w.ctx, u.Key, 999, 1)
		w.ok(err)
		equal(t, "found", found, false)
	})
}

func TestClaimTakesTheLowestLaneThenTheFirstDue(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		slow, fast := w.publish("Slow", "", t0), w.publish("Fast", "", t0)
		hook, err := w.o.AddHook(w.ctx, store.SealedHook{Sealed: []byte("x")}, t0)
		w.ok(err)
		for _, u := range []*vedette.Update{slow, fast} {
			f := w.lease("p")
			c := chunk(keys)
			for i := range c.Deliveries {
				c.Deliveries[i].DueAt = t0.Add(-time.Duration(i) * time.Minute)
				c.Deliveries[i].Lane = map[int64]vedette.Lane{slow.Key: vedette.LaneFor(vedette.StatusTest, vedette.UrgencyPast, vedette.RiskLow), fast.Key: vedette.FirstLane(vedette.StatusActual)}[u.Key]
			}
			c.Notices = append(c.Notices, vedette.Notice{Recipient: hook.Key, Variant: 1})
			c.Deliveries = append(c.Deliveries, vedette.Delivery{Recipient: hook.Key, Address: 1, Channel: vedette.ChannelWebhook, DueAt: t0})
			w.ok(w.o.PlanChunk(w.ctx, f, "p", c, t0, ttl))
			w.ok(w.o.FinishFanout(w.ctx, f, "p", t0))
		}
		one := w.claim("a", 1, t0)
		equal(t, "lane", one[0].Lane, vedette.Lane(-1))
		equal(t, "first due", one[0].Recipient, keys[3])
		rest := w.claim("a", 5, t0)
		equal(t, "claimed", len(rest), 5)
		for i, c := range rest {
			if want := map[bool]int64{true: fast.Key, false: slow.Key}[i < 3]; c.Update != want {
				t.Errorf("claim %d is of update %d, want %d", i, c.Update, want)
			}
		}
		equal(t, "mail left", len(w.claim("a", 9, t0)), 2)
		hooks, err := w.o.Claim(w.ctx, "a", 9, t0, ttl, []vedette.Channel{vedette.ChannelWebhook})
		w.ok(err)
		equal(t, "hooks", len(hooks), 2)
		sum, err := w.o.Tally(w.ctx, fast.Key)
		w.ok(err)
		equal(t, "hooks are counted apart", sum.Hooks[vedette.DeliveryQueued], 1)
		equal(t, "concerned", sum.Concerned, 4)
		told, err := w.o.ToldBefore(w.ctx, fast.ID)
		w.ok(err)
		equal(t, "noticed persons", len(told), 4)
	})
}

func TestOvertaking(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		first := w.publish("One", "", t0)
		w.plan(first, keys)
		inFlight := w.claim("a", 1, t0) // keys[0]

		second := w.publish("Two", first.Situation.ID, t0)
		equal(t, "nothing while the newer is not planned", len(w.claim("a", 9, t0)), 0)
		n, err := w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "and nothing is withheld yet", n, 0)
		f := w.lease("planner")
		w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk([]int64{keys[0], keys[1]}), t0, ttl))
		held := w.claim("a", 9, t0)
		equal(t, "the newer is sent from its first chunk", len(held), 2)
		equal(t, "the newer", held[0].Update, second.Key)
		w.ok(w.o.FinishFanout(w.ctx, f, "planner", t0))

		// A third has a notice for keys[2] only.
		third := w.publish("Three", first.Situation.ID, t0)
		equal(t, "held again", len(w.claim("a", 9, t0)), 0)
		w.plan(third, keys[2:3])
		got := w.claim("a", 9, t0)
		byUpdate := map[int64]int64{}
		for _, c := range got {
			byUpdate[c.Update] = c.Recipient
		}
		equal(t, "claims", len(got), 2)
		equal(t, "of the first who has none newer", byUpdate[first.Key], keys[3])
		equal(t, "of the third", byUpdate[third.Key], keys[2])

		n, err = w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "withheld while the newer ones wait, too", n, 0)
		w.settle("a", "accept", held, t0)
		w.settle("a", "accept", got, t0)
		seq := w.seq()
		n, err = w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "withheld", n, 2)
		equal(t, "log", w.log(seq), "delivery withheld")
		d := w.delivery(first, keys[1])
		equal(t, "state", d.State, vedette.DeliveryWithheld)
		equal(t, "why", d.Detail, "overtaken by update 2")
		equal(t, "why by the third", w.delivery(first, keys[2]).Detail, "overtaken by update 3")
		equal(t, "in flight", w.delivery(first, keys[0]).State, vedette.DeliveryQueued)
		w.settle("a", "retry", inFlight, t0)
		n, err = w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "what came back from flight", n, 1)
		n, err = w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "nothing more", n, 0)
	})
}

// A stopped update reaches nobody, so it must not silence the one before it.
func TestANewerUpdateThatWasStoppedReplacesNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		first := w.publish("One", "", t0)
		w.plan(first, keys)
		second := w.publish("Two", first.Situation.ID, t0)
		f := w.lease("planner")
		w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys[:1]), t0, ttl))
		_, err := w.o.Stop(w.ctx, second.ID, "in error", t0)
		w.ok(err)
		got := w.claim("a", 9, t0)
		if len(got) != 2 || got[0].Update != first.Key || got[1].Update != first.Key {
			t.Errorf("claimed %+v, want the first update for both", got)
		}
	})
}

func TestWhatWasAbandonedIsInDoubt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("One", "", t0)
		w.plan(u, keys)
		if got := w.claim("killed", 9, t0); len(got) != 2 || got[0].Doubts != 0 {
			t.Fatalf("claimed %+v, want two without doubt", got)
		}
		n, err := w.o.Release(w.ctx, "killed")
		w.ok(err)
		equal(t, "released", n, 2)
		if got := w.claim("killed", 1, t0); len(got) != 1 || got[0].Doubts != 0 {
			t.Fatalf("claimed %+v, want one without doubt", got)
		}
		n, err = w.o.Abandon(w.ctx, "killed")
		w.ok(err)
		equal(t, "abandoned", n, 1)
		doubts := 0
		for _, c := range w.claim("next", 9, t0) {
			if c.Doubts > 0 {
				doubts++
			}
		}
		equal(t, "in doubt", doubts, 1)
		// A lease that lapses says the same.
		for _, c := range w.claim("last", 9, t0.Add(time.Hour)) {
			equal(t, "in doubt", c.Doubts > 0, true)
		}
	})
}
