package web

import (
	"net/http"
	"strings"
	"testing"

	"vedette/desk"
)

const headedText = `Tunisia Alert: Fighting at the ports; stay away
11 Mar 2026 12:00 UTC
Current Situation:
The ports
- Officials said on 11 March that there is fighting in the ports.
Recommendations:
Tunisia
- Avoid all travel.
AFFECTED AREA
Tunisia, Malta
INCIDENT RISK LEVEL
High
`

// A topic and a heading of advice are renamed beside the report; who wrote meanwhile is
// told what stands there, with what they typed; the record has each.
func TestHeadingsAreRenamedBesideTheReport(t *testing.T) {
	w := newWorld(t)
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(headedText), Origin: "alert.txt"}, By: "Ana"})
	must(t, err)
	at := draftAddress(d.Update.ID)
	page := w.get(at + "/reading")
	wants(t, page, "The ports Rename it", "What to do: Tunisia Rename it", "Where it names a place, the advice under it is for there.")
	if !strings.Contains(page, `id="head-situation-0"`) || !strings.Contains(page, `id="head-advice-0"`) {
		t.Error("the headings have no forms")
	}
	rename := func(by, key, was, text string, want int) string {
		return w.posts(at+"/reading", filled("by", by, "do", "rename", "key", key, "was", was, "text", text).Encode(), want)
	}
	rename("Ben", "head-situation-0", "The ports", "The <b>harbours", http.StatusSeeOther)
	rename("Ben", "head-advice-0", "Tunisia", "Malta", http.StatusSeeOther)
	page = w.get(at + "/reading")
	wants(t, page, "The <b>harbours Rename it", "What to do: Malta Rename it")
	if strings.Contains(page, "<b>harbours") {
		t.Error("a heading is markup")
	}
	wants(t, w.get(at), "Ben : topic: The ports → The <b>harbours", "Ben : heading of advice: Tunisia → Malta", "avoid all travel: Malta")
	page = rename("Cleo", "head-situation-0", "The ports", "The docks", http.StatusConflict)
	wants(t, page, "Not saved: these words were changed meanwhile", "Now it says: The <b>harbours", "You typed: The docks")
	if !strings.Contains(page, `value="The docks"`) {
		t.Error("what was typed is lost")
	}
	wants(t, rename("Cleo", "head-advice-0", "Malta", "Ties to Niger", http.StatusBadRequest), "Name the place with its country")
	for _, key := range []string{"head-advice", "head-advice-x", "advice-0-0", "head-advice-99999999999999999999"} {
		wants(t, rename("Cleo", key, "Malta", "Malta, all of it", http.StatusBadRequest), "does not say which heading it is of")
	}
	wants(t, rename("Cleo", "head-advice-7", "Malta", "Malta", http.StatusConflict), "taken out or moved meanwhile")
	// As the page's script saves it.
	quick := w.ask("POST", at+"/reading", filled("by", "Ben", "do", "rename", "key", "head-advice-0", "was", "Malta", "text", "All of Malta", "quick", "1").Encode())
	if quick.Code != http.StatusOK || !strings.Contains(quick.Body.String(), "Saved") {
		t.Errorf("%d %s", quick.Code, quick.Body)
	}
}
