package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

const sitesPath = "/sites"

// sitesView is the sites, or those looked for.
type sitesView struct {
	frame
	listing
	Words, Area string
	Sort, Back  string
	Heads       []sortHead
	Rows        []siteLine
	Keeps       bool // who looks may change them
	Problem     problem
	Done        string
}

// siteLine is a site in the list.
type siteLine struct {
	Name, Address, Code, Phone string
	Where                      messages.Said
	Point                      bool
	People                     int
	PeopleAddress              string
}

// listSites lists the sites.
func (p *portal) listSites(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := sitesView{frame: p.frame(r, "Sites", vedette.StatusActual), Words: typed(q.Get("q")), Area: typed(q.Get("area")), Sort: typed(q.Get("sort")), Back: typed(q.Get("back")),
		Keeps: p.may(r, rights.RunHouse) == nil, Done: doneWords[q.Get("done")]}
	v.Place = "house"
	err := fits(q)
	if err == nil {
		err = p.fillSites(r, &v)
	}
	if vedette.ErrorCode(err) == vedette.CodeInvalid {
		v.Problem = refusal(err)
		return p.show(w, http.StatusBadRequest, "sites", &v)
	}
	if err != nil {
		return err
	}
	return p.show(w, http.StatusOK, "sites", &v)
}

func (p *portal) fillSites(r *http.Request, v *sitesView) (err error) {
	if v.listing, err = readListing(sitesPath, r.URL.Query()); err != nil {
		return err
	}
	areas, _, err := p.placesIn(v.Area)
	if err != nil {
		return err
	}
	all, err := p.Desk.FindSites(r.Context(), v.Words, areas)
	if err != nil {
		return err
	}
	list := all.Found
	switch v.Sort {
	case "", "name":
	case "where":
		slices.SortStableFunc(list, func(a, b desk.FoundSite) int { return strings.Compare(p.areaTyped(a.Area), p.areaTyped(b.Area)) })
	case "people":
		slices.SortStableFunc(list, func(a, b desk.FoundSite) int { return cmp.Compare(b.People, a.People) })
	default:
		return vedette.Errorf(vedette.CodeInvalid, "a list of sites is in the order of name, where or people, not of %q", v.Sort)
	}
	if v.Back == "1" {
		slices.Reverse(list)
	}
	v.count(len(list), all.All)
	for _, s := range list[min(v.skip(), len(list)):min(v.skip()+perPage, len(list))] {
		v.Rows = append(v.Rows, siteLine{Name: safe(s.Name), Address: sitesPath + "/" + string(s.ID), Code: safe(s.External), Where: p.areaWhole(s.Area), Phone: safe(s.Phone),
			Point: s.Point != nil, People: s.People, PeopleAddress: atSite(s.Name)})
	}
	v.Heads = []sortHead{v.head(messages.Mark("Name"), "name", "name"), v.head(messages.Mark("Where"), "where", "name"), v.head(messages.Mark("People"), "people", "name")}
	return nil
}
