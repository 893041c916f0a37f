package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// line writes values with a blank between them.
func line(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }

// again queues a further fan-out of an update and plans it for some people.
func (w *world) again(u *vedette.Update, cause vedette.Cause, keys []int64) {
	w.t.Helper()
	_, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: cause, At: t0.Add(time.Hour)})
	w.ok(err)
	w.plan(u, keys)
}

func (w *world) tally(u *vedette.Update) store.Tally {
	w.t.Helper()
	sum, err := w.o.Tally(w.ctx, u.Key)
	w.ok(err)
	return sum
}

// row gives the row of one person.
func (w *world) row(u *vedette.Update, key int64) store.Row {
	w.t.Helper()
	rows, err := w.o.Rows(w.ctx, u.Key, store.RowFilter{After: key - 1, Limit: 1})
	w.ok(err)
	if len(rows) != 1 || rows[0].Recipient != key {
		w.t.Fatalf("rows of %d: %+v", key, rows)
	}
	return rows[0]
}

func (w *world) answers(u *vedette.Update, key int64, kind vedette.ReplyKind, at time.Time) {
	w.t.Helper()
	w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: key, Kind: kind, At: at}, vedette.AddressEmail, nil))
}

// states writes the states of somebody's rounds, oldest first.
func (w *world) states(u *vedette.Update, key int64) string {
	w.t.Helper()
	rounds, err := w.o.Rounds(w.ctx, u.Key, key)
	w.ok(err)
	out := ""
	for _, r := range rounds {
		for _, d := range r.Deliveries {
			out += fmt.Sprintf("%d %s; ", r.Round, d.State)
		}
	}
	return out
}

// Who answered and is then told anew is silent again, but what they answered
// stays in sight: a call for help does not end because a condition was met.
func TestWhoeverIsToldAnewIsSilentAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		w.answers(u, keys[0], vedette.ReplyHelp, t0.Add(time.Minute))
		w.answers(u, keys[1], vedette.ReplySafe, t0.Add(time.Minute))
		equal(t, "silent", w.tally(u).Silent, 1)

		w.again(u, vedette.CauseCondition, keys[:1])
		sum := w.tally(u)
		equal(t, "concerned, each once", sum.Concerned, 3)
		equal(t, "silent again", sum.Silent, 2)
		equal(t, "the call for help is still there", fmt.Sprint(sum.Answers), "map[help:1 safe:1]")
		equal(t, "and is known to be of before", sum.Stale, 1)
		equal(t, "by the newest round", fmt.Sprint(sum.Deliveries), "map[accepted:1 answered:1 queued:1]")
		equal(t, "last evidence of any round", sum.LastReceived, t0.Add(time.Minute))
		r := w.row(u, keys[0])
		equal(t, "row", line(r.Round, r.Cause, r.State, r.Answer, r.Stale), "2 condition queued help true")
		equal(t, "made at", r.MadeAt, t0)
		equal(t, "not stale", w.row(u, keys[1]).Stale, false)
		for what, f := range map[string]store.RowFilter{"silent": {Silent: true}, "cause": {Cause: vedette.CauseCondition}, "help": {Answer: vedette.ReplyHelp}} {
			rows, err := w.o.Rows(w.ctx, u.Key, f)
			w.ok(err)
			equal(t, what, rows[0].Recipient, keys[0])
			equal(t, what, len(rows), map[string]int{"silent": 2, "cause": 1, "help": 1}[what])
		}
		by, err := w.o.VariantTally(w.ctx, u.Key)
		w.ok(err)
		equal(t, "by variant", fmt.Sprint(by[1].Concerned, by[1].Silent), "3 2")

		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		w.answers(u, keys[0], vedette.ReplyHelp, t0.Add(time.Minute+time.Second)) // the same within 10 s, but to another round
		sum = w.tally(u)
		equal(t, "answered again", fmt.Sprint(sum.Silent, sum.Stale, sum.Answers), "1 0 map[help:1 safe:1]")
		equal(t, "the newest round is answered", w.states(u, keys[0]), "1 answered; 2 answered; ")
		n, found, err := w.o.Notice(w.ctx, u.Key, keys[0])
		w.ok(err)
		equal(t, "the newest notice", line(n.Round, n.Cause, found), "2 condition true")
		d, _, err := w.o.Delivery(w.ctx, u.Key, keys[0], vedette.AddressEmail)
		w.ok(err)
		equal(t, "the newest delivery", d.Round, 2)
	})
}

// If neither was sent only the newest is; what is certainly not sent is
// withheld, what may have been is unknown.
func TestTheOlderRoundIsNotSentBesideTheNewer(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		killed := w.claim("killed", 1, t0) // keys[0]
		flying := w.claim("slow", 1, t0)   // keys[1]
		_, err := w.o.Abandon(w.ctx, "killed")
		w.ok(err)
		w.again(u, vedette.CauseAgain, keys[:3])
		seq := w.seq()
		got := w.claim("a", 9, t0)
		have := map[int64]int{}
		for _, c := range got {
			have[c.Recipient] = c.Round
			equal(t, "the fan-out of an identity is the publication's", c.Fanout, killed[0].Fanout)
		}
		equal(t, "claimed", fmt.Sprint(have), fmt.Sprint(map[int64]int{keys[0]: 2, keys[1]: 2, keys[2]: 2, keys[3]: 1}))
		equal(t, "log", w.log(seq), "delivery withheld")
		equal(t, "the killed one may have sent it", w.states(u, keys[0]), "1 unknown; 2 queued; ")
		equal(t, "in flight", w.states(u, keys[1]), "1 queued; 2 queued; ")
		equal(t, "never tried", w.states(u, keys[2]), "1 withheld; 2 queued; ")
		rounds, err := w.o.Rounds(w.ctx, u.Key, keys[2])
		w.ok(err)
		equal(t, "why", rounds[0].Deliveries[0].Detail, "told anew")
		// What comes back from flight is not sent again.
		w.settle("slow", "retry", flying, t0)
		equal(t, "claims", len(w.claim("b", 9, t0.Add(time.Hour))), 4) // the leases of a have lapsed
		equal(t, "came back", w.states(u, keys[1]), "1 withheld; 2 queued; ")
		equal(t, "nobody is counted twice", w.tally(u).Deliveries[vedette.DeliveryQueued], 4)
	})
}

// A claim looks on when all it took were of older rounds.
func TestOlderRoundsDoNotHoldUpTheQueue(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(30)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.again(u, vedette.CauseAgain, keys)
		got := w.claim("a", 5, t0.Add(time.Hour))
		equal(t, "claimed", len(got), 5)
		for _, c := range got {
			equal(t, "round", c.Round, 2)
		}
	})
}

// Links do not say of which round they are: evidence must not take a message
// out of the queue that may never have been sent.
func TestAnAnswerToTheFirstRoundDoesNotHoldBackTheSecond(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		w.again(u, vedette.CauseCondition, keys)
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(time.Minute))
		w.ok(w.o.Seen(w.ctx, u.Key, keys[1], vedette.AddressEmail, t0))
		equal(t, "the second still goes out", w.states(u, keys[0]), "1 answered; 2 queued; ")
		equal(t, "the second still goes out", w.states(u, keys[1]), "1 seen; 2 queued; ")
		equal(t, "claimed", len(w.claim("b", 9, t0)), 3)
		equal(t, "they have answered since", w.row(u, keys[0]).Stale, false)
		equal(t, "not silent", w.tally(u).Silent, 2)

		// While the first was never accepted and the second is on its way,
		// the answer can be of either.
		v := w.publish("Floods", "", t0)
		w.plan(v, keys[:1])
		w.again(v, vedette.CauseAgain, keys[:1])
		out := w.claim("b", 9, t0)
		equal(t, "on its way", out[0].Round, 2)
		w.answers(v, keys[0], vedette.ReplySafe, t0.Add(time.Minute))
		equal(t, "the one on its way", w.states(v, keys[0]), "1 withheld; 2 answered; ")
	})
}

// A link of an address that only the first round knew keeps working.
func TestALinkOfAnOldAddressKeepsWorking(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		_, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: t0})
		w.ok(err)
		f := w.lease("p")
		c := chunk(keys)
		c.Deliveries[0].Address = 3
		w.ok(w.o.PlanChunk(w.ctx, f, "p", c, t0, ttl))
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(time.Hour))
		equal(t, "states", w.states(u, keys[0]), "1 answered; 2 queued; ")
		equal(t, "answered since they were told", fmt.Sprint(w.row(u, keys[0]).Stale, w.tally(u).Silent), "false 0")
	})
}

func TestTellingAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		refused := func(what string, id vedette.ID, cause vedette.Cause, code vedette.Code) {
			t.Helper()
			seq := w.seq()
			_, err := w.o.TellAgain(w.ctx, store.Again{Update: id, Cause: cause, At: t0})
			w.code(err, code)
			equal(t, what, w.seq(), seq)
		}
		refused("nothing", vedette.NewID(t0), vedette.CauseAgain, vedette.CodeNotFound)
		refused("a draft", w.draft("d").ID, vedette.CauseAgain, vedette.CodeConflict)
		u := w.publish("Rockets", "", t0)
		refused("no such cause", u.ID, vedette.CausePublished, vedette.CodeInvalid)
		w.plan(u, keys[:2])

		seq := w.seq()
		f, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: t0.Add(time.Hour), Lane: 3})
		w.ok(err)
		equal(t, "log", w.log(seq), "fanout queued")
		equal(t, "fan-out", line(f.No, f.Cause, f.State, f.Lane, f.CreatedAt.Sub(t0)), "2 again queued 3 1h0m0s")
		leased := w.lease("a")
		equal(t, "it is planned like the first", leased.Key, f.Key)
		w.ok(w.o.PlanChunk(w.ctx, leased, "a", chunk(keys[:1]), t0, ttl))
		// Its planner dies; the next meets what is there.
		next, err := w.o.LeaseFanout(w.ctx, "b", t0.Add(2*ttl), ttl)
		w.ok(err)
		w.ok(w.o.PlanChunk(w.ctx, next, "b", chunk(keys), t0.Add(2*ttl), ttl))
		w.ok(w.o.PlanChunk(w.ctx, next, "b", chunk(keys), t0.Add(2*ttl), ttl))
		equal(t, "notices", next.Notices, 3)
		equal(t, "deliveries", next.Deliveries, 3)
		for key, want := range map[int64]string{keys[0]: "1 queued; 2 queued; ", keys[1]: "1 queued; 2 queued; ", keys[2]: "1 queued; "} {
			equal(t, "rounds", w.states(u, key), want)
		}
		n, _, err := w.o.Notice(w.ctx, u.Key, keys[2])
		w.ok(err)
		equal(t, "for the first time, but not by the publication", line(n.Round, n.Cause), "1 again")
		list, err := w.o.Fanouts(w.ctx, u.Key)
		w.ok(err)
		equal(t, "fan-outs", line(len(list), list[0].No, list[0].Cause, list[1].No, list[1].State), "2 1 published 2 planning")
		first, err := w.o.FanoutOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "the tally has the publication's", w.tally(u).Fanout, *first)

		_, err = w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: t0, Lane: 3})
		w.ok(err)
		_, err = w.o.Stop(w.ctx, u.ID, "wrong", t0)
		w.ok(err)
		w.code(w.o.PlanChunk(w.ctx, next, "b", chunk(keys), t0, ttl), vedette.CodeLostLease)
		list, err = w.o.Fanouts(w.ctx, u.Key)
		w.ok(err)
		equal(t, "all are halted", line(list[0].State, list[1].State, list[2].State), "planned halted halted")
		refused("a stopped one", u.ID, vedette.CauseAgain, vedette.CodeConflict)
		equal(t, "nothing goes out", len(w.claim("a", 9, t0.Add(time.Hour))), 0)
		withheld, err := w.o.WithholdMarked(w.ctx, t0, 99)
		w.ok(err)
		equal(t, "of whatever round", withheld, 5)

		v := w.publish("Floods", "", t0)
		newer := w.publish("Floods again", v.Situation.ID, t0)
		refused("an overtaken one", v.ID, vedette.CauseAgain, vedette.CodeConflict)
		_, err = w.o.Stop(w.ctx, newer.ID, "wrong", t0)
		w.ok(err)
		_, err = w.o.TellAgain(w.ctx, store.Again{Update: v.ID, Cause: vedette.CauseAgain, At: t0}) // it stands again
		w.ok(err)
	})
}

// Two planners of an update, each with variants of its own, number them
// alike.
func TestPlannersOfAnUpdateDoNotClash(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const planners, each = 4, 25
		keys := w.people(planners * each)
		u := w.publish("Rockets", "", t0)
		w.plan(u, nil)
		other := w.open().In(w.org)
		var fs []*store.Fanout
		for i := range planners {
			_, err := w.o.TellAgain(w.ctx, store.Again{Update: u.ID, Cause: vedette.CauseAgain, At: t0})
			w.ok(err)
			fs = append(fs, w.lease(fmt.Sprint("planner ", i)))
		}
		var wg sync.WaitGroup
		for i, f := range fs {
			o := w.o
			if i%2 == 1 {
				o = other
			}
			wg.Go(func() {
				for n := range each {
					c := chunk(keys)
					c.Variants = []vedette.Variant{{No: 1, Areas: []vedette.AreaID{vedette.AreaID(fmt.Sprint(n))}}}
					c.Notices, c.Deliveries = c.Notices[i*each+n:i*each+n+1], c.Deliveries[i*each+n:i*each+n+1]
					if err := o.PlanChunk(w.ctx, f, fmt.Sprint("planner ", i), c, t0, ttl); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		vs, err := w.o.Variants(w.ctx, u.Key)
		w.ok(err)
		equal(t, "variants, each once", len(vs), each)
		for i, v := range vs {
			equal(t, "number", v.No, i+1)
		}
		for i, key := range keys {
			n, _, err := w.o.Notice(w.ctx, u.Key, key)
			w.ok(err)
			equal(t, "what it says", vs[n.Variant-1].Areas[0], vedette.AreaID(fmt.Sprint(i%each)))
		}
	})
}

// A newer update replaces all rounds of the older for whoever has a notice in
// it, by the newest round of that.
func TestOvertakingCountsTheNewestRound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		first := w.publish("One", "", t0)
		w.plan(first, keys)
		w.again(first, vedette.CauseAgain, keys)
		second := w.publish("Two", first.Situation.ID, t0)
		w.plan(second, keys[:1])
		w.again(second, vedette.CauseAgain, keys[:1])
		equal(t, "nobody is told while the newer is planned", func() int {
			_, err := w.o.TellAgain(w.ctx, store.Again{Update: second.ID, Cause: vedette.CauseAgain, At: t0})
			w.ok(err)
			return len(w.claim("a", 9, t0))
		}(), 1) // of the newer itself
		w.plan(second, nil)
		got := w.claim("a", 9, t0)
		equal(t, "the other still gets the older, once", fmt.Sprint(len(got), got[0].Update == first.Key, got[0].Recipient == keys[1], got[0].Round), "1 true true 2")
		w.settle("a", "accept", got, t0)
		equal(t, "the newest of the newer waits", w.states(second, keys[0]), "1 withheld; 2 queued; ")
		n, err := w.o.WithholdMarked(w.ctx, t0, 9)
		w.ok(err)
		equal(t, "so the older is not withheld yet", n, 0)
		all := w.claim("b", 9, t0.Add(2*ttl))
		equal(t, "claimed", len(all), 1)
		w.settle("b", "accept", all, t0.Add(2*ttl))
		n, err = w.o.WithholdMarked(w.ctx, t0.Add(2*ttl), 9)
		w.ok(err)
		equal(t, "now it is", n, 2)
		equal(t, "both rounds", w.states(first, keys[0]), "1 withheld; 2 withheld; ")
	})
}
