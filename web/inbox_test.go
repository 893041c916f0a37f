package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"vedette"
	"vedette/auth/rights"
	"vedette/desk"
	"vedette/web/messages"
)

// quake is an alert of an invented warning service.
var quake = func() string {
	b, err := os.ReadFile("../feed/cap/testdata/quake.cap")
	if err != nil {
		panic(err)
	}
	return string(b)
}()

// TestAnAlertGoesFromTheInboxToADraft: pasted, it waits; its page says who of ours is there;
// a press makes a draft of it, and it waits no more.
func TestAnAlertGoesFromTheInboxToADraft(t *testing.T) {
	w := newWorld(t)
	wants(t, text(w.ask("GET", "/inbox", "").Body.String()), "Nothing waits.")
	rec := w.ask("POST", "/inbox", filled("text", quake, "by", "Ada").Encode())
	at := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(at, "/inbox/") {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	wants(t, text(w.ask("GET", "/inbox", "").Body.String()), "Strong earthquake off Sfax", "Example Warning Centre", "immediate", "takes the place of one before")
	page := text(w.ask("GET", at, "").Body.String())
	wants(t, page, "in what it draws: ", "magnitude 6.1", "Leave damaged buildings.", "shapes of it that cannot be drawn: 1", "that are not shown here: 1", "confirmed")
	if again := w.ask("POST", "/inbox", filled("text", quake, "by", "Ada").Encode()).Header().Get("Location"); again != at {
		t.Errorf("sent twice it is at %s and %s", at, again)
	}
	rec = w.ask("POST", at, filled("do", "take", "by", "Ada").Encode())
	to := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/drafts/") {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	wants(t, text(w.ask("GET", to, "").Body.String()), "Strong earthquake off Sfax", "Leave damaged buildings.")
	page = text(w.ask("GET", "/inbox", "").Body.String())
	wants(t, page, "Nothing waits.", "Ada made a draft of it", "in a draft")
	rec = w.ask("POST", at, filled("do", "take", "by", "Ben").Encode())
	if rec.Code != http.StatusConflict || !strings.Contains(text(rec.Body.String()), "Ada made a draft of it already") {
		t.Error(rec.Code, text(rec.Body.String()))
	}

	// Removed, the draft's report is loose, and a draft is made of it anew.
	d := strings.TrimSuffix(strings.TrimPrefix(to, "/drafts/"), "/reading")
	must(t, w.desk.RemoveDraft(w.ctx, vedette.ID(d), 1, "Ada"))
	in, err := w.desk.Inbox(w.ctx)
	must(t, err)
	if len(in.Loose) != 1 {
		t.Fatalf("%+v", in)
	}
	rec = w.ask("POST", "/inbox", filled("do", "again", "report", string(in.Loose[0].ID), "status", "exercise", "by", "Ada").Encode())
	if rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	wants(t, text(w.ask("GET", rec.Header().Get("Location"), "").Body.String()), "EXERCISE")
}

// TestASignalIsSetAsideOnItsPage: only with a reason, which is kept, and it may wait again.
func TestASignalIsSetAsideOnItsPage(t *testing.T) {
	w := newWorld(t)
	s, _, err := w.desk.Receive(w.ctx, []byte(quake))
	must(t, err)
	at := signalAddress(s.ID)
	if rec := w.ask("POST", at, filled("do", "aside", "by", "Ada").Encode()); rec.Code != http.StatusBadRequest {
		t.Error("set aside without a reason:", rec.Code)
	}
	if rec := w.ask("POST", at, filled("do", "aside", "why", "too far off", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	wants(t, text(w.ask("GET", at, "").Body.String()), "Ada set it aside", "too far off")
	if rec := w.ask("POST", at, filled("do", "reopen", "by", "Ben").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	page := text(w.ask("GET", "/inbox", "").Body.String())
	if wants(t, page, "Strong earthquake off Sfax"); strings.Contains(page, "Nothing waits.") || strings.Contains(page, "too far off") {
		t.Error(page)
	}
}

// TestWhatIsNoAlertIsRefusedInWords: and what was pasted is there to be mended.
func TestWhatIsNoAlertIsRefusedInWords(t *testing.T) {
	w := newWorld(t)
	rec := w.ask("POST", "/inbox", filled("text", `<feed xmlns="http://www.w3.org/2005/Atom"/>`, "by", "Ada").Encode())
	if rec.Code != http.StatusBadRequest {
		t.Error(rec.Code)
	}
	wants(t, text(rec.Body.String()), "This is a feed, not an alert")
	if !strings.Contains(rec.Body.String(), "&lt;feed xmlns=") {
		t.Error("what was pasted is gone")
	}
	wants(t, text(w.ask("POST", "/inbox", filled("by", "Ada").Encode()).Body.String()), "Paste the alert, or choose its file")
}

// TestAMachineSendsAnAlert: with a token that may draft, as the body; sent again it is no
// fault; what is wrong is said.
func TestAMachineSendsAnAlert(t *testing.T) {
	w := newWorld(t)
	w.user("ada", vedette.RoleAdministrator)
	token := func(act rights.Act) string {
		_, secret, err := w.desk.AddToken(w.ctx, desk.TokenOrder{Name: string(act), Acts: []string{string(act)}, Days: 1, By: "Ada"})
		must(t, err)
		return "Bearer " + secret
	}
	draft, look := token(rights.Draft), token(rights.Look)
	send := func(as, body string) (int, string) {
		rec := w.ask("POST", "/inbox", body, "Authorization", as, "Content-Type", "application/cap+xml")
		return rec.Code, rec.Header().Get("Location") + rec.Body.String()
	}
	code, at := send(draft, quake)
	if code != http.StatusCreated || !strings.HasPrefix(at, "/inbox/") {
		t.Fatal(code, at)
	}
	if code, again := send(draft, quake); code != http.StatusOK || again != at {
		t.Error("sent again:", code, again)
	}
	if code, says := send(draft, "<alert/>"); code != http.StatusBadRequest || !strings.Contains(says, "namespace") {
		t.Error("no alert:", code, says)
	}
	if code, _ := send(look, quake); code != http.StatusForbidden {
		t.Error("a token that may only look:", code)
	}
}

// TestTheInboxIsInTheReadersLanguage: nothing that code says of what came in is English on a
// page of another language.
func TestTheInboxIsInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	s, _, err := w.desk.Receive(w.ctx, []byte(quake))
	must(t, err)
	_, err = w.desk.TakeSignal(w.ctx, desk.SignalOrder{Signal: s.ID, By: "Ada"})
	must(t, err)
	for _, tag := range messages.Languages() {
		if tag == messages.English {
			continue
		}
		for _, path := range []string{"/inbox", signalAddress(s.ID)} {
			page := text(w.ask("GET", path, "", "Accept-Language", tag).Body.String())
			for _, english := range []string{"made a draft", "in a draft", "confirmed", "immediate", "takes the place", "not shown here", "Reports of late"} {
				if strings.Contains(page, english) {
					t.Errorf("%s in %s says %q", path, tag, english)
				}
			}
		}
	}
}
