package web

import (
	"net/http"
	"strconv"

	"vedette"
	"vedette/desk"
)

// showAsk says whom the next round of a roll-call asks.
func (p *portal) showAsk(w http.ResponseWriter, r *http.Request) error {
	return p.askPage(w, r, http.StatusOK, confirmView{By: bylineOf(r)})
}

// askRound asks of a roll-call once more.
func (p *portal) askRound(w http.ResponseWriter, r *http.Request) error {
	by, err := readForm(w, r)
	o := desk.AskOrder{Rollcall: vedette.ID(r.PathValue("id")), By: by}
	if err == nil {
		o.Seen, err = readSeen(r)
	}
	if err == nil {
		o.Count, err = readCount(r)
	}
	if err == nil {
		if _, err = p.Desk.AskRound(r.Context(), o); err == nil {
			http.Redirect(w, r, rollcallAddress(o.Rollcall)+"?done=asked", http.StatusSeeOther)
			return nil
		}
	}
	if mends(err) {
		return p.askPage(w, r, http.StatusConflict, confirmView{By: bylineOf(r), Problem: refusal(err)})
	}
	return err
}

func (p *portal) askPage(w http.ResponseWriter, r *http.Request, status int, v confirmView) error {
	c, err := p.Desk.Rollcall(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	n, err := p.Desk.PreviewAsk(r.Context(), c.ID)
	if err != nil {
		return err
	}
	own := c.Update == "" // it asks by a question of its own
	if !own {
		u, err := p.Desk.Update(r.Context(), c.Update)
		if err != nil {
			return err
		}
		own = u.Asks != ""
	}
	if v.Count, err = p.toType(r.Context(), n); err != nil {
		return err
	}
	v.Heading, v.About, v.Address, v.Back = "Ask once more", safe(c.Title), rollcallAddress(c.ID)+"/ask", rollcallAddress(c.ID)
	switch {
	case own:
		v.Does = []string{peopleN(n) + " in it " + isAre(n) + " sent the question whether they are safe."}
	case n > 0:
		v.Does = []string{peopleN(n) + " concerned by its update " + isAre(n) + " told it again, and asked to answer."}
	default:
		v.Warns = []string{"Its update stands no more, so nobody is written to: the call sheet is the way."}
	}
	v.Does = append(v.Does, "Whoever answered before counts as stale until they answer anew. A call for help stays.")
	last := c.Round()
	v.Does = append(v.Does, "The round before, "+strconv.Itoa(last.No)+", was begun by "+safe(last.By)+" "+when(last.At, p.Now(), "").words()+".")
	v.Fields = []field{seen(last.No)}
	v.Button = "Ask " + peopleN(n)
	if n == 0 {
		v.Button = "Begin the round"
	}
	v.Place = "rollcalls"
	return p.confirm(w, r, status, "Ask once more", c.Status, v)
}
