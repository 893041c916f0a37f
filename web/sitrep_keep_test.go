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
	"vedette/store"
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

// What was kept of a situation is found where one looks: on the night board, and on the
// page of each update of it.
func TestKeptReportsAreListedWithTheirSituation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish(harbours())
		other := harbours()
		other.Content.Headline = "Roads of the south are shut"
		second := w.publish(other)
		const head = "Situation reports, kept and signed"
		for _, path := range []string{"/night", updatePath + string(u.ID)} {
			if strings.Contains(text(w.get(path)), head) {
				t.Errorf("%s: nothing is kept, and it says so", path)
			}
		}
		keep := func(by string) string {
			t.Helper()
			w.now = w.now.Add(10 * time.Minute)
			rec := w.ask("POST", updatePath+string(u.ID)+"/sitrep", filled("by", by, "id", string(vedette.NewID(w.now))).Encode())
			if rec.Code != http.StatusSeeOther {
				t.Fatalf("%d: %s", rec.Code, text(rec.Body.String()))
			}
			return rec.Header().Get("Location")
		}
		first, last := keep("Ada"), keep("Ben <b>")
		for _, path := range []string{"/night", updatePath + string(u.ID)} {
			page := w.get(path)
			wants(t, page, head, "signed by Ada", "signed by Ben <b>")
			newest, older := strings.Index(page, `href="`+last+`"`), strings.Index(page, `href="`+first+`"`)
			if newest < 0 || older < newest || !strings.Contains(page, `href="`+last+`/report.pdf"`) || strings.Count(page, head) != 1 {
				t.Errorf("%s: the newest does not lead there first, with its document: %d, %d", path, newest, older)
			}
		}
		if page := w.get(updatePath + string(second.ID)); strings.Contains(page, first) || strings.Contains(text(page), head) {
			t.Error("another situation lists them")
		}
		keep("Cem")
		fourth := keep("Dov")
		page := w.get("/night")
		if strings.Contains(page, first) || !strings.Contains(page, fourth) || !strings.Contains(page, updatePath+string(u.ID)+`/sitrep#keep">All that are kept`) {
			t.Error("a board of many does not show the newest, or not where the others are")
		}
		wants(t, w.get(updatePath+string(u.ID)+"/sitrep"), "signed by Ada", "signed by Dov")
	})
}

// One that somebody altered is not shown, is said to be altered, and takes the board from
// nobody.
func TestAnAlteredReportDoesNotTakeTheBoard(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	must(t, w.rows.AddSitrep(w.ctx, store.KeptSitrep{ID: vedette.NewID(w.now), Situation: u.Situation.ID, At: w.now, Body: []byte(`{"by":"Mallory"}`), Digest: "forged", Verb: "kept", Page: []byte("<script>"), Paper: []byte("%PDF")}))
	for _, path := range []string{"/night", updatePath + string(u.ID), updatePath + string(u.ID) + "/sitrep"} {
		page := w.get(path)
		wants(t, page, "is not what was signed, and is not shown")
		if strings.Contains(page, "Mallory") {
			t.Errorf("%s: what was forged is shown", path)
		}
	}
}
