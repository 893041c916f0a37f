package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/ground"
)

// freeze keeps what is said should an update turn out to be sent in error.
func (t *tx) freeze(u *vedette.Update, of func(*vedette.Update) ([]byte, error)) error {
	body, err := of(u)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO retractions (update_id, body) VALUES ($1, $2)`, u.Key, body)
	return err
}

// Retraction gives what was made ready when an update was published, nil for
// nothing: it is older than that, or a cancellation.
func (o *Org) Retraction(ctx context.Context, update int64) (body []byte, err error) {
	err = o.s.read(ctx, "reading a retraction", func(t *tx) error {
		body = nil
		_, err := t.Found([]any{&body}, `SELECT r.body FROM retractions r JOIN updates u ON u.id = r.update_id WHERE u.org = $1 AND r.update_id = $2`, o.org, update)
		return err
	})
	return body, err
}

// Reached is a recipient who may have got an update: a channel took it, there
// is evidence of theirs, or nobody knows.
type Reached struct {
	Recipient int64
	Kind      RecipientKind
}

const reached = ` FROM deliveries d LEFT JOIN hooks h ON h.id = d.recipient_id LEFT JOIN superiors s ON s.id = d.recipient_id
	WHERE d.org = $1 AND d.update_id = $2 AND (d.state IN ({accepted}, {received}, {seen}, {answered}, {unknown}) OR d.doubts > 0)`

// Reached lists who may have got an update of whatever round and has no notice
// of another yet, ascending by key, each once; besides 0 it is everyone.
func (o *Org) Reached(ctx context.Context, update, besides int64) (list []Reached, err error) {
	err = o.s.read(ctx, "reading who may have got an update", func(t *tx) error {
		list, err = ground.All(t.Tx, func(r *Reached) []any { return []any{&r.Recipient, &r.Kind} },
			`SELECT DISTINCT d.recipient_id, CASE WHEN h.id > 0 THEN 1 WHEN s.id > 0 THEN 2 ELSE 0 END`+reached+`
				AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.update_id = $3 AND n.recipient_id = d.recipient_id) ORDER BY d.recipient_id`,
			o.org, update, besides)
		return err
	})
	return list, err
}

// Reach counts whom an update came to.
type Reach struct {
	Meant   int // persons with a notice of it
	Reached int // of them, who may have got it
	Systems int // by webhook, the same
	Waiting int // deliveries that wait, sent for or not
}

// Reach counts an update.
func (o *Org) Reach(ctx context.Context, update int64) (r Reach, err error) {
	err = o.s.read(ctx, "counting who may have got an update", func(t *tx) error {
		err := t.Row([]any{&r.Meant}, `SELECT count(DISTINCT n.recipient_id) FROM notices n JOIN persons p ON p.id = n.recipient_id WHERE n.update_id = $1`, update)
		if err != nil {
			return err
		}
		if err := t.Row([]any{&r.Waiting}, `SELECT count(*) FROM deliveries WHERE org = $1 AND update_id = $2 AND state = {queued}`, o.org, update); err != nil {
			return err
		}
		r.Reached, r.Systems = 0, 0
		return t.Each(func(rows *sql.Rows) error {
			var kind RecipientKind
			var n int
			err := rows.Scan(&kind, &n)
			switch kind {
			case RecipientPerson:
				r.Reached = n
			case RecipientHook:
				r.Systems = n
			}
			return err
		}, `SELECT CASE WHEN h.id > 0 THEN 1 WHEN s.id > 0 THEN 2 ELSE 0 END AS kind, count(DISTINCT d.recipient_id)`+reached+` GROUP BY kind`, o.org, update)
	})
	return r, err
}

// Flying says whether anything of an update is under somebody's lease: whether
// it was accepted shows when that is settled or has lapsed.
func (o *Org) Flying(ctx context.Context, update int64) (flying bool, err error) {
	err = o.s.read(ctx, "looking at the queue", func(t *tx) error {
		flying, err = t.Exists(`SELECT 1 FROM deliveries WHERE org = $1 AND update_id = $2 AND state = {queued} AND leased_by IS NOT NULL LIMIT 1`, o.org, update)
		return err
	})
	return flying, err
}

// PauseFanout gives a fan-out back, to be gone on with from a time on by
// whoever takes it then.
func (o *Org) PauseFanout(ctx context.Context, f *Fanout, worker string, until time.Time) error {
	return o.s.write(ctx, "pausing a fan-out", func(t *tx) error {
		_, err := t.Exec(`UPDATE fanouts SET leased_by = NULL, lease_until = $4 WHERE id = $1 AND org = $2 AND finished_at = 0 AND leased_by = $3`,
			f.Key, o.org, worker, ground.Micros(until))
		return err
	})
}
