package web

import (
	"net/http"
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
