// Package door keeps who may sign in, who has, and the tokens of machines. It is a part
// of the store. Of passwords, links, sessions and tokens it is given hashes.
package door

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// Door is one organisation's. It is safe for concurrent use.
type Door struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's door.
func Of(db *ground.DB, org int64) *Door { return &Door{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	org int64
}

func (d *Door) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return d.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, d.org}) })
}

func (d *Door) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return d.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, d.org}) })
}

const userSelect = `SELECT u.id, u.uuid, u.name, u.login, u.role, u.of_whom, u.privy, u.made_at, u.made_by, u.signed_at, u.closed_at, u.issuer, u.follows, u.each_time, u.language`

func userInto(u *vedette.User) []any {
	return []any{&u.Key, &u.ID, &u.Name, &u.Login, code.UserRole.Into(&u.Role), (*lines)(&u.Of), (*bit)(&u.Privy), ground.Time(&u.Made), &u.By, ground.Time(&u.SignedIn), ground.Time(&u.Closed), &u.Issuer, (*bit)(&u.Follows), (*bit)(&u.EachTime), &u.Language}
}

// lines scans words that are kept a line each.
type lines []string

// Scan takes what the driver gives.
func (l *lines) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("lines are stored as a text, not as a %T", v)
	}
	*l = nil
	if text != "" {
		*l = strings.Split(text, "\n")
	}
	return nil
}

// bit scans what is kept as 0 or 1.
type bit bool

// Scan takes what the driver gives.
func (b *bit) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a bit is stored as a number, not as a %T", v)
	}
	*b = n != 0
	return nil
}

// HasUsers says whether anybody may sign in.
func (d *Door) HasUsers(ctx context.Context) (some bool, err error) {
	err = d.read(ctx, "looking who signs in", func(t *tx) error {
		some, err = t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 LIMIT 1`, t.org)
		return err
	})
	return some, err
}

// Users lists who may sign in, by login; closed ones too where all is set.
func (d *Door) Users(ctx context.Context, all bool) (list []vedette.User, err error) {
	err = d.read(ctx, "listing users", func(t *tx) error {
		list, err = ground.All(t.Tx, userInto, userSelect+` FROM users u WHERE u.org = $1 AND (u.closed_at = 0 OR $2 = 1) ORDER BY u.login, u.id`, t.org, ground.Bit(all))
		return err
	})
	return list, err
}

// UserByLogin gives a user who may sign in and the hash of their password, "" for
// none.
func (d *Door) UserByLogin(ctx context.Context, login string) (u vedette.User, password string, found bool, err error) {
	err = d.read(ctx, "looking for a user", func(t *tx) error {
		found, err = t.Found(append(userInto(&u), &password), userSelect+`, coalesce(u.password, '') FROM users u WHERE u.org = $1 AND u.login = $2 AND u.closed_at = 0`, t.org, login)
		return err
	})
	return u, password, found, err
}

// AddUser adds one, with a link that sets the password. A login that is taken is
// CodeConflict. first wants that nobody is there yet.
func (d *Door) AddUser(ctx context.Context, u vedette.User, link []byte, until time.Time, first bool, now time.Time) (vedette.User, error) {
	if err := u.Validate(); err != nil {
		return u, err
	}
	err := d.write(ctx, "adding a user", func(t *tx) error {
		// The log row comes first: its lock keeps two from being the first, or
		// taking one login.
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "added", now); err != nil {
			return err
		}
		if err := t.free(&u, first); err != nil {
			return err
		}
		key, err := book.Keys(t.Tx, "user", 1)
		if err != nil {
			return err
		}
		u.Key, u.Made = key, ground.Moment(ground.Micros(now))
		_, err = t.Exec(`INSERT INTO users (id, org, uuid, name, login, role, of_whom, link, link_until, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			key, t.org, string(u.ID), ground.Plain(u.Name, 0), u.Login, code.UserRole.Of(u.Role), kept(u.Of), link, ground.Micros(until), ground.Micros(now), ground.Plain(u.By, 0))
		return err
	})
	return u, err
}

// AddFirst adds the first administrator of an organisation that is new, with the hash of
// their password. Where somebody is there already it is CodeConflict.
func AddFirst(t *ground.Tx, org int64, u *vedette.User, password string, now time.Time) (err error) {
	u.Role, u.Of = vedette.RoleAdministrator, nil
	if err := u.Validate(); err != nil {
		return err
	}
	// First, as for every user: its lock keeps two from being the first.
	if _, err := book.Log(t, org, vedette.LogUser, u.ID, "added", now); err != nil {
		return err
	}
	if err := (&tx{t, org}).free(u, true); err != nil {
		return err
	}
	if u.Key, err = book.Keys(t, "user", 1); err != nil {
		return err
	}
	u.Made = ground.Moment(ground.Micros(now))
	_, err = t.Exec(`INSERT INTO users (id, org, uuid, name, login, role, of_whom, password, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9)`,
		u.Key, org, string(u.ID), ground.Plain(u.Name, 0), u.Login, code.UserRole.Of(u.Role), password, ground.Micros(now), ground.Plain(u.By, 0))
	return err
}

// why says, as CodeConflict, why somebody or something cannot be called so.
func why(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeConflict, format, args...)
}

// free says, as CodeConflict, that a user cannot be added, or be as they are to be:
// they are not the first, or their login or name is another's.
func (t *tx) free(u *vedette.User, first bool) error {
	for _, c := range []struct {
		where string
		arg   any
		says  error
	}{
		{`$2 = 1`, ground.Bit(first), why("somebody may sign in already; an administrator adds others")},
		{`login = $2`, u.Login, why("%s is taken: somebody signs in with it already", u.Login)},
		{`name = $2`, ground.Plain(u.Name, 0), why("somebody named %s signs in already, and the record has only the name: give another, as with a middle name or a place", u.Name)},
		{`EXISTS (SELECT 1 FROM tokens k WHERE k.org = $1 AND k.ended_at = 0 AND $2 = '` + vedette.TokenActor("") + `' || k.name)`, ground.Plain(u.Name, 0), why("the record has a token as %s already; give another name", u.Name)},
	} {
		taken, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 AND id <> $3 AND `+c.where+` LIMIT 1`, t.org, c.arg, u.Key)
		if err != nil {
			return err
		}
		if taken {
			return c.says
		}
	}
	return nil
}

// change does something to a user who may sign in, known by login, and logs it.
func (d *Door) change(ctx context.Context, doing, login, verb string, now time.Time, fn func(*tx, *vedette.User) error) (u vedette.User, err error) {
	err = d.write(ctx, doing, func(t *tx) error {
		if err := t.byLogin(&u, login); err != nil {
			return err
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, verb, now); err != nil {
			return err
		}
		// Once more: the log's lock keeps others out, and one may have come before.
		if err := t.byLogin(&u, login); err != nil {
			return err
		}
		return fn(t, &u)
	})
	return u, err
}

func (t *tx) byLogin(u *vedette.User, login string) error {
	found, err := t.Found(userInto(u), userSelect+` FROM users u WHERE u.org = $1 AND u.login = $2 AND u.closed_at = 0`, t.org, login)
	if err == nil && !found {
		err = vedette.Errorf(vedette.CodeNotFound, "nobody signs in as %q; `vedette user list` shows who does", login)
	}
	return err
}

// ResetUser gives a user a new link that sets the password. What they are signed in
// with ends, and what they signed in with is good no more: the old password,
// passkeys, one-time codes, an account of an identity provider.
func (d *Door) ResetUser(ctx context.Context, login string, link []byte, until, now time.Time) (vedette.User, error) {
	return d.change(ctx, "resetting a user", login, "reset", now, func(t *tx, u *vedette.User) error {
		if _, err := t.Exec(`UPDATE users SET password = NULL, link = $2, link_until = $3, issuer = '', subject = '', each_time = 0 WHERE id = $1`, u.Key, link, ground.Micros(until)); err != nil {
			return err
		}
		return t.stripped(u.Key)
	})
}

// CloseUser keeps a user from signing in any more. The last administrator stays.
func (d *Door) CloseUser(ctx context.Context, login string, now time.Time) (vedette.User, error) {
	return d.change(ctx, "closing a user", login, "closed", now, func(t *tx, u *vedette.User) error {
		if err := t.notLast(u); err != nil {
			return err
		}
		return t.close(u.Key, "", now)
	})
}

// close keeps a user from signing in any more, in some way, from a time on.
func (t *tx) close(user int64, how vedette.Closing, at time.Time) error {
	if _, err := t.Exec(`UPDATE users SET closed_at = $2, closing = $3, privy = 0, password = NULL, link = NULL WHERE id = $1`, user, ground.Micros(at), code.Closing.Of(how)); err != nil {
		return err
	}
	return t.stripped(user)
}

// SetRole gives a user another role, and says whom they see of one that sees its own
// people alone. One administrator stays.
func (d *Door) SetRole(ctx context.Context, login string, role vedette.UserRole, of []string, now time.Time) (vedette.User, error) {
	return d.change(ctx, "changing a user's role", login, "role changed", now, func(t *tx, u *vedette.User) error {
		if role != vedette.RoleAdministrator {
			if err := t.notLast(u); err != nil {
				return err
			}
		}
		u.Role, u.Of = role, of
		if err := u.Validate(); err != nil {
			return err
		}
		_, err := t.Exec(`UPDATE users SET role = $2, of_whom = $3, follows = 0 WHERE id = $1`, u.Key, code.UserRole.Of(role), kept(of))
		return err
	})
}

// SetPrivy says of a user that they may know who is restricted, or that they may not.
func (d *Door) SetPrivy(ctx context.Context, login string, privy bool, now time.Time) (vedette.User, error) {
	verb := map[bool]string{true: "may know who is restricted", false: "may not know who is restricted"}[privy]
	return d.change(ctx, "saying who may know who is restricted", login, verb, now, func(t *tx, u *vedette.User) error {
		if u.Privy == privy {
			return vedette.Errorf(vedette.CodeConflict, "%s %s already", u.Name, verb)
		}
		u.Privy = privy
		_, err := t.Exec(`UPDATE users SET privy = $2 WHERE id = $1`, u.Key, ground.Bit(privy))
		return err
	})
}

// Privy says whether somebody who may know who is restricted signs in with one of some
// mail addresses.
func (d *Door) Privy(ctx context.Context, of []vedette.Address) (privy bool, err error) {
	err = d.read(ctx, "looking who may know who is restricted", func(t *tx) error {
		for _, a := range of {
			if privy || err != nil || a.Channel != vedette.ChannelEmail {
				continue
			}
			privy, err = t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 AND privy = 1 AND login = $2 LIMIT 1`, t.org, vedette.CleanLogin(a.Value))
		}
		return err
	})
	return privy, err
}

// kept is how lines are stored.
func kept(words []string) string { return ground.Plain(strings.Join(words, "\n"), 0) }

// notLast refuses where a user is the only administrator.
func (t *tx) notLast(u *vedette.User) error {
	if u.Role != vedette.RoleAdministrator {
		return nil
	}
	other, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 AND role = $2 AND id <> $3 LIMIT 1`, t.org, code.UserRole.Of(vedette.RoleAdministrator), u.Key)
	if err == nil && !other {
		return vedette.Errorf(vedette.CodeConflict, "%s is the only administrator; make another one first", u.Name)
	}
	return err
}

// stripped takes away all that a user signs in with besides the password, and ends all
// that they are signed in with.
func (t *tx) stripped(user int64) error {
	for _, table := range []string{"passkeys", "user_codes", "challenges"} {
		if _, err := t.Exec(`DELETE FROM `+table+` WHERE user_id = $1`, user); err != nil {
			return err
		}
	}
	if _, err := t.Exec(`UPDATE user_reach SET pin = NULL, wrong = 0 WHERE user_id = $1`, user); err != nil {
		return err
	}
	return t.endAll(user)
}

// endAll ends all sessions of a user.
func (t *tx) endAll(user int64) error {
	_, err := t.Exec(`DELETE FROM sessions WHERE user_id = $1`, user)
	return err
}
