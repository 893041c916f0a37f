package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vedette"
	"vedette/desk"
)

// focusIs says what is wrong with how the focus is shown, "" where it is seen: a ring
// around it, within the window, and nothing over it.
const focusIs = `(e => {
	if (!e || e === document.body) return "nothing has the focus";
	const s = getComputedStyle(e), r = e.getBoundingClientRect();
	if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) return "no ring is around it";
	if (r.width < 1 || r.bottom <= 0 || r.top >= innerHeight) return "it is outside of the window";
	const x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(r.top + r.height / 2, 0), innerHeight - 1), over = document.elementFromPoint(x, y);
	return over && (e === over || e.contains(over) || over.contains(e)) ? "" : "it lies under " + (over ? over.outerHTML.slice(0, 120) : "nothing");
})(document.activeElement)`

// seesWhere wants that somebody at the keys sees where they are.
func (w *window) seesWhere() {
	w.t.Helper()
	wrong, err := chromedp.Run(w.tab, chromedp.Evaluate[string](focusIs))
	w.must(err)
	if wrong != "" {
		at, err := chromedp.Run(w.tab, chromedp.Evaluate[string](named))
		w.must(err)
		w.t.Errorf("the focus is not seen on %q: %s", at, wrong)
	}
}

// writes comes to a field and types.
func (w *window) writes(label, text string) {
	w.t.Helper()
	w.tabTo(label)
	w.seesWhere()
	w.types(text)
}

// presses comes to a button or link, sees that it is there, and takes it.
func (w *window) presses(words string) {
	w.t.Helper()
	w.tabTo(words)
	w.seesWhere()
	w.enter()
}

// unfolds comes to what folds out, and has it do so.
func (w *window) unfolds(words string) {
	w.t.Helper()
	w.opens(words)
	w.seesWhere()
}

// atKeys is a window of somebody who has signed in, all by keys.
func (w *world) atKeys(login string) *window {
	w.t.Helper()
	w.user(login, vedette.RoleAdministrator)
	win := w.window()
	win.signsInByKeys(login)
	return win
}

// newest is the page of what was published last.
func (w *world) newest() string {
	w.t.Helper()
	us, err := w.rows.Updates(w.ctx, 1, w.now().Add(time.Hour))
	w.must(err)
	return "/updates/" + string(us[0].ID)
}

// With keys alone: two reports become one draft.
func TestReportsAreFusedByKeysAlone(t *testing.T) {
	ada := newWorld(t).atKeys("ada")
	ada.presses("Drafts")
	ada.writes("The report's text", strings.TrimSpace(portAlert))
	ada.presses("Read it and keep a draft")
	ada.unfolds("Add another report to this draft")
	ada.writes("Its text, or HTML", "Jordan Alert: Border closed\n\nAFFECTED AREA\nIraq, Jordan\n\nCURRENT SITUATION\n- Officials said on 4 February that the port of Umm Qasr was struck.\n\nRECOMMENDATIONS\nJordan\n- Avoid all travel to Amman.")
	ada.presses("Read it and add what it says")
	ada.reads("The 2 reports", "What to do: Jordan")
}

// With keys alone: what an update waited for is declared to have come about.
func TestAConditionIsMetByKeysAlone(t *testing.T) {
	w := newWorld(t)
	d, err := w.desk.Compose(w.ctx, desk.DraftOrder{Text: []byte(strings.Replace(rocketReport, "- Shelter in place in Tunisia until further notice.", "- If the airport closes, shelter in place in Tunisia.", 1)), Origin: "test"})
	w.must(err)
	pv, err := w.desk.Preview(w.ctx, d, desk.PublishOrder{})
	w.must(err)
	_, err = w.desk.PublishDraft(w.ctx, d, desk.PublishOrder{Count: pv.Count})
	w.must(err)
	ada := w.atKeys("ada")
	ada.presses("Updates")
	ada.presses("Rockets hitting Tunis")
	ada.unfolds("Condition 1")
	ada.writes("Why, in a few words", "the airport closed at 18:10")
	ada.presses("It is met")
	ada.presses("Declare it met")
	ada.reads("Met:", "the airport closed at 18:10")
}

// With keys alone: a roll-call is opened, its callers are named, a call is noted, somebody
// accounted for, and the roll-call closed.
func TestARollcallByKeysAlone(t *testing.T) {
	w := newWorld(t)
	w.record("amal@people.example.org", "mobile", "+21620123456")
	ada := w.atKeys("ada")
	ada.presses("Roll-calls")
	ada.writes("Everyone in a place, by name", "Tunisia")
	ada.presses("Open it")
	ada.reads("Roll-call of 2 people", "2 silent")
	ada.presses("Call sheet: name who calls")
	ada.writes("Who calls, one name a line", "Ada")
	ada.presses("Divide 2 people among them")
	ada.unfolds("How it went")
	ada.writes("What was said", "rang for a minute")
	ada.presses("No answer")
	ada.reads("rang for a minute", "No number that may be right is kept") // Bo's
	ada.unfolds("How it went")
	ada.presses("Safe")
	ada.reads("1 person is not accounted for")
	ada.presses("Tunisia")
	ada.reads("1 safe", "1 silent")
	ada.tabTo("Bo Lindqvist")
	ada.seesWhere()
	ada.do("tick", chromedp.KeyEvent(" "))
	ada.presses("Account for those ticked")
	ada.reads("Say who spoke to them")
	ada.until("who was ticked is still", `document.querySelectorAll("input[name=person]:checked").length === 1`)
	ada.writes("Who spoke to them", "Ada")
	ada.presses("Account for those ticked")
	ada.reads("2 safe")
	ada.unfolds("Close it")
	ada.writes("Why; it is kept on record", "all are heard of")
	ada.presses("Close it")
	ada.reads("all are heard of", "Everyone was accounted for")
}

// With keys alone: those of a roll-call are asked once more.
func TestARoundByKeysAlone(t *testing.T) {
	w := newWorld(t)
	pages, _ := w.night()
	ada := w.atKeys("ada")
	for _, p := range pages {
		if strings.HasPrefix(p, "/rollcalls/") && strings.Count(p, "/") == 2 {
			ada.visit(p)
		}
	}
	ada.reads("Roll-call of 2 people")
	ada.presses("Ask once more")
	ada.presses("Ask 2 people")
	ada.reads("Round 2")
}

// With keys alone: a call for help is taken, noted in, and closed.
func TestACaseByKeysAlone(t *testing.T) {
	w := newWorld(t)
	_, _ = w.night()
	ada := w.atKeys("ada")
	ada.presses("Calls for help")
	ada.presses("Amal Haddad")
	ada.presses("I take it")
	ada.reads("ada has it")
	ada.writes("Write to them", "Which roof?")
	ada.presses("Send it")
	ada.reads("Which roof?", "!I take it")
	ada.unfolds("Note what is known")
	ada.writes("What is known", "the fire service is there")
	ada.presses("Note it")
	ada.reads("the fire service is there")
	ada.unfolds("Close it")
	ada.writes("Why; it is kept on record", "brought home")
	ada.presses("Close it")
	ada.reads("The case is closed", "brought home")
	ada.shot("closed")
}

// With keys alone: somebody answers on their own page, checks in, and sets how they are
// told; without a line they hear that it was not sent.
func TestMyPageByKeysAlone(t *testing.T) {
	w := newWorld(t)
	_, _ = w.night()
	page := w.minePage("bo@people.example.org")
	w.record("bo@people.example.org", "check-ins", "yes")
	bo := w.window()
	bo.looks(390, "light")
	bo.visit(page)
	bo.isKept(page, true)
	bo.writes("Where are you?", "on the stairs")
	bo.tabTo("3")
	bo.seesWhere()
	bo.do("tap", chromedp.KeyEvent(kb.Enter))
	bo.awaits("Sent: I am not there")
	bo.visit(page)
	bo.reads("Your last answer: I am not there")
	bo.writes("Where are you now?", "Sousse")
	bo.presses("I am here")
	bo.reads("Noted: you are here.")
	bo.tabTo("Language")
	bo.seesWhere()
	bo.tabTo("What merely informs first over")
	bo.seesWhere()
	bo.types("e") // to what begins with it
	bo.presses("Save")
	bo.reads("Saved.")
	p, err := w.desk.Person(w.ctx, "bo@people.example.org")
	w.must(err)
	if p.Record.Wishes.Order != "email" {
		t.Errorf("the channel to be told over first is %q", p.Record.Wishes.Order)
	}
	w.must(w.shut())
	bo.visit(page)
	bo.tabTo("2")
	bo.seesWhere()
	bo.do("tap", chromedp.KeyEvent(kb.Enter))
	bo.awaits("NOT SENT: I need help")
	bo.until("one is still where one was", `document.activeElement.value === "2"`)
}

// record changes a field of what is kept of somebody, as the desk does.
func (w *world) record(mail, field, value string) {
	w.t.Helper()
	p, err := w.desk.Person(w.ctx, mail)
	w.must(err)
	form, err := w.desk.PersonForm(w.ctx, p.ID)
	w.must(err)
	typed := map[string]string{}
	for k, v := range form.Held {
		typed[k] = v
	}
	typed[field] = value
	_, wrong, err := w.desk.EditPerson(w.ctx, desk.PersonEdit{Person: p.ID, Version: form.Version, Typed: typed})
	w.must(err)
	if len(wrong) > 0 {
		w.t.Fatal(wrong)
	}
}

// With keys alone: the all-clear is given.
func TestTheAllClearByKeysAlone(t *testing.T) {
	w := newWorld(t)
	_, _ = w.night()
	ada := w.atKeys("ada")
	ada.visit(w.newest())
	ada.unfolds("Give the all-clear for an area")
	ada.tabTo("For which area, by name")
	ada.seesWhere()
	ada.writes("On what basis", "The army says that it is over.")
	ada.presses("See whom it reaches and what it ends")
	ada.shot("sure")
	ada.presses("Give the all-clear")
	ada.reads("All-clear", "The army says that it is over.")
}

// With keys alone: what was not sent yet is stopped, and a situation cancelled.
func TestStopAndCancelByKeysAlone(t *testing.T) {
	w := newWorld(t)
	_, _ = w.night()
	ada := w.atKeys("ada")
	ada.visit(w.newest())
	ada.unfolds("Cancel its situation")
	ada.tabTo("Why")
	ada.seesWhere()
	ada.writes("What people are told besides", "The rockets have ended.")
	ada.presses("See whom it reaches")
	ada.presses("Cancel it, and tell")
	ada.reads("what it told people to do no longer stands")
	ada.visit(w.newest())
	ada.unfolds("Stop what is not yet sent")
	ada.writes("Why; it is kept on record", "it names the wrong town")
	ada.presses("See how many still wait")
	ada.presses("Stop it now")
	ada.reads("Stopped", "it names the wrong town")
}

// walk presses Tab through a page until it begins anew, and wants the focus to be seen at
// each stop; it gives how many there are.
func (w *window) walk() (stops int) {
	w.t.Helper()
	w.do("from the top", chromedp.Evaluate[chromedp.Void](`document.activeElement.blur(); window.scrollTo(0, 0); document.querySelectorAll("[data-stop]").forEach(e => e.removeAttribute("data-stop"))`))
	for range 300 {
		w.do("Tab", chromedp.KeyEvent(kb.Tab))
		state, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`(e => {
			if (e === document.body || e.dataset.stop && !["time", "date"].includes(e.type)) return "again";
			const wrong = `+focusIs+`;
			e.dataset.stop = "yes";
			return wrong && wrong + " " + e.outerHTML.slice(0, 160);
		})(document.activeElement)`))
		w.must(err)
		if state == "again" {
			return stops
		}
		if stops++; state != "" {
			here, err := chromedp.Run(w.tab, chromedp.Location())
			w.must(err)
			w.t.Errorf("%s, stop %d: %s", here, stops, state)
		}
	}
	w.t.Errorf("Tab never comes back to the beginning after %d stops", stops)
	return stops
}

// Whoever goes by Tab sees at every stop where they are, and gets round: on the desk and
// on the phone, where a bar lies over the foot of some pages.
func TestTheFocusIsSeenAtEveryStop(t *testing.T) {
	w := newWorld(t)
	pages, reply := w.night()
	ada := w.atKeys("ada")
	list := []string{"/night", "/", "/cases", "/drafts", "/rollcalls", w.newest(), w.newest() + "/board", w.newest() + "/sitrep", reply, w.minePage("bo@people.example.org")}
	for _, p := range pages {
		for _, room := range []string{"/cases/", "/rollcalls/", "/drafts/"} {
			if strings.HasPrefix(p, room) && !strings.Contains(p, "/ask") {
				list = append(list, p)
			}
		}
	}
	for _, width := range []int64{1280, 390} {
		ada.looks(width, "light")
		for _, p := range list {
			ada.visit(p)
			if n := ada.walk(); n < 4 {
				t.Errorf("%s has %d stops", p, n)
			}
		}
	}
}
