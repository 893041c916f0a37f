package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/archive"
	"vedette/store"
)

// finds gives the headlines of the updates that are found, the newest first.
func (r *room) finds(q UpdateQuery) string {
	r.t.Helper()
	if q.Number == 0 {
		q.Number = 100
	}
	page, err := r.FindUpdates(r.t.Context(), q)
	if err != nil {
		r.t.Fatal(err)
	}
	if page.Of != q.Skip+len(page.Updates) {
		r.t.Errorf("%d of %d", len(page.Updates), page.Of)
	}
	var list []string
	for _, u := range page.Updates {
		list = append(list, u.Content.Headline)
	}
	return strings.Join(list, " | ")
}

// reportOf is a report with a headline, an area and something that happened.
func reportOf(headline, area, words string) string {
	return "05 Feb 2026\n11:56 UTC\n" + area + " Alert: " + headline + "\nCurrent Situation:\n- " + words + "\nRecommendations:\n- Avoid all travel to " + area +
		".\nAFFECTED AREA\n" + area + "\nINCIDENT RISK LEVEL\nHigh\n"
}

func TestUpdatesAreFound(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		publish := func(text string) *vedette.Update { r.jump(time.Hour); return r.publish(text) }
		iraq := publish(reportOf("Rockets in Basra", "Iraq", "Three rockets fell near Ḥamdāniyya at 02:10; إطلاق صواريخ على البصرة."))
		publish(reportOf("Ferries cancelled", "Norway", "Storms keep the ferries of Ålesund in port."))
		publish(reportOf("Protests", "Lebanon", "Protesters block roads; rocket-like fireworks."))
		for _, c := range []struct{ words, area, want string }{
			{"", "", "Protests | Ferries cancelled | Rockets in Basra"},
			{"rocket", "", "Protests | Rockets in Basra"},
			{"ROCKETS basra", "", "Rockets in Basra"},
			{"hamdaniyya", "", "Rockets in Basra"},
			{"صواريخ البصره", "", "Rockets in Basra"},
			{"alesund", "", "Ferries cancelled"},
			{"rocket", "LB", "Protests"},
			{"", "mena", "Protests | Rockets in Basra"},
			{"zeppelin", "", ""},
			{"rocket zeppelin", "", ""},
		} {
			q := UpdateQuery{Words: c.words}
			if c.area != "" {
				q.Query = archive.Query{Areas: []vedette.AreaID{vedette.AreaID(c.area)}}
			}
			if got := r.finds(q); got != c.want {
				t.Errorf("%q in %q: %q, want %q", c.words, c.area, got, c.want)
			}
		}
		if got := r.finds(UpdateQuery{Skip: 1, Number: 2}); got != "Ferries cancelled | Rockets in Basra" {
			t.Errorf("a page: %q", got)
		}
		// Another process, which begins anew, finds the same; so does one that was there,
		// what that one published.
		other := New(r.Config)
		again := &room{Desk: other, t: t, at: r.now()}
		if got := again.finds(UpdateQuery{Words: "rocket"}); got != "Protests | Rockets in Basra" {
			t.Errorf("another process: %q", got)
		}
		r.jump(time.Hour)
		correction, err := r.Compose(DraftOrder{Text: []byte(reportOf("Rockets in Basra and Zubair", "Iraq", "Five rockets.")), Origin: "test"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.PublishDraft(t.Context(), correction, PublishOrder{Corrects: iraq.ID}); err != nil {
			t.Fatal(err)
		}
		if got := again.finds(UpdateQuery{Words: "zubair"}); got != "Rockets in Basra and Zubair" {
			t.Errorf("what another process published: %q", got)
		}
	})
}

// What was there before anything was shelved is put in order little by little, and who
// looks meanwhile is told so; nothing is there twice.
func TestManyUpdatesArePutInOrder(t *testing.T) {
	r := newRoom(t)
	const many = shelfBatch*shelfWait + 3
	for n := range many {
		u := &vedette.Update{Content: vedette.Content{Title: "Tactical", Headline: fmt.Sprintf("Number%d", n), Risk: vedette.RiskLow, Kind: vedette.KindTactical}}
		if err := r.rows.SaveDraft(t.Context(), u, r.now()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.rows.Publish(t.Context(), store.PublishOrder{Update: u.ID, At: r.now()}); err != nil {
			t.Fatal(err)
		}
	}
	page, err := r.FindUpdates(t.Context(), UpdateQuery{Words: "number", Number: 5})
	if err != nil || !page.Behind || page.Of != shelfBatch*shelfWait {
		t.Errorf("%+v, %v", page, err)
	}
	if err := r.Shelve(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, err = r.FindUpdates(t.Context(), UpdateQuery{Words: "number", Number: 500})
	if err != nil || page.Behind || page.Of != many || len(page.Updates) != many || page.All != many {
		t.Errorf("%d of %d of %d, %v", len(page.Updates), page.Of, page.All, err)
	}
}
