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
	wants(t, page, "The last account, by Ada, 11 Mar 2026 18:20 UTC (just now), is of 2 people: safe.", "4 silent", "2 safe", "safe, spoke with Ben <i> (Ada, warden): on the quay")
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
	// Somebody of it comes there meanwhile: they are not accounted for unseen.
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader(strings.Replace(peopleFile, "SE,Tunis office,Tunis,TN", "SE,Tripoli house,Tripoli,LY", 1)), desk.ImportOptions{})
	must(t, err)
	_, changed := w.once(page, http.StatusConflict, "by", "Ada")
	wants(t, changed, "Nothing was noted: of whom it would be has changed since it was shown, 1 then, 2 now", "Account for 2 people at Tripoli house", "Bo Lindqvist")
	wants(t, w.get(roll), "4 silent")
	site.Set("sure", "1")
	_, blind := w.press(roll+"/account", site, http.StatusConflict)
	wants(t, blind, "Nothing was noted", "Account for 2 people")
	site.Set("except", "Bo Lindqvist")
	site.Del("sure")
	_, page = w.press(roll+"/account", site, http.StatusOK)
	to, _ = w.once(page, http.StatusSeeOther, "by", "Ada")
	wants(t, w.get(to), "The last account, by Ada, 11 Mar 2026 18:20 UTC (just now), is of 1 person: safe.", "3 silent", "safe, seen by Karim (Ada, warden)")
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
	wants(t, page, "The round before, 1, was begun by Ada 11 Mar 2026 18:20 UTC (1 h ago)")
	asks := page
	_, page = w.press(roll+"/ask", filled("by", "Ada", "count", "4"), http.StatusConflict)
	wants(t, page, "does not say what was to be seen")
	_, page = w.once(asks, http.StatusConflict, "by", "Ada")
	wants(t, page, "their number is to be typed: 4")
	_, page = w.once(asks, http.StatusConflict, "by", "Ada", "count", "x")
	wants(t, page, "in digits")
	if strings.Contains(page, "--") {
		t.Error("the page speaks of a flag")
	}
	to, _ := w.once(asks, http.StatusSeeOther, "by", "Ada", "count", "4")
	_, page = w.once(asks, http.StatusConflict, "by", "Ben", "count", "4") // another has the page open, too
	wants(t, page, "Nobody was asked: round 2 was begun already, by Ada, 11 Mar 2026 19:20 UTC, after you looked")
	if kept := w.get(roll); strings.Contains(text(kept), "Round 3") {
		t.Error("it was asked twice")
	}
	if drafts, err := w.desk.Drafts(w.ctx); err != nil || len(drafts) > 0 {
		t.Error("a question that was not asked is left as a draft:", len(drafts), err)
	}
	page = w.get(to)
	wants(t, page, "Round 2 was begun by Ada, 11 Mar 2026 19:20 UTC (just now): messages go out.", "1 stale", "3 silent", "asked again 11 Mar 2026 19:20 UTC", "messages went out")

	_, page = w.press(roll, filled("do", "close", "by", "Ada"), http.StatusConflict)
	wants(t, page, "4 people are not accounted for, and it stays so on record")
	to, _ = w.press(roll, filled("do", "refresh", "by", "Ada", "add", "Grace Odhiambo"), http.StatusSeeOther)
	wants(t, w.get(to), "2 people came to it last, 11 Mar 2026 19:20 UTC (just now).", "Roll-call of 6 people")
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

// What was done is said as it is kept: an address that somebody made up says
// nothing.
func TestAnAddressSaysNothingThatWasNotDone(t *testing.T) {
	w := newWorld(t)
	roll := w.openRoll("area", "Tunisia")
	plain := text(w.get(roll))
	for _, q := range []string{"?asked=500", "?accounted=500&left=3&uncased=2", "?added=500", "?done=asked", "?done=accounted", "?done=500+people+were+asked"} {
		if page := text(w.get(roll + q)); page != plain {
			t.Errorf("%s says what was never done: %s", q, page)
		}
	}
	wants(t, w.get(roll+"?done=added"), "Nobody came to it since it was opened.")
	w.press(roll+"/account", filled("person", string(w.person("Bo").ID), "person", string(w.person("Amal").ID), "is", "safe", "how", "voice", "who", "Ben", "as", "desk", "by", "Ada"), http.StatusSeeOther)
	w.now = w.now.Add(time.Minute)
	w.press(roll+"/account", filled("person", string(w.person("Bo").ID), "is", "taken_back", "how", "voice", "who", "Ben", "note", "another Bo", "as", "desk", "by", "Ben"), http.StatusSeeOther)
	wants(t, w.get(roll+"?done=accounted"), "The last account, by Ben, 11 Mar 2026 18:21 UTC (just now), is of 1 person: unheard of")
	w.once(w.get(roll+"/ask"), http.StatusSeeOther, "by", "Ada")
	w.now = w.now.Add(time.Hour)
	wants(t, w.get(roll+"?done=asked"), "Round 2 was begun by Ada, 11 Mar 2026 18:21 UTC (1 h ago): messages go out.")
}

// Who is held to be nowhere has a row of their own: the rows tell everyone.
func TestWhoIsNowhereIsCountedByPlace(t *testing.T) {
	w := newWorld(t)
	roll := w.openRoll("area", "Tunisia")
	wants(t, w.get(roll), "Tunisia 5 0 5")
	if page := text(w.get(roll)); strings.Contains(page, "Place not known") {
		t.Error("everyone is somewhere:", page)
	}
	w.now = w.now.Add(time.Hour)
	for _, pr := range w.person("Bo").Presence {
		must(t, w.desk.EndPresence(w.ctx, "Bo Lindqvist", pr.Key, "Ada", "left"))
	}
	wants(t, w.get(roll), "Tunisia 4 0 4", "Place not known 1 0 1")
	list := text(w.get(roll + "?area=unknown&is=silent"))
	if !strings.Contains(list, "Those who are silent, at no known place") || !strings.Contains(list, "Bo Lindqvist") || strings.Contains(list, "Amal Haddad") {
		t.Error("the row leads to others:", list)
	}
}

// What an account brings is said as it is in this roll-call.
func TestAnAccountSaysWhatItBrings(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	for _, c := range []struct {
		what       string
		of         []string
		help, gone string
		button     string
	}{
		{"about an update", []string{"update", string(u.ID)}, "A case is opened for each.", "Where they are held to be is corrected.", "Needs help: open a case"},
		{"of a place", []string{"area", "Tunisia"}, "A case is opened for each, but not for whoever was never told of anything; they are named then.", "Where they are held to be is corrected.", "Needs help: open a case"},
		{"by name", []string{"people", "Bo Lindqvist\nAmal Haddad"}, "A case is opened for each, but not for whoever was never told", "Where they are held to be stays as it is, for this roll-call is of people by name, not of a place.", "Needs help: open a case"},
		{"an exercise", []string{"area", "Tunisia", "status", "exercise"}, "No case is opened, for it is an exercise.", "Where they are held to be stays as it is, for it is an exercise.", "Needs help Not there"},
		{"a test", []string{"people", "Bo Lindqvist", "status", "test"}, "No case is opened, for it is a test.", "Where they are held to be stays as it is, for it is a test.", "Needs help Not there"},
	} {
		roll := w.openRoll(c.of...)
		for is, says := range map[string]string{"help": c.help, "not_there": c.gone} {
			_, page := w.press(roll+"/account", filled("site", "Tunis office", "is", is, "how", "saw", "who", "Karim", "as", "warden", "by", "Ada"), http.StatusOK)
			if !strings.Contains(text(page), says) {
				t.Errorf("%s, %s: the page does not say %q: %s", c.what, is, says, text(page))
			}
			if page := strings.ToLower(text(w.get(roll))); !strings.Contains(page, strings.ToLower(strings.TrimSuffix(says, "."))) {
				t.Errorf("%s: the roll-call does not say %q", c.what, says)
			}
		}
		if page := text(w.get(roll + "/calls")); !strings.Contains(page, c.button) {
			t.Errorf("%s: the sheet does not say %q: %s", c.what, c.button, page)
		}
		if c.what == "by name" { // and so it is
			w.press(roll+"/account", filled("person", string(w.person("Bo").ID), "is", "not_there", "how", "voice", "who", "Karim", "as", "desk", "by", "Ada"), http.StatusSeeOther)
			if p := w.person("Bo"); len(p.Presence) == 0 || !p.Presence[0].Covers(w.now) {
				t.Error("where Bo is held to be was corrected:", p.Presence)
			}
		}
	}
}

// Who needs help and got no case is named until they have one, whoever opens
// the page.
func TestWhoGotNoCaseIsNamed(t *testing.T) {
	w := newWorld(t)
	roll := w.openRoll("area", "Tunisia")
	help := func(roll string, names ...string) string {
		f := filled("is", "help", "how", "voice", "who", "Ben", "as", "desk", "by", "Ada")
		for _, n := range names {
			f.Add("person", string(w.person(n).ID))
		}
		to, _ := w.press(roll+"/account", f, http.StatusSeeOther)
		return w.get(to)
	}
	const none = "No case: Bo Lindqvist , Dawit Bekele . Somebody said that they need help, and no case could be opened"
	wants(t, help(roll, "Bo", "Dawit"), none, "Ask first , then account for them again", "Bo Lindqvist no case need help")
	wants(t, w.get(roll), none)
	w.now = w.now.Add(time.Minute)
	w.once(w.get(roll+"/ask"), http.StatusSeeOther, "by", "Ada")
	wants(t, w.get(roll), none, "Account for them again: now one can be.")
	if page := text(help(roll, "Bo")); !strings.Contains(page, "No case: Dawit Bekele . ") {
		t.Error("who has a case by now is named, or who has none is not:", page)
	}
	if page := text(help(roll, "Dawit")); strings.Contains(strings.ToLower(page), "no case") {
		t.Error("everyone has a case:", page)
	}
	drill := w.openRoll("area", "Libya", "status", "exercise")
	if page := text(help(drill, "Esra")); strings.Contains(page, "No case:") || strings.Contains(page, "Esra Kaya no case") {
		t.Error("in an exercise none is opened:", page)
	}
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

// The sheets are to be had as a table, a caller's alone, and no cell of it runs.
func TestCallSheetsAreATable(t *testing.T) {
	w := newWorld(t)
	_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,phone,city,country\n\"'=HYPERLINK(\"\"http://evil\"\")\",x@people.example.org,+216 20 000 000,Sfax,TN\n"), desk.ImportOptions{})
	must(t, err)
	roll := w.openRoll("area", "Tunisia", "status", "exercise")
	w.press(roll+"/calls", filled("do", "divide", "callers", "Ada\nBen"), http.StatusSeeOther)
	table := func(path string) (string, http.Header) {
		rec := w.ask("GET", path, "")
		if rec.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, rec.Code)
		}
		return rec.Body.String(), rec.Header()
	}
	all, head := table(roll + "/calls.csv")
	if head.Get("Content-Type") != "text/csv; charset=utf-8" || head.Get("Content-Disposition") != `attachment; filename="EXERCISE-call-sheets-20260311-1820Z.csv"` || head.Get("Cache-Control") != "no-store" {
		t.Errorf("headers: %v", head)
	}
	for _, line := range []string{"\uFEFFcaller,name,where,stands,ring,whose,due,others,tries,id\r\n", `,Dawit Bekele,"Sfax depot, Sfax, Tunisia",silent,'+251911000000,their own,2026-03-11 18:20Z,`, `Bo Lindqvist,"Tunis office, Tunis, Tunisia",silent,,NO NUMBER that may be right is kept,`} {
		if !strings.Contains(all, line) {
			t.Errorf("the table has no %q:\n%s", line, all)
		}
	}
	for cell := range strings.SplitSeq(strings.ReplaceAll(all, "\r\n", ","), ",") {
		if strings.HasPrefix(strings.TrimLeft(cell, `" `), "=") || strings.HasPrefix(cell, "+") {
			t.Errorf("a cell runs: %s", cell)
		}
	}
	one, _ := table(roll + "/calls.csv?sheet=1")
	two, _ := table(roll + "/calls.csv?sheet=2")
	if strings.Contains(one, "Ben,") || strings.Contains(two, "Ada,") || strings.Count(one, "\n")+strings.Count(two, "\n")-1 != strings.Count(all, "\n") {
		t.Errorf("a caller's table holds another's people:\n%s\n%s", one, two)
	}
	if page := w.get(roll + "/calls?sheet=2"); !strings.Contains(page, `href="`+roll+`/calls.csv?sheet=2"`) {
		t.Error("the sheet does not lead to its table")
	}
	for path, code := range map[string]int{roll + "/calls.csv?sheet=3": http.StatusNotFound, "/rollcalls/x/calls.csv": http.StatusBadRequest} {
		if rec := w.ask("GET", path, ""); rec.Code != code {
			t.Errorf("%s: %d", path, rec.Code)
		}
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

// Whoever accounts by name for somebody under duress is told that it takes that away
// from nobody, also where the press came from a call sheet.
func TestAnAccountDoesNotTakeDuressAway(t *testing.T) {
	w := newWorld(t)
	set := vedette.DefaultSettings()
	set.DuressDigit = 7
	must(t, w.desk.SaveSettings(w.ctx, set, "Ada"))
	u := w.publish(harbours())
	roll := w.openRoll("area", "Tunisia")
	w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=1&text=7")
	said := func(name, from string) string {
		to, _ := w.press(roll+"/account", filled("person", string(w.person(name).ID), "is", "safe", "how", "voice", "who", "Ben", "as", "desk", "by", "Ada", "from", from), http.StatusSeeOther)
		return text(w.get(to))
	}
	for _, from := range []string{"", "calls"} {
		if page := said("Chiara", from); !strings.Contains(page, "1 person of it is under duress and so counted until the desk closes their case") {
			t.Errorf("from %q: nobody is told: %s", from, page)
		}
	}
	if page := said("Bo", ""); strings.Contains(page, "under duress and so counted") {
		t.Errorf("said of one who is not: %s", page)
	}
}

// Whoever ticked many and forgot who spoke to them ticks nobody once more.
func TestWhoWasTickedStaysTicked(t *testing.T) {
	w := newWorld(t)
	w.publish(harbours())
	c, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	must(t, err)
	roll := rollcallAddress(c.ID)
	if strings.Contains(w.get(roll), " checked") {
		t.Error("somebody is ticked whom nobody ticked")
	}
	bo, dawit := string(w.person("Bo").ID), string(w.person("Dawit").ID)
	_, page := w.press(roll+"/account", filled("person", bo, "is", "safe", "how", "voice", "as", "desk", "by", "Ada"), http.StatusConflict)
	wants(t, page, "Say who spoke to them")
	if !strings.Contains(page, `id="p-`+bo+`" checked>`) || strings.Contains(page, `id="p-`+dawit+`" checked>`) {
		t.Error("who was ticked is not, or somebody else is")
	}
}

// A number that is kept nowhere may have been rung all the same: its caller says whose.
func TestACallToANumberThatIsNotKept(t *testing.T) {
	w := newWorld(t)
	w.publish(harbours())
	c, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Areas: []vedette.AreaID{"TN"}, By: "Ada"})
	must(t, err)
	calls := rollcallAddress(c.ID) + "/calls"
	page := w.get(calls)
	wants(t, page, "Whose number was rung; none is kept")
	m := regexp.MustCompile(`<select id="line-([0-9a-f-]+)" name="line"><option value="own:1">own</option>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("it is not asked of somebody who has none")
	}
	w.press(calls, filled("do", "try", "person", m[1], "line", "hotel:1", "outcome", "no_answer", "note", "by the concierge", "by", "Ada"), http.StatusSeeOther)
	wants(t, w.get(calls), "no answer (hotel), by Ada : by the concierge")
}
