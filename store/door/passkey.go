package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// maxPasskeys bounds how many passkeys somebody has.
const maxPasskeys = 20

func passkeyInto(k *vedette.Passkey) []any {
	return []any{&k.Key, &k.ID, &k.Name, &k.Handle, &k.Public, &k.Count, &k.Flags, ground.Time(&k.Made), ground.Time(&k.Used)}
}

// Passkeys lists somebody's, in the order they were added.
func (d *Door) Passkeys(ctx context.Context, user int64) (list []vedette.Passkey, err error) {
	err = d.read(ctx, "listing passkeys", func(t *tx) error {
		list, err = t.passkeys(user)
		return err
	})
	return list, err
}

func (t *tx) passkeys(user int64) ([]vedette.Passkey, error) {
	return ground.All(t.Tx, passkeyInto, `SELECT id, uuid, name, handle, public_key, sign_count, flags, made_at, used_at FROM passkeys WHERE org = $1 AND user_id = $2 ORDER BY id`, t.org, user)
}

// UserByPasskey gives whose a passkey is, by what the device calls it, and all of
// theirs.
func (d *Door) UserByPasskey(ctx context.Context, handle []byte) (u vedette.User, list []vedette.Passkey, found bool, err error) {
	err = d.read(ctx, "looking for a passkey", func(t *tx) error {
		found, err = t.Found(userInto(&u), userSelect+` FROM passkeys p JOIN users u ON u.id = p.user_id WHERE p.org = $1 AND p.handle = $2 AND u.closed_at = 0`, t.org, handle)
		if err != nil || !found {
			return err
		}
		list, err = t.passkeys(u.Key)
		return err
	})
	return u, list, found, err
}

// AddPasskey adds one to somebody's, and notes in the session that was used that it was
// shown: whoever made it was looked at by the device.
func (d *Door) AddPasskey(ctx context.Context, u *vedette.User, k vedette.Passkey, session []byte, now time.Time) error {
	if err := k.Validate(); err != nil {
		return err
	}
	return d.write(ctx, "adding a passkey", func(t *tx) error {
		if err := t.own(u, "passkey added", now); err != nil {
			return err
		}
		there, err := t.Exists(`SELECT 1 FROM passkeys WHERE org = $1 AND handle = $2`, t.org, k.Handle)
		if err == nil && there {
			err = vedette.Errorf(vedette.CodeConflict, "this passkey is on an account already")
		}
		if err != nil {
			return err
		}
		list, err := t.passkeys(u.Key)
		if err == nil && len(list) >= maxPasskeys {
			err = vedette.Errorf(vedette.CodeConflict, "%d passkeys are as many as one account has; remove one first", maxPasskeys)
		}
		if err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "passkey", 1)
		if err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO passkeys (id, org, user_id, uuid, name, handle, public_key, sign_count, flags, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			key, t.org, u.Key, string(k.ID), ground.Plain(k.Name, 0), k.Handle, k.Public, int64(k.Count), int64(k.Flags), ground.Micros(now)); err != nil {
			return err
		}
		return t.strengthen(u.Key, session, now)
	})
}

// own writes the log row of a change that somebody makes to their own account. Its lock
// keeps a reset out; where one came before, nothing is done.
func (t *tx) own(u *vedette.User, verb string, now time.Time) error {
	if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, verb, now); err != nil {
		return err
	}
	open, err := t.Exists(`SELECT 1 FROM users WHERE id = $1 AND org = $2 AND closed_at = 0 AND password IS NOT NULL`, u.Key, t.org)
	if err == nil && !open {
		err = vedette.Errorf(vedette.CodeConflict, "the account was reset or closed just now, so nothing was done")
	}
	return err
}

// RemovePasskey removes one of somebody's.
func (d *Door) RemovePasskey(ctx context.Context, u *vedette.User, id vedette.ID, now time.Time) error {
	return d.write(ctx, "removing a passkey", func(t *tx) error {
		if err := t.own(u, "passkey removed", now); err != nil {
			return err
		}
		n, err := t.Exec(`DELETE FROM passkeys WHERE uuid = $1 AND user_id = $2 AND org = $3`, string(id), u.Key, t.org)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "that passkey was removed already")
		}
		return err
	})
}

// EnterByPasskey signs somebody in who showed a passkey; was is how often it had signed
// before.
func (d *Door) EnterByPasskey(ctx context.Context, user int64, k vedette.Passkey, was uint32, hash, replaced []byte, now time.Time) error {
	return d.write(ctx, "signing in with a passkey", func(t *tx) error {
		if err := t.used(user, &k, was, now); err != nil {
			return err
		}
		n, err := t.Exec(`UPDATE users SET signed_at = $3 WHERE id = $1 AND org = $2 AND closed_at = 0`, user, t.org, ground.Micros(now))
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeForbidden, "the account was closed just now")
		}
		if err != nil {
			return err
		}
		return t.begin(user, "signed in by a passkey", hash, replaced, now, now)
	})
}

// ShowPasskey notes that somebody who is signed in showed a passkey.
func (d *Door) ShowPasskey(ctx context.Context, user int64, k vedette.Passkey, was uint32, session []byte, now time.Time) error {
	return d.write(ctx, "noting a passkey", func(t *tx) error {
		if err := t.used(user, &k, was, now); err != nil {
			return err
		}
		return t.strengthen(user, session, now)
	})
}

// used keeps what changed of a passkey with its use. Where it was used or removed
// meanwhile nobody may tell which of the two is the owner's.
func (t *tx) used(user int64, k *vedette.Passkey, was uint32, now time.Time) error {
	n, err := t.Exec(`UPDATE passkeys SET sign_count = $5, flags = $6, used_at = $7 WHERE id = $1 AND user_id = $2 AND org = $3 AND sign_count = $4`,
		k.Key, user, t.org, int64(was), int64(k.Count), int64(k.Flags), ground.Micros(now))
	if err == nil && n == 0 {
		err = vedette.Errorf(vedette.CodeForbidden, "this passkey was used somewhere else, or removed, at the same moment; try again")
	}
	return err
}

// strengthen notes in a session of somebody's that a second factor was shown.
func (t *tx) strengthen(user int64, session []byte, now time.Time) error {
	_, err := t.Exec(`UPDATE sessions SET strong_at = $4 WHERE hash = $1 AND user_id = $2 AND org = $3`, session, user, t.org, ground.Micros(now))
	return err
}
