package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// signalView is a signal as its sender sent it, who of ours is there, and what is done
// about it.
type signalView struct {
	frame
	Line     signalLine
	Event    string
	Source   messages.Said
	Expires  moment
	Text     []string
	Advice   []string
	Language string
	Others   int // parts of it that are not read
	Shapes   int
	Undrawn  int
	Named    string // what its sender calls it
	Digest   string
	Who      *desk.WhoCount // nil where it draws nothing
	Beside   []signalLine   // those that take its place, or whose place it takes
	Waits    bool           // nobody has decided
	Takes    bool           // a draft can be made of it
	Aside    bool
	By       byline
	Why      string
	Problem  problem
}

func (p *portal) showSignal(w http.ResponseWriter, r *http.Request) error {
	return p.signal(w, r, http.StatusOK, "", nil)
}

func (p *portal) signal(w http.ResponseWriter, r *http.Request, status int, why string, wrong problem) error {
	id := vedette.ID(r.PathValue("id"))
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeNotFound, "the address names no signal; open it from the inbox")
	}
	c, err := p.Desk.Signal(r.Context(), id)
	if err != nil {
		return err
	}
	s := &c.Signal
	v := signalView{frame: p.frameOf(r, messages.Of("Signal: %s", safe(firstOf(s.Title(), s.Identifier))), s.Status), Line: p.signalLine(s), By: bylineOf(r), Why: why, Problem: wrong,
		Event: safe(s.Event), Source: messages.Said{English: sourceWords[s.Source]}, Expires: when(s.Expires, p.Now(), ""), Language: safe(s.Language), Others: s.Others, Shapes: len(s.Shapes), Undrawn: s.Undrawn,
		Named: safe(s.Sender + " " + s.Identifier), Digest: s.Digest, Waits: s.State == vedette.SignalOpen, Aside: s.State == vedette.SignalAside,
		Takes: s.Kind != vedette.SignalCancel && s.State != vedette.SignalTaken}
	v.frame.Place = "inbox"
	v.Line.Areas, v.Line.More = nil, 0
	for _, a := range s.Areas {
		v.Line.Areas = append(v.Line.Areas, safe(a))
	}
	v.Text, v.Advice = safeAll(lines(s.Text)), safeAll(lines(s.Advice))
	for i := range c.Others {
		v.Beside = append(v.Beside, p.signalLine(&c.Others[i]))
	}
	if v.Who, err = p.whoIsIn(r, s); err != nil {
		return err
	}
	return p.show(w, status, "signal", v)
}

// actOnSignal makes a draft of a signal, sets it aside, or has it wait again.
func (p *portal) actOnSignal(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	o := desk.SignalOrder{Signal: vedette.ID(r.PathValue("id")), By: by, Why: r.PostForm.Get("why")}
	to := inboxPath
	switch do := r.PostForm.Get("do"); do {
	case "take":
		var d *desk.Draft
		if d, err = p.Desk.TakeSignal(r.Context(), o); err == nil {
			to = draftAddress(d.Update.ID) + "/reading"
		}
	case "aside":
		err = p.Desk.SetSignalAside(r.Context(), o)
	case "reopen":
		err, to = p.Desk.ReopenSignal(r.Context(), o), signalAddress(o.Signal)
	default:
		return vedette.Errorf(vedette.CodeInvalid, "%q is nothing that is done about a signal", do)
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeNotReport:
		return p.signal(w, r, http.StatusBadRequest, typed(o.Why), refusal(err))
	case vedette.CodeConflict:
		return p.signal(w, r, http.StatusConflict, typed(o.Why), refusal(err))
	}
	return err
}

// sendSignal gives a signal's alert as it came.
func (p *portal) sendSignal(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeNotFound, "the address names no signal; open it from the inbox")
	}
	c, err := p.Desk.Signal(r.Context(), id)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream") // it is others', and is never shown as a page
	w.Header().Set("Content-Disposition", `attachment; filename="alert.cap.xml"`)
	_, err = w.Write(c.Body)
	return err
}

func safeAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = safe(s)
	}
	return out
}
