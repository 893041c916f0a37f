package browser

import (
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

const tunisAlert = `Tunisia Alert: Fighting at the ports; stay away
11 Mar 2026 12:00 UTC
Current Situation:
- Officials said on 11 March that there is fighting in the ports.
Recommendations:
- Avoid all travel to Tunisia.
AFFECTED AREA
Tunisia
INCIDENT RISK LEVEL
High
`

// An update's page with a timeline of several updates before and after it, and the page of
// a draft with trips that go against its advice, in words and on the map, looked through
// with axe: light and dark, on the phone and at the desk, and from the right.
func TestASituationOfSeveralUpdatesAndADraftWithClashes(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	updates := world.situation()
	draft := world.clashing()
	w := world.window()
	w.signsIn("ada")
	for name, page := range map[string]string{"middle": "/updates/" + string(updates[1].ID), "last": "/updates/" + string(updates[3].ID), "clashes": draft, "clashes-beside": draft + "/reading"} {
		for _, v := range w.everyWay(page, name, source) {
			t.Errorf("%s, %s", name, v)
		}
	}
	w.visit("/updates/" + string(updates[3].ID))
	w.reads("What changed since update 3", "Updates of this situation: 4", "this one")
	w.visit(draft)
	w.reads("Trips into a place it advises to avoid: 3", "Sousse, Tunisia: 2 trips", "Sfax, Tunisia: 1 trip")
	w.until("the map's ground is not shown", `[...document.querySelectorAll(".clashes img")].every(i => i.complete && i.naturalWidth > 0)`)
	w.until("a number on the map does not lead to its line", `[...document.querySelectorAll(".clashes .pin a")].length === 2 && [...document.querySelectorAll(".clashes .pin a")].every(a => document.querySelector(a.getAttribute("href")))`)
}

// situation publishes four updates of one situation: a risk that rises and falls, areas
// that come and go.
func (w *world) situation() (out []*vedette.Update) {
	w.t.Helper()
	for _, change := range [][]string{nil, {"Level\nHigh", "Level\nExtreme", "LEVEL\nHigh", "LEVEL\nExtreme"}, {"AREA\nTunisia", "AREA\nTunisia, Libya", "- Avoid all travel to Tunisia.", "- Avoid all travel to Tunisia.\n- If there is fighting near you, stay indoors and away from windows."}, {"LEVEL\nHigh", "LEVEL\nModerate", "Avoid all travel", "Reconsider travel", "fighting in", "calm in"}} {
		o := desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(strings.NewReplacer(change...).Replace(tunisAlert)), Origin: "alert.txt"}, By: "Ada"}
		if len(out) > 0 {
			o.Situation = out[0].Situation.ID
		}
		d, err := w.desk.NewDraft(w.ctx, o)
		w.must(err)
		u, err := w.desk.PublishDraft(w.ctx, d, desk.PublishOrder{By: "Ada", Again: true})
		w.must(err)
		out = append(out, u)
	}
	return out
}

// clashing keeps a draft that advises against travel to where three of ours go.
func (w *world) clashing() (page string) {
	w.t.Helper()
	_, err := w.desk.ImportTrips(w.ctx, strings.NewReader("email,trip number,city,country,check-in,check-out\namal@people.example.org,A-1,Sousse,Tunisia,2026-03-20,2026-03-22\nbo@people.example.org,B-1,Sousse,Tunisia,2026-03-20,2026-03-22\nbo@people.example.org,B-2,Sfax,Tunisia,2026-03-24,2026-03-25\n"), desk.ImportOptions{})
	w.must(err)
	d, err := w.desk.NewDraft(w.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(tunisAlert + "\n"), Origin: "again.txt"}, By: "Ada"})
	w.must(err)
	return "/drafts/" + string(d.Update.ID)
}
