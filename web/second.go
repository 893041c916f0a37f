package web

import (
	"net/http"
	"net/url"
	"slices"

	"vedette"
	"vedette/auth/rights"
)

// Where somebody is let who is signed in, and has yet to show their second factor.
var toShow = []string{againPath, showPasskeyPath, "/sign-out"}

// owes says whether somebody who is signed in has yet to show a second factor, because
// everybody does, or because they asked for it; and whether they have one to show.
func (p *portal) owes(r *http.Request, s *vedette.Session) (owes, has bool, err error) {
	if !s.Strong.IsZero() || !p.SecondFactor && !s.User.EachTime {
		return false, false, nil
	}
	f, err := p.Desk.Factors(r.Context(), &s.User)
	return p.SecondFactor || f.Any(), f.Any(), err
}

// showsFirst leads somebody who owes a second factor to where it is shown, or added; done
// says that it did, or refused what was posted. Who has none is let to their own account
// alone, where they add one.
func (p *portal) showsFirst(w http.ResponseWriter, r *http.Request, s *vedette.Session, act rights.Act) (done bool, err error) {
	owes, has, err := p.owes(r.WithContext(vedette.Acting(r.Context(), actor{session: s}.acting())), s)
	if err != nil || !owes || slices.Contains(toShow, r.URL.Path) || !has && act == rights.Self {
		return false, err
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return true, vedette.Errorf(vedette.CodeForbidden, "show your second factor first, on the page of your account, then do this again; nothing was done")
	}
	to := againPath + "?to=" + url.QueryEscape(r.URL.RequestURI())
	if !has {
		to = accountPath + "#second"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return true, nil
}
