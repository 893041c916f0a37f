package browser

import (
	"testing"

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
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				w.looks(width, scheme)
				for _, v := range w.at("/drafts/"+string(d.Update.ID)+"/reading", source) {
					t.Errorf("%s, %d wide, %s: %s", name, width, scheme, v)
				}
				w.shot(name + scheme + map[bool]string{true: "phone", false: "desk"}[width < 500])
			}
		}
	}
}
