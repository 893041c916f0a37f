package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
	"vedette/paper/papertest"
)

// shared gives a link of an update by its page, and its path.
func (w *world) shared(u *vedette.Update, whom string) string {
	w.t.Helper()
	base := "/updates/" + string(u.ID)
	w.press(base+"/share", url.Values{"for": {whom}, "hours": {"24"}, "by": {"Ada"}}, http.StatusSeeOther)
	m := regexp.MustCompile(`value="[^"]*(/r/update/[^"]+)"`).FindStringSubmatch(w.get(base))
	if m == nil {
		w.t.Fatal("the page has no link")
	}
	return m[1]
}

// Whoever holds a link reads the update, and what has become of it, and nothing of whom
// it concerns, of who decided what, or of the way in.
func TestAnUpdateIsReadByALink(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Esra", "2", "on the bridge")
	path := w.shared(u, "The embassy <in Tunis>")
	page := w.get(path)
	wants(t, page, "Dock walk-out closes Tunisian ports", "Libya: avoid all travel", "likely (55–80 %)", "Given to The embassy <in Tunis> by", "opens until 12 Mar 2026")
	for _, within := range []string{"Esra", "/board", `href="/updates`, `href="/reports`, "sign-out", "<form", "Ada"} {
		if strings.Contains(page, within) {
			t.Errorf("it has %q", within)
		}
	}
	w.desk.Now = func() time.Time { return w.now.Add(time.Minute) }
	_, err := w.desk.Stop(w.ctx, u.ID, "the port opened, says Esra")
	must(t, err)
	page = w.get(path)
	if wants(t, page, "It was stopped"); strings.Contains(page, "Esra") || strings.Contains(page, "Ada") {
		t.Error("it says who stopped it, or why")
	}
}

func TestALinkOfAnUpdateEnds(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	base := "/updates/" + string(u.ID)
	path := w.shared(u, "The embassy")
	for what, bad := range map[string]string{"altered": path[:len(path)-1] + "_", "of nothing": "/r/update/x"} {
		if rec := w.ask("GET", bad, ""); rec.Code != http.StatusForbidden {
			t.Errorf("%s: %d", what, rec.Code)
		}
	}
	rows, err := w.desk.Handouts(w.ctx, u.ID)
	must(t, err)
	w.press(base+"/share", url.Values{"end": {string(rows[0].ID)}, "by": {"Ben"}}, http.StatusSeeOther)
	for _, p := range []string{path, path + "/update.pdf"} {
		if rec := w.ask("GET", p, ""); rec.Code != http.StatusForbidden || !strings.Contains(text(rec.Body.String()), "has ended it") {
			t.Errorf("%s, ended: %d %s", p, rec.Code, text(rec.Body.String()))
		}
	}
	if page := w.get(base); strings.Contains(page, path) {
		t.Error("a link that ended is still shown")
	}
	wants(t, w.get(base), "ended 11 Mar 2026", "by Ben")

	path = w.shared(u, "The consulate")
	w.now = w.now.Add(24 * time.Hour)
	if rec := w.ask("GET", path, ""); rec.Code != http.StatusGone || !strings.Contains(text(rec.Body.String()), "this link was good until") && !strings.Contains(text(rec.Body.String()), "This link was good until") {
		t.Errorf("too old: %d %s", rec.Code, text(rec.Body.String()))
	}
	_, page := w.press(base+"/share", url.Values{"for": {" "}, "hours": {"24"}, "by": {"Ada"}}, http.StatusBadRequest)
	wants(t, page, "Say whom the link is for")
	w.press(base+"/share", url.Values{"for": {"x"}, "hours": {"9999"}, "by": {"Ada"}}, http.StatusBadRequest)
}

// A draft is given to nobody.
func TestADraftHasNoLink(t *testing.T) {
	w := newWorld(t)
	_, d := w.drafted()
	if _, err := w.desk.GiveHandout(w.ctx, desk.HandoutOrder{Update: d.Update.ID, For: "x", By: "Ada"}); vedette.ErrorCode(err) != vedette.CodeNotFound {
		t.Errorf("%v", err)
	}
}

// The document has what the page has, and says when it was made.
func TestAnUpdateAsPDF(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	path := w.shared(u, "The embassy")
	for _, at := range []string{"/updates/" + string(u.ID) + "/update.pdf", path + "/update.pdf"} {
		rec := w.ask("GET", at, "")
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(rec.Body.String(), "%PDF-") || rec.Body.Len() > 400_000 {
			t.Errorf("%s: %d %s, %d bytes", at, rec.Code, rec.Header(), rec.Body.Len())
		}
		if name := rec.Header().Get("Content-Disposition"); name != `inline; filename="update-`+string(u.ID)+`.pdf"` {
			t.Errorf("%s", name)
		}
		words := papertest.Text(t, rec.Body.Bytes())
		for _, want := range []string{"Dock walk-out closes Tunisian ports", "Libya: avoid all travel", "likely (55–80 %)", "FORECAST", "the dockers’ union stated", "what was corrected since is not in it"} {
			if !strings.Contains(words, want) {
				t.Errorf("%s lacks %q", at, want)
			}
		}
	}
}
