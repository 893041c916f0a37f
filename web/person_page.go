package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// pageGiven is a link to somebody's own page as it is shown to the desk, once.
type pageGiven struct {
	Link  string
	Until messages.Said
}

// givePage makes a link to somebody's own page and shows it once, sends them one, or ends
// those there are.
func (p *portal) givePage(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	id := r.PathValue("id")
	done, err := "", error(nil)
	switch r.PostForm.Get("do") {
	case "show":
		var l *desk.PageLink
		if l, err = p.Desk.MakePage(r.Context(), id); err == nil {
			return p.personPage(w, r, vedette.ID(id), &pageGiven{p.BaseURL + MinePath + l.Token, when(l.Until, p.Now(), "").Day})
		}
	case "mail":
		_, err = p.Desk.MailPage(r.Context(), id)
		done = "page"
	case "end":
		_, err = p.Desk.EndPages(r.Context(), id)
		done = "pages-ended"
	default:
		err = vedette.Errorf(vedette.CodeInvalid, "the form does not say what to do with their page; load the page again and press its button")
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, personAddress(vedette.ID(id))+"?done="+done, http.StatusSeeOther)
	return nil
}
