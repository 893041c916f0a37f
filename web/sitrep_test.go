package web

import (
	"net/url"
	"strings"
	"testing"

	"vedette/paper/papertest"
)

// A report of the situation has facts with who says them, numbers, what is not known and
// what was decided; it names nobody who is cared for, and what is typed stays text.
func TestAReportOfTheSituation(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Esra", "1", "")
	w.answer(u, "Bo", "2", "hurt")
	base := "/updates/" + string(u.ID)
	page := w.get(base + "/sitrep?next=" + url.QueryEscape("20:00 UTC <b>") + "&name=Ada&note=" + url.QueryEscape("Ports stay shut."))
	wants(t, page, "Situation report", "next by 20:00 UTC <b>", "drawn up by Ada", "Ports stay shut.", "1 need help", "5 silent", "5 people have not answered",
		"1 call for help is with nobody", "1 call for help not closed", "the dockers’ union stated", "FORECAST", "Published update 1")
	for _, name := range []string{"Esra", "Bo Lindqvist", "hurt"} {
		if strings.Contains(text(page), name) {
			t.Errorf("it names %s", name)
		}
	}
	wants(t, w.get(base+"/sitrep"), "no time is set for the next")
	doc := w.ask("GET", base+"/sitrep.pdf?next=20:00&note=Ports+stay+shut.", "")
	if doc.Code != 200 || doc.Header().Get("Content-Type") != "application/pdf" {
		t.Fatalf("as PDF: %d %s", doc.Code, doc.Header())
	}
	words := papertest.Text(t, doc.Body.Bytes())
	for _, want := range []string{"Situation report", "next by 20:00", "Ports stay shut.", "1 need help", "5 people have not answered.", "the dockers’ union stated", "FORECAST", "Published update 1"} {
		if !strings.Contains(words, want) {
			t.Errorf("the document lacks %q:\n%s", want, words)
		}
	}
	for _, name := range []string{"Esra", "Bo Lindqvist", "hurt"} {
		if strings.Contains(words, name) {
			t.Errorf("the document names %s", name)
		}
	}
	if rec := w.ask("GET", base+"/sitrep?note="+strings.Repeat("x", mostNote+1), ""); rec.Code != 400 {
		t.Errorf("a long note: %d", rec.Code)
	}
	wants(t, w.get(base+"/board"), "Situation report")
}
