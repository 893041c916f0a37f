package ground

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"vedette"
)

var sqliteDialect = &dialect{
	name: "sqlite",
	words: map[string]string{"key": "INTEGER", "time": "INTEGER", "code": "INTEGER", "bytes": "BLOB", "real": "REAL",
		"table": "STRICT", "clustered": "WITHOUT ROWID, STRICT", "queue": "WITHOUT ROWID, STRICT",
		"lock": "", "share": "", "skip": "", "clock": "0", "check now": "SELECT 1"}, // what is checked at the end is in nobody's way
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
	guess:  func(string, string) []string { return nil }, // it knows an average of all values
	fault:  sqliteFault,
	bulk:   sqliteBulk,
	stream: sqliteRows,
	reader: beginSQLiteReader,
}

func openSQLite(dir string) (*DB, error) {
	if dir == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "no data directory is named; name one with --data")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "the data directory %s cannot be used", dir)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the data directory %s cannot be made; name another with --data", dir)
	}
	path := filepath.Join(abs, FileName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeUnavailable,
			"the data directory %s cannot be written; check its owner and mode, or name another with --data", dir)
	}
	f.Close()
	// Pragmas stand in the DSN: run once on a pool they would hold for one
	// connection only. Deleted content is overwritten, for erasures.
	base := (&url.URL{Scheme: "file", Path: path}).String() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=foreign_keys(1)&_pragma=synchronous(full)" +
		"&_pragma=secure_delete(1)&_pragma=temp_store(memory)"
	// Each connection has a cache of its own: readers look up little at a
	// time, and what they read again the system holds for all.
	db := &DB{d: sqliteDialect, place: dir, file: path}
	if db.writer, err = keepingSQLite(base + "&_txlock=immediate&_pragma=cache_size(-24576)"); err == nil {
		db.reader, err = keepingSQLite(base + "&_query_only=1&_pragma=cache_size(-4096)")
	}
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInternal, "the database %s cannot be opened", path)
	}
	db.writer.SetMaxOpenConns(1)
	db.reader.SetMaxOpenConns(4)
	db.reader.SetMaxIdleConns(4)
	return db, nil
}

// Undo gives what takes back the making of a data directory and its files,
// where there is none yet. Of a PostgreSQL server it takes back nothing.
func Undo(location string) func() {
	path := filepath.Join(location, FileName)
	if _, err := os.Stat(path); err == nil {
		return func() {}
	}
	_, err := os.Stat(location)
	made := errors.Is(err, os.ErrNotExist)
	return func() {
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(path + end)
		}
		if made {
			os.Remove(location) // only when empty
		}
	}
}

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

func sqliteRows(ctx context.Context, conn any, text string, args []any, fn func(Row) error) error {
	named := make([]driver.NamedValue, len(args))
	for i, v := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	rows, err := conn.(driver.QueryerContext).QueryContext(ctx, text, named)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := &sqliteRow{values: make([]driver.Value, len(rows.Columns()))}
	for {
		if err := rows.Next(row.values); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if err := fn(row); err != nil {
			return err
		}
		if row.err != nil {
			return row.err
		}
	}
}

// sqliteRow is a row as the driver gives it, whose bytes are its own.
type sqliteRow struct {
	values []driver.Value
	wrongColumn
}

func (r *sqliteRow) Int(col int) int64    { return sqliteColumn[int64](r, col) }
func (r *sqliteRow) Real(col int) float64 { return sqliteColumn[float64](r, col) }
func (r *sqliteRow) Text(col int) string  { return sqliteColumn[string](r, col) }
func (r *sqliteRow) Bytes(col int) []byte { return sqliteColumn[[]byte](r, col) }

func sqliteColumn[T any](r *sqliteRow, col int) T {
	v, ok := r.values[col].(T)
	if !ok && r.values[col] != nil {
		r.note(fmt.Errorf("column %d is read as a %T and is a %T", col, v, r.values[col]))
	}
	return v
}

func sqliteFault(err error) (vedette.Code, bool) {
	var e interface{ Code() int }
	switch driven, own := (*sqlite.Error)(nil), (*sqliteError)(nil); {
	case errors.As(err, &driven):
		e = driven
	case errors.As(err, &own):
		e = own
	default:
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
