package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vedette"
	"vedette/desk"
)

// A circle is drawn on a map for a draft, with the pointer, and is in it; the page is
// looked at each way.
func TestADraftIsDrawnOnAMap(t *testing.T) {
	source := axe(t)
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	d, err := world.desk.NewDraft(world.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(portAlert), Origin: "alert.txt"}, By: "Ada"})
	world.must(err)
	w := world.window()
	w.signsIn("ada")
	page := "/drafts/" + string(d.Update.ID) + "/draw"
	for _, v := range w.everyWay(page, "draw", source) {
		t.Errorf("%s", v)
	}
	w.visit(page)
	w.fill("Where", "Tunis")
	w.reads("2 in")
	w.tap("Draw a circle")
	w.reads("Press where it happened")
	middle, edge := w.onMap(.5, .5), w.onMap(.62, .5)
	w.do("draw", chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, middle[0], middle[1], chromedp.ButtonLeft), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, edge[0], edge[1], chromedp.ButtonLeft))
	w.reads("Let go to take it")
	w.do("let go", chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, edge[0], edge[1], chromedp.ButtonLeft))
	w.until("the field does not say what was drawn", `/^36\.\d+, 10\.\d+, \d/.test(document.getElementById("where").value)`)
	w.fill("What the shape is called", "The market")
	w.press("Put it into the draft")
	w.reads("The market", "drawn: added The market")
	if got, err := world.desk.Draft(world.ctx, d.Update.ID); err != nil || len(got.Update.Shapes) != 1 || !strings.Contains(got.Update.Shapes[0].Name, "market") {
		t.Errorf("%+v %v", got, err)
	}
}

// The map that a draft is drawn on begins where the draft is: at the areas it affects, else
// at what was drawn last. It goes where a name is typed, and back when that is taken away.
func TestTheMapBeginsWhereTheDraftIs(t *testing.T) {
	world := newWorld(t)
	world.user("ada", vedette.RoleAdministrator)
	d, err := world.desk.NewDraft(world.ctx, desk.KeepOrder{DraftOrder: desk.DraftOrder{Text: []byte(portAlert), Origin: "alert.txt"}, By: "Ada"})
	world.must(err)
	id := d.Update.ID
	_, err = world.desk.EditDraft(world.ctx, desk.DraftEdit{Draft: id, By: "Ada", Remove: []string{"Iraq"}})
	world.must(err)
	w := world.window()
	w.signsIn("ada")
	page := "/drafts/" + string(id) + "/draw"
	begins := func(why, shown string) {
		t.Helper()
		w.visit(page)
		w.until(why, `(() => { const d = document.getElementById("chart")?.dataset; if (!d) return false; const [w, e, s, n] = [+d.west, +d.east, +d.south, +d.north]; return `+shown+`; })()`)
	}
	begins("nothing is affected or drawn, and the map is not of the world", `n - s > 60`)
	for _, at := range []vedette.Shape{{Name: "a", Circle: &vedette.Circle{Center: vedette.Point{Lat: 51.5, Lon: -.1}, KM: 20}}, {Name: "b", Circle: &vedette.Circle{Center: vedette.Point{Lat: -36.8, Lon: 174.7}, KM: 20}}} {
		_, err = world.desk.EditDraft(world.ctx, desk.DraftEdit{Draft: id, By: "Ada", Draw: []vedette.Shape{at}})
		world.must(err)
	}
	begins("the map does not begin at what was drawn last", `n - s < 3 && s < -36.8 && n > -36.8 && w < 174.7 && e > 174.7`)
	_, err = world.desk.EditDraft(world.ctx, desk.DraftEdit{Draft: id, By: "Ada", Add: []vedette.AreaID{"IQ"}})
	world.must(err)
	iraq := `n - s < 20 && s < 30 && n > 36 && w < 39 && e > 48`
	begins("the map does not begin at the affected area", iraq)
	w.fill("Where", "Tunis")
	w.until("the map does not go where a name is typed", `document.getElementById("chart").dataset.north < 40 && document.getElementById("chart").dataset.west > 5 && document.getElementById("chart").dataset.east < 20`)
	w.do("take the name away", chromedp.Evaluate[chromedp.Void](`(() => { const f = document.getElementById("where"); f.value = ""; f.dispatchEvent(new Event("input")); return 0 })()`))
	w.until("the map does not go back", `(() => { const d = document.getElementById("chart").dataset, [w, e, s, n] = [+d.west, +d.east, +d.south, +d.north]; return `+iraq+`; })()`)
}
