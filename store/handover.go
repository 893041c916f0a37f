package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/ground"
)

// KeptHandover is a hand-over as it is kept: what it says is the desk's own
// text, digested as it stands.
type KeptHandover struct {
	ID      vedette.ID
	No      int
	At      time.Time
	Body    []byte
	Digest  string
	TakenAt time.Time
	TakenBy string // "" while nobody has taken over
}

// AddHandover keeps a hand-over. Its number must be the next: else somebody
// gave one meanwhile, which is a conflict.
func (o *Org) AddHandover(ctx context.Context, h KeptHandover) error {
	return o.s.write(ctx, "keeping a hand-over", func(t *tx) error {
		var last int64
		if err := t.Row([]any{&last}, `SELECT coalesce(max(no), 0) FROM handovers WHERE org = $1`, o.org); err != nil {
			return err
		}
		if int64(h.No) != last+1 {
			return vedette.Errorf(vedette.CodeConflict, "hand-over %d was given meanwhile; look at it, then give yours", last)
		}
		key, err := t.keys("handover", 1)
		if err != nil {
			return err
		}
		n, err := t.Exec(`INSERT INTO handovers (id, org, uuid, no, at, body, digest) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org, no) DO NOTHING`,
			key, o.org, string(h.ID), int64(h.No), ground.Micros(h.At), string(h.Body), h.Digest)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "hand-over %d was given meanwhile; look at it, then give yours", h.No)
		}
		if err != nil {
			return err
		}
		return t.log(o.org, vedette.LogHandover, h.ID, "given", h.At)
	})
}

// TakeHandover keeps who took over. It is a conflict where somebody did.
func (o *Org) TakeHandover(ctx context.Context, id vedette.ID, by string, at time.Time) error {
	return o.s.write(ctx, "taking over", func(t *tx) error {
		n, err := t.Exec(`INSERT INTO handovers_taken (handover_id, at, taken_by) SELECT id, $3, $4 FROM handovers WHERE org = $1 AND uuid = $2
			ON CONFLICT (handover_id) DO NOTHING`, o.org, string(id), ground.Micros(at), ground.Plain(by, 200))
		if err != nil {
			return err
		}
		if n == 0 {
			there, err := t.Exists(`SELECT 1 FROM handovers WHERE org = $1 AND uuid = $2`, o.org, string(id))
			switch {
			case err != nil:
				return err
			case there:
				return vedette.Errorf(vedette.CodeConflict, "it was taken over already")
			}
			return vedette.Errorf(vedette.CodeNotFound, "there is no hand-over %s", id)
		}
		return t.log(o.org, vedette.LogHandover, id, "taken", at)
	})
}

// Handovers lists the hand-overs, the newest first. limit 0 is no limit.
func (o *Org) Handovers(ctx context.Context, limit int) (list []KeptHandover, err error) {
	err = o.s.read(ctx, "listing hand-overs", func(t *tx) error {
		list, err = t.handovers(`h.org = $1 ORDER BY h.no DESC LIMIT $2`, o.org, ground.Most(limit))
		return err
	})
	return list, err
}

// Handover gives one.
func (o *Org) Handover(ctx context.Context, id vedette.ID) (h KeptHandover, err error) {
	err = o.s.read(ctx, "reading a hand-over", func(t *tx) error {
		list, err := t.handovers(`h.org = $1 AND h.uuid = $2`, o.org, string(id))
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no hand-over %s", id)
		}
		h = list[0]
		return nil
	})
	return h, err
}

func (t *tx) handovers(where string, args ...any) (list []KeptHandover, err error) {
	err = t.Each(func(r *sql.Rows) error {
		var h KeptHandover
		var body string
		err := r.Scan(&h.ID, &h.No, ground.Time(&h.At), &body, &h.Digest, ground.Time(&h.TakenAt), &h.TakenBy)
		h.Body = []byte(body)
		list = append(list, h)
		return err
	}, `SELECT h.uuid, h.no, h.at, h.body, h.digest, coalesce(k.at, 0), coalesce(k.taken_by, '')
		FROM handovers h LEFT JOIN handovers_taken k ON k.handover_id = h.id WHERE `+where, args...)
	return list, err
}
