package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

const handoutSelect = `SELECT h.id, h.uuid, u.uuid, h.given_for, h.given_by, h.given_at, h.until_at, h.ended_at, h.ended_by FROM handouts h JOIN updates u ON u.id = h.update_id`

func handoutInto(h *vedette.Handout) []any {
	return []any{&h.Key, &h.ID, &h.Update, &h.For, &h.By, ground.Time(&h.At), ground.Time(&h.Until), ground.Time(&h.Ended), &h.Ender}
}

// mostHandouts is how many links of one update may be good at a time.
const mostHandouts = 50

// GiveHandout keeps that a link of an update that is published was given.
func (d *Door) GiveHandout(ctx context.Context, h vedette.Handout, now time.Time) (vedette.Handout, error) {
	if err := h.Validate(now); err != nil {
		return h, err
	}
	h.For, h.By = ground.Plain(h.For, 0), ground.Plain(h.By, 0)
	h.At, h.Until = ground.Moment(ground.Micros(now)), h.Until.UTC().Truncate(time.Second)
	err := d.write(ctx, "giving a link of an update", func(t *tx) error {
		// First: its lock has two who give one count what the other gave.
		if _, err := book.Log(t.Tx, t.org, vedette.LogHandout, h.Update, "link given", now); err != nil {
			return err
		}
		var update, published int64
		found, err := t.Found([]any{&update, &published}, `SELECT id, published_at FROM updates WHERE org = $1 AND uuid = $2`, t.org, string(h.Update))
		if err != nil {
			return err
		}
		if !found || published == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no published update %s; what is a draft is given to nobody", h.Update)
		}
		var good int64
		if _, err := t.Found([]any{&good}, `SELECT count(*) FROM handouts WHERE update_id = $1 AND ended_at = 0 AND until_at > $2`, update, ground.Micros(now)); err != nil {
			return err
		}
		if good >= mostHandouts {
			return vedette.Errorf(vedette.CodeConflict, "%d links of this update are good already; end one first", good)
		}
		if h.Key, err = book.Keys(t.Tx, "handout", 1); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO handouts (id, org, uuid, update_id, given_for, given_by, given_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			h.Key, t.org, string(h.ID), update, h.For, h.By, ground.Micros(now), ground.Micros(h.Until))
		return err
	})
	return h, err
}

// Handouts lists the links that were given of an update, the last first.
func (d *Door) Handouts(ctx context.Context, update vedette.ID) (list []vedette.Handout, err error) {
	err = d.read(ctx, "listing the links of an update", func(t *tx) error {
		list, err = ground.All(t.Tx, handoutInto, handoutSelect+` WHERE h.org = $1 AND u.uuid = $2 ORDER BY h.id DESC LIMIT 500`, t.org, string(update))
		return err
	})
	return list, err
}

// Handout gives one by key; CodeNotFound where there is none.
func (d *Door) Handout(ctx context.Context, key int64) (h vedette.Handout, err error) {
	err = d.read(ctx, "reading a link of an update", func(t *tx) error {
		found, err := t.Found(handoutInto(&h), handoutSelect+` WHERE h.org = $1 AND h.id = $2`, t.org, key)
		if err == nil && !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such link")
		}
		return err
	})
	return h, err
}

// EndHandout lets a link of an update open nothing from now on. One that has ended
// already stays as it is.
func (d *Door) EndHandout(ctx context.Context, update, id vedette.ID, by string, now time.Time) (h vedette.Handout, err error) {
	err = d.write(ctx, "ending a link of an update", func(t *tx) error {
		if _, err := book.Log(t.Tx, t.org, vedette.LogHandout, update, "link ended", now); err != nil {
			return err
		}
		found, err := t.Found(handoutInto(&h), handoutSelect+` WHERE h.org = $1 AND h.uuid = $2 AND u.uuid = $3`, t.org, string(id), string(update))
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeNotFound, "there is no link %s of this update", id)
		}
		if !h.Ended.IsZero() {
			return nil
		}
		h.Ended, h.Ender = ground.Moment(ground.Micros(now)), ground.Plain(by, 0)
		_, err = t.Exec(`UPDATE handouts SET ended_at = $2, ended_by = $3 WHERE id = $1`, h.Key, ground.Micros(now), h.Ender)
		return err
	})
	return h, err
}
