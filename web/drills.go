package web

import (
	"net/http"

	"vedette"
	"vedette/desk"
	"vedette/web/messages"
)

// drillsListed is how many drills a page lists.
const drillsListed = 50

// drillsView is the drills that were sent, and the form that holds one.
type drillsView struct {
	frame
	Rows    []drillLine
	Where   string
	People  string
	All     bool
	Problem problem
}

// drillLine is a drill in a list.
type drillLine struct {
	Address, Title   string
	Sent             moment
	People, Answered int
	Help             int
	Befell           string
}

// listDrills lists the drills, and takes whom to drill.
func (p *portal) listDrills(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return p.drillsPage(w, r, http.StatusOK, drillsView{Where: typed(q.Get("area")), All: q.Get("all") == "1"})
}

func (p *portal) drillsPage(w http.ResponseWriter, r *http.Request, status int, v drillsView) error {
	v.frame = p.frame(r, "Drills", vedette.StatusActual)
	v.Place = "reach"
	list, err := p.Desk.Drills(r.Context(), drillsListed)
	if err != nil {
		return err
	}
	for _, u := range list {
		t, err := p.Desk.Tally(r.Context(), u)
		if err != nil {
			return err
		}
		l := drillLine{Address: "/updates/" + string(u.ID) + "/board", Title: safe(u.Content.Title), Sent: when(u.PublishedAt, p.Now(), ""), People: t.Concerned, Answered: t.Concerned - t.Silent, Help: t.Answers[vedette.ReplyHelp]}
		if u.State == vedette.UpdateStopped {
			l.Befell = messages.Mark("stopped")
		}
		v.Rows = append(v.Rows, l)
	}
	return p.show(w, status, "drills", v)
}

// holdDrill says whom a drill would go to, and holds it on a second press.
func (p *portal) holdDrill(w http.ResponseWriter, r *http.Request) error {
	_, err := readForm(w, r)
	f := r.PostForm
	v := drillsView{Where: typed(f.Get("area")), People: typedLines(f.Get("people")), All: f.Get("all") != ""}
	var o desk.DrillOrder
	var pre *desk.DrillPreview
	if err == nil {
		o, err = p.drillOrder(r, &v)
	}
	if err == nil {
		pre, err = p.Desk.PreviewDrill(r.Context(), o)
	}
	if err == nil && pre.Of == 0 {
		err = vedette.Errorf(vedette.CodeInvalid, "nobody is there, or may be, as far as is recorded: there is nobody to drill; see `vedette who`")
	}
	if mends(err) {
		v.Problem = refusal(err)
		return p.drillsPage(w, r, http.StatusBadRequest, v)
	}
	if err != nil {
		return err
	}
	if !sure(r) {
		return p.confirmDrill(w, r, http.StatusOK, &o, pre, nil)
	}
	var u *vedette.Update
	var was int
	if was, err = readSeen(r); err == nil {
		o.Seen = &was
		o.Count, err = readCount(r)
	}
	if err == nil {
		u, err = p.Desk.Drill(r.Context(), o)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, "/updates/"+string(u.ID)+"/board", http.StatusSeeOther)
		return nil
	case mends(err):
		return p.confirmDrill(w, r, http.StatusConflict, &o, pre, refusal(err))
	}
	return err
}

func (p *portal) drillOrder(r *http.Request, v *drillsView) (o desk.DrillOrder, err error) {
	o = desk.DrillOrder{Persons: lines(v.People), All: v.All, Anyway: r.PostForm.Get("anyway") != ""}
	if o.Areas, _, err = p.placesIn(v.Where); err != nil {
		return o, err
	}
	return o, err
}

// drilled says whom a drill is for, places as they were understood.
func (p *portal) drilled(o *desk.DrillOrder) messages.Said {
	var names []messages.Said
	for _, id := range o.Areas {
		if a, ok := p.Gaz.Area(id); ok {
			names = append(names, p.withCountry(a))
		}
	}
	switch {
	case o.All:
		return messages.Of("Everyone, wherever they are")
	case len(names) > 0:
		return messages.Of("Everyone in %s, or who may be there", semicolons(names))
	}
	return messages.Of("People by name")
}

func (p *portal) confirmDrill(w http.ResponseWriter, r *http.Request, status int, o *desk.DrillOrder, pre *desk.DrillPreview, why problem) error {
	v := confirmView{Address: "/drills", Back: "/drills", Fields: append(kept(r), seen(pre.Sent)), Unnamed: true, Problem: why}
	v.Button, v.Heading = say(r, messages.Of("Send it to %d people", pre.Of)), say(r, messages.Of("A drill of %d people", pre.Of))
	if pre.Of == 1 {
		v.Button, v.Heading = say(r, messages.Of("Send it to %d person", pre.Of)), say(r, messages.Of("A drill of %d person", pre.Of))
	}
	v.About = say(r, p.drilled(o))
	for i := range pre.People {
		v.Names = append(v.Names, safe(pre.People[i].Record.Name))
	}
	v.More = pre.Of - len(v.Names)
	v.Does = []string{say(r, messages.Of("It sends %s, last of all that waits.", worded(pre.Says()))),
		messages.Mark("Its first word says that it is a test; it warns of nothing and asks for an answer. Whoever answers has verified the address.")}
	if pre.Last != nil {
		last := when(pre.Last.PublishedAt, p.Now(), "")
		v.Does = append(v.Does, say(r, messages.Of("The last drill before it, “%s”, was sent %s %s (%s).", safe(pre.Last.Content.Title), last.Day, last.Clock, last.Age)))
	}
	if pre.Unreachable > 0 {
		cannot := messages.Of("%d people cannot be reached: no address that a channel sends to.", pre.Unreachable)
		if pre.Unreachable == 1 {
			cannot = messages.Of("%d person cannot be reached: no address that a channel sends to.", pre.Unreachable)
		}
		v.Warns = append(v.Warns, say(r, cannot))
	}
	if pre.Warned > 0 {
		warned := messages.Of("%d people of them had a warning in earnest within a day: a drill now may be taken for more of it, or its answers for theirs.", pre.Warned)
		if pre.Warned == 1 {
			warned = messages.Of("%d person of them had a warning in earnest within a day: a drill now may be taken for more of it, or its answers for theirs.", pre.Warned)
		}
		v.Warns = append(v.Warns, say(r, warned))
		v.Ticks = []field{{"anyway", messages.Mark("It goes out anyway")}}
	}
	if pre.Of > pre.ToType {
		v.Count = pre.Of
	}
	v.Place = "reach"
	return p.confirm(w, r, status, messages.Mark("Hold a drill"), vedette.StatusActual, v)
}
