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
