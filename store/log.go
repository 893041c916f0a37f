package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"vedette"
)

// log writes the log row of a change. It comes last in a transaction: taking
// the number locks the organisation's row until the commit, which makes the
// order of the log the order of commits.
func (t *tx) log(org int64, kind vedette.LogKind, ref vedette.ID, verb string, now time.Time) (seq int64, err error) {
	err = t.row([]any{&seq}, `UPDATE organisations SET seq = seq + 1 WHERE id = $1 RETURNING seq`, org)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, vedette.Errorf(vedette.CodeNotFound, "there is no such organisation")
	}
	if err != nil {
		return 0, err
	}
	_, err = t.exec(`INSERT INTO log (org, seq, at, kind, ref, verb) VALUES ($1, $2, $3, $4, $5, $6)`,
		org, seq, micros(now), logCodes.of(kind), string(ref), verb)
	return seq, err
}

// Log gives the entries after a number, in the order of their commits. limit
// 0 is no limit.
func (o *Org) Log(ctx context.Context, after int64, limit int) (list []vedette.LogEntry, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		return t.each(func(r *sql.Rows) error {
			var e vedette.LogEntry
			var kind, at int64
			err := r.Scan(&e.Seq, &kind, &e.Ref, &e.Verb, &at)
			e.Kind, e.At = logCodes.word(kind), moment(at)
			list = append(list, e)
			return err
		}, `SELECT seq, kind, ref, verb, at FROM log WHERE org = $1 AND seq > $2 ORDER BY seq LIMIT $3`, o.org, after, most(limit))
	})
	return list, err
}

// Seq gives the number of the last log row, 0 for none.
func (o *Org) Seq(ctx context.Context) (seq int64, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		_, err := t.found([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1`, o.org)
		return err
	})
	return seq, err
}

// PeopleSeq gives the number of the last log row about people, 0 for none:
// an index of people built at that number is fresh.
func (o *Org) PeopleSeq(ctx context.Context) (seq int64, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		_, err := t.found([]any{&seq}, `SELECT seq FROM log WHERE org = $1 AND kind = {log people} ORDER BY seq DESC LIMIT 1`, o.org)
		return err
	})
	return seq, err
}

// most makes a LIMIT of a number where 0 is no limit.
func most(limit int) int64 {
	if limit <= 0 {
		return 1 << 40
	}
	return int64(limit)
}
