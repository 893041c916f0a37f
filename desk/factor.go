package desk

import (
	"context"
	"net/netip"

	"vedette"
	"vedette/auth/rights"
)

// Fresh says whether somebody who is signed in showed a second factor lately.
func (d *Desk) Fresh(s *vedette.Session) bool { return rights.Fresh(s.Strong, d.Now()) }

// HasFactor says whether somebody has a second factor.
func (d *Desk) HasFactor(ctx context.Context, u *vedette.User) (bool, error) {
	list, err := d.rows.Passkeys(ctx, u.Key)
	return len(list) > 0, err
}

// MayChange says, as CodeForbidden, that somebody may not change what they prove with
// who they are. It takes the password, and where there is a second factor that, too:
// neither a password that somebody saw nor a browser that was left open is enough.
func (d *Desk) MayChange(ctx context.Context, s *vedette.Session, password string, from netip.Addr) error {
	has, err := d.HasFactor(ctx, &s.User)
	if err != nil {
		return err
	}
	if has && !d.Fresh(s) {
		return vedette.Errorf(vedette.CodeForbidden, "show the passkey or a code that you have first, then change what there is; who lost it asks an administrator for a reset")
	}
	_, err = d.knows(ctx, &s.User, password, from)
	return err
}
