package web

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth/oidc"
	"vedette/auth/oidc/oidctest"
)

// byProvider serves the portal with an identity provider of our own.
func (w *world) byProvider(set func(*oidc.Config)) *oidctest.Fake {
	w.t.Helper()
	f := oidctest.Start(w.t, w.now)
	f.Claims = map[string]any{"email": "ben@example.org", "email_verified": true, "name": "Ben", "groups": []string{"desk"}}
	c := oidc.Config{Issuer: f.URL, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Example ID", Scopes: oidc.UsualScopes, Groups: oidc.UsualGroups,
		Grants: []oidc.Grant{{Group: "desk", Role: vedette.RoleAnalyst}, {Group: "leads", Role: vedette.RoleApprover}}, Adds: true,
		Back: "http://localhost" + ProviderBack, Now: func() time.Time { return w.now }}
	if set != nil {
		set(&c)
	}
	p, err := oidc.New(c)
	must(w.t, err)
	w.serveWith(func(c *Config) { c.Provider = p })
	return f
}

func wentOf(rec *httptest.ResponseRecorder) string {
	for _, c := range rec.Result().Cookies() {
		if c.Name == wentCookie {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// comes has a browser go to the provider, sign in there and come back.
func (w *world) comes(f *oidctest.Fake, to string) *httptest.ResponseRecorder {
	w.t.Helper()
	went := w.ask("GET", signInProviderPath+"?to="+url.QueryEscape(to), "")
	if went.Code != http.StatusSeeOther || wentOf(went) == "" {
		w.t.Fatalf("%d %s", went.Code, text(went.Body.String()))
	}
	return w.ask("GET", ProviderBack+"?"+f.Signs(went.Header().Get("Location")).Encode(), "", "Cookie", wentOf(went))
}

func TestSigningInByAProvider(t *testing.T) {
	w := newWorld(t)
	f := w.byProvider(nil)
	if rec := w.ask("GET", signInProviderPath, ""); rec.Code != http.StatusConflict {
		t.Errorf("before the first administrator: %d", rec.Code)
	}
	w.user("ada", vedette.RoleAdministrator)
	wants(t, w.get("/sign-in?to=/who"), "Sign in with Example ID", "Password")

	rec := w.comes(f, "/who?area=TN")
	ben := cookieOf(rec)
	if rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/who?area=TN" || ben == "" {
		t.Fatalf("%d to %q %s", rec.Code, rec.Header().Get("Location"), text(rec.Body.String()))
	}
	wants(t, w.as(ben, "GET", "/account", http.StatusOK), "You are an analyst", "You sign in with Example ID")
	if rec := w.ask("GET", "/users", "", "Cookie", ben); rec.Code != http.StatusForbidden {
		t.Errorf("an analyst at the users: %d", rec.Code)
	}
	ada := w.signs("ada")
	wants(t, w.as(ada, "GET", "/users", http.StatusOK), "ben@example.org", "by the identity provider")
	wants(t, w.as(ada, "GET", "/audit", http.StatusOK), "added by the identity provider", "signed in by the identity provider")

	// The role is another with the next group; who is in none is out, everywhere.
	f.Claims["groups"] = []string{"leads"}
	next := cookieOf(w.comes(f, "/"))
	wants(t, w.as(ben, "GET", "/account", http.StatusOK), "You are an approver")
	f.Claims["groups"] = []string{}
	rec = w.comes(f, "/")
	if rec.Code != http.StatusForbidden || cookieOf(rec) != "" {
		t.Errorf("in no group: %d", rec.Code)
	}
	wants(t, rec.Body.String(), "in no group of the identity provider")
	if w.in(ben) || w.in(next) {
		t.Error("in no group any more, and signed in")
	}

	// Whom an administrator closes stays out, whatever the groups say.
	f.Claims["groups"] = []string{"desk"}
	if w.comes(f, "/").Code != http.StatusSeeOther {
		t.Error("in a group again, and not let in")
	}
	_, err := w.desk.CloseUser(w.ctx, "ben@example.org")
	must(t, err)
	if rec = w.comes(f, "/"); rec.Code != http.StatusForbidden || cookieOf(rec) != "" {
		t.Errorf("closed: %d", rec.Code)
	}
	wants(t, rec.Body.String(), "You may sign in here no more")
}

// Whatever comes back that was not asked of this browser, or leads elsewhere, signs
// nobody in, and the page offers the other ways.
func TestWhatComesBackIsOfThisBrowser(t *testing.T) {
	w := newWorld(t)
	f := w.byProvider(nil)
	w.user("ada", vedette.RoleAdministrator)
	refused := func(what string, rec *httptest.ResponseRecorder, code int) {
		t.Helper()
		if rec.Code != code || cookieOf(rec) != "" || !strings.Contains(rec.Body.String(), `name="password"`) {
			t.Errorf("%s: %d %s", what, rec.Code, text(rec.Body.String()))
		}
	}
	went := w.ask("GET", signInProviderPath, "")
	q := f.Signs(went.Header().Get("Location"))
	back := ProviderBack + "?" + q.Encode()
	refused("another browser", w.ask("GET", back, ""), http.StatusForbidden)
	other := w.ask("GET", signInProviderPath, "")
	refused("a browser that went, too", w.ask("GET", back, "", "Cookie", wentOf(other)), http.StatusForbidden)
	state := maps.Clone(q)
	state.Set("state", "x")
	refused("another state", w.ask("GET", ProviderBack+"?"+state.Encode(), "", "Cookie", wentOf(went)), http.StatusForbidden)
	refused("after a try that was wrong", w.ask("GET", back, "", "Cookie", wentOf(went)), http.StatusForbidden)

	went = w.ask("GET", signInProviderPath, "")
	back = ProviderBack + "?" + f.Signs(went.Header().Get("Location")).Encode()
	if rec := w.ask("GET", back, "", "Cookie", wentOf(went)); rec.Code != http.StatusSeeOther || cookieOf(rec) == "" {
		t.Fatalf("as it should be: %d", rec.Code)
	}
	refused("a second time", w.ask("GET", back, "", "Cookie", wentOf(went)), http.StatusForbidden)
	went = w.ask("GET", signInProviderPath, "")
	late := ProviderBack + "?" + f.Signs(went.Header().Get("Location")).Encode()
	w.now = w.now.Add(6 * time.Minute)
	f.Now = w.now
	refused("too late", w.ask("GET", late, "", "Cookie", wentOf(went)), http.StatusForbidden)
	for _, to := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "/sign-in/provider", ""} {
		if got := w.comes(f, to).Header().Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
	f.Status = http.StatusBadGateway
	went = w.ask("GET", signInProviderPath, "")
	refused("gone meanwhile", w.ask("GET", ProviderBack+"?"+f.Signs(went.Header().Get("Location")).Encode(), "", "Cookie", wentOf(went)), http.StatusServiceUnavailable)
	wants(t, w.get("/sign-in"), "Example ID could not be reached at 18:26 UTC", "A passkey or a password")
	w.signs("ada") // goes on
	w.now = w.now.Add(3 * time.Minute)
	if strings.Contains(w.get("/sign-in"), "could not be reached") {
		t.Error("it is said for ever")
	}
}

func TestAProviderThatIsAwayFromTheStart(t *testing.T) {
	w := newWorld(t)
	f := w.byProvider(nil)
	w.user("ada", vedette.RoleAdministrator)
	f.Status = http.StatusBadGateway
	rec := w.ask("GET", signInProviderPath+"?to=/who", "")
	if rec.Code != http.StatusServiceUnavailable || !strings.Contains(rec.Body.String(), `name="to" value="/who"`) {
		t.Errorf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, rec.Body.String(), "Example ID cannot be reached just now; sign in with a passkey or a password")
	w.signs("ada")
	f.Status = 0
	w.now, f.Now = w.now.Add(time.Minute), w.now.Add(time.Minute)
	if rec := w.comes(f, "/who"); rec.Header().Get("Location") != "/who" {
		t.Errorf("back: %d", rec.Code)
	}
	w.serveWith(func(*Config) {})
	for _, path := range []string{signInProviderPath, ProviderBack} {
		if rec := w.ask("GET", path, ""); rec.Code != http.StatusNotFound {
			t.Errorf("%s without a provider: %d", path, rec.Code)
		}
	}
}

// A second factor shown there counts here only where the house says so, and as of then.
func TestASecondFactorOfTheProvider(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	for what, c := range map[string]struct {
		strong []string
		fresh  bool
	}{"it says so": {[]string{"mfa"}, true}, "it does not": {nil, false}} {
		f := w.byProvider(func(cfg *oidc.Config) { cfg.Strong = c.strong })
		f.Claims["amr"], f.Claims["auth_time"], f.Claims["sub"], f.Claims["email"] = []string{"pwd", "mfa"}, w.now.Add(-time.Hour).Unix(), what, strings.ReplaceAll(what, " ", "")+"@example.org"
		cookie := cookieOf(w.comes(f, "/"))
		page := w.as(cookie, "GET", "/account", http.StatusOK)
		if got := strings.Contains(text(page), "a second factor was shown 11 Mar 2026 17:20"); got != c.fresh {
			t.Errorf("%s: %v %s", what, got, text(page))
		}
	}
}
