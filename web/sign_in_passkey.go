package web

import (
	"errors"
	"net/http"

	"vedette"
	"vedette/httpd"
)

// Where a browser is asked for a passkey before somebody signs in, and answers.
const (
	signInAskPath     = signInPath + "/ask"
	signInPasskeyPath = signInPath + "/passkey"
)

// askSignIn tells the page's script what to ask the browser.
func (p *portal) askSignIn(w http.ResponseWriter, r *http.Request) error {
	err := p.mayAskPasskey()
	var options []byte
	var token string
	if err == nil {
		options, token, err = p.Desk.AskPasskey(r.Context(), p.party, p.peer(r))
	}
	p.tellScript(w, r, options, token, err)
	return nil
}

// tellScript answers a page's script: with what the browser is asked, or with a
// sentence.
func (p *portal) tellScript(w http.ResponseWriter, r *http.Request, options []byte, token string, err error) {
	if err != nil {
		p.noteRefused("a passkey was not asked for", err)
		http.Error(w, told(err).text(tongue(r)), httpd.Status(err))
		return
	}
	p.keepAsked(w, token, p.Desk.ChallengeSeconds())
	w.Header().Set("Content-Type", "application/json")
	if _, err := w.Write(options); err != nil {
		p.Log.Debug("what a browser is asked was not read to its end", "err", err)
	}
}

// noteRefused logs why somebody could not prove who they are: as an error where the
// fault is ours.
func (p *portal) noteRefused(what string, err error) {
	var known *vedette.Error
	if errors.As(err, &known) && httpd.Status(err) < http.StatusInternalServerError {
		p.Log.Warn(what, "why", err)
		return
	}
	p.Log.Error(what, "err", err)
}

// signInByPasskey signs somebody in whose device answered.
func (p *portal) signInByPasskey(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	to := local(r.PostForm.Get("to"))
	err := p.mayAskPasskey()
	var token string
	var u vedette.User
	if err == nil {
		token, u, err = p.Desk.SignInByPasskey(r.Context(), p.party, p.takeAsked(w, r), []byte(r.PostForm.Get("credential")), p.peer(r), p.session(r))
	}
	v := signInView{To: to, Problem: told(err)}
	switch vedette.ErrorCode(err) {
	case "":
		p.Log.Info("signed in with a passkey", "user", u.ID)
		p.keepSession(w, token)
		p.keepOrg(w)
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case vedette.CodeForbidden, vedette.CodeConflict:
		p.noteRefused("a passkey was refused", err)
		return p.signInPage(w, r, httpd.Status(err), v)
	case vedette.CodeTooMany:
		w.Header().Set("Retry-After", "60")
		return p.signInPage(w, r, http.StatusTooManyRequests, v)
	}
	return err
}
