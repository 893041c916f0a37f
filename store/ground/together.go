package ground

import "context"

// Reader is a running transaction that is only read from, millions of rows at
// a time. A [Tx] is one.
type Reader interface {
	// Rows calls fn for every row of a query. fn must not query.
	Rows(fn func(Row) error, text string, args ...any) error
}

// One gives the first column of the first row of a query of integers, and
// whether there is one.
func One(r Reader, text string, args ...any) (n int64, found bool, err error) {
	err = r.Rows(func(r Row) error {
		if !found {
			n, found = r.Int(0), true
		}
		return nil
	}, text, args...)
	return n, found, err
}

// ReadTogether runs fn with up to n transactions that see the same, to be
// read from at the same time, each by one; fewer where no more connections
// are free. It does not rest on engines to share what they see: moment reads
// a number that is another whenever what fn reads is another, and only
// transactions with the same are kept.
func (db *DB) ReadTogether(ctx context.Context, doing string, n int, moment func(Reader) (int64, error), fn func(at int64, rs []Reader) error) error {
	var open []Reader
	var ends []func()
	defer func() {
		for _, end := range ends {
			end()
		}
	}()
	at := int64(0)
	for changes := 0; len(open) < max(n, 1) && changes < maxTries; {
		r, end, err := db.d.reader(ctx, db, len(open) == 0)
		if err != nil {
			return db.explain(err, doing)
		}
		if r == nil {
			break
		}
		open, ends = append(open, r), append(ends, end)
		seen, err := moment(r)
		if err != nil {
			return db.explain(err, doing)
		}
		if last := len(open) - 1; last > 0 && seen != at { // begin again with the one that sees the newer
			for _, end := range ends[:last] {
				end()
			}
			open, ends = open[last:], ends[last:]
			changes++
		}
		at = seen
	}
	return db.explain(fn(at, open), doing)
}
