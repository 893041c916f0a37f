package web

import (
	"net/http"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

// allNames are people in the world of these tests, by first name.
var allNames = []string{"Amal", "Bo", "Chiara", "Dawit", "Esra", "Farid", "Grace"}

// Whoever sees their own people alone sees those, by each way they can be theirs, and
// of nobody else so much as that they are there.
func TestWhoSeesTheirOwnPeopleSeesNobodyElse(t *testing.T) {
	w := newWorld(t)
	more := `name,email,manager,country,site
Hala Nasr,hala@people.example.org,LIN@relief.example.org,EG,
Ines Roy,ines@people.example.org,Lin,FR,
Jo Park,jo@people.example.org,other@relief.example.org,KR,
`
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(more), desk.ImportOptions{})
	must(t, err)
	w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	all := append([]string{"Hala", "Ines", "Jo"}, allNames...)
	for _, c := range []struct {
		role vedette.UserRole
		of   []string
		sees string
	}{
		{vedette.RoleTraveller, []string{"bo@people.example.org"}, "Bo"},
		{vedette.RoleManager, []string{"lin@relief.example.org"}, "Hala"},
		{vedette.RoleManager, []string{"lin@relief.example.org", " lin "}, "Hala Ines"},
		{vedette.RoleManager, []string{"nobody@relief.example.org"}, ""},
		{vedette.RoleWarden, []string{"tunis office"}, "Amal Bo Chiara"},
		{vedette.RoleWarden, []string{"Sfax depot", "Tripoli house"}, "Dawit Esra Farid"},
		{vedette.RoleRegional, []string{"Tunisia"}, "Amal Bo Chiara Dawit"},
		{vedette.RoleRegional, []string{"Kenya", "Egypt"}, "Grace Hala"},
	} {
		name := string(c.role) + strings.Join(c.of, "")
		name = strings.ReplaceAll(strings.ToLower(name), " ", "")
		w.user(name, c.role, c.of...)
		cookie := w.signs(name)
		rec := w.ask("GET", "/mine", "", "Cookie", cookie)
		if rec.Code != http.StatusOK {
			t.Errorf("%s: %d", name, rec.Code)
			continue
		}
		for _, who := range all {
			want := strings.Contains(c.sees, who)
			person := w.person(who)
			full := person.Record.Name
			if got := strings.Contains(rec.Body.String(), full); got != want {
				t.Errorf("%s sees %s: %v, want %v", name, who, got, want)
			}
			id, one := string(person.ID), http.StatusNotFound
			if want {
				one = http.StatusOK
			}
			if got := w.ask("GET", "/mine/"+id, "", "Cookie", cookie); got.Code != one {
				t.Errorf("%s opens %s: %d, want %d", name, who, got.Code, one)
			} else if !want && strings.Contains(got.Body.String(), full) {
				t.Errorf("%s is told the name of %s", name, who)
			}
			if got := w.ask("POST", "/mine/"+id, "is=safe&who=me&how=voice", "Cookie", cookie); !want && got.Code != http.StatusNotFound && got.Code != http.StatusForbidden {
				t.Errorf("%s accounts for %s: %d", name, who, got.Code)
			}
		}
	}
}

// A warden accounts for who is at their site, as the warden and under their own name,
// whatever the form says; the traveller sees what they were told.
func TestAWardenAccountsForTheirSite(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	w.user("amina", vedette.RoleWarden, "Tunis office")
	w.user("bo", vedette.RoleTraveller, "bo@people.example.org")
	amina, bo := w.signs("amina"), w.signs("bo")
	to := "/mine/" + string(w.person("Bo").ID)
	says := filled("is", "safe", "who", "their neighbour", "how", "voice", "as", "desk", "by", "Eve", "rollcall", "none", "person", string(w.person("Grace").ID))
	rec := w.ask("POST", to, says.Encode(), "Cookie", amina)
	if rec.Code != http.StatusConflict || !strings.Contains(rec.Body.String(), "o roll-call asks for Bo Lindqvist now") || !strings.Contains(rec.Body.String(), "their neighbour") {
		t.Fatalf("without a roll-call: %d %s", rec.Code, text(rec.Body.String()))
	}
	roll, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Update: u.ID, By: "Ada"})
	must(t, err)
	if rec = w.ask("POST", to, filled("is", "safe", "who", "", "how", "voice").Encode(), "Cookie", amina); rec.Code != http.StatusConflict {
		t.Errorf("by nobody: %d", rec.Code)
	}
	if rec = w.ask("POST", to, says.Encode(), "Cookie", amina); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	roll, err = w.desk.Rollcall(w.ctx, roll.ID)
	must(t, err)
	for _, p := range roll.People {
		switch a := p.Account; {
		case strings.HasPrefix(p.Name(), "Bo "):
			if a == nil || a.By != "amina" || a.As != vedette.AsWarden || a.Kind != vedette.AccountSafe || a.Words.Who != "their neighbour" {
				t.Errorf("%s: %+v", p.Name(), a)
			}
		case a != nil:
			t.Errorf("%s was accounted for, too: %+v", p.Name(), a)
		}
	}
	page := text(w.ask("GET", to, "", "Cookie", bo).Body.String())
	if !strings.Contains(page, "no answer yet") || strings.Contains(page, "Account for them") {
		t.Error(page)
	}
	if rec := w.ask("POST", to, says.Encode(), "Cookie", bo); rec.Code != http.StatusForbidden {
		t.Errorf("a traveller accounts for themselves: %d", rec.Code)
	}
	home := w.ask("GET", "/mine", "", "Cookie", bo).Body.String()
	if strings.Contains(home, `href="/who"`) || !strings.Contains(home, `href="/mine"`) {
		t.Error("a traveller is shown the way to the desk's pages")
	}
}
