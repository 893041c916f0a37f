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
	"vedette/desk"
	"vedette/httpd"
)

type actorKey struct{}

// actor is who asks: somebody who is signed in, a machine by its token, or nobody who is
// known.
type actor struct {
	session *vedette.Session // what they are signed in with
	token   *vedette.Token
}

func actorOf(r *http.Request) actor {
	a, _ := r.Context().Value(actorKey{}).(actor)
	return a
}

// name is how the record names them, "" for nobody who is known.
func (a actor) name() string {
	switch {
	case a.token != nil:
		return a.token.Actor()
	case a.session != nil:
		return a.session.User.Name
	}
	return ""
}

// acting is who asks as the desk and the record know them.
func (a actor) acting() vedette.Actor {
	if a.token != nil {
		return vedette.Actor{Via: vedette.ViaToken, Name: a.token.Name, ID: a.token.ID, Acts: a.token.Acts}
	}
	return desk.ActorOf(&a.session.User, vedette.ViaPortal)
}

// signedIn gives who is signed in, nil for nobody, and for a machine.
func signedIn(r *http.Request) *vedette.User {
	if s := sessionOf(r); s != nil {
		return &s.User
	}
	return nil
}

// sessionOf gives what somebody is signed in with, nil for nobody, and for a machine.
func sessionOf(r *http.Request) *vedette.Session { return actorOf(r).session }

// userOf is the name of who is signed in, "" for nobody, and for a machine.
func userOf(r *http.Request) string {
	if u := signedIn(r); u != nil {
		return safe(u.Name)
	}
	return ""
}

// enter lets in who may do what a page does. As long as nobody may sign in at all
// nobody has to: then only this machine is served. Who acts is whoever is signed in,
// whatever the form says. Where a token comes it decides, whatever cookie there is.
func (p *portal) enter(w http.ResponseWriter, r *http.Request, act rights.Act, do action) error {
	shut, err := p.Desk.Shut(r.Context())
	if err != nil {
		return err
	}
	if !shut {
		if err := p.here(r, shut); err != nil {
			return err
		}
		all := vedette.Actor{Via: vedette.ViaPortal, Role: vedette.RoleAdministrator}
		return do(w, r.WithContext(vedette.Acting(r.Context(), all)))
	}
	if secret, ok := bearer(r); ok {
		return p.enterByToken(w, r, secret, act, do)
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
	if done, err := p.showsFirst(w, r, s, act); done || err != nil {
		return err
	}
	if s.User.Role.Own() && r.URL.Path == "/" {
		http.Redirect(w, r, ownPath, http.StatusSeeOther)
		return nil
	}
	if err := p.Desk.May(&s.User, act); err != nil {
		return err
	}
	return as(actor{session: s}, w, r, do)
}

// as does what a page does, for somebody: an act is by them.
func as(a actor, w http.ResponseWriter, r *http.Request, do action) error {
	ctx := vedette.Acting(r.Context(), a.acting())
	r = r.WithContext(context.WithValue(ctx, actorKey{}, a))
	if r.Method == http.MethodPost {
		if err := parseForm(r); err != nil {
			return err
		}
		r.PostForm.Set("by", a.name())
	}
	return do(w, r)
}

// may says, as CodeForbidden, that who asks may not do something more than the page
// they came to asks for. Where nobody has to sign in all may.
func (p *portal) may(r *http.Request, act rights.Act) error {
	switch a := actorOf(r); {
	case a.token != nil:
		return p.Desk.TokenMay(a.token, act)
	case a.session != nil:
		return p.Desk.May(&a.session.User, act)
	}
	return nil
}

// The names of the cookie that keeps a browser signed in. The one with the prefix is
// taken by browsers over TLS alone, for this host and all of it.
const (
	sessionCookie = "vedette-session"
	secureCookie  = "__Host-vedette-session"
)

// overTLS says whether the portal is come to over TLS.
func overTLS(base string) bool { return strings.HasPrefix(base, "https://") }

func (p *portal) tls() bool { return overTLS(p.BaseURL) }

// hsts says whether browsers are to come over TLS alone from now on: not to a name of
// their own machine, where other servers answer, too.
func hsts(base string) bool {
	u, err := url.Parse(base)
	return err == nil && overTLS(base) && !httpd.Loopback(u.Hostname())
}

// browserKeeps is what a browser keeps under a name while it is signed in, or under the
// name that only TLS has.
func browserKeeps(base string, r *http.Request, plain, secure string) string {
	if overTLS(base) {
		plain = secure
	}
	c, err := r.Cookie(plain)
	if err != nil {
		return ""
	}
	return c.Value
}

// inSession is what the cookie of a session has: the short name of the organisation,
// and the secret.
func inSession(base string, r *http.Request) (handle, secret string) {
	handle, secret, _ = strings.Cut(browserKeeps(base, r, sessionCookie, secureCookie), ".")
	return handle, secret
}

// session is the secret that a browser keeps for this organisation, "" for none.
func (p *portal) session(r *http.Request) string {
	handle, secret := inSession(p.BaseURL, r)
	if handle != p.Desk.Org.Handle {
		return ""
	}
	return secret
}

// keepSession has a browser keep a secret until it is closed, or forget it.
func (p *portal) keepSession(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: sessionCookie, Value: p.Desk.Org.Handle + "." + token, Path: "/", HttpOnly: true, Secure: p.tls(), SameSite: http.SameSiteLaxMode}
	if p.tls() {
		c.Name = secureCookie
	}
	if token == "" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
}

// covered says, as CodeForbidden, that a request came neither over TLS of our own nor
// past a proxy though others reach the portal: it, and the answer, would go in the clear.
func (p *portal) covered(r *http.Request) error {
	if p.Outside && r.TLS == nil && !p.proxied(r) {
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

// acting notes by which door a route is come to: as nobody, until enter knows who it
// is. So the desk is asked for nothing by a page that forgot to ask.
func acting(open string, answer http.Handler) http.Handler {
	via := vedette.ViaPortal
	switch open {
	case byLink:
		via = vedette.ViaLink
	case bySign:
		via = vedette.ViaGateway
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer.ServeHTTP(w, r.WithContext(vedette.Acting(r.Context(), vedette.Actor{Via: via})))
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
