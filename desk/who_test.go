package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

// The counts are those of asking about everyone, one by one.
func TestWhoCountsEachOnce(t *testing.T) {
	r := newRoom(t)
	var csv strings.Builder
	csv.WriteString("name,email,site,city,country\n")
	for i := range 60 {
		mail := fmt.Sprintf("p%d@example.org", i)
		if i%7 == 0 {
			mail = ""
		}
		fmt.Fprintf(&csv, "Person %d,%s,%s\n", i, mail, []string{"Basra camp,Basra,Iraq", ",Baghdad,Iraq", ",,Iraq", ",Beirut,Lebanon", ",Paris,France"}[i%5])
	}
	r.bring(csv.String(), ImportOptions{})
	for i := range 12 {
		from := r.at.AddDate(0, 0, 3*i-3) // some past, some near, some far ahead
		if _, err := r.AddTrip(t.Context(), fmt.Sprintf("Person %d", 4+5*i), []vedette.Stay{{Area: "IQ", From: from, To: from.AddDate(0, 0, 4)}}); err != nil {
			t.Fatal(err)
		}
	}
	basra, err := r.Gaz.Find("Basra")
	if err != nil {
		t.Fatal(err)
	}
	questions := []WhoQuestion{{Areas: []vedette.AreaID{"IQ"}}, {Areas: []vedette.AreaID{"mena", "FR"}, Days: 3}, {Areas: []vedette.AreaID{basra.ID}}, {Areas: []vedette.AreaID{"asia"}},
		{Areas: []vedette.AreaID{"IQ"}, Days: 30}, {Areas: []vedette.AreaID{"asia"}},
		{Shapes: []vedette.Shape{{Circle: &vedette.Circle{Center: basra.Center, KM: 60}}}}}
	for range 4 {
		for _, q := range questions {
			r.countsEachOnce(q)
		}
		r.at = r.at.Add(50 * time.Hour)
	}
}

// countsEachOnce holds a count against asking about everyone.
func (r *room) countsEachOnce(q WhoQuestion) {
	t := r.t
	t.Helper()
	w, err := r.Who(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var want WhoCount
	if err := r.EachWho(t.Context(), q, func(p WhoPerson) error {
		want.add(p.Stand, p.Reached)
		if len(p.Reasons) == 0 {
			t.Errorf("%s is %s without a reason", p.Person.Record.Name, p.Stand)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if w.WhoCount != want || want.All() == 0 {
		t.Errorf("%+v at %s: counted %+v, one by one %+v", q, r.at, w.WhoCount, want)
	}
	var sum int
	for _, c := range w.Countries {
		sum += c.All()
	}
	if sum < want.All() {
		t.Errorf("%+v: %d by country, %d in all", q, sum, want.All())
	}
}

func TestWhoRefuses(t *testing.T) {
	r := newRoom(t)
	for want, q := range map[string]WhoQuestion{
		"name an area":       {},
		"arrivals within -1": {Areas: []vedette.AreaID{"IQ"}, Days: -1},
		"at most 50":         {Areas: make([]vedette.AreaID, 51)},
		"crosses itself":     {Shapes: []vedette.Shape{{Polygon: []vedette.Point{{Lat: 0, Lon: 0}, {Lat: 2, Lon: 2}, {Lat: 0, Lon: 2}, {Lat: 2, Lon: 0}}}}},
	} {
		if _, err := r.Who(t.Context(), q); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// Somebody whom the organisation's files go on naming does not grow old; who
// is in none of them does.
func TestAFileThatSaysTheSameConfirms(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nAda,ada@example.org,Basra,Iraq\nBen,ben@example.org,Basra,Iraq\n", ImportOptions{})
	for range 14 {
		r.at = r.at.AddDate(0, 1, 0)
		im := r.bring("name,email,city,country\nAda,ada@example.org,Basra,Iraq\n", ImportOptions{})
		if im.Unchanged != 1 || im.Changed != 0 {
			t.Fatalf("the same file: %+v", im)
		}
	}
	w, err := r.Who(t.Context(), WhoQuestion{Areas: []vedette.AreaID{"IQ"}})
	if err != nil || w.In != 1 || w.MayBe != 1 {
		t.Errorf("after 14 months %+v, %v; want Ada in and Ben may be in", w, err)
	}
}
