package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

// A second situation, beside that of night.
const floodReport = `2026-03-11 18:00 UTC
Alert: Floods in Sfax; stay off the roads

Risk: moderate
Source: credible
Affected: Tunisia

Summary
- Rivers around Sfax left their beds on 11 March.

Recommendations
Tunisia: Avoid non-essential travel.
`

// The night board has two situations; a call for help is pinned on top of it by itself, in
// nobody's way who types; a slash jumps to the line, and what is typed there is in the log.
func TestTheNightBoardMovesByItself(t *testing.T) {
	source := axe(t)
	w := newWorld(t)
	_, reply := w.night()
	d, err := w.desk.Compose(w.ctx, desk.DraftOrder{Text: []byte(floodReport), Origin: "test"})
	w.must(err)
	_, err = w.desk.PublishDraft(w.ctx, d, desk.PublishOrder{Count: 2})
	w.must(err)
	page := w.window()
	page.visit("/night")
	page.awaits("Live, as of")
	page.reads("Calls for help 1", "Amal Haddad", "Floods in Sfax", "1 safe")
	page.until("nobody loaded it again", `(document.body.dataset.here = "yes", true)`)
	page.strikes("/")
	page.until("the slash did not jump to the line", `document.activeElement.id === "say" && document.activeElement.value === ""`)
	page.types("Keep everybody in / because the road")
	_, err = w.desk.Answer(w.ctx, strings.TrimPrefix(reply, "/r/"), vedette.ReplyHelp, "they came back")
	w.must(err)
	page.awaits("Calls for help 2")
	page.reads("Bo Lindqvist", "2 need help")
	page.until("nobody loaded it again", `document.body.dataset.here === "yes"`)
	page.until("what was typed stayed", `document.activeElement.id === "say" && document.activeElement.value === "Keep everybody in / because the road"`)
	page.types(" is shut")
	page.fill("Your name", "Ada")
	page.press("Write it down")
	page.awaits("Keep everybody in / by Ada: the road is shut")
	page.until("one is at the line again", `document.activeElement.id === "say"`)
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			page.looks(width, scheme)
			for _, v := range page.at("/night", source) {
				t.Errorf("%d wide, %s: %s", width, scheme, v)
			}
			page.until("the line is not to be seen", `(() => { const r = document.getElementById("say").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth; })()`)
			page.shot("night-" + scheme + "-" + map[int64]string{390: "phone", 1280: "desk"}[width])
		}
	}
	page.looks(390, "light")
	for _, v := range page.at("/night?at=2026-03-11T18:20Z", source) {
		t.Errorf("of then: %s", v)
	}
	page.reads("not now", "What cannot be told of then", "Keep everybody in")
	page.shot("night-then-phone")
	page.scripts(false)
	page.visit("/night?live=1")
	page.reads("Keep everybody in", "This page loads itself again every 15 seconds")
	w.must(w.shut())
}

// strikes strikes a key as a keyboard does: what a page keeps from being typed is not.
func (w *window) strikes(key string) {
	w.t.Helper()
	for _, p := range []input.DispatchKeyEventParams{{Type: "keyDown", Key: key, Text: key}, {Type: "keyUp", Key: key}} {
		_, err := chromedp.Call(w.tab, input.DispatchKeyEvent, p)
		w.must(err)
	}
}
