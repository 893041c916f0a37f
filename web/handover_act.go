package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
)

// actOnHandover hands the shift over, or takes over the one that was given.
func (p *portal) actOnHandover(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	f := r.PostForm
	var c *desk.HandoverCard
	switch {
	case err != nil:
	case f.Get("do") == "give":
		c, err = p.Desk.GiveHandover(r.Context(), by, f.Get("to"), f.Get("taken") != "" && actorOf(r) == actor{}) // who is known takes it themselves
	case f.Get("do") == "take":
		c, err = p.Desk.TakeHandover(r.Context(), vedette.ID(f.Get("id")), by)
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "press one of the buttons of the page")
	}
	switch {
	case err == nil:
		http.Redirect(w, r, handoverAddress(c.ID), http.StatusSeeOther)
		return nil
	case mends(err):
		return p.handoverPage(w, r, http.StatusConflict, handoverView{By: bylineOf(r), Typed: typed(f.Get("to")), Problem: refusal(err)})
	}
	return err
}
