package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// called opens a roll-call of people about an update, or none.
func (w *world) called(u *vedette.Update, keys ...int64) vedette.ID {
	w.t.Helper()
	c := vedette.Rollcall{ID: vedette.NewID(t0), Status: vedette.StatusActual, Title: "Basra", Areas: []vedette.AreaID{"IQ"}, OpenedAt: t0, OpenedBy: "Ada"}
	if u != nil {
		c.Update = u.ID
	}
	w.ok(w.o.OpenRollcall(w.ctx, c, w.members(keys...), vedette.RollRound{No: 1, At: t0, Asked: t0, By: "Ada"}))
	return c.ID
}

func (w *world) members(keys ...int64) (out []vedette.RollMember) {
	for _, k := range keys {
		out = append(out, vedette.RollMember{Person: k, Relation: vedette.RelationIn})
	}
	return out
}

// words writes values on one line, a space between.
func words(values ...any) string { return strings.TrimSpace(fmt.Sprintln(values...)) }

func (w *world) record(id vedette.ID) *store.SealedRoll {
	w.t.Helper()
	rec, err := w.o.RollRecord(w.ctx, id, func(*vedette.Rollcall, []vedette.RollRound) store.RollScope {
		return store.RollScope{Since: t0.Add(-hour), Published: t0.Add(-hour)}
	})
	w.ok(err)
	return rec
}

// each gives everyone the callers in turn.
func each(callers []string, all []vedette.RollMember) map[int64]string {
	out := map[int64]string{}
	for i, m := range all {
		out[m.Person] = callers[i%len(callers)]
	}
	return out
}

func (w *world) callers(id vedette.ID) string {
	var out []string
	for _, m := range w.record(id).People {
		out = append(out, m.Caller)
	}
	return strings.Join(out, " ")
}

// furnishRollcall adds a roll-call in which everything was said once.
func (w *world) furnishRollcall(u *vedette.Update, keys []int64) {
	w.t.Helper()
	id := w.called(u, keys[:4]...)
	w.ok(w.o.DivideRollcall(w.ctx, id, []string{"Ada", "Ben"}, t0, each))
	w.ok(w.o.AccountFor(w.ctx, id, vedette.Account{Kind: vedette.AccountSafe, How: vedette.VerifiedSaw, As: vedette.AsDesk, By: "Ada", At: t0}, []store.SealedWords{{Person: keys[0], Words: []byte{0, 9}}}))
	w.ok(w.o.KeepTry(w.ctx, id, vedette.Try{Person: keys[1], Kind: vedette.LineOwn, Nth: 1, Outcome: vedette.TryBusy, By: "Ada", At: t0}, nil))
}

func TestARollcallOnlyGrowsAndClosesOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		seq := w.seq()
		id := w.called(nil, keys[:3]...)
		equal(t, "log", w.log(seq), "rollcall opened")
		none := func([]string, []vedette.RollMember) map[int64]string {
			t.Error("divided without callers")
			return nil
		}
		added, err := w.o.AddMembers(w.ctx, id, w.members(keys[1], keys[3], 999), t0.Add(hour), none)
		w.ok(err)
		equal(t, "added", fmt.Sprint(added), fmt.Sprint(keys[3:4]))
		seq = w.seq()
		added, err = w.o.AddMembers(w.ctx, id, w.members(keys[:2]...), t0.Add(hour), none)
		w.ok(err)
		equal(t, "nobody new is nothing", fmt.Sprint(len(added), w.seq()-seq), "0 0")

		w.ok(w.o.DivideRollcall(w.ctx, id, []string{"Ada", "Ben"}, t0.Add(hour), each))
		equal(t, "sheets", w.callers(id), "Ada Ben Ada Ben")
		_, err = w.o.AddMembers(w.ctx, id, w.members(keys[4]), t0.Add(hour), each)
		w.ok(err)
		equal(t, "a new member is given a caller with it", w.callers(id), "Ada Ben Ada Ben Ada")
		w.ok(w.o.DivideRollcall(w.ctx, id, []string{"Chi"}, t0.Add(hour), each))
		equal(t, "divided anew", w.callers(id), "Chi Chi Chi Chi Chi")
		if w.sql(`DELETE FROM roll_members`) == nil || w.sql(`DELETE FROM rollcalls`) == nil {
			t.Error("somebody was taken out of a roll-call")
		}

		round, err := w.o.AskRound(w.ctx, id, true, "Ben", t0.Add(2*hour))
		w.ok(err)
		equal(t, "round", round.No, 2)
		for _, bad := range [][2]string{{"", "done"}, {"Ada", " "}} {
			_, err = w.o.CloseRollcall(w.ctx, id, bad[0], bad[1], t0.Add(3*hour))
			w.code(err, vedette.CodeInvalid)
		}
		c, err := w.o.CloseRollcall(w.ctx, id, "Ada", "all heard of", t0.Add(3*hour))
		w.ok(err)
		equal(t, "closed", words(c.State, c.ClosedBy, c.Reason, c.Members, c.ClosedAt.Equal(t0.Add(3*hour))), "closed Ada all heard of 5 true")
		_, err = w.o.CloseRollcall(w.ctx, id, "Ada", "again", t0.Add(3*hour))
		w.code(err, vedette.CodeConflict)
		_, err = w.o.AddMembers(w.ctx, id, nil, t0, none)
		w.code(err, vedette.CodeConflict)
		w.code(w.o.AccountFor(w.ctx, id, vedette.Account{Kind: vedette.AccountSafe, As: vedette.AsDesk, By: "Ada", At: t0}, []store.SealedWords{{Person: keys[0]}}), vedette.CodeConflict)
		_, err = w.o.AskRound(w.ctx, id, false, "Ada", t0)
		w.code(err, vedette.CodeConflict)
		open, err := w.o.Rollcalls(w.ctx, false)
		w.ok(err)
		all, err := w.o.Rollcalls(w.ctx, true)
		w.ok(err)
		equal(t, "lists", fmt.Sprint(len(open), len(all), all[0].Areas, all[0].Callers), "0 1 [IQ] [Chi]")
		if w.sql(`UPDATE rollcalls SET reason = 'other'`) == nil {
			t.Error("a closed roll-call was changed")
		}
	})
}

func TestWhatIsSaidInARollcallIsKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(4)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys[:2])
		id := w.called(u, keys[:3]...)
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(time.Minute))
		account := vedette.Account{Kind: vedette.AccountSafe, How: vedette.VerifiedVoice, As: vedette.AsWarden, By: "Wes", At: t0.Add(2 * time.Minute)}
		w.ok(w.o.AccountFor(w.ctx, id, account, []store.SealedWords{{Person: keys[1], Words: []byte("one")}, {Person: keys[2], Words: []byte("two")}}))
		account.Kind = vedette.AccountNotThere
		w.ok(w.o.AccountFor(w.ctx, id, account, []store.SealedWords{{Person: keys[2]}}))
		w.ok(w.o.KeepTry(w.ctx, id, vedette.Try{Person: keys[2], Kind: vedette.LineEmergency, Nth: 2, Outcome: vedette.TryBusy, By: "Ada", At: t0.Add(3 * time.Minute)}, []byte("note")))
		seq := w.seq()
		// All of one act or none: keys[3] is no member, one person is named twice.
		w.code(w.o.AccountFor(w.ctx, id, account, []store.SealedWords{{Person: keys[1]}, {Person: keys[3]}}), vedette.CodeConflict)
		w.code(w.o.AccountFor(w.ctx, id, account, []store.SealedWords{{Person: keys[1]}, {Person: keys[1]}}), vedette.CodeConflict)
		w.code(w.o.KeepTry(w.ctx, id, vedette.Try{Person: keys[3], Kind: vedette.LineOwn, Nth: 1, Outcome: vedette.TryBusy, At: t0}, nil), vedette.CodeConflict)
		equal(t, "nothing kept of it", w.seq(), seq)

		rec := w.record(id)
		var said []string
		for _, a := range rec.Accounts {
			said = append(said, words(a.Person == keys[1], a.Kind, a.How, a.As, a.By, string(rec.Words(a.Seq, a.Person))))
		}
		equal(t, "accounts", strings.Join(said, "; "), "true safe voice warden Wes one; false safe voice warden Wes two; false not_there voice warden Wes")
		y := rec.Tries[0]
		equal(t, "try", words(y.Kind, y.Nth, y.Outcome, y.By, string(rec.Words(y.Seq, y.Person))), "emergency 2 busy Ada note")
		equal(t, "answers", words(len(rec.Answers), rec.Answers[0].Kind), "1 safe")
		equal(t, "told", len(rec.Told), 2)

		// Of an erased person the words go; that somebody accounted for them stays.
		p, err := w.o.PersonByKey(w.ctx, keys[2])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0.Add(hour)))
		rec = w.record(id)
		for _, a := range rec.Accounts {
			equal(t, "words of an account", len(rec.Words(a.Seq, a.Person)) > 0, a.Person == keys[1])
		}
		equal(t, "note", len(rec.Words(y.Seq, y.Person)), 0)
		w.code(w.o.AccountFor(w.ctx, id, account, []store.SealedWords{{Person: keys[2]}}), vedette.CodeConflict)
	})
}

// A drill's answers say nothing about the real thing, nor does another
// organisation's roll-call exist here.
func TestARollcallHearsItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		drill := &vedette.Update{Status: vedette.StatusExercise, Content: vedette.Content{Title: "Drill"}}
		w.ok(w.o.SaveDraft(w.ctx, drill, t0))
		u, err := w.o.Publish(w.ctx, store.PublishOrder{Update: drill.ID, At: t0})
		w.ok(err)
		w.plan(u, keys)
		w.answers(u, keys[0], vedette.ReplySafe, t0.Add(time.Minute))
		id := w.called(nil, keys...)
		rec := w.record(id)
		equal(t, "answers and notices of a drill", fmt.Sprint(len(rec.Answers), len(rec.Told)), "0 0")

		other, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		_, err = w.s.In(other.Key).Rollcall(w.ctx, id)
		w.code(err, vedette.CodeNotFound)
		w.code(w.s.In(other.Key).OpenRollcall(w.ctx, vedette.Rollcall{ID: vedette.NewID(t0), Update: u.ID, OpenedAt: t0, OpenedBy: "Eve"}, nil, vedette.RollRound{No: 1, At: t0, Asked: t0}), vedette.CodeNotFound)
	})
}
