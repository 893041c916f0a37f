package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/chain"
	"vedette/store"
)

// theOrg is the organisation, with whose id the log begins.
func (w *world) theOrg() vedette.Organisation {
	w.t.Helper()
	list, err := w.s.Organisations(w.ctx)
	w.ok(err)
	return list[slices.IndexFunc(list, func(o vedette.Organisation) bool { return o.Key == w.org })]
}

// checked goes through a log, and says what is wrong with it.
func (w *world) checked(o *store.Org, org vedette.Organisation, known ...chain.Head) string {
	w.t.Helper()
	c, last := chain.NewCheck(org.ID), int64(0)
	w.ok(o.Audit(w.ctx, func(seals []store.Seal, to int64) error {
		last = to
		for _, s := range seals {
			c.Expect(s.Head, "were rewritten")
		}
		for _, h := range known {
			c.Expect(h, "were rewritten")
		}
		return nil
	}, func(e *vedette.LogEntry, kept []byte) error {
		c.Add(e, kept)
		return nil
	}))
	_, faults, _ := c.End(last)
	return lines(faults, chain.Fault.String)
}

// behind writes a table as somebody would who has the database and not the key: what
// refuses it is taken away first.
func (w *world) behind(text string) {
	w.t.Helper()
	for _, table := range []string{"log", "decisions"} {
		for _, refusal := range []string{"_refuse_update", "_refuse_delete"} {
			drop := "DROP TRIGGER IF EXISTS " + table + refusal
			if w.s.Engine() == "postgres" {
				drop += " ON " + table
			}
			w.ok(w.sql(drop))
		}
	}
	w.ok(w.sql(text))
}

func TestTheLogSaysByWhom(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ada := vedette.Acting(w.ctx, vedette.Actor{Via: vedette.ViaPortal, Name: "Ada", ID: "01J0000000000000000000000A"})
		_, err := w.o.SavePeople(ada, []store.PersonChange{person(1)}, t0)
		w.ok(err)
		_, err = w.o.SavePeople(vedette.Acting(w.ctx, vedette.Actor{Via: vedette.ViaCommand, Name: "root\x00"}), []store.PersonChange{person(2)}, t0.Add(time.Hour))
		w.ok(err)
		show := func(q store.LogQuery) string {
			list, err := w.o.LogRows(w.ctx, q)
			w.ok(err)
			return lines(list, func(e vedette.LogEntry) string {
				return strings.TrimSpace(fmt.Sprintf("%d %s %s %q %s", e.Seq, e.Kind, e.By.Via, e.By.Name, e.By.ID))
			})
		}
		first, second := `1 people portal "Ada" 01J0000000000000000000000A`, `2 people command line "root"`
		equal(t, "all", show(store.LogQuery{}), second+"\n"+first)
		equal(t, "of Ada", show(store.LogQuery{Actor: "Ada"}), first)
		equal(t, "by a door", show(store.LogQuery{Via: vedette.ViaCommand}), second)
		equal(t, "before", show(store.LogQuery{Before: 2}), first)
		equal(t, "of a kind", show(store.LogQuery{Kind: vedette.LogUser}), "")
		equal(t, "from", show(store.LogQuery{From: t0.Add(time.Minute)}), second)
		equal(t, "to", show(store.LogQuery{To: t0.Add(time.Minute)}), first)
		equal(t, "the newest", show(store.LogQuery{Limit: 1}), second)
		equal(t, "sound", w.checked(w.o, w.theOrg()), "")
	})
}

// Several processes write at once, an old log goes on, a restored one does, and each
// is tied from its first row to its last.
func TestTheLogIsTiedWhoeverWritesIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		other := w.open()
		var all sync.WaitGroup
		for i, o := range []*store.Org{w.o, w.o, other.In(w.org), other.In(w.org)} {
			all.Go(func() {
				for n := range 10 {
					if _, err := o.SavePeople(w.ctx, []store.PersonChange{person(100*i + n)}, t0); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		equal(t, "rows", w.seq(), 40)
		equal(t, "sound", w.checked(w.o, w.theOrg()), "")
		w.ok(w.s.SetInstallation(w.ctx, store.Installation{ID: vedette.NewID(t0), KeyCheck: []byte("check"), CreatedAt: t0}))
		s, _, err := store.Restore(w.ctx, place(t, "sqlite"), bytes.NewReader(w.backup()), anyKey)
		w.ok(err)
		defer s.Close()
		_, err = s.In(w.org).SavePeople(w.ctx, []store.PersonChange{person(999)}, t0)
		w.ok(err)
		equal(t, "sound, once restored", w.checked(s.In(w.org), w.theOrg()), "")
	})
}

func TestWhoWritesTheDatabaseBehindUsIsFound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		if err := w.sql(`UPDATE log SET verb = 'x'`); err == nil && w.seq() > 0 {
			t.Error("a log row was changed")
		}
		for n := range 8 {
			_, err := w.o.SavePeople(w.ctx, []store.PersonChange{person(n)}, t0)
			w.ok(err)
		}
		if err := w.sql(`UPDATE log SET verb = 'x' WHERE seq = 3`); err == nil {
			t.Error("a log row was changed")
		}
		head, last, err := w.o.LogHead(w.ctx)
		w.ok(err)
		equal(t, "seals", last.Seq, 0)
		w.ok(w.o.AddSeal(w.ctx, store.Seal{Head: head, Seal: []byte("seal"), At: t0}))
		w.ok(w.o.AddSeal(w.ctx, store.Seal{Head: head, Seal: []byte("another"), At: t0.Add(time.Hour)}))
		_, last, err = w.o.LogHead(w.ctx)
		w.ok(err)
		equal(t, "the seal", fmt.Sprintf("%d %s %v", last.Seq, last.Seal, last.At), fmt.Sprint("8 seal ", t0))
		if err := w.sql(`DELETE FROM seals`); err == nil {
			t.Error("a seal was deleted")
		}
		w.behind(`UPDATE log SET actor = 'Eve' WHERE seq = 3`)
		equal(t, "changed", w.checked(w.o, w.theOrg()), "row 3 was changed, or put there, or the one before it was together with its sum")
		w.behind(`DELETE FROM log WHERE seq BETWEEN 3 AND 4`)
		equal(t, "and gone", w.checked(w.o, w.theOrg()), "rows 3 to 4 missing")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{person(9)}, t0)
		w.ok(err)
		w.behind(`DELETE FROM log WHERE seq >= 8`)
		w.behind(`UPDATE organisations SET seq = 7`)
		equal(t, "cut off", w.checked(w.o, w.theOrg()), "rows 3 to 4 missing\nrow 8 missing at the end")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{person(10)}, t0)
		w.ok(err)
		equal(t, "and written on", w.checked(w.o, w.theOrg()), "rows 3 to 4 missing\nrows 1 to 8 were rewritten")
		w.behind(`DELETE FROM log WHERE seq >= 7`)
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{person(11)}, t0)
		w.ok(err) // the row before is gone: the work goes on
	})
}
