package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
)

// as asks for a page with a cookie and wants a status.
func (w *world) as(cookie, method, path string, want int, pairs ...string) string {
	w.t.Helper()
	rec := w.ask(method, path, filled(pairs...).Encode(), "Cookie", cookie)
	if rec.Code != want {
		w.t.Fatalf("%s %s %v: %d, want %d\n%s", method, path, pairs, rec.Code, want, text(rec.Body.String()))
	}
	return rec.Body.String()
}

// in says whether a cookie is one of somebody signed in.
func (w *world) in(cookie string) bool {
	return w.ask("GET", "/account", "", "Cookie", cookie).Code == http.StatusOK
}

var sessionIDs = regexp.MustCompile(`name="session" value="([^"]+)"`)

func TestSomebodysOwnAccount(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/account"), "Nobody has to sign in here yet")
	w.user("ada", vedette.RoleAdministrator)
	w.user("ben", vedette.RoleAnalyst)
	ben := w.signs("ben")
	first := w.signs("ada")
	w.now = w.now.Add(30 * time.Minute)
	second := w.signs("ada")
	page := w.as(second, "GET", "/account", http.StatusOK)
	wants(t, page, "ada signs in with ada", "You are an administrator", "This browser , signed in 11 Mar 2026 18:50 UTC", "Signed in 11 Mar 2026 18:20 UTC , 30 min ago")
	if !strings.Contains(page, `<a href="/account" aria-current="page"`) {
		t.Error("the frame does not lead to it")
	}
	ids := sessionIDs.FindAllStringSubmatch(page, -1)
	if len(ids) != 2 || strings.Contains(page, strings.Split(first, "=")[1]) {
		t.Fatalf("%d sessions, or a secret shown", len(ids))
	}
	// Another's is not theirs to end.
	w.as(ben, "POST", "/account", http.StatusSeeOther, "do", "end", "session", ids[1][1])
	if !w.in(first) {
		t.Error("ben signed ada out")
	}
	w.as(second, "POST", "/account", http.StatusSeeOther, "do", "end", "session", ids[1][1])
	if w.in(first) || !w.in(second) {
		t.Error("the wrong one was signed out")
	}
	first = w.signs("ada")
	w.as(second, "POST", "/account", http.StatusSeeOther, "do", "others")
	if w.in(first) || !w.in(second) || !w.in(ben) {
		t.Error("the others are in still, or this one is not, or ben is not")
	}
	rec := w.ask("POST", "/account", filled("do", "end", "session", ids[0][1]).Encode(), "Cookie", second)
	if rec.Header().Get("Location") != "/sign-in" || w.in(second) {
		t.Errorf("this one: %d to %q", rec.Code, rec.Header().Get("Location"))
	}
	w.as(ben, "POST", "/account", http.StatusConflict, "do", "fly")
	for _, r := range vedette.UserRoles {
		if !strings.Contains(rolesMean[r], string(r)) {
			t.Errorf("what is a %s?", r)
		}
	}
}

func TestANewPassword(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	first, second := w.signs("ada"), w.signs("ada")
	const other = "seven lanterns at dusk"
	change := func(want int, old, password, again, says string) {
		t.Helper()
		wants(t, w.as(second, "POST", "/account", want, "do", "password", "old", old, "password", password, "again", again), says)
	}
	change(http.StatusForbidden, "wrong", other, other, "not the password you sign in with")
	change(http.StatusConflict, aPassword, other, other+"2", "not the same")
	change(http.StatusConflict, aPassword, "short", "short", "at least 15 characters")
	change(http.StatusConflict, aPassword, aPassword, aPassword, "the password you have")
	if !w.in(first) {
		t.Error("what was refused signed somebody out")
	}
	change(http.StatusSeeOther, aPassword, other, other, "")
	if w.in(first) || !w.in(second) {
		t.Error("the others are in still, or this one is not")
	}
	wants(t, w.as(second, "GET", "/account?done=password", http.StatusOK), "The password is changed")
	w.posts("/sign-in", filled("login", "ada", "password", aPassword).Encode(), http.StatusForbidden)
	w.posts("/sign-in", filled("login", "ada", "password", other).Encode(), http.StatusSeeOther)

	// Whoever sits before a browser that is signed in may not guess without end.
	many := 0
	for range 20 {
		if rec := w.ask("POST", "/account", filled("do", "password", "old", "wrong", "password", aPassword, "again", aPassword).Encode(), "Cookie", second); rec.Code == http.StatusTooManyRequests {
			many++
		}
	}
	if many < 10 {
		t.Errorf("%d of 20 tries were too many", many)
	}
}
