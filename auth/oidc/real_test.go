package oidc_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth/oidc"
	"vedette/auth/oidc/oidctest"
)

const back = "http://127.0.0.1:9/sign-in/provider/back" // nobody answers there: what comes back is read from the address

// visitor is a browser at the provider's pages.
type visitor struct {
	t *testing.T
	c *http.Client
}

var (
	action = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)
	hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="(\w+)"`)
)

// signs signs somebody in on the provider's pages, and gives what is brought back.
func (v *visitor) signs(address, id string) url.Values {
	v.t.Helper()
	at := v.do("GET", address, nil)
	for range 5 {
		if strings.HasPrefix(at.to, back) {
			u, err := url.Parse(at.to)
			if err != nil {
				v.t.Fatal(err)
			}
			return u.Query()
		}
		form, prompt := action.FindStringSubmatch(at.page), hidden.FindStringSubmatch(at.page)
		if form == nil || prompt == nil {
			v.t.Fatalf("no form at %s:\n%s", at.to, at.page)
		}
		at = v.do("POST", form[1], url.Values{prompt[1]: {prompt[2]}, "login": {id}, "password": {"any"}})
	}
	v.t.Fatalf("the pages of the provider lead nowhere: %s", at.to)
	return nil
}

type where struct{ to, page string }

func (v *visitor) do(method, address string, form url.Values) where {
	v.t.Helper()
	for range 10 {
		r, err := http.NewRequestWithContext(v.t.Context(), method, address, strings.NewReader(form.Encode()))
		if err != nil {
			v.t.Fatal(err)
		}
		if method == "POST" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		a, err := v.c.Do(r)
		if err != nil {
			v.t.Fatal(err)
		}
		page, err := io.ReadAll(a.Body)
		a.Body.Close()
		if err != nil {
			v.t.Fatal(err)
		}
		to, err := a.Location()
		if err != nil { // it leads nowhere
			return where{address, string(page)}
		}
		if method, address, form = "GET", to.String(), nil; strings.HasPrefix(address, back) {
			return where{to: address}
		}
	}
	v.t.Fatal("led on and on")
	return where{}
}

// By a real provider, as it is: its discovery, its keys, its ID token, its userinfo.
func TestByARealProvider(t *testing.T) {
	real := oidctest.StartReal(t, back, map[string]oidctest.Account{
		"ada": {Mail: "ada@example.org", Verified: true, Name: "Ada Lovelace", Groups: []string{"desk", "other"}}, "eve": {Mail: "ben@example.org", Name: "Ben"}})
	at, err := oidc.New(oidc.Config{Issuer: real.Issuer, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Example ID", Scopes: oidc.UsualScopes, Groups: oidc.UsualGroups,
		Grants: []oidc.Grant{{Group: "desk", Role: vedette.RoleAnalyst}}, Strong: []string{"mfa"}, Back: back, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]vedette.Entry{
		"ada": {Issuer: real.Issuer, Subject: "ada", Mail: "ada@example.org", Name: "Ada Lovelace", Follows: true, Role: vedette.RoleAnalyst},
		"eve": {Issuer: real.Issuer, Subject: "eve", Name: "Ben", Follows: true},
	} {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		v := &visitor{t, &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
		address, kept, err := at.Ask(t.Context(), "/who")
		if err != nil {
			t.Fatal(err)
		}
		q := v.signs(address, id)
		got, to, err := at.Answered(t.Context(), kept, oidc.ReadAnswer(q))
		if err != nil || got != want || to != "/who" {
			t.Errorf("%s: %+v to %q, %v", id, got, to, err)
		}
		if _, _, err := at.Answered(t.Context(), kept, oidc.ReadAnswer(q)); vedette.ErrorCode(err) != vedette.CodeForbidden {
			t.Errorf("%s: the code a second time: %v", id, err)
		}
	}
	// Another client's secret is no way in, and says whose fault it is.
	wrong, err := oidc.New(oidc.Config{Issuer: real.Issuer, Client: oidctest.Client, Secret: "wrong", Name: "Example ID", Scopes: oidc.UsualScopes, Back: back, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	address, kept, err := wrong.Ask(t.Context(), "/")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := wrong.Answered(t.Context(), kept, oidc.ReadAnswer(v.signs(address, "ada"))); vedette.ErrorCode(err) != vedette.CodeUnavailable || !strings.Contains(err.Error(), "--oidc-client") {
		t.Errorf("a wrong secret: %v", err)
	}
}
