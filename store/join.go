package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/door"
	"vedette/store/share"
)

// Invited gives the organisation that an invitation is of, by the hash of its secret, 0
// where it is not good.
func (s *Store) Invited(ctx context.Context, hash []byte, now time.Time) (org int64, err error) {
	err = s.read(ctx, "looking for an invitation", func(t *tx) error {
		_, org, err = share.Invited(t.Tx, hash, now)
		return err
	})
	return org, err
}

// Join adds an organisation by an invitation, and its first administrator with the hash
// of their password: all or nothing. An invitation that is not good is CodeExpired, a
// short name that is taken CodeTaken.
func (s *Store) Join(ctx context.Context, hash []byte, o vedette.Organisation, u vedette.User, password string, now time.Time) (vedette.Organisation, vedette.User, error) {
	err := s.write(ctx, "joining", func(t *tx) error {
		key, host, err := share.Invited(t.Tx, hash, now)
		if err == nil && key == 0 {
			err = share.Spent()
		}
		if err != nil {
			return err
		}
		if err := t.addOrganisation(&o, now); err != nil {
			return err
		}
		if err := door.AddFirst(t.Tx, o.Key, &u, password, now); err != nil {
			return err
		}
		if err := share.Use(t.Tx, key, o.Key, now); err != nil {
			return err
		}
		_, err = book.Log(t.Tx, host, vedette.LogOrganisation, o.ID, "joined", now)
		return err
	})
	return o, u, err
}
