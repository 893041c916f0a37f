package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
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
