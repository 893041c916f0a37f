package desk

import (
	"testing"
	"time"

	"vedette"
	"vedette/archive"
)

// Whoever looks for the same again finds what came meanwhile, too, however many words they
// looked for between.
func TestWhatIsLookedForAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		publish := func(text string) { r.jump(time.Hour); r.publish(text) }
		publish(reportOf("Rockets in Basra", "Iraq", "Three rockets fell on the port road."))
		publish(reportOf("Rockets in Tyre", "Lebanon", "Two rockets fell near the port."))
		mena := UpdateQuery{Query: archive.Query{Areas: []vedette.AreaID{"mena"}}, Words: "rocket"}
		for _, c := range []struct{ words, want string }{
			{"rocket", "Rockets in Tyre | Rockets in Basra"},
			{"rocket port road", "Rockets in Basra"},
			{"port rocket", "Rockets in Tyre | Rockets in Basra"},
			{"road port rocket", "Rockets in Basra"},
			{"rocket", "Rockets in Tyre | Rockets in Basra"},
			{"port", "Rockets in Tyre | Rockets in Basra"},
		} {
			if got := r.finds(UpdateQuery{Words: c.words}); got != c.want {
				t.Errorf("%q: %q, want %q", c.words, got, c.want)
			}
		}
		if got := r.finds(mena); got != "Rockets in Tyre | Rockets in Basra" {
			t.Errorf("of the region: %q", got)
		}
		publish(reportOf("Rockets in Aden", "Yemen", "A rocket fell on the port."))
		if got := r.finds(mena); got != "Rockets in Aden | Rockets in Tyre | Rockets in Basra" {
			t.Errorf("of the region, after another: %q", got)
		}
		if got := r.finds(UpdateQuery{Words: "port rocket"}); got != "Rockets in Aden | Rockets in Tyre | Rockets in Basra" {
			t.Errorf("after another: %q", got)
		}
	})
}

// What stands is what stands now: whatever was kept of it, and whoever changed it.
func TestWhatStandsIsKeptWhileItDoes(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		other := New(r.Config)
		stand := func(want int, what string) {
			t.Helper()
			for _, d := range []*Desk{r.Desk, other} {
				w, err := d.World(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if len(w.Open) != want {
					t.Errorf("%s: %d situations are open, want %d", what, len(w.Open), want)
				}
			}
		}
		stand(0, "at first")
		iraq := r.publish(reportOf("Rockets in Basra", "Iraq", "Three rockets fell."))
		stand(1, "after one")
		r.jump(time.Hour)
		r.publish(reportOf("Protests", "Lebanon", "Protesters block roads."))
		stand(2, "after another")
		if _, err := r.Stop(t.Context(), iraq.ID, "it was of last year"); err != nil {
			t.Fatal(err)
		}
		stand(1, "after one was stopped")
	})
}
