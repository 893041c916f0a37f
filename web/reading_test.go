package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"vedette/desk"
)

const basraAlert = `Iraq Alert: Strikes near Basra

AFFECTED AREA
Iraq

CURRENT SITUATION
- Officials said on 4 February that the port of Umm Qasr was struck.

ASSESSMENT
- FORECAST: Further strikes are likely in Baghdad.

RECOMMENDATIONS
Iraq
- Avoid all travel to Tripoli.
`

func (w *world) draftOf(text string) (base string, d *desk.Draft) {
	w.t.Helper()
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(text), Origin: "test"}, By: "Ana"})
	must(w.t, err)
	return draftAddress(d.Update.ID), d
}

// The report stands beside the draft, its words marked, and every finding leads to
// its line.
func TestADraftStandsBesideItsReport(t *testing.T) {
	w := newWorld(t)
	base, d := w.draftOf(basraAlert)
	page := w.get(base + "/reading")
	wants(t, page, "4 February (date:", "Umm Qasr (place: Umm Qasr, Iraq)", "likely (odds: 55–80 %)", "ambiguous place line 14", "line 7")
	for _, want := range []string{`id="r1L7" class="l-claim"`, `class="m place lost"`, `href="#r1L14"`, `id="r1L14" class="l-advice"`, `class="l-judgement"`, `<span class="src" dir="auto">`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	w.posts(base+"/publish", form(1, "Cleo", "accept", "ambiguous_place"), http.StatusSeeOther)
	if rec := w.ask("GET", base+"/reading", ""); rec.Header().Get("Location") != updatePath+string(d.Update.ID) {
		t.Errorf("once it is published: %d %s", rec.Code, rec.Header())
	}
}

// What a report says is text and nothing else, on its marks too.
func TestAReportBesideItsDraftIsNoMarkup(t *testing.T) {
	w := newWorld(t)
	base, _ := w.draftOf(strings.NewReplacer("port of", "port of "+planted+" \u202e", "Strikes near", planted).Replace(basraAlert))
	page := w.get(base + "/reading")
	for _, bad := range []string{"<img src=x", "\u202e"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	if !strings.Contains(text(page), "‹U+202E›") {
		t.Error("what turns the words is not named")
	}
}

// A report comes as a file, too; one that cannot be read is refused with what to do, and
// a text beside a file is not left out in silence.
func TestDraftIsMadeOfAFile(t *testing.T) {
	w := newWorld(t)
	send := func(text, name, file string) *httptest.ResponseRecorder {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for field, value := range map[string]string{"by": "Ana", "status": "actual", "text": text} {
			must(t, m.WriteField(field, value))
		}
		part, err := m.CreateFormFile("file", name)
		must(t, err)
		_, err = io.WriteString(part, file)
		must(t, err)
		must(t, m.Close())
		return w.ask("POST", "/drafts", b.String(), "Content-Type", m.FormDataContentType())
	}
	mail := "Subject: Iraq Alert: Strikes near Basra\nContent-Type: text/plain; charset=utf-8\n\n" + strings.SplitN(basraAlert, "\n", 2)[1]
	rec := send("", "alert.eml", mail)
	if rec.Code != http.StatusSeeOther || !strings.HasSuffix(rec.Header().Get("Location"), "/reading") {
		t.Fatalf("%d: %s", rec.Code, text(rec.Body.String()))
	}
	wants(t, w.get(rec.Header().Get("Location")), "alert.eml (read from a mail)", "Umm Qasr (place: Umm Qasr, Iraq)")
	docx, err := os.ReadFile("../intake/document/testdata/alert.docx")
	must(t, err)
	if rec = send("", "alert.docx", string(docx)); rec.Code != http.StatusSeeOther {
		t.Errorf("%d: %s", rec.Code, text(rec.Body.String()))
	}
	for want, rec := range map[string]*httptest.ResponseRecorder{
		"is a scan: a picture of a text":     send("", "scan.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[<<>>]>>endobj"),
		"A text was pasted and a file":       send(basraAlert, "alert.txt", basraAlert),
		"Paste the report's text, or choose": send(" ", "", ""),
		"is larger than 8 MB":                send("", "big.txt", strings.Repeat("x", 8<<20+1)),
		"no report type in its title":        send("", "milk.txt", "Buy milk"),
		"“<script>alert(1)</script>.pdf”":    send("", "<script>alert(1)</script>.pdf", "x"),
	} {
		if page := rec.Body.String(); rec.Code != http.StatusBadRequest || !strings.Contains(text(page), want) && !strings.HasPrefix(want, "“") || strings.Contains(page, "<script>alert") {
			t.Errorf("%q: %d %s", want, rec.Code, text(page))
		}
	}
}

const basraSecond = `Iraq Alert: Fire at the port of Umm Qasr

AFFECTED AREA
Iraq, Jordan

CURRENT SITUATION
- Two officials said on 4 February that the port of Umm Qasr was struck again.

RECOMMENDATIONS
Jordan
- Avoid all travel to Amman.
`

// The words of a draft are changed beside its reports: with a button, or as one types,
// and whoever comes second sees both texts.
func TestWordsAreChangedBesideTheReport(t *testing.T) {
	w := newWorld(t)
	base, _ := w.draftOf(basraAlert)
	act := func(want int, fields ...string) string {
		return w.posts(base+"/reading", form(0, "Ben", fields...), want)
	}
	claim := "Officials said on 4 February that the port of Umm Qasr was struck."
	act(http.StatusSeeOther, "do", "say", "key", "situation-0-0", "was", claim, "text", "The port of Umm Qasr was struck on 4 February.")
	wants(t, w.get(base+"/reading"), "The port of Umm Qasr was struck on 4 February. line 7 , changed by the desk")
	page := act(http.StatusConflict, "do", "say", "key", "situation-0-0", "was", claim, "text", "The port burns.")
	wants(t, page, "changed meanwhile; the draft was changed last by Ben", "Now it says: The port of Umm Qasr was struck on 4 February.", "You typed: The port burns.")

	// As one types.
	quick := append([]string{"quick", "1"}, "do", "say", "key", "situation-0-0")
	page = act(http.StatusOK, append(quick, "was", "The port of Umm Qasr was struck on 4 February.", "text", "The port of Umm Qasr burns.")...)
	wants(t, page, "Saved 18:20:00 UTC")
	if strings.Contains(page, "<html") {
		t.Error("a whole page for a field")
	}
	wants(t, act(http.StatusOK, append(quick, "was", "The port of Umm Qasr burns.", "text", "The port of Umm Qasr burns.")...), "Saved")
	wants(t, act(http.StatusConflict, append(quick, "was", claim, "text", "x y z")...), "Not saved:", "Now it says: The port of Umm Qasr burns.", "You typed: x y z", "Put mine in its place")
	wants(t, act(http.StatusBadRequest, "quick", "1", "do", "say", "key", "advice-0-0", "was", "Avoid all travel to Tripoli.", "text", "Leave Tripoli."), "Not saved:", "Tripoli", "Name the place with its country")
	wants(t, w.get(base+"/tells"), "Whom it would tell")

	act(http.StatusSeeOther, "do", "headline", "key", "headline", "was", "Strikes near Basra", "text", "Port of Umm Qasr burns")
	act(http.StatusSeeOther, "do", "call", "key", "call", "was", "", "text", "Stay away from it")
	act(http.StatusSeeOther, "do", "put", "section", "advice", "text", "Avoid all travel to Amman.", "place", "Jordan")
	wants(t, act(http.StatusBadRequest, "do", "put", "key", "put", "section", "advice", "text", "Leave.", "place", "Tripoli"), "Several places are called", "Tripoli, Lebanon")
	wants(t, w.get(base+"/reading"), "Port of Umm Qasr burns", "Stay away from it", "What to do: Jordan Rename it : Jordan", "Avoid all travel to Amman. the desk's own words")
	act(http.StatusSeeOther, "do", "drop", "key", "situation-0-0", "was", "The port of Umm Qasr burns.")
	for _, bad := range [][]string{{"do", "x"}, {"do", "say", "key", "a", "was", "x"}, {"do", "say", "key", "advice-0-0", "text", "y"}, {"do", "settle", "no", "x"}, {"do", "settle", "no", "7", "why", "x"}} {
		act(http.StatusBadRequest, bad...)
	}
	act(http.StatusConflict, "do", "say", "key", "situation-0-9", "was", "x", "text", "y")
	act(http.StatusConflict, "do", "takeout", "report", "x")
}

// A finding is settled on the page, by one of the places it may mean or with a reason,
// and the draft can be published.
func TestAFindingIsSettledOnThePage(t *testing.T) {
	w := newWorld(t)
	base, d := w.draftOf(basraAlert)
	no := 0
	for i, f := range d.Reading.Findings {
		if f.Blocks {
			no = i
		}
	}
	lebanon, err := w.gaz.Find("Tripoli, Lebanon")
	must(t, err)
	wants(t, w.get(base+"/reading"), "It is Tripoli, Lebanon (city)", "blocks until it is settled or accepted")
	fields := []string{"do", "settle", "key", "doubt-1-2", "report", string(d.Report.ID), "no", strconv.Itoa(no)}
	wants(t, w.posts(base+"/reading", form(0, "Ben", append(fields, "place", "Tripoli")...), http.StatusBadRequest), "Several places", "It is Tripoli, Libya")
	w.posts(base+"/reading", form(0, "Ben", append(fields, "area", string(lebanon.ID))...), http.StatusSeeOther)
	wants(t, w.get(base+"/reading"), "settled by Ben : it is Tripoli")
	if strings.Contains(w.get(base), "Doubts that block") {
		t.Error("it blocks still")
	}
	w.posts(base+"/publish", form(2, "Cleo"), http.StatusSeeOther)
	u, err := w.desk.Update(w.ctx, d.Update.ID)
	must(t, err)
	if got := u.Content.Recommendations[0].Advice[0].Actions[0].Targets[0].Area; got != lebanon.ID {
		t.Errorf("the advice is for %s", got)
	}
}

// Reports are added to a draft and taken out again; what each says names its report.
func TestReportsAreFusedOnThePage(t *testing.T) {
	w := newWorld(t)
	base, d := w.draftOf(basraAlert)
	id := string(d.Update.ID)
	w.posts("/drafts", filled("to", id, "seen", "1", "by", "Ben", "text", basraSecond).Encode(), http.StatusSeeOther)
	page := w.get(base + "/reading")
	wants(t, page, "The 2 reports", "2. pasted in the portal", "report 1, line 7", "report 2, line 7", "Nearly the same as report 1, line 7", "Take report 2 out of the draft")
	if !strings.Contains(page, `id="r2L7"`) {
		t.Error("the second report has no lines of its own")
	}
	wants(t, w.posts("/drafts", filled("to", id, "seen", "2", "by", "Ben", "text", "Buy milk").Encode(), http.StatusBadRequest), "no report type", "Buy milk")
	wants(t, w.posts("/drafts", filled("to", id, "seen", "1", "by", "Cleo", "text", basraSecond).Encode(), http.StatusConflict), "The draft was changed by Ben")
	dr, err := w.desk.Draft(w.ctx, d.Update.ID)
	must(t, err)
	w.posts(base+"/reading", form(2, "Cleo", "do", "takeout", "report", string(dr.Update.Reports[1])), http.StatusSeeOther)
	page = w.get(base + "/reading")
	wants(t, page, "The report")
	if strings.Contains(page, "Jordan") {
		t.Error("what the second report said is there still")
	}
	w.posts("/drafts", filled("to", id, "seen", "3", "by", "Ben", "text", basraSecond).Encode(), http.StatusSeeOther)
	w.posts(base+"/publish", form(4, "Cleo", "accept", "ambiguous_place"), http.StatusSeeOther)
	if n := strings.Count(w.get("/updates/"+id), `class="line" href="/reports/`); n < 5 {
		t.Errorf("the update names the lines of %d statements", n)
	}
}
