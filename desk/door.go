package desk

import (
	"context"
	"net/netip"
	"runtime"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
	"vedette/auth/rights"
)

// How long somebody stays signed in: since they were seen last, and in all. A shift is
// twelve hours, and a page that is open is seen.
const (
	SessionIdle = 2 * time.Hour
	SessionMost = 16 * time.Hour
	seenEvery   = time.Minute // how exactly it is kept when a session was seen
)

// PasswordLinkLife is how long a link that sets a password is good.
const PasswordLinkLife = 24 * time.Hour

// hashesWait bounds who waits to have their password looked at.
const hashesWait = 32

// doorway is what the desk remembers of who comes in.
type doorway struct {
	guard  *guard.Guard
	hasher auth.Hasher
	shut   atomic.Bool // somebody may sign in, so everybody must: that stays so
	swept  atomic.Int64

	welcome welcome
}

func newDoorway(g *guard.Guard, h auth.Hasher) *doorway {
	if g == nil {
		g = newGuard()
	}
	if h == nil {
		h = auth.Here{}
	}
	return &doorway{guard: g, hasher: h}
}

// hash makes what is kept of a password, when it is its turn; where too many wait it says
// so, as CodeTooMany.
func (w *doorway) hash(ctx context.Context, password string) (kept string, err error) {
	err = w.guard.Hash(ctx, true, func() { kept = w.hasher.Hash(password) })
	return kept, err
}

// verify says, when it is its turn, whether a password is the one that was hashed, and
// whether the hash is to be made anew; of somebody who is known here, or not.
func (w *doorway) verify(ctx context.Context, known bool, kept, password string) (right, old bool, err error) {
	err = w.guard.Hash(ctx, known, func() { right, old = w.hasher.Verify(kept, password) })
	return right, old, err
}

func newGuard() *guard.Guard { return guard.New(max(runtime.NumCPU()/2, 1), hashesWait) }

// nameHere is a name as it is counted: in another organisation it is somebody else.
func (d *Desk) nameHere(login string) string { return d.Org.Handle + "\x00" + login }

// Shut says whether one has to sign in: as soon as anybody may.
func (d *Desk) Shut(ctx context.Context) (bool, error) {
	inside(&ctx)
	if d.Apart || d.door.shut.Load() {
		return true, nil
	}
	some, err := d.rows.HasUsers(ctx)
	if err != nil || !some {
		return false, err
	}
	// Whoever was the first, at another portal perhaps, gave the organisation its name.
	name, err := d.rows.Organisation(ctx)
	if err != nil {
		return false, err
	}
	d.orgName.Store(&name)
	d.door.shut.Store(true)
	return true, nil
}

// May says, as CodeForbidden, that somebody may not do something.
func (d *Desk) May(u *vedette.User, act rights.Act) error {
	if rights.May(u.Role, act) {
		return nil
	}
	return refused(ActorOf(u, vedette.ViaPortal), act)
}

// SignIn signs somebody in from an address, and gives the secret that their browser
// keeps; before is the one it had. That a name is not known, that it has no password
// yet, and that the password is wrong are one answer, after one time.
func (d *Desk) SignIn(ctx context.Context, login, password string, from netip.Addr, before string) (token string, u vedette.User, err error) {
	inside(&ctx)
	u, kept, old, err := d.proves(ctx, login, password, from)
	if err != nil {
		return "", u, err
	}
	token, hash := auth.NewToken()
	ctx = vedette.Acting(ctx, ActorOf(&u, vedette.ViaPortal))
	if err := d.rows.BeginSession(ctx, u.Key, kept, hash, auth.HashToken(before), d.Now()); err != nil {
		return "", u, err
	}
	if old {
		d.renew(ctx, u.Key, kept, password)
	}
	d.sweep(ctx)
	return token, u, nil
}

// proves gives whose a password is, the hash that is kept of it, and whether that costs
// less than one does today. A wrong one is CodeForbidden, a try too many CodeTooMany.
func (d *Desk) proves(ctx context.Context, login, password string, from netip.Addr) (u vedette.User, kept string, old bool, err error) {
	login = vedette.CleanLogin(login)
	wrong := vedette.Errorf(vedette.CodeForbidden, "the name and the password do not belong together; if you lost the password, an administrator sends you a link for a new one")
	if login == "" || len(login) > 200 || password == "" {
		return u, "", false, wrong
	}
	at := guard.From(from)
	known, err := d.door.guard.Try(d.nameHere(login), at, d.Now())
	if err != nil {
		return u, "", false, err
	}
	if err := d.door.guard.Room(known); err != nil {
		return u, "", false, err
	}
	u, kept, found, err := d.rows.UserByLogin(ctx, login)
	if err != nil {
		return u, "", false, err
	}
	right, old, err := d.door.verify(ctx, known, kept, password)
	if err != nil {
		return u, "", false, err
	}
	if !found || !right {
		return vedette.User{}, "", false, wrong
	}
	d.door.guard.Right(d.nameHere(login), at, d.Now())
	return u, kept, old, nil
}

// ActorOf is a user as who acts.
func ActorOf(u *vedette.User, via vedette.Via) vedette.Actor {
	return vedette.Actor{Via: via, Name: u.Name, ID: u.ID, Role: u.Role, Of: u.Of, Privy: u.Privy}
}

// renew keeps a password by what a hash costs today. That it cannot now is no
// reason to keep somebody out.
func (d *Desk) renew(ctx context.Context, user int64, kept, password string) {
	if hash, err := d.door.hash(ctx, password); err == nil {
		_ = d.rows.RenewHash(ctx, user, kept, hash)
	}
}

// sweep forgets, once an hour, who was signed in long ago.
func (d *Desk) sweep(ctx context.Context) {
	now := d.Now()
	if last := d.door.swept.Load(); now.Unix()-last >= 3600 && d.door.swept.CompareAndSwap(last, now.Unix()) {
		_ = d.rows.EndOldSessions(ctx, now.Add(-SessionMost), now.Add(-SessionIdle)) // they are good for nothing any more
	}
}

// live says whether a session is good still.
func live(s *vedette.Session, now time.Time) bool {
	return now.Sub(s.Seen) < SessionIdle && now.Sub(s.Made) < SessionMost && !s.Made.After(now.Add(seenEvery))
}

// SignedIn gives the session that a browser's secret belongs to. One that is not, or
// not any more, signed in is CodeNoSession.
func (d *Desk) SignedIn(ctx context.Context, token string) (*vedette.Session, error) {
	inside(&ctx)
	nobody := vedette.Errorf(vedette.CodeNoSession, "you are not signed in, or were not seen for long; sign in, and do it again")
	hash := auth.HashToken(token)
	if hash == nil {
		return nil, nobody
	}
	s, found, err := d.rows.SessionOf(ctx, hash)
	if err != nil {
		return nil, err
	}
	now := d.Now()
	if !found || !live(&s, now) {
		return nil, nobody
	}
	if now.Sub(s.Seen) >= seenEvery {
		d.see(ctx, hash, now)
	}
	return &s, nil
}

// see notes that somebody was seen. Where that cannot be written now they are let in
// all the same: a disk that is full must not take the board away.
func (d *Desk) see(ctx context.Context, hash []byte, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, seeFor)
	defer cancel()
	_ = d.rows.SeeSession(ctx, hash, now) // it is tried again with the next page
}

// seeFor is how long a page waits for that.
const seeFor = 500 * time.Millisecond

// SignOut ends what a browser is signed in with; everywhere, all that its user is.
func (d *Desk) SignOut(ctx context.Context, token string, everywhere bool) error {
	if err := d.asks(&ctx, rights.Self); err != nil {
		return err
	}
	hash := auth.HashToken(token)
	if hash == nil {
		return nil
	}
	return d.rows.EndSession(ctx, hash, everywhere, d.Now())
}
