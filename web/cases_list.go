package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// casesView is the calls for help that are not closed.
type casesView struct {
	frame
	Rows []caseLine
	AsOf moment
}

// caseLine is a case in a list.
type caseLine struct {
	Name, Address string
	State         messages.Said
	Late          bool
	Called, Due   moment
}

// listCases shows the calls for help that are not closed.
func (p *portal) listCases(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Desk.Cases(r.Context(), false)
	if err != nil {
		return err
	}
	v := casesView{frame: p.frame(r, messages.Mark("Calls for help"), vedette.StatusActual), AsOf: when(p.Now(), p.Now(), "")}
	v.Place = "cases"
	for i := range list {
		v.Rows = append(v.Rows, p.caseLine(&list[i]))
	}
	return p.show(w, http.StatusOK, "cases", v)
}

func (p *portal) caseLine(c *desk.CaseRow) caseLine {
	return caseLine{Name: safe(c.Name), Address: "/cases/" + string(c.ID), State: worded(c.Says()), Late: c.Late,
		Called: when(c.CalledAt, p.Now(), ""), Due: when(c.DueAt, p.Now(), "")}
}
