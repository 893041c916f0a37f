package web

import (
	"html/template"
	"io"
	"mime"
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

const inboxPath = "/inbox"

// inboxView is what came in: what waits for somebody to look, and what became of the rest.
type inboxView struct {
	frame
	Waiting template.HTML // signals that wait, drawn once for all who see the same
	Loose   []cameLine    // reports that are in no draft
	Late    template.HTML // what somebody decided about, and reports that are in a draft
	By      byline
	Text    string // of an alert that could not be read
	Problem problem
}

// signalLine is a signal in a list.
type signalLine struct {
	Address  string
	Mark     string // of what is no real thing
	Risk     badge
	Urgency  messages.Said
	Kind     messages.Said
	Title    string
	From     string
	Areas    []string
	More     int // areas that are not named
	Sent     moment
	Received moment
	Over     bool
	Closed   bool
	State    messages.Said // what became of it, nothing while it waits
	Draft    string        // address of what was made of it
}

// cameLine is a report in a list.
type cameLine struct {
	Address  string
	ID       string
	Headline string
	Origin   string
	Risk     badge
	Received moment
	Doubts   int
	Of       string // address of the draft or update it is in
	OfWords  messages.Said
}

var signalKinds = map[vedette.SignalKind]string{
	vedette.SignalAlert: messages.Mark("alert"), vedette.SignalUpdate: messages.Mark("takes the place of one before"), vedette.SignalCancel: messages.Mark("takes back one before"),
}

func (p *portal) showInbox(w http.ResponseWriter, r *http.Request) error {
	return p.inbox(w, r, http.StatusOK, inboxView{By: bylineOf(r)})
}

func (p *portal) inbox(w http.ResponseWriter, r *http.Request, status int, v inboxView) error {
	v.frame = p.frame(r, "Inbox", vedette.StatusActual)
	v.frame.Place = "inbox"
	in, err := p.Desk.Inbox(r.Context())
	if err != nil {
		return err
	}
	if len(in.Waiting) > 0 {
		if v.Waiting, _, err = p.loaded(r, "inbox waiting", p.drawInbox("inboxwaiting")); err != nil {
			return err
		}
	}
	for i := range in.Loose {
		v.Loose = append(v.Loose, p.cameLine(&in.Loose[i]))
	}
	if v.Late, _, err = p.loaded(r, "inbox late", p.drawInbox("inboxlate")); err != nil {
		return err
	}
	return p.show(w, status, "inbox", v)
}

// inboxPart is what of the inbox everybody sees alike.
type inboxPart struct {
	Waiting []signalLine
	Signals []signalLine
	Reports []cameLine
}

// drawInbox draws a part of the inbox.
func (p *portal) drawInbox(name string) func(*http.Request) func() ([]byte, error) {
	return func(r *http.Request) func() ([]byte, error) {
		return func() ([]byte, error) {
			in, err := p.Desk.Inbox(r.Context())
			if err != nil {
				return nil, err
			}
			v := inboxPart{}
			for i := range in.Waiting {
				v.Waiting = append(v.Waiting, p.signalLine(&in.Waiting[i]))
			}
			for i := range in.Signals {
				v.Signals = append(v.Signals, p.signalLine(&in.Signals[i]))
			}
			for i := range in.Reports {
				v.Reports = append(v.Reports, p.cameLine(&in.Reports[i]))
			}
			return p.part(languageOf(r), name, v)
		}
	}
}

// areasInLine is how many areas of a signal a list names.
const areasInLine = 4

func (p *portal) signalLine(s *vedette.Signal) signalLine {
	l := signalLine{Address: signalAddress(s.ID), Mark: s.Status.Mark(), Risk: riskBadge(s.Risk), Urgency: urgencySaid(s.Urgency), Kind: messages.Said{English: signalKinds[s.Kind]},
		Title: safe(firstOf(s.Title(), s.Identifier)), From: safe(firstOf(s.From, s.Sender)), Sent: when(s.Sent, p.Now(), ""), Received: when(s.ReceivedAt, p.Now(), ""), Over: s.Over(p.Now()), Closed: s.Closed}
	for _, a := range s.Areas[:min(len(s.Areas), areasInLine)] {
		l.Areas = append(l.Areas, safe(a))
	}
	l.More = len(s.Areas) - len(l.Areas)
	at := p.saidWhen(s)
	switch s.State {
	case vedette.SignalTaken:
		l.State, l.Draft = messages.Of("%s made a draft of it, %s", safe(s.By), at), draftAddress(s.Draft)
	case vedette.SignalAside:
		l.State = messages.Of("%s set it aside, %s: %s", safe(s.By), at, safe(s.Why))
	case vedette.SignalOvertaken:
		l.State = messages.Of("its sender sent another in its place, %s", at)
	}
	return l
}

// saidWhen is when somebody decided about a signal.
func (p *portal) saidWhen(s *vedette.Signal) messages.Said {
	m := when(s.At, p.Now(), "")
	return messages.Of("%s %s", m.Day, m.Clock)
}

func (p *portal) cameLine(c *vedette.CameIn) cameLine {
	l := cameLine{Address: "/reports/" + string(c.ID), ID: string(c.ID), Headline: safe(firstOf(c.Headline, c.Title)), Origin: safe(c.Origin), Risk: riskBadge(c.Risk), Received: when(c.ReceivedAt, p.Now(), ""), Doubts: c.Doubts}
	switch u := c.Update; {
	case u != nil && u.State == vedette.UpdateDraft:
		l.Of, l.OfWords = draftAddress(u.ID), messages.Of("in a draft")
	case u != nil && u.Number > 0:
		l.Of, l.OfWords = updatePath+string(u.ID), messages.Of("in update %d of %s", u.Number, safe(firstOf(u.Situation.Title, c.Headline, c.Title)))
	case u != nil:
		l.Of, l.OfWords = updatePath+string(u.ID), messages.Of("in an update")
	}
	return l
}

// addToInbox keeps an alert that is sent by a machine, pasted, or comes as a file.
func (p *portal) addToInbox(w http.ResponseWriter, r *http.Request) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); strings.HasSuffix(kind, "xml") {
		return p.receive(w, r)
	}
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "again" {
		return p.draftAgain(w, r, by)
	}
	v := inboxView{By: bylineOf(r), Text: pasted(r)}
	alert, err := alertIn(r)
	var s vedette.Signal
	if err == nil {
		s, _, err = p.Desk.Receive(r.Context(), alert)
	}
	switch vedette.ErrorCode(err) {
	case "":
		http.Redirect(w, r, signalAddress(s.ID), http.StatusSeeOther)
		return nil
	case vedette.CodeInvalid, vedette.CodeConflict:
		v.Problem = refusal(err)
		return p.inbox(w, r, http.StatusBadRequest, v)
	}
	return err
}

// receive keeps an alert that a machine sends: it is the body. One that came before is no
// fault.
func (p *portal) receive(w http.ResponseWriter, r *http.Request) error {
	alert, err := io.ReadAll(r.Body)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "the alert could not be read; send it again, of at most %d kB", vedette.MaxSignal>>10)
	}
	s, fresh, err := p.Desk.Receive(r.Context(), alert)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if fresh {
		status = http.StatusCreated
	}
	w.Header().Set("Location", signalAddress(s.ID))
	w.WriteHeader(status)
	return nil
}

// alertIn gives the alert that was sent with a form.
func alertIn(r *http.Request) ([]byte, error) {
	typed := pasted(r)
	name, file, err := fileIn(r, "file", vedette.MaxSignal)
	switch {
	case err != nil:
		return nil, err
	case name == "" && strings.TrimSpace(typed) == "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "paste the alert, or choose its file")
	case name == "":
		return []byte(strings.TrimSpace(typed)), nil
	case strings.TrimSpace(typed) != "":
		return nil, vedette.Errorf(vedette.CodeInvalid, "an alert was pasted and a file was chosen; send one of them")
	}
	return file, nil
}

// draftAgain makes a draft of a report that is in none.
func (p *portal) draftAgain(w http.ResponseWriter, r *http.Request, by string) error {
	status, err := vedette.ParseStatus(r.PostForm.Get("status"))
	if err != nil {
		return err
	}
	d, err := p.Desk.DraftAgain(r.Context(), vedette.ID(r.PostForm.Get("report")), status, by)
	if code := vedette.ErrorCode(err); code == vedette.CodeInvalid || code == vedette.CodeConflict {
		return p.inbox(w, r, http.StatusBadRequest, inboxView{By: bylineOf(r), Problem: refusal(err)})
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, draftAddress(d.Update.ID)+"/reading", http.StatusSeeOther)
	return nil
}

func signalAddress(id vedette.ID) string { return inboxPath + "/" + string(id) }

// whoIsIn counts who of ours is where a signal draws, nil where it draws nothing.
func (p *portal) whoIsIn(r *http.Request, s *vedette.Signal) (*desk.WhoCount, error) {
	if len(s.Shapes) == 0 {
		return nil, nil
	}
	who, err := p.Desk.Who(r.Context(), desk.WhoQuestion{Shapes: s.Shapes[:min(len(s.Shapes), desk.MostPlaces)]})
	if err != nil {
		return nil, err
	}
	return &who.WhoCount, nil
}
