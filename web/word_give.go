package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
)

// wordView is the page behind the link that an approver was sent: for one hand, on a
// phone, at night.
type wordView struct {
	frame
	Over             problem // it waits no more, and what became of it
	Done             string
	Name             string
	Headline, Call   string
	Areas            messages.Said
	Urgency          string
	Risk             badge
	Groups           []adviceGroup
	AskedBy, Reason  string
	At, Ends         moment
	Glass, PIN       bool
	Count, In, MayBe int
	Clear            *confirmView // what it does, where it is an all-clear; nil else
	SignIn           string       // where it is decided by whoever signs in
	Typed            string
	Problem          problem
}

// openWord shows what an approver is asked. It changes nothing: what follows links by
// itself approves nothing.
func (p *portal) openWord(w http.ResponseWriter, r *http.Request) error {
	return p.wordPage(w, r, http.StatusOK, wordView{})
}

func (p *portal) wordPage(w http.ResponseWriter, r *http.Request, status int, v wordView) error {
	pg, err := p.Desk.OpenWord(r.Context(), r.PathValue("token"))
	if code := vedette.ErrorCode(err); code == vedette.CodeConflict {
		return p.wordOver(w, r, http.StatusConflict, told(err))
	}
	if err != nil {
		return err
	}
	u := pg.Update
	c := &u.Content
	if v.Headline = safe(firstOf(c.Headline, c.Title)); pg.Clear != nil {
		v.Headline, v.Clear = safe(c.Title), &confirmView{}
		p.clearing(tongue(r), v.Clear, pg.Clear)
	}
	v.frame = p.frameOf(r, messages.Of("Your word: %s", v.Headline), u.Status)
	v.Bare = true
	v.Name, v.Call, v.Areas, v.Urgency, v.Risk, v.Groups = safe(pg.Name), safe(c.CallToAction), p.affected(c), urgencyWords[c.Urgency], riskBadge(c.Risk), p.adviceGroups(c)
	v.AskedBy, v.Reason, v.At, v.Ends, v.Glass, v.PIN = safe(pg.AskedBy), safe(pg.Reason), when(pg.AskedAt, p.Now(), ""), when(pg.EndsAt, p.Now(), ""), pg.Glass, pg.PIN
	v.Count, v.In, v.MayBe, v.SignIn = pg.Count, pg.In, pg.MayBe, approvalsPath+"/"+string(pg.ID)
	return p.show(w, status, "word", v)
}

// wordOver says what became of what an approver was asked.
func (p *portal) wordOver(w http.ResponseWriter, r *http.Request, status int, says problem) error {
	v := wordView{frame: p.frame(r, "Your word", vedette.StatusActual), Over: says}
	v.Bare = true
	return p.show(w, status, "word", v)
}

// giveWord does what an approver pressed behind their link.
func (p *portal) giveWord(w http.ResponseWriter, r *http.Request) error {
	if err := parseForm(r); err != nil {
		return err
	}
	f := r.PostForm
	words := typed(f.Get("words"))
	do := f.Get("do")
	u, err := p.Desk.GiveWord(r.Context(), r.PathValue("token"), desk.WordAnswer{Do: do, PIN: f.Get("pin"), Words: words})
	switch vedette.ErrorCode(err) {
	case "":
		says := map[string]string{"refuse": messages.Mark("Refused. Whoever asked sees why; nobody was told."), "fine": messages.Mark("Noted: it is fine. It stands."), "stop": messages.Mark("Stopped: what was not sent yet is not sent. Whoever got it keeps it, until somebody says that it was sent in error.")}[do]
		if u != nil {
			says = messages.Mark("Approved. It is published, and people are being told now.")
		}
		v := wordView{frame: p.frame(r, "Your word", vedette.StatusActual), Done: says}
		v.Bare = true
		return p.show(w, http.StatusOK, "word", v)
	case vedette.CodeConflict, vedette.CodeInvalid, vedette.CodeBlocked, vedette.CodeForbidden, vedette.CodeTooMany:
		return p.wordPage(w, r, httpd.Status(err), wordView{Problem: told(err), Typed: words})
	}
	return err
}
