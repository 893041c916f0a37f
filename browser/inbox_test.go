package browser

import (
	"os"
	"strings"
	"testing"

	"vedette"
)

// quake is an alert of an invented warning service.
func quake(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../feed/cap/testdata/quake.cap")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An alert comes in, is looked at, becomes a draft, and is published from there; with
// scripts and without.
func TestAnAlertIsTakenFromTheInbox(t *testing.T) {
	for name, script := range map[string]bool{"with scripts": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			world := newWorld(t)
			world.user("ada", vedette.RoleAdministrator)
			ada := world.window()
			ada.scripts(script)
			ada.signsIn("ada")
			ada.visit("/inbox")
			ada.reads("Nothing waits.")
			ada.fill("The alert, as XML", strings.ReplaceAll(strings.ReplaceAll(string(quake(t)), "34.74,10.98 60", "36.8,10.18 40"), "Sfax", "Tunis"))
			ada.press("Keep it")
			ada.reads("Strong earthquake off Tunis", "Who of ours is there", "in what it draws: ", "Leave damaged buildings.")
			ada.press("Make a draft of it")
			ada.reads("Strong earthquake off Tunis", "Draft")
			ada.visit("/inbox")
			ada.reads("Nothing waits.", "ada made a draft of it", "in a draft")
		})
	}
}
