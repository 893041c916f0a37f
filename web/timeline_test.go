package web

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// goesOn publishes a further update of a situation.
func (w *world) goesOn(u *vedette.Update, situation vedette.ID) *vedette.Update {
	w.t.Helper()
	w.now = w.now.Add(time.Hour)
	u.ID, u.State, u.CreatedAt = vedette.NewID(w.now), vedette.UpdateDraft, w.now
	must(w.t, w.rows.SaveDraft(w.ctx, u, w.now))
	pub, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID, Situation: situation})
	must(w.t, err)
	w.plan(pub)
	return pub
}

// The page of an update has its place in the situation, and what it says otherwise.
func TestAnUpdateIsShownInItsSituation(t *testing.T) {
	w := newWorld(t)
	first := w.publish(harbours())
	if page := w.get("/updates/" + string(first.ID)); strings.Contains(page, "Its place in the situation") {
		t.Error("the only one has a place among others")
	}
	u := harbours()
	u.Content.Risk, u.Content.Headline = vedette.RiskExtreme, "All harbours are closed <b>now"
	u.Content.Affected = append(u.Content.Affected, place("Malta", "MT"))
	u.Content.Recommendations = u.Content.Recommendations[1:]
	second := w.goesOn(u, first.Situation.ID)
	page := w.get("/updates/" + string(second.ID))
	wants(t, page, "Its place in the situation", "What changed since update 1", "The risk rose. It was: high, is: extreme", "Named now as affected: Malta", "Advice not said again",
		"Travel advice that is not said again still stands, until a person lowers it.", "Updates of this situation: 2", "this one", "All harbours are closed <b>now")
	if strings.Contains(page, "closed <b>now") || !strings.Contains(page, `<a href="/updates/`+string(first.ID)+`">`) {
		t.Error("a headline is markup, or the one before is not led to")
	}
	if strings.Contains(page, "##") {
		t.Error("what tells a word from another is shown")
	}
	page = w.get("/updates/" + string(first.ID))
	wants(t, page, "Updates of this situation: 2", "overtaken")
	if strings.Contains(page, "What changed since") {
		t.Error("the first changed something")
	}
	same := harbours()
	same.Content = second.Content
	third := w.goesOn(same, first.Situation.ID)
	wants(t, w.get("/updates/"+string(third.ID)), "What changed since update 2", "Nothing of risk, urgency, areas, advice and odds.")

	for range timelineShown {
		third = w.goesOn(harbours(), first.Situation.ID)
	}
	page = w.get("/updates/" + string(third.ID))
	wants(t, page, "Updates of this situation: 23", "The whole situation, update by update")
	if n := strings.Count(page, `<span class="pill">this one`); n != 1 {
		t.Errorf("%d are this one", n)
	}
	list := page[strings.Index(page, `<ol class="timeline">`):]
	if n := strings.Count(list[:strings.Index(list, "</ol>")], "<li"); n != timelineShown {
		t.Errorf("%d are shown", n)
	}
	list = w.get("/updates/" + string(first.ID) + "?situation=whole")
	if list = list[strings.Index(list, `<ol class="timeline">`):]; strings.Count(list[:strings.Index(list, "</ol>")], "<li") != 23 {
		t.Error("the whole is not whole")
	}
	list = w.get("/updates/" + string(first.ID))
	if list = list[strings.Index(list, `<ol class="timeline">`):]; strings.Count(list[:strings.Index(list, "</ol>")], "<li") != timelineShown+1 {
		t.Error("an old one is not in its own list")
	}
}
