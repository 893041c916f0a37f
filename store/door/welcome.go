package door

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Welcome makes the first who may sign in, an administrator, with a password and signed
// in; and names the organisation. Where somebody was quicker it is CodeConflict.
func (d *Door) Welcome(ctx context.Context, organisation string, u vedette.User, password string, session []byte, now time.Time) (vedette.User, error) {
	organisation = ground.Plain(strings.TrimSpace(organisation), 0)
	if organisation == "" {
		return u, vedette.Errorf(vedette.CodeInvalid, "the organisation has no name; give it one")
	}
	err := d.write(ctx, "making the first administrator", func(t *tx) error {
		if err := AddFirst(t.Tx, t.org, &u, password, now); err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE users SET signed_at = $2 WHERE id = $1`, u.Key, ground.Micros(now)); err != nil {
			return err
		}
		if err := t.name(organisation, now); err != nil {
			return err
		}
		return t.begin(u.Key, "signed in", session, nil, time.Time{}, now)
	})
	return u, err
}

// name gives the organisation another name.
func (t *tx) name(organisation string, now time.Time) error {
	n, err := t.Exec(`UPDATE organisations SET name = $2 WHERE id = $1 AND name <> $2`, t.org, organisation)
	if err != nil || n == 0 {
		return err
	}
	_, err = book.Log(t.Tx, t.org, vedette.LogOrganisation, "", "named", now)
	return err
}

// Organisation gives the organisation's name.
func (d *Door) Organisation(ctx context.Context) (name string, err error) {
	err = d.read(ctx, "reading the organisation's name", func(t *tx) error {
		return t.Row([]any{&name}, `SELECT name FROM organisations WHERE id = $1`, t.org)
	})
	return name, err
}
