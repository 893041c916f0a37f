package web

import (
	"net/http"
	"strings"

	"vedette"
)

// saveReply records an answer, or that the message was read.
func (p *portal) saveReply(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the answer could not be read; press the button again")
	}
	token, answer := r.PathValue("token"), r.PostForm.Get("answer")
	text := strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n")
	if answer == "read" {
		return p.saveSeen(w, r, token, text)
	}
	kind, err := vedette.ParseReplyKind(answer)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "press one of the three buttons: 1 I am safe, 2 I need help, 3 I am not there")
	}
	pg, err := p.Desk.Answer(r.Context(), token, kind, text)
	if err != nil {
		return err
	}
	v := p.recorded(p.replyView(r, pg), string(kind), text)
	v.call(pg, kind == vedette.ReplyHelp)
	return p.showReply(w, r, pg, v)
}

func (p *portal) saveSeen(w http.ResponseWriter, r *http.Request, token, text string) error {
	pg, err := p.Desk.MarkSeen(r.Context(), token)
	if err != nil {
		return err
	}
	v := p.recorded(p.replyView(r, pg), "seen", text)
	if strings.TrimSpace(text) != "" {
		v.Recorded += " " + v.Says.Say("page.unsent")
	}
	return p.showReply(w, r, pg, v)
}
