package store

import (
	"context"
	"encoding/json"

	"vedette"
	"vedette/store/code"
	"vedette/store/ground"
)

// readHead is what a list says of a reading: the rest of it is not built.
type readHead struct {
	Title    string       `json:"title"`
	Headline string       `json:"headline"`
	Risk     vedette.Risk `json:"risk"`
	Findings []struct{}   `json:"findings"`
}

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
		made, err := t.whereTheyAre(o.org, keys)
		list = make([]vedette.CameIn, len(rows))
		for i := range rows {
			var h readHead
			if err == nil {
				err = json.Unmarshal([]byte(rows[i].read), &h)
			}
			c := rows[i].CameIn
			c.Title, c.Headline, c.Risk, c.Doubts = h.Title, h.Headline, h.Risk, len(h.Findings)
			c.Update, c.Unknown = made[rows[i].in], rows[i].in == 0
			list[i] = c
		}
		return err
	})
	return list, err
}

// whereTheyAre gives drafts and updates by their keys, without what they say.
func (t *tx) whereTheyAre(org int64, keys []int64) (map[int64]*vedette.Update, error) {
	list, err := ground.All(t.Tx, func(u *vedette.Update) []any {
		return []any{&u.Key, &u.ID, code.Update.Into(&u.State), &u.Number, &u.Situation.ID, &u.Situation.Title}
	}, `SELECT u.id, u.uuid, u.state, coalesce(u.number, 0), coalesce(s.uuid, ''), coalesce(s.title, '') FROM updates u LEFT JOIN situations s ON s.id = u.situation_id WHERE u.org = $1 AND u.id {in $2}`,
		org, ground.List(keys))
	made := make(map[int64]*vedette.Update, len(list))
	for i := range list {
		made[list[i].Key] = &list[i]
	}
	return made, err
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
