package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

const portAlert = `Iraq Alert: Strikes near Basra close the port; stay away from it

AFFECTED AREA
Iraq

CURRENT SITUATION
- Officials said on 4 February that the port of Umm Qasr was struck.
- Two witnesses reported fires near the oil terminal, and local media
  reported that the road to Basra airport is closed.

ASSESSMENT
- FORECAST: Further strikes are likely in Baghdad within the week.

RECOMMENDATIONS
Iraq
- Avoid all travel to Tripoli.
- If there are strikes, go indoors and stay away from windows.
`

const hebrewAlert = "Israel Alert: שביתה בנמל חיפה\n\nAFFECTED AREA\nIsrael\n\nCURRENT SITUATION\n- גורמים רשמיים מסרו כי נמל חיפה נסגר ב-4 בפברואר.\n- Officials said that Haifa is calm.\n\nRECOMMENDATIONS\nIsrael\n- Avoid all travel to Haifa.\n"

// A draft beside its report, looked through with axe: light and dark, on the phone and
// at the desk, and in a script that runs the other way.
func TestADraftBesideItsReport(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.signsIn("ada")
	for name, text := range map[string]string{"english": portAlert, "hebrew": hebrewAlert} {
		d, err := world.desk.NewDraft(world.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(text), Origin: name + ".txt"}, By: "Ada"})
		world.must(err)
		for _, v := range w.everyWay("/drafts/"+string(d.Update.ID)+"/reading", name, source) {
			t.Errorf("%s, %s", name, v)
		}
	}
}

// A report with a place in doubt is pasted, the doubt settled, and the draft published.
func TestAPastedReportIsMendedAndPublished(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.signsIn("ada")
	w.visit("/drafts")
	w.fill("The report's text", portAlert)
	w.press("Read it and keep a draft")
	w.reads("blocks until it is settled or accepted", "Avoid all travel to Tripoli.")
	w.tap("line 16")
	w.until("the line is not the one that is looked at", `document.querySelector("#r1L16:target") !== null`)
	w.shot("jumped")
	w.tap("Settle it …")
	w.press("It is Tripoli, Lebanon (city)")
	w.reads("settled by ada: it is Tripoli", "!blocks until")
	w.press("To publishing it")
	w.reads("!Doubts that block")
	w.tap("Publish it:")
	w.press("Publish, and tell them now")
	w.reads("Strikes near Basra close the port", "Avoid all travel to Tripoli.", "it is Tripoli")
}

// Words are saved as they are typed, whom it would tell follows, and of two who change
// the same words the second sees both texts and chooses.
func TestWordsAreSavedAsOneTypes(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	world.user("ben", vedette.RoleAnalyst)
	d, err := world.desk.NewDraft(world.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(portAlert), Origin: "alert.txt"}, By: "Ada"})
	world.must(err)
	page := "/drafts/" + string(d.Update.ID) + "/reading"
	ada, ben := world.window(), world.window()
	ada.signsIn("ada")
	ben.signsIn("ben")
	ada.visit(page)
	ben.visit(page)
	const change = "Change it: Avoid all travel to Tripoli."
	ada.reads("0 in")
	ada.tap(change)
	ada.retypes("advice-0-0", "Avoid all travel to Tunis, Tunisia.")
	ada.awaits("Saved 18:20:00 UTC")
	ada.awaits("2 in") // Amal and Bo are there
	ada.shot("saved")

	ben.tap(change)
	ben.retypes("advice-0-0", "Leave Sfax, Tunisia.")
	ben.awaits("You typed: Leave Sfax, Tunisia.")
	ben.reads("Now it says: Avoid all travel to Tunis, Tunisia.", "changed last by ada")
	ben.shot("conflict")
	for _, v := range ben.violations(source) {
		t.Errorf("with a conflict: %s", v)
	}
	ben.tap("Put mine in its place")
	ben.awaits("Saved 18:20:00 UTC")
	ada.visit(page)
	ada.reads("Leave Sfax, Tunisia.", "changed by the desk")

	// A heading, too: the advice under it goes where it names, and the second sees both.
	ada.tap("Rename it: Iraq")
	ada.retypes("head-advice-0", "Tunisia")
	ada.awaits("What to do: Tunisia")
	ada.awaits("Saved 18:20:00 UTC")
	ben.tap("Rename it: Iraq")
	ben.retypes("head-advice-0", "Jordan")
	ben.awaits("You typed: Jordan")
	ben.reads("Now it says: Tunisia")
	ben.tap("Take theirs")

	got, err := world.desk.Draft(world.ctx, d.Update.ID)
	world.must(err)
	if n := len(got.Update.Edits); n != 4 || got.Update.Content.Recommendations[0].Area != "TN" || got.Update.Edits[2].By != "ben" {
		t.Errorf("%d edits", n)
	}
	// Without a script each field has its button, and what it would do is on the page.
	ada.scripts(false)
	ada.visit(page)
	ada.tap("Change it: Leave Sfax, Tunisia.")
	ada.retypes("advice-0-0", "Leave Tunis, Tunisia.")
	ada.find("Save")
	ada.press("Save")
	ada.reads("Leave Tunis, Tunisia.", "2 in")
}

// retypes puts a text in the place of what a field of the draft holds.
func (w *window) retypes(key, text string) {
	w.t.Helper()
	field := chromedp.CSS("#f-" + key)
	w.do("empty "+key, chromedp.Evaluate[chromedp.Void](`document.getElementById(`+quoted("f-"+key)+`).value = "";0`))
	w.do("type into "+key, chromedp.SendKeys(field, text))
}

// scripts lets the window run scripts, or not.
func (w *window) scripts(run bool) {
	w.t.Helper()
	_, err := chromedp.Call(w.tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
	w.must(err)
}

// Two reports are fused, each claim with its report; looked through with axe.
func TestTwoReportsInOneDraft(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.signsIn("ada")
	w.visit("/drafts")
	w.fill("The report's text", portAlert)
	w.press("Read it and keep a draft")
	w.tap("Add another report to this draft")
	w.fill("Its text, or HTML", "Jordan Alert: Border closed\n\nAFFECTED AREA\nIraq, Jordan\n\nCURRENT SITUATION\n- Officials said on 4 February that the port of Umm Qasr was struck.\n- Three witnesses reported fires near the oil terminal, and local media reported that the road to Basra airport is closed.\n\nRECOMMENDATIONS\nJordan\n- Avoid all travel to Amman.\n")
	w.press("Read it and add what it says")
	w.reads("The 2 reports", "report 1, line 7; report 2, line 7", "Nearly the same as report 1, line 8", "What to do: Jordan")
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			w.looks(width, scheme)
			for _, v := range w.violations(source) {
				t.Errorf("%d wide, %s: %s", width, scheme, v)
			}
			w.shot("fused" + scheme + map[bool]string{true: "phone", false: "desk"}[width < 500])
		}
	}
}
