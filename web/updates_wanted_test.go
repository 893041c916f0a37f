package web

import (
	"net/url"
	"strings"
	"testing"
)

// What is looked for stands in the address and in the form, and goes on to the next
// page; what is mistyped is named.
func TestUpdatesAreLookedFor(t *testing.T) {
	w := newWorld(t)
	if strings.Contains(w.get("/"), `role="search"`) {
		t.Error("a form to look for nothing")
	}
	u := w.publish(harbours())
	page := w.get("/?q=" + "DOCKERS" + "&area=Tunisia&risk=high&source=credible&category=labor_action&status=actual&from=2026-01-01&to=2027-01-01")
	wants(t, page, "1 to 1 of 1")
	for _, has := range []string{`value="DOCKERS"`, `value="Tunisia"`, `<option value="high" selected>`, `value="2026-01-01"`, "<details open>", string(u.ID)} {
		if !strings.Contains(page, has) {
			t.Errorf("the page has no %s", has)
		}
	}
	wants(t, w.get("/?q=zeppelin"), "No update of 1 is so")
	for _, query := range []string{"risk=extreme", "urgency=past", "source=confirmed", "category=volcano", "status=exercise", "from=2027-01-01", "to=2025-01-01", "area=Norway"} {
		if page := w.get("/?" + query); strings.Contains(page, string(u.ID)) {
			t.Errorf("%s finds it", query)
		}
	}
	for query, says := range map[string]string{"area=Nowhereland": "Nowhereland", "from=soon": "is no day", "category=ufo": "is no category", "q=" + url.QueryEscape("a b c d e f g h i j k l m"): "fewer find more"} {
		rec := w.ask("GET", "/?"+query, "")
		wants(t, rec.Body.String(), says)
		if rec.Code != 400 {
			t.Errorf("%s: %d", query, rec.Code)
		}
	}
	for range updatesPerPage {
		w.now = w.now.Add(1000)
		w.publish(harbours())
	}
	if page := w.get("/?q=dock&risk=moderate"); !strings.Contains(page, `href="/?page=2&amp;q=dock&amp;risk=moderate"`) {
		t.Error("the next page forgets what is looked for")
	}
}
