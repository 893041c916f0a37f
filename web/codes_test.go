package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
)

var shownSecret = regexp.MustCompile(`<code class="link" dir="ltr">([A-Z2-7 ]+)</code>`)

// codes adds one-time codes to the account of a browser.
func (d *device) codes() auth.CodeSecret {
	d.w.t.Helper()
	rec := d.send("/account", "do", "codes", "password", aPassword)
	found := shownSecret.FindStringSubmatch(rec.Body.String())
	if rec.Code != http.StatusOK || found == nil {
		d.w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	s, err := auth.ParseCodeSecret(found[1])
	must(d.w.t, err)
	rec = d.send("/account", "do", "first-code", "code", s.Code(d.w.now))
	if rec.Header().Get("Location") != "/account?done=codes" {
		d.w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	return s
}

func TestOneTimeCodes(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	d := w.device(w.signs("ada"))
	if rec := d.send("/account", "do", "codes", "password", "wrong"); rec.Code != http.StatusForbidden || shownSecret.MatchString(rec.Body.String()) {
		t.Errorf("without the password: %d", rec.Code)
	}
	page := d.send("/account", "do", "codes", "password", aPassword).Body.String()
	found := shownSecret.FindStringSubmatch(page)
	if !strings.Contains(page, `href="otpauth://totp/Harbour%20Relief:ada?`) || !strings.Contains(page, `secret=`+strings.ReplaceAll(found[1], " ", "")) || !strings.Contains(page, `<path d="M4 4h7v1h-7z`) {
		t.Error("the secret is not there as a link, or as a QR code")
	}
	// A first code that is mistyped shows the same secret again; nothing is kept yet.
	again := d.send("/account", "do", "first-code", "code", "12345")
	if f := shownSecret.FindStringSubmatch(again.Body.String()); again.Code != http.StatusForbidden || f == nil || f[1] != found[1] {
		t.Fatalf("mistyped: %d %s", again.Code, text(again.Body.String()))
	}
	wants(t, w.as(d.session, "GET", "/account", http.StatusOK), "You have none yet")
	secret, err := auth.ParseCodeSecret(found[1])
	must(t, err)
	first := secret.Code(w.now)
	if rec := d.send("/account", "do", "first-code", "code", first[:3]+" "+first[3:]); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.as(d.session, "GET", "/account", http.StatusOK), "One-time codes , used 11 Mar 2026 18:20 UTC")
	if rec := d.send("/account", "do", "first-code", "code", first); rec.Code != http.StatusForbidden {
		t.Errorf("the first once more: %d", rec.Code)
	}

	// Another browser shows one: once, and not without end.
	d = w.device(w.signs("ada"))
	show := func(code string) int {
		t.Helper()
		return d.send("/account/again", "show", "code", "code", code, "to", "/who").Code
	}
	if code := show(first); code != http.StatusForbidden {
		t.Errorf("the first, a second time: %d", code)
	}
	w.now = w.now.Add(30 * time.Second)
	next := secret.Code(w.now)
	if code := show(next); code != http.StatusSeeOther {
		t.Errorf("the next: %d", code)
	}
	if code := show(next); code != http.StatusForbidden {
		t.Errorf("the next, a second time: %d", code)
	}
	many := 0
	for range 20 {
		if show("00000") == http.StatusTooManyRequests {
			many++
		}
	}
	if many != 15 { // one of six was the second time
		t.Errorf("%d of 20 were too many", many)
	}
	w.as(d.session, "POST", "/account", http.StatusForbidden, "do", "no-codes", "password", "wrong")
	w.as(d.session, "POST", "/account", http.StatusSeeOther, "do", "no-codes", "password", aPassword)
	wants(t, w.as(d.session, "GET", "/account", http.StatusOK), "You have none yet")
}

// A secret is kept sealed, under this installation's key.
func TestASecretIsSealed(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	secret := w.device(w.signs("ada")).codes()
	c, found, err := w.rows.CodesOf(w.ctx, w.userKey("ada"))
	must(t, err)
	if !found || strings.Contains(string(c.Sealed), string(secret)) {
		t.Error("the secret is kept in the clear")
	}
}

// Whoever lost what they show begins anew by an administrator's hand, who is told what
// that removes.
func TestAResetTakesSecondFactorsToo(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	w.user("ada", vedette.RoleAdministrator)
	w.user("ben", vedette.RoleAnalyst)
	ben := w.device(w.signs("ben"))
	ben.add("phone")
	ben.codes()
	ada := w.signs("ada")
	wants(t, w.as(ada, "POST", "/users", http.StatusOK, "do", "reset", "login", "ben"), "Their passkeys and one-time codes are removed")
	page := w.as(ada, "POST", "/users", http.StatusOK, "do", "reset", "login", "ben", "sure", "1")
	ben.session = ""
	if rec := ben.signsIn("/"); rec.Code != http.StatusForbidden {
		t.Errorf("the passkey signs in: %d", rec.Code)
	}
	link := strings.TrimPrefix(strings.Split(strings.Split(page, `<code class="link">`)[1], "<")[0], localBase)
	w.ask("POST", link, filled("password", aPassword, "again", aPassword).Encode())
	ben.session = w.signs("ben")
	wants(t, w.as(ben.session, "GET", "/account", http.StatusOK), "You have none yet")
}
