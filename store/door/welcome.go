package door

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Welcome makes the first who may sign in, an administrator, with a password and signed
// in; and names the organisation. Where somebody was quicker it is CodeConflict.
func (d *Door) Welcome(ctx context.Context, organisation string, u vedette.User, password string, session []byte, now time.Time) (vedette.User, error) {
	organisation = ground.Plain(strings.TrimSpace(organisation), 0)
	u.Role, u.Of = vedette.RoleAdministrator, nil
	if err := u.Validate(); err != nil {
		return u, err
	}
	if organisation == "" {
		return u, vedette.Errorf(vedette.CodeInvalid, "the organisation has no name; give it one")
	}
	err := d.write(ctx, "making the first administrator", func(t *tx) error {
		// First, as for every user: its lock keeps two from being the first.
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "added", now); err != nil {
			return err
		}
		if err := t.free(&u, true); err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "user", 1)
		if err != nil {
			return err
		}
		u.Key, u.Made = key, ground.Moment(ground.Micros(now))
		if _, err := t.Exec(`INSERT INTO users (id, org, uuid, name, login, role, password, made_at, made_by, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)`,
			key, t.org, string(u.ID), ground.Plain(u.Name, 0), u.Login, code.UserRole.Of(u.Role), password, ground.Micros(now), ground.Plain(u.By, 0)); err != nil {
			return err
		}
		if err := t.name(organisation, now); err != nil {
			return err
		}
		return t.begin(key, "signed in", session, nil, time.Time{}, now)
	})
	return u, err
}

// name gives the organisation another name.
func (t *tx) name(organisation string, now time.Time) error {
	n, err := t.Exec(`UPDATE organisations SET name = $2 WHERE id = $1 AND name <> $2`, t.org, organisation)
	if err != nil || n == 0 {
		return err
	}
	_, err = book.Log(t.Tx, t.org, vedette.LogSettings, "", "organisation named", now)
	return err
}

// Organisation gives the organisation's name.
func (d *Door) Organisation(ctx context.Context) (name string, err error) {
	err = d.read(ctx, "reading the organisation's name", func(t *tx) error {
		return t.Row([]any{&name}, `SELECT name FROM organisations WHERE id = $1`, t.org)
	})
	return name, err
}
