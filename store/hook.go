package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// SealedHook is a hook as the store holds it: address and secret are sealed.
type SealedHook struct {
	Key    int64
	ID     vedette.ID
	Sealed []byte
}

// AddHook adds a hook and gives it back with its key and id.
func (o *Org) AddHook(ctx context.Context, h SealedHook, now time.Time) (SealedHook, error) {
	if h.ID == "" {
		h.ID = vedette.NewID(now)
	}
	err := o.s.write(ctx, "adding a hook", func(t *tx) (err error) {
		if err := book.SealedNow(t.Tx, h.Sealed); err != nil {
			return err
		}
		if h.Key, err = t.keys("recipient", 1); err != nil {
			return err
		}
		if _, err = t.Exec(`INSERT INTO recipients (id, org, uuid, kind) VALUES ($1, $2, $3, $4)`, h.Key, o.org, string(h.ID), int64(code.Hook)); err != nil {
			return err
		}
		if _, err = t.Exec(`INSERT INTO hooks (id, org, sealed) VALUES ($1, $2, $3)`, h.Key, o.org, h.Sealed); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogHook, h.ID, "added", now)
	})
	return h, err
}

// Hooks lists the hooks that are not removed, oldest first.
func (o *Org) Hooks(ctx context.Context) (list []SealedHook, err error) {
	err = o.s.read(ctx, "listing the hooks", func(t *tx) error {
		list, err = ground.All(t.Tx, func(h *SealedHook) []any { return []any{&h.Key, &h.ID, &h.Sealed} },
			`SELECT h.id, r.uuid, h.sealed FROM hooks h JOIN recipients r ON r.id = h.id
			WHERE h.org = $1 AND h.removed_at = 0 ORDER BY h.id`, o.org)
		return err
	})
	return list, err
}

// RemoveHook removes a hook: it is told of nothing new.
func (o *Org) RemoveHook(ctx context.Context, id vedette.ID, now time.Time) error {
	return o.s.write(ctx, "removing a hook", func(t *tx) error {
		n, err := t.Exec(`UPDATE hooks SET removed_at = $3 WHERE org = $1 AND removed_at = 0
			AND id = (SELECT id FROM recipients WHERE uuid = $2)`, o.org, string(id), ground.Micros(now))
		if err != nil {
			return err
		}
		if n == 0 {
			return vedette.Errorf(vedette.CodeNotFound, "there is no such hook")
		}
		return t.log(o.org, vedette.LogHook, id, "removed", now)
	})
}
