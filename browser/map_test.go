package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"vedette"
	"vedette/desk"
)

// around fills the world: situations, several of them in one place, advice, people, a
// site, trips and what is to come.
func (w *world) around() {
	w.t.Helper()
	at := w.now().Add(40 * time.Hour)
	meets := vedette.Claim{Statement: vedette.Statement{Text: "The Libyan parliament said it would meet in Tripoli on 13 March at 12:20.", Places: []vedette.Place{{Text: "Tripoli", Area: w.find("Tripoli, Libya")}},
		When: []vedette.When{{Text: "13 March at 12:20", At: &at, Zone: "Africa/Tripoli", Scheduled: true}, {Text: "20 March", Date: "2026-03-20", Scheduled: true}}},
		Sources: []vedette.Source{{Text: "the parliament", Stance: vedette.StanceStated}}}
	for i, c := range []struct {
		title, area string
		risk        vedette.Risk
		action      vedette.Action
	}{
		{"Fighting around the port of Tripoli", "Libya", vedette.RiskExtreme, vedette.AvoidAllTravel}, {"احتجاجات في وسط طرابلس", "Tripoli, Libya", vedette.RiskHigh, ""},
		{"Strikes on shipping", "Red Sea", vedette.RiskHigh, vedette.AvoidNonessentialTravel}, {"US–Iran talks", "mena", vedette.RiskModerate, ""}, {"Elections", "Iraq", vedette.RiskModerate, vedette.ReconsiderTravel},
		{"Dock walk-out", "Tunisia", vedette.RiskLow, vedette.TravelWithCaution}, {"Cyclone", "Madagascar", vedette.RiskHigh, vedette.ReconsiderTravel}, {"Blackout", "Kharkiv, Ukraine", vedette.RiskHigh, vedette.AvoidAllTravel},
		{"Blasts in Kabul", "Kabul", vedette.RiskExtreme, vedette.AvoidAllTravel}, {"Floods", "Valencia, Spain", vedette.RiskModerate, ""}, {"Wildfire", "Fiji", vedette.RiskUnknown, ""},
	} {
		where := vedette.Place{Text: c.area, Area: w.find(c.area)}
		u := &vedette.Update{ID: vedette.NewID(w.now()), State: vedette.UpdateDraft, CreatedAt: w.now(), Content: vedette.Content{Title: c.title, Headline: c.title + ".", Kind: vedette.KindSituationUpdate, Risk: c.risk,
			Urgency: vedette.UrgencyExpected, SourceStrength: vedette.SourceCredible, Affected: []vedette.Place{where}}}
		if c.action != "" {
			u.Content.Recommendations = []vedette.AdviceGroup{{Heading: c.area, Area: where.Area, Advice: []vedette.Advice{{Statement: vedette.Statement{Text: strings.ReplaceAll(string(c.action), "_", " ") + "."}, Actions: []vedette.AdviceAction{{Action: c.action}}}}}}
		}
		if i == 0 {
			u.Content.Topics = []vedette.Topic{{Claims: []vedette.Claim{meets}}}
		}
		w.must(w.rows.SaveDraft(w.ctx, u, w.now()))
		_, err := w.desk.Publish(w.ctx, desk.PublishOrder{Draft: u.ID})
		w.must(err)
	}
	for _, s := range []struct {
		area, provider string
		action         vedette.Action
	}{{"Benghazi", "", vedette.ReconsiderTravel}, {"Libya", "FCDO", vedette.AvoidAllTravel}, {"Libya", "وزارة الخارجية", vedette.AvoidNonessentialTravel}, {"Kashmir", "", vedette.AvoidAllTravel}} {
		_, err := w.desk.SetPosture(w.ctx, desk.PostureOrder{Area: w.find(s.area), Action: s.action, Provider: s.provider, By: "ليلى حداد", Reason: "the road is open again"})
		w.must(err)
	}
	_, err := w.desk.ImportSites(w.ctx, strings.NewReader("name,city,country\nTripoli house,Tripoli,LY\nTunis office,Tunis,TN\n"), desk.ImportOptions{})
	w.must(err)
	_, err = w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,restricted\nEsra Kaya,esra@people.example.org,Tripoli,LY,\nXenia Quorvale,xq@people.example.org,Tunis,TN,yes\n"), desk.ImportOptions{})
	w.must(err)
	for _, who := range []string{"bo@people.example.org", "xq@people.example.org"} {
		_, err = w.desk.AddTrip(w.ctx, who, []vedette.Stay{{Area: "LY", From: w.now().Add(30 * time.Hour), To: w.now().Add(80 * time.Hour)}})
		w.must(err)
	}
}

func (w *world) find(name string) vedette.AreaID {
	w.t.Helper()
	a, err := w.gaz.Find(name)
	w.must(err)
	return a.ID
}

// The map of the world and the page of a country: light and dark, on the phone and at the
// desk, and nothing is asked of anybody but us.
func TestTheWorld(t *testing.T) {
	source := axe(t)
	w := newWorld(t)
	w.around()
	w.user("ada", vedette.RoleAdministrator)
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			win := w.window()
			win.looks(width, scheme)
			win.signsIn("ada")
			for _, page := range strings.Fields("/world /world/LY /world/IQ-BA") {
				for _, v := range win.at(page, source) {
					t.Errorf("%s, %d wide, %s: %s", page, width, scheme, v)
				}
				win.until(page+" shows no map", `[...document.querySelectorAll(".layers img")].every(i => i.complete && i.naturalWidth > 300) && !!document.querySelector(".layers svg.map")`)
				win.until("something came from elsewhere", `performance.getEntriesByType("resource").every(r => r.name.startsWith(location.origin + "/"))`)
				win.shot(fmt.Sprint(width, scheme, strings.ReplaceAll(page, "/", "_")))
			}
		}
	}
}

// The map is looked at closer and moved by keys alone, and is whole again; words keep
// their size.
func TestTheMapIsMovedByKeys(t *testing.T) {
	needs(t)
	w := newWorld(t)
	w.around()
	win := w.window()
	win.looks(1280, "light")
	win.visit("/world")
	win.until("no button", `document.querySelector(".zoombar").checkVisibility()`)
	wide := `document.querySelector(".layers").getBoundingClientRect().width / document.querySelector(".zoom").clientWidth`
	win.until("the focus is on the map", `(document.querySelector("[data-zoom]").focus(), document.activeElement.dataset.zoom === "")`)
	win.do("closer", chromedp.KeyEvent("+"), chromedp.KeyEvent("+"))
	win.until("the map is not closer", wide+` > 2.1`)
	win.until("names grew with it", `document.querySelector(".layers .label").getBoundingClientRect().height < 30`)
	win.shot("closer")
	win.until("it is not at an edge", `(window.was = document.querySelector(".zoom").scrollLeft) > 10`)
	win.do("to the right", chromedp.KeyEvent(kb.ArrowRight))
	win.until("the arrow moves nothing", `document.querySelector(".zoom").scrollLeft > window.was`)
	win.do("whole", chromedp.KeyEvent("0"))
	win.until("the map is not whole again", wide+` < 1.01`)
	win.tap("Closer")
	win.until("the button does nothing", wide+` > 1.4`)
	// The map of an update is looked at closer, too.
	win.press("Elections.")
	win.tap("Closer")
	win.until("the update's map does not come closer", wide+` > 1.4`)
	win.shot("update")
}
