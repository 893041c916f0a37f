package store_test

import (
	"fmt"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// question drafts the question of a roll-call.
func (w *world) question(id vedette.ID) *store.PublishOrder {
	w.t.Helper()
	u := &vedette.Update{Asks: id, Content: vedette.Content{Title: "Roll-call"}}
	w.ok(w.o.SaveDraft(w.ctx, u, t0))
	return &store.PublishOrder{Update: u.ID, At: t0.Add(time.Hour)}
}

func TestARollcallAsksByMessagesOfItsOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		c := vedette.Rollcall{ID: vedette.NewID(t0), Title: "By name", OpenedAt: t0, OpenedBy: "Ada"}
		w.ok(w.o.OpenRollcall(w.ctx, c, w.members(keys[:2]...), vedette.RollRound{No: 1, At: t0, Asked: t0, By: "Ada"}))
		round, err := w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c.ID, Question: w.question(c.ID), By: "Ada", At: t0.Add(time.Hour)})
		w.ok(err)
		equal(t, "round", fmt.Sprint(round.No, round.Told), "2 true")
		got, err := w.o.Rollcall(w.ctx, c.ID)
		w.ok(err)
		u, err := w.o.Update(w.ctx, got.Update)
		w.ok(err)
		equal(t, "its question", u.Asks, c.ID)
		stands, err := w.o.StandingKeys(w.ctx)
		w.ok(err)
		equal(t, "what stands", len(stands), 0)
		members, err := w.o.RollMembers(w.ctx, c.ID)
		w.ok(err)
		equal(t, "whom it asks", fmt.Sprint(members), fmt.Sprint(keys[:2]))
		_, err = w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c.ID, Question: w.question(c.ID), By: "Ada", At: t0})
		w.code(err, vedette.CodeConflict)

		// Told again and a further round are one act: of what stands no more, neither.
		w.plan(u, keys[:2])
		seq := w.seq()
		_, err = w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c.ID, Update: u.ID, By: "Ada", At: t0.Add(2 * time.Hour)})
		w.ok(err)
		equal(t, "log", w.log(seq), "fanout queued\nrollcall asked")
		_, err = w.o.Stop(w.ctx, u.ID, "x", t0.Add(3*time.Hour))
		w.ok(err)
		seq = w.seq()
		_, err = w.o.AskRollcall(w.ctx, store.RollAsk{Rollcall: c.ID, Update: u.ID, By: "Ada", At: t0.Add(3 * time.Hour)})
		w.code(err, vedette.CodeConflict)
		equal(t, "nothing was done", w.seq(), seq)
	})
}

func TestAnAccountOfHelpOpensACase(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys[:2])
		c := vedette.Rollcall{ID: vedette.NewID(t0), Title: "By name", OpenedAt: t0, OpenedBy: "Ada"}
		w.ok(w.o.OpenRollcall(w.ctx, c, w.members(keys...), vedette.RollRound{No: 1, At: t0, Asked: t0, By: "Ada"}))
		help := func(at time.Time, keys ...int64) []int64 {
			var list, words []store.SealedWords
			for _, k := range keys {
				list, words = append(list, store.SealedWords{Person: k}), append(words, store.SealedWords{Person: k, Words: []byte("said")})
			}
			without, err := w.o.AccountHelp(w.ctx, c.ID, vedette.Account{Kind: vedette.AccountHelp, How: vedette.VerifiedVoice, As: vedette.AsDesk, By: "Ada", At: at}, list, words)
			w.ok(err)
			return without
		}
		equal(t, "of whom there can be none", fmt.Sprint(help(t0.Add(time.Hour), keys[0], keys[2])), fmt.Sprint(keys[2:]))
		// Their own call is the same case, and so is a second account.
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: keys[0], Kind: vedette.ReplyHelp, At: t0.Add(2 * time.Hour)}, 1, nil))
		help(t0.Add(3*time.Hour), keys[0])
		list, err := w.o.Cases(w.ctx, true)
		w.ok(err)
		if len(list) != 1 || list[0].Person != keys[0] || !list[0].CalledAt.Equal(t0.Add(3*time.Hour)) {
			t.Errorf("cases: %+v", list)
		}
		_, entries, err := w.o.Case(w.ctx, list[0].ID)
		w.ok(err)
		equal(t, "entries", len(entries), 3)
		equal(t, "who said it", entries[0].By, "Ada")
	})
}
