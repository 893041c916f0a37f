package web

import (
	"context"
	"net/http"

	"vedette"
)

// askWhich has the page one signs in at ask for the organisation, where there are
// several; the one that the browser was signed in to last, or that a link names, is
// filled in. Nobody is shown which others there are.
func (p *portal) askWhich(r *http.Request, v *signInView) error {
	list, err := p.Desks.All(r.Context())
	if err != nil || len(list) < 2 {
		return err
	}
	v.Several = true
	named, err := (&front{Config: p.Config}).whose(r)
	switch {
	case err != nil:
		return err
	case v.Handle == "" && named == p.Desk:
		v.Handle = safe(p.Desk.Org.Handle)
	}
	if vedette.CleanHandle(v.Handle) != p.Desk.Org.Handle {
		v.Org = "Vedette"
	}
	return nil
}

// signsInTo gives the portal of the organisation that somebody who signs in names, and
// what they sign in with. One that is not known is this, with what nobody signs in with:
// it takes as long, and is one answer with a wrong password.
func (p *portal) signsInTo(ctx context.Context, handle, login string) (*portal, string, error) {
	list, err := p.Desks.All(ctx)
	if err != nil || len(list) < 2 {
		return p, login, err
	}
	d, err := p.Desks.Named(ctx, handle)
	if err != nil {
		return nil, "", err
	}
	if d == nil {
		return p, "? " + vedette.CleanHandle(handle) + " " + login, nil // no login has a blank
	}
	at := &portal{Config: p.Config} // enough to keep who is signed in
	at.Desk = d
	return at, login, nil
}
