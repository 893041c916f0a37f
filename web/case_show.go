package web

import (
	"net/http"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// caseView is one call for help with its log.
type caseView struct {
	frame
	Case   caseLine
	Closed bool
	ID     string
	Where  string // last known place
	Update string // address of the update the call answered
	Reach  []string
	Log    []caseEntry
	Sent   []caseEntry // letters about it

	Ask     messages.Said // of a restricted person: whom to ask who they are
	Shut    messages.Said // that they are compromised; nothing where they are not
	Duress  bool
	Talk    []caseTalk // what was written to them, and what they answered
	MaxText int
	By      byline
	May     bool    // they may take cases, note what is known, in a closed one too, and close them
	Taken   bool    // somebody has it: it is not taken once more, and may be closed
	Words   string  // what was typed and not sent
	Note    string  // what was typed and not noted
	At      string  // the same of where they are
	To      string  // the same of whom it is handed to
	Handed  string  // and of what they are to know
	Closing string  // and why it is to be closed
	Problem problem // why the last press did nothing
}

// caseTalk is one side's word of the conversation.
type caseTalk struct {
	At    moment
	Mine  bool // the desk's
	Who   string
	Words messages.Said // what it is: an answer, by what way, how far it is believed
	Text  string
	Sent  []messages.Said // how far each letter of it got
}

// caseEntry is a line of the log.
type caseEntry struct {
	At    moment
	Who   string
	Words messages.Said
	Text  string
}

// showCase shows a call for help.
func (p *portal) showCase(w http.ResponseWriter, r *http.Request) error {
	return p.casePage(w, r, http.StatusOK, caseView{By: bylineOf(r)})
}

// casePage shows a case, with what was typed and why it was refused.
func (p *portal) casePage(w http.ResponseWriter, r *http.Request, status int, v caseView) error {
	c, err := p.Desk.CaseOf(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v.frame, v.Case, v.Closed = p.frame(r, messages.Mark("Call for help"), vedette.StatusActual), p.caseLine(&c.CaseRow), c.State == vedette.CaseClosed
	v.ID, v.Where, v.Update = string(c.ID), safe(c.Place), updatePath+string(c.Update)
	v.Shut, v.Duress, v.Talk, v.MaxText = worded(c.Shut), c.Duress, p.caseTalk(c), vedette.MaxCaseWords
	v.Place, v.Ask = "cases", worded(c.Ask)
	v.May, v.Taken = p.may(r, rights.TakeCases) == nil, c.State == vedette.CaseTaken
	for _, a := range c.Who.Record.Addresses {
		if a.Channel != vedette.ChannelPush { // nobody is rung there
			v.Reach = append(v.Reach, safe(a.Value))
		}
	}
	v.Log = p.caseLog(c)
	for i := range c.Sent {
		if c.Sent[i].Kind == vedette.LetterWritten {
			continue // beside what it says
		}
		v.Sent = append(v.Sent, caseEntry{At: when(c.Sent[i].MadeAt, p.Now(), ""), Words: readReasons(worded(c.Sent[i].Says()))})
	}
	return p.show(w, status, "case", v)
}

func (p *portal) caseLog(c *desk.CaseCard) (out []caseEntry) {
	for _, e := range c.Log {
		who := e.By
		if e.Kind.ByPerson() {
			who = c.Name
		}
		out = append(out, caseEntry{when(e.At, p.Now(), ""), safe(who), worded(desk.EntrySays(&e)), safe(e.Text)})
	}
	return out
}

// caseTalk is the conversation with the person, in order.
func (p *portal) caseTalk(c *desk.CaseCard) (out []caseTalk) {
	for _, e := range c.Log {
		t := caseTalk{At: when(e.At, p.Now(), ""), Mine: e.Kind == vedette.CaseWrite, Who: safe(e.By), Words: worded(desk.EntrySays(&e)), Text: safe(e.Text)}
		switch {
		case e.Kind.ByPerson():
			t.Who = safe(c.Name)
		case !t.Mine:
			continue
		}
		for _, l := range c.SentOf(&e) {
			t.Sent = append(t.Sent, readReasons(worded(l.Stands())))
		}
		out = append(out, t)
	}
	return out
}
