package web

import (
	"net/http"

	"vedette"
	"vedette/httpd"
)

// againPath is where somebody who is signed in shows their second factor.
const againPath = accountPath + "/again"

// againView asks somebody for their second factor, on the way to something that takes
// one.
type againView struct {
	frame
	Why     string // what takes it
	Address string // where the form goes
	Fields  []field
	Back    string // a page to go back to, "" for none
	Has     bool   // they have a second factor
	Keys    bool   // they have passkeys
	Codes   bool   // they have one-time codes
	Passkey passkeyView
	Fresh   bool // it was shown lately
	Problem problem
}

// openAgain asks for the second factor, and goes on then.
func (p *portal) openAgain(w http.ResponseWriter, r *http.Request) error {
	return p.againPage(w, r, http.StatusOK, p.onTheWay(r.URL.Query().Get("to"), ""))
}

// onTheWay is the page that asks on the way to a page.
func (p *portal) onTheWay(to, why string) againView {
	return againView{Why: why, Address: againPath, Fields: []field{{"to", local(to)}}}
}

// againPage asks for the second factor. Whoever has none is told how to get one.
func (p *portal) againPage(w http.ResponseWriter, r *http.Request, status int, v againView) error {
	me := sessionOf(r)
	if me == nil {
		return noAccount()
	}
	v.frame = p.frame(r, "Show that it is you", vedette.StatusActual)
	v.Fresh = p.Desk.Fresh(me)
	f, err := p.Desk.Factors(r.Context(), &me.User)
	if err != nil {
		return err
	}
	if v.Keys = len(f.Passkeys) > 0; v.Keys {
		v.Passkey = p.passkeys(w, showPasskeyPath)
	}
	v.Has, v.Codes = f.Any(), f.Codes != nil
	return p.show(w, status, "again", v)
}

// again takes the second factor, and goes on.
func (p *portal) again(w http.ResponseWriter, r *http.Request) error {
	to := local(r.PostForm.Get("to"))
	err := p.takeFactor(w, r)
	if err == nil {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	return p.againAfter(w, r, p.onTheWay(to, ""), err)
}

// againAfter asks once more, and says what was wrong.
func (p *portal) againAfter(w http.ResponseWriter, r *http.Request, v againView, err error) error {
	status := httpd.Status(err)
	if status >= http.StatusInternalServerError {
		return err
	}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	p.noteRefused("a second factor was refused", err)
	v.Problem = told(err)
	return p.againPage(w, r, status, v)
}

// takeFactor notes the second factor that a form shows.
func (p *portal) takeFactor(w http.ResponseWriter, r *http.Request) error {
	me := sessionOf(r)
	if me == nil {
		return noAccount()
	}
	switch r.PostForm.Get("show") {
	case "code":
		return p.Desk.ShowCode(r.Context(), &me.User, r.PostForm.Get("code"), p.session(r))
	case "before": // on another page, in this browser
		if p.Desk.Fresh(me) {
			return nil
		}
		return vedette.Errorf(vedette.CodeForbidden, "nothing was shown yet, in this browser")
	}
	if err := p.mayAskPasskey(); err != nil {
		return err
	}
	return p.Desk.ShowPasskey(r.Context(), p.party, &me.User, p.session(r), p.takeAsked(w, r), []byte(r.PostForm.Get("credential")))
}
