package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// beside is another organisation of the same installation, and its world.
func (w *world) beside(name string) *world {
	w.t.Helper()
	o, err := w.store.AddOrganisation(w.ctx, name, w.now)
	must(w.t, err)
	w.desks.Fresh()
	d, err := w.desks.Of(w.ctx, o.Key)
	must(w.t, err)
	other := *w
	other.org, other.desk, other.rows = o, d, w.store.In(o.Key)
	return &other
}

// signsTo is signs where there are several organisations.
func (w *world) signsTo(name string) string {
	w.t.Helper()
	rec := w.ask("POST", "/sign-in", filled("org", w.org.Handle, "login", name, "password", aPassword).Encode())
	if rec.Code != http.StatusSeeOther {
		w.t.Fatalf("%s: %d %s", name, rec.Code, text(rec.Body.String()))
	}
	return cookieOf(rec)
}

// Somebody signs in to one of several organisations, whose name they type; which there
// are is told to nobody, and what opens one opens no other.
func TestSigningInToOneOfSeveral(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	before := w.signs("ada")
	ridge := w.beside("Ridge Aid")
	ridge.user("ada", vedette.RoleAdministrator)
	page := w.get("/sign-in")
	wants(t, page, "Organisation, its short name")
	if strings.Contains(page, "Harbour") || strings.Contains(page, "idge") {
		t.Errorf("a stranger is shown which there are: %s", text(page))
	}
	if !w.in(before) {
		t.Error("who was signed in is not any more")
	}
	here, there := w.signsTo("ada"), ridge.signsTo("ada")
	wants(t, w.ask("GET", "/people", "", "Cookie", here).Body.String(), "Harbour Relief", "Amal Haddad")
	page = w.ask("GET", "/people", "", "Cookie", there).Body.String()
	wants(t, page, "Ridge Aid")
	if strings.Contains(page, "Amal") || strings.Contains(page, "Harbour") {
		t.Errorf("one sees the other: %s", text(page))
	}
	_, secret, _ := strings.Cut(there, ".")
	if w.in(sessionCookie+"="+w.org.Handle+"."+secret) || w.in(sessionCookie+"=."+secret) || w.in(sessionCookie+"="+secret) {
		t.Error("the secret of one opens another")
	}
	wants(t, w.ask("GET", "/sign-in", "", "Cookie", orgCookie+"="+ridge.org.Handle).Body.String(), "Ridge Aid")

	// That there is no such organisation, that nobody has the name there, and that the
	// password is another's are one answer.
	w.user("ben", vedette.RoleAnalyst)
	var answers []string
	for _, org := range []string{"nowhere", ridge.org.Handle, "", strings.Repeat("x", 300)} {
		rec := w.ask("POST", "/sign-in", filled("org", org, "login", "ben", "password", aPassword).Encode())
		if rec.Code != http.StatusForbidden || cookieOf(rec) != "" {
			t.Errorf("ben at %q: %d", org, rec.Code)
		}
		answers = append(answers, strings.ReplaceAll(strings.ReplaceAll(text(rec.Body.String()), org, ""), "Ridge Aid", "Vedette"))
	}
	if answers[0] != answers[1] {
		t.Errorf("the answers differ: %q", answers)
	}
}

// As long as nobody may sign in to an organisation that is not the first nobody is let
// in, whatever their browser says.
func TestASecondOrganisationNeverStandsOpen(t *testing.T) {
	w := newWorld(t)
	ridge := w.beside("Ridge Aid")
	for _, cookie := range []string{sessionCookie + "=" + ridge.org.Handle + ".x", orgCookie + "=" + ridge.org.Handle} {
		if rec := w.ask("GET", "/people", "", "Cookie", cookie); rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), signInPath) {
			t.Errorf("%s: %d %s", cookie, rec.Code, rec.Header().Get("Location"))
		}
	}
}

// full fills an organisation with one of everything, and gives their ids.
func (w *world) full() (ids map[string]string) {
	w.t.Helper()
	u := w.publish(harbours())
	w.answer(u, "Chiara", "2", "on the roof")
	w.now = w.now.Add(time.Minute)
	dr, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(reportText), Origin: "test"}, By: "Ana"})
	must(w.t, err)
	bo := w.person("Bo").ID
	r, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	must(w.t, err)
	h, err := w.desk.GiveHandover(w.ctx, "Ada", "Ben", false)
	must(w.t, err)
	trip, err := w.desk.AddTrip(w.ctx, string(bo), []vedette.Stay{{Area: "LY", From: w.now.Add(time.Hour), To: w.now.Add(48 * time.Hour)}})
	must(w.t, err)
	watch, err := w.desk.AddWatch(w.ctx, string(bo), vedette.Watch{Areas: []vedette.AreaID{"LY"}})
	must(w.t, err)
	duty, err := w.desk.AddDuty(w.ctx, desk.DutyOrder{Name: "Ada Duty", Mail: "duty@harbour.example.org", From: "2026-03-11 08:00", To: "2026-03-12 08:00", Zone: "UTC", Place: 1, By: "Ada"})
	must(w.t, err)
	must(w.t, w.rows.AddTask(w.ctx, vedette.Task{Kind: vedette.TaskUnread, Question: "Ring Amal Haddad", Default: "nothing is done", DueAt: w.now}, w.now))
	tasks, err := w.desk.Tasks(w.ctx, false)
	must(w.t, err)
	cases, err := w.desk.Cases(w.ctx, false)
	must(w.t, err)
	sites, err := w.desk.Sites(w.ctx)
	must(w.t, err)
	user, _, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: "Ana Lyst", Login: "ana", Role: vedette.RoleAnalyst, By: "Ada"})
	must(w.t, err)
	hook, err := w.desk.AddHook(w.ctx, "https://hooks.harbour.example.org/in", "")
	must(w.t, err)
	return map[string]string{"update": string(u.ID), "draft": string(dr.Update.ID), "report": string(dr.Update.Reports[0]), "situation": string(u.Situation.ID), "person": string(bo), "rollcall": string(r.ID),
		"handover": string(h.ID), "trip": string(trip.ID), "watch": string(watch.ID), "duty": string(duty.ID), "task": string(tasks[0].ID), "case": string(cases[0].ID), "site": string(sites[0].ID),
		"user": string(user.ID), "login": user.Login, "hook": string(hook.ID)}
}

// ofHarbour are words that nobody but the one organisation may read.
var ofHarbour = []string{"Harbour", "harbour.example", "Amal", "Bo Lindqvist", "Chiara", "Dawit", "251911000000", "people.example.org", "Tunis office", "Sfax depot", "roof", "Ana Lyst", "Duty", "Dock walk"}

// parameters are the names of all that a page or a form of ours is asked for, as the
// code reads them.
func parameters(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	reads := regexp.MustCompile(`(?:Get|Has|FormValue|Value|Values)\("([a-z][a-z_0-9-]*)"\)|(?:PostForm|Form|f|q)\["([a-z][a-z_0-9-]*)"\]`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		must(t, err)
		for _, m := range reads.FindAllStringSubmatch(string(b), -1) {
			if n := m[1] + m[2]; n != "do" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	if len(names) < 60 || !slices.Contains(names, "seen") || !slices.Contains(names, "person") {
		t.Fatalf("the parameters are not found: %q", names)
	}
	return names
}

// tried is all that is asked for with a cookie: every route with each id in its path and
// in every parameter, and every word of every form. seen gets what each answers.
func (w *world) tried(t *testing.T, cookie string, ids map[string]string, seen func(what, page string)) {
	t.Helper()
	names := parameters(t)
	for _, rt := range (&portal{}).routes() {
		if rt.pattern == "POST /sign-out" || rt.open == byLink || rt.open == bySign {
			continue
		}
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok {
			method, path = "GET", rt.pattern
		}
		for kind, id := range ids {
			if !strings.Contains(path, "{") && kind != "person" && kind != "update" {
				continue // one person, one update in the parameters is enough
			}
			person := ids["person"]
			if strings.HasPrefix(path, ownPath) {
				person = id
			}
			to := strings.NewReplacer("{$}", "", "{id}", id, "{person}", person, "{area}", "TN", "{key}", "strike", "{token}", "none", "{link}", "none", "{file}", "none").Replace(path)
			f := filled()
			for _, n := range names {
				f.Set(n, id)
			}
			if method == "GET" {
				seen(rt.pattern+" of a "+kind, w.ask("GET", to, "", "Cookie", cookie).Body.String())
				seen(rt.pattern+" asked of a "+kind, w.ask("GET", to+"?"+f.Encode(), "", "Cookie", cookie).Body.String())
				continue
			}
			seen(rt.pattern+" with a "+kind, w.ask(method, to, f.Encode(), "Cookie", cookie).Body.String())
		}
	}
	for _, do := range doWords(t) {
		for _, path := range []string{"/updates/" + ids["update"] + "/acts", "/cases/" + ids["case"], "/rollcalls/" + ids["rollcall"], "/rollcalls/" + ids["rollcall"] + "/calls", "/drafts/" + ids["draft"],
			"/drafts/" + ids["draft"] + "/publish", "/people/" + ids["person"], "/sites/" + ids["site"], "/trips/" + ids["trip"], "/watches/" + ids["watch"], rotaPath, tasksPath, usersPath, tokensPath, channelsPath, "/handover"} {
			f := filled("do", do, "sure", "1", "reason", "x", "seen", "1", "person", ids["person"], "id", ids["duty"], "task", ids["task"], "login", ids["login"], "user", ids["user"], "hook", ids["hook"],
				"handover", ids["handover"], "to", "Eve", "outcome", "keep", "role", "administrator", "text", "x", "count", "1")
			seen("POST "+path+" to "+do, w.ask("POST", path, f.Encode(), "Cookie", cookie).Body.String())
		}
	}
}

// Every route, as the administrator of another organisation: with each id of the first
// in the path and in every parameter there is nothing of it to be read, and nothing of
// it changes.
func TestNobodyReachesAnotherOrganisation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.user("admin", vedette.RoleAdministrator)
		ids := w.full()
		ridge := w.beside("Ridge Aid")
		ridge.user("eve", vedette.RoleAdministrator)
		eve := ridge.signsTo("eve")
		ridge.device(eve).codes()
		seq, err := w.rows.Seq(w.ctx)
		must(t, err)
		w.tried(t, eve, ids, func(what, page string) {
			for _, word := range ofHarbour {
				if strings.Contains(page, word) {
					t.Errorf("%s shows %q", what, word)
				}
			}
		})
		if now, err := w.rows.Seq(w.ctx); err != nil || now != seq {
			list, _ := w.rows.Log(w.ctx, seq, 0)
			t.Errorf("the other organisation changed it: %+v, %v", list, err)
		}
		if t.Name() != "TestNobodyReachesAnotherOrganisation/sqlite" {
			return
		}
		// The same as whom they belong to: so the words are there to be seen, and the acts
		// would do something.
		admin, shown := w.signsTo("admin"), map[string]bool{}
		w.device(admin).codes()
		seq, err = w.rows.Seq(w.ctx)
		must(t, err)
		w.tried(t, admin, ids, func(what, page string) {
			route, _, _ := strings.Cut(what, " of a ")
			for _, word := range ofHarbour {
				shown[route] = shown[route] || strings.Contains(page, word)
			}
		})
		n := 0
		for _, yes := range shown {
			if yes {
				n++
			}
		}
		now, err := w.rows.Seq(w.ctx)
		if err != nil || n < 60 || now-seq < 10 {
			t.Errorf("of its own they see %d pages and do %d things, %v", n, now-seq, err)
		}
	})
}

// doWords are the words that forms of ours send to say what to do.
func doWords(t *testing.T) (out []string) {
	t.Helper()
	files, err := filepath.Glob("templates/*.html")
	must(t, err)
	words := regexp.MustCompile(`name="do" value="([a-z-]+)"`)
	for _, f := range files {
		b, err := os.ReadFile(f)
		must(t, err)
		for _, m := range words.FindAllStringSubmatch(string(b), -1) {
			if !slices.Contains(out, m[1]) {
				out = append(out, m[1])
			}
		}
	}
	if len(out) < 15 {
		t.Fatalf("what forms do is not found: %q", out)
	}
	return out
}

// A link of a message leads to the organisation that sent it, whoever the browser is
// signed in to; so do the secrets of machines, and links that set a password.
func TestLinksLeadToTheirOrganisation(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	ridge := w.beside("Ridge Aid")
	_, err := ridge.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country\nRana Aziz,rana@ridge.example.org,Tunis,TN\n"), desk.ImportOptions{})
	must(t, err)
	u := ridge.publish(harbours())
	link := "/r/" + ridge.token(u, "Rana")
	_, password, err := ridge.desk.AddUser(w.ctx, desk.UserOrder{Name: "Eve", Login: "eve", Role: vedette.RoleAdministrator, By: "Eve"})
	must(t, err)
	ridge.user("ruth", vedette.RoleApprover)
	_, secret, err := ridge.desk.AddToken(w.ctx, desk.TokenOrder{Name: "intranet", Acts: []string{"look", "see people"}, By: "Eve"})
	must(t, err)
	for _, cookie := range []string{"", w.signsTo("ada"), ridge.signsTo("ruth")} {
		rec := w.ask("GET", link, "", "Cookie", cookie)
		wants(t, rec.Body.String(), "Ridge Aid")
		if rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), "Harbour Relief") {
			t.Errorf("a reply link: %d", rec.Code)
		}
		wants(t, w.ask("GET", WelcomePath+password, "", "Cookie", cookie).Body.String(), "Ridge Aid", "Set your password", "Eve")
		page := w.ask("GET", "/people", "", "Cookie", cookie, "Authorization", "Bearer "+secret).Body.String()
		wants(t, page, "Rana Aziz")
		if strings.Contains(page, "Amal") {
			t.Error("a token of one shows the other")
		}
	}
	if rec := w.ask("POST", link, filled("answer", "1").Encode()); rec.Code != http.StatusOK {
		t.Fatalf("an answer: %d %s", rec.Code, text(rec.Body.String()))
	}
	tally, err := ridge.rows.Tally(w.ctx, u.Key)
	must(t, err)
	if tally.Answers[vedette.ReplySafe] != 1 {
		t.Errorf("the answer is counted as %+v", tally.Answers)
	}
}
