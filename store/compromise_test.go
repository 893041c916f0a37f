package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// shuts says that somebody is compromised, or that it is over.
func (w *world) shuts(person int64, over bool, at time.Time) error {
	w.t.Helper()
	c := store.CompromiseOrder{Person: person, By: "Ada", From: at, Sealed: []byte("detained"), Noted: []byte("noted"), Hashes: [][]byte{[]byte("hash")},
		Task: vedette.Task{Kind: vedette.TaskShut, Question: "Another way?", DueAt: at.Add(time.Hour)}}
	if over {
		return w.o.TrustAgain(w.ctx, c, at)
	}
	return w.o.Compromise(w.ctx, c, at)
}

func TestWhoeverIsCompromisedIsSentNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys[:2])
		flying := w.claim("w", 1, t0) // of the first person
		w.ok(w.shuts(keys[1], false, t0.Add(time.Minute)))
		w.code(w.shuts(keys[1], false, t0.Add(time.Minute)), vedette.CodeConflict)
		equal(t, "what was queued", w.states(u, keys[1]), "1 withheld; ")
		equal(t, "why", w.delivery(u, keys[1]).Detail, "compromised")
		equal(t, "others", w.states(u, keys[0]), "1 queued; ")
		equal(t, "nothing more to claim", len(w.claim("w", 9, t0.Add(time.Second))), 0)
		w.settle("w", "accept", flying, t0)

		// What is planned later leaves them out, and names them.
		seq := w.seq()
		v := w.publish("Floods", "", t0)
		w.plan(v, keys)
		equal(t, "no notice", w.states(v, keys[1]), "")
		equal(t, "left out", w.omissions(v, vedette.NewsShut, 0, 0), fmt.Sprintf("%d shut by 1: not told: compromised since %s, by Ada; ", keys[1], t0.Add(time.Minute).Format("2 Jan 2006 15:04 UTC")))
		if !strings.Contains(w.log(seq), "task made") {
			t.Error("the desk has no task to reach them another way")
		}
		list, err := w.o.ShutOf(w.ctx, v.Key)
		w.ok(err)
		same(t, "named", list, []int64{keys[1]})
		equal(t, "the others are told", w.states(v, keys[2]), "1 queued; ")

		s, err := w.o.Shut(w.ctx)
		w.ok(err)
		equal(t, "by key and by address", s.Recipients[keys[1]] && s.Addresses["hash"] && len(s.Recipients) == 1, true)
		w.ok(w.shuts(keys[1], true, t0.Add(time.Hour)))
		w.code(w.shuts(keys[1], true, t0.Add(time.Hour)), vedette.CodeConflict)
		if s, err = w.o.Shut(w.ctx); err != nil || len(s.Recipients)+len(s.Addresses) > 0 {
			t.Errorf("it is over, and nothing is sent to %v %v", s, err)
		}
		equal(t, "what was withheld stays so", w.states(u, keys[1]), "1 withheld; ")
		all, err := w.o.CompromisesOf(w.ctx, keys[1])
		w.ok(err)
		equal(t, "kept", len(all) == 1 && all[0].To.Equal(t0.Add(time.Hour)) && string(all[0].Sealed) == "detained", true)
		if w.sql("DELETE FROM compromises") == nil {
			t.Error("the record of a compromise was deleted")
		}
	})
}

func TestAnAnswerOfWhoeverIsCompromisedMovesNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("w", "accept", w.claim("w", 9, t0), t0)
		w.answers(u, keys[0], vedette.ReplySafe, t0)
		w.ok(w.shuts(keys[0], false, t0.Add(time.Minute)))
		w.ok(w.shuts(keys[1], false, t0.Add(time.Minute)))
		w.answers(u, keys[0], vedette.ReplyHelp, t0.Add(2*time.Minute))
		w.answers(u, keys[1], vedette.ReplySafe, t0.Add(3*time.Minute))
		sum := w.tally(u)
		equal(t, "counted", sum.Answers[vedette.ReplySafe], 1)
		equal(t, "help", sum.Answers[vedette.ReplyHelp], 0)
		equal(t, "silent", sum.Silent, 1)
		equal(t, "its delivery", w.states(u, keys[1]), "1 accepted; ")
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		equal(t, "cases", len(list), 2)
		for _, c := range list {
			_, entries, err := w.o.Case(w.ctx, c.ID)
			w.ok(err)
			if !c.Hidden || c.Duress || len(entries) != 1 || entries[0].Belief != vedette.Untrusted {
				t.Errorf("%+v holds %+v", c, entries)
			}
		}
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: list[0].ID, Kind: vedette.CaseWrite, By: "Ada", Over: mail}, t0)
		w.code(err, vedette.CodeConflict)
	})
}

func TestAnAnswerUnderDuressLooksLikeSafeAndCountsAsSilent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		w.settle("w", "accept", w.claim("w", 9, t0), t0)
		w.answers(u, keys[0], vedette.ReplySafe, t0)
		forced := func(kind vedette.ReplyKind, after time.Duration) {
			t.Helper()
			w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: kind, Belief: vedette.UnderDuress, At: t0.Add(after)}, 1, nil))
		}
		forced(vedette.ReplySafe, time.Second) // within the time in which the same answer is one
		sum := w.tally(u)
		equal(t, "counted", sum.Answers[vedette.ReplySafe], 0)
		equal(t, "silent", sum.Silent, 2)
		equal(t, "as after safe", w.states(u, keys[0]), "1 answered; ")
		row := w.row(u, keys[0])
		equal(t, "seen by the desk", row.Belief, vedette.UnderDuress)
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		equal(t, "a case", len(list) == 1 && list[0].Duress && list[0].Hidden && len(w.callouts(t0.Add(time.Minute))) == 1, true)
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: list[0].ID, Kind: vedette.CaseTake, By: "Ada", Owner: "Ada", Over: mail}, t0)
		w.ok(err)
		equal(t, "they hear nothing of it", w.letters(list[0].Key), "")

		// What they answer later without a word takes that away once the case is
		// closed, and not before.
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(20*time.Second))
		equal(t, "safe by a later answer", w.tally(u).Answers[vedette.ReplySafe], 0)
		equal(t, "and seen so", w.row(u, keys[0]).Belief, vedette.UnderDuress)

		// Another case that is due before stands behind it.
		w.answers(u, keys[1], vedette.ReplyHelp, t0)
		if list, err = w.o.Cases(w.ctx, false); err != nil || len(list) != 2 || !list[0].Duress {
			t.Errorf("the case of duress is not the first: %+v, %v", list, err)
		}
		// Once they call themselves they may see it; a call counts as one.
		forced(vedette.ReplyHelp, time.Minute)
		list, err = w.o.Cases(w.ctx, false)
		w.ok(err)
		equal(t, "called", list[0].Duress && !list[0].Hidden, true)
		equal(t, "help", w.tally(u).Answers[vedette.ReplyHelp], 2)
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(2*time.Minute))
		equal(t, "safe after the call", w.tally(u).Answers[vedette.ReplySafe], 0)
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: list[0].ID, Kind: vedette.CaseClose, By: "Ada", Sealed: []byte("home")}, t0.Add(3*time.Minute))
		w.ok(err)
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(4*time.Minute))
		equal(t, "safe once the case is closed", w.tally(u).Answers[vedette.ReplySafe], 1)
	})
}

func TestWhatTheDeskWritesIsALetterOfItsEntry(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, person := w.callsForHelp()
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		id := list[0].ID
		write := func() error {
			_, err := w.o.ActOnCase(w.ctx, store.CaseAct{Case: id, Kind: vedette.CaseWrite, By: "Ada", Sealed: []byte("where?"), Over: mail}, t0)
			return err
		}
		w.ok(write())
		letters, err := w.o.LettersOf(w.ctx, list[0].Key)
		w.ok(err)
		equal(t, "one letter", len(letters) == 1 && letters[0].Kind == vedette.LetterWritten && letters[0].Entry == 2 && letters[0].Recipient == person, true)
		noted, hidden, err := w.o.SaidInCase(w.ctx, person, vedette.WayText, []byte("here"), t0)
		w.ok(err)
		equal(t, "noted", noted && !hidden, true)
		equal(t, "log", w.entries(id), "1 call\n2 write Ada where?\n3 say  here")
		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: id, Kind: vedette.CaseWrite, By: "Ada", Sealed: []byte("x"), Over: []vedette.Channel{vedette.ChannelSMS}}, t0)
		w.code(err, vedette.CodeConflict)
		for _, k := range []vedette.CaseEntryKind{vedette.CaseTake, vedette.CaseClose} {
			_, err := w.o.ActOnCase(w.ctx, store.CaseAct{Case: id, Kind: k, By: "Ada", Owner: "Ada"}, t0)
			w.ok(err)
		}
		w.code(write(), vedette.CodeConflict)
		if noted, _, err := w.o.SaidInCase(w.ctx, person, vedette.WayText, []byte("here"), t0); err != nil || noted {
			t.Errorf("a closed case takes what is said: %v", err)
		}
	})
}
