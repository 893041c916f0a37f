package ground

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteReader is a transaction that only reads, on a connection of its own,
// past database/sql and the driver. These lock, ask and convert for each
// column, which is two thirds of the time that reading millions of rows
// takes. It speaks to the library the driver is made of, by its C interface,
// and without its locks: one goroutine at a time may use it.
type sqliteReader struct {
	ctx   context.Context
	d     *DB
	tls   *libc.TLS
	db    uintptr
	texts map[string]uintptr // statements by their text, kept to be run again
}

func beginSQLiteReader(ctx context.Context, db *DB, _ bool) (Reader, func(), error) {
	r := &sqliteReader{ctx: ctx, d: db, tls: libc.NewTLS(), texts: map[string]uintptr{}}
	if err := r.open(db.file); err != nil {
		r.end()
		return nil, nil, err
	}
	return r, r.end, nil
}

func (r *sqliteReader) open(file string) error {
	name, err := libc.CString(file)
	if err != nil {
		return err
	}
	defer libc.Xfree(r.tls, name)
	at := r.tls.Alloc(8)
	defer r.tls.Free(8)
	// Not SQLITE_OPEN_READONLY: who reads beside a writer takes part in the
	// shared index of the journal.
	rc := sqlite3.Xsqlite3_open_v2(r.tls, name, at, sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_NOMUTEX, 0)
	if r.db = libc.AtomicLoadNUintptr(at, 0); rc != sqlite3.SQLITE_OK {
		return r.fault(rc)
	}
	sqlite3.Xsqlite3_extended_result_codes(r.tls, r.db, 1)
	sqlite3.Xsqlite3_busy_timeout(r.tls, r.db, 5000)
	for _, text := range []string{"PRAGMA query_only = 1", "PRAGMA cache_size = -8192", "BEGIN"} {
		if err := r.Rows(func(Row) error { return nil }, text); err != nil {
			return err
		}
	}
	return nil
}

// end ends the transaction with its connection.
func (r *sqliteReader) end() {
	for _, stmt := range r.texts {
		sqlite3.Xsqlite3_finalize(r.tls, stmt)
	}
	sqlite3.Xsqlite3_close_v2(r.tls, r.db)
	r.tls.Close()
}

// Rows is as [Tx.Rows].
func (r *sqliteReader) Rows(fn func(Row) error, text string, args ...any) error {
	stmt, err := r.statement(r.d.sql(text))
	if err != nil {
		return err
	}
	defer sqlite3.Xsqlite3_reset(r.tls, stmt)
	if err := r.bind(stmt, args); err != nil {
		return err
	}
	row := &sqliteCells{tls: r.tls, stmt: stmt}
	for n := 0; ; n++ {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		switch rc := sqlite3.Xsqlite3_step(r.tls, stmt); rc {
		case sqlite3.SQLITE_ROW:
		case sqlite3.SQLITE_DONE:
			return nil
		default:
			return r.fault(rc)
		}
		if err := fn(row); err != nil {
			return err
		}
		if row.err != nil {
			return row.err
		}
	}
}

func (r *sqliteReader) statement(text string) (uintptr, error) {
	if stmt, have := r.texts[text]; have {
		return stmt, nil
	}
	c, err := libc.CString(text)
	if err != nil {
		return 0, err
	}
	defer libc.Xfree(r.tls, c)
	at := r.tls.Alloc(8)
	defer r.tls.Free(8)
	if rc := sqlite3.Xsqlite3_prepare_v2(r.tls, r.db, c, -1, at, 0); rc != sqlite3.SQLITE_OK {
		return 0, r.fault(rc)
	}
	r.texts[text] = libc.AtomicLoadNUintptr(at, 0)
	return r.texts[text], nil
}

// copied tells SQLite to copy what is bound.
const copied = ^uintptr(0)

func (r *sqliteReader) bind(stmt uintptr, args []any) error {
	if want := int(sqlite3.Xsqlite3_bind_parameter_count(r.tls, stmt)); want != len(args) {
		return fmt.Errorf("%d values for %d parameters", len(args), want)
	}
	for i, arg := range args {
		no, err := r.parameter(stmt, i+1)
		if err != nil {
			return err
		}
		var rc int32
		switch v := arg.(type) {
		case int64:
			rc = sqlite3.Xsqlite3_bind_int64(r.tls, stmt, no, v)
		case string:
			c, err := libc.CString(v)
			if err != nil {
				return err
			}
			rc = sqlite3.Xsqlite3_bind_text(r.tls, stmt, no, c, int32(len(v)), copied)
			libc.Xfree(r.tls, c)
		default:
			return fmt.Errorf("a %T cannot be bound to parameter %d", arg, i+1)
		}
		if rc != sqlite3.SQLITE_OK {
			return r.fault(rc)
		}
	}
	return nil
}

// parameter gives SQLite's number of $1, $2 and so on, which is their order in
// the text.
func (r *sqliteReader) parameter(stmt uintptr, n int) (int32, error) {
	name, err := libc.CString("$" + strconv.Itoa(n))
	if err != nil {
		return 0, err
	}
	defer libc.Xfree(r.tls, name)
	if no := sqlite3.Xsqlite3_bind_parameter_index(r.tls, stmt, name); no > 0 {
		return no, nil
	}
	return 0, fmt.Errorf("there is no parameter $%d", n)
}

// sqliteError is an error of SQLite that did not come by the driver.
type sqliteError struct {
	code int
	text string
}

func (e *sqliteError) Error() string { return fmt.Sprintf("%s (%d)", e.text, e.code) }

// Code is the extended result code.
func (e *sqliteError) Code() int { return e.code }

func (r *sqliteReader) fault(rc int32) error {
	text := "sqlite"
	if r.db != 0 {
		text = libc.GoString(sqlite3.Xsqlite3_errmsg(r.tls, r.db))
	}
	return &sqliteError{int(rc), text}
}

// sqliteCells are the cells of the row a statement is at.
type sqliteCells struct {
	tls  *libc.TLS
	stmt uintptr
	wrongColumn
}

// is says whether a cell holds a value of a type; NULL is none, another type
// is noted.
func (r *sqliteCells) is(want int32, col int) bool {
	have := sqlite3.Xsqlite3_column_type(r.tls, r.stmt, int32(col))
	if have != want && have != sqlite3.SQLITE_NULL {
		r.note(fmt.Errorf("column %d is read as type %d and is of type %d", col, want, have))
	}
	return have == want
}

func (r *sqliteCells) Int(col int) int64 {
	if !r.is(sqlite3.SQLITE_INTEGER, col) {
		return 0
	}
	return sqlite3.Xsqlite3_column_int64(r.tls, r.stmt, int32(col))
}

func (r *sqliteCells) Real(col int) float64 {
	if !r.is(sqlite3.SQLITE_FLOAT, col) {
		return 0
	}
	return sqlite3.Xsqlite3_column_double(r.tls, r.stmt, int32(col))
}

func (r *sqliteCells) Text(col int) string {
	if !r.is(sqlite3.SQLITE_TEXT, col) {
		return ""
	}
	return string(r.room(sqlite3.Xsqlite3_column_text(r.tls, r.stmt, int32(col)), col))
}

func (r *sqliteCells) Bytes(col int) []byte {
	if !r.is(sqlite3.SQLITE_BLOB, col) {
		return nil
	}
	return bytes.Clone(r.room(sqlite3.Xsqlite3_column_blob(r.tls, r.stmt, int32(col)), col))
}

// room is a cell's bytes where SQLite has them, until the next step.
func (r *sqliteCells) room(at uintptr, col int) []byte {
	n := sqlite3.Xsqlite3_column_bytes(r.tls, r.stmt, int32(col))
	if at == 0 || n == 0 {
		return nil
	}
	return libc.GoBytes(at, int(n))
}
