package desk

import (
	"context"
	"net/netip"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/oidc"
	"vedette/auth/rights"
)

// AskProvider gives the address that a browser is sent to, for an identity provider to
// say who sits there, and the secret that it brings back beside the answer; to is where
// they want to go then.
func (d *Desk) AskProvider(ctx context.Context, at *oidc.Provider, to string, from netip.Addr) (address, token string, err error) {
	inside(&ctx)
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return "", "", err
	}
	address, kept, err := at.Ask(ctx, to)
	if err != nil {
		return "", "", err
	}
	token, err = d.keepAsked(ctx, vedette.ChallengeProvider, 0, kept)
	return address, token, err
}

// SignInByProvider signs in whom an identity provider vouches for, and gives the secret
// that their browser keeps, and where they wanted to go. Who is not let in is
// CodeForbidden, a provider that cannot be reached CodeUnavailable.
func (d *Desk) SignInByProvider(ctx context.Context, at *oidc.Provider, token string, got oidc.Answer, from netip.Addr, before string) (session string, u vedette.User, to string, err error) {
	inside(&ctx)
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return "", u, "", err
	}
	kept, err := d.takeAsked(ctx, token, vedette.ChallengeProvider, 0)
	if err != nil {
		return "", u, "", err
	}
	e, to, err := at.Answered(ctx, kept, got)
	if err != nil {
		return "", u, to, err
	}
	session, hash := auth.NewToken()
	// Whose session it is shows in there only: the record names them all the same.
	if u, err = d.rows.EnterByProvider(ctx, e, hash, auth.HashToken(before), d.Now()); err != nil {
		return "", u, to, err
	}
	d.door.guard.Right(d.nameHere(u.Login), guard.From(from), d.Now())
	d.sweep(ctx)
	return session, u, to, nil
}

// SetEachTime keeps whether somebody wants to show a second factor whenever they sign in.
// They have one, and showed it lately.
func (d *Desk) SetEachTime(ctx context.Context, s *vedette.Session, each bool) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	has, err := d.Factors(ctx, &s.User)
	if err != nil {
		return err
	}
	if !has.Any() {
		return vedette.Errorf(vedette.CodeConflict, "there is no second factor on your account; add one first")
	}
	if err := d.showedWhatIs(ctx, s); err != nil {
		return err
	}
	return d.rows.SetEachTime(ctx, &s.User, each, d.Now())
}
