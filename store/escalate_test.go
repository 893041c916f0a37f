package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// patient tells people of an update, with the usual policy for what is
// immediate.
func (w *world) patient(u *vedette.Update, at time.Time, keys ...int64) {
	w.t.Helper()
	l, err := w.o.LeaseLookout(w.ctx, "lookout", at, ttl)
	w.ok(err)
	c := store.LookChunk{Seq: l.Seq, AheadUntil: at, Variants: map[int64][]vedette.Variant{u.Key: {{No: 1, Risk: vedette.RiskHigh}}}}
	for _, key := range keys {
		c.Notices = append(c.Notices, vedette.Notice{Update: u.Key, Recipient: key, Variant: 1, Relation: vedette.RelationIn, Cause: vedette.CauseExposed})
		c.Deliveries = append(c.Deliveries, vedette.Delivery{Update: u.Key, Recipient: key, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, State: vedette.DeliveryQueued})
		c.Escalations = append(c.Escalations, vedette.Escalation{Update: u.Key, Recipient: key, Policy: vedette.DefaultPolicy(vedette.UrgencyImmediate), Since: at, DueAt: at.Add(5 * time.Minute)})
	}
	n, err := w.o.LookChunk(w.ctx, l, "lookout", c, at, ttl)
	w.ok(err)
	equal(w.t, "notices", n, len(keys))
}

// reminds gives the steps that tell again all who are due.
func (w *world) reminds(now time.Time) (steps []store.EscalationStep) {
	w.t.Helper()
	due, err := w.o.EscalationsDue(w.ctx, now, 100)
	w.ok(err)
	for _, p := range due {
		s := store.EscalationStep{Pending: p, Event: "act", To: p.Done + 1, Next: now.Add(time.Hour)}
		s.Deliveries = []vedette.Delivery{{Update: p.Update, Recipient: p.Recipient, Address: vedette.AddressEmail, Channel: vedette.ChannelEmail, DueAt: now}}
		steps = append(steps, s)
	}
	return steps
}

func (w *world) due(now time.Time) string {
	w.t.Helper()
	due, err := w.o.EscalationsDue(w.ctx, now, 100)
	w.ok(err)
	out := ""
	for _, p := range due {
		out += fmt.Sprintf("%d:%t,%t,%t,%q ", p.Recipient, p.Answered, p.Accounted, p.Held, p.Over)
	}
	return out
}

// warned publishes an update, and gives so many people a notice of it with a
// policy.
func (w *world) warned(n int) (*vedette.Update, []int64) {
	w.t.Helper()
	keys := w.people(n)
	u := w.publish("Rockets", "", t0)
	w.plan(u, nil)
	w.patient(u, t0, keys...)
	return u, keys
}

// Many workers decide the same at the same time: each step is done once, and
// never one that an answer came before.
func TestAStepIsDoneOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, keys := w.warned(20)
		now := t0.Add(5 * time.Minute)
		equal(t, "before it is due", w.due(now.Add(-time.Second)), "")
		steps := w.reminds(now)
		equal(t, "due", len(steps), 20)
		w.answers(u, keys[0], vedette.ReplySafe, now) // after it was decided
		var wg sync.WaitGroup
		var mu sync.Mutex
		done := 0
		for range 4 {
			wg.Go(func() {
				n, err := w.o.Escalate(w.ctx, steps, nil, now)
				mu.Lock()
				defer mu.Unlock()
				if done += n; err != nil {
					t.Error(err)
				}
			})
		}
		for _, key := range keys[1:6] { // answers race with the steps
			wg.Go(func() { w.answers(u, key, vedette.ReplyHelp, now) })
		}
		wg.Wait()
		sum := w.tally(u)
		equal(t, "silent", sum.Silent, 14)
		equal(t, "no answer is stale: a reminder asks the same", sum.Stale, 0)
		rounds := 0
		for _, key := range keys {
			list, err := w.o.Rounds(w.ctx, u.Key, key)
			w.ok(err)
			rounds += len(list) - 1
			if n := len(list); n > 2 {
				t.Errorf("%d was told %d times", key, n)
			}
		}
		equal(t, "reminders", rounds, done)
		first, err := w.o.Rounds(w.ctx, u.Key, keys[0])
		w.ok(err)
		equal(t, "who had answered was not reminded", len(first), 1)
		equal(t, "what is left is the answers", len(w.reminds(now)), 20-done)
	})
}

func TestWhatDecidesOfAnEscalation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, keys := w.warned(4)
		now := t0.Add(5 * time.Minute)
		says := func(what string, want ...string) {
			t.Helper()
			all := ""
			for i, s := range want {
				all += fmt.Sprintf("%d:%s ", keys[i], s)
			}
			equal(t, what, w.due(now), all)
		}
		says("nothing yet", `false,false,false,""`, `false,false,false,""`, `false,false,false,""`, `false,false,false,""`)

		// The desk accounts for one, and takes it back; a roll-call of another
		// update says nothing.
		other := w.publish("Flood", "", t0)
		w.plan(other, nil)
		account := func(roll vedette.ID, k vedette.AccountKind, key int64) {
			w.ok(w.o.AccountFor(w.ctx, roll, vedette.Account{Kind: k, How: vedette.VerifiedSaw, As: vedette.AsDesk, By: "Ada", At: t0.Add(time.Minute)}, []store.SealedWords{{Person: key, Words: []byte{1}}}))
		}
		none, about, else_ := w.called(nil, keys[0], keys[1]), w.called(u, keys[1]), w.called(other, keys[2])
		account(none, vedette.AccountSafe, keys[0])
		account(about, vedette.AccountSafe, keys[1])
		account(else_, vedette.AccountSafe, keys[2])
		says("accounted for", `false,true,false,""`, `false,true,false,""`, `false,false,false,""`, `false,false,false,""`)
		account(none, vedette.AccountBack, keys[0])
		says("taken back", `false,false,false,""`, `false,true,false,""`, `false,false,false,""`, `false,false,false,""`)

		// A newer update that is being planned holds all; planned, it holds those
		// for whom it waits; stopped before it is sent, nobody. Sent, it ends theirs.
		v := w.publish("Rockets again", u.Situation.ID, t0)
		says("held", `false,false,true,""`, `false,true,true,""`, `false,false,true,""`, `false,false,true,""`)
		w.plan(v, keys[:1])
		says("it waits", `false,false,true,""`, `false,true,false,""`, `false,false,false,""`, `false,false,false,""`)
		_, err := w.o.Stop(w.ctx, v.ID, "wrong", t0)
		w.ok(err)
		says("the newer one is stopped", `false,false,false,""`, `false,true,false,""`, `false,false,false,""`, `false,false,false,""`)
		v = w.publish("Rockets once more", u.Situation.ID, t0)
		w.plan(v, keys[:1])
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		says("overtaken", `false,false,false,"overtaken by update 3"`, `false,true,false,""`, `false,false,false,""`, `false,false,false,""`)
		p, err := w.o.PersonByKey(w.ctx, keys[3])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		_, err = w.o.Stop(w.ctx, u.ID, "all wrong", t0)
		w.ok(err)
		says("stopped", `false,false,false,"stopped: all wrong"`, `false,true,false,"stopped: all wrong"`, `false,false,false,"stopped: all wrong"`, `false,false,false,"they were erased"`)
	})
}

// A lookout that read before a reminder was written still tells what is new:
// the reminder told nothing new.
func TestAReminderDoesNotHideWhatIsNew(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, keys := w.warned(1)
		now := t0.Add(5 * time.Minute)
		_, err := w.o.Escalate(w.ctx, w.reminds(now), nil, now)
		w.ok(err)
		l, err := w.o.LeaseLookout(w.ctx, "lookout", now, ttl)
		w.ok(err)
		n, err := w.o.LookChunk(w.ctx, l, "lookout", store.LookChunk{Seq: l.Seq, AheadUntil: now, Variants: map[int64][]vedette.Variant{u.Key: {{No: 1, Risk: vedette.RiskExtreme}}},
			Notices: []vedette.Notice{{Update: u.Key, Recipient: keys[0], Variant: 1, Relation: vedette.RelationIn, Cause: vedette.CauseExposed, Round: 2}}}, now, ttl)
		w.ok(err)
		equal(t, "told of what is new", n, 1)
		list, err := w.o.Rounds(w.ctx, u.Key, keys[0])
		w.ok(err)
		got := ""
		for _, r := range list {
			got += fmt.Sprintf("%d of %d, %s; ", r.Round, r.Word, r.Cause)
		}
		equal(t, "rounds", got, "1 of 1, exposed; 2 of 1, reminder; 3 of 3, exposed; ")
		equal(t, "the newest word counts", w.row(u, keys[0]).Round, 3)
	})
}

// No reminder of a warning goes to whoever has its all-clear, also where it was
// written just before that.
func TestNoReminderAfterAnAllClear(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, keys := w.warned(2)
		w.settle("a", "accept", w.claim("a", 9, t0), t0)
		now := t0.Add(5 * time.Minute)
		_, err := w.o.Escalate(w.ctx, w.reminds(now), nil, now)
		w.ok(err)
		c, err := w.clears(u.Situation.ID, nil)
		w.ok(err)
		w.plan(c, keys[:1])
		var to []int64
		claimed := w.claim("a", 9, now)
		for _, d := range claimed {
			if d.Update == u.Key {
				to = append(to, d.Recipient)
			}
		}
		equal(t, "reminded", fmt.Sprint(to), fmt.Sprint(keys[1:]))
		equal(t, "the all-clear waits", w.due(now.Add(2*time.Hour)), fmt.Sprintf(`%d:false,false,true,"" %d:false,false,false,"" `, keys[0], keys[1]))
		w.settle("a", "accept", claimed, now)
		equal(t, "goes on", w.due(now.Add(2*time.Hour)), fmt.Sprintf(`%d:false,false,false,"an all-clear was given" %d:false,false,false,"" `, keys[0], keys[1]))
	})
}

// A newer word that reached somebody at no address takes nothing's place: they
// are reminded of the older one, and where that waits still it is sent.
func TestAWordThatReachesNobodyReplacesNone(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, keys := w.warned(2)
		v := w.publish("Rockets again", u.Situation.ID, t0)
		w.plan(v, keys)
		first := w.claim("a", 9, t0)
		for i, event := range []string{"withhold", "fail"} {
			equal(t, "claimed", first[i].Update, v.Key)
			w.settle("a", event, first[i:i+1], t0)
		}
		goes := `false,false,false,"" `
		equal(t, "reminders", w.due(t0.Add(5*time.Minute)), fmt.Sprintf("%d:%s%d:%s", keys[0], goes, keys[1], goes))
		left := w.claim("a", 9, t0)
		equal(t, "the older one goes out where the newer may not", fmt.Sprint(len(left), left[0].Update, left[0].Recipient), fmt.Sprint(1, u.Key, first[0].Recipient))
	})
}
