package desk

import (
	"context"
	"net/netip"
	"slices"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
)

// What somebody does to their own account.

// Sessions lists where somebody is signed in, seen last first.
func (d *Desk) Sessions(ctx context.Context, u *vedette.User) ([]vedette.Session, error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return nil, err
	}
	list, err := d.rows.Sessions(ctx, u.Key)
	now := d.Now()
	return slices.DeleteFunc(list, func(s vedette.Session) bool { return !live(&s, now) }), err
}

// EndSession ends one of somebody's sessions.
func (d *Desk) EndSession(ctx context.Context, u *vedette.User, id vedette.ID) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	return d.rows.EndSessionOf(ctx, u.Key, id, d.Now())
}

// EndOthers ends all of somebody's sessions but the one a browser's secret belongs to.
func (d *Desk) EndOthers(ctx context.Context, u *vedette.User, token string) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	return d.rows.EndOthers(ctx, u.Key, auth.HashToken(token), d.Now())
}

// ChangePassword sets somebody's new password where they know the old one, which is
// asked no more often than at a sign-in. All else they are signed in with ends.
func (d *Desk) ChangePassword(ctx context.Context, u *vedette.User, old, password, token string, from netip.Addr) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	if err := auth.CheckPassword(password, u.Login, u.Name); err != nil {
		return err
	}
	kept, err := d.knows(ctx, u, old, from)
	if err != nil {
		return err
	}
	if old == password {
		return vedette.Errorf(vedette.CodeInvalid, "that is the password you have; take another")
	}
	hash, err := d.door.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.rows.ChangePassword(ctx, u, kept, hash, auth.HashToken(token), d.Now())
}

// knows asks somebody who is signed in for their password again, and gives the hash
// that is kept of it.
func (d *Desk) knows(ctx context.Context, u *vedette.User, password string, from netip.Addr) (kept string, err error) {
	_, kept, _, err = d.proves(ctx, u.Login, password, from)
	if vedette.ErrorCode(err) == vedette.CodeForbidden {
		err = vedette.Errorf(vedette.CodeForbidden, "that is not the password you sign in with; nothing was changed")
	}
	return kept, err
}

// Prove says, as CodeForbidden, that what somebody who is signed in typed is not their
// password. It is asked no more often than at a sign-in.
func (d *Desk) Prove(ctx context.Context, s *vedette.Session, password string, from netip.Addr) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	_, err := d.knows(ctx, &s.User, password, from)
	return err
}
