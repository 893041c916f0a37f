package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
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
}

// caseEntry is a line of the log.
type caseEntry struct {
	At         moment
	Who, Words string
	Text       string
}

// showCase shows a call for help.
func (p *portal) showCase(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.CaseOf(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := caseView{frame: p.frame("Call for help", vedette.StatusActual), Case: p.caseLine(&c.CaseRow), Closed: c.State == vedette.CaseClosed,
		ID: string(c.ID), Where: safe(c.Place), Update: updatePath + string(c.Update)}
	v.Place = "cases"
	for _, a := range c.Who.Record.Addresses {
		if a.Channel != vedette.ChannelPush { // nobody is rung there
			v.Reach = append(v.Reach, safe(a.Value))
		}
	}
	v.Log = p.caseLog(c)
	for i := range c.Sent {
		v.Sent = append(v.Sent, caseEntry{At: when(c.Sent[i].MadeAt, p.Now(), ""), Words: safe(c.Sent[i].Words())})
	}
	return p.show(w, http.StatusOK, "case", v)
}

func (p *portal) caseLog(c *desk.CaseCard) (out []caseEntry) {
	for _, e := range c.Log {
		who := e.By
		if e.Kind.ByPerson() {
			who = c.Name
		}
		out = append(out, caseEntry{when(e.At, p.Now(), ""), safe(who), desk.CaseWords[e.Kind], safe(e.Text)})
	}
	return out
}
