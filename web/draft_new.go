package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
)

// newDraft keeps a draft of a report that was pasted.
func (p *portal) newDraft(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the report could not be read; paste it again")
	}
	text, by := strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n"), r.PostForm.Get("by")
	status, err := vedette.ParseStatus(r.PostForm.Get("status"))
	if err != nil {
		return err
	}
	remember(w, r, by)
	o := desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(text), Origin: "pasted in the portal", Status: status}, By: by, Corrects: vedette.ID(r.PostForm.Get("corrects"))}
	v := draftsView{By: bylineOf(r), Text: text, Corrects: r.PostForm.Get("corrects"), Follows: r.PostForm.Get("situation")}
	if v.Follows != "" {
		u, err := p.Desk.Update(r.Context(), vedette.ID(v.Follows))
		if err != nil {
			return err
		}
		o.Situation = u.Situation.ID
	}
	d, err := p.Desk.NewDraft(r.Context(), o)
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, draftAddress(d.Update.ID), http.StatusSeeOther)
		return nil
	case vedette.CodeNotReport, vedette.CodeInvalid, vedette.CodeConflict:
		v.Problem = sentence(err.Error())
		return p.showDrafts(w, r, http.StatusBadRequest, v)
	}
	return err
}
