package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
)

// openRollcall opens a roll-call. Nobody is written to by it; whoever means to
// ask comes to the page that says how many it asks.
func (p *portal) openRollcall(w http.ResponseWriter, r *http.Request) error {
	v := rollcallsView{}
	_, err := readForm(w, r)
	f := r.PostForm
	var id vedette.ID
	if err == nil {
		v.By, v.About = bylineOf(r), f.Get("update")
		v.Typed = typedRollcall{Area: typed(f.Get("area")), Circle: typed(f.Get("circle")), People: typedLines(f.Get("people")), Title: typed(f.Get("title")), Status: f.Get("status"), Ask: f.Get("ask") != ""}
		id, err = p.opensRollcall(r, &v)
	}
	switch {
	case err == nil && v.Typed.Ask:
		http.Redirect(w, r, rollcallAddress(id)+"/ask", http.StatusSeeOther)
		return nil
	case err == nil:
		http.Redirect(w, r, rollcallAddress(id), http.StatusSeeOther)
		return nil
	case mends(err):
		v.Problem = refusal(err)
		return p.rollcallsPage(w, r, http.StatusBadRequest, v)
	}
	return err
}

func (p *portal) opensRollcall(r *http.Request, v *rollcallsView) (vedette.ID, error) {
	o := desk.RollcallOrder{Update: vedette.ID(v.About), Persons: lines(v.Typed.People), Title: v.Typed.Title, By: typed(r.PostForm.Get("by"))}
	var err error
	if o.Status, err = vedette.ParseStatus(firstOf(v.Typed.Status, "actual")); err != nil {
		return "", err
	}
	if o.Areas, _, err = p.placesIn(v.Typed.Area); err != nil {
		return "", err
	}
	if o.Shapes, err = drawnIn(r, v.Typed.Circle); err != nil {
		return "", err
	}
	if len(o.Areas)+len(o.Shapes)+len(o.Persons) == 0 && o.Update == "" {
		return "", vedette.Errorf(vedette.CodeInvalid, "say of whom: name a place, draw a shape, or name people")
	}
	c, err := p.Desk.OpenRollcall(r.Context(), o)
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

// typedLines is typed for what has several lines.
func typedLines(s string) string {
	if len(s) > maxTypedLines {
		s = s[:maxTypedLines] // shown again; what is longer was refused, see fits
	}
	var out []string
	for _, l := range lines(s) {
		out = append(out, safe(l))
	}
	return strings.Join(out, "\n")
}
