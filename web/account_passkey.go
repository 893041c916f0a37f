package web

import (
	"net/http"

	"vedette"
)

// Where the page's script learns what to ask a browser of somebody who is signed in: to
// make a passkey, and to show one.
const (
	newPasskeyPath  = accountPath + "/passkey"
	showPasskeyPath = accountPath + "/show"
)

// passkeyLine is a passkey of somebody's.
type passkeyLine struct {
	ID, Name    string
	Added, Used moment
	Synced      bool // it may be kept in several places
}

func (p *portal) passkeyLines(list []vedette.Passkey) (out []passkeyLine) {
	for i := range list {
		k := &list[i]
		out = append(out, passkeyLine{ID: string(k.ID), Name: safe(k.Name), Added: when(k.Made, p.Now(), ""), Used: when(k.Used, p.Now(), ""), Synced: k.Synced()})
	}
	return out
}

// askNewPasskey tells the page's script what to ask the browser, where the password
// was right.
func (p *portal) askNewPasskey(w http.ResponseWriter, r *http.Request) error {
	me, err := sessionOf(r), p.mayAskPasskey()
	var options []byte
	var token string
	switch {
	case err != nil:
	case me == nil:
		err = noAccount()
	default:
		options, token, err = p.Desk.AskNewPasskey(r.Context(), p.party, me, r.PostForm.Get("password"), p.peer(r))
	}
	p.tellScript(w, r, options, token, err)
	return nil
}

// askShown tells the page's script what to ask the browser of somebody who is signed
// in.
func (p *portal) askShown(w http.ResponseWriter, r *http.Request) error {
	me, err := sessionOf(r), p.mayAskPasskey()
	var options []byte
	var token string
	switch {
	case err != nil:
	case me == nil:
		err = noAccount()
	default:
		options, token, err = p.Desk.AskShown(r.Context(), p.party, &me.User, p.peer(r))
	}
	p.tellScript(w, r, options, token, err)
	return nil
}

func noAccount() error {
	return vedette.Errorf(vedette.CodeConflict, "nobody has to sign in here yet, so there are no accounts")
}

// addPasskey keeps the passkey that somebody's device made.
func (p *portal) addPasskey(w http.ResponseWriter, r *http.Request, me *vedette.Session) error {
	if err := p.mayAskPasskey(); err != nil {
		return err
	}
	f := r.PostForm
	return p.Desk.AddPasskey(r.Context(), p.party, me, f.Get("name"), p.session(r), p.takeAsked(w, r), []byte(f.Get("credential")))
}
