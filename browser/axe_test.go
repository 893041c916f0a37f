package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

// axe is the text of axe-core, which VEDETTE_AXE names the file of; "" for none.
func axe(t *testing.T) string {
	t.Helper()
	file := os.Getenv("VEDETTE_AXE")
	if file == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("VEDETTE_AXE names no file of axe-core; .ci/run has npm get one")
		}
		t.Skip("VEDETTE_AXE names no file of axe-core (axe.min.js of the npm package), so pages are not looked through with it")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// runAxe runs it with the line that stays at the foot of the window where it stands in the
// page: what lies half under it now is scrolled out from there.
const runAxe = `(() => { window.axeFound = ""; const foot = document.querySelectorAll(".say"), put = (at) => foot.forEach((e) => { e.style.position = at; });
	put("static"); axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
	r => { put(""); window.axeFound = JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | "))) },
	e => { put(""); window.axeFound = JSON.stringify(["axe itself: " + e]) }); return true; })()`

// violations is what axe finds on the page.
func (w *window) violations(axe string) (found []string) {
	w.t.Helper()
	w.do("begin with axe", chromedp.Evaluate[chromedp.Void](`window.axe || (() => {`+axe+`})();delete window.axeFound;0`), chromedp.Evaluate[chromedp.Void](runAxe))
	w.until("axe never ended", `!!window.axeFound`)
	here, err := chromedp.Run(w.tab, chromedp.Location())
	w.must(err)
	lookedThrough(here)
	text, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`window.axeFound`))
	w.must(err)
	w.must(json.Unmarshal([]byte(text), &found))
	return found
}

// looks sets how wide the window is, and whether its user likes the dark.
func (w *window) looks(width int64, scheme string) {
	w.t.Helper()
	_, err := chromedp.Call(w.tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	w.must(err)
	_, err = chromedp.Call(w.tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	w.must(err)
}

// Every page that needs nothing to have happened, as those see it who may: light and
// dark, on the phone and at the desk.
func TestPagesForEveryone(t *testing.T) {
	source := axe(t)
	w := newWorld(t)
	w.welcomePage(source)
	w.user("ada", vedette.RoleAdministrator)
	_, link, err := w.desk.AddUser(w.ctx, desk.UserOrder{Name: "Lin", Login: "lin", Role: vedette.RoleRegional, Of: []string{"Tunisia"}, By: "Ada"})
	w.must(err)
	for _, v := range w.window().everyWay("/welcome/"+link, "lin_welcome", source) {
		t.Errorf("/welcome/… of somebody new, %s", v)
	}
	_, err = w.desk.SetPassword(w.ctx, link, password)
	w.must(err)
	bo, err := w.desk.Person(w.ctx, "bo@people.example.org")
	w.must(err)
	_, err = w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,restricted\nXenia Quorvale,xq@people.example.org,Tunis,TN,yes\n"), desk.ImportOptions{})
	w.must(err)
	xenia, err := w.desk.Person(w.ctx, "xq@people.example.org") // whom neither may know
	w.must(err)
	pages := map[string]string{
		"ada": "/people/" + string(xenia.ID) + " / /drafts /approvals /posture /cases /rollcalls /who /reach /handover /drills /canary /house /people /people/add /people/import /people/" + string(bo.ID) + " /people/" + string(bo.ID) + "/edit /people/" + string(bo.ID) + "/erase " +
			"/sites /sites/add /sites/import /trips /trips/add /trips/import /watches /flash /flash/templates /flash/templates/strike /who/people?where=Tunis /settings /policies /rota /tasks /channels /users /tokens /audit /audit/check /account /account/again /organisations /first-steps",
		"lin": "/mine /mine/" + string(bo.ID) + " /account",
	}
	for who, list := range pages {
		win := w.window()
		win.looks(1280, "light")
		for _, v := range win.at("/sign-in", source) {
			t.Errorf("/sign-in: %s", v)
		}
		win.signsIn(who)
		for _, page := range strings.Fields(list) {
			for _, v := range win.everyWay(page, who+strings.ReplaceAll(page, "/", "_"), source) {
				t.Errorf("%s as %s, %s", page, who, v)
			}
		}
	}
}

// welcomePage looks at the page of the first administrator, which is there as long as
// nobody may sign in.
func (w *world) welcomePage(source string) {
	w.t.Helper()
	_, err := w.desk.NewWelcome(w.ctx)
	w.must(err)
	win := w.window()
	for _, page := range []string{"/welcome", "/users"} {
		for _, v := range win.everyWay(page, "first"+strings.ReplaceAll(page, "/", "_"), source) {
			w.t.Errorf("%s before anybody may sign in, %s", page, v)
		}
	}
}

// at goes to a page and gives what axe finds there, and whether it is wider than the
// window.
func (w *window) at(page, axe string) []string {
	w.t.Helper()
	if status := w.visit(page); status != 200 {
		w.t.Errorf("%s: %d", page, status)
	}
	return w.found(axe)
}

// ways are how a page is looked at: how wide the window is, and what its user likes.
var ways = []struct {
	width  int64
	scheme string
}{{390, "light"}, {390, "dark"}, {1280, "light"}, {1280, "dark"}}

// everyWay goes to a page and gives what is wrong with it, each way it is looked at; a
// picture of each is kept under a name.
func (w *window) everyWay(page, name, axe string) (found []string) {
	w.t.Helper()
	for i, way := range ways {
		w.looks(way.width, way.scheme)
		if i == 0 && w.visit(page) != 200 {
			w.t.Errorf("%s is not there", page)
		}
		for _, v := range w.found(axe) {
			found = append(found, fmt.Sprintf("%d wide, %s: %s", way.width, way.scheme, v))
		}
		w.shot(fmt.Sprintf("%s-%d-%s", name, way.width, way.scheme))
	}
	return append(found, w.fromTheRight(page, name, axe)...)
}

// fromTheRight looks at a page as somebody sees it whose browser asks for Arabic, on the
// phone and at the desk.
func (w *window) fromTheRight(page, name, axe string) (found []string) {
	w.t.Helper()
	w.asksFor("ar")
	defer func() { // whoever goes on does in English
		w.asksFor("en-US")
		w.visit(page)
	}()
	for i, way := range []int{0, len(ways) - 1} {
		w.looks(ways[way].width, ways[way].scheme)
		if i == 0 {
			w.visit(page)
		}
		for _, v := range w.found(axe) {
			found = append(found, fmt.Sprintf("in Arabic, %d wide, %s: %s", ways[way].width, ways[way].scheme, v))
		}
		w.shot(fmt.Sprintf("%s-%d-%s-ar", name, ways[way].width, ways[way].scheme))
	}
	return found
}

// asksFor sets the language that the browser asks for.
func (w *window) asksFor(tag string) {
	w.t.Helper()
	agent, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`navigator.userAgent`))
	w.must(err)
	_, err = chromedp.Call(w.tab, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: tag})
	w.must(err)
}

// found gives what axe finds on the page there is, and whether it is wider than the
// window.
func (w *window) found(axe string) []string {
	w.t.Helper()
	found := w.violations(axe)
	wide, err := chromedp.Run(w.tab, chromedp.Evaluate[string](tooWide))
	w.must(err)
	if wide != "" {
		found = append(found, "it is wider than the window: "+wide)
	}
	return found
}

// tooWide gives what makes a page wider than the window, "" for nothing.
const tooWide = `(() => {
	if (document.documentElement.scrollWidth <= window.innerWidth) return "";
	const out = [...document.querySelectorAll("body *")].filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > window.innerWidth + 0.5);
	return (out.at(-1) || document.body).outerHTML.slice(0, 200);
})()`
