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
	for range 60 {
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

func (w *window) types(text string) {
	w.t.Helper()
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
