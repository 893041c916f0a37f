package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
)

const aPassword = "quiet heron ledger 41"

// user lets somebody sign in, with a password.
func (w *world) user(name string, role vedette.UserRole, of ...string) {
	w.t.Helper()
	_, link, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: name, Login: name, Role: role, Of: of, By: "Ada"})
	must(w.t, err)
	_, err = w.desk.SetPassword(w.ctx, link, aPassword)
	must(w.t, err)
}

// signs signs somebody in and gives their browser's cookie.
func (w *world) signs(name string) string {
	w.t.Helper()
	rec := w.ask("POST", "/sign-in", filled("login", name, "password", aPassword).Encode())
	if rec.Code != http.StatusSeeOther {
		w.t.Fatalf("%s: %d %s", name, rec.Code, text(rec.Body.String()))
	}
	return cookieOf(rec)
}

func cookieOf(rec *httptest.ResponseRecorder) string {
	for _, c := range rec.Result().Cookies() {
		if c.Name == sessionCookie {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// Every route, as nobody and as every role: what the table says. A route that is in no
// line of it says why it is open.
func TestWhoMayGoWhere(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	cookies := map[vedette.UserRole]string{vedette.RoleAdministrator: "admin"}
	for _, r := range []vedette.UserRole{vedette.RoleAnalyst, vedette.RoleApprover} {
		w.user(string(r), r)
		cookies[r] = string(r)
	}
	bo := string(w.person("Bo").ID)
	for r, of := range map[vedette.UserRole]string{vedette.RoleTraveller: bo, vedette.RoleManager: "ada@relief.example.org", vedette.RoleWarden: "Tunis office", vedette.RoleRegional: "Tunisia"} {
		w.user(string(r), r, of)
		cookies[r] = string(r)
	}
	for r, name := range cookies {
		cookies[r] = w.signs(name)
		w.device(cookies[r]).codes() // some of it takes a second factor
	}
	fill := fillRoute(w, u)
	p := &portal{Config: Config{Demo: http.NotFoundHandler()}}
	seen := map[rights.Act]bool{}
	for _, rt := range p.routes() {
		if want := actOf[rt.pattern]; rt.open == "" && rt.act != want {
			t.Errorf("%s is for those who may %q, want %q", rt.pattern, rt.act, want)
		}
		method, path, ok := strings.Cut(rt.pattern, " ")
		if !ok {
			method, path = "GET", rt.pattern
		}
		path = fill.Replace(path)
		nobody := w.ask(method, path, "")
		if rt.act == "" {
			if rt.open == "" {
				t.Errorf("%s is neither for anybody nor open for a reason", rt.pattern)
			}
			if nobody.Code == http.StatusUnauthorized || strings.HasPrefix(nobody.Header().Get("Location"), signInPath+"?") {
				t.Errorf("%s is open, and asks nobody to sign in: %d", rt.pattern, nobody.Code)
			}
			continue
		}
		if seen[rt.act] = true; rt.open != "" {
			t.Errorf("%s is open, and for those who may %s", rt.pattern, rt.act)
		}
		switch to := nobody.Header().Get("Location"); {
		case rt.act == rights.Scim: // for machines alone: nobody is led to sign in
			if wrong := refusedMachine(nobody); nobody.Code != http.StatusUnauthorized || wrong != "" {
				t.Errorf("%s as nobody: %d %s", rt.pattern, nobody.Code, wrong)
			}
		case method == "GET" && (nobody.Code != http.StatusSeeOther || to != signInPath+"?to="+url.QueryEscape(path)):
			t.Errorf("%s as nobody: %d to %q", rt.pattern, nobody.Code, to)
		case method == "POST" && nobody.Code != http.StatusUnauthorized:
			t.Errorf("%s as nobody: %d", rt.pattern, nobody.Code)
		}
		for r, cookie := range cookies {
			if rt.pattern == "POST /sign-out" {
				continue // it is let: the others still need their cookies
			}
			if path == "/" && r.Own() {
				if to := w.ask(method, path, "", "Cookie", cookie).Header().Get("Location"); to != ownPath {
					t.Errorf("%s as %s: to %q", rt.pattern, r, to)
				}
				continue
			}
			rec := w.ask(method, path, "by=Eve", "Cookie", cookie)
			refused := rec.Code == http.StatusForbidden || rec.Code == http.StatusUnauthorized || strings.HasPrefix(rec.Header().Get("Location"), signInPath)
			if may := rights.May(r, rt.act) && rt.pattern != "POST /updates/{id}/acts" || rt.pattern == "POST /updates/{id}/acts" && rights.May(r, rights.Publish); may == refused {
				t.Errorf("%s as %s: %d, may %v", rt.pattern, r, rec.Code, may)
			}
		}
	}
	for _, a := range rights.Acts {
		if !seen[a] {
			t.Errorf("nothing asks whether somebody may %s", a)
		}
	}
}

// fillRoute puts something into the blanks of a route.
func fillRoute(w *world, u *vedette.Update) *strings.Replacer {
	return strings.NewReplacer("{$}", "", "{id}", string(u.ID), "{person}", string(w.person("Bo").ID), "{key}", "strike", "{area}", "TN", "{token}", "none", "{link}", "none", "{file}", "none", "{gateway}", "none", "{provider}", "none", "{ref}", "none", "{step}", "none")
}

// actOf says once more, apart from the routes, what each is for.
var actOf = map[string]rights.Act{
	"GET /{$}": rights.Look, "GET /updates/{id}": rights.Look, "GET /flash": rights.Draft, "POST /flash": rights.Draft, "GET /flash/look": rights.SeePeople, "GET /who/people": rights.SeePeople,
	"GET /flash/templates": rights.RunHouse, "GET /flash/write": rights.RunHouse, "GET /flash/templates/{key}": rights.RunHouse, "POST /flash/templates/{key}": rights.RunHouse, "POST /people/{id}/page": rights.KeepPeople, "GET /drafts": rights.Look, "GET /world": rights.Look, "GET /world-map/{file}": rights.Look, "GET /world/{area}": rights.Look, "GET /world/{area}/calendar.ics": rights.Look, "GET /posture": rights.Look, "GET /posture/{area}": rights.Look,
	"GET /canary": rights.Look, "GET /reports/{id}": rights.Look, "GET /reports/{id}/file": rights.Look, "/": rights.Look, "/demo/": rights.Look,
	"GET /updates/{id}/update.pdf": rights.Look, "POST /updates/{id}/share": rights.Draft, "GET /updates/{id}/board.csv": rights.Export, "GET /night": rights.SeePeople, "GET /night/live": rights.SeePeople, "POST /log": rights.KeepLog, "GET /updates/{id}/board": rights.SeePeople, "GET /updates/{id}/board/live": rights.SeePeople, "GET /updates/{id}/sitrep": rights.SeePeople, "POST /updates/{id}/sitrep": rights.HandOver, "GET /sitreps/{id}": rights.SeePeople, "GET /sitreps/{id}/report.pdf": rights.SeePeople, "GET /updates/{id}/sitrep.pdf": rights.SeePeople, "GET /updates/{id}/people": rights.SeePeople, "GET /updates/{id}/why/{person}": rights.SeePeople,
	"GET /drafts/{id}": rights.SeePeople, "GET /drafts/{id}/draw": rights.SeePeople, "GET /drafts/{id}/reading": rights.SeePeople, "GET /drafts/{id}/tells": rights.SeePeople, "GET /drafts/{id}/clashes/{file}": rights.SeePeople, "POST /drafts/{id}/reading": rights.Draft, "GET /cases": rights.SeePeople, "GET /cases/{id}": rights.SeePeople, "GET /rollcalls": rights.SeePeople,
	"GET /rollcalls/{id}": rights.SeePeople, "GET /rollcalls/{id}/calls": rights.SeePeople, "GET /rollcalls/{id}/calls.csv": rights.Export,
	"GET /who": rights.SeePeople, "GET /handover": rights.SeePeople, "GET /handover/{id}": rights.SeePeople, "GET /reach": rights.SeePeople, "GET /drills": rights.SeePeople,
	"GET /inbox": rights.Look, "POST /inbox": rights.Draft, "GET /inbox/{id}": rights.SeePeople, "POST /inbox/{id}": rights.Draft, "GET /inbox/{id}/alert.cap.xml": rights.Look, "POST /drafts": rights.Draft, "POST /drafts/{id}": rights.Draft, "POST /drafts/{id}/remove": rights.Draft, "POST /updates/{id}/acts": rights.Draft,
	"POST /drafts/{id}/ask": rights.Draft, "POST /drafts/{id}/break": rights.BreakGlass, "POST /drafts/{id}/publish": rights.Publish,
	"GET /approvals": rights.Look, "GET /approvals/{id}": rights.SeePeople, "POST /approvals/{id}": rights.Approve, "POST /approvals/{id}/withdraw": rights.Draft,
	"POST /cases/{id}": rights.TakeCases, "POST /rollcalls": rights.Account, "POST /rollcalls/{id}": rights.Account, "POST /rollcalls/{id}/account": rights.Account,
	"POST /rollcalls/{id}/calls": rights.Account, "GET /rollcalls/{id}/ask": rights.Ask, "POST /rollcalls/{id}/ask": rights.Ask,
	"POST /handover": rights.HandOver, "POST /drills": rights.Drill, "POST /sign-out": rights.Self, "GET /users": rights.Administer, "GET /first-steps": rights.Administer, "POST /users": rights.Administer,
	"GET /mine": rights.SeeOwn, "GET /mine/{person}": rights.SeeOwn, "POST /mine/{person}": rights.AccountOwn,
	"GET /people": rights.SeePeople, "GET /people/{id}": rights.SeePeople, "POST /people": rights.KeepPeople, "POST /people/{id}": rights.KeepPeople, "GET /people/add": rights.KeepPeople,
	"GET /people/{id}/edit": rights.KeepPeople, "GET /people/{id}/erase": rights.KeepPeople, "POST /people/{id}/erase": rights.KeepPeople,
	"GET /people/{id}/file.json": rights.Export, "GET /people/{id}/file.txt": rights.Export,
	"GET /people/import": rights.KeepPeople, "POST /people/import": rights.KeepPeople,
	"GET /sites": rights.SeePeople, "GET /sites/{id}": rights.SeePeople, "POST /sites": rights.RunHouse, "POST /sites/{id}": rights.RunHouse, "GET /sites/add": rights.RunHouse, "GET /sites/{id}/edit": rights.RunHouse,
	"GET /sites/{id}/remove": rights.RunHouse, "POST /sites/{id}/remove": rights.RunHouse, "GET /sites/import": rights.RunHouse, "POST /sites/import": rights.RunHouse,
	"GET /trips": rights.SeePeople, "GET /trips/{id}": rights.SeePeople, "POST /trips": rights.KeepPeople, "POST /trips/{id}": rights.KeepPeople, "GET /trips/add": rights.KeepPeople, "GET /trips/{id}/cancel": rights.KeepPeople,
	"POST /trips/{id}/cancel": rights.KeepPeople, "GET /trips/import": rights.KeepPeople, "POST /trips/import": rights.KeepPeople,
	"GET /watches": rights.SeePeople, "GET /watches/{id}": rights.SeePeople, "POST /watches": rights.KeepPeople, "POST /watches/{id}": rights.KeepPeople,
	"GET /house": rights.SeePeople, "GET /settings": rights.RunHouse, "POST /settings": rights.RunHouse, "GET /policies": rights.RunHouse, "POST /policies": rights.RunHouse, "GET /channels": rights.RunHouse, "POST /channels": rights.RunHouse,
	"GET /rota": rights.SeePeople, "POST /rota": rights.HandOver, "GET /tasks": rights.SeePeople, "POST /tasks": rights.HandOver,
	"GET /organisations": rights.Administer, "POST /organisations": rights.Administer,
	"GET /audit": rights.Audit, "GET /audit/check": rights.Audit,
	"GET /tokens": rights.Administer, "POST /tokens": rights.Administer,
	"GET /scim/v2/Users": rights.Scim, "POST /scim/v2/Users": rights.Scim, "GET /scim/v2/Users/{id}": rights.Scim, "PUT /scim/v2/Users/{id}": rights.Scim,
	"PATCH /scim/v2/Users/{id}": rights.Scim, "DELETE /scim/v2/Users/{id}": rights.Scim, "GET /scim/v2/Groups": rights.Scim,
	"GET /scim/v2/ServiceProviderConfig": rights.Scim, "GET /scim/v2/ResourceTypes": rights.Scim, "GET /scim/v2/ResourceTypes/{id}": rights.Scim,
	"GET /scim/v2/Schemas": rights.Scim, "GET /scim/v2/Schemas/{id}": rights.Scim, "/scim/v2/": rights.Scim,
	"GET /account": rights.Self, "POST /account": rights.Self, "POST /account/passkey": rights.Self, "POST /account/show": rights.Self,
	"GET /account/again": rights.Self, "POST /account/again": rights.Self,
}

// Whoever drafts may hold back what is being sent, and nothing that tells people.
func TestAnAnalystMayStop(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.user("admin", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	ana := w.signs("ana")
	acts := "/updates/" + string(u.ID) + "/acts"
	if rec := w.ask("POST", acts, filled("do", "cancel", "by", "Ada").Encode(), "Cookie", ana); rec.Code != http.StatusForbidden {
		t.Errorf("to cancel: %d", rec.Code)
	}
	rec := w.ask("POST", acts, filled("do", "stop", "reason", "the wrong area", "by", "Eve").Encode(), "Cookie", ana)
	if rec.Code != http.StatusOK {
		t.Fatalf("to stop: %d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, rec.Body.String(), "Stop it now")
	f := filled("do", "stop", "reason", "the wrong area", "sure", "1")
	if rec := w.ask("POST", acts, f.Encode(), "Cookie", ana); rec.Code != http.StatusSeeOther {
		t.Fatalf("to stop, a second time: %d %s", rec.Code, text(rec.Body.String()))
	}
	if got, err := w.desk.Update(w.ctx, u.ID); err != nil || got.State != vedette.UpdateStopped {
		t.Errorf("%v, %v", got.State, err)
	}
	// A stop after which an earlier one is told again is for whoever publishes.
	first := w.publish(harbours())
	second := harbours()
	second.Situation = first.Situation
	second = w.publish(second)
	acts = "/updates/" + string(second.ID) + "/acts"
	if rec := w.ask("POST", acts, f.Encode(), "Cookie", ana); rec.Code != http.StatusForbidden {
		t.Errorf("to stop what replaced another, as an analyst: %d", rec.Code)
	}
	if rec := w.ask("POST", acts, f.Encode(), "Cookie", w.signs("admin")); rec.Code != http.StatusSeeOther {
		t.Errorf("to stop what replaced another, as an administrator: %d", rec.Code)
	}
}

// The record names who is signed in, whatever a form says.
func TestTheRecordNamesWhoIsSignedIn(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	cookie := w.signs("ada")
	if rec := w.ask("POST", "/drafts", filled("text", reportText, "by", "Eve").Encode(), "Cookie", cookie); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	page := w.ask("GET", "/drafts", "", "Cookie", cookie).Body.String()
	wants(t, page, "by ada")
	if strings.Contains(page, "Eve") || strings.Contains(page, `name="by"`) {
		t.Error("a name may be typed")
	}
}

func TestSigningInAndOut(t *testing.T) {
	w := newWorld(t)
	w.get("/") // nobody has to yet
	wants(t, w.get("/sign-in"), "Nobody has to sign in here yet")
	w.user("ada", vedette.RoleAdministrator)
	if page := w.get("/sign-in?to=/who"); !strings.Contains(page, `name="to" value="/who"`) {
		t.Error("where one came from is forgotten")
	}

	// A wrong name, no password, and a wrong password are one answer.
	var answers []string
	for _, f := range []url.Values{filled("login", "eve", "password", aPassword), filled("login", "ada", "password", "x"), filled("login", "ada"), filled("login", "", "password", aPassword)} {
		rec := w.ask("POST", "/sign-in", f.Encode())
		if rec.Code != http.StatusForbidden || cookieOf(rec) != "" {
			t.Errorf("%v: %d", f, rec.Code)
		}
		answers = append(answers, strings.ReplaceAll(text(rec.Body.String()), f.Get("login"), ""))
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("the answers differ: %q", answers)
	}
	first := w.signs("ada")
	rec := w.ask("POST", "/sign-in", filled("login", " ADA ", "password", aPassword, "to", "/who").Encode(), "Cookie", first)
	second := cookieOf(rec)
	if rec.Header().Get("Location") != "/who" || second == "" || second == first {
		t.Errorf("to %q with %q", rec.Header().Get("Location"), second)
	}
	in := func(cookie string) bool { return w.ask("GET", "/", "", "Cookie", cookie).Code == http.StatusOK }
	if in(first) || !in(second) || in(sessionCookie+"=x") || in(second+"x") {
		t.Error("the browser's earlier secret is good still, or one that never was")
	}
	for _, to := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/sign-in", "/x\r\nSet-Cookie: a=b", ""} {
		if rec := w.ask("POST", "/sign-in", filled("login", "ada", "password", aPassword, "to", to).Encode()); rec.Header().Get("Location") != "/" {
			t.Errorf("%q leads to %q", to, rec.Header().Get("Location"))
		}
	}
	third := w.signs("ada")
	w.ask("POST", "/sign-out", "", "Cookie", third)
	if in(third) || !in(second) {
		t.Error("signed out, and still in; or another browser too")
	}
	third = w.signs("ada")
	w.ask("POST", "/sign-out", "everywhere=1", "Cookie", third)
	if in(third) || in(second) {
		t.Error("signed out everywhere, and still in")
	}
}

func TestASessionEndsByItself(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	in := func(cookie string) bool { return w.ask("GET", "/", "", "Cookie", cookie).Code == http.StatusOK }
	cookie := w.signs("ada")
	for range 7 { // a page every two hours is enough, for sixteen hours
		w.now = w.now.Add(desk.SessionIdle - time.Minute)
		if !in(cookie) {
			t.Fatal("out while at work")
		}
	}
	w.now = w.now.Add(desk.SessionIdle - time.Minute)
	if !in(cookie) {
		t.Fatal("out too early")
	}
	w.now = w.now.Add(9 * time.Minute)
	if in(cookie) {
		t.Error("in for more than sixteen hours")
	}
	cookie = w.signs("ada")
	w.now = w.now.Add(desk.SessionIdle)
	if in(cookie) {
		t.Error("in though nobody was seen for two hours")
	}
}

func TestThePasswordIsSetByALinkOnce(t *testing.T) {
	w := newWorld(t)
	_, link, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: "Ada <b>", Login: "ada", Role: vedette.RoleAdministrator, By: "Ada"})
	must(t, err)
	at := WelcomePath + link
	wants(t, w.get(at), "Ada <b>", "At least 15 characters")
	wants(t, w.posts(at, filled("password", aPassword, "again", aPassword+"2").Encode(), http.StatusBadRequest), "not the same")
	wants(t, w.posts(at, filled("password", "short", "again", "short").Encode(), http.StatusBadRequest), "at least 15 characters")
	if rec := w.ask("POST", at, filled("password", aPassword, "again", aPassword, "role", "administrator", "login", "root").Encode()); rec.Header().Get("Location") != "/sign-in" {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	w.posts(at, filled("password", "another good password", "again", "another good password").Encode(), http.StatusGone)
	cookie := w.signs("ada")

	// A reset ends what is signed in, and the old password.
	_, link, err = w.desk.ResetUser(w.ctx, "ada")
	must(t, err)
	if rec := w.ask("GET", "/", "", "Cookie", cookie); rec.Code != http.StatusSeeOther {
		t.Errorf("after a reset: %d", rec.Code)
	}
	w.posts("/sign-in", filled("login", "ada", "password", aPassword).Encode(), http.StatusForbidden)
	w.now = w.now.Add(desk.PasswordLinkLife)
	if rec := w.ask("GET", WelcomePath+link, ""); rec.Code != http.StatusGone {
		t.Errorf("a link of yesterday: %d", rec.Code)
	}
	// Somebody whose role is changed has it at once; who is closed is out at once.
	must(t, second(w.desk.SetUserRole(w.ctx, "ada", vedette.RoleAdministrator, nil)))
}

func second[T any](_ T, err error) error { return err }

func TestWhoIsClosedIsOutAtOnce(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	w.user("ben", vedette.RoleApprover)
	ben := w.signs("ben")
	may := func() int { return w.ask("POST", "/drills", "", "Cookie", ben).Code }
	if code := may(); code != http.StatusBadRequest {
		t.Errorf("as an approver: %d", code)
	}
	must(t, second(w.desk.SetUserRole(w.ctx, "ben", vedette.RoleAnalyst, nil)))
	if code := may(); code != http.StatusForbidden {
		t.Errorf("as an analyst: %d", code)
	}
	must(t, second(w.desk.CloseUser(w.ctx, "ben")))
	if code := may(); code != http.StatusUnauthorized {
		t.Errorf("closed: %d", code)
	}
	w.posts("/sign-in", filled("login", "ben", "password", aPassword).Encode(), http.StatusForbidden)
}

// Ten thousand tries: few of them cost a hash, and who is at work goes on.
func TestTenThousandTries(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	cookie := w.signs("ada")
	looked := 0
	for i := range 10_000 {
		r := httptest.NewRequest("POST", "http://localhost/sign-in", strings.NewReader("login=ada&password=wrong"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = fmt.Sprintf("198.51.%d.%d:80", i%7, i%251)
		rec := httptest.NewRecorder()
		switch w.http.ServeHTTP(rec, r); rec.Code {
		case http.StatusForbidden:
			looked++
		case http.StatusTooManyRequests:
		default:
			t.Fatalf("try %d: %d", i, rec.Code)
		}
	}
	if looked > 100 {
		t.Errorf("%d passwords were looked at", looked)
	}
	if rec := w.ask("GET", "/", "", "Cookie", cookie); rec.Code != http.StatusOK {
		t.Errorf("who is signed in: %d", rec.Code)
	}
	w.signs("ada") // from where she signed in before
}

// Over TLS the cookie is for TLS alone, for this host and all of it.
func TestTheCookie(t *testing.T) {
	for base, want := range map[string]string{
		"":                           "vedette-session=ridge.; Path=/; HttpOnly; SameSite=Lax",
		"https://alerts.example.org": "__Host-vedette-session=ridge.; Path=/; HttpOnly; Secure; SameSite=Lax",
	} {
		rec := httptest.NewRecorder()
		(&portal{Config: Config{BaseURL: base, Desk: &desk.Desk{Config: desk.Config{Org: vedette.Organisation{Handle: "ridge"}}}}}).keepSession(rec, "secret")
		if got := strings.Replace(rec.Header().Get("Set-Cookie"), "secret", "", 1); got != want {
			t.Errorf("%q: %s", base, got)
		}
	}
}

func TestWhereSomebodyComesFrom(t *testing.T) {
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:80", "", "192.0.2.1"},
		{"192.0.2.1:80", "198.51.100.7", "192.0.2.1"}, // nobody there is a proxy of ours
		{"127.0.0.1:80", "", "127.0.0.1"},
		{"127.0.0.1:80", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		{"203.0.113.5:80", "198.51.100.7", "198.51.100.7"}, // named
		{"[::1]:80", "2001:db8::7", "2001:db8::7"},
		{"127.0.0.1:80", "nonsense", "127.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		if r.RemoteAddr = c.remote; c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		p := &portal{Config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("203.0.113.0/28")}}}
		if got := p.peer(r).String(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestUsersOnTheirPage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/users"), "Nobody has to sign in yet")
	for _, role := range []string{"analyst", "administrator"} { // whoever comes to this machine is not its administrator by that
		wants(t, w.posts("/users", filled("do", "add", "name", "Eve", "login", "eve", "role", role, "by", "Eve").Encode(), http.StatusConflict), "the first administrator is made with the code")
	}
	_, link, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: "Ada <i>", Login: "ada", Role: vedette.RoleAdministrator, By: "Ada"})
	must(t, err)
	w.ask("POST", WelcomePath+link, filled("password", aPassword, "again", aPassword).Encode())
	ada := w.signs("ada")
	do := func(want int, pairs ...string) string {
		t.Helper()
		rec := w.ask("POST", "/users", filled(pairs...).Encode(), "Cookie", ada)
		if rec.Code != want {
			t.Fatalf("%v: %d %s", pairs, rec.Code, text(rec.Body.String()))
		}
		return rec.Body.String()
	}
	if page := w.ask("GET", "/users", "", "Cookie", ada).Body.String(); strings.Contains(page, link) {
		t.Error("the link is shown again")
	}
	do(http.StatusOK, "do", "add", "name", "Ben", "login", "ben", "role", "analyst")
	wants(t, do(http.StatusConflict, "do", "add", "name", "Ben", "login", "ben", "role", "analyst"), "is taken")
	wants(t, do(http.StatusConflict, "do", "add", "name", "", "login", "cem", "role", "analyst"), "needs a name")
	do(http.StatusSeeOther, "do", "role", "login", "ben", "role", "approver")
	wants(t, do(http.StatusConflict, "do", "close", "login", "ada", "sure", "1"), "only administrator")
	wants(t, do(http.StatusOK, "do", "close", "login", "ben"), "may not sign in again")
	do(http.StatusSeeOther, "do", "close", "login", "ben", "sure", "1")
	wants(t, do(http.StatusConflict, "do", "reset", "login", "ben", "sure", "1"), "Nobody signs in as")
	list, err := w.desk.Users(w.ctx, true)
	must(t, err)
	if len(list) != 2 || list[1].By != "Ada <i>" || list[1].Role != vedette.RoleApprover || list[1].Closed.IsZero() {
		t.Errorf("%+v", list)
	}
	do(http.StatusOK, "do", "reset", "login", "ada", "sure", "1")
	do(http.StatusUnauthorized, "do", "reset", "login", "ada", "sure", "1")
}

// As long as nobody may sign in a proxy lets nobody in, though it is on this machine;
// and where others reach the portal they come past one.
func TestWhoComesFromOutside(t *testing.T) {
	w := newWorld(t)
	open := func(c Config, path, remote, host string, header ...string) int {
		c.Desk, c.Gaz, c.Now, c.Log, c.BaseURL, c.Hosts = w.desk, w.gaz, func() time.Time { return w.now }, slog.New(slog.DiscardHandler), "https://desk.example.org", []string{"desk.example.org"}
		h, err := New(c)
		must(t, err)
		path, own := strings.CutPrefix(path, "tls ")
		r := httptest.NewRequest("GET", map[bool]string{true: "https://", false: "http://"}[own]+host+path, nil)
		for r.RemoteAddr = remote; len(header) > 0; header = header[2:] {
			r.Header.Set(header[0], header[1])
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	here := Config{Loopback: true}
	for _, c := range []struct {
		remote, host string
		header       []string
		want         int
	}{
		{"127.0.0.1:9", "localhost", nil, 200},
		{"127.0.0.1:9", "desk.example.org", nil, 403},
		{"127.0.0.1:9", "localhost", []string{"X-Forwarded-For", "192.0.2.1"}, 403},
		{"192.0.2.1:9", "localhost", nil, 403},
	} {
		if got := open(here, "/users", c.remote, c.host, c.header...); got != c.want {
			t.Errorf("nobody may sign in, %+v: %d", c, got)
		}
	}
	w.user("ada", vedette.RoleAdministrator)
	outside := Config{Loopback: true, Outside: true, Proxies: []netip.Prefix{netip.MustParsePrefix("203.0.113.5/32")}}
	for remote, want := range map[string]int{"203.0.113.5:9": 303, "127.0.0.1:9": 303, "192.0.2.1:9": 403} {
		if got := open(outside, "/users", remote, "desk.example.org"); got != want {
			t.Errorf("from %s: %d, want %d", remote, got, want)
		}
		if got := open(outside, "/sign-in", remote, "desk.example.org"); (got == 200) != (want == 303) {
			t.Errorf("to sign in, from %s: %d", remote, got)
		}
		if got := open(outside, "/r/none", remote, "desk.example.org"); got != 403 && got != 404 {
			t.Errorf("an answer's link, from %s: %d", remote, got)
		}
	}
	// Over TLS of our own nobody needs a proxy, and whoever comes past one that is none of
	// ours is who they are.
	own := Config{Loopback: true, Outside: true}
	for path, want := range map[string]int{"/users": 303, "/sign-in": 200} {
		if got := open(own, "tls "+path, "192.0.2.1:9", "desk.example.org", "X-Forwarded-For", "127.0.0.1"); got != want {
			t.Errorf("%s over TLS of our own: %d, want %d", path, got, want)
		}
	}
}

// Where all goes over TLS browsers are told so, on every answer; not of a name of their
// own machine.
func TestBrowsersAreToldToComeOverTLS(t *testing.T) {
	w := newWorld(t)
	for base, want := range map[string]string{"https://desk.example.org": "max-age=31536000", "http://desk.example.org": "", "https://localhost:8443": "", "https://127.0.0.1": "", "": ""} {
		h, err := New(Config{Desk: w.desk, Gaz: w.gaz, Now: func() time.Time { return w.now }, Log: slog.New(slog.DiscardHandler), BaseURL: base})
		must(t, err)
		for _, path := range []string{"/", "/healthz", "/static/none", "/r/none", "/no"} {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
			if got := rec.Header().Get("Strict-Transport-Security"); got != want {
				t.Errorf("%q, %s: %q, want %q", base, path, got, want)
			}
		}
	}
}
