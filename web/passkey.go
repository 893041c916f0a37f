package web

import (
	"errors"
	"html/template"
	"net/http"
	"strings"

	"vedette"
	"vedette/httpd"
	"vedette/web/messages"
)

// passkeyView is what the form needs by which a browser is asked for a passkey. Its
// script is a file of its own; without it the form stays hidden, and says why.
type passkeyView struct {
	Script string  // address of the script, "" where there are no passkeys
	Begin  string  // where the script gets what the browser is asked
	Origin string  // of the pages that passkeys work on
	Why    problem // why there are none
}

// passkeys puts the form's script into a page, where the portal's address has passkeys.
func (p *portal) passkeys(w http.ResponseWriter, begin string) passkeyView {
	if p.party == nil {
		return passkeyView{Why: refusal(p.noPasskeys)}
	}
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return passkeyView{Script: p.static.url("passkey.js"), Begin: begin, Origin: p.party.Origin()}
}

// toOrigin is the link to the portal where passkeys work, at the address that whoever runs
// it has set.
func toOrigin(origin string) messages.Element {
	if !strings.HasPrefix(origin, "https://") && !strings.HasPrefix(origin, "http://") {
		return messages.Link("/")
	}
	return messages.Element{Open: template.HTML(`<a href="` + template.HTMLEscapeString(origin) + `">`), Close: "</a>"}
}

// newTab is the link to an address of the portal that opens beside the page.
func newTab(address string) messages.Element {
	e := messages.Link(address)
	e.Open = template.HTML(strings.TrimSuffix(string(e.Open), ">") + ` target="_blank" rel="noopener">`)
	return e
}

// mayAskPasskey says, as CodeConflict, that there are no passkeys here.
func (p *portal) mayAskPasskey() error {
	if p.party == nil {
		var known *vedette.Error
		if !errors.As(p.noPasskeys, &known) {
			return p.noPasskeys
		}
		none := known.Bare()
		none.Code = vedette.CodeConflict
		return none
	}
	return nil
}

// The names of the cookie that a browser keeps while it is asked something.
const (
	askedCookie       = "vedette-asked"
	secureAskedCookie = "__Host-vedette-asked"
)

func (p *portal) askedName() string {
	if p.tls() {
		return secureAskedCookie
	}
	return askedCookie
}

// keepAsked has a browser keep the secret of what it was asked, or forget it.
func (p *portal) keepAsked(w http.ResponseWriter, token string, seconds int) {
	if token == "" {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{Name: p.askedName(), Value: token, Path: "/", MaxAge: seconds, HttpOnly: true, Secure: p.tls(), SameSite: http.SameSiteStrictMode})
}

// takeAsked is that secret, which the browser keeps no longer.
func (p *portal) takeAsked(w http.ResponseWriter, r *http.Request) string {
	p.keepAsked(w, "", 0)
	c, err := r.Cookie(p.askedName())
	if err != nil {
		return ""
	}
	return c.Value
}
