package web

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"vedette/auth/passkey"
	"vedette/desk"
)

// front finds out which organisation a request is for, and has that one's portal answer.
// That is no right: each portal knows its own organisation alone, and asks who comes by
// itself. So what is found wrongly is refused.
type front struct {
	Config
	pages    pages
	static   *staticFiles
	printing chan struct{} // has room for the documents whose turn it is

	mu   sync.Mutex
	open map[*desk.Desk]*portal
}

// ServeHTTP has a portal answer.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	list, err := f.Desks.All(r.Context())
	if err != nil {
		f.Log.Error("the organisations cannot be read", "err", err)
		http.Error(w, "The database does not answer.", http.StatusServiceUnavailable)
		return
	}
	d := list[0]
	if len(list) > 1 {
		of, err := f.whose(r)
		if err != nil {
			f.portal(d, list).problem(w, r, err, true)
			return
		}
		if of == nil { // the first's, who is not to be told to whoever does not come to it
			nameless := r.WithContext(context.WithValue(r.Context(), namelessKey{}, true))
			f.portal(d, list).mux.ServeHTTP(w, nameless)
			r.Pattern = nameless.Pattern // what is counted goes by it
			return
		}
		d = of
	}
	f.portal(d, list).mux.ServeHTTP(w, r)
}

type namelessKey struct{}

// called is what a page names the organisation: nothing where nothing that came with the
// request says that it is for this one.
func (p *portal) called(r *http.Request) string {
	if nameless, _ := r.Context().Value(namelessKey{}).(bool); nameless && actorOf(r).name() == "" {
		return "Vedette"
	}
	return p.Desk.OrgName()
}

// portal is the one of a desk. Those of desks that are no more are forgotten.
func (f *front) portal(d *desk.Desk, all []*desk.Desk) *portal {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.open[d]; p != nil {
		return p
	}
	kept := map[*desk.Desk]*portal{}
	for _, of := range all {
		if p := f.open[of]; p != nil {
			kept[of] = p
		}
	}
	p := f.newPortal(d)
	kept[d] = p
	f.open = kept
	return p
}

func (f *front) newPortal(d *desk.Desk) *portal {
	p := &portal{Config: f.Config, mux: http.NewServeMux(), pages: f.pages, static: f.static, printing: f.printing}
	p.live = newLive(d.LogSeq)
	if p.Desk = d; d.Apart {
		p.Provider = nil // it is the first organisation's: whom that one lets in is nobody here
	}
	var err error
	if p.party, err = passkey.At(p.BaseURL, d.OrgName()); err != nil {
		p.noPasskeys = err
	}
	for _, rt := range p.routes() {
		p.mux.Handle(rt.pattern, acting(rt.open, p.bounded(rt)))
	}
	return p
}

// whose gives the desk that a request is for, by what it comes with: the token of a
// machine, a link, or else what the browser is signed in with, or was. It is nil where
// nothing says it.
func (f *front) whose(r *http.Request) (*desk.Desk, error) {
	ctx, path := r.Context(), r.URL.Path
	if secret, ok := bearer(r); ok {
		return f.Desks.OfToken(ctx, secret)
	}
	if link, ok := strings.CutPrefix(path, WelcomePath); ok {
		return f.Desks.OfWelcome(ctx, link)
	}
	if rest, ok := strings.CutPrefix(path, replyPath); ok {
		return f.Desks.OfLink(ctx, strings.SplitN(rest, "/", 4)...)
	}
	if strings.HasPrefix(path, signInProviderPath) || path == firstPath {
		return nil, nil // both are of the first
	}
	if strings.HasPrefix(path, signInPath) {
		if handle := r.URL.Query().Get("org"); handle != "" {
			return f.Desks.Named(ctx, handle)
		}
	}
	if handle, _ := inSession(f.BaseURL, r); handle != "" {
		return f.Desks.Named(ctx, handle)
	}
	return f.Desks.Named(ctx, browserKeeps(f.BaseURL, r, orgCookie, secureOrgCookie))
}

// The names of the cookie that keeps which organisation a browser was signed in to last.
const (
	orgCookie       = "vedette-org"
	secureOrgCookie = "__Host-vedette-org"
)

// orgKept is for how long a browser keeps that, in seconds.
const orgKept = 365 * 24 * 3600

// keepOrg has a browser keep which organisation it is signed in to.
func (p *portal) keepOrg(w http.ResponseWriter) {
	c := &http.Cookie{Name: orgCookie, Value: p.Desk.Org.Handle, Path: "/", MaxAge: orgKept, HttpOnly: true, Secure: p.tls(), SameSite: http.SameSiteLaxMode}
	if p.tls() {
		c.Name = secureOrgCookie
	}
	http.SetCookie(w, c)
}
