package desk

import (
	"testing"
	"time"

	"vedette"
)

// A check-in is kept as closely as its person wishes, and its point stays
// through an import while it holds.
func TestACheckInIsKeptAsItsPersonWishes(t *testing.T) {
	for _, c := range []struct {
		precision, place string
		kind             vedette.AreaKind
		point            bool
	}{
		{"", "30.51,47.78", vedette.AreaDivision, true},
		{"exact", "30.51,47.78", vedette.AreaDivision, true},
		{"exact", "Basra, Iraq", vedette.AreaCity, false},
		{"city", "30.51,47.78", vedette.AreaDivision, false},
		{"country", "30.51,47.78", vedette.AreaCountry, false},
		{"country", "Basra, Iraq", vedette.AreaCountry, false},
	} {
		r := newRoom(t)
		file := "name,email,country,precision,check-ins\nAli,ali@example.org,France," + c.precision + ",yes\n"
		r.bring(file, ImportOptions{})
		pr, err := r.CheckIn(t.Context(), CheckInOrder{Person: "ali@example.org", Place: c.place})
		if err != nil {
			t.Fatal(err)
		}
		look := func() (bool, int) {
			p, err := r.Person(t.Context(), "ali@example.org")
			if err != nil {
				t.Fatal(err)
			}
			_, has := p.Record.Points[pr.PointRef]
			return has, len(p.Presence)
		}
		a, _ := r.Gaz.Area(pr.Area)
		if has, n := look(); a.Kind != c.kind || has != c.point || n != 2 || pr.To.Sub(r.now()) != 8*time.Hour {
			t.Errorf("%+v: kept as %+v, point %v, %d presences", c, pr, has, n)
		}
		if im := r.bring(file, ImportOptions{}); im.Unchanged != 1 {
			t.Errorf("%+v: an import while it holds: %+v", c, im)
		}
		if has, _ := look(); has != c.point {
			t.Errorf("%+v: after an import: point %v", c, has)
		}
		r.jump(9 * time.Hour)
		r.bring(file, ImportOptions{})
		if has, _ := look(); has {
			t.Errorf("%+v: the point is still kept when the check-in is over", c)
		}
	}
}

func TestNobodyIsCheckedInWhoDidNotOptIn(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,country\nAli,ali@example.org,France\n", ImportOptions{})
	_, err := r.CheckIn(t.Context(), CheckInOrder{Person: "ali@example.org", Place: "Iraq"})
	if vedette.ErrorCode(err) != vedette.CodeForbidden {
		t.Errorf("%v", err)
	}
	p, err := r.Person(t.Context(), "ali@example.org")
	if err != nil || len(p.Presence) != 1 {
		t.Errorf("kept as %+v, %v", p.Presence, err)
	}
}
