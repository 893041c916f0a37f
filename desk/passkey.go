package desk

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/passkey"
	"vedette/auth/rights"
)

// ChallengeLife is how long a browser has to answer what it was asked: as long as
// somebody takes to find their key.
const ChallengeLife = 5 * time.Minute

// ChallengeSeconds is ChallengeLife for a browser.
func (d *Desk) ChallengeSeconds() int { return int(ChallengeLife.Seconds()) }

// keepAsked keeps what a browser was asked, and gives the secret of its cookie, by
// which its answer is known as that one's.
func (d *Desk) keepAsked(ctx context.Context, kind vedette.ChallengeKind, user int64, kept []byte) (token string, err error) {
	token, hash := auth.NewToken()
	now := d.Now()
	return token, d.rows.KeepChallenge(ctx, hash, vedette.Challenge{Kind: kind, User: user, Kept: kept, Until: now.Add(ChallengeLife)}, now)
}

// takeAsked takes what a browser was asked, once. It is not given for what another was
// asked, or of somebody else, or for something else.
func (d *Desk) takeAsked(ctx context.Context, token string, kind vedette.ChallengeKind, user int64) ([]byte, error) {
	c, found, err := d.rows.TakeChallenge(ctx, auth.HashToken(token), d.Now())
	if err != nil {
		return nil, err
	}
	if !found || c.Kind != kind || c.User != user {
		return nil, vedette.Errorf(vedette.CodeForbidden, "this was answered already, or took more than %.0f minutes, or was asked of another browser; try again", ChallengeLife.Minutes())
	}
	return c.Kept, nil
}

// AskPasskey says what a browser is asked so that whoever is before it signs in with a
// passkey, and gives the secret that it keeps meanwhile.
func (d *Desk) AskPasskey(ctx context.Context, at *passkey.Party, from netip.Addr) (options []byte, token string, err error) {
	inside(&ctx)
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return nil, "", err
	}
	options, kept, err := at.Ask(nil)
	if err != nil {
		return nil, "", err
	}
	token, err = d.keepAsked(ctx, vedette.ChallengeSignIn, 0, kept)
	return options, token, err
}

// SignInByPasskey signs somebody in by a browser's answer, and gives the secret that
// their browser keeps; before is the one it had.
func (d *Desk) SignInByPasskey(ctx context.Context, at *passkey.Party, token string, answer []byte, from netip.Addr, before string) (session string, u vedette.User, err error) {
	inside(&ctx)
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return "", u, err
	}
	kept, err := d.takeAsked(ctx, token, vedette.ChallengeSignIn, 0)
	if err != nil {
		return "", u, err
	}
	handle, err := passkey.Handle(answer)
	if err != nil {
		return "", u, err
	}
	u, list, found, err := d.rows.UserByPasskey(ctx, handle)
	if err != nil {
		return "", u, err
	}
	if !found {
		return "", u, vedette.Errorf(vedette.CodeForbidden, "this passkey is on no account here; sign in another way, and add it on your account")
	}
	k, err := at.Shown(passkey.Holder{User: u, Keys: list}, kept, answer)
	if err != nil {
		return "", u, err
	}
	session, hash := auth.NewToken()
	ctx = vedette.Acting(ctx, ActorOf(&u, vedette.ViaPortal))
	if err := d.rows.EnterByPasskey(ctx, u.Key, k, countOf(list, k.Key), hash, auth.HashToken(before), d.Now()); err != nil {
		return "", u, err
	}
	d.door.guard.Right(d.nameHere(u.Login), guard.From(from), d.Now())
	d.sweep(ctx)
	return session, u, nil
}

// countOf is how often a passkey had signed.
func countOf(list []vedette.Passkey, key int64) uint32 {
	for i := range list {
		if list[i].Key == key {
			return list[i].Count
		}
	}
	return 0
}

// AskNewPasskey says what a browser is asked so that a device makes a passkey for
// somebody who is signed in, and gives the secret that it keeps meanwhile. It asks for
// their password again: who only found the browser open adds none.
func (d *Desk) AskNewPasskey(ctx context.Context, at *passkey.Party, s *vedette.Session, password string, from netip.Addr) (options []byte, token string, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return nil, "", err
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return nil, "", err
	}
	list, err := d.rows.Passkeys(ctx, s.User.Key)
	if err != nil {
		return nil, "", err
	}
	options, kept, err := at.Make(passkey.Holder{User: s.User, Keys: list})
	if err != nil {
		return nil, "", err
	}
	token, err = d.keepAsked(ctx, vedette.ChallengeAdd, s.User.Key, kept)
	return options, token, err
}

// AddPasskey adds the passkey that a device made; session is the secret of the browser
// that somebody is signed in with.
func (d *Desk) AddPasskey(ctx context.Context, at *passkey.Party, s *vedette.Session, name, session, token string, answer []byte) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	now := d.Now()
	k := vedette.Passkey{ID: vedette.NewID(now), Name: strings.Join(strings.Fields(name), " ")}
	if err := k.Validate(); err != nil {
		return err
	}
	if err := d.showedWhatIs(ctx, s); err != nil { // it may have come since they were asked
		return err
	}
	kept, err := d.takeAsked(ctx, token, vedette.ChallengeAdd, s.User.Key)
	if err != nil {
		return err
	}
	made, err := at.Made(passkey.Holder{User: s.User}, kept, answer)
	if err != nil {
		return err
	}
	k.Handle, k.Public, k.Count, k.Flags = made.Handle, made.Public, made.Count, made.Flags
	return d.rows.AddPasskey(ctx, &s.User, k, auth.HashToken(session), now)
}

// RemovePasskey removes one of somebody's, who gives their password again.
func (d *Desk) RemovePasskey(ctx context.Context, s *vedette.Session, id vedette.ID, password string, from netip.Addr) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	if err := d.mayChange(ctx, s, password, from); err != nil {
		return err
	}
	return d.rows.RemovePasskey(ctx, &s.User, id, d.Now())
}

// AskShown says what a browser is asked so that somebody who is signed in shows a
// passkey of theirs, and gives the secret that it keeps meanwhile.
func (d *Desk) AskShown(ctx context.Context, at *passkey.Party, u *vedette.User, from netip.Addr) (options []byte, token string, err error) {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return nil, "", err
	}
	if err := d.door.guard.Knock(guard.From(from), d.Now()); err != nil {
		return nil, "", err
	}
	list, err := d.rows.Passkeys(ctx, u.Key)
	if err != nil {
		return nil, "", err
	}
	if len(list) == 0 {
		return nil, "", vedette.Errorf(vedette.CodeConflict, "there is no passkey on your account; add one first")
	}
	options, kept, err := at.Ask(&passkey.Holder{User: *u, Keys: list})
	if err != nil {
		return nil, "", err
	}
	token, err = d.keepAsked(ctx, vedette.ChallengeShow, u.Key, kept)
	return options, token, err
}

// ShowPasskey notes that somebody who is signed in showed a passkey of theirs; session
// is the secret of their browser.
func (d *Desk) ShowPasskey(ctx context.Context, at *passkey.Party, u *vedette.User, session, token string, answer []byte) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	kept, err := d.takeAsked(ctx, token, vedette.ChallengeShow, u.Key)
	if err != nil {
		return err
	}
	list, err := d.rows.Passkeys(ctx, u.Key)
	if err != nil {
		return err
	}
	k, err := at.Shown(passkey.Holder{User: *u, Keys: list}, kept, answer)
	if err != nil {
		return err
	}
	return d.rows.ShowPasskey(ctx, u.Key, k, countOf(list, k.Key), auth.HashToken(session), d.Now())
}
