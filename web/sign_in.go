package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/web/messages"
)

// signInPath is where one signs in; WelcomePath where a password is set, by the
// secret of a link.
const (
	signInPath  = "/sign-in"
	WelcomePath = "/welcome/"
)

// signInView is the page one signs in at.
type signInView struct {
	frame
	Several bool   // there are several organisations: it is asked which
	Handle  string // which, as it is typed
	Login   string
	To      string // where to go then
	Problem problem
	Nobody  bool // nobody may sign in yet, and nobody has to
	Passkey passkeyView
	By      providerView
}

func (p *portal) openSignIn(w http.ResponseWriter, r *http.Request) error {
	return p.signInPage(w, r, http.StatusOK, signInView{To: local(r.URL.Query().Get("to"))})
}

func (p *portal) signInPage(w http.ResponseWriter, r *http.Request, status int, v signInView) error {
	shut, err := p.Desk.Shut(r.Context())
	if err != nil {
		return err
	}
	v.frame, v.Nobody = p.frame(r, "Sign in", vedette.StatusActual), !shut
	v.Bare = true
	if err := p.askWhich(r, &v); err != nil {
		return err
	}
	if shut {
		v.Passkey, v.By = p.passkeys(w, signInAskPath), p.providerOf(v.To)
	}
	return p.show(w, status, "sign-in", v)
}

// signIn signs somebody in. The secret is a new one each time, and the one the
// browser had before ends.
func (p *portal) signIn(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	to := local(f.Get("to"))
	at, login, err := p.signsInTo(r.Context(), f.Get("org"), f.Get("login"))
	if err != nil {
		return err
	}
	token, u, err := at.Desk.SignIn(r.Context(), login, f.Get("password"), p.peer(r), p.session(r))
	switch vedette.ErrorCode(err) {
	case "":
		p.Log.Info("signed in", "user", u.ID)
		at.keepSession(w, token)
		at.keepOrg(w)
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case vedette.CodeForbidden:
		p.Log.Warn("a password was wrong", "from", p.peer(r)) // what was typed for a name may be a password
		return p.signInPage(w, r, http.StatusForbidden, signInView{Handle: typed(f.Get("org")), Login: typed(f.Get("login")), To: to, Problem: refusal(err)})
	case vedette.CodeTooMany:
		w.Header().Set("Retry-After", "60")
		return p.signInPage(w, r, http.StatusTooManyRequests, signInView{Handle: typed(f.Get("org")), Login: typed(f.Get("login")), To: to, Problem: refusal(err)})
	}
	return err
}

// signOut ends what the browser is signed in with, or all that its user is.
func (p *portal) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.Desk.SignOut(r.Context(), p.session(r), r.PostForm.Get("everywhere") != ""); err != nil {
		return err
	}
	p.keepSession(w, "")
	http.Redirect(w, r, signInPath, http.StatusSeeOther)
	return nil
}

// local is an address of the portal to go on to, the list of updates for any other.
func local(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") || len(to) > 2000 || strings.HasPrefix(to, signInPath) || strings.HasPrefix(to, WelcomePath) || strings.HasPrefix(to, JoinPath) {
		return "/"
	}
	return to
}

// welcomeView is the page where a password is set.
type welcomeView struct {
	frame
	Name, Login string
	Least       int // characters
	Problem     problem
}

func (p *portal) openWelcome(w http.ResponseWriter, r *http.Request) error {
	return p.welcomePage(w, r, http.StatusOK, nil)
}

func (p *portal) welcomePage(w http.ResponseWriter, r *http.Request, status int, why problem) error {
	u, err := p.Desk.Linked(r.Context(), r.PathValue("link"))
	if err != nil {
		return err
	}
	v := welcomeView{frame: p.frame(r, messages.Mark("Your password"), vedette.StatusActual), Name: safe(u.Name), Login: safe(u.Login), Least: p.Desk.LeastPassword(), Problem: why}
	v.Bare = true
	return p.show(w, status, "welcome", v)
}

// setPassword sets it; then one signs in with it, which shows that it was kept.
func (p *portal) setPassword(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	password := r.PostForm.Get("password")
	err := error(nil)
	if password != r.PostForm.Get("again") {
		err = vedette.Errorf(vedette.CodeInvalid, "the two are not the same; type the password once more, both times")
	} else {
		_, err = p.Desk.SetPassword(r.Context(), r.PathValue("link"), password)
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, signInPath, http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid:
		return p.welcomePage(w, r, http.StatusBadRequest, refusal(err))
	}
	return err
}
