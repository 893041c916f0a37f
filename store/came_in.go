package store

import (
	"context"
	"encoding/json"

	"vedette"
	"vedette/store/ground"
)

// CameIn lists the reports that came in last, the newest first and at most so many.
func (o *Org) CameIn(ctx context.Context, most int) (list []vedette.CameIn, err error) {
	type row struct {
		vedette.CameIn
		read string
		in   int64
	}
	err = o.s.read(ctx, "listing reports", func(t *tx) error {
		rows, err := ground.All(t.Tx, func(r *row) []any {
			return []any{&r.ID, ground.Time(&r.ReceivedAt), &r.Origin, &r.Provider, &r.Digest, &r.read, &r.in}
		}, `SELECT r.uuid, r.received_at, r.origin, r.provider, r.digest, r.reading, coalesce((SELECT max(update_id) FROM report_uses WHERE report = r.uuid), -1)
			FROM reports r WHERE r.org = $1 ORDER BY r.received_at DESC, r.uuid DESC LIMIT $2`, o.org, ground.Most(most))
		if err != nil {
			return err
		}
		var keys []int64
		for _, r := range rows {
			keys = append(keys, r.in)
		}
		of, err := t.updates(byKeys, o.org, ground.List(keys))
		if err != nil {
			return err
		}
		made := map[int64]*vedette.Update{}
		for _, u := range of {
			made[u.Key] = u
		}
		list = make([]vedette.CameIn, len(rows))
		for i := range rows {
			if err := json.Unmarshal([]byte(rows[i].read), &rows[i].Reading); err != nil {
				return err
			}
			list[i] = rows[i].CameIn
			list[i].Update, list[i].Unknown = made[rows[i].in], rows[i].in == 0
		}
		return nil
	})
	return list, err
}

// uses keeps which reports a draft is made of.
func (t *tx) uses(org int64, d *vedette.Update) error {
	if _, err := t.Exec(`DELETE FROM report_uses WHERE update_id = $1`, d.Key); err != nil {
		return err
	}
	for _, r := range d.Reports {
		if _, err := t.Exec(`INSERT INTO report_uses (report, update_id, org) SELECT uuid, $2, org FROM reports WHERE uuid = $1 AND org = $3 ON CONFLICT DO NOTHING`, string(r), d.Key, org); err != nil {
			return err
		}
	}
	return nil
}
