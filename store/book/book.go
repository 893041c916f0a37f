// Package book writes what every change of an organisation shares: its row
// in the one log, and keys. Its functions run in the transaction of whoever
// calls them.
package book

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// Log writes the log row of a change and gives its number. It comes last in a
// transaction that takes long: taking the number locks the organisation's row
// until the commit, which makes the order of the log the order of commits.
func Log(t *ground.Tx, org int64, kind vedette.LogKind, ref vedette.ID, verb string, now time.Time) (seq int64, err error) {
	err = t.Row([]any{&seq}, `UPDATE organisations SET seq = seq + 1 WHERE id = $1 RETURNING seq`, org)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, vedette.Errorf(vedette.CodeNotFound, "there is no such organisation")
	}
	if err != nil {
		return 0, err
	}
	_, err = t.Exec(`INSERT INTO log (org, seq, at, kind, ref, verb) VALUES ($1, $2, $3, $4, $5, $6)`,
		org, seq, ground.Micros(now), code.Log.Of(kind), string(ref), verb)
	return seq, err
}

// LogUpdates is Log for the same change of several updates, by key, each once and
// in the order of their keys.
func LogUpdates(t *ground.Tx, org int64, kind vedette.LogKind, updates []int64, verb string, now time.Time) error {
	updates = slices.Compact(slices.Sorted(slices.Values(updates)))
	var last int64
	err := t.Row([]any{&last}, `UPDATE organisations SET seq = seq + $2 WHERE id = $1 RETURNING seq`, org, int64(len(updates)))
	if errors.Is(err, sql.ErrNoRows) {
		return vedette.Errorf(vedette.CodeNotFound, "there is no such organisation")
	}
	if err != nil {
		return err
	}
	rows := make([][]any, len(updates))
	for i, key := range updates {
		rows[i] = []any{last - int64(len(updates)-1-i), key}
	}
	// Not a join: with many updates SQLite would go through all of them.
	_, err = t.Exec(`INSERT INTO log (org, seq, at, kind, ref, verb)
		SELECT $2, v.no, $3, $4, (SELECT u.uuid FROM updates u WHERE u.id = v.of_update AND u.org = $2), $5 FROM ({rows $1 no:key of_update:key}) AS v`,
		ground.List(rows), org, ground.Micros(now), code.Log.Of(kind), verb)
	return err
}

// PeopleSeq gives the number of the last log row about people, 0 for none:
// whoever sees the same number sees the same people.
func PeopleSeq(r ground.Reader, org int64) (seq int64, err error) {
	seq, _, err = ground.One(r, `SELECT seq FROM log WHERE org = $1 AND kind = {log people} ORDER BY seq DESC LIMIT 1`, org)
	return seq, err
}

// Keys takes n keys of a noun and gives the first. The counter's row stays
// locked until the end of the transaction, also for 0 keys.
func Keys(t *ground.Tx, noun string, n int) (first int64, err error) {
	var last int64
	err = t.Row([]any{&last}, `UPDATE counters SET last = last + $2 WHERE noun = $1 RETURNING last`, noun, int64(n))
	return last - int64(n) + 1, err
}

// MustHave is not_found unless the query finds a row.
func MustHave(t *ground.Tx, what, query string, args ...any) error {
	found, err := t.Exists(query, args...)
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such %s", what)
	}
	return err
}

// Recorded is the condition that a row was recorded at the time in a
// parameter ("$2"), by the alias of its table: the argument is [At].
func Recorded(alias, param string) string {
	return alias + `.recorded_from <= ` + param + ` AND (` + alias + `.recorded_to = 0 OR ` + alias + `.recorded_to > ` + param + `)`
}

// At is the argument of [Recorded]: microseconds, and for the zero time what
// is recorded now.
func At(t time.Time) int64 {
	if t.IsZero() {
		return 1<<63 - 1
	}
	return ground.Micros(t)
}
