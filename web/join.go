package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
)

// JoinPath is where somebody brings in their organisation, by the secret of an
// invitation.
const JoinPath = "/join/"

// joinView is that page.
type joinView struct {
	frame
	Name, Handle, Person, Login string // as they are typed
	Least                       int    // characters of a password
	Problem                     problem
}

func (p *portal) openJoin(w http.ResponseWriter, r *http.Request) error {
	if err := p.Desks.Joins(r.Context(), r.PathValue("link"), p.peer(r)); err != nil {
		return err
	}
	return p.joinPage(w, r, http.StatusOK, joinView{})
}

func (p *portal) joinPage(w http.ResponseWriter, r *http.Request, status int, v joinView) error {
	v.frame, v.Least = p.frame(r, "Bring in your organisation", vedette.StatusActual), p.Desk.LeastPassword()
	v.Bare, v.Org = true, "Vedette"
	return p.show(w, status, "join", v)
}

// join brings it in; then its administrator signs in, which shows that the password was
// kept.
func (p *portal) join(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	f := r.PostForm
	v := joinView{Name: typed(f.Get("name")), Handle: typed(f.Get("org")), Person: typed(f.Get("person")), Login: typed(f.Get("login"))}
	err := error(nil)
	var d *desk.Desk
	if f.Get("password") != f.Get("again") {
		err = vedette.Errorf(vedette.CodeInvalid, "the two passwords are not the same; type the password once more, both times")
	} else {
		d, err = p.Desks.Join(r.Context(), r.PathValue("link"), desk.JoinOrder{Name: f.Get("name"), Handle: f.Get("org"), Person: f.Get("person"), Login: f.Get("login"), Password: f.Get("password")}, p.peer(r))
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, signInPath+"?org="+d.Org.Handle, http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeTaken:
		v.Problem = refusal(err)
		return p.joinPage(w, r, http.StatusBadRequest, v)
	}
	return err
}
