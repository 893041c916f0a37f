package store

import (
	"context"
	"database/sql"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Began says of the situations of some updates when their first update was published.
func (o *Org) Began(ctx context.Context, us []*vedette.Update) (map[vedette.ID]time.Time, error) {
	keys := make([]int64, len(us))
	for i, u := range us {
		keys[i] = u.Key
	}
	out := make(map[vedette.ID]time.Time, len(us))
	err := o.s.read(ctx, "reading when situations began", func(t *tx) error {
		return t.Each(func(r *sql.Rows) error {
			var id vedette.ID
			var at time.Time
			err := r.Scan(&id, ground.Time(&at))
			out[id] = at
			return err
		}, `SELECT s.uuid, min(u.published_at) FROM situations s JOIN updates u ON u.situation_id = s.id AND u.published_at > 0
			WHERE s.org = $1 AND s.id IN (SELECT situation_id FROM updates WHERE id {in $2}) GROUP BY s.uuid`, o.org, ground.List(keys))
	})
	return out, err
}
