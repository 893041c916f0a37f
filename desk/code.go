package desk

import (
	"context"
	"net/netip"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
)

// NewCodes is the secret of one-time codes as somebody takes it: to type, or as a link.
type NewCodes struct{ Text, Link string }

func (d *Desk) newCodes(u *vedette.User, s auth.CodeSecret) NewCodes {
	issuer := d.OrgName()
	if issuer == "" {
		issuer = "Vedette"
	}
	return NewCodes{s.Text(), s.Link(issuer, u.Login)}
}

// AskCodes makes the secret of one-time codes for somebody who is signed in and gives
// their password again; token is what their browser keeps until they type the first.
func (d *Desk) AskCodes(ctx context.Context, s *vedette.Session, password string, from netip.Addr) (c NewCodes, token string, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return c, "", err
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return c, "", err
	}
	secret := auth.NewCodeSecret()
	token, err = d.keepAsked(ctx, vedette.ChallengeCode, s.User.Key, d.Key.SealCode(s.User.ID, secret))
	return d.newCodes(&s.User, secret), token, err
}

// AddCodes keeps that secret when the first code is right, which shows that somebody
// has it. When it is wrong the secret is asked about again, under another token.
func (d *Desk) AddCodes(ctx context.Context, s *vedette.Session, code, session, token string) (c NewCodes, again string, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return c, "", err
	}
	if err := d.showedWhatIs(ctx, s); err != nil { // it may have come since they were asked
		return c, "", err
	}
	u := &s.User
	sealed, err := d.takeAsked(ctx, token, vedette.ChallengeCode, u.Key)
	if err != nil {
		return c, "", err
	}
	secret, err := d.Key.OpenCode(u.ID, sealed)
	if err != nil {
		return c, "", err
	}
	now := d.Now()
	if step := secret.Check(code, 0, now); step != 0 {
		// Sealed anew: another key may have taken over since they were asked.
		return c, "", d.rows.AddCodes(ctx, u, d.Key.SealCode(u.ID, secret), step, auth.HashToken(session), now)
	}
	if again, err = d.keepAsked(ctx, vedette.ChallengeCode, u.Key, sealed); err != nil {
		return c, "", err
	}
	return d.newCodes(u, secret), again, vedette.Errorf(vedette.CodeForbidden, "that is not the code of this moment; look whether the clock of the device is right, and type the one it shows now")
}

// RemoveCodes removes somebody's one-time codes, who gives their password again.
func (d *Desk) RemoveCodes(ctx context.Context, s *vedette.Session, password string, from netip.Addr) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return err
	}
	return d.rows.RemoveCodes(ctx, &s.User, d.Now())
}

// ShowCode notes that somebody who is signed in showed a one-time code; session is the
// secret of their browser.
func (d *Desk) ShowCode(ctx context.Context, u *vedette.User, code, session string) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	now := d.Now()
	if err := d.door.guard.TryCode(d.nameHere(u.Login), now); err != nil {
		return err
	}
	c, found, err := d.rows.CodesOf(ctx, u.Key)
	if err != nil {
		return err
	}
	if !found {
		return vedette.Errorf(vedette.CodeConflict, "there are no one-time codes on your account; add them first")
	}
	secret, err := d.Key.OpenCode(u.ID, c.Sealed)
	if err != nil {
		return err
	}
	step := secret.Check(code, c.Step, now)
	if step == 0 {
		return vedette.Errorf(vedette.CodeForbidden, "that code is not good: it is not the one of this moment, or was used already; type the next that the device shows")
	}
	if err := d.rows.ShowCode(ctx, u.Key, c.Step, step, auth.HashToken(session), now); err != nil {
		return err
	}
	d.door.guard.RightCode(d.nameHere(u.Login))
	return nil
}
