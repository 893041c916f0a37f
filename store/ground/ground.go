// Package ground is what the store stands on: SQLite or PostgreSQL behind one
// way to open, to migrate, and to run transactions of one SQL text for both.
// It knows no table but that of the migrations.
//
// What differs between the engines is a dialect: sqlite.go and postgres.go.
// Texts name it by words in braces, see [Open]. Parameters are $1, $2 and so
// on. Values are int64, float64, string, []byte or nil; times are integer
// microseconds UTC, 0 for none.
//
// Errors are [vedette.Error]: conflict for what is there already, unavailable
// where the database cannot be reached or does not do it now, internal else.
package ground

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"

	"vedette"
)

// FileName is the SQLite file in the data directory.
const FileName = "vedette.db"

// DB is an open database. It is safe for concurrent use.
type DB struct {
	d      *dialect
	place  string // for sentences: the directory, or the URL without password
	file   string // of SQLite
	writer *sql.DB
	reader *sql.DB
	words  map[string]string
	texts  sync.Map // SQL text → the engine's own
}

// Open opens a database without touching its schema. The location is a
// directory (made with mode 0700 where missing; SQLite keeps [FileName] in
// it) or a postgres:// URL. An error names the place.
//
// SQL texts may use words of the caller's in braces, such as {queued}; besides
// these the dialect's: the column types {key} {time} {code} {bytes} {real},
// the ends of tables {table} {clustered} {queue}, the ends of selects {lock}
// {skip}, {clock} for the server's own clock in microseconds, 0 where there is no server, {check now} for a statement that checks what else is checked at the
// end of the transaction, {in $1} for being in a JSON array of integers, and
// {rows $1 a:key b:text c:bytes} for a JSON array of arrays as rows. [List]
// makes such arrays.
func Open(ctx context.Context, location string, words map[string]string) (*DB, error) {
	open := openSQLite
	if strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://") {
		open = openPostgres
	}
	db, err := open(location)
	if err != nil {
		return nil, err
	}
	db.words = words
	if err := db.Ping(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Close waits for running transactions and closes the database.
func (db *DB) Close() error {
	errs := []error{}
	if db.reader != nil && db.reader != db.writer {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	return vedette.Wrap(errors.Join(errs...), vedette.CodeInternal, "closing the database at %s", db.place)
}

// Engine is "sqlite" or "postgres".
func (db *DB) Engine() string { return db.d.name }

// Place is where the data are, fit for people: a directory, or a URL without
// its password.
func (db *DB) Place() string { return db.place }

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.writer.PingContext(ctx); err != nil {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the database at %s does not answer", db.place)
	}
	return nil
}

// Learn lets the engine count its tables again after much was added, where
// its plans rest on such counts. It may fail: the engine does it by itself in
// the end.
func (db *DB) Learn(ctx context.Context, tables ...string) {
	if db.d.analyze != "" {
		db.writer.ExecContext(ctx, db.d.analyze+" "+strings.Join(tables, ", "))
	}
}

// Forget lets SQLite overwrite its journal, which still holds what was
// erased; when someone is reading, the next checkpoint does it.
func (db *DB) Forget(ctx context.Context) error {
	if db.d.forget == "" {
		return nil
	}
	_, err := db.writer.ExecContext(ctx, db.d.forget)
	return db.explain(err, "emptying the journal after an erasure")
}

// explain gives an error its code and says what was being done. Our own
// errors have both already.
func (db *DB) explain(err error, doing string) error {
	var own *vedette.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return vedette.Wrap(err, vedette.CodeUnavailable, "%s was interrupted", doing)
	}
	code, _ := db.d.fault(err)
	switch code {
	case vedette.CodeConflict:
		return vedette.Wrap(err, code, "%s: it is there already", doing)
	case vedette.CodeUnavailable:
		return vedette.Wrap(err, code, "%s: the database at %s does not do it now", doing, db.place)
	}
	return vedette.Wrap(err, code, "%s", doing)
}

// sql gives the engine's own text.
func (db *DB) sql(text string) string {
	if own, ok := db.texts.Load(text); ok {
		return own.(string)
	}
	own := db.d.render(text, db.words)
	db.texts.Store(text, own)
	return own
}
