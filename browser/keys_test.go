package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vedette"
)

// named is what somebody who sees nothing is told of what has the focus.
const named = `(e => (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim())(document.activeElement)`

// tabTo presses Tab until something is reached.
func (w *window) tabTo(words string) {
	w.t.Helper()
	var passed []string
	for range 150 {
		w.do("Tab", chromedp.KeyEvent(kb.Tab))
		at, err := chromedp.Run(w.tab, chromedp.Evaluate[string](named))
		w.must(err)
		if strings.HasPrefix(at, words) {
			return
		}
		passed = append(passed, at)
	}
	w.t.Fatalf("Tab does not come to %q; it passes %q", words, passed)
}

// types types into the field that has the focus, once one has: a page that just came
// gives it to its first by itself.
func (w *window) types(text string) {
	w.t.Helper()
	w.until("no field has the focus", `document.activeElement && document.activeElement.matches("input, textarea, select")`)
	w.do("type", chromedp.KeyEvent(text))
}

func (w *window) enter() {
	w.t.Helper()
	w.goes("Enter", chromedp.KeyEvent(kb.Enter))
}

// With keys alone: sign in, add a passkey, sign out, sign in with it.
func TestWithTheKeyboardAlone(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	w := world.window()
	w.device()
	w.visit("/sign-in")
	at, err := chromedp.Run(w.tab, chromedp.Evaluate[string](named))
	w.must(err)
	if !strings.HasPrefix(at, "What you sign in with") {
		t.Errorf("one begins at %q", at)
	}
	w.types("ada")
	w.tabTo("Password")
	w.types(password)
	w.enter()
	w.tabTo("ada")
	w.enter()
	w.reads("Your second factor")
	w.tabTo("What you call it")
	w.types("my stick")
	w.tabTo("Your password, once more")
	w.types(password)
	w.tabTo("Add a passkey")
	w.enter()
	w.reads("The passkey is added", "my stick")
	w.tabTo("Sign out")
	w.enter()
	w.visit("/sign-in?to=/who")
	w.do("back to the top", chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`))
	w.tabTo("Sign in with a passkey")
	w.enter()
	w.reads("Who is where")
}

// signsInByKeys signs somebody in whose login and password are typed, one after the other.
func (w *window) signsInByKeys(login string) {
	w.t.Helper()
	w.visit("/sign-in")
	w.types(login)
	w.tabTo("Password")
	w.types(password)
	w.enter()
}

// opens opens what can be folded out, by the key it is opened with.
func (w *window) opens(words string) {
	w.t.Helper()
	w.tabTo(words)
	w.do("open", chromedp.KeyEvent(" "))
}

// follows comes to a link or button by Tab, and takes it by Enter.
func (w *window) follows(words string) {
	w.t.Helper()
	w.tabTo(words)
	w.enter()
}

// With keys alone: a report is typed, its place in doubt settled, published; somebody
// answers by the link of their mail; the answer is found on the board.
func TestAReportByKeysAlone(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	relay := world.sends()
	ada := world.window()
	ada.signsInByKeys("ada")
	ada.follows("Drafts")
	ada.tabTo("The report's text")
	ada.types(strings.TrimSpace(unrestAlert))
	ada.follows("Read it and keep a draft")
	for strings.Contains(ada.text(), "blocks until it is settled or accepted") {
		ada.opens("Settle it …")
		ada.follows("It is Tripoli, Lebanon (city)")
	}
	ada.follows("To publishing it")
	ada.opens("Publish it:")
	ada.follows("Publish, and tell them now")
	ada.reads("Clashes in central Tunis", "it is Tripoli")
	m := world.arrives(relay, "amal@people.example.org", "Clashes in central Tunis")
	amal := world.window()
	amal.visit(replyLink.FindString(m.Text))
	amal.follows("1")
	amal.reads("safe")
	ada.visit("/")
	ada.follows("2 concerned")
	ada.reads("1 safe", "1 silent")
}

// With keys alone: a shift is handed over and taken.
func TestAShiftByKeysAlone(t *testing.T) {
	world := newWorld(t)
	_, _ = world.night()
	world.user("ada", vedette.RoleAdministrator)
	world.user("ben", vedette.RoleAnalyst)
	ada, ben := world.window(), world.window()
	ada.signsInByKeys("ada")
	ada.follows("Hand-over")
	ada.tabTo("To whom")
	ada.types("Ben")
	ada.follows("Hand over what stands above")
	ada.reads("Nobody has taken over yet", "Kept and signed")
	ben.signsInByKeys("ben")
	ben.follows("Hand-over")
	ben.follows("Read it and take over")
	ben.follows("I take over")
	ben.reads("Taken over by ben")
}
