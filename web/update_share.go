package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
)

// handoutLine is a link that was given of an update.
type handoutLine struct {
	ID, For, By, Ender string
	At, Until, Ended   moment
	Link               string // "" where it opens nothing any more
}

// handouts puts the links of an update on its page, for those who may give some.
func (p *portal) handouts(r *http.Request, u *vedette.Update, v *updateView) error {
	if v.Shares = p.may(r, rights.Draft) == nil; !v.Shares {
		return nil
	}
	rows, err := p.Desk.Handouts(r.Context(), u.ID)
	if err != nil {
		return err
	}
	now := p.Now()
	for _, h := range rows {
		line := handoutLine{ID: string(h.ID), For: safe(h.For), By: safe(h.By), Ender: safe(h.Ender), At: when(h.At, now, ""), Until: when(h.Until, now, ""), Ended: when(h.Ended, now, "")}
		if h.Token != "" {
			line.Link = p.BaseURL + replyPath + "update/" + h.Token
		}
		v.Handouts = append(v.Handouts, line)
	}
	return nil
}

// shareUpdate gives a link of an update, or ends one.
func (p *portal) shareUpdate(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	u, err := p.Desk.Update(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := r.PostForm
	if end := f.Get("end"); end != "" {
		_, err = p.Desk.EndHandout(r.Context(), u.ID, vedette.ID(end), by)
	} else {
		hours, unread := strconv.Atoi(f.Get("hours"))
		if unread != nil {
			return vedette.Errorf(vedette.CodeInvalid, "say for how many hours the link opens, as a number")
		}
		_, err = p.Desk.GiveHandout(r.Context(), desk.HandoutOrder{Update: u.ID, For: f.Get("for"), Hours: hours, By: by})
	}
	if code := vedette.ErrorCode(err); code == vedette.CodeInvalid || code == vedette.CodeConflict {
		v := p.updateView(r, u)
		v.Acts.By, v.ShareFor, v.ShareProblem = bylineOf(r), typed(f.Get("for")), refusal(err)
		return p.updatePage(w, r, http.StatusBadRequest, u, v)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, updatePath+string(u.ID)+"#share", http.StatusSeeOther)
	return nil
}
