package store_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// contactTasks gives the open tasks to be in contact with somebody.
func (w *world) contactTasks() string {
	w.t.Helper()
	list, err := w.o.Tasks(w.ctx, store.TaskFilter{State: vedette.TaskOpen, Kind: vedette.TaskContact})
	w.ok(err)
	return lines(list, func(k vedette.Task) string { return k.Owner + "| " + k.Question })
}

// What a case's letters are to tell and tell nobody, for no address is there or each
// failed, is a task of whoever has the case, once, until something is noted.
func TestWhatNoLetterTellsIsATask(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.callsForHelp()
		cases, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		id := cases[0].ID
		sms := []vedette.Channel{vedette.ChannelSMS} // they have a mail alone
		due := w.callouts(t0)
		for i := range 2 {
			_, err = w.o.StepCallout(w.ctx, due[0], store.Step{Callout: due[0].Key, Idle: true, Tells: true, Due: t0}, nil, sms, t0.Add(time.Duration(i)*time.Minute))
			w.ok(err)
		}
		equal(t, "while nobody has it", w.contactTasks(), "| Ring whoever called in case 1: no message reaches them, and they are to hear: nobody has their call yet, and whom to ring meanwhile")

		act := func(a store.CaseAct, after time.Duration) {
			t.Helper()
			a.Case, a.By, a.Next = id, "Ada", time.Hour
			_, err := w.o.ActOnCase(w.ctx, a, t0.Add(after))
			w.ok(err)
		}
		act(store.CaseAct{Kind: vedette.CaseTake, Owner: "Ada", Over: sms}, 2*time.Minute)
		equal(t, "once Ada has it", w.contactTasks(), "Ada| Ring whoever called in case 1: no message reaches them, and they are to hear: Ada has their call, and by when they hear more")
		act(store.CaseAct{Kind: vedette.CaseNote, Sealed: []byte("rang them")}, 3*time.Minute)
		equal(t, "once she rang", w.contactTasks(), "")

		// What is written and fails, whether at once or when it comes back.
		for i, back := range []bool{false, true} {
			at := time.Duration(4+i) * time.Minute
			act(store.CaseAct{Kind: vedette.CaseWrite, Sealed: []byte("where?"), Over: mail}, at)
			got, err := w.o.ClaimLetters(w.ctx, "w", vedette.ChannelEmail, 9, t0.Add(at), ttl)
			w.ok(err)
			equal(t, "letters", len(got), 1)
			out := store.LetterOutcome{Key: got[0].Key, Event: "fail", Detail: "the address is dead"}
			if back {
				out.Event = "accept"
			}
			w.ok(w.o.SettleLetter(w.ctx, "w", out, t0.Add(at)))
			if back {
				equal(t, "accepted", w.contactTasks(), "")
				_, err = w.o.LetterBack(w.ctx, got[0].Key, false, "came back", t0.Add(at))
				w.ok(err)
			}
			if tasks := w.contactTasks(); !strings.Contains(tasks, "they are to hear: what the desk wrote (entry ") || strings.Contains(tasks, "\n") {
				t.Errorf("written, back %v: %q", back, tasks)
			}
			act(store.CaseAct{Kind: vedette.CaseNote, Sealed: []byte("rang them")}, at)
		}
		equal(t, "noted", w.contactTasks(), "")
	})
}

// Of what went to several addresses one is enough; of a case of duress nobody is bid
// to ring.
func TestOneAddressIsEnough(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		two := []store.PersonChange{person(1)}
		two[0].Slots = append(two[0].Slots, store.Slot{No: 2, Channel: vedette.ChannelSMS})
		w.mustSave(two...)
		u, key := w.publish("Rockets", "", t0), two[0].Key
		w.plan(u, []int64{key})
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: key, Kind: vedette.ReplySafe, Belief: vedette.UnderDuress, At: t0}, 1, nil))
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		both := []vedette.Channel{vedette.ChannelEmail, vedette.ChannelSMS}
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: list[0].ID, Kind: vedette.CaseWrite, By: "Ada", Sealed: []byte("lunch?"), Over: both}, t0)
		w.ok(err)
		for i, c := range both {
			got, err := w.o.ClaimLetters(w.ctx, "w", c, 9, t0, ttl)
			w.ok(err)
			equal(t, "letters", len(got), 1)
			w.ok(w.o.SettleLetter(w.ctx, "w", store.LetterOutcome{Key: got[0].Key, Event: "fail"}, t0))
			want := ""
			if i == 1 {
				want = "| Decide in case 1, which is of DURESS (do not ring them): no message reaches them, and they were to hear: what the desk wrote (entry 2)"
			}
			equal(t, "tasks", w.contactTasks(), want)
		}
	})
}
