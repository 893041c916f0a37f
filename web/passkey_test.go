package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/auth/passkey/passkeytest"
	"vedette/desk"
	"vedette/httpd"
)

const localBase = "http://localhost"

// serves makes the portal anew, at an address.
func (w *world) serves(base string) {
	w.t.Helper()
	var err error
	w.http, err = New(Config{Desk: w.desk, Gaz: w.gaz, Now: func() time.Time { return w.now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), BaseURL: base})
	must(w.t, err)
}

// device is a browser with a device: it answers what its page's script would be told.
type device struct {
	*passkeytest.Device
	w       *world
	session string // its cookies
	asked   string
}

func (w *world) device(session string) *device {
	return &device{Device: &passkeytest.Device{Origin: localBase}, w: w, session: session}
}

func (d *device) send(path string, pairs ...string) *httptest.ResponseRecorder {
	d.w.t.Helper()
	rec := d.w.ask("POST", path, filled(pairs...).Encode(), "Cookie", strings.Trim(d.session+"; "+d.asked, "; "))
	for _, c := range rec.Result().Cookies() {
		if c.Name == askedCookie {
			d.asked = c.Name + "=" + c.Value
		}
	}
	return rec
}

// options are what the browser is asked.
func (d *device) options(path string, pairs ...string) []byte {
	d.w.t.Helper()
	rec := d.send(path, pairs...)
	if rec.Code != http.StatusOK || d.asked == "" {
		d.w.t.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return rec.Body.Bytes()
}

// add adds a passkey to the account.
func (d *device) add(name string) {
	d.w.t.Helper()
	made := d.Make(d.w.t, d.options("/account/passkey", "password", aPassword))
	rec := d.send("/account", "do", "passkey", "name", name, "credential", string(made))
	if rec.Header().Get("Location") != "/account?done=passkey" {
		d.w.t.Fatalf("%d %s", rec.Code, text(rec.Body.String()))
	}
}

// signsIn signs in with the passkey.
func (d *device) signsIn(to string) *httptest.ResponseRecorder {
	d.w.t.Helper()
	return d.send("/sign-in/passkey", "to", to, "credential", string(d.Show(d.w.t, d.options("/sign-in/ask"))))
}

func TestSigningInWithAPasskey(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	w.user("ada", vedette.RoleAdministrator)
	first := w.signs("ada")
	page := w.as(first, "GET", "/account", http.StatusOK)
	wants(t, page, "You have none yet", "Add a passkey", "this browser runs none here")
	d := w.device(first)
	rec := d.send("/account/passkey", "password", "wrong")
	if rec.Code != http.StatusForbidden || !strings.Contains(rec.Body.String(), "That is not the password you sign in with") || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/plain") {
		t.Errorf("without the password: %d %s", rec.Code, rec.Body)
	}
	d.add("my phone")
	wants(t, w.as(first, "GET", "/account", http.StatusOK), "my phone , a passkey, added 11 Mar 2026 18:20 UTC , just now ; not used yet; on this one device", "a second factor was shown")

	// Another browser signs in with it, without a name, and goes on to where it was.
	d.session, d.asked = "", ""
	w.now = w.now.Add(time.Hour)
	if rec = d.signsIn("/who"); rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/who" {
		t.Fatalf("%d to %q: %s", rec.Code, rec.Header().Get("Location"), text(rec.Body.String()))
	}
	d.session = cookieOf(rec)
	wants(t, w.as(d.session, "GET", "/account", http.StatusOK), "used 11 Mar 2026 19:20 UTC")
	if !w.in(first) {
		t.Error("the other browser is out")
	}

	// An answer is good once, from the browser that was asked, and not for long.
	refused := func(what string, rec *httptest.ResponseRecorder) {
		t.Helper()
		if rec.Code != http.StatusForbidden || cookieOf(rec) != "" {
			t.Errorf("%s: %d %s", what, rec.Code, text(rec.Body.String()))
		}
	}
	d.session = ""
	answer := string(d.Show(t, d.options("/sign-in/ask")))
	kept := d.asked
	if rec := d.send("/sign-in/passkey", "credential", answer); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d", rec.Code)
	}
	d.asked = kept
	refused("a second time", d.send("/sign-in/passkey", "credential", answer))
	answer = string(d.Show(t, d.options("/sign-in/ask")))
	d.asked = ""
	refused("another browser", d.send("/sign-in/passkey", "credential", answer))
	answer = string(d.Show(t, d.options("/sign-in/ask")))
	w.now = w.now.Add(desk.ChallengeLife)
	refused("too late", d.send("/sign-in/passkey", "credential", answer))
	copied := *d.Device
	if rec := d.signsIn("/"); rec.Code != http.StatusSeeOther {
		t.Fatalf("%d", rec.Code)
	}
	d.session, d.Device = "", &copied
	wants(t, d.signsIn("/").Body.String(), "may have been copied")
	stranger := w.device("")
	stranger.Make(t, w.device(first).options("/account/passkey", "password", aPassword)) // a key that nobody added
	refused("a passkey of nobody", stranger.signsIn("/"))
}

// What somebody was asked for one thing is no answer to another.
func TestAPasskeyIsShownForWhatItWasAskedFor(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	w.user("ada", vedette.RoleAdministrator)
	w.user("ben", vedette.RoleAnalyst)
	ada, ben := w.device(w.signs("ada")), w.device(w.signs("ben"))
	ada.add("phone")
	ben.add("stick")
	shown := string(ada.Show(t, ada.options("/account/show")))
	if rec := ada.send("/sign-in/passkey", "credential", shown); rec.Code != http.StatusForbidden {
		t.Errorf("shown, and signed in: %d", rec.Code)
	}
	signed := string(ada.Show(t, ada.options("/sign-in/ask")))
	if rec := ada.send("/account/again", "credential", signed); rec.Code != http.StatusForbidden {
		t.Errorf("signed in, and shown: %d", rec.Code)
	}
	// Ben's browser, with what ada was asked.
	ben.asked = ""
	shown = string(ada.Show(t, ada.options("/account/show")))
	ben.asked = ada.asked
	if rec := ben.send("/account/again", "credential", shown); rec.Code != http.StatusForbidden {
		t.Errorf("ada's passkey, shown as ben: %d", rec.Code)
	}
	// And ben's own passkey does not show that it is ada.
	his := string(ben.Show(t, ada.options("/account/show")))
	if rec := ada.send("/account/again", "credential", his); rec.Code != http.StatusForbidden {
		t.Errorf("ben's passkey, shown as ada: %d", rec.Code)
	}
	if rec := ada.send("/account/again", "to", "/who", "credential", string(ada.Show(t, ada.options("/account/show")))); rec.Header().Get("Location") != "/who" {
		t.Errorf("her own: %d %s", rec.Code, text(rec.Body.String()))
	}
}

// Whoever has a passkey shows it before they add another, or remove one: a password
// that somebody saw is not enough.
func TestWhatSomebodyHasGuardsWhatTheyAdd(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	w.user("ada", vedette.RoleAdministrator)
	d := w.device(w.signs("ada"))
	early := w.device(w.signs("ada")) // asked while there was none
	made := early.Make(t, early.options("/account/passkey", "password", aPassword))
	d.add("phone")
	if rec := early.send("/account", "do", "passkey", "name", "mine", "credential", string(made)); rec.Code != http.StatusForbidden {
		t.Errorf("another is added by who was asked before: %d", rec.Code)
	}
	f, err := w.desk.Factors(w.ctx, &vedette.User{Key: w.userKey("ada")})
	must(t, err)
	keys := f.Passkeys
	thief := w.device(w.signs("ada"))
	wants(t, w.as(thief.session, "GET", "/account", http.StatusOK), "show what you have first")
	if rec := thief.send("/account/passkey", "password", aPassword); rec.Code != http.StatusForbidden || !strings.Contains(rec.Body.String(), "Show the passkey") {
		t.Errorf("another is added: %d %s", rec.Code, rec.Body)
	}
	w.as(thief.session, "POST", "/account", http.StatusForbidden, "do", "forget", "passkey", string(keys[0].ID), "password", aPassword)
	w.as(d.session, "POST", "/account", http.StatusForbidden, "do", "forget", "passkey", string(keys[0].ID), "password", "wrong")
	w.as(d.session, "POST", "/account", http.StatusSeeOther, "do", "forget", "passkey", string(keys[0].ID), "password", aPassword)
	d.session = ""
	if rec := d.signsIn("/"); rec.Code != http.StatusForbidden {
		t.Errorf("what was removed signs in: %d", rec.Code)
	}
}

// userKey is the key of a user by login.
func (w *world) userKey(login string) int64 {
	w.t.Helper()
	u, _, found, err := w.rows.UserByLogin(w.ctx, login)
	must(w.t, err)
	if !found {
		w.t.Fatalf("nobody signs in as %s", login)
	}
	return u.Key
}

func TestWhereThereAreNoPasskeysThePagesSayWhy(t *testing.T) {
	w := newWorld(t)
	w.serves("http://127.0.0.1:8075")
	w.user("ada", vedette.RoleAdministrator)
	ada := w.signs("ada")
	for path, cookie := range map[string]string{"/sign-in": "", "/account": ada} {
		rec := w.ask("GET", path, "", "Cookie", cookie)
		wants(t, rec.Body.String(), "Passkeys are not there: they belong to a name")
		if rec.Header().Get("Content-Security-Policy") != httpd.Policy || strings.Contains(rec.Body.String(), "<script") {
			t.Errorf("%s has a script", path)
		}
	}
	for _, path := range []string{"/sign-in/ask", "/account/passkey", "/account/show"} {
		if rec := w.ask("POST", path, "", "Cookie", ada); rec.Code != http.StatusConflict {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	w.serves(localBase)
	for path, cookie := range map[string]string{"/sign-in": "", "/account": ada} {
		if rec := w.ask("GET", path, "", "Cookie", cookie); rec.Header().Get("Content-Security-Policy") != httpd.ScriptPolicy || !strings.Contains(rec.Body.String(), `<script src="/static/passkey.`) {
			t.Errorf("%s has no script, or another policy", path)
		}
	}
}

// Whoever asks for challenges without end is told to wait.
func TestChallengesAreNotMadeWithoutEnd(t *testing.T) {
	w := newWorld(t)
	w.serves(localBase)
	w.user("ada", vedette.RoleAdministrator)
	many := 0
	for range 100 {
		if rec := w.ask("POST", "/sign-in/ask", ""); rec.Code == http.StatusTooManyRequests {
			many++
		}
	}
	if many < 50 {
		t.Errorf("%d of 100 were too many", many)
	}
}
