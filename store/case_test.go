package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func (w *world) cases(all bool) string {
	w.t.Helper()
	list, err := w.o.Cases(w.ctx, all)
	w.ok(err)
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s due %s", c.State, c.Owner, c.DueAt.Sub(t0))))
	}
	return strings.Join(out, "\n")
}

func (w *world) entries(id vedette.ID) string {
	w.t.Helper()
	_, list, err := w.o.Case(w.ctx, id)
	w.ok(err)
	return lines(list, func(e store.SealedEntry) string { return fmt.Sprintf("%d %s %s %s", e.No, e.Kind, e.By, e.Sealed) })
}

// lines has a line said of each thing of a list.
func lines[T any](list []T, say func(T) string) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = strings.TrimSpace(say(x))
	}
	return strings.Join(out, "\n")
}

func TestACallForHelpOpensACaseThatOnlyTheDeskCloses(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		say := func(kind vedette.ReplyKind, after time.Duration, words string) {
			t.Helper()
			w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: kind, At: t0.Add(after)}, 1, []byte(words)))
		}
		say(vedette.ReplySafe, 0, "")
		equal(t, "safe opens none", w.cases(true), "")
		seq := w.seq()
		say(vedette.ReplyHelp, time.Minute, "roof")
		equal(t, "log", w.log(seq), "delivery answered\ncase call\nreply help")
		equal(t, "opened", w.cases(false), "open  due 3m0s")
		say(vedette.ReplyHelp, 2*time.Minute, "hurry")
		equal(t, "a second call is no second case", w.cases(false), "open  due 3m0s")

		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		id := list[0].ID
		act := func(kind vedette.CaseEntryKind, by, owner string, next time.Duration) error {
			_, err := w.o.ActOnCase(w.ctx, store.CaseAct{Case: id, Kind: kind, By: by, Owner: owner, Next: next, Sealed: []byte("x")}, t0.Add(3*time.Minute))
			return err
		}
		w.code(act(vedette.CaseClose, "Ada", "", 0), vedette.CodeConflict)
		w.code(act(vedette.CaseHandOver, "Ada", "Ben", 0), vedette.CodeConflict)
		w.code(act(vedette.CaseNote, "Ada", "", time.Hour), vedette.CodeConflict)
		w.code(act(vedette.CaseTake, " ", "Ada", 0), vedette.CodeInvalid)
		w.ok(act(vedette.CaseTake, "Ada", "Ada", 0))
		w.code(act(vedette.CaseTake, "Ben", "Ben", 0), vedette.CodeConflict)
		equal(t, "taken", w.cases(false), "taken Ada due 33m0s")
		w.ok(act(vedette.CaseHandOver, "Ada", "Ben", 10*time.Minute))
		say(vedette.ReplySafe, 5*time.Minute, "")
		equal(t, "safe closes nothing", w.cases(false), "taken Ben due 13m0s")
		w.ok(act(vedette.CaseClose, "Ben", "", 0))
		equal(t, "closed", w.cases(false), "")
		w.code(act(vedette.CasePlace, "Ben", "", 0), vedette.CodeConflict)
		w.ok(act(vedette.CaseNote, "Ben", "", 0))
		say(vedette.ReplySafe, 6*time.Minute, "")
		equal(t, "a closed one takes no answer", w.cases(false), "")
		say(vedette.ReplyHelp, 7*time.Minute, "again")
		equal(t, "opened again", w.cases(true), "open  due 9m0s")
		equal(t, "its log", w.entries(id), "1 call  roof\n2 call  hurry\n3 take Ada x\n4 hand_over Ada x\n5 safe\n6 close Ben x\n7 note Ben x\n8 call  again")

		_, err = w.o.ActOnCase(w.ctx, store.CaseAct{Case: vedette.NewID(t0), Kind: vedette.CaseNote, By: "Ada"}, t0)
		w.code(err, vedette.CodeNotFound)
		other, err := w.o.Cases(w.ctx, true)
		w.ok(err)
		p, err := w.o.PersonByKey(w.ctx, other[0].Person)
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0.Add(time.Hour)))
		equal(t, "erased", strings.Contains(w.entries(id), "roof"), false)
	})
}

func TestACallAboutAnotherUpdateIsANewCaseOnceTheFirstIsClosed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		first, second := w.publish("Rockets", "", t0), w.publish("Floods", "", t0)
		w.plan(first, keys)
		w.plan(second, keys)
		call := func(u *vedette.Update, after time.Duration) {
			w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplyHelp, At: t0.Add(after)}, 1, nil))
		}
		call(first, 0)
		call(second, time.Minute)
		equal(t, "one while it is open", w.cases(true), "open  due 2m0s")
		list, err := w.o.Cases(w.ctx, false)
		w.ok(err)
		for _, k := range []vedette.CaseEntryKind{vedette.CaseTake, vedette.CaseClose} {
			_, err := w.o.ActOnCase(w.ctx, store.CaseAct{Case: list[0].ID, Kind: k, By: "Ada", Owner: "Ada"}, t0.Add(2*time.Minute))
			w.ok(err)
		}
		call(second, time.Hour)
		equal(t, "two", w.cases(true), "open  due 1h2m0s\nclosed Ada due 32m0s")
	})
}
