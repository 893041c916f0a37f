package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"vedette"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step of the schema. There is no way back.
type migration struct {
	number int
	name   string
	text   string
}

// migrations reads the embedded steps; their file names order them, and
// begin with their number.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for i, name := range names {
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m := migration{number: i + 1, name: strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql"), text: string(b)}
		if !strings.HasPrefix(m.name, fmt.Sprintf("%04d_", m.number)) {
			return nil, vedette.Errorf(vedette.CodeInternal, "migration %s is out of order: %04d was expected", name, m.number)
		}
		out = append(out, m)
	}
	return out, nil
}

// migrate brings the schema up to date. It writes nothing when it is.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	var have int
	err = s.read(ctx, "reading the schema", func(t *tx) (err error) {
		have, err = t.schema()
		return err
	})
	if err != nil {
		return err
	}
	if have > len(steps) {
		return s.tooNew(have, len(steps))
	}
	if have == len(steps) {
		return nil
	}
	return s.write(ctx, "bringing the schema up to date", func(t *tx) error { return t.migrateTo(steps, len(steps)) })
}

func (s *Store) tooNew(have, known int) error {
	return vedette.Errorf(vedette.CodeConflict,
		"the data at %s were written by a newer Vedette (schema %d, this program knows %d); use that program or a newer one", s.place, have, known)
}

// migrateTo takes the steps that are missing, up to a number.
func (t *tx) migrateTo(steps []migration, upTo int) error {
	if _, err := t.exec(t.s.d.alone); err != nil {
		return err
	}
	have, err := t.schema()
	if err != nil {
		return err
	}
	if have > len(steps) {
		return t.s.tooNew(have, len(steps))
	}
	if have == 0 {
		if _, err := t.exec(`CREATE TABLE IF NOT EXISTS migrations (number {key} PRIMARY KEY, name text NOT NULL) {table}`); err != nil {
			return err
		}
	}
	for _, m := range steps {
		if m.number <= have || m.number > upTo {
			continue
		}
		if err := t.apply(m); err != nil {
			return vedette.Wrap(err, vedette.CodeInternal, "migration %s failed at %s", m.name, t.s.place)
		}
	}
	return nil
}

func (t *tx) apply(m migration) error {
	for _, statement := range statements(m.text) {
		own := []string{statement}
		if r, ok := parseRefusal(statement); ok {
			own = t.s.d.refuse(r)
		}
		for _, text := range own {
			if _, err := t.exec(text); err != nil {
				return err
			}
		}
	}
	_, err := t.exec(`INSERT INTO migrations (number, name) VALUES ($1, $2)`, int64(m.number), m.name)
	return err
}

// schema gives the number of the last step taken, 0 for an empty place.
func (t *tx) schema() (int, error) {
	tables, err := t.tables()
	if err != nil || !tables["migrations"] {
		return 0, err
	}
	var n int
	err = t.row([]any{&n}, `SELECT coalesce(max(number), 0) FROM migrations`)
	return n, err
}

func (t *tx) tables() (map[string]bool, error) {
	out := map[string]bool{}
	return out, t.each(func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		out[name] = true
		return err
	}, t.s.d.tables)
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

var refuseText = regexp.MustCompile(`^REFUSE (UPDATE|DELETE) ON (\w+)(?: WHEN (.+))? SAYING ('[^']*')$`)

// parseRefusal reads "REFUSE UPDATE ON table WHEN condition SAYING 'why'".
func parseRefusal(statement string) (refusal, bool) {
	m := refuseText.FindStringSubmatch(statement)
	if m == nil {
		return refusal{}, false
	}
	return refusal{Name: m[2] + "_refuse_" + strings.ToLower(m[1]), Event: m[1], Table: m[2], When: m[3], Sentence: m[4]}, true
}
