package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// press posts a form and gives where it leads, "" for a page, and what it says.
func (w *world) press(path string, f url.Values, want int) (to, page string) {
	w.t.Helper()
	rec := w.ask("POST", path, f.Encode())
	if rec.Code != want {
		w.t.Fatalf("POST %s %v: %d, want %d\n%s", path, f, rec.Code, want, text(rec.Body.String()))
	}
	return rec.Header().Get("Location"), rec.Body.String()
}

func filled(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

// openRoll opens a roll-call on the page.
func (w *world) openRoll(pairs ...string) string {
	w.t.Helper()
	to, _ := w.press("/rollcalls", filled(append(pairs, "by", "Ada")...), http.StatusSeeOther)
	return to
}

func TestARollcallIsOpenedOnThePage(t *testing.T) {
	w := newWorld(t)
	wants(t, w.get("/rollcalls"), "No roll-call is open. Open one below", "Open a roll-call")
	_, page := w.press("/rollcalls", filled("by", "Ada"), http.StatusBadRequest)
	wants(t, page, "Say of whom: name a place")
	_, page = w.press("/rollcalls", filled("area", "Tunisia", "title", "Dock <b>gate</b>"), http.StatusBadRequest)
	wants(t, page, "Say who you are")
	if !strings.Contains(page, `value="Tunisia"`) || strings.Contains(page, "<b>gate") {
		t.Error("what was typed is lost, or came out as markup")
	}
	_, page = w.press("/rollcalls", filled("by", "Ada", "area", "Norway"), http.StatusBadRequest)
	wants(t, page, "Nobody is there, or may be there", "see Who is where")

	to := w.openRoll("area", "Tunisia; Libya", "people", "Grace Odhiambo\n\n", "status", "exercise")
	page = w.get(to)
	wants(t, page, "Tunisia; Libya; one person by name", "Roll-call of 8 people", "EXERCISE", "8 silent", "0 need help", "Tunisia 5", "Tunis office 4", "Kenya 1", "Round 1", "nobody was written to")
	wants(t, w.get("/rollcalls"), "EXERCISE Tunisia; Libya; one person by name 8 people", "Ada open")

	to, _ = w.press("/rollcalls", filled("by", "Ada", "area", "Libya", "ask", "1"), http.StatusSeeOther)
	if !strings.HasSuffix(to, "/ask") {
		t.Errorf("whoever means to ask comes to %s", to)
	}
	if rec := w.ask("POST", "/rollcalls", "by=Ada&area=Libya", "Sec-Fetch-Site", "cross-site"); rec.Code != http.StatusForbidden {
		t.Errorf("a form of another site was answered %d", rec.Code)
	}
}

func TestWhoIsSilentIsAccountedForOnThePage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	wants(t, w.get("/updates/"+string(u.ID)), "Open a roll-call of those concerned")
	wants(t, w.get("/rollcalls?update="+string(u.ID)), "Everyone concerned by Dock walk-out closes")
	w.answer(u, "Esra", "2", "the bridge is cut")
	roll := w.openRoll("update", string(u.ID))
	wants(t, w.get("/updates/"+string(u.ID)), "Roll-call of 7 people , open")
	wants(t, w.get(roll), "Roll-call of 7 people", "1 need help", "6 silent", "help, their answer", "the bridge is cut")

	id := func(name string) string { return string(w.person(name).ID) }
	_, page := w.press(roll+"/account", filled("person", id("Bo"), "is", "safe", "how", "voice", "as", "desk", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Say who spoke to them")
	_, page = w.press(roll+"/account", filled("is", "safe", "how", "voice", "who", "Ben", "as", "desk", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Say of whom")
	to, _ := w.press(roll+"/account", filled("person", id("Bo"), "person", id("Chiara"), "is", "safe", "how", "voice", "who", "Ben <i>", "as", "warden", "note", "on the quay", "by", "Ada"), http.StatusSeeOther)
	page = w.get(to)
	wants(t, page, "2 people were accounted for", "4 silent", "2 safe", "safe, spoke with Ben <i> (Ada, warden): on the quay")
	if strings.Contains(page, "Ben <i>") {
		t.Error("what the desk wrote came out as markup")
	}
	list := w.get(roll + "?is=silent&area=LY")
	wants(t, list, "Those who are silent, in Libya", "Farid Naser")
	if strings.Contains(text(list), "Amal Haddad") {
		t.Error("somebody elsewhere is listed")
	}
	if rec := w.ask("GET", roll+"?is=lost", ""); rec.Code != http.StatusBadRequest {
		t.Errorf("a standing that does not exist: %d", rec.Code)
	}

	// Everyone at a site: first it is said of whom, and who is left out.
	site := filled("site", "Tripoli house", "is", "safe", "how", "saw", "who", "Karim", "as", "warden", "by", "Ada")
	_, page = w.press(roll+"/account", site, http.StatusOK)
	wants(t, page, "Account for 1 person at Tripoli house", "Farid Naser", "Esra Kaya said otherwise and is left out")
	wants(t, w.get(roll), "4 silent")
	site.Set("sure", "1")
	to, _ = w.press(roll+"/account", site, http.StatusSeeOther)
	wants(t, w.get(to), "1 person was accounted for", "1 person was left out", "3 silent", "safe, seen by Karim (Ada, warden)")
}

func TestARollcallAsksOnceMoreAndIsClosed(t *testing.T) {
	w := newWorld(t)
	set := vedette.DefaultSettings()
	set.CountAbove = 3
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	roll := w.openRoll("area", "Tunis")
	w.press(roll+"/account", filled("person", string(w.person("Bo").ID), "is", "safe", "how", "voice", "who", "Ben", "as", "desk", "by", "Ada"), http.StatusSeeOther)
	w.now = w.now.Add(time.Hour)
	page := w.get(roll + "/ask")
	wants(t, page, "4 people in it are sent the question whether they are safe", "counts as stale", "This tells 4 people. Type their number", "Ask 4 people")
	_, page = w.press(roll+"/ask", filled("by", "Ada"), http.StatusConflict)
	wants(t, page, "their number is to be typed: 4")
	_, page = w.press(roll+"/ask", filled("by", "Ada", "count", "x"), http.StatusConflict)
	wants(t, page, "in digits")
	if strings.Contains(page, "--") {
		t.Error("the page speaks of a flag")
	}
	to, _ := w.press(roll+"/ask", filled("by", "Ada", "count", "4"), http.StatusSeeOther)
	page = w.get(to)
	wants(t, page, "asked once more: round 2", "1 stale", "3 silent", "asked again 11 Mar 2026 19:20 UTC", "messages went out")

	_, page = w.press(roll, filled("do", "close", "by", "Ada"), http.StatusConflict)
	wants(t, page, "4 people are not accounted for, and it stays so on record")
	to, _ = w.press(roll, filled("do", "refresh", "by", "Ada", "add", "Grace Odhiambo"), http.StatusSeeOther)
	wants(t, w.get(to), "2 people were added", "Roll-call of 6 people")
	w.press(roll, filled("do", "close", "by", "Ada", "reason", "all went home"), http.StatusSeeOther)
	page = w.get(roll)
	wants(t, page, "Closed", "by Ada : all went home", "6 people were not accounted for")
	if regexp.MustCompile(`<form|/ask"`).MatchString(page) {
		t.Error("a roll-call that is closed still offers acts")
	}
	if rec := w.ask("GET", roll+"/ask", ""); rec.Code != http.StatusConflict {
		t.Errorf("asking of a closed roll-call: %d", rec.Code)
	}
	wants(t, w.get("/rollcalls"), "No roll-call is open")
	wants(t, w.get("/rollcalls?all=1"), "closed")
	_, page = w.press(roll, filled("do", "else", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Press one of the buttons")
}

func TestCallSheetsAreWorkedOnThePage(t *testing.T) {
	w := newWorld(t)
	roll := w.openRoll("area", "Tunisia")
	calls := roll + "/calls"
	page := w.get(calls)
	wants(t, page, "5 people are not accounted for", "Nobody calls them yet", "Dawit Bekele", "+251911000000", "due now", "No number that may be right is kept")
	_, page = w.press(calls, filled("do", "divide", "callers", "Ada\n ada"), http.StatusConflict)
	wants(t, page, "named twice")
	to, _ := w.press(calls, filled("do", "divide", "callers", "Ada\nBen <b>"), http.StatusSeeOther)
	page = w.get(to)
	wants(t, page, "Ada 3 people", "Ben <b> 2 people", "Divide 5 people among them")
	if strings.Contains(page, "Ben <b>") {
		t.Error("a caller's name came out as markup")
	}
	ada, ben := text(w.get(calls+"?sheet=1")), text(w.get(calls+"?sheet=2"))
	for _, name := range []string{"Amal Haddad", "Bo Lindqvist", "Chiara Fonti", "Dawit Bekele", "O'Neil"} {
		if strings.Contains(ada, name) == strings.Contains(ben, name) {
			t.Errorf("%s is not on exactly one sheet", name)
		}
	}
	if rec := w.ask("GET", calls+"?sheet=3", ""); rec.Code != http.StatusNotFound {
		t.Errorf("a sheet that does not exist: %d", rec.Code)
	}

	dawit := string(w.person("Dawit").ID)
	_, page = w.press(calls, filled("do", "try", "person", dawit, "line", "own:1", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Say how the call went")
	_, page = w.press(calls, filled("do", "try", "person", dawit, "line", "own", "outcome", "busy", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Say which number was rung")
	to, _ = w.press(calls, filled("do", "try", "person", dawit, "line", "own:1", "outcome", "no_answer", "note", "rang <i>out</i>", "by", "Ada", "sheet", "1"), http.StatusSeeOther)
	if to != calls+"?sheet=1#p-"+dawit {
		t.Errorf("after a try the caller comes to %s", to)
	}
	page = w.get(calls)
	wants(t, page, "no answer (own), by Ada : rang <i>out</i>", "their own , due 11 Mar 2026 18:30 UTC")
	if strings.Contains(page, "<i>out") {
		t.Error("a caller's note came out as markup")
	}
	w.press(calls, filled("do", "try", "person", dawit, "line", "own:1", "outcome", "spoke", "by", "Ada"), http.StatusSeeOther)
	wants(t, w.get(calls), "Was spoken to: account for them")
	to, _ = w.press(roll+"/account", filled("person", dawit, "is", "safe", "how", "voice", "who", "Ada", "as", "desk", "by", "Ada", "from", "calls"), http.StatusSeeOther)
	if page = w.get(to); to != calls || strings.Contains(text(page), "Dawit") {
		t.Errorf("whoever is accounted for stays on the sheet, or the caller comes to %s", to)
	}
	wants(t, page, "4 people are not accounted for")
	w.press(roll, filled("do", "close", "by", "Ada", "reason", "over"), http.StatusSeeOther)
	if page = w.get(calls); strings.Contains(page, "<form") {
		t.Error("the sheets of a closed roll-call still take outcomes")
	}
}

func TestARollcallOfManyHasPages(t *testing.T) {
	w := newWorld(t)
	var file strings.Builder
	file.WriteString("name,email,city,country\n")
	for i := range rollcallPerPage + 30 {
		fmt.Fprintf(&file, "Person %03d,p%d@people.example.org,Oslo,NO\n", i, i)
	}
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(file.String()), desk.ImportOptions{})
	must(t, err)
	roll := w.openRoll("area", "Norway")
	first := w.get(roll + "?is=silent")
	next := regexp.MustCompile(`href="([^"#]*)#people" rel="next"`).FindStringSubmatch(first)
	if next == nil || strings.Count(first, `name="person"`) != rollcallPerPage {
		t.Fatalf("no next page, or %d on this", strings.Count(first, `name="person"`))
	}
	last := w.get(html.UnescapeString(next[1]))
	if strings.Count(last, `name="person"`) != 30 || strings.Contains(last, `rel="next"`) || strings.Contains(text(last), "Person 199") || !strings.Contains(text(last), "Person 200") {
		t.Errorf("the next page holds %d", strings.Count(last, `name="person"`))
	}
	if rec := w.ask("GET", roll+"?from=-1", ""); rec.Code != http.StatusBadRequest {
		t.Errorf("a page that does not exist: %d", rec.Code)
	}
}

// A list that is longer than is read is refused: cut, it would be of others, or
// of fewer.
func TestALongListIsNotCut(t *testing.T) {
	w := newWorld(t)
	_, got := w.press("/rollcalls", filled("people", strings.Repeat("somebody@example.org\n", 1000), "by", "Ada"), http.StatusBadRequest)
	wants(t, got, "what was typed is 21000 bytes long")
}
