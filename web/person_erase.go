package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
	"vedette/wording"
)

// Why somebody is erased is said by the page, too.
var _ = []string{messages.Mark("they asked for it"), messages.Mark("they left the organisation"), messages.Mark("it was kept long enough"), messages.Mark("they were never to be here, or are here twice")}

// eraseForm says what is lost with somebody, before it is.
func (p *portal) eraseForm(w http.ResponseWriter, r *http.Request) error {
	return p.eraseAsk(w, r, http.StatusOK, nil)
}

func (p *portal) eraseAsk(w http.ResponseWriter, r *http.Request, status int, why problem) error {
	id := vedette.ID(r.PathValue("id"))
	if _, err := p.Desk.PersonCard(r.Context(), id); err != nil { // whoever has left has no page
		return err
	}
	e, err := p.Desk.PreviewErase(r.Context(), string(id))
	if err != nil {
		return err
	}
	at := personAddress(e.Person.ID)
	v := confirmView{Unnamed: true, Heading: messages.Mark("Erase somebody for good"), About: safe(e.Person.Record.Name), Address: at + "/erase", Back: at, Button: messages.Mark("Erase them for good"), Problem: why,
		Fields: []field{{"version", e.Version}}, Does: sayAll(r, e.Goes), Words: []string{}, Keeps: sayAll(r, e.Stays)}
	v.Does = append(v.Does, messages.Mark("If the next file of people names them, they are added as somebody new."))
	v.Warns = sayAll(r, e.Against)
	if len(e.Against) > 0 {
		v.Ticks = append(v.Ticks, field{"anyway", messages.Mark("Erase them all the same, though this speaks against it")})
	}
	v.Choose = &choice{Name: "why", Label: messages.Mark("Why; the record keeps it"), Picked: r.PostForm.Get("why")}
	for _, w := range vedette.EraseWhys {
		v.Choose.Options = append(v.Choose.Options, field{string(w.Why), w.Means})
	}
	v.Place = "house"
	v.Ticks = append(v.Ticks, field{"mean", messages.Mark("I mean it: this cannot be undone")})
	return p.confirm(w, r, status, v.Heading, vedette.StatusActual, v)
}

// sayAll says sentences of another package in the language of the page that answers a
// request.
func sayAll(r *http.Request, list []wording.Said) (out []string) {
	for _, s := range list {
		out = append(out, say(r, worded(s)))
	}
	return out
}

// erasePerson erases somebody, as they were seen.
func (p *portal) erasePerson(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	id := vedette.ID(r.PathValue("id"))
	form := r.PostForm
	if form.Get("mean") == "" || form.Get("version") == "" || !sure(r) {
		return p.eraseAsk(w, r, http.StatusConflict, saying(messages.Of("Nothing was done: tick that you mean it.")))
	}
	if _, err := p.Desk.PersonCard(r.Context(), id); err != nil {
		return err
	}
	_, err := p.Desk.Erase(r.Context(), desk.EraseOrder{Person: string(id), Why: vedette.EraseWhy(form.Get("why")), Anyway: form.Get("anyway") != "", Seen: form.Get("version")})
	if mends(err) {
		return p.eraseAsk(w, r, http.StatusConflict, nothingDone(err))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, peoplePath+"?done=erased", http.StatusSeeOther)
	return nil
}
