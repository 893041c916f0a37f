package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// What came back is failed, not told; evidence from the person stands; and a
// dead address is dead once, until it is lifted.
func TestWhatCameBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		var outs []store.Outcome
		for _, c := range w.claim("w", 9, t0) {
			outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: "accept"})
		}
		_, err := w.o.Settle(w.ctx, "w", outs, t0)
		w.ok(err)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[1], Kind: vedette.ReplySafe, At: t0}, 1, nil))
		back := func(person int64, arrived bool, dead string) bool {
			b := store.Bounce{Update: u.Key, Recipient: person, Round: 1, Address: 1, Arrived: arrived, Detail: "came back: 5.1.1", At: t0.Add(time.Minute)}
			if dead != "" {
				b.Dead = []byte(dead)
			}
			moved, err := w.o.Bounce(w.ctx, b)
			w.ok(err)
			return moved
		}
		equal(t, "an accepted one", back(keys[0], false, "a"), true)
		equal(t, "once more", back(keys[0], false, "a"), false)
		equal(t, "one that was answered", back(keys[1], false, ""), false)
		equal(t, "one that arrived", back(keys[2], true, ""), true)
		equal(t, "one that arrived, and came back all the same", back(keys[2], false, "b"), false)
		sum := w.tally(u)
		equal(t, "failed", sum.Deliveries[vedette.DeliveryFailed], 1)
		equal(t, "answered", sum.Deliveries[vedette.DeliveryAnswered], 1)
		equal(t, "received", sum.Deliveries[vedette.DeliveryReceived], 1)
		equal(t, "accepted", sum.Deliveries[vedette.DeliveryAccepted], 1)
		list, err := w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "dead", len(list), 2)
		w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0))
		equal(t, "not dead any more", vedette.ErrorCode(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0)), vedette.CodeNotFound)
		equal(t, "by nobody", vedette.ErrorCode(w.o.LiftDead(w.ctx, []byte("b"), " ", t0)), vedette.CodeInvalid)
		spare := func(hash string) bool {
			fresh, err := w.o.SpareAddress(w.ctx, store.DeadAddress{Hash: []byte(hash), Person: keys[3], Address: 1, Since: t0.Add(time.Hour), Reason: "they unsubscribed"}, store.Mailed{})
			w.ok(err)
			return fresh
		}
		equal(t, "spared", spare("c"), true)
		equal(t, "spared already", spare("c"), false)
		equal(t, "spared and dead", spare("b"), true)
		list, err = w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "dead or spared", len(list), 3)
		equal(t, "only what warns", list[0].WarnOnly && list[1].WarnOnly && !list[2].WarnOnly, true)
		w.ok(w.o.LiftDead(w.ctx, []byte("c"), "Ada", t0))
		p, err := w.o.PersonByKey(w.ctx, keys[2])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		list, err = w.o.DeadAddresses(w.ctx)
		w.ok(err)
		equal(t, "an erased person has none, another keeps theirs", len(list), 1)
		_, err = w.o.Bounce(w.ctx, store.Bounce{Update: u.Key, Recipient: keys[0], Round: 7, Address: 1, At: t0})
		equal(t, "a delivery that is not there", vedette.ErrorCode(err), vedette.CodeNotFound)
	})
}

// A report of a mail from before somebody lifted an address, dead or spared, does
// not take that back; one of a later mail does. Nor does it where it is not known
// whether the mail was accepted.
func TestAnAddressThatWasLifted(t *testing.T) {
	for _, event := range []string{"accept", "doubt"} {
		t.Run(event, func(t *testing.T) {
			engines(t, func(t *testing.T, w *world) {
				keys := w.people(1)
				told := func(headline string, at time.Time) store.Mailed {
					u, f := w.publish(headline, "", at), w.lease("planner")
					w.ok(w.o.PlanChunk(w.ctx, f, "planner", chunk(keys), at, ttl))
					w.ok(w.o.FinishFanout(w.ctx, f, "planner", at))
					var outs []store.Outcome
					for _, c := range w.claim("w", 9, at) {
						outs = append(outs, store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Event: event, Doubts: 1})
					}
					n, err := w.o.Settle(w.ctx, "w", outs, at)
					w.ok(err)
					equal(t, "settled", n, 1)
					return store.Mailed{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1}
				}
				listed := func() string {
					list, err := w.o.DeadAddresses(w.ctx)
					w.ok(err)
					s := ""
					for _, d := range list {
						s += map[bool]string{true: "spared ", false: "dead "}[d.WarnOnly]
					}
					return s
				}
				dead := func(m store.Mailed, after time.Duration) string {
					_, err := w.o.Bounce(w.ctx, store.Bounce{Update: m.Update, Recipient: m.Recipient, Round: m.Round, Address: m.Address, Detail: "came back: 5.1.1", Dead: []byte("a"), At: t0.Add(after)})
					w.ok(err)
					return listed()
				}
				spared := func(m store.Mailed, after time.Duration) string {
					_, err := w.o.SpareAddress(w.ctx, store.DeadAddress{Hash: []byte("a"), Person: keys[0], Address: 1, Reason: "they unsubscribed", Since: t0.Add(after)}, m)
					w.ok(err)
					return listed()
				}
				before := told("Rockets", t0)
				equal(t, "spared", spared(before, time.Minute), "spared ")
				w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0.Add(30*time.Minute)))
				equal(t, "the same complaint again", spared(before, 40*time.Minute), "")
				equal(t, "that it is no mailbox is news", dead(before, 41*time.Minute), "dead ")
				w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0.Add(time.Hour)))
				equal(t, "the same report again", dead(before, 2*time.Hour), "")
				later := told("Rockets again", t0.Add(3*time.Hour))
				equal(t, "a report of a later mail", dead(later, 4*time.Hour), "dead ")
				equal(t, "a complaint about it", spared(later, 5*time.Hour), "spared dead ")
			})
		})
	}
}

// writes has the desk write to whoever called, and claims what is to be sent.
func (w *world) writes() []store.ClaimedLetter {
	w.t.Helper()
	cases, err := w.o.Cases(w.ctx, false)
	w.ok(err)
	_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: cases[0].ID, Kind: vedette.CaseWrite, By: "Ada", Sealed: []byte("where?"), Over: mail}, t0)
	w.ok(err)
	letters, err := w.o.ClaimLetters(w.ctx, "w", vedette.ChannelEmail, 9, t0, time.Minute)
	w.ok(err)
	return letters
}

// So it is with a complaint about a letter.
func TestAComplaintAboutALetterThatWasLifted(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, person := w.callsForHelp()
		letters := w.writes()
		equal(t, "letters", len(letters), 1)
		spare := func(after time.Duration) bool {
			fresh, err := w.o.SpareAddress(w.ctx, store.DeadAddress{Hash: []byte("a"), Person: person, Address: 1, Reason: "they unsubscribed", Since: t0.Add(after)},
				store.Mailed{Recipient: letters[0].Key})
			w.ok(err)
			return fresh
		}
		equal(t, "spared", spare(time.Minute), true)
		w.ok(w.o.LiftDead(w.ctx, []byte("a"), "Ada", t0.Add(time.Hour)))
		equal(t, "the same complaint again", spare(2*time.Hour), false)
	})
}

// A mail is on its way from when somebody has it in hand until its result is known.
func TestAMailOnItsWay(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		is := func(what string, want bool, only ...bool) {
			t.Helper()
			got, first, err := w.o.OnItsWay(w.ctx, store.Mailed{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1})
			w.ok(err)
			equal(t, what, got, want)
			equal(t, what+", its first try", first, len(only) > 0)
		}
		is("one that waits", false)
		w.settle("w", "retry", w.claim("w", 9, t0), t0)
		is("one that was turned away", false)
		w.claim("w", 9, t0.Add(2*time.Hour))
		is("one in hand", true, true)
		_, err := w.o.Settle(w.ctx, "w", []store.Outcome{{Update: u.Key, Recipient: keys[0], Round: 1, Address: 1, Event: "retry", Doubts: 1, DueAt: t0}}, t0)
		w.ok(err)
		is("one in doubt", true)
		again := w.claim("w", 9, t0.Add(3*time.Hour))
		is("one in hand once more", true)
		w.settle("w", "accept", again, t0.Add(3*time.Hour))
		is("one that was accepted", false)
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplyHelp, At: t0}, 1, nil))
		letters := w.writes()
		letter := func() bool {
			got, _, err := w.o.OnItsWay(w.ctx, store.Mailed{Recipient: letters[0].Key})
			w.ok(err)
			return got
		}
		equal(t, "a letter in hand", letter(), true)
		w.ok(w.o.SettleLetter(w.ctx, "w", store.LetterOutcome{Key: letters[0].Key, Event: "accept"}, t0))
		equal(t, "a letter that was accepted", letter(), false)
	})
}
