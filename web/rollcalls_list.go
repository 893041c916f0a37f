package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/web/messages"
)

// rollcallsView is the list of roll-calls, and the form that opens one.
type rollcallsView struct {
	frame
	Rows    []rollcallLine
	All     bool // those closed too
	Update  *updateLine
	About   string // the update's id
	Typed   typedRollcall
	By      byline
	Problem problem
}

// rollcallLine is a roll-call in a list.
type rollcallLine struct {
	Address, Mark, Title string
	Opened               moment
	By                   string
	Members              int
	Closed               bool
}

// typedRollcall is what was typed and not taken.
type typedRollcall struct {
	Area, Circle, People, Title, Status string
	Ask                                 bool
}

// listRollcalls lists the roll-calls, and takes what opens one: about an
// update, where the address names it.
func (p *portal) listRollcalls(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return p.rollcallsPage(w, r, http.StatusOK, rollcallsView{All: q.Get("all") == "1", By: bylineOf(r), About: q.Get("update"), Typed: typedRollcall{Area: typed(q.Get("area"))}})
}

func (p *portal) rollcallsPage(w http.ResponseWriter, r *http.Request, status int, v rollcallsView) error {
	v.frame = p.frame(r, messages.Mark("Roll-calls"), vedette.StatusActual)
	v.Place = "rollcalls"
	list, err := p.Desk.Rollcalls(r.Context(), v.All)
	if err != nil {
		return err
	}
	for i := range list {
		v.Rows = append(v.Rows, p.rollcallLine(&list[i]))
	}
	if v.About != "" {
		u, err := p.Desk.Update(r.Context(), vedette.ID(v.About))
		if err != nil {
			return err
		}
		t, err := p.Desk.Tally(r.Context(), u)
		if err != nil {
			return err
		}
		l := p.updateLine(u, t)
		v.Update = &l
	}
	return p.show(w, status, "rollcalls", v)
}

func (p *portal) rollcallLine(c *vedette.Rollcall) rollcallLine {
	return rollcallLine{Address: rollcallAddress(c.ID), Mark: c.Status.Mark(), Title: safe(c.Title), Opened: when(c.OpenedAt, p.Now(), ""),
		By: safe(c.OpenedBy), Members: c.Members, Closed: c.State == vedette.RollcallClosed}
}

func rollcallAddress(id vedette.ID) string { return "/rollcalls/" + string(id) }

// rollcallsOf are the open roll-calls about an update.
func (p *portal) rollcallsOf(r *http.Request, u *vedette.Update) (out []rollcallLine, err error) {
	list, err := p.Desk.Rollcalls(r.Context(), false)
	for i := range list {
		if list[i].Update == u.ID {
			out = append(out, p.rollcallLine(&list[i]))
		}
	}
	return out, err
}

// lines are what was typed in lines, each without the blanks around it.
func lines(text string) (out []string) {
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
