// Package book writes what every change of an organisation shares: its row
// in the one log, and keys. Its functions run in the transaction of whoever
// calls them.
package book

import (
	"database/sql"
	"errors"
	"time"

	"vedette"
	"vedette/chain"
	"vedette/store/code"
	"vedette/store/ground"
)

// Log writes the log row of a change, by whom it is (vedette.ActorIn), and gives its
// number. It comes last in a transaction that takes long: taking the number locks the
// organisation's row until the commit, which makes the order of the log the order of
// commits.
func Log(t *ground.Tx, org int64, kind vedette.LogKind, ref vedette.ID, verb string, now time.Time) (seq int64, err error) {
	return logs(t, org, kind, []string{string(ref)}, verb, now)
}

// LogUpdates is Log for the same change of several updates, by key, each once and
// in the order of their keys.
func LogUpdates(t *ground.Tx, org int64, kind vedette.LogKind, updates []int64, verb string, now time.Time) error {
	if len(updates) == 0 {
		return nil
	}
	var refs []string
	err := t.Each(func(r *sql.Rows) error {
		refs = append(refs, "")
		return r.Scan(&refs[len(refs)-1])
	}, `SELECT uuid FROM updates WHERE org = $1 AND id {in $2} ORDER BY id`, org, ground.List(updates))
	if err == nil {
		_, err = logs(t, org, kind, refs, verb, now)
	}
	return err
}

// logs writes a row for each of several things, and gives the number of the last.
func logs(t *ground.Tx, org int64, kind vedette.LogKind, refs []string, verb string, now time.Time) (last int64, err error) {
	err = t.Row([]any{&last}, `UPDATE organisations SET seq = seq + $2 WHERE id = $1 RETURNING seq`, org, int64(len(refs)))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, vedette.Errorf(vedette.CodeNotFound, "there is no such organisation")
	}
	if err != nil {
		return 0, err
	}
	sum, err := before(t, org, last-int64(len(refs))+1)
	if err != nil {
		return 0, err
	}
	e := vedette.LogEntry{Kind: kind, Verb: verb, At: ground.Moment(ground.Micros(now)), By: actor(t)}
	rows := make([][]any, len(refs))
	for i, ref := range refs {
		e.Seq, e.Ref = last-int64(len(refs)-1-i), ref
		sum = chain.Next(sum, &e)
		rows[i] = []any{e.Seq, ref, ground.Hex(sum)}
	}
	_, err = t.Exec(`INSERT INTO log (org, seq, at, kind, ref, verb, via, actor, actor_id, chain)
		SELECT $2, v.no, $3, $4, v.of_thing, $5, $6, $7, $8, v.chain FROM ({rows $1 no:key of_thing:text chain:bytes}) AS v`,
		ground.List(rows), org, ground.Micros(now), code.Log.Of(kind), verb, code.Via.Of(e.By.Via), e.By.Name, string(e.By.ID))
	return last, err
}

// maxActor bounds the name of whoever acts, in bytes.
const maxActor = 400

// actor is by whom the transaction is, fit to be stored.
func actor(t *ground.Tx) vedette.Actor {
	a := vedette.ActorIn(t.Context())
	a.Name = ground.Plain(a.Name, maxActor)
	return a
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
