package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
	"vedette/store"
	"vedette/web"
)

// clicksFirst taps "I am safe" of the first notice.
var clicksFirst = chromedp.Evaluate[chromedp.Void](`document.querySelector("form.tap button.safe").click()`)

// minePage gives the address of somebody's own page.
func (w *world) minePage(who string) string {
	w.t.Helper()
	l, err := w.desk.MakePage(w.ctx, who)
	w.must(err)
	return "/r/me/" + l.Token
}

// speaks sets the language of somebody, as they do on their page.
func (w *world) speaks(page, language string) {
	w.t.Helper()
	_, err := w.desk.WishMine(w.ctx, strings.TrimPrefix(page, "/r/me/"), desk.MyWishes{Language: language})
	w.must(err)
}

// isKept waits until the phone keeps a page, or until it does no more.
func (w *window) isKept(page string, kept bool) {
	w.t.Helper()
	so := "!window.keptHere"
	if kept {
		so = "window.keptHere"
	}
	w.until("what the phone keeps", `(caches.match(`+quoted(page)+`).then(r => { window.keptHere = !!r }), window.keptHere !== undefined && `+so+`)`)
}

// lineIsBack has the phone notice that there is a line: a server that was gone for a while
// is no event of a browser.
const lineIsBack = `(window.dispatchEvent(new Event("online")), true)`

// Without a line the page is there, and says how old it is; an answer that is tapped
// meanwhile is not sent, and says so, is kept over a reload, and comes to the desk once
// when the line is back. A link that died takes the page off the phone.
func TestMyPageWithoutALine(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	port := w.base[strings.LastIndexByte(w.base, ':'):]
	win := w.window()
	win.looks(390, "light")
	win.visit(page)
	win.reads("Your page", "Rockets hitting Tunis", "1 I am safe", "Emergency numbers", "!Offline")
	win.shot("online")
	win.isKept(page, true)
	w.must(w.shut())
	win.visit(page)
	win.reads("Offline. As of \u206818:20 UTC\u2069, just now.", "Rockets hitting Tunis", "Emergency numbers")
	win.tap("2I need help")
	win.reads("NOT SENT: I need help", "It is kept on this phone", "ring the local emergency number")
	win.shot("not-sent")
	win.visit(page)
	win.reads("Offline.", "NOT SENT: I need help")
	cases, err := w.desk.Cases(w.ctx, true)
	w.must(err)
	if len(cases) != 1 { // Amal's
		t.Fatalf("%d cases", len(cases))
	}
	w.serveAt("127.0.0.1"+port, func(*web.Config) {})
	win.until("the line is back", lineIsBack)
	win.awaits("Your call for help is with the desk")
	win.reads("!Offline", "!NOT SENT", "Your last answer: I need help")
	win.shot("sent")
	cases, err = w.desk.Cases(w.ctx, true)
	w.must(err)
	if len(cases) != 2 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		card, err := w.desk.CaseOf(w.ctx, c.ID)
		w.must(err)
		if len(card.Log) != 1 {
			t.Errorf("the call of %s is noted %d times", card.Name, len(card.Log))
		}
	}
	win.isKept(page, true)
	_, err = w.desk.Compromise(w.ctx, desk.CompromiseOrder{Person: "bo@people.example.org", Reason: "detained", By: "Ada"})
	w.must(err)
	if status := win.visit(page); status != 403 {
		t.Errorf("a dead link: %d", status)
	}
	win.reads("This link is no longer valid", "!Rockets")
	win.isKept(page, false)
}

// A phone keeps so many answers and no more, and says so.
func TestMyPageKeepsSoManyAnswers(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	win := w.window()
	win.visit(page)
	win.isKept(page, true)
	w.must(w.shut())
	full := `document.querySelectorAll("#kept li.unsent").length`
	for range 20 {
		win.do("tap", clicksFirst)
	}
	win.until("twenty are kept", full+" === 20")
	win.reads("!This phone keeps no more")
	win.do("tap once more", clicksFirst)
	win.awaits("This phone keeps no more than 20 answers; this one is not kept.")
}

// Without a script the page works by its forms; from right to left, too.
func TestMyPageWithoutAScript(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	w.speaks(page, "ar")
	win := w.window()
	win.looks(390, "light")
	win.scripts(false)
	win.visit(page)
	win.until("it is from right to left", `getComputedStyle(document.querySelector("main")).direction === "rtl"`)
	win.reads("صفحتك", "أرقام الطوارئ", "Rockets hitting Tunis", "!Your page", "!Emergency")
	if status := win.press("3"); status != 200 {
		t.Errorf("an answer by the form: %d", status)
	}
	win.reads("لست هناك")
	win.shot("arabic")
	us, err := w.rows.Updates(w.ctx, 1, w.now().Add(time.Hour))
	w.must(err)
	rows, err := w.desk.BoardRows(w.ctx, us[0].ID, store.RowFilter{Answer: vedette.ReplyNotThere})
	w.must(err)
	if len(rows) != 1 || rows[0].Person.Record.Name != "Bo Lindqvist" {
		t.Errorf("the board has %+v", rows)
	}
}

// The page in light and dark, on the phone and at the desk, from left and from right.
func TestMyPageIsForEveryone(t *testing.T) {
	source := axe(t)
	w := newWorld(t)
	w.night()
	page := w.minePage("bo@people.example.org")
	for _, language := range []string{"", "ar", "he"} {
		w.speaks(page, language)
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				win := w.window()
				win.looks(width, scheme)
				for _, v := range win.at(page, source) {
					t.Errorf("%s, %d wide, %s: %s", language, width, scheme, v)
				}
				win.shot(language + scheme + map[int64]string{390: "phone", 1280: "desk"}[width])
			}
		}
	}
}
