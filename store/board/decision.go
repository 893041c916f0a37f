package board

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Decide writes a line into the log of its situation, and gives it with its number. Who
// sends the same line again, by its ID, gets the one that is there.
func (b *Board) Decide(ctx context.Context, d vedette.Decision) (vedette.Decision, error) {
	d.At = ground.Moment(ground.Micros(d.At))
	err := b.write(ctx, "writing down what was decided", func(t *tx) error {
		var situation, seq int64
		// The organisation's row keeps out others who write a line.
		if err := t.Row([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1 {lock}`, t.org); err != nil {
			return err
		}
		found, err := t.Found([]any{&situation}, `SELECT id FROM situations WHERE org = $1 AND uuid = $2`, t.org, string(d.Situation))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no situation %s", d.Situation)
		}
		before, err := t.decisions(`x.uuid = $2`, string(d.ID))
		if err != nil {
			return err
		}
		if len(before) > 0 {
			if b := before[0]; b.Situation != d.Situation || b.What != d.What || b.Why != d.Why {
				return vedette.Errorf(vedette.CodeConflict, "nothing was written down: this form wrote another line already; open the page again")
			}
			d = before[0]
			return nil
		}
		if err := t.Row([]any{&d.No}, `SELECT coalesce(max(no), 0) + 1 FROM decisions WHERE situation_id = $1`, situation); err != nil {
			return err
		}
		if d.Corrects >= d.No {
			return vedette.Errorf(vedette.CodeInvalid, "nothing was written down: there is no line %d in this situation's log to correct", d.Corrects)
		}
		if seq, err = book.Log(t.Tx, t.org, vedette.LogDecision, d.ID, d.Verb(), d.At); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO decisions (org, seq, uuid, situation_id, no, at, what, why, by_whom, corrects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			t.org, seq, string(d.ID), situation, int64(d.No), ground.Micros(d.At), d.What, d.Why, d.By, int64(d.Corrects))
		return err
	})
	return d, err
}

// Decisions lists the lines of a situation's log that were there at a time, the zero time
// is now, the newest first. limit 0 is no limit.
func (b *Board) Decisions(ctx context.Context, situation vedette.ID, at time.Time, limit int) (list []vedette.Decision, err error) {
	err = b.read(ctx, "reading what was decided", func(t *tx) error {
		list, err = t.decisions(`x.situation_id = (SELECT id FROM situations WHERE org = $1 AND uuid = $2) AND x.at <= $3 ORDER BY x.no DESC LIMIT $4`,
			string(situation), book.At(at), ground.Most(limit))
		return err
	})
	return list, err
}

func (t *tx) decisions(where string, args ...any) (list []vedette.Decision, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var d vedette.Decision
		var verb string
		err := r.Scan(&d.ID, &d.Situation, &d.No, ground.Time(&d.At), &d.What, &d.Why, &d.By, &d.Corrects, &verb)
		d.Altered = verb != d.Verb()
		list = append(list, d)
		return err
	}, `SELECT x.uuid, s.uuid, x.no, x.at, x.what, x.why, x.by_whom, x.corrects, coalesce(l.verb, '')
		FROM decisions x JOIN situations s ON s.id = x.situation_id LEFT JOIN log l ON l.org = x.org AND l.seq = x.seq AND l.ref = x.uuid
		WHERE x.org = $1 AND `+where, append([]any{t.org}, args...)...)
	return list, err
}

// PosturesFrom lists the organisation's own postures that were set from a time on, the newest
// first. limit 0 is no limit.
func (b *Board) PosturesFrom(ctx context.Context, since time.Time, limit int) ([]vedette.Posture, error) {
	return b.list(ctx, `p.provider = '' AND p.since >= $2 ORDER BY p.since DESC, p.id DESC LIMIT $3`, ground.Micros(since), ground.Most(limit))
}

// WrittenSince gives the number of the last log row, and whether any row after one may have
// changed what stands in the logs of situations.
func (b *Board) WrittenSince(ctx context.Context, after int64) (seq int64, changed bool, err error) {
	err = b.read(ctx, "reading the log", func(t *tx) (err error) {
		if _, err = t.Found([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1`, t.org); err != nil || seq == after {
			return err
		}
		changed, err = t.Exists(`SELECT 1 FROM log WHERE org = $1 AND seq > $2 AND kind IN ({log written})`, t.org, after)
		return err
	})
	return seq, changed, err
}
