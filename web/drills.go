package web

import (
	"net/http"
	"strings"

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
	Problem string
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
		return p.confirmDrill(w, r, http.StatusOK, &o, pre, "")
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
func (p *portal) drilled(o *desk.DrillOrder) string {
	var names []string
	for _, id := range o.Areas {
		if a, ok := p.Gaz.Area(id); ok {
			names = append(names, p.withCountry(a))
		}
	}
	switch {
	case o.All:
		return "Everyone, wherever they are"
	case len(names) > 0:
		return "Everyone in " + strings.Join(names, "; ") + ", or who may be there"
	}
	return "People by name"
}

func (p *portal) confirmDrill(w http.ResponseWriter, r *http.Request, status int, o *desk.DrillOrder, pre *desk.DrillPreview, problem string) error {
	v := confirmView{Address: "/drills", Back: "/drills", Fields: append(kept(r), seen(pre.Sent)), Unnamed: true, Problem: problem, Button: "Send it to " + peopleN(pre.Of)}
	v.Heading = "A drill of " + peopleN(pre.Of)
	v.About = p.drilled(o)
	for i := range pre.People {
		v.Names = append(v.Names, safe(pre.People[i].Record.Name))
	}
	v.More = pre.Of - len(v.Names)
	v.Does = []string{"It sends " + pre.Words() + ", last of all that waits.",
		"Its first word says that it is a test; it warns of nothing and asks for an answer. Whoever answers has verified the address."}
	if pre.Last != nil {
		v.Does = append(v.Does, "The last drill before it, “"+safe(pre.Last.Content.Title)+"”, was sent "+when(pre.Last.PublishedAt, p.Now(), "").words()+".")
	}
	if pre.Unreachable > 0 {
		v.Warns = append(v.Warns, peopleN(pre.Unreachable)+" cannot be reached: no address that a channel sends to.")
	}
	if pre.Warned > 0 {
		v.Warns = append(v.Warns, peopleN(pre.Warned)+" of them had a warning in earnest within a day: a drill now may be taken for more of it, or its answers for theirs.")
		v.Ticks = []field{{"anyway", "It goes out anyway"}}
	}
	if pre.Of > pre.ToType {
		v.Count = pre.Of
	}
	v.Place = "reach"
	return p.confirm(w, r, status, "Hold a drill", vedette.StatusActual, v)
}
