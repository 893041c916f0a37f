package browser

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"vedette"
)

// unrestAlert names a place that several have, and what is to be done in an event.
const unrestAlert = `Tunisia Alert: Clashes in central Tunis; keep away from the centre

AFFECTED AREA
Tunisia, Iraq

INCIDENT RISK LEVEL
High

CURRENT SITUATION
- Officials said on 11 March that clashes continue in Tunis now.

RECOMMENDATIONS
Tunisia
- Avoid the centre of Tunis.
- If the airport closes, shelter in place in Tunis.
Iraq
- Avoid all travel to Tripoli.
`

var replyLink = regexp.MustCompile(`https?://\S+/r/[A-Za-z0-9_-]+`)

// From a pasted report with a place in doubt to an answer on the board: mended, published,
// mailed by SMTP, answered on the page of the mail's link; then what it warned of comes
// about, and people hear that. With script and without.
func TestFromAReportToAnAnswer(t *testing.T) {
	for name, script := range map[string]bool{"with script": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			world := newWorld(t)
			world.user("ada", vedette.RoleAdministrator)
			relay := world.sends()
			ada := world.window()
			ada.scripts(script)
			ada.signsIn("ada")
			ada.visit("/drafts")
			ada.fill("The report's text", unrestAlert)
			ada.press("Read it and keep a draft")
			for strings.Contains(ada.text(), "blocks until it is settled or accepted") {
				ada.tap("Settle it …")
				ada.press("It is Tripoli, Lebanon (city)")
			}
			ada.press("To publishing it")
			ada.tap("Publish it:")
			ada.press("Publish, and tell them now")
			ada.reads("Clashes in central Tunis", "it is Tripoli")

			m := world.arrives(relay, "amal@people.example.org", "Clashes in central Tunis")
			ada.goes("to the board", chromedp.Click(chromedp.CSS("a.boardlink")))
			ada.reads("2 silent")
			if script {
				ada.awaits("Live, as of")
				ada.until("nobody loaded it again", `(document.body.dataset.here = "yes", true)`)
			}
			amal := world.window()
			amal.looks(390, "dark")
			amal.scripts(script)
			amal.visit(replyLink.FindString(m.Text))
			amal.press("1")
			amal.shot("answered")
			if !script {
				ada.press("Refresh")
			}
			ada.awaits("1 safe")
			ada.reads("1 silent")
			if script {
				ada.until("it was loaded again", `document.body.dataset.here === "yes"`)
			}
			ada.shot("board")
			ada.comesAbout()
			m = world.arrives(relay, "bo@people.example.org", "something it waited for has changed")
			if !strings.Contains(m.Text, "shelter in place") && !strings.Contains(m.Text, "Shelter in place") {
				t.Errorf("what is to be done is not in it:\n%s", m.Text)
			}
		})
	}
}

// comesAbout declares the update's condition met, from its board.
func (w *window) comesAbout() {
	w.t.Helper()
	w.press("Clashes in central Tunis")
	w.tap("Condition 1")
	w.fill("Why, in a few words", "the airport closed at 18:10")
	w.shot("condition")
	w.press("It is met")
	w.shot("sure")
	w.press("Declare it met")
	w.reads("Met:", "the airport closed at 18:10")
}

// A shift is handed over by one and taken by another, who sees what changed since.
func TestAShiftIsHandedOver(t *testing.T) {
	world := newWorld(t)
	_, _ = world.night()
	world.user("ada", vedette.RoleAdministrator)
	world.user("ben", vedette.RoleAnalyst)
	ada, ben := world.window(), world.window()
	ada.signsIn("ada")
	ada.visit("/handover")
	ada.fill("To whom", "Ben")
	ada.press("Hand over what stands above")
	ada.reads("Nobody has taken over yet", "Kept and signed")
	ben.looks(390, "light")
	ben.signsIn("ben")
	ben.visit("/handover")
	ben.press("Read it and take over")
	ben.shot("taking")
	ben.press("I take over")
	ben.reads("Taken over by ben")
	ada.visit("/handover")
	ada.reads("The shift is with ben")
}
