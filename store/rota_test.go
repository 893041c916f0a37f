package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// onDuty puts somebody on the rota.
func (w *world) onDuty(name string) store.SealedDuty {
	w.t.Helper()
	d := vedette.Duty{ID: vedette.NewID(t0), Name: name, Zone: "UTC", Place: 1, By: "Ada", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: "x"}}}
	s, err := w.o.AddDuty(w.ctx, store.SealedDuty{Duty: d, Number: []byte(name), WrappedKey: []byte("key"), Sealed: []byte("sealed")}, t0)
	w.ok(err)
	return s
}

// callsForHelp publishes to somebody who calls for help at t0.
func (w *world) callsForHelp() (u *vedette.Update, person int64) {
	w.t.Helper()
	keys := w.people(1)
	u = w.publish("Rockets", "", t0)
	w.plan(u, keys)
	w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplyHelp, At: t0}, 1, nil))
	return u, keys[0]
}

func (w *world) callouts(at time.Time) []vedette.Callout {
	w.t.Helper()
	list, err := w.o.Callouts(w.ctx, at)
	w.ok(err)
	return list
}

// furnishCallout asks somebody on the rota to take the case that is open.
func (w *world) furnishCallout() {
	w.t.Helper()
	duty, due := w.onDuty("Ben"), w.callouts(t0)
	letter := vedette.Letter{Kind: vedette.LetterOffer, Recipient: duty.Key, Case: due[0].Case, Callout: due[0].Key, Address: 1, Channel: vedette.ChannelEmail}
	_, err := w.o.StepCallout(w.ctx, due[0], store.Step{Callout: due[0].Key, Due: t0.Add(time.Hour), Letters: []vedette.Letter{letter}}, []string{"Ben"}, nil, t0)
	w.ok(err)
}

func (w *world) letters(ofCase int64) string {
	w.t.Helper()
	list, err := w.o.LettersOf(w.ctx, ofCase)
	w.ok(err)
	return lines(list, func(l vedette.Letter) string {
		return fmt.Sprintf("%s %s %d %s", l.Kind, l.State, l.Attempts, l.Detail)
	})
}

func TestARotaIsClosedNeverOverwritten(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		seq := w.seq()
		d := w.onDuty("Ben")
		w.ok(w.o.RemoveDuty(w.ctx, d.ID, "Ada", t0.Add(time.Hour)))
		w.code(w.o.RemoveDuty(w.ctx, d.ID, "Ada", t0.Add(time.Hour)), vedette.CodeNotFound)
		equal(t, "log", w.log(seq), "rota added\nrota removed")
		now, err := w.o.Duties(w.ctx, time.Time{})
		w.ok(err)
		then, err := w.o.Duties(w.ctx, t0.Add(time.Minute))
		w.ok(err)
		if len(now) != 0 || len(then) != 1 || then[0].Name != "Ben" || string(then[0].Sealed) != "sealed" {
			t.Errorf("now %+v, then %+v", now, then)
		}
		of, err := w.o.DutiesOf(w.ctx, []byte("Ben"))
		w.ok(err)
		equal(t, "found by a number that was taken off", len(of), 0)
	})
}

// A step is taken once, whoever tries; what is queued goes when somebody has
// the case, and what may be on its way is not called withheld.
func TestACallOutGoesStepByStepUntilTheCaseIsTaken(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		duty := w.onDuty("Ben")
		w.callsForHelp()
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		of := list[0]
		due := w.callouts(t0)
		if len(due) != 1 || due[0].Case != of.Key || due[0].Step != 0 {
			t.Fatalf("due: %+v", due)
		}
		letter := vedette.Letter{Kind: vedette.LetterOffer, Recipient: duty.Key, Case: of.Key, Callout: due[0].Key, Address: 1, Channel: vedette.ChannelEmail}
		step := store.Step{Callout: due[0].Key, Was: 0, Due: t0.Add(2 * time.Minute), Letters: []vedette.Letter{letter, letter}}
		for i, want := range []bool{true, false} {
			taken, err := w.o.StepCallout(w.ctx, due[0], step, []string{"Ben"}, nil, t0)
			w.ok(err)
			equal(t, fmt.Sprintf("step taken, try %d", i+1), taken, want)
		}
		equal(t, "letters", w.letters(of.Key), "offer queued 0\noffer queued 0")
		equal(t, "due again at once", len(w.callouts(t0.Add(time.Minute))), 0)
		next := w.callouts(t0.Add(2 * time.Minute))
		equal(t, "the next step", fmt.Sprint(next[0].Step, next[0].Asked), "1 [Ben]")

		got, err := w.o.ClaimLetters(w.ctx, "w1", vedette.ChannelEmail, 1, t0, ttl)
		w.ok(err)
		equal(t, "claimed", len(got), 1)
		none, err := w.o.ClaimLetters(w.ctx, "w2", vedette.ChannelSMS, 9, t0, ttl)
		w.ok(err)
		equal(t, "of another channel", len(none), 0)
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: of.ID, Kind: vedette.CaseTake, By: "Ben", Owner: "Ben", Duty: duty.Key}, t0.Add(time.Minute))
		w.ok(err)
		equal(t, "once taken", w.letters(of.Key), "offer answered 0\noffer withheld 0 Ben has it")
		equal(t, "nothing is due", len(w.callouts(t0.Add(time.Hour))), 0)
		w.ok(w.o.SettleLetter(w.ctx, "w1", store.LetterOutcome{Key: got[0].Key, Event: "accept"}, t0))
		equal(t, "evidence wins", w.letters(of.Key), "offer answered 0\noffer withheld 0 Ben has it")
		taken, err := w.o.StepCallout(w.ctx, next[0], store.Step{Callout: next[0].Key, Was: 1, Due: t0, Letters: []vedette.Letter{letter}}, []string{"Ben"}, nil, t0)
		w.ok(err)
		equal(t, "a step after it was taken", taken, false)
	})
}

func TestALetterOfAKilledWorkerIsInDoubtAndSentAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		duty := w.onDuty("Ben")
		w.callsForHelp()
		due := w.callouts(t0)
		letter := vedette.Letter{Kind: vedette.LetterOffer, Recipient: duty.Key, Case: due[0].Case, Callout: due[0].Key, Address: 1, Channel: vedette.ChannelEmail}
		_, err := w.o.StepCallout(w.ctx, due[0], store.Step{Callout: due[0].Key, Due: t0.Add(time.Hour), Letters: []vedette.Letter{letter}}, []string{"Ben"}, nil, t0)
		w.ok(err)
		claim := func(worker string, at time.Time) []store.ClaimedLetter {
			got, err := w.o.ClaimLetters(w.ctx, worker, vedette.ChannelEmail, 9, at, ttl)
			w.ok(err)
			return got
		}
		first := claim("w1", t0)
		equal(t, "under another's lease", len(claim("w2", t0)), 0)
		_, err = w.o.Abandon(w.ctx, "w1")
		w.ok(err)
		again := claim("w2", t0)
		if len(again) != 1 || again[0].ID != first[0].ID || again[0].Doubts != 1 {
			t.Fatalf("again: %+v", again)
		}
		w.ok(w.o.SettleLetter(w.ctx, "w1", store.LetterOutcome{Key: again[0].Key, Event: "fail"}, t0)) // too late: it is not theirs
		w.ok(w.o.SettleLetter(w.ctx, "w2", store.LetterOutcome{Key: again[0].Key, Event: "retry", Doubts: 1, DueAt: t0.Add(time.Minute)}, t0))
		equal(t, "before it is due", len(claim("w2", t0.Add(30*time.Second))), 0)
		equal(t, "when it is", len(claim("w2", t0.Add(time.Minute))), 1)
		equal(t, "when the lease has lapsed", claim("w3", t0.Add(time.Minute+2*ttl))[0].Doubts, 2)
		w.ok(w.o.SettleLetter(w.ctx, "w3", store.LetterOutcome{Key: again[0].Key, Event: "accept", Doubts: 2}, t0))
		moved, err := w.o.LetterBack(w.ctx, again[0].Key, true, "", t0)
		w.ok(err)
		equal(t, "moved", moved, true)
		equal(t, "received", w.letters(due[0].Case), "offer received 2")
		if w.sql(`DELETE FROM letters`) == nil {
			t.Error("a letter was deleted")
		}
	})
}
