package web

import (
	"net/http"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

const watchesPath = "/watches"

// watchesView is the watches, or those looked for, and the form that adds one.
type watchesView struct {
	frame
	listing
	Words, Area, Back string
	Heads             []sortHead
	Rows              []watchLine
	Keeps             bool
	Form              watchForm
	Problem           problem
	Done              string
}

// watchForm is what a form says of a watch.
type watchForm struct {
	Address, Button       string
	Person                string // of a new one
	Who                   string
	Areas                 string
	Version               string
	Risks, Urgent, Source []option
	Categories            []option
	Drawn                 bool
	Problem               problem
}

// watchView is one watch.
type watchView struct {
	frame
	ID, Who, WhoAddress string
	Words               messages.Said
	Keeps               bool
	Form                watchForm
	Done                string
}

// listWatches lists what people asked to be told about besides.
func (p *portal) listWatches(w http.ResponseWriter, r *http.Request) error {
	form := p.watchFormOf(vedette.Watch{})
	if who := r.URL.Query().Get("person"); vedette.ID(who).Valid() {
		form.Person = who
	}
	return p.watchesPage(w, r, http.StatusOK, form)
}

func (p *portal) watchesPage(w http.ResponseWriter, r *http.Request, status int, form watchForm) error {
	q := r.URL.Query()
	v := watchesView{frame: p.frame(r, "Watches", vedette.StatusActual), Words: typed(q.Get("q")), Area: typed(q.Get("area")), Back: typed(q.Get("back")), Keeps: p.may(r, rights.KeepPeople) == nil, Form: form, Done: doneWords[q.Get("done")]}
	v.Place, v.Form.Address, v.Form.Button = "house", watchesPath, messages.Mark("Add it")
	if vedette.ID(form.Person).Valid() {
		who, err := p.Desk.Person(r.Context(), form.Person)
		if err != nil {
			return err
		}
		v.Form.Who = safe(who.Record.Name)
	}
	err := fits(q)
	if err == nil {
		err = p.fillWatches(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem, status = refusal(err), http.StatusBadRequest
		err = nil
	}
	if err != nil {
		return err
	}
	return p.show(w, status, "watches", &v)
}

func (p *portal) fillWatches(r *http.Request, v *watchesView) (err error) {
	if v.listing, err = readListing(watchesPath, r.URL.Query()); err != nil {
		return err
	}
	v.query.Del("person")
	areas, _, err := p.placesIn(v.Area)
	if err != nil {
		return err
	}
	rows, of, all, err := p.Desk.ListWatches(r.Context(), desk.WatchQuery{Words: v.Words, Areas: areas, Back: v.Back == "1", Skip: v.skip(), Number: perPage})
	v.count(of, all)
	for i := range rows {
		l := p.watchLine(&rows[i].Watch, safe(rows[i].Person.Record.Name))
		l.WhoAddress = personAddress(rows[i].Person.ID)
		v.Rows = append(v.Rows, l)
	}
	v.Heads = []sortHead{v.head(messages.Mark("Who"), "name", "name")}
	return err
}

// watchFormOf fills a form with a watch.
func (p *portal) watchFormOf(w vedette.Watch) watchForm {
	f := watchForm{Drawn: w.Shape != nil}
	var at []string
	for _, id := range w.Areas {
		at = append(at, p.areaTyped(id))
	}
	f.Areas = strings.Join(at, "; ")
	pick := func(now string, of ...string) []option {
		out := options(now, "unknown", messages.Mark("any"))
		for _, s := range of {
			out = append(out, option{s, s, s == now})
		}
		return out
	}
	f.Risks = pick(w.Risk.String(), messages.Mark("low"), messages.Mark("moderate"), messages.Mark("high"), messages.Mark("extreme"))
	f.Urgent = pick(w.Urgency.String(), messages.Mark("past"), messages.Mark("future"), messages.Mark("expected"), messages.Mark("immediate"))
	f.Source = pick(w.Source.String(), messages.Mark("unconfirmed"), messages.Mark("credible"), messages.Mark("confirmed"))
	for _, c := range vedette.Categories {
		f.Categories = append(f.Categories, option{c, plain(c), slices.Contains(w.Categories, c)})
	}
	return f
}

// readWatch reads a watch from a form, and gives the form as it was typed.
func (p *portal) readWatch(r *http.Request) (w vedette.Watch, f watchForm, err error) {
	v := r.PostForm
	keep := func(e error) {
		if err == nil {
			err = e
		}
	}
	word := func(name string) string { return strings.TrimSuffix(v.Get(name), "unknown") }
	var bad error
	w.Risk, bad = vedette.ParseRisk(word("risk"))
	keep(bad)
	w.Urgency, bad = vedette.ParseUrgency(word("urgency"))
	keep(bad)
	w.Source, bad = vedette.ParseSourceStrength(word("source"))
	keep(bad)
	w.Categories = v["category"]
	w.Areas, _, bad = p.placesIn(v.Get("area"))
	keep(bad)
	keep(w.Validate())
	f = p.watchFormOf(w)
	f.Areas, f.Person = typed(v.Get("area")), typed(v.Get("person"))
	return w, f, err
}

// addWatch keeps what somebody wants to be told about besides.
func (p *portal) addWatch(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	watch, form, err := p.readWatch(r)
	if err == nil && form.Person == "" {
		err = vedette.Errorf(vedette.CodeInvalid, "say whose watch it is")
	}
	if err == nil {
		watch, err = p.Desk.AddWatch(r.Context(), form.Person, watch)
	}
	code := vedette.ErrorCode(err)
	switch {
	case err == nil:
		http.Redirect(w, r, watchesPath+"/"+string(watch.ID)+"?done=watch", http.StatusSeeOther)
		return nil
	case mends(err), code == vedette.CodeNotFound && !vedette.ID(form.Person).Valid():
		form.Problem = nothingSaved(err)
		return p.watchesPage(w, r, http.StatusBadRequest, form)
	}
	return err
}

// showWatch shows a watch, and the form that changes it.
func (p *portal) showWatch(w http.ResponseWriter, r *http.Request) error {
	row, err := p.Desk.Watch(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.watchPage(w, r, http.StatusOK, row, p.watchFormOf(row.Watch))
}

func (p *portal) watchPage(w http.ResponseWriter, r *http.Request, status int, row *desk.WatchRow, form watchForm) error {
	l := p.watchLine(&row.Watch, "")
	v := watchView{frame: p.frame(r, messages.Mark("Watch"), vedette.StatusActual), ID: string(row.Watch.ID), Who: safe(row.Person.Record.Name), WhoAddress: personAddress(row.Person.ID), Words: l.Words,
		Keeps: p.may(r, rights.KeepPeople) == nil, Form: form, Done: doneWords[r.URL.Query().Get("done")]}
	v.Place, v.Form.Address, v.Form.Button, v.Form.Who, v.Form.Drawn, v.Form.Version = "house", l.Address, messages.Mark("Save"), v.Who, row.Watch.Shape != nil, row.Version()
	return p.show(w, status, "watch", v)
}

// saveWatch changes a watch, or removes it.
func (p *portal) saveWatch(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	row, err := p.Desk.Watch(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	at := watchesPath + "/" + string(row.Watch.ID)
	if r.PostForm.Get("do") == "remove" {
		if !sure(r) {
			v := confirmView{Unnamed: true, About: safe(row.Person.Record.Name) + ": " + say(r, p.watchLine(&row.Watch, "").Words), Address: at, Back: at, Button: messages.Mark("Remove it"), Fields: []field{{"do", "remove"}},
				Does: []string{messages.Mark("They are told of what concerns them by where they are, and of this no more.")}}
			v.Place = "house"
			return p.confirm(w, r, http.StatusOK, messages.Mark("Remove a watch"), vedette.StatusActual, v)
		}
		if err := p.Desk.RemoveWatch(r.Context(), row.Watch.ID); err != nil {
			return err
		}
		http.Redirect(w, r, watchesPath+"?done=unwatched", http.StatusSeeOther)
		return nil
	}
	watch, form, err := p.readWatch(r)
	if err == nil {
		_, err = p.Desk.EditWatch(r.Context(), row.Watch.ID, r.PostForm.Get("version"), watch)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, at+"?done=watch", http.StatusSeeOther)
		return nil
	case mends(err):
		form.Problem = nothingSaved(err)
		status := http.StatusBadRequest
		if vedette.ErrorCode(err) == vedette.CodeConflict {
			status = http.StatusConflict
		}
		return p.watchPage(w, r, status, row, form)
	}
	return err
}
