package web

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

func TestTheDeskSeesWhoCallsForHelp(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	wants(t, w.get("/cases"), "No call for help is open")
	w.ask("POST", "/r/"+w.token(u, "Chiara"), "answer=2&text=on+the+roof")
	page := w.get("/cases")
	wants(t, page, "Chiara", "not taken yet")
	if strings.Contains(page, "roof") {
		t.Error("the list shows what they wrote")
	}
	w.now = w.now.Add(3 * time.Minute)
	wants(t, w.get("/cases"), "NOBODY HAS TAKEN IT")

	list, err := w.desk.Cases(w.ctx, false)
	must(t, err)
	id := list[0].ID
	_, err = w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: id, Kind: vedette.CaseTake, By: "Ada"})
	must(t, err)
	_, err = w.desk.ActOnCase(w.ctx, desk.CaseOrder{Case: id, Kind: vedette.CasePlace, By: "Ada", Text: "<b>Hotel</b>"})
	must(t, err)
	page = w.get("/cases/" + string(id))
	wants(t, page, "Ada has it", "on the roof", "calls for help", "Last known place")
	if strings.Contains(page, "<b>Hotel") {
		t.Error("what the desk wrote came out as markup")
	}
	if rec := w.ask("GET", "/cases/7", ""); rec.Code != 400 {
		t.Errorf("a wrong id: %d", rec.Code)
	}
}
