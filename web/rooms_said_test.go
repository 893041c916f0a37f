package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette/desk"
	"vedette/web/messages"
)

// The rooms of a night are drawn in each language, with all filled in that is to be, and say
// the same numbers.
func TestTheRoomsOfANightInEveryLanguage(t *testing.T) {
	w := newWorld(t)
	u := w.publish(harbours())
	w.answer(u, "Esra", "1", "")
	w.answer(u, "Bo", "2", "hurt")
	c, err := w.desk.OpenRollcall(w.ctx, desk.RollcallOrder{Update: u.ID, Title: "Tunis tonight", By: "Ada"})
	must(t, err)
	if rec := w.ask("POST", "/log", filled("update", string(u.ID), "back", "/night", "line", "Wait because it rains", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	if rec := w.ask("POST", "/handover", filled("do", "give", "to", "Ben", "by", "Ada").Encode()); rec.Code != http.StatusSeeOther {
		t.Fatal(rec.Code, text(rec.Body.String()))
	}
	then := w.now.UTC().Format("2006-01-02T15:04Z")
	w.now = w.now.Add(2 * time.Hour)
	base, roll := updatePath+string(u.ID), rollcallAddress(c.ID)
	for _, path := range []string{"/night", "/night?at=" + then, base + "/board", base + "/board?at=" + then, base + "/sitrep", "/rollcalls", roll, roll + "?is=silent", roll + "/calls", "/handover"} {
		for _, tag := range messages.Languages() {
			rec := w.ask("GET", path, "", "Accept-Language", tag)
			page := rec.Body.String()
			if rec.Code != http.StatusOK || strings.Contains(page, "%!") || !strings.Contains(page, `<html lang="`+tag+`"`) {
				t.Errorf("%s in %s: %d\n%s", path, tag, rec.Code, text(page))
			}
		}
	}
}
