package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
	"vedette/store/code"
	"vedette/store/ground"
)

// What is kept of people is in their file, or somebody decided that it is not, and why:
// a table or a column that is new fails here until that is done (store/person_file.go).
func TestEveryTableIsDecidedAbout(t *testing.T) {
	w := newWorld(t, place(t, "sqlite"))
	db, err := ground.Open(w.ctx, w.place, code.States())
	w.ok(err)
	defer db.Close()
	filed, left := store.FiledColumns(), store.LeftOut()
	w.ok(db.Read(w.ctx, "looking at the schema", func(t1 *ground.Tx) error {
		tables, err := t1.Tables()
		if err != nil {
			return err
		}
		for name := range tables {
			_, in := filed[name]
			why, out := left[name]
			switch {
			case in == out:
				t.Errorf("the table %s: in the file of a person %v, left out %v; decide which, and why", name, in, out)
			case out && len(strings.Fields(why)) < 4:
				t.Errorf("the table %s is left out because %q, which explains nothing", name, why)
			}
			if !in {
				continue
			}
			cols, err := columnsOf(t1, name)
			if err != nil {
				return err
			}
			for _, c := range cols {
				if !slices.Contains(filed[name], c) {
					t.Errorf("the column %s of %s is neither told in the file of a person nor said to be left", c, name)
				}
			}
			for _, c := range filed[name] {
				if !slices.Contains(cols, c) {
					t.Errorf("%s has no column %s", name, c)
				}
			}
		}
		for name := range filed {
			if !tables[name] {
				t.Errorf("there is no table %s", name)
			}
		}
		for name := range left {
			if !tables[name] {
				t.Errorf("there is no table %s to be left out", name)
			}
		}
		return nil
	}))
}

func columnsOf(t *ground.Tx, table string) (out []string, err error) {
	return ground.All(t, func(s *string) []any { return []any{s} }, `SELECT name FROM pragma_table_info($1)`, table)
}

// A person's file has what was done to them, and nothing of anybody else.
func TestPersonFile(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.furnish()
		var ids []vedette.ID
		w.ok(w.o.People(w.ctx, func(p *store.SealedPerson) error { ids = append(ids, p.ID); return nil }))
		filled := map[string]bool{}
		for _, id := range ids {
			f, err := w.o.PersonFile(w.ctx, id)
			w.ok(err)
			for _, table := range f.Tables {
				filled[table.Name] = filled[table.Name] || len(table.Rows) > 0
				for _, row := range table.Rows {
					if len(row) != len(table.Columns) {
						t.Fatalf("%s: %d values of %d columns", table.Name, len(row), len(table.Columns))
					}
					for i, v := range row {
						_, sealed := table.Seals[i]
						if b, ok := v.([]byte); ok && !sealed {
							t.Errorf("%s.%s is bytes and not sealed: %q", table.Name, table.Columns[i], b)
						}
						if at, ok := v.(time.Time); ok && at.Year() != t0.Year() {
							t.Errorf("%s.%s is %s", table.Name, table.Columns[i], at)
						}
					}
				}
			}
			if len(f.Keys) != 1 {
				t.Errorf("%d keys of one person", len(f.Keys))
			}
		}
		// What the world of this test has nobody do has no rows.
		var empty []string
		for name, has := range filled {
			if !has {
				empty = append(empty, name)
			}
		}
		slices.Sort(empty)
		t.Log("empty for everybody:", empty)
		if len(empty) > 8 {
			t.Errorf("too little is found of people; nothing in %v", empty)
		}

		answered := 0
		for _, id := range ids {
			f, err := w.o.PersonFile(w.ctx, id)
			w.ok(err)
			for _, table := range f.Tables {
				if table.Name == "replies" {
					answered += len(table.Rows)
				}
			}
		}
		if answered != 1 {
			t.Errorf("one answered, and %d files say so", answered)
		}
		_, err := w.s.In(w.org+1).PersonFile(w.ctx, ids[0])
		w.code(err, vedette.CodeNotFound)
		_, err = w.o.PersonFile(w.ctx, "nobody")
		w.code(err, vedette.CodeNotFound)

		w.ok(w.o.ErasePerson(w.ctx, ids[3], t0))
		f, err := w.o.PersonFile(w.ctx, ids[3])
		w.ok(err)
		for _, table := range f.Tables {
			for i := range table.Seals {
				for _, row := range table.Rows {
					if b, _ := row[i].([]byte); len(b) > 0 {
						t.Errorf("of somebody erased %s.%s is still there: %s", table.Name, table.Columns[i], fmt.Sprint(row))
					}
				}
			}
		}
	})
}
