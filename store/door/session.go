package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Linked gives whose password a link sets, where it still does.
func (d *Door) Linked(ctx context.Context, link []byte, now time.Time) (u vedette.User, found bool, err error) {
	err = d.read(ctx, "looking for a link", func(t *tx) error {
		found, err = t.linked(&u, link, now)
		return err
	})
	return u, found, err
}

func (t *tx) linked(u *vedette.User, link []byte, now time.Time) (bool, error) {
	if len(link) == 0 {
		return false, nil
	}
	return t.Found(userInto(u), userSelect+` FROM users u WHERE u.org = $1 AND u.link = $2 AND u.link_until > $3 AND u.closed_at = 0`, t.org, link, ground.Micros(now))
}

// SetPassword sets a password by a link, which is good no more then. One that is not
// good is CodeExpired.
func (d *Door) SetPassword(ctx context.Context, link []byte, password string, now time.Time) (u vedette.User, err error) {
	err = d.write(ctx, "setting a password", func(t *tx) error {
		found, err := t.linked(&u, link, now)
		if err != nil {
			return err
		}
		if !found {
			return vedette.Errorf(vedette.CodeExpired, "this link was used already, or is too old; ask an administrator for another")
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "password set", now); err != nil {
			return err
		}
		n, err := t.Exec(`UPDATE users SET password = $3, link = NULL, link_until = 0 WHERE id = $1 AND link = $2`, u.Key, link, password)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeExpired, "this link was used already; ask an administrator for another")
		}
		if err != nil {
			return err
		}
		return t.endAll(u.Key)
	})
	return u, err
}

// RenewHash keeps a password's hash anew, where it is still the one it was.
func (d *Door) RenewHash(ctx context.Context, user int64, was, is string) error {
	return d.write(ctx, "keeping a password's hash anew", func(t *tx) error {
		_, err := t.Exec(`UPDATE users SET password = $4 WHERE id = $1 AND org = $2 AND password = $3`, user, t.org, was, is)
		return err
	})
}

// maxSessions bounds how many browsers of a user are signed in at once: of more the
// oldest end.
const maxSessions = 20

// BeginSession signs a user in, where the password is still the one that was checked.
// replaced is the session that the browser had before, which ends; nil for none.
func (d *Door) BeginSession(ctx context.Context, user int64, password string, hash, replaced []byte, now time.Time) error {
	return d.write(ctx, "signing in", func(t *tx) error {
		n, err := t.Exec(`UPDATE users SET signed_at = $4 WHERE id = $1 AND org = $2 AND closed_at = 0 AND password = $3`, user, t.org, password, ground.Micros(now))
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeForbidden, "the password was changed just now; sign in again")
		}
		if err != nil {
			return err
		}
		return t.begin(user, "signed in", hash, replaced, time.Time{}, now)
	})
}

// begin keeps a new session, in the place of the one that the browser had before.
// verb says by which door they came, strong when a second factor was shown, zero for not.
func (t *tx) begin(user int64, verb string, hash, replaced []byte, strong, now time.Time) error {
	if err := t.logOf(user, vedette.LogSession, verb, now); err != nil {
		return err
	}
	if len(replaced) > 0 {
		if _, err := t.Exec(`DELETE FROM sessions WHERE hash = $1 AND org = $2`, replaced, t.org); err != nil {
			return err
		}
	}
	if _, err := t.Exec(`INSERT INTO sessions (hash, uuid, org, user_id, made_at, seen_at, strong_at) VALUES ($1, $2, $3, $4, $5, $5, $6)`,
		hash, string(vedette.NewID(now)), t.org, user, ground.Micros(now), ground.Micros(strong)); err != nil {
		return err
	}
	_, err := t.Exec(`DELETE FROM sessions WHERE user_id = $1 AND hash NOT IN (SELECT hash FROM sessions WHERE user_id = $1 ORDER BY seen_at DESC, made_at DESC LIMIT $2)`, user, int64(maxSessions))
	return err
}

const sessionSelect = userSelect + `, s.uuid, s.made_at, s.seen_at, s.strong_at FROM sessions s JOIN users u ON u.id = s.user_id`

func sessionInto(s *vedette.Session) []any {
	return append(userInto(&s.User), &s.ID, ground.Time(&s.Made), ground.Time(&s.Seen), ground.Time(&s.Strong))
}

// SessionOf gives a session, of somebody who still may sign in.
func (d *Door) SessionOf(ctx context.Context, hash []byte) (s vedette.Session, found bool, err error) {
	if len(hash) == 0 {
		return s, false, nil
	}
	err = d.read(ctx, "looking who is signed in", func(t *tx) error {
		found, err = t.Found(sessionInto(&s), sessionSelect+` WHERE s.hash = $1 AND s.org = $2 AND u.closed_at = 0`, hash, t.org)
		return err
	})
	return s, found, err
}

// Sessions lists where a user is signed in, seen last first.
func (d *Door) Sessions(ctx context.Context, user int64) (list []vedette.Session, err error) {
	err = d.read(ctx, "listing sessions", func(t *tx) error {
		list, err = ground.All(t.Tx, sessionInto, sessionSelect+` WHERE s.user_id = $1 AND s.org = $2 AND u.closed_at = 0 ORDER BY s.seen_at DESC, s.made_at DESC, s.uuid`, user, t.org)
		return err
	})
	return list, err
}

// SeeSession notes that a session was used.
func (d *Door) SeeSession(ctx context.Context, hash []byte, now time.Time) error {
	return d.write(ctx, "noting a session", func(t *tx) error {
		_, err := t.Exec(`UPDATE sessions SET seen_at = $3 WHERE hash = $1 AND org = $2 AND seen_at < $3`, hash, t.org, ground.Micros(now))
		return err
	})
}

// logOf logs what a user did at the door.
func (t *tx) logOf(user int64, kind vedette.LogKind, verb string, now time.Time) error {
	var id vedette.ID
	if err := t.Row([]any{&id}, `SELECT uuid FROM users WHERE id = $1 AND org = $2`, user, t.org); err != nil {
		return err
	}
	_, err := book.Log(t.Tx, t.org, kind, id, verb, now)
	return err
}

// EndSession signs a browser out; everywhere, all of its user's.
func (d *Door) EndSession(ctx context.Context, hash []byte, everywhere bool, now time.Time) error {
	return d.write(ctx, "signing out", func(t *tx) error {
		var user int64
		if found, err := t.Found([]any{&user}, `SELECT user_id FROM sessions WHERE hash = $1 AND org = $2`, hash, t.org); err != nil || !found {
			return err
		}
		verb := "signed out"
		if everywhere {
			verb = "signed out everywhere"
		}
		if err := t.logOf(user, vedette.LogSession, verb, now); err != nil {
			return err
		}
		if everywhere {
			return t.endAll(user)
		}
		_, err := t.Exec(`DELETE FROM sessions WHERE hash = $1 AND org = $2`, hash, t.org)
		return err
	})
}

// EndSessionOf ends one of a user's, by its id.
func (d *Door) EndSessionOf(ctx context.Context, user int64, id vedette.ID, now time.Time) error {
	return d.write(ctx, "ending a session", func(t *tx) error {
		n, err := t.Exec(`DELETE FROM sessions WHERE uuid = $1 AND user_id = $2 AND org = $3`, string(id), user, t.org)
		if err != nil || n == 0 {
			return err
		}
		return t.logOf(user, vedette.LogSession, "signed out elsewhere", now)
	})
}

// EndOthers ends all of a user's but one.
func (d *Door) EndOthers(ctx context.Context, user int64, keep []byte, now time.Time) error {
	return d.write(ctx, "ending other sessions", func(t *tx) error {
		if err := t.endOthers(user, keep); err != nil {
			return err
		}
		return t.logOf(user, vedette.LogSession, "signed out elsewhere", now)
	})
}

func (t *tx) endOthers(user int64, keep []byte) error {
	_, err := t.Exec(`DELETE FROM sessions WHERE user_id = $1 AND org = $2 AND hash <> $3`, user, t.org, keep)
	return err
}

// ChangePassword sets a user's password, where it is still the one that was checked,
// and ends all they are signed in with but one.
func (d *Door) ChangePassword(ctx context.Context, u *vedette.User, was, is string, keep []byte, now time.Time) error {
	return d.write(ctx, "changing a password", func(t *tx) error {
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "password changed", now); err != nil {
			return err
		}
		n, err := t.Exec(`UPDATE users SET password = $4 WHERE id = $1 AND org = $2 AND closed_at = 0 AND password = $3`, u.Key, t.org, was, is)
		if err == nil && n == 0 {
			err = vedette.Errorf(vedette.CodeConflict, "the password was changed or reset just now, so nothing was done; sign in again")
		}
		if err != nil {
			return err
		}
		return t.endOthers(u.Key, keep)
	})
}

// EndOldSessions ends those made or seen last before some moments.
func (d *Door) EndOldSessions(ctx context.Context, made, seen time.Time) error {
	return d.write(ctx, "ending old sessions", func(t *tx) error {
		_, err := t.Exec(`DELETE FROM sessions WHERE org = $1 AND (made_at < $2 OR seen_at < $3)`, t.org, ground.Micros(made), ground.Micros(seen))
		return err
	})
}
