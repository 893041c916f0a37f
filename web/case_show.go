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
		v.Reach = append(v.Reach, safe(a.Value))
	}
	for _, e := range c.Log {
		who := e.By
		if e.Kind.ByPerson() {
			who = c.Name
		}
		v.Log = append(v.Log, caseEntry{when(e.At, p.Now(), ""), safe(who), desk.CaseWords[e.Kind], safe(e.Text)})
	}
	return p.show(w, http.StatusOK, "case", v)
}
