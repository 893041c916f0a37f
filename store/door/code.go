package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// CodesOf gives the one-time codes of a user.
func (d *Door) CodesOf(ctx context.Context, user int64) (c vedette.Codes, found bool, err error) {
	err = d.read(ctx, "looking for one-time codes", func(t *tx) error {
		found, err = t.Found([]any{&c.Sealed, &c.Step, ground.Time(&c.Made), ground.Time(&c.Used)},
			`SELECT sealed, step, made_at, used_at FROM user_codes WHERE user_id = $1 AND org = $2`, user, t.org)
		return err
	})
	return c, found, err
}

// AddCodes keeps the secret of a user's codes, of which one was shown, in the place of
// any before; and notes that in the session that was used.
func (d *Door) AddCodes(ctx context.Context, u *vedette.User, sealed []byte, step int64, session []byte, now time.Time) error {
	return d.write(ctx, "adding one-time codes", func(t *tx) error {
		if err := book.SealedNow(t.Tx, sealed); err != nil {
			return err
		}
		if err := t.own(u, "one-time codes added", now); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM user_codes WHERE user_id = $1 AND org = $2`, u.Key, t.org); err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO user_codes (user_id, org, sealed, step, made_at, used_at) VALUES ($1, $2, $3, $4, $5, $5)`,
			u.Key, t.org, sealed, step, ground.Micros(now)); err != nil {
			return err
		}
		return t.strengthen(u.Key, session, now)
	})
}

// RemoveCodes removes a user's one-time codes.
func (d *Door) RemoveCodes(ctx context.Context, u *vedette.User, now time.Time) error {
	return d.write(ctx, "removing one-time codes", func(t *tx) error {
		if err := t.own(u, "one-time codes removed", now); err != nil {
			return err
		}
		n, err := t.Exec(`DELETE FROM user_codes WHERE user_id = $1 AND org = $2`, u.Key, t.org)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "there are no one-time codes any more")
		}
		return err
	})
}

// ShowCode notes that somebody who is signed in showed the code of a step, and that none
// of it or before is good any more; was is the step before.
func (d *Door) ShowCode(ctx context.Context, user, was, step int64, session []byte, now time.Time) error {
	return d.write(ctx, "noting a one-time code", func(t *tx) error {
		n, err := t.Exec(`UPDATE user_codes SET step = $4, used_at = $5 WHERE user_id = $1 AND org = $2 AND step = $3`, user, t.org, was, step, ground.Micros(now))
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeForbidden, "a code was used somewhere else at the same moment; wait for the next, and type that")
		}
		if err != nil {
			return err
		}
		return t.strengthen(user, session, now)
	})
}
