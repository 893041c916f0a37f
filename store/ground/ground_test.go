package ground_test

import (
	"context"
	"errors"
	"fmt"
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
	for _, wrong := range []string{"m/2_short.sql", "m/first.sql", "m/0001_twice.sql"} {
		if _, err := ground.Steps(fstest.MapFS{"m/0001_first.sql": {}, wrong: {}}, "m"); err == nil {
			t.Errorf("%s among the steps is not seen", wrong)
		}
	}
	// A step that comes later than one with a higher number is taken all the same.
	between := fstest.MapFS{"m/0001_first.sql": steps["m/0001_first.sql"], "m/0002_second.sql": steps["m/0002_second.sql"], "m/0004_last.sql": {Data: []byte("CREATE TABLE lasts (id {key} PRIMARY KEY) {table};\n")}}
	migrate := func() {
		t.Helper()
		some, err := ground.Steps(between, "m")
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(context.Background(), some); err != nil {
			t.Fatal(err)
		}
	}
	migrate()
	between["m/0003_between.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE betweens (id {key} PRIMARY KEY) {table};\n")}
	migrate()
	migrate()
	if err := write(db, `INSERT INTO betweens (id) SELECT count(*) FROM lasts`); err != nil {
		t.Errorf("the step in between: %v", err)
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
	still := func(ground.Reader) (int64, error) { return 1, nil }
	var within func(deep int)
	within = func(deep int) {
		if deep == 0 {
			return
		}
		err := db.ReadTogether(context.Background(), "reading", 3, still, func(at int64, ts []ground.Reader) error {
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

// Both ways to read many rows give what was written, and an error where a
// column is read as what it is not, or a text is wrong.
func TestRows(t *testing.T) {
	db, _ := open(t, 2)
	err := db.Write(context.Background(), "writing", func(t *ground.Tx) error {
		return t.Bulk("words", []string{"id", "word", "at", "raw"}, 3, func(i int) []any {
			return [][]any{{int64(-1), "", int64(1 << 60), nil}, {int64(2), "añ\u2028b", int64(0), []byte{0, 255}}, {int64(3), "c", int64(0), []byte{}}}[i]
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	ways := map[string]func(fn func(ground.Reader) error) error{
		"a transaction": func(fn func(ground.Reader) error) error {
			return db.Read(context.Background(), "reading", func(tx *ground.Tx) error { return fn(tx) })
		},
		"several readers": func(fn func(ground.Reader) error) error {
			return db.ReadTogether(context.Background(), "reading", 2, func(ground.Reader) (int64, error) { return 0, nil },
				func(_ int64, rs []ground.Reader) error { return fn(rs[len(rs)-1]) })
		},
	}
	for name, read := range ways {
		t.Run(name, func(t *testing.T) { readWords(t, read) })
	}
}

func readWords(t *testing.T, read func(fn func(ground.Reader) error) error) {
	var got []string
	const text = `SELECT id, word, at, raw, 0.5 FROM words WHERE word <> $2 AND id < $1 ORDER BY id`
	err := read(func(r ground.Reader) error {
		for range 2 { // the second time by the statement that is there already
			err := r.Rows(func(r ground.Row) error {
				got = append(got, fmt.Sprintf("%d %s %d %v %v", r.Int(0), r.Text(1), r.Int(2), r.Bytes(3), r.Real(4)))
				return nil
			}, text, int64(9), "c")
			if err != nil {
				return err
			}
		}
		return nil
	})
	want := []string{"-1  1152921504606846976 [] 0.5", "2 añ\u2028b 0 [0 255] 0.5"}
	if want = append(want, want...); err != nil || !slices.Equal(got, want) {
		t.Errorf("read %q, %v; want %q", got, err, want)
	}
	mine := errors.New("enough")
	for what, fn := range map[string]func(ground.Reader) error{
		"a text is read as an integer": func(r ground.Reader) error {
			return r.Rows(func(r ground.Row) error { r.Int(1); return nil }, `SELECT id, word FROM words`)
		},
		"a missing table is read": func(r ground.Reader) error {
			return r.Rows(func(ground.Row) error { return nil }, `SELECT id FROM sentences`)
		},
		"a parameter has no value": func(r ground.Reader) error {
			return r.Rows(func(ground.Row) error { return nil }, `SELECT id FROM words WHERE id = $1 OR id = $2`, int64(1))
		},
	} {
		if err := read(fn); vedette.ErrorCode(err) != vedette.CodeInternal {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := read(func(r ground.Reader) error {
		return r.Rows(func(ground.Row) error { return mine }, `SELECT id FROM words`)
	}); !errors.Is(err, mine) {
		t.Errorf("an error of who reads: %v", err)
	}
}

// A reader writes nothing.
func TestReadersOnlyRead(t *testing.T) {
	db, _ := open(t, 1)
	err := db.ReadTogether(context.Background(), "reading", 1, func(ground.Reader) (int64, error) { return 0, nil }, func(_ int64, rs []ground.Reader) error {
		return rs[0].Rows(func(ground.Row) error { return nil }, `INSERT INTO words (id, word, at) VALUES (1, 'a', 0)`)
	})
	if err == nil {
		t.Error("a reader writes")
	}
}

// Something changes between the beginnings of those who read together: they
// see the same all the same, and the newest.
func TestWhoReadTogetherSeeTheSame(t *testing.T) {
	db, _ := open(t, 1)
	words := func(r ground.Reader) (int64, error) {
		n, _, err := ground.One(r, `SELECT count(*) FROM words`)
		return n, err
	}
	asked := int64(0)
	moment := func(r ground.Reader) (int64, error) {
		n, err := words(r)
		if asked++; asked < 3 && err == nil {
			err = write(db, `INSERT INTO words (id, word, at) VALUES ($1, $2, 0)`, asked, string(rune('a'+asked)))
		}
		return n, err
	}
	err := db.ReadTogether(context.Background(), "reading", 2, moment, func(at int64, ts []ground.Reader) error {
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
