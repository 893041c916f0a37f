package web

import (
	"html/template"
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/draw"
	"vedette/httpd"
)

// codesView is the page that shows the secret of one-time codes, once.
type codesView struct {
	frame
	Text    string
	Link    template.URL // otpauth:, made by us
	Path    string       // the link as a QR code
	Side    int
	Problem problem
}

// askCodes shows somebody a new secret, which is kept when they type its first code.
func (p *portal) askCodes(w http.ResponseWriter, r *http.Request, me *vedette.Session) error {
	c, token, err := p.Desk.AskCodes(r.Context(), me, r.PostForm.Get("password"), p.peer(r))
	if err != nil {
		return p.accountAfter(w, r, accountView{Of: "second"}, "", err)
	}
	p.keepAsked(w, token, p.Desk.ChallengeSeconds())
	return p.codesPage(w, r, http.StatusOK, c, nil)
}

func (p *portal) codesPage(w http.ResponseWriter, r *http.Request, status int, c desk.NewCodes, why problem) error {
	v := codesView{frame: p.frame(r, "One-time codes", vedette.StatusActual), Text: c.Text, Link: template.URL(c.Link), Problem: why}
	v.Place = "account"
	var err error
	if v.Path, v.Side, err = draw.QR(c.Link); err != nil {
		p.Log.Warn("a secret is shown without a QR code", "why", err)
	}
	return p.show(w, status, "codes", v)
}

// addCodes keeps the secret, where the first code is right.
func (p *portal) addCodes(w http.ResponseWriter, r *http.Request, me *vedette.Session) error {
	c, again, err := p.Desk.AddCodes(r.Context(), me, r.PostForm.Get("code"), p.session(r), p.takeAsked(w, r))
	if again == "" {
		return p.accountAfter(w, r, accountView{Of: "second"}, "codes", err)
	}
	p.keepAsked(w, again, p.Desk.ChallengeSeconds())
	return p.codesPage(w, r, httpd.Status(err), c, refusal(err))
}
