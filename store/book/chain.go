package book

import (
	"database/sql"

	"vedette"
	"vedette/chain"
	"vedette/store/code"
	"vedette/store/ground"
)

// before is the sum that the row of a number is tied to: that of the row before it.
// Of rows from before there were sums none is kept, so the first goes through them.
func before(t *ground.Tx, org, seq int64) ([]byte, error) {
	if seq > 1 {
		var sum []byte
		found, err := t.Found([]any{&sum}, `SELECT chain FROM log WHERE org = $1 AND seq = $2`, org, seq-1)
		if err != nil || len(sum) == chain.Size {
			return sum, err
		}
		if !found {
			return nil, nil // the row before is gone: whoever checks the log is told, and the work goes on
		}
	}
	var id vedette.ID
	if err := t.Row([]any{&id}, `SELECT uuid FROM organisations WHERE id = $1`, org); err != nil {
		return nil, err
	}
	sum := chain.Begin(id)
	err := Each(t, org, 0, seq-1, func(e *vedette.LogEntry, kept []byte) error {
		if sum = chain.Next(sum, e); kept != nil {
			sum = kept
		}
		return nil
	})
	return sum, err
}

// Each gives the rows of a log after one number and up to another, in their order, and
// the sum kept with each, nil for none.
func Each(t *ground.Tx, org, after, upTo int64, fn func(e *vedette.LogEntry, kept []byte) error) error {
	return t.Each(func(r *sql.Rows) error {
		var e vedette.LogEntry
		var kept []byte
		if err := r.Scan(append(EntryInto(&e), &kept)...); err != nil {
			return err
		}
		return fn(&e, kept)
	}, `SELECT `+EntryColumns+`, chain FROM log WHERE org = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`, org, after, upTo)
}

// EntryColumns are what EntryInto scans.
const EntryColumns = `seq, kind, ref, verb, at, via, actor, actor_id`

// EntryInto scans a log row.
func EntryInto(e *vedette.LogEntry) []any {
	return []any{&e.Seq, code.Log.Into(&e.Kind), &e.Ref, &e.Verb, ground.Time(&e.At), code.Via.Into(&e.By.Via), &e.By.Name, &e.By.ID}
}
