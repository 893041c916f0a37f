package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vedette"
	"vedette/store"
	"vedette/store/code"
	"vedette/store/dump"
	"vedette/store/ground"
)

// schema1 is a backup taken by the program when its schema was the first: 8
// people; an update of which two mails were accepted (one answered with help),
// one failed, one waits for a retry, one was being sent by a worker that was
// killed, and three wait; its correction, with notices for two; a stopped
// update; one in the middle of its planning.
func schema1(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/schema1.backup")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// oldDatabase makes a database of the first schema with the backup's rows.
func (w *world) oldDatabase(place string) {
	w.t.Helper()
	db, err := ground.Open(w.ctx, place, code.States())
	w.ok(err)
	defer db.Close()
	text, err := os.ReadFile("migrations/0001_first.sql")
	w.ok(err)
	steps, err := ground.Steps(fstest.MapFS{"m/0001_first.sql": {Data: text}}, "m")
	w.ok(err)
	w.ok(db.Migrate(w.ctx, steps))
	in, err := dump.NewReader(bytes.NewReader(schema1(w.t.(*testing.T))))
	w.ok(err)
	w.ok(db.WriteOnce(w.ctx, "filling", func(t *ground.Tx) error {
		if _, err := t.Exec(`DELETE FROM counters`); err != nil {
			return err
		}
		return in.Batches(100, 1<<20, func(table string, columns []string, rows [][]any) error {
			return t.Bulk(table, columns, len(rows), func(i int) []any { return rows[i] })
		})
	}))
	_, err = in.Next()
	if !errors.Is(err, io.EOF) && err == nil {
		w.t.Fatal("the backup was not read to its end")
	}
}

// old finds the updates of the old rows by title.
func (w *world) old() map[string]*vedette.Update {
	w.t.Helper()
	list, err := w.o.Updates(w.ctx, 0, time.Time{})
	w.ok(err)
	out := map[string]*vedette.Update{}
	for _, u := range list {
		out[u.Content.Title] = u
	}
	return out
}

// ledger writes the ledger of an update as lines.
func (w *world) ledger(u *vedette.Update) string {
	w.t.Helper()
	out := ""
	for key := int64(1); key <= 9; key++ {
		rounds, err := w.o.Rounds(w.ctx, u.Key, key)
		w.ok(err)
		for _, r := range rounds {
			out += fmt.Sprintf("%d round %d %s %s:", key, r.Round, r.Cause, r.Relation)
			for _, d := range r.Deliveries {
				out += fmt.Sprintf(" %s by %s after %d", d.State, d.Channel, d.Attempts)
			}
			out += "\n"
		}
	}
	return out
}

func begins(t testing.TB, what, text, with string) {
	t.Helper()
	if !strings.HasPrefix(text, with) {
		t.Errorf("%s: got\n%swant it to begin with\n%s", what, text, with)
	}
}

func TestADatabaseOfTheFirstSchemaComesThrough(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.place = place(t, w.s.Engine())
		w.oldDatabase(w.place)
		w.s = w.open()
		w.o = w.s.In(1)
		w.org = 1
		us := w.old()
		rockets, correction, floods := us["Rockets"], us["A correction drafted before what it corrects"], us["Floods"]
		equal(t, "updates", len(us), 4)
		equal(t, "corrects", correction.Corrects, rockets.ID)
		equal(t, "cancels", correction.Cancels, "")
		equal(t, "what stands", w.standing(), "Floods 1, actual; A correction drafted before what it corrects 2, actual; ")
		equal(t, "the ledger", w.ledger(rockets), `1 round 1 published in: answered by email after 1
2 round 1 published in: accepted by email after 1
3 round 1 published in: failed by email after 1
4 round 1 published in: queued by email after 1
5 round 1 published in: queued by email after 0
6 round 1 published in: queued by email after 0
7 round 1 published in: queued by email after 0
8 round 1 published in: queued by email after 0
`)
		sum, err := w.o.Tally(w.ctx, rockets.Key)
		w.ok(err)
		equal(t, "tally", fmt.Sprint(sum.Concerned, sum.Silent, sum.Stale, sum.Deliveries, sum.Answers), "8 7 0 map[accepted:1 answered:1 failed:1 queued:5] map[help:1]")
		rows, err := w.o.Rows(w.ctx, rockets.Key, store.RowFilter{Answer: vedette.ReplyHelp})
		w.ok(err)
		equal(t, "words", string(rows[0].AnswerSealed), "words")
		equal(t, "made when it was published", rows[0].MadeAt, t0)

		// What is written from now on is tied to all that was there.
		equal(t, "the log", w.checked(w.o, w.theOrg()), "")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{person(99)}, t0)
		w.ok(err)
		equal(t, "the log, a row on", w.checked(w.o, w.theOrg()), "")

		// The queue goes on: what the killed worker had is in doubt, the
		// correction replaces the old for two, and the planning is taken up.
		f, err := w.o.LeaseFanout(w.ctx, "next", t0.Add(24*time.Hour), ttl)
		w.ok(err)
		equal(t, "to be planned", f.Update, floods.Key)
		equal(t, "its number", f.No, 1)
		equal(t, "its cursor", f.Cursor, 3)
		w.ok(w.o.PlanChunk(w.ctx, f, "next", chunk([]int64{1, 2, 3, 4}), t0.Add(24*time.Hour), ttl))
		equal(t, "new notices", f.Notices, 4)
		got := w.claim("next", 99, t0.Add(24*time.Hour))
		doubtful := 0
		for _, c := range got {
			equal(t, "round", c.Round, 1)
			if c.Doubts > 0 {
				doubtful++
				equal(t, "who", c.Recipient, 5)
			}
		}
		equal(t, "claimed", len(got), 5+2+4)
		equal(t, "in doubt", doubtful, 1)
		equal(t, "settled", w.settle("next", "accept", got, t0.Add(24*time.Hour)), 11)

		// And somebody is told anew.
		_, err = w.o.TellAgain(w.ctx, store.Again{Update: floods.ID, Cause: vedette.CauseAgain, At: t0})
		w.ok(err)
		w.ok(w.o.FinishFanout(w.ctx, f, "next", t0))
		w.plan(floods, []int64{1})
		begins(t, "a further round", w.ledger(floods), "1 round 1 published in: accepted by email after 1\n1 round 2 again in: queued by email after 0\n")
	})
}

func TestABackupOfTheFirstSchemaComesThrough(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		used := place(t, w.s.Engine())
		s, err := store.Open(w.ctx, used) // opened, but never used
		w.ok(err)
		w.ok(s.Close())
		for what, at := range map[string]string{"a place that is not there": place(t, w.s.Engine()), "a place that was opened": used} {
			s, sum, err := store.Restore(w.ctx, at, bytes.NewReader(schema1(t)), anyKey)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			equal(t, "doubtful", sum.Doubtful, 10)
			equal(t, "halted", sum.Halted, 1)
			w := &world{t: t, ctx: w.ctx, s: s, org: 1, o: s.In(1), place: at}
			us := w.old()
			equal(t, "halted", func() vedette.FanoutState { f, err := w.o.FanoutOf(w.ctx, us["Floods"].Key); w.ok(err); return f.State }(), vedette.FanoutHalted)
			begins(t, what, w.ledger(us["Rockets"]), "1 round 1 published in: answered by email after 1\n2 round 1 published in: accepted by email after 1\n")
			// It is what any other is: what is published cannot be changed.
			if w.sql(`UPDATE updates SET body = '{}' WHERE id = 2`) == nil {
				t.Error("a published update was changed")
			}
			next := w.publish("Next", us["Floods"].Situation.ID, t0)
			equal(t, "number", next.Number, 2)
			w.plan(next, []int64{1, 2})
			equal(t, "sent on", len(w.claim("a", 9, t0)), 2)
			w.ok(s.Close())
		}
	})
}

func TestMigrationsOfBothEnginesMakeTheSameTables(t *testing.T) {
	// A backup of either goes into the other; the columns' names are the proof.
	a, b := newWorld(t, place(t, "sqlite")), newWorld(t, place(t, "postgres"))
	a.furnish()
	b.furnish()
	heads := func(w *world) string {
		out := ""
		for line := range bytes.Lines(unzip(t, w.backup())) {
			if bytes.HasPrefix(line, []byte(`{"table"`)) {
				out += string(line)
			}
		}
		return out
	}
	equal(t, "tables and columns", heads(a), heads(b))
	if files, err := filepath.Glob("migrations/*.sql"); err != nil || len(files) < 2 {
		t.Errorf("migrations: %v, %v", files, err)
	}
}
