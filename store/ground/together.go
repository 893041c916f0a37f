package ground

import (
	"context"
	"errors"
	"time"
)

// soon is how long one waits for a connection that is not needed, but would
// help.
const soon = 250 * time.Millisecond

// ReadTogether runs fn with up to n transactions that see the same, to be
// read from at the same time; fewer where no more connections are free. It
// does not rest on engines to share what they see: moment reads a number that
// is another whenever what fn reads is another, and only transactions with
// the same are kept.
func (db *DB) ReadTogether(ctx context.Context, doing string, n int, moment func(*Tx) (int64, error), fn func(at int64, ts []*Tx) error) error {
	var open []*Tx
	defer func() {
		for _, t := range open {
			t.end()
		}
	}()
	at := int64(0)
	for changes := 0; len(open) < max(n, 1) && changes < maxTries; {
		t, err := db.another(ctx, len(open) == 0)
		if err != nil {
			return db.explain(err, doing)
		}
		if t == nil {
			break
		}
		open = append(open, t)
		seen, err := moment(t)
		if err != nil {
			return db.explain(err, doing)
		}
		if last := len(open) - 1; last > 0 && seen != at { // begin again with the one that sees the newer
			for _, old := range open[:last] {
				old.end()
			}
			open = open[last:]
			changes++
		}
		at = seen
	}
	return db.explain(fn(at, open), doing)
}

// another begins a transaction that reads. One that is not needed is nil
// where no connection is free.
func (db *DB) another(ctx context.Context, needed bool) (*Tx, error) {
	if needed {
		return db.begin(ctx, ctx, db.reader, &db.d.read)
	}
	if s := db.reader.Stats(); s.InUse >= s.MaxOpenConnections {
		return nil, nil
	}
	brief, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	t, err := db.begin(ctx, brief, db.reader, &db.d.read)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, nil
	}
	return t, err
}
