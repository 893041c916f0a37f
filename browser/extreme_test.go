package browser

import (
	"testing"

	"vedette"
	"vedette/desk"
)

const extremeReport = `MAGHREB SITUATION UPDATE: Dock walk-out closes Tunisian ports; move freight early
10 Mar 2026 08:00 UTC
Executive Summary:
- Dockers in Tunisia are likely to stop work.
Recommendations:
- Avoid nonessential travel to Tunisia.
AFFECTED AREA
Tunisia
INCIDENT RISK LEVEL
Extreme
`

// Publishing what is extreme asks for the second factor, comes back with what was seen,
// and publishes at the next press.
func TestPublishingExtremeTakesAPasskey(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	d, err := world.desk.NewDraft(world.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(extremeReport), Origin: "test"}, By: "ada"})
	world.must(err)
	w := world.window()
	w.device()
	w.signsIn("ada")
	w.adds("my laptop")
	w.signsOut()
	w.signsIn("ada") // by the password: nothing is shown yet
	w.visit("/drafts/" + string(d.Update.ID))
	w.tap("Publish it:")
	w.press("Publish, and tell them now")
	w.reads("Show that it is you", "Nothing was published yet")
	w.shot("asked")
	w.press("Use my passkey")
	w.reads("You showed your second factor. Nothing was published yet", "Draft")
	w.shot("shown")
	if u, err := world.desk.Update(world.ctx, d.Update.ID); err != nil || u.State != vedette.UpdateDraft {
		t.Fatalf("%v, %v", u.State, err)
	}
	w.press("Publish, and tell them now") // it is open still
	if u, err := world.desk.Update(world.ctx, d.Update.ID); err != nil || u.State != vedette.UpdatePublished {
		t.Errorf("%v, %v", u.State, err)
	}
}
