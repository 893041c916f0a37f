package web

import (
	"net/http"

	"vedette"
)

// removeDraft deletes a draft as it was seen.
func (p *portal) removeDraft(w http.ResponseWriter, r *http.Request) error {
	by, seen, err := readDraftForm(w, r)
	if err == nil {
		err = p.Desk.RemoveDraft(r.Context(), vedette.ID(r.PathValue("id")), seen, by)
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, "/drafts", http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeConflict:
		return p.draftPage(w, r, http.StatusConflict, draftView{By: bylineOf(r), Problem: refusal(err)})
	}
	return err
}
