package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vedette"
)

// leads is where a page leads to, "" where it is shown.
func (w *world) leads(cookie, path string) string {
	w.t.Helper()
	rec := w.ask("GET", path, "", "Cookie", cookie)
	if rec.Code != http.StatusOK && rec.Code != http.StatusSeeOther {
		w.t.Fatalf("%s: %d %s", path, rec.Code, text(rec.Body.String()))
	}
	return rec.Header().Get("Location")
}

// Where everybody shows a second factor nobody sees anything before.
func TestASecondFactorAtEachSignIn(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	w.user("lin", vedette.RoleRegional, "Tunisia")
	w.serveWith(func(c *Config) { c.SecondFactor = true })
	for _, who := range []string{"ada", "lin"} {
		cookie := w.signs(who)
		for _, path := range []string{"/", "/who", "/mine", "/users", "/nothing"} {
			if to := w.leads(cookie, path); to != "/account#second" {
				t.Errorf("%s without one: %s leads to %q", who, path, to)
			}
		}
		wants(t, w.as(cookie, "GET", "/account", http.StatusOK), "Everybody shows a second factor here")
		w.device(cookie).codes()
		if to := w.leads(cookie, "/account"); to != "" {
			t.Errorf("%s showed one: %q", who, to)
		}
		// The next browser shows it, and is let to nothing else before: not to their account either.
		next := w.signs(who)
		for _, path := range []string{"/who?area=TN", "/account", "/mine"} {
			if to := w.leads(next, path); to != againPath+"?to="+url.QueryEscape(path) {
				t.Errorf("%s has one: %s leads to %q", who, path, to)
			}
		}
		for _, path := range []string{"/account", "/users", "/drafts"} {
			if rec := w.ask("POST", path, filled("do", "password", "old", aPassword, "password", "another quiet heron", "again", "another quiet heron").Encode(), "Cookie", next); rec.Code != http.StatusForbidden || !strings.Contains(text(rec.Body.String()), "nothing was done") {
				t.Errorf("%s: POST %s: %d", who, path, rec.Code)
			}
		}
		if to := w.leads(next, againPath+"?to=/mine"); to != "" {
			t.Errorf("%s cannot show it: %q", who, to)
		}
	}
}

// Whoever wants to shows it each time, where the house asks when it matters.
func TestOneMayWantIt(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	ada := w.signs("ada")
	if rec := w.ask("POST", "/account", filled("do", "each-time").Encode(), "Cookie", ada); rec.Code != http.StatusConflict {
		t.Errorf("without one: %d", rec.Code)
	}
	w.device(ada).codes()
	if to := w.leads(w.signs("ada"), "/who"); to != "" {
		t.Errorf("when it matters: %q", to)
	}
	w.as(ada, "POST", "/account", http.StatusSeeOther, "do", "each-time")
	wants(t, w.as(ada, "GET", "/account", http.StatusOK), "You are asked for it whenever you sign in")
	next := w.signs("ada")
	if to := w.leads(next, "/who"); !strings.HasPrefix(to, againPath) {
		t.Errorf("each time: %q", to)
	}
	if rec := w.ask("POST", "/account", filled("do", "matters").Encode(), "Cookie", next); rec.Code != http.StatusForbidden {
		t.Errorf("who did not show it takes it back: %d", rec.Code)
	}
	w.as(ada, "POST", "/account", http.StatusSeeOther, "do", "matters")
	if to := w.leads(w.signs("ada"), "/who"); to != "" {
		t.Errorf("taken back: %q", to)
	}
}
