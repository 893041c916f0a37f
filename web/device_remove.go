package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/deliver/words"
	"vedette/desk"
)

// removeDevice has a device show nothing more, and shows the reply page again.
func (p *portal) removeDevice(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the form could not be read; press the button again")
	}
	slot, err := strconv.Atoi(r.PostForm.Get("slot"))
	if err != nil {
		return vedette.Errorf(vedette.CodeInvalid, "the form does not say which device; open the link again and press its button")
	}
	pg, err := p.Desk.RemoveDevice(r.Context(), r.PathValue("token"), slot)
	if err != nil {
		return err
	}
	v := p.replyView(r, pg)
	v.removed = true
	v.call(pg, false)
	return p.showReply(w, r, pg, v)
}

// deviceView is the page of a letter that says a device was added: for whoever
// did not add it.
type deviceView struct {
	frame
	Since string
	There bool
}

// openDevice shows what such a letter's link leads to. It changes nothing: what
// follows links by itself removes nothing.
func (p *portal) openDevice(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenDevice(r.Context(), r.PathValue("token"))
	return p.device(w, r, pg, err)
}

// disownDevice removes it.
func (p *portal) disownDevice(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.DisownDevice(r.Context(), r.PathValue("token"))
	return p.device(w, r, pg, err)
}

func (p *portal) device(w http.ResponseWriter, r *http.Request, pg *desk.DevicePage, err error) error {
	if err != nil {
		return err
	}
	says := words.In(pg.Language)
	v := deviceView{frame: p.frame(r, says.Say("push.added.subject"), vedette.StatusActual), There: pg.There,
		Since: says.Say("push.added", says.Isolate(pg.Since.UTC().Format(says.Say("time"))))}
	v.Org, v.Bare, v.Says = safe(pg.Org), true, says
	return p.show(w, http.StatusOK, "device", v)
}
