package web

import (
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
)

// publishDraft publishes a draft as it was seen, with the doubts that somebody
// takes on.
func (p *portal) publishDraft(w http.ResponseWriter, r *http.Request) error {
	_, seen, err := readDraftForm(w, r)
	v := draftView{By: bylineOf(r), Typed: typedEdit{Reason: typed(r.PostForm.Get("reason"))}}
	if err == nil && v.By.Name == "" {
		err = vedette.Errorf(vedette.CodeInvalid, "not published: say who you are; it is kept on record")
	}
	var d *desk.Draft
	if err == nil {
		d, err = p.Desk.Draft(r.Context(), vedette.ID(r.PathValue("id")))
	}
	if err == nil { // pressed on a page of before, or by a machine
		if wants, err := p.Desk.WantsApproval(r.Context(), d.Update); err != nil || wants {
			if err != nil {
				return err
			}
			return p.asks(w, r, d, seen, v)
		}
	}
	if err == nil && p.publishingAsks(r, d) {
		return p.askPublisher(w, r, d, v, seen)
	}
	var u *vedette.Update
	if err == nil {
		u, err = p.publishAs(r, d, seen)
	}
	if err != nil {
		return p.draftAfter(w, r, v, err)
	}
	http.Redirect(w, r, "/updates/"+string(u.ID), http.StatusSeeOther)
	return nil
}

func (p *portal) publishAs(r *http.Request, d *desk.Draft, seen int) (*vedette.Update, error) {
	o, err := publishOrder(r, seen)
	if err != nil {
		return nil, err
	}
	return p.Desk.PublishDraft(r.Context(), d, o)
}

// publishOrder is how a form wants a draft to be published.
func publishOrder(r *http.Request, seen int) (desk.PublishOrder, error) {
	f := r.PostForm
	o := desk.PublishOrder{By: f.Get("by"), Reason: f.Get("reason"), Break: f.Get("break") != "", Again: f.Get("again") != "", Seen: seen}
	if text := strings.TrimSpace(f.Get("count")); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return o, vedette.Errorf(vedette.CodeInvalid, "not published: type how many people it tells, in digits")
		}
		o.Count = n
	}
	for _, code := range f["accept"] {
		o.Accept = append(o.Accept, vedette.FindingCode(code))
	}
	return o, nil
}
