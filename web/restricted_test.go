package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
)

// What is to be found of a restricted person on the pages of whoever may know them.
var plantedOnPages = []string{"Quorvale", "xq@people", "700900123", "PN-7788", "36.8123", "bossq", "Tresk", "zebrafish", "Zorro", "blue stairs", "green gate", "Plumbago", "QX 771"}

// guarded is a world with somebody restricted of whom there is something everywhere.
type guarded struct {
	*world
	who    vedette.Person
	update *vedette.Update
	ids    map[string]string // by the room of an address
}

func newGuarded(w *world) *guarded {
	g := &guarded{world: w, ids: map[string]string{}}
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,phone,id,manager,city,country,latitude,longitude,duress word,dependants,emergency contact,restricted\n"+
		"Xenia Quorvale,xq@people.example.org,+44 7700 900123,PN-7788,bossq@relief.example.org,Tunis,TN,36.8123,10.18,zebrafish,Zorro (son),Ylva Tresk +44 7700 900125,yes\n"), desk.ImportOptions{})
	must(w.t, err)
	_, err = w.desk.ImportTrips(w.ctx, strings.NewReader("email,trip number,city,country,check-in,check-out,hotel\nxq@people.example.org,QX 771,Sfax,Tunisia,2026-03-10,2026-03-20,Hotel Plumbago\n"), desk.ImportOptions{})
	must(w.t, err)
	g.who = w.person("Xenia")
	g.update = w.publish(harbours())
	_, err = w.desk.Answer(w.ctx, w.token(g.update, "Xenia"), vedette.ReplyHelp, "under the blue stairs")
	must(w.t, err)
	cases, err := w.desk.Cases(w.ctx, false)
	must(w.t, err)
	g.ids["cases"] = string(cases[0].ID)
	_, err = w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: cases[0].ID, Kind: vedette.CasePlace, Text: "behind the green gate", By: "Ada"})
	must(w.t, err)
	roll, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	must(w.t, err)
	g.ids["rollcalls"] = string(roll.ID)
	trips, err := w.desk.Trips(w.ctx, string(g.who.ID))
	must(w.t, err)
	g.ids["trips"] = string(trips[0].ID)
	watch, err := w.desk.AddWatch(w.ctx, string(g.who.ID), vedette.Watch{Areas: []vedette.AreaID{"FR"}})
	must(w.t, err)
	g.ids["watches"] = string(watch.ID)
	card, err := w.desk.GiveHandover(w.ctx, "Ada", "Ben", false)
	must(w.t, err)
	g.ids["handover"], g.ids["updates"], g.ids["people"] = string(card.ID), string(g.update.ID), string(g.who.ID)
	w.user("petra", vedette.RoleAdministrator)
	_, err = w.desk.SetPrivy(w.ctx, "petra", true)
	must(w.t, err)
	w.user("ana", vedette.RoleAdministrator)
	return g
}

// pages are the addresses of all that one may look at, of the restricted person where
// there is a choice.
func (g *guarded) pages() (out []string) {
	p := &portal{Config: Config{Demo: http.NotFoundHandler()}}
	for _, rt := range p.routes() {
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok || method != "GET" || rt.act == "" || rt.act == rights.Scim {
			continue
		}
		room, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		id := g.ids[room]
		if id == "" {
			id = string(g.update.ID)
		}
		out = append(out, strings.NewReplacer("{$}", "", "{id}", id, "{person}", string(g.who.ID), "{area}", "TN", "{token}", "none", "{link}", "none", "{file}", "none").Replace(path))
	}
	q := url.QueryEscape
	return append(out, "/people?q="+q("Quorvale")+"&only=", "/people?only=restricted", "/people?sort=reached", "/people?q=xq%40people.example.org", "/trips?q=Quorvale", "/watches?q=Quorvale",
		"/who?area=Tunisia&list=1", "/reach?person="+string(g.who.ID), "/reach?area=Tunisia", "/updates/"+string(g.update.ID)+"/people?answer=help", "/watches?person="+string(g.who.ID), "/trips/add?person="+string(g.who.ID))
}

func TestNoPageNamesARestrictedPersonButToWhoMayKnowThem(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		g := newGuarded(w)
		all := make([]string, 0, len(rights.ForTokens()))
		for _, a := range rights.ForTokens() {
			all = append(all, string(a))
		}
		doors := map[string][]string{"somebody who may not know them": {"Cookie", w.signs("ana")}, "a token": {"Authorization", w.machine("hr", all...)}}
		petra := w.signs("petra")
		w.device(petra).codes() // a table takes a second factor
		w.device(doors["somebody who may not know them"][1]).codes()
		found, said := map[string]bool{}, 0
		for _, path := range g.pages() {
			asked := path + " " // what was asked for stands in the form again
			for who, door := range doors {
				rec := w.ask("GET", path, "", door...)
				page := rec.Body.String()
				said += strings.Count(page, "(restricted person)")
				for _, word := range plantedOnPages {
					if strings.Contains(page, word) && !strings.Contains(asked, word) && !(strings.Contains(path, "%40") && word == "xq@people") {
						t.Errorf("%s tells %s %q", path, who, word)
					}
				}
				if strings.Contains(path, "q=") && (strings.Contains(page, "(restricted person)") || strings.Contains(page, string(g.who.ID))) {
					t.Errorf("%s finds them for %s", path, who)
				}
			}
			page := w.ask("GET", path, "", "Cookie", petra).Body.String()
			for _, word := range plantedOnPages {
				found[word] = found[word] || strings.Contains(page, word)
			}
			if strings.Contains(path, ".csv") && strings.Contains(page, "Quorvale") {
				t.Errorf("%s: a table names them", path)
			}
		}
		for _, word := range plantedOnPages {
			if word != "zebrafish" && !found[word] {
				t.Errorf("no page shows %q to whoever may know them", word)
			}
		}
		if said < 10 {
			t.Errorf("only %d times it is said that there is somebody restricted", said)
		}
	})
}

// An administrator says on the page of users who may know them; from then on their
// pages name them.
func TestAnAdministratorSaysWhoMayKnowThem(t *testing.T) {
	g := newGuarded(newWorld(t))
	ana := g.signs("ana")
	page := g.ask("GET", "/cases/"+g.ids["cases"], "", "Cookie", ana).Body.String()
	wants(t, page, "A restricted person", "Ask petra.")
	for _, c := range []struct {
		do    string
		knows bool
	}{{"privy", true}, {"not-privy", false}} {
		if rec := g.ask("POST", "/users", filled("do", c.do, "login", "ana").Encode(), "Cookie", ana); rec.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", c.do, rec.Code, text(rec.Body.String()))
		}
		page := g.ask("GET", "/cases/"+g.ids["cases"], "", "Cookie", ana).Body.String()
		if got := strings.Contains(page, "Xenia Quorvale"); got != c.knows {
			t.Errorf("after %s the page names them: %v", c.do, got)
		}
	}
	if rec := g.ask("POST", "/users", filled("do", "privy", "login", "nobody").Encode(), "Cookie", ana); rec.Code != http.StatusConflict {
		t.Errorf("of nobody: %d", rec.Code)
	}
}
