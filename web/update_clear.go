package web

import (
	"net/http"
	"strconv"
	"strings"

	"vedette"
	"vedette/desk"
)

// alsoPrefix begins the tick that an all-clear is of a further situation too.
const alsoPrefix = "also-"

// giveAllClear gives the all-clear for an area, of an update's situation and of
// those that were ticked.
func (p *portal) giveAllClear(r *http.Request, u *vedette.Update, who order) (*pressed, error) {
	f := r.PostForm
	area, err := p.Gaz.Find(strings.TrimSpace(f.Get("area")))
	if err != nil {
		return nil, err
	}
	o := desk.AllClearOrder{Area: area.ID, Basis: f.Get("basis"), By: who.by, Status: u.Status, Of: []vedette.ID{u.ID}, Count: who.count,
		Accept: f.Get("accept") != "", Reason: f.Get("despite"), Seen: []vedette.ID{}}
	for _, id := range f["against"] {
		o.Seen = append(o.Seen, vedette.ID(id))
	}
	a := &pressed{confirmView: confirmView{Button: "Give the all-clear"}}
	for _, id := range f["of"] { // ticked before
		o.Of = append(o.Of, vedette.ID(id))
	}
	for name := range f {
		if id, ok := strings.CutPrefix(name, alsoPrefix); ok {
			o.Of, a.Fields = append(o.Of, vedette.ID(id)), append(a.Fields, field{"of", id})
		}
	}
	look := o // what something stands against is shown, not refused
	look.Accept = false
	e, err := p.Desk.PreviewAllClear(r.Context(), look)
	if err != nil {
		return nil, err
	}
	p.clearing(&a.confirmView, e)
	a.decides(e)
	a.Reason = typed(o.Reason)
	wants, err := p.Desk.WantsApproval(r.Context(), e.Update)
	if err != nil {
		return nil, err
	}
	if wants {
		a.Button, a.Warns = "Ask for approval", append(a.Warns, "Your organisation wants the word of a second person for this. Those who may approve are rung; nobody is told until one of them has.")
	}
	if a.Count, err = p.toType(r.Context(), e.Told); err != nil {
		return nil, err
	}
	a.press = func() (string, error) {
		if wants {
			asked, err := p.Desk.AskAllClear(r.Context(), o)
			if err != nil {
				return "", err
			}
			return approvalsPath + "/" + string(asked.ID) + "?live=1", nil
		}
		c, err := p.Desk.AllClear(r.Context(), o)
		if err != nil {
			return "", err
		}
		return updatePath + string(c.ID), nil
	}
	return a, nil
}

// clearing says what an all-clear would do.
func (p *portal) clearing(a *confirmView, e *desk.AllClearEffect) {
	a.Heading = safe(e.Update.Content.Title)
	for _, x := range e.Of {
		a.Words = append(a.Words, "Of “"+safe(x.Situation.Title)+"”, update "+strconv.Itoa(x.Number))
	}
	a.Does = []string{peopleN(e.Told) + " " + isAre(e.Told) + " told: " + strconv.Itoa(e.There) + " there or may be, " + strconv.Itoa(e.Elsewhere) + " elsewhere by now who had an immediate warning for it. They read the basis."}
	a.Quote = []string{safe(e.Update.Clears.Basis)}
	if len(e.Ends) == 0 {
		a.Does = append(a.Does, "It ends no advice: nothing that stands tells them there to shelter, stay put or evacuate now.")
	}
	for _, x := range e.Ends {
		text := "Ends there: " + safe(x.Text)
		if x.Parts {
			text += " (what else it says goes on)"
		}
		a.Words = append(a.Words, text)
	}
	a.Does = append(a.Does, "Postures and all other advice go on.")
	if e.Unreached > 0 {
		a.Warns = append(a.Warns, peopleN(e.Unreached)+" of them without an address that a channel sends to: tell them by hand.")
	}
	for _, x := range e.Against {
		a.Warns = append(a.Warns, "Against it: "+otherName(x)+", stands there and is immediate; it goes on.")
	}
	a.board(&e.Board)
}

// decides asks whoever gives an all-clear about what stands against it.
func (a *confirmView) decides(e *desk.AllClearEffect) {
	for _, x := range e.Against {
		a.Fields = append(a.Fields, field{"against", string(x.ID)})
		a.Ticks = append(a.Ticks, field{alsoPrefix + string(x.ID), "Give the all-clear for " + otherName(x) + " too; the next page says to how many"})
	}
	if len(e.Against) > 0 {
		a.Ticks, a.Despite = append(a.Ticks, field{"accept", "It is given all the same"}), true
	}
}

func otherName(u *vedette.Update) string {
	return "“" + safe(u.Situation.Title) + "”, update " + strconv.Itoa(u.Number)
}
