package ground_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vedette"
	"vedette/store/ground"
)

// The store's tests run all of the ground on both engines. What stands here
// shows only apart from the store.

var steps = fstest.MapFS{
	"m/0001_first.sql": {Data: []byte("-- words\nCREATE TABLE words (id {key} PRIMARY KEY, word text NOT NULL UNIQUE, at {time} NOT NULL) {table};\n" +
		"REFUSE DELETE ON words WHEN OLD.id = {kept} SAYING 'this one is kept';\n")},
	"m/0002_second.sql": {Data: []byte("ALTER TABLE words ADD COLUMN raw {bytes};\n")},
}

func open(t *testing.T, upTo int) (*ground.DB, []ground.Step) {
	t.Helper()
	db, err := ground.Open(context.Background(), t.TempDir(), map[string]string{"kept": "1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	all, err := ground.Steps(steps, "m")
	if err == nil {
		err = db.Migrate(context.Background(), all[:upTo])
	}
	if err != nil {
		t.Fatal(err)
	}
	return db, all
}

func write(db *ground.DB, text string, args ...any) error {
	return db.Write(context.Background(), "writing", func(t *ground.Tx) error {
		_, err := t.Exec(text, args...)
		return err
	})
}

func TestMigrations(t *testing.T) {
	db, all := open(t, 1)
	if err := write(db, `INSERT INTO words (id, word, at) VALUES (1, 'a', 0), (2, 'b', 0)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(context.Background(), all); err != nil {
		t.Fatal(err)
	}
	if err := write(db, `UPDATE words SET raw = $1`, []byte{7}); err != nil {
		t.Errorf("the second step is not taken: %v", err)
	}
	if err := db.Migrate(context.Background(), all[:1]); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("an older program may go on with a newer schema: %v", err)
	}
	if err := write(db, `DELETE FROM words WHERE id = 1`); err == nil || !strings.Contains(err.Error()+errors.Unwrap(err).Error(), "this one is kept") {
		t.Errorf("what is refused: %v", err)
	}
	if err := write(db, `DELETE FROM words WHERE id = 2`); err != nil {
		t.Errorf("what is not refused: %v", err)
	}
	if _, err := ground.Steps(fstest.MapFS{"m/0002_gap.sql": {}}, "m"); err == nil {
		t.Error("a gap among the steps is not seen")
	}
}

func TestListsAndBulk(t *testing.T) {
	db, _ := open(t, 2)
	at := time.Date(2026, 2, 5, 12, 0, 0, 1000, time.UTC)
	err := db.Write(context.Background(), "writing", func(t *ground.Tx) error {
		return t.Bulk("words", []string{"id", "word", "at", "raw"}, 3, func(i int) []any {
			return []any{int64(i), string(rune('a' + i)), ground.Micros(at), []byte{byte(i)}}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Read(context.Background(), "reading", func(tx *ground.Tx) error {
		keys, err := tx.Keys(`SELECT id FROM words WHERE id {in $1} ORDER BY id`, ground.List([]int64{0, 2, 9}))
		if err != nil || !slices.Equal(keys, []int64{0, 2}) {
			t.Errorf("in: %v, %v", keys, err)
		}
		rows := ground.List([][]any{{1, "b", ground.Hex([]byte{1})}, {2, "b", ""}})
		keys, err = tx.Keys(`SELECT w.id FROM words w JOIN ({rows $1 a:key b:text c:bytes}) AS v ON w.id = v.a AND w.word = v.b AND w.raw = v.c`, rows)
		if err != nil || !slices.Equal(keys, []int64{1}) {
			t.Errorf("rows: %v, %v", keys, err)
		}
		times, err := ground.All(tx, func(at *time.Time) []any { return []any{ground.Time(at)} }, `SELECT at FROM words UNION ALL SELECT NULL LIMIT $1`, ground.Most(0))
		if err != nil || len(times) != 4 || !times[0].Equal(at) || !times[3].IsZero() {
			t.Errorf("times: %v, %v", times, err)
		}
		if _, err := tx.Keys(`SELECT id FROM words WHERE id {in $1}`, ground.List([]any{func() {}})); err == nil {
			t.Error("a list that JSON cannot hold is taken")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := write(db, `INSERT INTO words (id, word, at) VALUES (7, 'a', 0)`); vedette.ErrorCode(err) != vedette.CodeConflict {
		t.Errorf("a double is no conflict: %v", err)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{{"a\x00b", 0, "ab"}, {"\xff", 0, "\uFFFD"}, {"aé", 2, "a"}, {"abc", 2, "ab"}} {
		if got := ground.Plain(c.in, c.max); got != c.want {
			t.Errorf("Plain(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestUndoLeavesWhatWasThere(t *testing.T) {
	for _, there := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "data")
		if there {
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		undo := ground.Undo(dir)
		db, err := ground.Open(context.Background(), dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		db.Close()
		undo()
		left, err := os.ReadDir(dir)
		if there != (err == nil) || len(left) > 0 {
			t.Errorf("there before: %v; after: %v, %v", there, left, err)
		}
	}
}

// Who reads together gets by with one connection when others use the rest.
func TestReadTogetherTakesWhatIsFree(t *testing.T) {
	db, _ := open(t, 1)
	still := func(*ground.Tx) (int64, error) { return 1, nil }
	var within func(deep int)
	within = func(deep int) {
		if deep == 0 {
			return
		}
		err := db.ReadTogether(context.Background(), "reading", 3, still, func(at int64, ts []*ground.Tx) error {
			if len(ts) == 0 || at != 1 {
				t.Errorf("%d transactions at %d", len(ts), at)
			}
			within(deep - 1)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	within(2)
}

// A column that is read as what it is not is an error, not a nought.
func TestRowsKnowTheirColumns(t *testing.T) {
	db, _ := open(t, 2)
	if err := write(db, `INSERT INTO words (id, word, at, raw) VALUES (1, 'a', 0, NULL)`); err != nil {
		t.Fatal(err)
	}
	rows := func(fn func(ground.Row)) error {
		return db.Read(context.Background(), "reading", func(tx *ground.Tx) error {
			return tx.Rows(func(r ground.Row) error { fn(r); return nil }, `SELECT id, word, raw FROM words WHERE id = $1`, int64(1))
		})
	}
	if err := rows(func(r ground.Row) {
		if r.Int(0) != 1 || r.Text(1) != "a" || r.Bytes(2) != nil || r.Int(2) != 0 {
			t.Errorf("read %d %q %v", r.Int(0), r.Text(1), r.Bytes(2))
		}
	}); err != nil {
		t.Error(err)
	}
	if err := rows(func(r ground.Row) { r.Int(1) }); err == nil {
		t.Error("a text is read as an integer")
	}
}

// Something changes between the beginnings of those who read together: they
// see the same all the same, and the newest.
func TestWhoReadTogetherSeeTheSame(t *testing.T) {
	db, _ := open(t, 1)
	words := func(tx *ground.Tx) (n int64, err error) {
		return n, tx.Row([]any{&n}, `SELECT count(*) FROM words`)
	}
	asked := int64(0)
	moment := func(tx *ground.Tx) (int64, error) {
		n, err := words(tx)
		if asked++; asked < 3 && err == nil {
			err = write(db, `INSERT INTO words (id, word, at) VALUES ($1, $2, 0)`, asked, string(rune('a'+asked)))
		}
		return n, err
	}
	err := db.ReadTogether(context.Background(), "reading", 2, moment, func(at int64, ts []*ground.Tx) error {
		if len(ts) != 2 || at != 2 {
			t.Errorf("%d transactions that see %d words; want 2 that see 2", len(ts), at)
		}
		for i, tx := range ts {
			if n, err := words(tx); err != nil || n != at {
				t.Errorf("transaction %d sees %d words, not %d: %v", i, n, at, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
