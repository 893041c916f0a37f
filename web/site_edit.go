package web

import (
	"net/http"
	"net/url"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

var siteGroups = []groupOf{
	{messages.Mark("The site"), []string{"name", "code", "phone"}},
	{messages.Mark("Where it is"), []string{"country", "state or province", "city", "coordinates"}},
}

// siteView is a site.
type siteView struct {
	frame
	ID, Name, Code, Phone, Point string
	Where                        messages.Said
	People                       int
	PeopleAddress, Who           string
	Keeps                        bool
	Done                         string
}

// atSite is where the people kept at a site are listed.
func atSite(name string) string { return peoplePath + "?" + url.Values{"site": {name}}.Encode() }

// showSite shows a site.
func (p *portal) showSite(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.SiteCard(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := siteView{frame: p.frame(r, c.Name, vedette.StatusActual).named(), ID: string(c.ID), Name: safe(c.Name), Code: safe(c.External), Where: p.areaWhole(c.Area), Phone: safe(c.Phone),
		Point: c.Held["coordinates"], People: c.People, PeopleAddress: atSite(c.Name), Who: "/who?area=" + url.QueryEscape(string(c.Area)), Keeps: p.may(r, rights.RunHouse) == nil, Done: doneWords[r.URL.Query().Get("done")]}
	v.Place = "house"
	return p.show(w, http.StatusOK, "site", v)
}

// siteForm shows the form that a site is added or edited with.
func (p *portal) siteForm(w http.ResponseWriter, r *http.Request) error {
	id := vedette.ID(r.PathValue("id"))
	if id == "" {
		return p.siteFormOf(w, r, http.StatusOK, fieldFormView{}, nil, nil, nil)
	}
	c, err := p.Desk.SiteCard(r.Context(), id)
	if err != nil {
		return err
	}
	return p.siteFormOf(w, r, http.StatusOK, fieldFormView{Version: c.Version}, c.Held, c, nil)
}

func (p *portal) siteFormOf(w http.ResponseWriter, r *http.Request, status int, v fieldFormView, typed map[string]string, held *desk.SiteCard, wrong []desk.FieldProblem) error {
	v.Heading, v.Address, v.Back, v.Button = messages.Mark("Add a site"), sitesPath, sitesPath, messages.Mark("Add it")
	var now map[string]string
	if held != nil {
		v.Heading, v.Name, now, v.Button = messages.Mark("Edit"), safe(held.Name), held.Held, messages.Mark("Save")
		v.Address = sitesPath + "/" + string(held.ID)
		v.Back = v.Address
	}
	return p.fieldForm(w, r, status, v, siteGroups, typed, now, wrong)
}

// saveSite keeps what was typed of a site, new or known.
func (p *portal) saveSite(w http.ResponseWriter, r *http.Request) error {
	if _, err := readForm(w, r); err != nil {
		return err
	}
	e := desk.SiteEdit{Site: vedette.ID(r.PathValue("id")), Version: r.PostForm.Get("version"), Typed: map[string]string{}}
	for _, f := range desk.SiteFields {
		e.Typed[f] = r.PostForm.Get(f)
	}
	s, wrong, err := p.Desk.EditSite(r.Context(), e)
	if err == nil && len(wrong) == 0 {
		http.Redirect(w, r, sitesPath+"/"+string(s.ID)+"?done=saved", http.StatusSeeOther)
		return nil
	}
	if err != nil && !mends(err) {
		return err
	}
	v, status := fieldFormView{Version: e.Version}, http.StatusBadRequest
	var held *desk.SiteCard
	if e.Site != "" {
		var gone error
		if held, gone = p.Desk.SiteCard(r.Context(), e.Site); gone != nil {
			return gone
		}
		v.Newer = held.Version != e.Version
		v.Version = held.Version
	}
	if err != nil {
		v.Problem, status = nothingSaved(err), http.StatusConflict
	}
	return p.siteFormOf(w, r, status, v, e.Typed, held, wrong)
}

// removeSite says what is lost with a site, and removes it on the second press.
func (p *portal) removeSite(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Desk.SiteCard(r.Context(), vedette.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	at := sitesPath + "/" + string(c.ID)
	v := confirmView{Unnamed: true, About: safe(c.Name), Address: at + "/remove", Back: at, Button: messages.Mark("Remove it"), Fields: []field{{"version", c.Version}},
		Does: []string{messages.Mark("Nobody can be kept there any more, and no event concerns it."), messages.Mark("What the record says of it stays.")}}
	if c.People > 0 {
		kept := messages.Of("%d people are kept there: move them first, with a file or on their pages. Until then it is not removed.", c.People)
		if c.People == 1 {
			kept = messages.Of("%d person is kept there: move them first, with a file or on their pages. Until then it is not removed.", c.People)
		}
		v.Warns = []string{say(r, kept)}
	}
	v.Place = "house"
	status := http.StatusOK
	if r.Method == http.MethodPost {
		_, err := readForm(w, r)
		if err == nil && !sure(r) {
			err = vedette.Errorf(vedette.CodeInvalid, "nothing was done: press the button of the page")
		}
		if err == nil {
			err = p.Desk.RemoveSite(r.Context(), c.ID, r.PostForm.Get("version"))
		}
		if err == nil {
			http.Redirect(w, r, sitesPath+"?done=removed", http.StatusSeeOther)
			return nil
		}
		if !mends(err) {
			return err
		}
		v.Problem, status = refusal(err), http.StatusConflict
	}
	return p.confirm(w, r, status, messages.Mark("Remove a site"), vedette.StatusActual, v)
}
