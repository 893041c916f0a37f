package web

import (
	"net/http"
	"strings"

	"vedette"
)

// maxReplyBody bounds what a reply form may send, in bytes.
const maxReplyBody = 16 << 10

// recordedWords say what was recorded, to the person who answered.
var recordedWords = map[vedette.ReplyKind]string{
	vedette.ReplySafe:     "You told us: I am safe.",
	vedette.ReplyHelp:     "You need help.",
	vedette.ReplyNotThere: "You are not there.",
}

// saveReply records an answer, or that the message was read.
func (p *portal) saveReply(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxReplyBody)
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
	v := p.replyView(pg)
	v.Title, v.Recorded, v.Kind, v.Text = "Your answer is recorded", recordedWords[kind], string(kind), text
	v.At = when(p.Now(), p.Now(), "")
	return p.show(w, http.StatusOK, "reply", v)
}

func (p *portal) saveSeen(w http.ResponseWriter, r *http.Request, token, text string) error {
	pg, err := p.Desk.MarkSeen(r.Context(), token)
	if err != nil {
		return err
	}
	v := p.replyView(pg)
	v.Title, v.Recorded, v.Kind, v.Text = "Noted", "You have read it.", "seen", text
	if strings.TrimSpace(text) != "" {
		v.Recorded += " What you wrote is NOT sent: press 1, 2 or 3 to send it."
	}
	v.At = when(p.Now(), p.Now(), "")
	return p.show(w, http.StatusOK, "reply", v)
}
