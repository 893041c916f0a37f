package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/deliver/words"
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

	Sent       string // in words of a language other than English
	Recorded   string // what was recorded, in words; "" before an answer
	Kind       string
	RecordedAt string
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
	w := words.In(pg.Language)
	v := replyView{frame: p.frame(w.Say("answer"), pg.Status), Headline: safe(pg.Headline),
		Sent:      w.Say("page.sent", w.Isolate(pg.IssuedAt.UTC().Format(w.Say("time")))),
		Published: when(pg.IssuedAt, p.Now(), ""), Stopped: pg.Stopped, MaxText: vedette.MaxReplyText}
	v.Org, v.Bare, v.Says = safe(pg.Org), true, w
	return v
}

// recorded makes the page say what was recorded.
func (p *portal) recorded(v replyView, kind, text string) replyView {
	now, title := when(p.Now(), p.Now(), ""), "page.title.recorded"
	if kind == "seen" {
		title = "page.title.seen"
	}
	v.Title, v.Recorded, v.Kind, v.Text = v.Says.Say(title), v.Says.Say("page."+kind), kind, text
	v.RecordedAt = v.Says.Say("page.recorded", v.Says.Isolate(now.Clock))
	return v
}

// Word is an answer without its digit, which stands beside it.
func (v replyView) Word(key string) string { return strings.TrimLeft(v.Says.Say(key), "123 ") }
