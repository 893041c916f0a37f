package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"vedette"
)

// tx is a running transaction. It never leaves the package.
type tx struct {
	ctx  context.Context
	s    *Store
	conn *sql.Conn
	t    *sql.Tx
}

// maxTries bounds how often a transaction is tried again after another one
// stood in its way.
const maxTries = 6

// write runs fn in a transaction that may write, and again, a bounded number
// of times, when another transaction stood in its way: fn must not leave
// anything behind outside the database but what it sets anew.
func (s *Store) write(ctx context.Context, doing string, fn func(*tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, s.writer, nil, fn)
		if err == nil {
			return nil
		}
		if _, again := s.d.fault(err); !again || try == maxTries {
			return s.explain(err, doing)
		}
		select {
		case <-ctx.Done():
			return s.explain(ctx.Err(), doing)
		case <-time.After(time.Duration(try*try) * 5 * time.Millisecond):
		}
	}
}

// read runs fn in a transaction that sees one moment and writes nothing.
func (s *Store) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return s.explain(s.once(ctx, s.reader, &s.d.read, fn), doing)
}

func (s *Store) once(ctx context.Context, db *sql.DB, opts *sql.TxOptions, fn func(*tx) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	t, err := conn.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing after a commit
	if err := fn(&tx{ctx: ctx, s: s, conn: conn, t: t}); err != nil {
		return err
	}
	return t.Commit()
}

// explain gives an error its code and says what was being done. Our own
// errors have both already.
func (s *Store) explain(err error, doing string) error {
	var own *vedette.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return vedette.Wrap(err, vedette.CodeUnavailable, "%s was interrupted", doing)
	}
	code, _ := s.d.fault(err)
	switch code {
	case vedette.CodeConflict:
		return vedette.Wrap(err, code, "%s: it is there already", doing)
	case vedette.CodeUnavailable:
		return vedette.Wrap(err, code, "%s: the database at %s does not do it now", doing, s.place)
	}
	return vedette.Wrap(err, code, "%s", doing)
}

// sql gives the engine's own text.
func (s *Store) sql(text string) string {
	if own, ok := s.texts.Load(text); ok {
		return own.(string)
	}
	own := s.d.render(text, s.states)
	s.texts.Store(text, own)
	return own
}

// exec runs a statement and gives the number of rows it touched.
func (t *tx) exec(text string, args ...any) (int64, error) {
	r, err := t.t.ExecContext(t.ctx, t.s.sql(text), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row scans the one row of a query; there is none: sql.ErrNoRows.
func (t *tx) row(into []any, text string, args ...any) error {
	return t.t.QueryRowContext(t.ctx, t.s.sql(text), args...).Scan(into...)
}

// found is row, saying whether there was one.
func (t *tx) found(into []any, text string, args ...any) (bool, error) {
	err := t.row(into, text, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls fn for every row of a query. fn must not query.
func (t *tx) each(fn func(*sql.Rows) error, text string, args ...any) error {
	rows, err := t.t.QueryContext(t.ctx, t.s.sql(text), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// bulk inserts n rows the engine's fastest way. Values are int64, float64,
// string, []byte or nil.
func (t *tx) bulk(table string, cols []string, n int, row func(int) []any) error {
	if n == 0 {
		return nil
	}
	return t.conn.Raw(func(c any) error { return t.s.d.bulk(t.ctx, c, table, cols, n, row) })
}

// learn lets the engine count its tables again after much was added, where
// its plans rest on such counts. It may fail: the engine does it by itself in
// the end.
func (s *Store) learn(ctx context.Context, tables ...string) {
	if s.d.analyze != "" {
		s.writer.ExecContext(ctx, s.d.analyze+" "+strings.Join(tables, ", "))
	}
}

// keys takes n keys of a noun and gives the first. The counter's row stays
// locked until the end of the transaction.
func (t *tx) keys(noun string, n int) (first int64, err error) {
	var last int64
	err = t.row([]any{&last}, `UPDATE counters SET last = last + $2 WHERE noun = $1 RETURNING last`, noun, int64(n))
	return last - int64(n) + 1, err
}
