package ground

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"vedette"
)

// Tx is a running transaction. It is not to be kept beyond its function.
type Tx struct {
	ctx  context.Context
	db   *DB
	conn *sql.Conn
	t    *sql.Tx
}

// maxTries bounds how often a transaction is tried again after another one
// stood in its way.
const maxTries = 6

// Write runs fn in a transaction that may write, and again, a bounded number
// of times, when another transaction stood in its way: fn must not leave
// anything behind outside the database but what it sets anew. doing begins
// the sentence of an error: "saving people".
func (db *DB) Write(ctx context.Context, doing string, fn func(*Tx) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, db.writer, nil, fn)
		if err == nil {
			return nil
		}
		if _, again := db.d.fault(err); !again || try == maxTries {
			return db.explain(err, doing)
		}
		select {
		case <-ctx.Done():
			return db.explain(ctx.Err(), doing)
		case <-time.After(time.Duration(try*try) * 5 * time.Millisecond):
		}
	}
}

// WriteOnce is Write for what cannot be tried again.
func (db *DB) WriteOnce(ctx context.Context, doing string, fn func(*Tx) error) error {
	return db.explain(db.once(ctx, db.writer, nil, fn), doing)
}

// Read runs fn in a transaction that sees one moment and writes nothing.
func (db *DB) Read(ctx context.Context, doing string, fn func(*Tx) error) error {
	return db.explain(db.once(ctx, db.reader, &db.d.read, fn), doing)
}

func (db *DB) once(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	t, err := db.begin(ctx, ctx, pool, opts)
	if err != nil {
		return err
	}
	defer t.end() // does nothing to what is committed
	if err := fn(t); err != nil {
		return err
	}
	return t.t.Commit()
}

// begin begins a transaction; free bounds the wait for a connection.
func (db *DB) begin(ctx, free context.Context, pool *sql.DB, opts *sql.TxOptions) (*Tx, error) {
	conn, err := pool.Conn(free)
	if err != nil {
		return nil, err
	}
	t, err := conn.BeginTx(ctx, opts)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &Tx{ctx: ctx, db: db, conn: conn, t: t}, nil
}

// end takes back what is not committed, and gives back the connection.
func (t *Tx) end() {
	t.t.Rollback()
	t.conn.Close()
}

// Context is what the transaction runs in.
func (t *Tx) Context() context.Context { return t.ctx }

// As is the same transaction, in which what is done is by somebody who became known in it.
func (t *Tx) As(a vedette.Actor) *Tx {
	as := *t
	as.ctx = vedette.Acting(t.ctx, a)
	return &as
}

// Exec runs a statement and gives the number of rows it touched.
func (t *Tx) Exec(text string, args ...any) (int64, error) {
	r, err := t.t.ExecContext(t.ctx, t.db.sql(text), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Row scans the one row of a query; there is none: sql.ErrNoRows.
func (t *Tx) Row(into []any, text string, args ...any) error {
	return t.t.QueryRowContext(t.ctx, t.db.sql(text), args...).Scan(into...)
}

// Found is Row, saying whether there was one.
func (t *Tx) Found(into []any, text string, args ...any) (bool, error) {
	err := t.Row(into, text, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Exists says whether a query of one integer has a row.
func (t *Tx) Exists(text string, args ...any) (bool, error) {
	var one int64
	return t.Found([]any{&one}, text, args...)
}

// Each calls fn for every row of a query. fn must not query.
func (t *Tx) Each(fn func(*sql.Rows) error, text string, args ...any) error {
	rows, err := t.t.QueryContext(t.ctx, t.db.sql(text), args...)
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

// Keys gives the rows of a query of one integer.
func (t *Tx) Keys(text string, args ...any) ([]int64, error) {
	return All(t, func(key *int64) []any { return []any{key} }, text, args...)
}

// All gives the rows of a query as T; into gives where the columns go.
func All[T any](t *Tx, into func(*T) []any, text string, args ...any) (list []T, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var row T
		err := r.Scan(into(&row)...)
		list = append(list, row)
		return err
	}, text, args...)
	return list, err
}

// Whole reads a table whatever its columns are: head is called with their
// names when there are rows, then row for each. A row's slice is used again
// for the next.
func (t *Tx) Whole(table, order string, head func([]string) error, row func([]any) error) error {
	var values, into []any
	return t.Each(func(r *sql.Rows) error {
		if values == nil {
			cols, err := r.Columns()
			if err != nil {
				return err
			}
			values, into = make([]any, len(cols)), make([]any, len(cols))
			for i := range values {
				into[i] = &values[i]
			}
			if err := head(slices.Clone(cols)); err != nil {
				return err
			}
		}
		if err := r.Scan(into...); err != nil {
			return err
		}
		return row(values)
	}, `SELECT * FROM `+table+` ORDER BY `+order)
}

// Bulk inserts n rows the engine's fastest way. Values are int64, float64,
// string, []byte or nil; row may give the same slice again and again.
func (t *Tx) Bulk(table string, cols []string, n int, row func(int) []any) error {
	if n == 0 {
		return nil
	}
	return t.conn.Raw(func(c any) error { return t.db.d.bulk(t.ctx, c, table, cols, n, row) })
}
