package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web/messages"
	"vedette/wording"
)

const decisionPath = "/log"

// mostSteps is how much of a situation's log stands on a board.
const mostSteps = 100

// stepView is something that was decided.
type stepView struct {
	At        moment
	What, By  messages.Said // who it is by may be nobody
	Why       string
	Line      int // of what somebody wrote down
	Corrects  int
	Corrected messages.Said // the lines that correct it, in words
	Altered   bool
	Situation string // where several stand together
	Board     string
	Mend      string // where a line that corrects it is written, "" where none is
}

// logView is what was decided, the newest first.
type logView struct {
	Steps []stepView
	More  int
	Of    string // the update by whose id the command line lists all
}

// sayView is the line in which somebody writes down what was decided.
type sayView struct {
	Choices  []option // the situations, where there are several
	Update   string   // else the one
	ID       string   // of what is written by it
	Corrects int
	Line     string
	By       byline
	Back     string
	Most     int
	Script   string
	Problem  problem
}

func (p *portal) stepView(s *desk.Step, update vedette.ID, zone string, now time.Time, mend bool) stepView {
	v := stepView{At: when(s.At, now, zone), What: stepSaid(s.Says, s.What), By: stepSaid(s.SaysBy, s.By), Why: safe(s.Why), Line: s.Line, Corrects: s.Corrects, Altered: s.Altered, Board: updatePath + string(update) + "/board"}
	for i, no := range s.Corrected {
		line := messages.Of("line %d", no)
		if i > 0 {
			line = messages.Of("%s, %s", v.Corrected, line)
		}
		v.Corrected = line
	}
	if s.Line > 0 && mend {
		v.Mend = v.Board + "?corrects=" + strconv.Itoa(s.Line) + "#say"
	}
	return v
}

// stepSaid says what is on record, and what somebody wrote as they did.
func stepSaid(says wording.Said, written string) messages.Said {
	switch {
	case !says.Nothing():
		return worded(says)
	case written == "":
		return messages.Said{}
	}
	return asItIs(safe(written))
}

// decided is the log of an update's situation.
func (p *portal) decided(r *http.Request, u *vedette.Update) (v logView, err error) {
	l, err := p.Desk.LogOf(r.Context(), u.ID, time.Time{}, mostSteps)
	if err != nil {
		return v, err
	}
	v.More, v.Of = l.More, string(u.ID)
	for i := range l.Steps {
		v.Steps = append(v.Steps, p.stepView(&l.Steps[i], u.ID, p.zone(&u.Content), p.Now(), p.may(r, rights.KeepLog) == nil))
	}
	return v, nil
}

// saying is the line of a page, nil for whoever may write none.
func (p *portal) saying(w http.ResponseWriter, r *http.Request, back string) *sayView {
	if p.may(r, rights.KeepLog) != nil {
		return nil
	}
	w.Header().Set("Content-Security-Policy", httpd.ScriptPolicy)
	return &sayView{ID: string(vedette.NewID(p.Now())), By: bylineOf(r), Back: back, Most: 2 * vedette.MaxDecision, Script: p.static.url("say.js")}
}

// decide writes down what was decided.
func (p *portal) decide(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	if err != nil {
		return err
	}
	f := r.PostForm
	o := desk.DecisionOrder{ID: vedette.ID(f.Get("id")), Update: vedette.ID(f.Get("update")), By: by}
	o.What, o.Why = vedette.DecisionOf(f.Get("line"))
	if c := f.Get("corrects"); c != "" {
		if o.Corrects, err = strconv.Atoi(c); err != nil {
			err = vedette.Errorf(vedette.CodeInvalid, "nothing was written down: the line to correct is named by its number")
		}
	}
	if err == nil {
		_, err = p.Desk.Decide(r.Context(), o)
	}
	back := local(f.Get("back"))
	switch {
	case err == nil:
		http.Redirect(w, r, back+"#say", http.StatusSeeOther)
		return nil
	case mends(err):
		return p.sayAgain(w, r, back, o, err)
	}
	return err
}

// sayAgain shows a line that was not taken once more, with what is wrong with it.
func (p *portal) sayAgain(w http.ResponseWriter, r *http.Request, back string, o desk.DecisionOrder, err error) error {
	v := struct {
		frame
		Say *sayView
	}{p.frame(r, messages.Mark("Nothing was written down"), vedette.StatusActual), p.saying(w, r, back)}
	v.Say.Update, v.Say.Corrects, v.Say.Line, v.Say.Problem = string(o.Update), o.Corrects, visibleLine(r.PostForm.Get("line")), refusal(err)
	return p.show(w, http.StatusConflict, "saidnot", v)
}

// visibleLine is what somebody typed, as far as it is read.
func visibleLine(s string) string {
	if r := []rune(s); len(r) > 4*vedette.MaxDecision {
		s = string(r[:4*vedette.MaxDecision])
	}
	return safe(s)
}

// correcting reads which line of a log the page is to write a correction of.
func correcting(q url.Values) int {
	n, err := strconv.Atoi(q.Get("corrects"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
