package store

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/ground"
)

// Organisation is who the people, settings and drafts belong to.
type Organisation struct {
	Key  int64
	ID   vedette.ID
	Name string
}

// Installation is what one place of data is: its id, and the check that
// tells whether a key is the one its records are sealed with. It never holds
// the key.
type Installation struct {
	ID        vedette.ID
	KeyCheck  []byte
	CreatedAt time.Time
}

// Installation gives the installation, and false before it is set.
func (s *Store) Installation(ctx context.Context) (in Installation, set bool, err error) {
	err = s.read(ctx, "reading the installation", func(t *tx) error {
		in, set, err = t.installation()
		return err
	})
	return in, set, err
}

func (t *tx) installation() (in Installation, set bool, err error) {
	set, err = t.Found([]any{&in.ID, &in.KeyCheck, ground.Time(&in.CreatedAt)}, `SELECT uuid, key_check, created_at FROM installation WHERE one = 1`)
	return in, set, err
}

// SetInstallation sets the installation, once: a second time is a conflict.
func (s *Store) SetInstallation(ctx context.Context, in Installation) error {
	return s.write(ctx, "setting the installation", func(t *tx) error {
		n, err := t.Exec(`INSERT INTO installation (one, uuid, key_check, created_at) VALUES (1, $1, $2, $3) ON CONFLICT DO NOTHING`,
			string(in.ID), in.KeyCheck, ground.Micros(in.CreatedAt))
		if err == nil && n == 0 {
			return vedette.Errorf(vedette.CodeConflict, "the installation at %s is set already and cannot be set again", s.Place())
		}
		if err == nil {
			err = t.firstKey()
		}
		return err
	})
}

// AddOrganisation adds one.
func (s *Store) AddOrganisation(ctx context.Context, name string, now time.Time) (Organisation, error) {
	o := Organisation{ID: vedette.NewID(now), Name: ground.Plain(strings.TrimSpace(name), 0)}
	if o.Name == "" {
		return o, vedette.Errorf(vedette.CodeInvalid, "the organisation has no name; give it one")
	}
	err := s.write(ctx, "adding an organisation", func(t *tx) (err error) {
		if o.Key, err = t.keys("organisation", 1); err != nil {
			return err
		}
		_, err = t.Exec(`INSERT INTO organisations (id, uuid, name, created_at) VALUES ($1, $2, $3, $4)`,
			o.Key, string(o.ID), o.Name, ground.Micros(now))
		return err
	})
	return o, err
}

// Organisations lists them, oldest first.
func (s *Store) Organisations(ctx context.Context) (list []Organisation, err error) {
	err = s.read(ctx, "listing the organisations", func(t *tx) error {
		list, err = ground.All(t.Tx, func(o *Organisation) []any { return []any{&o.Key, &o.ID, &o.Name} },
			`SELECT id, uuid, name FROM organisations ORDER BY id`)
		return err
	})
	return list, err
}
