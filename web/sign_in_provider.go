package web

import (
	"errors"
	"net/http"
	"net/url"

	"vedette"
	"vedette/auth/oidc"
	"vedette/httpd"
)

// Where a browser goes to be sent to the identity provider, and where it comes back.
const (
	signInProviderPath = signInPath + "/provider"
	ProviderBack       = signInProviderPath + "/back"
)

// The name of the cookie by which a browser comes back as the one that went. Another site
// leads it here, so it is sent along then; the session's is kept apart.
const (
	wentCookie       = "vedette-went"
	secureWentCookie = "__Host-vedette-went"
)

func (p *portal) wentName() string {
	if p.tls() {
		return secureWentCookie
	}
	return wentCookie
}

func (p *portal) keepWent(w http.ResponseWriter, token string, seconds int) {
	if token == "" {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{Name: p.wentName(), Value: token, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: p.tls(), SameSite: http.SameSiteLaxMode})
}

// providerView is what a page says of the identity provider.
type providerView struct {
	Name string // on the button, "" where there is none
	To   string // address that leads to it
	Lost string // that it could not be reached, and when
}

func (p *portal) providerOf(to string) (v providerView) {
	if p.Provider == nil {
		return v
	}
	v.Name, v.To = safe(p.Provider.Name), signInProviderPath+"?to="+url.QueryEscape(to)
	if at := p.Provider.Lost(); !at.IsZero() {
		v.Lost = at.UTC().Format("15:04 UTC")
	}
	return v
}

// mayAskProvider says, as CodeNotFound, that there is none, and as CodeConflict that
// nobody has to sign in.
func (p *portal) mayAskProvider(r *http.Request) error {
	if p.Provider == nil {
		return vedette.Errorf(vedette.CodeNotFound, "nobody signs in here by an identity provider")
	}
	shut, err := p.Desk.Shut(r.Context())
	if err == nil && !shut {
		err = vedette.Errorf(vedette.CodeConflict, "nobody may sign in here yet; the first administrator is made by hand, at %s", firstPath)
	}
	return err
}

// askProvider sends a browser to the identity provider. It is a link, no form: the pages'
// policy lets no form lead to another site.
func (p *portal) askProvider(w http.ResponseWriter, r *http.Request) error {
	if err := p.mayAskProvider(r); err != nil {
		return err
	}
	to := local(r.URL.Query().Get("to"))
	address, token, err := p.Desk.AskProvider(r.Context(), p.Provider, to, p.peer(r))
	if err != nil {
		return p.notByProvider(w, r, to, err)
	}
	p.keepWent(w, token, p.Desk.ChallengeSeconds())
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// signInByProvider signs in whom the identity provider sent back.
func (p *portal) signInByProvider(w http.ResponseWriter, r *http.Request) error {
	if err := p.mayAskProvider(r); err != nil {
		return err
	}
	went := ""
	if c, err := r.Cookie(p.wentName()); err == nil {
		went = c.Value
	}
	p.keepWent(w, "", 0)
	token, u, to, err := p.Desk.SignInByProvider(r.Context(), p.Provider, went, oidc.ReadAnswer(r.URL.Query()), p.peer(r), p.session(r))
	if to = local(to); err != nil {
		return p.notByProvider(w, r, to, err)
	}
	p.Log.Info("signed in by the identity provider", "user", u.ID)
	p.keepSession(w, token)
	p.keepOrg(w)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// notByProvider says why somebody is not signed in, where they may do so otherwise.
func (p *portal) notByProvider(w http.ResponseWriter, r *http.Request, to string, err error) error {
	var known *vedette.Error
	if !errors.As(err, &known) {
		return err
	}
	switch known.Code {
	case vedette.CodeTooMany:
		w.Header().Set("Retry-After", "60")
	case vedette.CodeForbidden, vedette.CodeInvalid, vedette.CodeConflict, vedette.CodeUnavailable:
	default:
		return err
	}
	p.Log.Warn("nobody was signed in by the identity provider", "why", err)
	return p.signInPage(w, r, httpd.Status(err), signInView{To: to, Problem: problem{known.Bare()}})
}
