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
	remember(w, by)
	d, err := p.Desk.NewDraft(r.Context(), desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(text), Origin: "pasted in the portal", Status: status}, By: by})
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, draftAddress(d.Update.ID), http.StatusSeeOther)
		return nil
	case vedette.CodeNotReport, vedette.CodeInvalid:
		return p.showDrafts(w, r, http.StatusBadRequest, draftsView{By: typed(by), Text: text, Problem: sentence(err.Error())})
	}
	return err
}
