package desk

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/auth"
	"vedette/auth/guard"
)

// A welcome code is good for an hour, and ends after so many wrong ones.
const (
	WelcomeLife  = time.Hour
	welcomeTries = 20
	maxOrgName   = 100 // characters
)

// welcome is the code by which the first administrator is made. Only its hash is kept,
// and here alone: the next start makes another.
type welcome struct {
	mu    sync.Mutex
	kept  []byte // nil for none
	until time.Time
	wrong int
}

// NewWelcome makes the code by which the first administrator is made, in the place of
// any before. It is "" where somebody may sign in already.
func (d *Desk) NewWelcome(ctx context.Context) (code string, err error) {
	inside(&ctx)
	if shut, err := d.Shut(ctx); err != nil || shut {
		return "", err
	}
	w := &d.door.welcome
	w.mu.Lock()
	defer w.mu.Unlock()
	code, w.kept = auth.NewWelcome()
	w.until, w.wrong = d.Now().Add(WelcomeLife), 0
	return code, nil
}

// Welcomes says whether a code is waited for.
func (d *Desk) Welcomes() bool {
	w := &d.door.welcome
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.kept != nil && d.Now().Before(w.until)
}

var anotherCode = vedette.Errorf(vedette.CodeForbidden, "end Vedette on the terminal and start it again, and it shows another; or make the first administrator there: vedette user add")

// check says, as CodeForbidden, that a code is not the one, and counts that.
func (w *welcome) check(code string, now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.kept == nil || !now.Before(w.until) {
		w.kept = nil
		return vedette.Errorf(vedette.CodeForbidden, "no code is good any more: it is good for an hour; %s", anotherCode)
	}
	if auth.IsWelcome(code, w.kept) {
		return nil
	}
	if w.wrong++; w.wrong >= welcomeTries {
		w.kept = nil
		return vedette.Errorf(vedette.CodeForbidden, "that was not the code, and it was one try too many; %s", anotherCode)
	}
	return vedette.Errorf(vedette.CodeForbidden, "that is not the code; it stands on the terminal where Vedette was started last, in three groups of four")
}

// done ends the code.
func (w *welcome) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept = nil
}

// WelcomeOrder is what the first administrator says.
type WelcomeOrder struct {
	Code         string
	Organisation string
	Name         string // as the record names them
	Login        string // a mail address
	Password     string
}

// Welcome makes the first administrator, who is signed in then, and names the
// organisation. A code that is not good is CodeForbidden, a try too many CodeTooMany,
// what cannot be kept CodeInvalid, and that somebody was quicker CodeConflict.
func (d *Desk) Welcome(ctx context.Context, o WelcomeOrder, from netip.Addr) (token string, u vedette.User, err error) {
	inside(&ctx)
	if shut, err := d.Shut(ctx); err != nil || shut {
		if err == nil {
			err = vedette.Errorf(vedette.CodeConflict, "somebody was quicker: the first administrator is there already; sign in, or ask them to let you in")
		}
		return "", u, err
	}
	now := d.Now()
	if err := d.door.guard.Knock(guard.From(from), now); err != nil {
		return "", u, err
	}
	if err := d.door.welcome.check(o.Code, now); err != nil {
		return "", u, err
	}
	u = vedette.User{ID: vedette.NewID(now), Name: strings.Join(strings.Fields(o.Name), " "), Login: vedette.CleanLogin(o.Login), Role: vedette.RoleAdministrator, By: "the welcome code"}
	organisation := strings.Join(strings.Fields(o.Organisation), " ")
	if err := fit(&u, organisation, o.Password); err != nil {
		return "", u, err
	}
	kept, err := d.door.hash(ctx, o.Password)
	if err != nil {
		return "", u, err
	}
	token, hash := auth.NewToken()
	u, err = d.rows.Welcome(vedette.Acting(ctx, ActorOf(&u, vedette.ViaPortal)), organisation, u, kept, hash, now)
	if vedette.ErrorCode(err) == vedette.CodeConflict {
		err = vedette.Errorf(vedette.CodeConflict, "somebody was quicker: the first administrator is there already; sign in, or ask them to let you in")
	}
	if err != nil {
		return "", u, err
	}
	d.door.welcome.done()
	d.door.shut.Store(true)
	d.orgName.Store(&organisation)
	return token, u, nil
}

// fit says, as CodeInvalid, what cannot be kept so.
func fit(u *vedette.User, organisation, password string) error {
	if organisation == "" || utf8.RuneCountInString(organisation) > maxOrgName || !utf8.ValidString(organisation) {
		return vedette.Errorf(vedette.CodeInvalid, "the organisation needs a name, as your people know it: at most %d characters", maxOrgName)
	}
	if err := u.Validate(); err != nil {
		return err
	}
	if at := strings.IndexByte(u.Login, '@'); at < 1 || at == len(u.Login)-1 {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no mail address; write yours, as in ada@example.org: you sign in with it", u.Login)
	}
	return auth.CheckPassword(password, u.Login, u.Name)
}

// OrgName is what the organisation is called.
func (d *Desk) OrgName() string { return *d.orgName.Load() }
