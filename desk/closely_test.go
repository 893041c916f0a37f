package desk

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
)

// held lists where someone is held to be, in the people's own words: because
// and place.
func (r *room) held(person string) []string {
	r.t.Helper()
	p, err := r.Person(r.t.Context(), person)
	if err != nil {
		r.t.Fatal(err)
	}
	people, err := r.Roster(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	var out []string
	for _, pr := range people.Presences(p.Key) {
		s := string(pr.Because) + " " + r.Gaz.Name(pr.Area)
		if pr.Point != nil {
			s += " at a point"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// Whoever wishes to be kept less exactly is so at once, with all that is held
// already; what they were told stays as it was.
func TestWhatIsHeldIsKeptLessExactlyToo(t *testing.T) {
	const head = "name,email,city,country,latitude,longitude,check-ins,precision\nAli,ali@example.org,Basra,Iraq,30.51,47.78,yes,"
	for _, c := range []struct {
		from, to, hotel string
		want            []string
	}{
		{"exact", "exact", "Mnawi", []string{"check-in Basra at a point", "home Basra at a point", "trip Basra"}},
		{"exact", "city", "", []string{"check-in Basra", "home Basra", "trip Basra"}},
		{"exact", "country", "", []string{"check-in Iraq", "home Iraq", "trip Iraq"}},
		{"city", "country", "", []string{"check-in Iraq", "home Iraq", "trip Iraq"}},
		{"country", "exact", "", []string{"check-in Iraq", "home Iraq", "trip Iraq"}}, // what was never kept is not known
	} {
		for _, by := range []string{"file", "command"} {
			what := c.from + " to " + c.to + " by " + by
			r := newRoom(t)
			r.bring(head+c.from+"\n", ImportOptions{})
			r.trips(tripHead+strings.ReplaceAll(basra, "2026-02-10", "2026-02-05"), ImportOptions{})
			if _, err := r.CheckIn(t.Context(), CheckInOrder{Person: "ali@example.org", Place: "30.51,47.78"}); err != nil {
				t.Fatal(err)
			}
			r.jump(time.Minute)
			u := r.publish(alert)
			p, err := r.Person(t.Context(), "ali@example.org")
			if err != nil {
				t.Fatal(err)
			}
			r.noticed(u, p.Key)
			before, err := r.Why(t.Context(), WhyQuestion{Person: "ali@example.org", Update: u.ID})
			if err != nil {
				t.Fatal(err)
			}
			r.jump(time.Minute)
			if by == "file" {
				r.bring(head+c.to+"\n", ImportOptions{})
			} else if _, _, err := r.KeepPrecision(t.Context(), "ali@example.org", vedette.Precision(c.to)); err != nil {
				t.Fatal(err)
			}
			want := slices.Clone(c.want)
			if c.to == "exact" && by == "file" {
				want[slices.IndexFunc(want, func(s string) bool { return strings.HasPrefix(s, "home") })] = "home Basra at a point" // the file says so
			}
			if got := r.held("ali@example.org"); !slices.Equal(got, want) {
				t.Errorf("%s: kept %q, want %q", what, got, want)
			}
			trips, err := r.Trips(t.Context(), "ali@example.org")
			if err != nil || len(trips) != 1 || trips[0].Stays[0].Name != c.hotel && c.from != "country" {
				t.Errorf("%s: trips %+v, %v", what, trips, err)
			}
			w, err := r.Why(t.Context(), WhyQuestion{Person: "ali@example.org", Update: u.ID})
			if err != nil || w.Exposure.Relation != before.Exposure.Relation || len(w.Rounds) != 1 {
				t.Errorf("%s: what they were told is %+v now, %v", what, w, err)
			}
			if p, err = r.Person(t.Context(), "ali@example.org"); err != nil || !precise(p.Record.Precision) && len(p.Record.Points) > 0 {
				t.Errorf("%s: points still kept: %+v, %v", what, p.Record, err)
			}
			if im := r.trips(tripHead+strings.ReplaceAll(basra, "2026-02-10", "2026-02-05"), ImportOptions{}); c.to != "exact" && im.Unchanged != 1 {
				t.Errorf("%s: the same trips again: %+v", what, im)
			}
			if im := r.bring(head+c.to+"\n", ImportOptions{}); by == "file" && im.Unchanged != 1 {
				t.Errorf("%s: the same file again: %+v", what, im)
			}
		}
	}
}

// Kept by country, someone in Basra is no longer in a circle around it: they
// may be.
func TestACircleHoldsSomeoneOnlyAsCloselyAsTheyAreKept(t *testing.T) {
	r := newRoom(t)
	const file = "name,email,city,country,latitude,longitude,precision\nAli,ali@example.org,Basra,Iraq,30.51,47.78,"
	r.bring(file+"exact\n", ImportOptions{})
	circle := WhoQuestion{Shapes: []vedette.Shape{{Name: "near Basra", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.51, Lon: 47.78}, KM: 5}}}}
	ask := func(what string, in, may int) {
		t.Helper()
		w, err := r.Who(t.Context(), circle)
		if err != nil || w.In != in || w.MayBe != may {
			t.Errorf("%s: %+v, %v", what, w.WhoCount, err)
		}
	}
	ask("kept exactly", 1, 0)
	r.bring(file+"country\n", ImportOptions{})
	ask("kept by country", 0, 1)
}

// An answer that interrupted a home still does when the home is kept less
// exactly.
func TestAnInterruptedHomeStaysSoWhenKeptLessExactly(t *testing.T) {
	r := newRoom(t)
	const head = "name,email,city,country,precision\nAli,ali@example.org,Basra,Iraq,"
	r.bring(head+"exact\n", ImportOptions{})
	r.jump(time.Minute)
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil {
		t.Fatal(err)
	}
	u := r.publish(alert)
	r.noticed(u, p.Key)
	r.jump(time.Minute)
	r.answers(u, p.Key, vedette.ReplyNotThere)
	r.jump(time.Minute)
	r.bring(head+"country\n", ImportOptions{})
	r.counts("after the answer, kept by country", u, p.Key, false)
	r.jump(73 * time.Hour)
	r.counts("when they are back", u, p.Key, true)
}
