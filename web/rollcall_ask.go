package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
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
	v.Heading, v.About, v.Address, v.Back = messages.Mark("Ask once more"), safe(c.Title), rollcallAddress(c.ID)+"/ask", rollcallAddress(c.ID)
	switch {
	case own:
		v.Does = []string{say(r, questionTo(n))}
	case n > 0:
		v.Does = []string{say(r, updateTo(n))}
	default:
		v.Warns = []string{messages.Mark("Its update stands no more, so nobody is written to: the call sheet is the way.")}
	}
	v.Does = append(v.Does, messages.Mark("Whoever answered before counts as stale until they answer anew. A call for help stays."))
	last := c.Round()
	v.Does = append(v.Does, say(r, messages.Of("The round before, %d, was begun by %s %s.", last.No, safe(last.By), when(last.At, p.Now(), "").said())))
	v.Fields = []field{seen(last.No)}
	v.Button = say(r, messages.Of("Ask %s##people", peopleSaid(n)))
	if n == 0 {
		v.Button = messages.Mark("Begin the round")
	}
	v.Place = "rollcalls"
	return p.confirm(w, r, status, messages.Mark("Ask once more"), c.Status, v)
}

// questionTo says who is asked by a roll-call's own question, and updateTo who by its update.
func questionTo(n int) messages.Said {
	if n == 1 {
		return messages.Of("%d person in it is sent the question whether they are safe.", n)
	}
	return messages.Of("%d people in it are sent the question whether they are safe.", n)
}

func updateTo(n int) messages.Said {
	if n == 1 {
		return messages.Of("%d person concerned by its update is told it again, and asked to answer.", n)
	}
	return messages.Of("%d people concerned by its update are told it again, and asked to answer.", n)
}
