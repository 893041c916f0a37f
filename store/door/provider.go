package door

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// EnterByProvider signs in whom an identity provider vouches for: who is known by what it
// calls them; else, from then on, who signs in with the address it verified; else, where
// it may, somebody new. Their role follows its groups, but for an administrator made by
// hand. Whoever is not let in is CodeForbidden; who is in no group any more is signed out,
// and keeps nothing else to sign in with.
func (d *Door) EnterByProvider(ctx context.Context, e vedette.Entry, hash, replaced []byte, now time.Time) (u vedette.User, err error) {
	if err := e.Validate(); err != nil {
		return u, err
	}
	e.Name = ground.Plain(e.Name, 0)
	var refused error
	err = d.write(ctx, "signing in by an identity provider", func(t *tx) error {
		// The organisation's row keeps out another browser of somebody who is new.
		if _, err := t.Keys(`SELECT id FROM organisations WHERE id = $1 {lock}`, t.org); err != nil {
			return err
		}
		if u, err = t.vouched(&e, now); err != nil {
			return err
		}
		t = t.as(&u)
		if refused, err = t.follow(&u, &e, now); refused != nil || err != nil {
			return err
		}
		if _, err := t.Exec(`UPDATE users SET signed_at = $2 WHERE id = $1`, u.Key, ground.Micros(now)); err != nil {
			return err
		}
		verb := "signed in by the identity provider"
		if !e.Strong.IsZero() {
			verb += ", with a second factor"
		}
		return t.begin(u.Key, verb, hash, replaced, e.Strong, now)
	})
	if err == nil {
		err = refused
	}
	return u, err
}

// vouched gives who that is.
func (t *tx) vouched(e *vedette.Entry, now time.Time) (u vedette.User, err error) {
	found, err := t.Found(userInto(&u), userSelect+` FROM users u WHERE u.org = $1 AND u.issuer = $2 AND u.subject = $3 AND u.closed_at = 0`, t.org, e.Issuer, e.Subject)
	if err != nil || found {
		return u, err
	}
	if e.Mail != "" {
		found, err = t.Found(userInto(&u), userSelect+` FROM users u WHERE u.org = $1 AND u.login = $2 AND u.closed_at = 0`, t.org, e.Mail)
		if err != nil {
			return u, err
		}
		if found {
			return u, t.join(&u, e, now)
		}
	}
	return t.newcomer(e, now)
}

// as is the same transaction, in which what is done is by the user, who became known in it.
func (t *tx) as(u *vedette.User) *tx {
	return &tx{t.As(vedette.Actor{Via: vedette.ViaPortal, Name: u.Name, ID: u.ID, Role: u.Role, Of: u.Of}), t.org}
}

// join has somebody who is here already come by a provider from now on.
func (t *tx) join(u *vedette.User, e *vedette.Entry, now time.Time) error {
	switch {
	case u.Issuer != "":
		return vedette.Errorf(vedette.CodeForbidden, "%s comes by another account of an identity provider already; an administrator who resets it lets this one in", u.Login)
	case e.Follows && e.Role == "" && u.Role != vedette.RoleAdministrator:
		return noGroup()
	}
	other, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at > 0 AND issuer = $2 AND subject = $3 AND login <> $4 LIMIT 1`, t.org, e.Issuer, e.Subject, u.Login)
	if err != nil {
		return err
	}
	if other { // closed under one address they do not come back under another
		return noMore()
	}
	if _, err := book.Log(t.as(u).Tx, t.org, vedette.LogUser, u.ID, "comes by the identity provider", now); err != nil {
		return err
	}
	// Somebody closed who was called that is known by the name alone from now on.
	if _, err := t.Exec(`UPDATE users SET issuer = '', subject = '' WHERE org = $1 AND issuer = $2 AND subject = $3`, t.org, e.Issuer, e.Subject); err != nil {
		return err
	}
	u.Issuer = e.Issuer
	_, err = t.Exec(`UPDATE users SET issuer = $2, subject = $3 WHERE id = $1`, u.Key, e.Issuer, e.Subject)
	return err
}

// newcomer adds somebody who is not known. Whoever was closed here, by whichever door,
// is not let in by another.
func (t *tx) newcomer(e *vedette.Entry, now time.Time) (u vedette.User, err error) {
	closed, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at > 0 AND (issuer = $2 AND subject = $3 OR login = $4 AND $4 <> '') LIMIT 1`, t.org, e.Issuer, e.Subject, e.Mail)
	if err != nil {
		return u, err
	}
	switch {
	case closed:
		return u, noMore()
	case e.Mail == "":
		return u, vedette.Errorf(vedette.CodeForbidden, "the identity provider did not say that your mail address is verified, so nobody here is known to be you; have it verified there, then sign in again")
	case e.Follows && e.Role == "":
		return u, noGroup()
	case !e.Adds || e.Role == "":
		return u, vedette.Errorf(vedette.CodeForbidden, "nobody signs in here as %s; ask an administrator to let you in under that address", e.Mail)
	}
	some, err := t.Exists(`SELECT 1 FROM users WHERE org = $1 AND closed_at = 0 LIMIT 1`, t.org)
	if err == nil && !some {
		err = vedette.Errorf(vedette.CodeForbidden, "the first who may sign in is an administrator, made here by hand")
	}
	if err != nil {
		return u, err
	}
	u = vedette.User{ID: vedette.NewID(now), Name: e.Called(), Login: e.Mail, Role: e.Role, Issuer: e.Issuer, Follows: true, By: "the identity provider"}
	return u, t.add(&u, e, now)
}

func (t *tx) add(u *vedette.User, e *vedette.Entry, now time.Time) error {
	if err := u.Validate(); err != nil {
		return err
	}
	err := t.free(u, false)
	if vedette.ErrorCode(err) == vedette.CodeConflict { // of the name: the login was looked for
		u.Name = u.Name + " (" + u.Login + ")"
		if err = u.Validate(); err == nil {
			err = t.free(u, false)
		}
	}
	if err != nil {
		return err
	}
	if _, err := book.Log(t.as(u).Tx, t.org, vedette.LogUser, u.ID, "added by the identity provider", now); err != nil {
		return err
	}
	if u.Key, err = book.Keys(t.Tx, "user", 1); err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO users (id, org, uuid, name, login, role, made_at, made_by, issuer, subject, follows) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
		u.Key, t.org, string(u.ID), ground.Plain(u.Name, 0), u.Login, code.UserRole.Of(u.Role), ground.Micros(now), u.By, e.Issuer, e.Subject)
	return err
}

func noMore() error {
	return vedette.Errorf(vedette.CodeForbidden, "you may sign in here no more; who lets you in again is an administrator here, or whoever keeps users by SCIM")
}

func noGroup() error {
	return vedette.Errorf(vedette.CodeForbidden, "you are in no group of the identity provider that is let in here; whoever keeps its groups can change that, then sign in again")
}

// follow gives somebody the role that the provider's groups say. An administrator made by
// hand keeps theirs, and so does the last one. Who is in none of the groups is refused.
func (t *tx) follow(u *vedette.User, e *vedette.Entry, now time.Time) (refused, err error) {
	if !e.Follows || u.Role == vedette.RoleAdministrator && !u.Follows {
		return nil, nil
	}
	if e.Role == "" {
		return noGroup(), t.dropped(u, now)
	}
	if e.Role != u.Role {
		err := t.notLast(u)
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "role changed by the identity provider", now); err != nil {
			return nil, err
		}
		u.Role, u.Of = e.Role, nil
	}
	u.Follows = true
	_, err = t.Exec(`UPDATE users SET role = $2, of_whom = $3, follows = 1 WHERE id = $1`, u.Key, code.UserRole.Of(u.Role), kept(u.Of))
	return nil, err
}

// dropped ends all that somebody is signed in with, or could sign in with past the
// provider that lets them in no more.
func (t *tx) dropped(u *vedette.User, now time.Time) error {
	if _, err := book.Log(t.Tx, t.org, vedette.LogUser, u.ID, "in no group of the identity provider", now); err != nil {
		return err
	}
	if _, err := t.Exec(`UPDATE users SET password = NULL, link = NULL, link_until = 0 WHERE id = $1`, u.Key); err != nil {
		return err
	}
	return t.stripped(u.Key)
}

// SetEachTime keeps whether somebody wants to show a second factor whenever they sign in.
func (d *Door) SetEachTime(ctx context.Context, u *vedette.User, each bool, now time.Time) error {
	return d.write(ctx, "keeping when a second factor is asked for", func(t *tx) error {
		verb := "asked for a second factor at each sign-in"
		if !each {
			verb = "asked for a second factor when it matters"
		}
		if err := t.own(u, verb, now); err != nil {
			return err
		}
		_, err := t.Exec(`UPDATE users SET each_time = $2 WHERE id = $1 AND org = $3`, u.Key, ground.Bit(each), t.org)
		return err
	})
}
