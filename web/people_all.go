package web

import (
	"html/template"
	"net/http"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/reachable"
	"vedette/web/messages"
)

const peoplePath = "/people"

// allPeopleView is everyone of the organisation, or those looked for.
type allPeopleView struct {
	frame
	listing
	Words, Area, Site string // as typed
	Only              []option
	peopleTable
	Table      template.HTML // it, as it is written
	Keeps      bool          // who looks may change people
	Sites      []option
	Sort, Back string
	Problem    problem
	Done       string
}

// peopleTable is the table of a list of people.
type peopleTable struct {
	Heads []sortHead
	Rows  []personLineOf
}

// personLineOf is somebody in the list of people.
type personLineOf struct {
	Name, Address string
	Mail, Phone   string
	Where, Now    messages.Said // where they are kept, and where else they are now
	Reached       messages.Said
	Bad           bool
	Shut          bool
	Marks         []messages.Said
}

// onlyPeople are what the list is narrowed to, each with the marks it goes by.
var onlyPeople = []struct {
	value, name string
	marks       desk.Marks
	shut        bool
}{
	{"", messages.Mark("everyone"), 0, false},
	{"no-address", messages.Mark("without an address anything is sent to"), desk.MarkNoAddress, false},
	{"blocked", messages.Mark("with an address that said STOP"), desk.MarkBlocked, false},
	{"compromised", messages.Mark("compromised: nothing is sent to them"), 0, true},
	{"discreet", messages.Mark("told discreetly"), desk.MarkDiscreet, false},
	{"restricted", messages.Mark("restricted"), desk.MarkRestricted, false},
	{"less-exact", messages.Mark("kept by city or country alone"), desk.MarkCoarse, false},
	{"unreadable", messages.Mark("whose record cannot be opened"), desk.MarkBroken, false},
}

// listAllPeople lists everyone, or those looked for.
func (p *portal) listAllPeople(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := allPeopleView{frame: p.frame(r, "People", vedette.StatusActual), Words: typed(q.Get("q")), Area: typed(q.Get("area")), Site: typed(q.Get("site")),
		Sort: typed(q.Get("sort")), Back: typed(q.Get("back")), Keeps: p.may(r, rights.KeepPeople) == nil}
	v.Place, v.Done = "house", doneWords[q.Get("done")]
	err := fits(q)
	if err == nil {
		err = p.fillPeople(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "people-all", &v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "people-all", &v)
}

func (p *portal) fillPeople(r *http.Request, v *allPeopleView) (err error) {
	q := r.URL.Query()
	if v.listing, err = readListing(peoplePath, q); err != nil {
		return err
	}
	want, err := p.wantedPeople(v, q.Get("only"))
	if err != nil {
		return err
	}
	if err := p.siteOptions(r, v); err != nil {
		return err
	}
	want.Skip, want.Number = v.skip(), perPage
	page, err := p.Desk.ListPeople(r.Context(), want)
	if err != nil {
		return err
	}
	v.count(page.Of, page.All)
	for i := range page.Rows {
		v.Rows = append(v.Rows, p.personLineOf(&page.Rows[i]))
	}
	v.Heads = []sortHead{v.head(messages.Mark("Name"), "name", "name"), v.head(messages.Mark("Kept at"), "where", "name"), v.head(messages.Mark("Reached"), "reached", "name")}
	v.Table, err = p.writes(v.language(), "peopletable", r.URL.RawQuery, v.peopleTable)
	return err
}

// wantedPeople reads whom the address asks for.
func (p *portal) wantedPeople(v *allPeopleView, only string) (q desk.PeopleQuery, err error) {
	for _, o := range onlyPeople {
		v.Only = append(v.Only, option{o.value, o.name, o.value == only})
		if o.value == only {
			q.Marks, q.Shut = o.marks, o.shut
		}
	}
	orders := map[string]int{"": 0, "name": 0, "where": 1, "reached": 2}
	at, known := orders[v.Sort]
	if err := pick("part", only, v.Only); err != nil {
		return q, err
	}
	if !known {
		return q, vedette.Errorf(vedette.CodeInvalid, "a list of people is in the order of name, where or reached, not of %q", v.Sort)
	}
	q.Words, q.Site, q.Back = v.Words, v.Site, v.Back == "1"
	switch at {
	case 1:
		q.Order = desk.ByWhere
	case 2:
		q.Order = desk.ByReach
	}
	q.Areas, _, err = p.placesIn(v.Area)
	return q, err
}

func (p *portal) siteOptions(r *http.Request, v *allPeopleView) error {
	sites, err := p.Desk.Sites(r.Context())
	v.Sites = options(v.Site, "", messages.Mark("any site, or none"))
	for _, s := range sites {
		v.Sites = append(v.Sites, option{s.Name, safe(s.Name), s.Name == v.Site})
	}
	return err
}

func personAddress(id vedette.ID) string { return peoplePath + "/" + string(id) }

func (p *portal) personLineOf(r *desk.PersonRow) personLineOf {
	who := &r.Person
	l := personLineOf{Name: safe(who.Record.Name), Address: personAddress(who.ID), Mail: safe(who.Record.Email()), Phone: safe(who.Record.Phone()),
		Shut: r.Shut != "", Bad: r.Standing == reachable.Unproven, Reached: readReasons(worded(r.Says()))}
	l.Where, l.Now = p.keptAndNow(who.Presence)
	for _, a := range who.Record.Addresses {
		if a.Blocked != "" {
			l.Marks = append(l.Marks, messages.Of("%s stopped", reachable.Over(a.Channel)))
		}
	}
	if who.Record.Restricted && !who.Veiled {
		l.Marks = append(l.Marks, messages.Of("restricted"))
	}
	if who.Record.Discreet {
		l.Marks = append(l.Marks, messages.Of("told discreetly"))
	}
	switch who.Record.Precision {
	case vedette.PrecisionCity:
		l.Marks = append(l.Marks, messages.Of("kept by city"))
	case vedette.PrecisionCountry:
		l.Marks = append(l.Marks, messages.Of("kept by country"))
	}
	return l
}

// keptAndNow says where somebody is kept, and where else they are now.
func (p *portal) keptAndNow(ps []vedette.Presence) (kept, elsewhere messages.Said) {
	var at, also []messages.Said
	now := p.Now()
	for i := range ps {
		switch pr := &ps[i]; {
		case pr.Because == vedette.BecauseHome || pr.Because == vedette.BecauseSite:
			at = append(at, p.presencePlace(pr))
		case pr.Covers(now):
			also = append(also, messages.Of("%s (%s)", p.presencePlace(pr), messages.Said{English: firstOf(becauseWords[pr.Because], string(pr.Because))}))
		}
	}
	return semicolons(at), semicolons(also)
}

// presencePlace names where a presence is: its site, its area, its country.
func (p *portal) presencePlace(pr *vedette.Presence) messages.Said {
	name := p.areaWhole(pr.Area)
	if pr.Site != "" {
		return messages.Of("%s, %s", safe(pr.Site), name)
	}
	return name
}
