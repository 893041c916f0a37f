package ground

import (
	"context"
	"database/sql"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vedette"
)

// Step is one numbered migration of the schema. There is no way back.
type Step struct {
	number int
	name   string
	text   string
}

// Steps reads the .sql files of a folder; their names order them, and begin
// with their number: 0001_first.sql. A number may be left out, for several are at
// work at once, and none is there twice. Statements end with a semicolon at the
// end of a line; besides SQL there is "REFUSE UPDATE ON table WHEN condition
// SAYING 'why'", or DELETE, which makes a trigger that does so, and "GUESS column
// OF table": how many rows have a value there is not counted, for the values that
// matter are new.
func Steps(files fs.FS, folder string) ([]Step, error) {
	names, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return nil, err
	}
	var out []Step
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		s := Step{name: strings.TrimSuffix(path.Base(name), ".sql"), text: string(b)}
		no, _, _ := strings.Cut(s.name, "_")
		if s.number, err = strconv.Atoi(no); err != nil || len(no) != 4 || s.number <= Last(out) {
			return nil, vedette.Errorf(vedette.CodeInternal, "migration %s does not begin with a number of four digits after %04d", name, Last(out))
		}
		out = append(out, s)
	}
	return out, nil
}

// Last gives the number of the last step, which is that of the schema; 0 for
// none.
func Last(steps []Step) int {
	if len(steps) == 0 {
		return 0
	}
	return steps[len(steps)-1].number
}

// Migrate brings the schema up to date. It writes nothing when it is, and is
// a conflict where the schema is newer than the steps.
func (db *DB) Migrate(ctx context.Context, steps []Step) error {
	var have int
	var taken map[int]bool
	err := db.Read(ctx, "reading the schema", func(t *Tx) (err error) {
		if have, err = t.Schema(); err == nil && have > 0 {
			taken, err = t.taken()
		}
		return err
	})
	if err != nil {
		return err
	}
	if have > Last(steps) {
		return db.tooNew(have, Last(steps))
	}
	if !slices.ContainsFunc(steps, func(s Step) bool { return !taken[s.number] }) {
		return nil
	}
	return db.Write(ctx, "bringing the schema up to date", func(t *Tx) error { return t.Migrate(steps, Last(steps)) })
}

func (db *DB) tooNew(have, known int) error {
	return vedette.Errorf(vedette.CodeConflict,
		"the data at %s were written by a newer Vedette (schema %d, this program knows %d); use that program or a newer one", db.place, have, known)
}

// Migrate takes the steps that are missing, up to a number.
func (t *Tx) Migrate(steps []Step, upTo int) error {
	if _, err := t.Exec(t.db.d.alone); err != nil {
		return err
	}
	have, err := t.Schema()
	if err != nil {
		return err
	}
	if have > Last(steps) {
		return t.db.tooNew(have, Last(steps))
	}
	if have == 0 {
		if _, err := t.Exec(`CREATE TABLE IF NOT EXISTS migrations (number {key} PRIMARY KEY, name text NOT NULL) {table}`); err != nil {
			return err
		}
	}
	taken, err := t.taken()
	if err != nil {
		return err
	}
	for _, s := range steps {
		if taken[s.number] || s.number > upTo {
			continue
		}
		if err := t.apply(s); err != nil {
			return vedette.Wrap(err, vedette.CodeInternal, "migration %s failed at %s", s.name, t.db.place)
		}
	}
	return nil
}

// taken gives the numbers of the steps that were taken.
func (t *Tx) taken() (map[int]bool, error) {
	numbers, err := t.Keys(`SELECT number FROM migrations ORDER BY number`)
	out := make(map[int]bool, len(numbers))
	for _, n := range numbers {
		out[int(n)] = true
	}
	return out, err
}

func (t *Tx) apply(s Step) error {
	for _, statement := range statements(s.text) {
		own := []string{statement}
		if r, ok := parseRefusal(statement); ok {
			own = t.db.d.refuse(r)
		} else if m := guessText.FindStringSubmatch(statement); m != nil {
			own = t.db.d.guess(m[2], m[1])
		}
		for _, text := range own {
			if _, err := t.Exec(text); err != nil {
				return err
			}
		}
	}
	_, err := t.Exec(`INSERT INTO migrations (number, name) VALUES ($1, $2)`, int64(s.number), s.name)
	return err
}

// Schema gives the number of the last step taken, 0 for an empty place.
func (t *Tx) Schema() (int, error) {
	tables, err := t.Tables()
	if err != nil || !tables["migrations"] {
		return 0, err
	}
	var n int
	err = t.Row([]any{&n}, `SELECT coalesce(max(number), 0) FROM migrations`)
	return n, err
}

// Tables gives the names of the tables there are.
func (t *Tx) Tables() (map[string]bool, error) {
	out := map[string]bool{}
	return out, t.Each(func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		out[name] = true
		return err
	}, t.db.d.tables)
}

var comment = regexp.MustCompile(`(?m)--.*$`)

// statements splits a migration at the semicolons that end a line.
func statements(text string) []string {
	var out []string
	for s := range strings.SplitSeq(comment.ReplaceAllString(text, "")+"\n", ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var guessText = regexp.MustCompile(`^GUESS (\w+) OF (\w+)$`)

var refuseText = regexp.MustCompile(`^REFUSE (UPDATE|DELETE) ON (\w+)(?: WHEN (.+))? SAYING ('[^']*')$`)

// parseRefusal reads a statement that is one of ours.
func parseRefusal(statement string) (refusal, bool) {
	m := refuseText.FindStringSubmatch(statement)
	if m == nil {
		return refusal{}, false
	}
	return refusal{Name: m[2] + "_refuse_" + strings.ToLower(m[1]), Event: m[1], Table: m[2], When: m[3], Sentence: m[4]}, true
}
