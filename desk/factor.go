package desk

import (
	"context"
	"net/netip"

	"vedette"
	"vedette/auth/rights"
)

// Fresh says whether somebody who is signed in showed a second factor lately.
func (d *Desk) Fresh(s *vedette.Session) bool { return rights.Fresh(s.Strong, d.Now()) }

// Factors are what somebody has besides a password to show that it is them.
type Factors struct {
	Passkeys []vedette.Passkey
	Codes    *vedette.Codes // nil for none
}

// Any says whether there is one at all.
func (f Factors) Any() bool { return len(f.Passkeys) > 0 || f.Codes != nil }

// Factors gives what somebody has.
func (d *Desk) Factors(ctx context.Context, u *vedette.User) (f Factors, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return f, err
	}
	if f.Passkeys, err = d.rows.Passkeys(ctx, u.Key); err != nil {
		return f, err
	}
	c, found, err := d.rows.CodesOf(ctx, u.Key)
	if found {
		f.Codes = &c
	}
	return f, err
}

// mayChange says, as CodeForbidden, that somebody may not change what they prove with
// who they are. It takes the password, and where there is a second factor that, too:
// neither a password that somebody saw nor a browser that was left open is enough.
func (d *Desk) mayChange(ctx context.Context, s *vedette.Session, password string, from netip.Addr) error {
	if err := d.showedWhatIs(ctx, s); err != nil {
		return err
	}
	_, err := d.knows(ctx, &s.User, password, from)
	return err
}

// showedWhatIs says, as CodeForbidden, that somebody has a second factor and did not
// show it lately.
func (d *Desk) showedWhatIs(ctx context.Context, s *vedette.Session) error {
	has, err := d.Factors(ctx, &s.User)
	if err == nil && has.Any() && !d.Fresh(s) {
		err = vedette.Errorf(vedette.CodeForbidden, "show the passkey or a code that you have first, then change what there is; who lost it asks an administrator for a reset")
	}
	return err
}
