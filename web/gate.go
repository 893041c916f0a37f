package web

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/httpd"
)

type sessionKey struct{}

// sessionOf gives what somebody is signed in with, nil for nobody.
func sessionOf(r *http.Request) *vedette.Session {
	s, _ := r.Context().Value(sessionKey{}).(*vedette.Session)
	return s
}

// signedIn gives who is signed in, nil for nobody.
func signedIn(r *http.Request) *vedette.User {
	if s := sessionOf(r); s != nil {
		return &s.User
	}
	return nil
}

// userOf is the name of who is signed in, "" for nobody.
func userOf(r *http.Request) string {
	if u := signedIn(r); u != nil {
		return safe(u.Name)
	}
	return ""
}

// enter lets in who may do what a page does. As long as nobody may sign in at all
// nobody has to: then only this machine is served. Who acts is whoever is signed in,
// whatever the form says.
func (p *portal) enter(w http.ResponseWriter, r *http.Request, act rights.Act, do action) error {
	shut, err := p.Desk.Shut(r.Context())
	if err != nil {
		return err
	}
	if !shut {
		if p.Loopback && !httpd.OwnMachine(r) {
			return vedette.Errorf(vedette.CodeForbidden, "nobody may sign in here yet, so nobody is let in but on the machine that serves it; there, make the first administrator: vedette user add")
		}
		return do(w, r)
	}
	if err := p.covered(r); err != nil {
		return err
	}
	s, err := p.Desk.SignedIn(r.Context(), p.session(r))
	if vedette.ErrorCode(err) == vedette.CodeNoSession && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		http.Redirect(w, r, signInPath+"?to="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	if err := p.Desk.May(&s.User, act); err != nil {
		return err
	}
	r = r.WithContext(context.WithValue(r.Context(), sessionKey{}, s))
	if r.Method == http.MethodPost {
		if err := parseForm(r); err != nil {
			return err
		}
		r.PostForm.Set("by", s.User.Name)
	}
	return do(w, r)
}

// may says, as CodeForbidden, that who is signed in may not do something more than
// the page they came to asks for. Where nobody has to sign in all may.
func (p *portal) may(r *http.Request, act rights.Act) error {
	if u := signedIn(r); u != nil {
		return p.Desk.May(u, act)
	}
	return nil
}

// The names of the cookie that keeps a browser signed in. The one with the prefix is
// taken by browsers over TLS alone, for this host and all of it.
const (
	sessionCookie = "vedette-session"
	secureCookie  = "__Host-vedette-session"
)

func (p *portal) tls() bool { return strings.HasPrefix(p.BaseURL, "https://") }

func (p *portal) cookieName() string {
	if p.tls() {
		return secureCookie
	}
	return sessionCookie
}

// session is the secret that a browser keeps, "" for none.
func (p *portal) session(r *http.Request) string {
	c, err := r.Cookie(p.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// keepSession has a browser keep a secret until it is closed, or forget it.
func (p *portal) keepSession(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: p.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: p.tls(), SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// covered says, as CodeForbidden, that a request came past no proxy though others
// reach the portal: it, and the answer, would go in the clear.
func (p *portal) covered(r *http.Request) error {
	if p.Outside && !p.proxied(r) {
		return vedette.Errorf(vedette.CodeForbidden, "come by %s: neither a password nor what is read here goes in the clear", p.BaseURL)
	}
	return nil
}

// door is a page that one signs in at.
func (p *portal) door(do action) http.Handler {
	return p.bare(func(w http.ResponseWriter, r *http.Request) error {
		if err := p.covered(r); err != nil {
			return err
		}
		return do(w, r)
	})
}

// proxied says whether a proxy of ours passed a request on: one on this machine, or
// named.
func (p *portal) proxied(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	from := at.Addr().Unmap()
	return from.IsLoopback() || slices.ContainsFunc(p.Proxies, func(of netip.Prefix) bool { return of.Contains(from) })
}

// peer is the address that a request came from. Where a proxy of ours passed it on,
// that is the address it says, the last that it added.
func (p *portal) peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	all := r.Header.Values("X-Forwarded-For")
	if len(all) == 0 || !p.proxied(r) {
		return at.Addr()
	}
	last := all[len(all)-1]
	if from, err := netip.ParseAddr(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])); err == nil {
		return from
	}
	return at.Addr()
}
