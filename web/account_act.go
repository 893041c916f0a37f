package web

import (
	"net/http"

	"vedette"
)

// actOnAccount does what somebody wants of their own account.
func (p *portal) actOnAccount(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	me := sessionOf(r)
	if me == nil {
		return p.accountPage(w, r, http.StatusConflict, accountView{})
	}
	do, v := r.PostForm.Get("do"), accountView{}
	p.Log.Info("account", "do", do, "user", me.User.ID)
	var err error
	switch do {
	case "end":
		v.Of = "sessions"
		id := vedette.ID(r.PostForm.Get("session"))
		if err = p.Desk.EndSession(r.Context(), &me.User, id); err == nil && id == me.ID {
			p.keepSession(w, "")
			http.Redirect(w, r, signInPath, http.StatusSeeOther)
			return nil
		}
		do = "ended"
	case "others":
		v.Of = "sessions"
		err = p.Desk.EndOthers(r.Context(), &me.User, p.session(r))
	case "password":
		v.Of = "password"
		err = p.changePassword(r, me)
	case "rung", "pin":
		v.Of = "rungat"
		err = p.setRung(r, me, do)
	case "passkey":
		v.Of = "second"
		err = p.addPasskey(w, r, me)
	case "forget":
		v.Of = "second"
		err = p.Desk.RemovePasskey(r.Context(), me, vedette.ID(r.PostForm.Get("passkey")), r.PostForm.Get("password"), p.peer(r))
	case "codes":
		return p.askCodes(w, r, me)
	case "first-code":
		return p.addCodes(w, r, me)
	case "no-codes":
		v.Of = "second"
		err = p.Desk.RemoveCodes(r.Context(), me, r.PostForm.Get("password"), p.peer(r))
	case "language":
		v.Of = "language"
		err = p.chooseLanguage(r, me)
	case "each-time", "matters":
		v.Of = "second"
		err = p.Desk.SetEachTime(r.Context(), me, do == "each-time")
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	return p.accountAfter(w, r, v, do, err)
}

// accountAfter shows what was done, or what is wrong.
func (p *portal) accountAfter(w http.ResponseWriter, r *http.Request, v accountView, done string, err error) error {
	status := http.StatusConflict
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, accountPath+"?done="+done, http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeConflict:
	case vedette.CodeForbidden:
		status = http.StatusForbidden
	case vedette.CodeTooMany:
		w.Header().Set("Retry-After", "60")
		status = http.StatusTooManyRequests
	default:
		return err
	}
	p.noteRefused("account", err)
	v.Problem = told(err)
	return p.accountPage(w, r, status, v)
}

func (p *portal) changePassword(r *http.Request, me *vedette.Session) error {
	f := r.PostForm
	if f.Get("password") != f.Get("again") {
		return vedette.Errorf(vedette.CodeInvalid, "the two new ones are not the same; type the new password once more, both times")
	}
	return p.Desk.ChangePassword(r.Context(), &me.User, f.Get("old"), f.Get("password"), p.session(r), p.peer(r))
}
