package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
)

// replyView is a page for someone outside: only what is needed to answer.
type replyView struct {
	frame
	Headline  string
	Published moment
	Stopped   bool
	MaxText   int
	Text      string // what they wrote, to add to it

	Recorded string // what was recorded, in words; "" before an answer
	Kind     string
	At       moment
}

// openReply shows the page a reply link leads to. It changes nothing: what
// follows links by itself answers for nobody.
func (p *portal) openReply(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.Desk.OpenReply(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "reply", p.replyView(pg))
}

func (p *portal) replyView(pg *desk.ReplyPage) replyView {
	v := replyView{frame: p.frame("Are you safe?", pg.Status), Headline: safe(pg.Headline),
		Published: when(pg.IssuedAt, p.Now(), ""), Stopped: pg.Stopped, MaxText: vedette.MaxReplyText}
	v.Org, v.Bare = safe(pg.Org), true
	return v
}
