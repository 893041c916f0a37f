package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/desk"
)

// What the boards showed at a moment that is past: what was known by then, and no more;
// what cannot be told of it is said, and the page says that it is not of now.
func TestTheBoardsAsOfAPastMoment(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		began := w.now
		u := w.publish(harbours())
		minutes := func(n int) { w.now = began.Add(time.Duration(n) * time.Minute) }
		minutes(5)
		w.answer(u, "Bo", "1", "")
		minutes(7)
		_, err := w.desk.Decide(w.ctx, desk.DecisionOrder{Update: u.ID, What: "Stay put", By: "Ada"})
		must(t, err)
		minutes(20)
		w.answer(u, "Esra", "2", "hurt")
		w.answer(u, "Bo", "2", "hurt too")
		_, err = w.desk.Decide(w.ctx, desk.DecisionOrder{Update: u.ID, What: "Go now", By: "Ada"})
		must(t, err)
		other := harbours()
		other.Content.Headline = "Roads of the south are shut"
		w.publish(other)
		minutes(60)
		_, err = w.desk.Stop(w.ctx, u.ID, "over")
		must(t, err)
		minutes(70)

		board := updatePath + string(u.ID) + "/board"
		for _, path := range []string{"/night?at=2026-03-11T18:30Z", board + "?at=2026-03-11T18:30Z"} {
			page := w.get(path)
			wants(t, page, "As of 11 Mar 2026, 18:30 UTC, not now", "Back to now", "7 concerned", "0 need help", "1 safe", "6 silent", "Stay put", "Published update 1",
				"4 accepted 1 accepted, and may have received it 1 told", "1 accepted, and may have received it", "1 no way to reach",
				"What cannot be told of then", "Of 1 person whether they had received it by then", "Which of those who received it had read it")
			for _, later := range []string{"Go now", "Roads of the south", "Esra", "Stopped", "hurt", "EventSource", "data-follow", `action="/log"`, `http-equiv="refresh"`} {
				if strings.Contains(page, later) {
					t.Errorf("%s: it shows what is of later, or moves: %s", path, later)
				}
			}
			if strings.Contains(page, "people?") {
				t.Errorf("%s: a count of then leads to people of now", path)
			}
		}
		wants(t, w.get("/night?at=2026-03-11T18:30Z"), "Nobody’s call for help was open")
		page := w.get("/night?at=2026-03-11T18:41Z")
		wants(t, page, "Calls for help 2", "Esra Kaya nobody had taken it", "Roads of the south", "Go now", "2 need help", "0 safe", "When the next contact of a call for help was due")
		if page := w.get("/night?at=2026-03-11T19:25Z"); strings.Contains(page, board) || !strings.Contains(page, "Roads of the south") {
			t.Error("what was stopped stands, or what was not does not")
		}
		wants(t, w.get("/night?at=2026-03-11T18:00Z"), "No situation was open")
		for at, code := range map[string]int{"2026-03-11T19:31Z": http.StatusBadRequest, "yesterday": http.StatusBadRequest, "2026-03-11T18:30:30%2B01:00": http.StatusOK, "2026-03-11+18:30": http.StatusOK} {
			if rec := w.ask("GET", "/night?at="+at, ""); rec.Code != code {
				t.Errorf("%s: %d", at, rec.Code)
			}
		}
		if rec := w.ask("GET", board+"?at=2026-03-11T18:00Z", ""); rec.Code != http.StatusConflict || !strings.Contains(text(rec.Body.String()), "not published yet") {
			t.Errorf("before it was: %d", rec.Code)
		}
	})
}

// A call for help stands as its log says: taken, closed, called again.
func TestCallsForHelpAsOfAPastMoment(t *testing.T) {
	w := newWorld(t)
	began := w.now
	u := w.publish(harbours())
	at := func(n int) string { return began.Add(time.Duration(n) * time.Minute).Format("2006-01-02T15:04Z") }
	act := func(n int, o desk.CaseOrder) {
		t.Helper()
		w.now = began.Add(time.Duration(n) * time.Minute)
		list, err := w.desk.Cases(w.ctx, true)
		must(t, err)
		o.Case = list[0].ID
		_, err = w.desk.ActOnCase(w.ctx, o)
		must(t, err)
	}
	w.answer(u, "Bo", "2", "")
	act(5, desk.CaseOrder{Kind: vedette.CaseTake, By: "Ada"})
	act(10, desk.CaseOrder{Kind: vedette.CaseHandOver, By: "Ada", To: "Ben"})
	act(15, desk.CaseOrder{Kind: vedette.CaseClose, By: "Ben", Text: "safe at home"})
	w.now = began.Add(20 * time.Minute)
	w.answer(u, "Bo", "2", "")
	w.now = began.Add(40 * time.Minute)
	for n, want := range map[int]string{2: "Bo Lindqvist nobody had taken it", 7: "Bo Lindqvist Ada had it", 12: "Bo Lindqvist handed over", 17: "Nobody’s call for help was open", 25: "Bo Lindqvist nobody had taken it"} {
		wants(t, w.get("/night?at="+at(n)), want)
	}
}
