package web

import (
	"net/http"
	"strings"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
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
	a := &pressed{confirmView: confirmView{Button: messages.Mark("Give the all-clear")}}
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
	p.clearing(tongue(r), &a.confirmView, e)
	a.decides(tongue(r), e)
	a.Reason = typed(o.Reason)
	wants, err := p.Desk.WantsApproval(r.Context(), e.Update)
	if err != nil {
		return nil, err
	}
	if wants {
		a.Button, a.Warns = messages.Mark("Ask for approval"), append(a.Warns, messages.Mark("Your organisation wants the word of a second person for this. Those who may approve are rung; nobody is told until one of them has."))
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
func (p *portal) clearing(in *messages.Tongue, a *confirmView, e *desk.AllClearEffect) {
	a.Heading = safe(e.Update.Content.Title)
	for _, x := range e.Of {
		a.Words = append(a.Words, in.Say(messages.Mark("Of “%s”, update %d"), safe(x.Situation.Title), x.Number))
	}
	told := messages.Of("%d people are told: %d there or may be, %d elsewhere by now who had an immediate warning for it. They read the basis.", e.Told, e.There, e.Elsewhere)
	if e.Told == 1 {
		told = messages.Of("1 person is told: %d there or may be, %d elsewhere by now who had an immediate warning for it. They read the basis.", e.There, e.Elsewhere)
	}
	a.Does = []string{in.Say(told.English, told.Args...)}
	a.Quote = []string{safe(e.Update.Clears.Basis)}
	if len(e.Ends) == 0 {
		a.Does = append(a.Does, messages.Mark("It ends no advice: nothing that stands tells them there to shelter, stay put or evacuate now."))
	}
	for _, x := range e.Ends {
		text := in.Say(messages.Mark("Ends there: %s"), safe(x.Text))
		if x.Parts {
			text = in.Say(messages.Mark("Ends there: %s (what else it says goes on)"), safe(x.Text))
		}
		a.Words = append(a.Words, text)
	}
	a.Does = append(a.Does, messages.Mark("Postures and all other advice go on."))
	if e.Unreached > 0 {
		a.Warns = append(a.Warns, in.Say(messages.Mark("%s of them without an address that a channel sends to: tell them by hand."), peopleSaid(e.Unreached)))
	}
	for _, x := range e.Against {
		a.Warns = append(a.Warns, in.Say(messages.Mark("Against it: %s, stands there and is immediate; it goes on."), otherName(x)))
	}
	a.board(in, &e.Board)
}

// decides asks whoever gives an all-clear about what stands against it.
func (a *confirmView) decides(in *messages.Tongue, e *desk.AllClearEffect) {
	for _, x := range e.Against {
		a.Fields = append(a.Fields, field{"against", string(x.ID)})
		a.Ticks = append(a.Ticks, field{alsoPrefix + string(x.ID), in.Say(messages.Mark("Give the all-clear for %s too; the next page says to how many"), otherName(x))})
	}
	if len(e.Against) > 0 {
		a.Ticks, a.Despite = append(a.Ticks, field{"accept", messages.Mark("It is given all the same")}), true
	}
}

func otherName(u *vedette.Update) messages.Said {
	return messages.Of("“%s”, update %d", safe(u.Situation.Title), u.Number)
}
