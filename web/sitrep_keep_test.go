package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/paper/papertest"
)

// A report of the situation that is kept stays what was shown, whatever comes after.
func TestAReportOfTheSituationIsKeptAndSigned(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Bo", "2", "hurt")
	base := "/updates/" + string(u.ID) + "/sitrep"
	wants(t, w.get(base), "Keep and sign", "It is never changed nor deleted.")
	form := filled("by", "Ada", "id", string(vedette.NewID(w.now)), "next", "20:00 <b>UTC", "note", "Ports stay shut.").Encode()
	rec := w.ask("POST", base, form)
	to := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(to, sitrepsPath) {
		t.Fatalf("%d to %q: %s", rec.Code, to, text(rec.Body.String()))
	}
	if again := w.ask("POST", base, form).Header().Get("Location"); again != to {
		t.Errorf("sent twice: %q, %q", again, to)
	}
	was := w.get(to)
	doc := w.ask("GET", to+"/report.pdf", "")
	sum := sha256.Sum256(doc.Body.Bytes())
	digest := hex.EncodeToString(sum[:])
	wants(t, was, "Kept and signed", "Ada", digest, "Situation report", "next by 20:00 <b>UTC", "Ports stay shut.", "1 need help", "What follows is as it was then.")
	if strings.Contains(was, "<b>UTC") || strings.Contains(was, "press screen") || strings.Contains(text(was), "Bo Lindqvist") {
		t.Error("what was typed is markup, the form is kept, or somebody is named")
	}
	words := papertest.Text(t, doc.Body.Bytes())
	for _, want := range []string{"Ports stay shut.", "1 need help", "kept and signed by Ada"} {
		if !strings.Contains(words, want) {
			t.Errorf("the document lacks %q:\n%s", want, words)
		}
	}

	w.now = w.now.Add(3 * time.Hour)
	w.answer(u, "Esra", "2", "")
	if now := w.get(base); !strings.Contains(text(now), "2 need help") || !strings.Contains(now, `href="`+to+`"`) || !strings.Contains(now, digest) {
		t.Error("the page of now does not go on, or does not lead to what was kept")
	}
	article := func(page string) string {
		_, page, _ = strings.Cut(page, string(sitrepBegins))
		page, _, _ = strings.Cut(page, string(sitrepEnds))
		return page
	}
	if is := w.get(to); article(is) == "" || article(is) != article(was) {
		t.Errorf("it became another:\n%s\n%s", text(article(was)), text(article(is)))
	}
	if is := w.ask("GET", to+"/report.pdf", ""); is.Body.String() != doc.Body.String() {
		t.Error("its document became another")
	}
	wants(t, w.posts(base, filled("by", " ", "id", string(vedette.NewID(w.now))).Encode(), http.StatusBadRequest), "Say who you are", "Keep and sign")
	if rec := w.ask("GET", sitrepsPath+"none", ""); rec.Code != http.StatusNotFound {
		t.Errorf("none: %d", rec.Code)
	}
}
