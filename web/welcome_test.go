package web

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// first is the form of the first administrator.
func first(code string, more ...string) string {
	f := filled("code", code, "organisation", "  Port   Relief ", "name", "Ada Lovelace", "login", " Ada@Example.org ", "password", aPassword, "again", aPassword)
	for ; len(more) > 0; more = more[2:] {
		f.Set(more[0], more[1])
	}
	return f.Encode()
}

func TestTheFirstAdministratorIsMadeByTheCode(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/welcome"), "no code is good", "vedette user add")
	wants(t, w.posts("/welcome", first(""), http.StatusForbidden), "No code is good any more")
	code, err := w.desk.NewWelcome(w.ctx)
	must(t, err)
	wants(t, w.get("/welcome"), "The code on the terminal")
	wants(t, w.get("/"), "Set it up", "Nothing has been published yet")

	for what, c := range map[string]struct {
		form, says string
		code       int
	}{
		"a wrong code":          {first("AAAA-AAAA-AAAA"), "That is not the code", 403},
		"no organisation":       {first(code, "organisation", " "), "The organisation needs a name", 400},
		"no name":               {first(code, "name", ""), "A user needs a name", 400},
		"no mail address":       {first(code, "login", "ada"), "is no mail address", 400},
		"a password too short":  {first(code, "password", "short", "again", "short"), "15 characters", 400},
		"two passwords":         {first(code, "again", "another"), "not the same", 400},
		"a name that goes over": {first(code, "organisation", strings.Repeat("x", 101)), "at most 100 characters", 400},
	} {
		page := w.posts("/welcome", c.form, c.code)
		wants(t, page, c.says)
		if strings.Contains(page, aPassword) {
			t.Errorf("%s: the page has the password", what)
		}
	}
	if list, err := w.desk.Users(w.ctx, true); err != nil || len(list) > 0 {
		t.Fatalf("%v, %v", list, err)
	}

	rec := w.ask("POST", "/welcome", first(strings.ToLower(code)))
	ada := cookieOf(rec)
	if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != stepsPath || ada == "" {
		t.Fatalf("%d %s %s", rec.Code, rec.Header().Get("Location"), text(rec.Body.String()))
	}
	page := w.ask("GET", stepsPath, "", "Cookie", ada).Body.String()
	wants(t, page, "Ada Lovelace", "Port Relief", "Take in your people", "Add your second factor")
	if strings.Contains(page, "Set it up") {
		t.Error("it is to be set up still")
	}
	list, err := w.desk.Users(w.ctx, true)
	must(t, err)
	if len(list) != 1 || list[0].Login != "ada@example.org" || list[0].Role != vedette.RoleAdministrator || list[0].By != "the welcome code" {
		t.Errorf("%+v", list)
	}
	for _, p := range []string{"/who", stepsPath} {
		if rec := w.ask("GET", p, ""); rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), signInPath) {
			t.Errorf("%s: nobody has to sign in: %d", p, rec.Code)
		}
	}
	// The code is good once, and there is no other.
	wants(t, w.posts("/welcome", first(code, "login", "eve@example.org", "name", "Eve"), http.StatusConflict), "Somebody was quicker")
	wants(t, w.get("/welcome"), "is there already")
	if again, err := w.desk.NewWelcome(w.ctx); err != nil || again != "" {
		t.Errorf("another code: %q, %v", again, err)
	}
	w.signsWith(t, "ada@example.org")
}

// signsWith wants somebody to sign in with their password.
func (w *world) signsWith(t *testing.T, login string) {
	t.Helper()
	if w.signs(login) == "" {
		t.Errorf("%s cannot sign in", login)
	}
}

func TestAWelcomeCodeEnds(t *testing.T) {
	w := newWorld(t)
	code, err := w.desk.NewWelcome(w.ctx)
	must(t, err)
	w.now = w.now.Add(desk.WelcomeLife)
	wants(t, w.posts("/welcome", first(code), http.StatusForbidden), "it is good for an hour")
	// A new one is another, and ends the one before.
	next, err := w.desk.NewWelcome(w.ctx)
	must(t, err)
	wants(t, w.posts("/welcome", first(code), http.StatusForbidden), "That is not the code")
	for i := range 19 {
		w.now = w.now.Add(time.Minute) // whoever tries slowly
		if rec := w.ask("POST", "/welcome", first("AAAA-AAAA-AAAA")); rec.Code != http.StatusForbidden {
			t.Fatalf("try %d: %d", i, rec.Code)
		}
	}
	wants(t, w.posts("/welcome", first(next), http.StatusForbidden), "No code is good any more")
	if list, err := w.desk.Users(w.ctx, true); err != nil || len(list) > 0 {
		t.Errorf("%v, %v", list, err)
	}
}

// Of several who have the code at once one is the first.
func TestOneIsTheFirst(t *testing.T) {
	w := newWorld(t)
	code, err := w.desk.NewWelcome(w.ctx)
	must(t, err)
	var wg sync.WaitGroup
	var in, late atomic.Int32
	for range 4 {
		wg.Go(func() {
			switch rec := w.ask("POST", "/welcome", first(code)); rec.Code {
			case http.StatusSeeOther:
				in.Add(1)
			case http.StatusConflict, http.StatusForbidden:
				late.Add(1)
			default:
				t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 || late.Load() != 3 {
		t.Errorf("%d are the first, %d came late", in.Load(), late.Load())
	}
}

// What has nothing in it yet says what to do next, to whoever may.
func TestAnEmptyHouseSaysWhatToDoNext(t *testing.T) {
	w := newEmptyWorld(t)
	w.user("admin", vedette.RoleAdministrator)
	w.user("ana", vedette.RoleAnalyst)
	admin, ana := w.signs("admin"), w.signs("ana")
	for path, c := range map[string]struct{ says, link, analyst string }{
		"/":         {"Nothing has been published yet", `href="/people/import"`, `href="/drafts"`},
		"/drafts":   {"There is no draft", `action="/drafts"`, `action="/drafts"`},
		"/people":   {"Nobody is kept here yet", `href="/people/add"`, ""},
		"/sites":    {"No site is kept yet", `href="/sites/add"`, ""},
		"/trips":    {"No trip is kept", `href="/trips/add"`, ""},
		"/watches":  {"Nobody asked to be told", `href="/people">Open`, ""},
		"/rota":     {"No turn is kept yet", `href="#add"`, `href="#add"`},
		"/tasks":    {"Nothing waits to be decided", `href="/posture"`, `href="/posture"`},
		"/tokens":   {"No machine may come in yet", `href="#add"`, ""},
		"/channels": {"None yet", `action="/channels#hooks"`, ""},
		"/policies": {"as it is by itself", `action="/policies"`, ""},
	} {
		page := w.ask("GET", path, "", "Cookie", admin).Body.String()
		if wants(t, page, c.says); !strings.Contains(page, c.link) {
			t.Errorf("%s leads an administrator to no %s", path, c.link)
		}
		page = w.ask("GET", path, "", "Cookie", ana).Body.String()
		if c.analyst != "" && !strings.Contains(page, c.analyst) || c.analyst == "" && strings.Contains(page, c.link) {
			t.Errorf("%s leads an analyst to what is not for them, or to nothing", path)
		}
	}
	wants(t, w.ask("GET", "/users?all=0", "", "Cookie", admin).Body.String(), "Let somebody sign in")
}
