package web

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vedette"
	"vedette/desk"
)

// A board is to be had as a table: a row for each, how far the word came over each channel,
// what they answered; no cell of it runs, restricted people are left out and counted, and
// the record has that it left.
func TestABoardIsATable(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.desk.ImportPeople(w.ctx, strings.NewReader("name,email,city,country,restricted\n\"=HYPERLINK(\"\"http://evil\"\")\",x@people.example.org,Tunis,TN,\nQuorvale Secret,q@people.example.org,Tunis,TN,yes\n"), desk.ImportOptions{})
		must(t, err)
		u := w.publish(harbours())
		w.answer(u, "Esra", "1", "")
		w.answer(u, "Bo", "2", "hurt")
		path := updatePath + string(u.ID) + "/board.csv"
		rec := w.ask("GET", path, "")
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "text/csv; charset=utf-8" || rec.Header().Get("Content-Disposition") != `attachment; filename="board-1-20260311-1820Z.csv"` || rec.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", rec.Code, rec.Header())
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(rec.Body.String(), "\uFEFF"))).ReadAll()
		must(t, err)
		find := func(name string) []string {
			i := slices.IndexFunc(rows, func(r []string) bool { return r[0] == name })
			if i < 0 {
				t.Fatalf("no row of %q:\n%s", name, rec.Body)
			}
			return rows[i]
		}
		for name, want := range map[string]string{
			"Esra Kaya":                       "Tripoli house, Tripoli, Libya|in|answered||||safe|2026-03-11 18:20Z|",
			"Bo Lindqvist":                    "Tunis office, Tunis, Tunisia|in|answered||||need help|2026-03-11 18:20Z|",
			"Chiara Fonti":                    "Tunis office, Tunis, Tunisia|in|accepted||||||",
			"Dawit Bekele":                    "Sfax depot, Sfax, Tunisia|in|||||||no way to reach them",
			"1 restricted person is left out": "||||||||",
		} {
			if got := strings.Join(find(name)[1:10], "|"); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
		find("'=HYPERLINK(\"http://evil\")")
		if s := rec.Body.String(); strings.Contains(s, "Quorvale") || strings.Contains(s, "q@people") || strings.Contains(s, "hurt") || strings.Contains(s, "Grace") {
			t.Errorf("it holds what it should not:\n%s", s)
		}
		list, err := w.desk.Audit(w.ctx, desk.LogQuery{Kind: vedette.LogExport, Limit: 5})
		must(t, err)
		if len(list) != 1 || list[0].Verb != desk.ExportBoard || list[0].Ref != string(u.ID) {
			t.Errorf("the record: %+v", list)
		}
		wants(t, w.get(updatePath+string(u.ID)+"/board"), "Save as a table")
		if rec := w.ask("GET", "/updates/x/board.csv", ""); rec.Code != http.StatusBadRequest {
			t.Errorf("no update: %d", rec.Code)
		}
	})
}
