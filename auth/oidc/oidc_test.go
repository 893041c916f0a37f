package oidc_test

import (
	"errors"
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

var t0 = time.Date(2026, 3, 11, 18, 20, 0, 0, time.UTC)

// ada is what a provider says of somebody as it should.
var ada = map[string]any{"email": "Ada@Example.org", "email_verified": true, "name": "Ada Lovelace", "groups": []string{"staff", "desk"}}

type world struct {
	t    *testing.T
	fake *oidctest.Fake
	at   *oidc.Provider
	now  time.Time
}

func newWorld(t *testing.T, set func(*oidc.Config)) *world {
	t.Helper()
	w := &world{t: t, fake: oidctest.Start(t, t0), now: t0}
	w.fake.Claims = maps.Clone(ada)
	c := oidc.Config{Issuer: w.fake.URL, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Example ID", Scopes: oidc.UsualScopes, Groups: oidc.UsualGroups,
		Grants: []oidc.Grant{{"desk", vedette.RoleAnalyst}, {"leads", vedette.RoleApprover}, {"guards", vedette.RoleWarden}}, Back: "https://desk.example.org/back", Now: func() time.Time { return w.now }}
	if set != nil {
		set(&c)
	}
	var err error
	if w.at, err = oidc.New(c); err != nil {
		t.Fatal(err)
	}
	return w
}

// signs has somebody sign in; bend changes what their browser brings back.
func (w *world) signs(bend func(url.Values)) (vedette.Entry, error) {
	w.t.Helper()
	address, kept, err := w.at.Ask(w.t.Context(), "/who")
	if err != nil {
		return vedette.Entry{}, err
	}
	q := w.fake.Signs(address)
	if bend != nil {
		bend(q)
	}
	e, to, err := w.at.Answered(w.t.Context(), kept, oidc.ReadAnswer(q))
	if err == nil && to != "/who" {
		w.t.Errorf("leads to %q", to)
	}
	return e, err
}

func TestWhoSomebodyIs(t *testing.T) {
	w := newWorld(t, nil)
	e, err := w.signs(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := vedette.Entry{Issuer: w.fake.URL, Subject: "7", Mail: "ada@example.org", Name: "Ada Lovelace", Follows: true, Role: vedette.RoleAnalyst}
	if e != want {
		t.Errorf("%+v, want %+v", e, want)
	}
	for what, c := range map[string]struct {
		bend func(map[string]any)
		want func(*vedette.Entry)
	}{
		"an address that is not verified":   {func(m map[string]any) { m["email_verified"] = false }, func(e *vedette.Entry) { e.Mail = "" }},
		"one of which nothing is said":      {func(m map[string]any) { delete(m, "email_verified") }, func(e *vedette.Entry) { e.Mail = "" }},
		"verified, as a text":               {func(m map[string]any) { m["email_verified"] = "true" }, func(*vedette.Entry) {}},
		"what is no address":                {func(m map[string]any) { m["email"] = []int{1} }, func(e *vedette.Entry) { e.Mail = "" }},
		"several groups: what may most":     {func(m map[string]any) { m["groups"] = []any{"guards", "leads", 7, "desk"} }, func(e *vedette.Entry) { e.Role = vedette.RoleApprover }},
		"one group, as a text":              {func(m map[string]any) { m["groups"] = "guards" }, func(e *vedette.Entry) { e.Role = vedette.RoleWarden }},
		"an address with a trap":            {func(m map[string]any) { m["email"] = "ada\x00@example.org" }, func(e *vedette.Entry) { e.Mail = "" }},
		"no group of ours":                  {func(m map[string]any) { m["groups"] = []string{"Desk", "desk "} }, func(e *vedette.Entry) { e.Role = "" }},
		"no groups":                         {func(m map[string]any) { delete(m, "groups") }, func(e *vedette.Entry) { e.Role = "" }},
		"a second factor nobody counts":     {func(m map[string]any) { m["amr"], m["auth_time"] = []string{"mfa"}, t0.Unix() }, func(*vedette.Entry) {}},
		"a clock that is a little behind":   {func(m map[string]any) { m["exp"] = t0.Add(-50 * time.Second).Unix() }, func(*vedette.Entry) {}},
		"a clock that is a little ahead":    {func(m map[string]any) { m["iat"] = t0.Add(50 * time.Second).Unix() }, func(*vedette.Entry) {}},
		"for several, of whom we are named": {func(m map[string]any) { m["aud"], m["azp"] = []string{oidctest.Client, "other"}, oidctest.Client }, func(*vedette.Entry) {}},
	} {
		want := want
		c.want(&want)
		w.fake.Bend = c.bend
		if e, err := w.signs(nil); err != nil || e != want {
			t.Errorf("%s: %+v, %v", what, e, err)
		}
	}
}

// Whatever is not right signs nobody in, and the reason is in the log's words.
func TestAnAnswerThatIsNotRight(t *testing.T) {
	set := func(name string, v any) func(map[string]any) { return func(m map[string]any) { m[name] = v } }
	for what, c := range map[string]struct {
		fake   func(*oidctest.Fake)
		claims func(map[string]any)
		answer func(url.Values)
		why    string
	}{
		"another state":         {answer: func(q url.Values) { q.Set("state", "x") }, why: "something else"},
		"no state":              {answer: func(q url.Values) { q.Del("state") }, why: "something else"},
		"no code":               {answer: func(q url.Values) { q.Del("code") }, why: "no code"},
		"a code it never gave":  {answer: func(q url.Values) { q.Set("code", "x") }, why: "invalid_grant"},
		"another issuer":        {answer: func(q url.Values) { q.Set("iss", "https://evil.example") }, why: "another provider"},
		"no issuer":             {answer: func(q url.Values) { q.Del("iss") }, why: "another provider"},
		"somebody said no":      {answer: func(q url.Values) { q.Set("error", "access_denied") }, why: "access_denied"},
		"an error with a trap":  {answer: func(q url.Values) { q.Set("error", "<b>\n"+strings.Repeat("x", 99)) }, why: "an error"},
		"another nonce":         {claims: set("nonce", "x"), why: "another question"},
		"no nonce":              {claims: func(m map[string]any) { delete(m, "nonce") }, why: "another question"},
		"another audience":      {claims: set("aud", "other"), why: "audience"},
		"another party":         {claims: set("azp", "other"), why: "made for another"},
		"several, none named":   {claims: set("aud", []string{oidctest.Client, "other"}), why: "made for another"},
		"another issuer inside": {claims: set("iss", "https://evil.example"), why: "different provider"},
		"it ended":              {claims: set("exp", t0.Add(-2*time.Minute).Unix()), why: "expired"},
		"it is of later":        {claims: set("iat", t0.Add(2*time.Minute).Unix()), why: "later than now"},
		"it begins later":       {claims: set("nbf", t0.Add(10*time.Minute).Unix()), why: "before the nbf"},
		"nobody signed it":      {fake: func(f *oidctest.Fake) { f.None = true }, why: "none"},
		"another signed it":     {fake: func(f *oidctest.Fake) { f.Other = true }, why: "failed to verify"},
		"nobody it is of":       {claims: set("sub", ""), why: "did not say who"},
		"too much of a name":    {claims: set("sub", strings.Repeat("x", 256)), why: "did not say who"},
		"an access token's sum": {claims: set("at_hash", "x"), why: "access token hash"},
		"userinfo of another": {fake: func(f *oidctest.Fake) {
			f.Info = map[string]any{"sub": "8", "groups": []string{"leads"}}
			delete(f.Claims, "groups")
		}, why: "somebody else"},
	} {
		w := newWorld(t, nil)
		if c.fake != nil {
			c.fake(w.fake)
		}
		w.fake.Bend = c.claims
		e, err := w.signs(c.answer)
		if vedette.ErrorCode(err) != vedette.CodeForbidden || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %+v, %v", what, e, err)
		}
		var said *vedette.Error
		if errors.As(err, &said) && (strings.Contains(said.Sentence, "audience") || strings.ContainsAny(err.Error(), "<\n")) {
			t.Errorf("%s: the page says %q", what, said.Sentence)
		}
	}
}

// A code is good once, and for the browser that asked for it.
func TestACodeIsGoodOnce(t *testing.T) {
	w := newWorld(t, nil)
	address, kept, err := w.at.Ask(t.Context(), "/")
	if err != nil {
		t.Fatal(err)
	}
	q := oidc.ReadAnswer(w.fake.Signs(address))
	if _, _, err := w.at.Answered(t.Context(), kept, q); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.at.Answered(t.Context(), kept, q); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("a second time: %v", err)
	}
	other, kept, err := w.at.Ask(t.Context(), "/")
	if err != nil {
		t.Fatal(err)
	}
	mine, _ := url.Parse(other)
	q = oidc.ReadAnswer(w.fake.Signs(address)) // somebody else's code, put beside this browser's state
	q.State = mine.Query().Get("state")
	if _, _, err := w.at.Answered(t.Context(), kept, q); vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("another browser's code: %v", err)
	}
}

func TestWhatATokenDoesNotSayIsAskedFor(t *testing.T) {
	w := newWorld(t, func(c *oidc.Config) { c.Groups = "access.roles" })
	w.fake.Claims = nil
	w.fake.Info = map[string]any{"sub": "7", "email": "ada@example.org", "email_verified": true, "name": "Ada", "access": map[string]any{"roles": []string{"leads"}}}
	e, err := w.signs(nil)
	if err != nil || e.Mail != "ada@example.org" || e.Role != vedette.RoleApprover {
		t.Errorf("%+v, %v", e, err)
	}
	// That one address is verified says nothing of another.
	w.fake.Claims = map[string]any{"email": "eve@example.org"}
	if e, err = w.signs(nil); err != nil || e.Mail != "" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestASecondFactorShownThere(t *testing.T) {
	w := newWorld(t, func(c *oidc.Config) { c.Strong = []string{"mfa", "gold"} })
	hour := t0.Add(-time.Hour)
	for what, c := range map[string]struct {
		claims map[string]any
		want   time.Time
	}{
		"by amr":            {map[string]any{"amr": []string{"pwd", "mfa"}, "auth_time": hour.Unix()}, hour},
		"by acr":            {map[string]any{"acr": "gold", "auth_time": hour.Unix()}, hour},
		"nobody says when":  {map[string]any{"amr": []string{"mfa"}}, time.Time{}},
		"a password alone":  {map[string]any{"amr": []string{"pwd"}, "auth_time": hour.Unix()}, time.Time{}},
		"later than now":    {map[string]any{"acr": "gold", "auth_time": t0.Add(time.Hour).Unix()}, time.Time{}},
		"a clock ahead":     {map[string]any{"acr": "gold", "auth_time": t0.Add(30 * time.Second).Unix()}, t0},
		"what is no moment": {map[string]any{"acr": "gold", "auth_time": "now"}, time.Time{}},
	} {
		w.fake.Bend = func(m map[string]any) { maps.Copy(m, c.claims) }
		e, err := w.signs(nil)
		if err != nil || !e.Strong.Equal(c.want) {
			t.Errorf("%s: %v, %v", what, e.Strong, err)
		}
	}
	if address, _, err := w.at.Ask(t.Context(), "/"); err != nil || !strings.Contains(address, "max_age=43200") {
		t.Errorf("it is not asked when: %s, %v", address, err)
	}
}

// A provider that is away is asked again, not all the time, and is there again when it is.
func TestAProviderThatIsAway(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.Status = http.StatusBadGateway
	away := func(what string) {
		t.Helper()
		if _, err := w.signs(nil); vedette.ErrorCode(err) != vedette.CodeUnavailable {
			t.Errorf("%s: %v", what, err)
		}
		if w.at.Lost().IsZero() {
			t.Errorf("%s: nobody says so", what)
		}
	}
	for range 5 {
		away("away")
	}
	if n := w.fake.Asked(); n != 1 {
		t.Errorf("asked %d times at once", n)
	}
	w.fake.Status = 0
	w.now = w.now.Add(10 * time.Second)
	if _, err := w.signs(nil); err != nil || !w.at.Lost().IsZero() {
		t.Errorf("back: %v", err)
	}
	// It went after somebody was sent there.
	address, kept, err := w.at.Ask(t.Context(), "/")
	if err != nil {
		t.Fatal(err)
	}
	q := oidc.ReadAnswer(w.fake.Signs(address))
	w.fake.Status = http.StatusBadGateway
	if _, _, err := w.at.Answered(t.Context(), kept, q); vedette.ErrorCode(err) != vedette.CodeUnavailable || w.at.Lost().IsZero() {
		t.Errorf("gone meanwhile: %v", err)
	}
	w.fake.Close()
	w.now = w.now.Add(2 * time.Hour)
	if _, _, err := w.at.Ask(t.Context(), "/"); err != nil {
		t.Errorf("what is known of it is good still, so browsers are sent there: %v", err)
	}
}

// One that answers for ever, with something else, or leads elsewhere, is none.
func TestAProviderThatIsNone(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"no JSON": func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("<html>")) },
		"without end": func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(`{"issuer":"` + strings.Repeat("x", 2<<20)))
		},
		"leads away": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		},
		"another": func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(`{"issuer":"https://other.example.org"}`))
		},
		"doors outside": func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(`{"issuer":"http://` + r.Host + `","authorization_endpoint":"http://evil.example/a","token_endpoint":"http://` + r.Host + `/t","jwks_uri":"http://` + r.Host + `/k"}`))
		},
		"no doors": func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(`{"issuer":"http://` + r.Host + `"}`)) },
	}
	for what, answer := range answers {
		s := httptest.NewServer(answer)
		p, err := oidc.New(oidc.Config{Issuer: s.URL, Client: "x", Name: "Example ID", Scopes: oidc.UsualScopes, Now: func() time.Time { return t0 }})
		if err != nil {
			t.Fatal(err)
		}
		if address, _, err := p.Ask(t.Context(), "/"); vedette.ErrorCode(err) != vedette.CodeUnavailable || len(err.Error()) > 600 {
			t.Errorf("%s: %q, %v", what, address, err)
		}
		s.Close()
	}
}

func TestWhatIsWrongWithAConfiguration(t *testing.T) {
	good := oidc.Config{Issuer: "https://id.example.org/realm", Client: "x", Scopes: oidc.UsualScopes}
	for what, c := range map[string]struct {
		set     func(*oidc.Config)
		setting string
	}{
		"good":             {func(*oidc.Config) {}, ""},
		"on this machine":  {func(c *oidc.Config) { c.Issuer = "http://localhost:8080" }, ""},
		"no TLS":           {func(c *oidc.Config) { c.Issuer = "http://id.example.org" }, "oidc-issuer"},
		"no address":       {func(c *oidc.Config) { c.Issuer = "id.example.org" }, "oidc-issuer"},
		"a name in it":     {func(c *oidc.Config) { c.Issuer = "https://a:b@id.example.org" }, "oidc-issuer"},
		"a query":          {func(c *oidc.Config) { c.Issuer = "https://id.example.org/?x=1" }, "oidc-issuer"},
		"no client":        {func(c *oidc.Config) { c.Client = "" }, "oidc-client"},
		"no openid":        {func(c *oidc.Config) { c.Scopes = []string{"email"} }, "oidc-scope"},
		"a scope of two":   {func(c *oidc.Config) { c.Scopes = []string{"openid", "a b"} }, "oidc-scope"},
		"added as nothing": {func(c *oidc.Config) { c.Adds = true }, "oidc-add"},
	} {
		cfg := good
		c.set(&cfg)
		if setting, err := cfg.Check(); setting != c.setting || (err == nil) != (c.setting == "") {
			t.Errorf("%s: %s, %v", what, setting, err)
		}
	}
	if g, err := oidc.ParseGrant("CN=desk,OU=groups = analyst"); err != nil || g != (oidc.Grant{Group: "CN=desk,OU=groups", Role: vedette.RoleAnalyst}) {
		t.Errorf("%+v, %v", g, err)
	}
	for _, s := range []string{"", "desk", "=analyst", "desk=", "desk=king", "desk=Analyst"} {
		if g, err := oidc.ParseGrant(s); err == nil {
			t.Errorf("%q is %+v", s, g)
		}
	}
}

// FuzzAnswered: whatever a browser brings back, nobody is signed in by it, and nothing of
// it is in the page's words.
func FuzzAnswered(f *testing.F) {
	f.Add("state", "code", "https://id.example.org", "")
	f.Add("", "", "", "access_denied")
	f.Fuzz(func(t *testing.T, state, code, iss, kind string) {
		p, err := oidc.New(oidc.Config{Issuer: "http://127.0.0.1:1", Client: "x", Name: "Example ID", Scopes: oidc.UsualScopes, Now: func() time.Time { return t0 }})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = p.Answered(t.Context(), []byte(`{"state":"the state","nonce":"n","verifier":"v","to":"/"}`), oidc.Answer{State: state, Code: code, Issuer: iss, Error: kind})
		if err == nil {
			t.Fatal("signed in")
		}
		var said *vedette.Error
		if errors.As(err, &said) && len(kind) > 20 && strings.Contains(said.Sentence, kind) {
			t.Errorf("the page says %q", said.Sentence)
		}
	})
}
