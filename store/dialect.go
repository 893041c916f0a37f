package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"vedette"
)

// dialect is all that differs between the engines.
type dialect struct {
	name    string
	words   map[string]string // words in braces, by what replaces them
	in      string            // that a value is in a JSON array of integers: %s is the parameter
	pick    map[string]string // an item of a JSON array as a column, by type; %d is its place
	items   string            // a JSON array as rows with the column value
	tables  string            // lists the tables of the place
	alone   string            // keeps other programs from migrating at the same time
	analyze string            // counts tables anew for the planner; "" for none
	forget  string            // empties the journal, which holds what was erased; "" for none
	read    sql.TxOptions     // a transaction that sees one moment
	refuse  func(refusal) []string
	fault   func(error) (code vedette.Code, again bool) // what an error means, and whether trying again may help
	bulk    func(ctx context.Context, conn any, table string, cols []string, n int, row func(int) []any) error
}

// refusal is a REFUSE statement of a migration.
type refusal struct{ Name, Event, Table, When, Sentence string }

var sqliteDialect = &dialect{
	name: "sqlite",
	words: map[string]string{"key": "INTEGER", "time": "INTEGER", "code": "INTEGER", "bytes": "BLOB", "real": "REAL",
		"table": "STRICT", "clustered": "WITHOUT ROWID, STRICT", "queue": "WITHOUT ROWID, STRICT",
		"lock": "", "skip": ""},
	in:     "IN (SELECT value FROM json_each(%s))",
	pick:   map[string]string{"key": "value ->> %d", "text": "value ->> %d", "bytes": "unhex(value ->> %d)"},
	items:  "json_each(%s)",
	tables: "SELECT name FROM sqlite_schema WHERE type = 'table'",
	alone:  "SELECT 1", // a write transaction is alone already
	forget: "PRAGMA wal_checkpoint(TRUNCATE)",
	refuse: func(r refusal) []string {
		when := ""
		if r.When != "" {
			when = " WHEN " + r.When
		}
		return []string{fmt.Sprintf("CREATE TRIGGER %s BEFORE %s ON %s%s BEGIN SELECT RAISE(ABORT, %s); END",
			r.Name, r.Event, r.Table, when, r.Sentence)}
	},
	fault: sqliteFault,
	bulk:  sqliteBulk,
}

var postgresDialect = &dialect{
	name: "postgres",
	words: map[string]string{"key": "bigint", "time": "bigint", "code": "smallint", "bytes": "bytea", "real": "double precision",
		"table": "", "clustered": "", "queue": "WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1)",
		"lock": "FOR UPDATE", "skip": "FOR UPDATE SKIP LOCKED"},
	// An array, not a sub-query: that finds its way to an index.
	in:      "= ANY (ARRAY(SELECT value::bigint FROM json_array_elements_text((%s)::text::json)))",
	pick:    map[string]string{"key": "(value ->> %d)::bigint", "text": "value ->> %d", "bytes": "decode(value ->> %d, 'hex')"},
	items:   "json_array_elements((%s)::text::json) AS items (value)",
	tables:  "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
	analyze: "ANALYZE",
	alone:   "SELECT pg_advisory_xact_lock(8602301733)", // a number of our own
	read:    sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
	refuse: func(r refusal) []string {
		when := ""
		if r.When != "" {
			when = " WHEN (" + r.When + ")"
		}
		return []string{
			fmt.Sprintf("CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION %s; END'",
				r.Name, strings.ReplaceAll(r.Sentence, "'", "''")),
			fmt.Sprintf("CREATE TRIGGER %s BEFORE %s ON %s FOR EACH ROW%s EXECUTE FUNCTION %s()",
				r.Name, r.Event, r.Table, when, r.Name),
		}
	},
	fault: postgresFault,
	bulk:  postgresBulk,
}

var inBraces = regexp.MustCompile(`\{[^{}]+\}`)

// render makes the engine's SQL of the one text. Besides the dialect's words
// and the states it knows {in $1}, being in a JSON array of integers, and
// {rows $1 a:key b:text}, a JSON array of arrays as rows with these columns.
func (d *dialect) render(text string, states map[string]string) string {
	return inBraces.ReplaceAllStringFunc(text, func(braced string) string {
		word := braced[1 : len(braced)-1]
		if w, ok := d.words[word]; ok {
			return w
		}
		if w, ok := states[word]; ok {
			return w
		}
		switch f := strings.Fields(word); {
		case f[0] == "in" && len(f) == 2:
			return fmt.Sprintf(d.in, f[1])
		case f[0] == "rows" && len(f) > 2:
			return d.rows(f[1], f[2:])
		}
		return braced // the engine will name it as a syntax error
	})
}

func (d *dialect) rows(param string, cols []string) string {
	picks := make([]string, len(cols))
	for i, c := range cols {
		name, kind, _ := strings.Cut(c, ":")
		picks[i] = fmt.Sprintf(d.pick[kind], i) + " AS " + name
	}
	return "SELECT " + strings.Join(picks, ", ") + " FROM " + fmt.Sprintf(d.items, param)
}

// list makes the argument of {in} and {rows}. Bytes go as hex.
func list[T any](items []T) (string, error) {
	b, err := json.Marshal(items)
	return string(b), err
}

func hexed(b []byte) string { return hex.EncodeToString(b) }

// sqliteBulk runs one prepared statement per row at the driver: no
// reflection, and no goroutine per statement as a context would cost.
func sqliteBulk(ctx context.Context, conn any, table string, cols []string, n int, row func(int) []any) error {
	marks := strings.TrimSuffix(strings.Repeat("?,", len(cols)), ",")
	stmt, err := conn.(driver.ConnPrepareContext).PrepareContext(ctx,
		"INSERT INTO "+table+" ("+strings.Join(cols, ", ")+") VALUES ("+marks+")")
	if err != nil {
		return err
	}
	defer stmt.Close()
	exec, args := stmt.(driver.StmtExecContext), make([]driver.NamedValue, len(cols))
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		for j, v := range row(i) {
			args[j] = driver.NamedValue{Ordinal: j + 1, Value: v}
		}
		if _, err := exec.ExecContext(context.Background(), args); err != nil {
			return err
		}
	}
	return nil
}

// postgresBulk copies the rows in, as text: that needs no knowledge of the
// columns' widths, and costs the server hardly more than its binary form.
func postgresBulk(ctx context.Context, conn any, table string, cols []string, n int, row func(int) []any) error {
	_, err := conn.(*stdlib.Conn).Conn().PgConn().CopyFrom(ctx, &copyReader{n: n, row: row},
		"COPY "+table+" ("+strings.Join(cols, ", ")+") FROM STDIN")
	return err
}

// copyReader writes rows as they are read, so that few are in memory.
type copyReader struct {
	n, next int
	row     func(int) []any
	buf     []byte
}

func (r *copyReader) Read(p []byte) (n int, err error) {
	for len(r.buf) < len(p) && r.next < r.n {
		if r.buf, err = appendCopyRow(r.buf, r.row(r.next)); err != nil {
			return 0, err
		}
		r.next++
	}
	if len(r.buf) == 0 {
		return 0, io.EOF
	}
	n = copy(p, r.buf)
	r.buf = r.buf[:copy(r.buf, r.buf[n:])]
	return n, nil
}

var copyEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// appendCopyRow writes a row in PostgreSQL's text format of COPY.
func appendCopyRow(buf []byte, values []any) ([]byte, error) {
	for i, v := range values {
		if i > 0 {
			buf = append(buf, '\t')
		}
		switch v := v.(type) {
		case nil:
			buf = append(buf, `\N`...)
		case int64:
			buf = strconv.AppendInt(buf, v, 10)
		case float64:
			buf = strconv.AppendFloat(buf, v, 'g', -1, 64)
		case string:
			buf = append(buf, copyEscapes.Replace(v)...)
		case []byte:
			buf = hex.AppendEncode(append(buf, `\\x`...), v)
		default:
			return nil, fmt.Errorf("a %T cannot be copied", v)
		}
	}
	return append(buf, '\n'), nil
}

func sqliteFault(err error) (vedette.Code, bool) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return vedette.CodeInternal, false
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return vedette.CodeConflict, false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return vedette.CodeUnavailable, true
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
		sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return vedette.CodeUnavailable, false
	}
	return vedette.CodeInternal, false
}

func postgresFault(err error) (vedette.Code, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch {
		case e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03": // serialization, deadlock, lock timeout
			return vedette.CodeUnavailable, true
		case e.Code == "23505":
			return vedette.CodeConflict, false
		case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "28"), strings.HasPrefix(e.Code, "3D"),
			strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"), strings.HasPrefix(e.Code, "58"):
			return vedette.CodeUnavailable, false
		}
		return vedette.CodeInternal, false
	}
	var n net.Error
	if errors.As(err, &n) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) {
		return vedette.CodeUnavailable, false
	}
	return vedette.CodeInternal, false
}
