package web

import (
	"net/http"

	"vedette"
	"vedette/auth/rights"
)

// rungAtView is where somebody is rung, and whether they have a PIN.
type rungAtView struct {
	May         bool // they may approve, so they are rung
	Mail, Phone string
	ByLogin     bool
	PIN, Spent  bool
}

func (p *portal) fillRung(r *http.Request, v *accountView, me *vedette.Session) error {
	v.Rung.May = rights.May(me.User.Role, rights.Approve)
	if !v.Rung.May {
		return nil
	}
	at, err := p.Desk.RungAt(r.Context(), &me.User)
	if err != nil {
		return err
	}
	v.Rung.Mail, v.Rung.Phone, v.Rung.ByLogin, v.Rung.PIN, v.Rung.Spent = safe(at.Mail), safe(at.Phone), at.ByLogin, at.PIN, at.Spent
	return nil
}

// setRung keeps where somebody is rung, or their PIN.
func (p *portal) setRung(r *http.Request, me *vedette.Session, do string) error {
	f := r.PostForm
	if do == "pin" {
		if f.Get("pin") != f.Get("pin2") {
			return vedette.Errorf(vedette.CodeInvalid, "the two PINs are not the same; type the new one twice")
		}
		return p.Desk.SetPIN(r.Context(), me, f.Get("pin"), f.Get("password"), p.peer(r))
	}
	return p.Desk.SetRung(r.Context(), me, f.Get("mail"), f.Get("phone"), f.Get("password"), p.peer(r))
}
