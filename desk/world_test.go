package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
)

// world is the world in words, a line for each row.
func (r *room) world() string {
	r.t.Helper()
	w, err := r.World(r.t.Context())
	r.ok(err)
	var b strings.Builder
	for i := range w.Rows {
		row := &w.Rows[i]
		fmt.Fprintf(&b, "%s %s/%s %d", row.Area, row.Stands.Action, row.From, row.Open)
		for k := range row.Within {
			fmt.Fprintf(&b, " [%s %s]", row.Within[k].Area, row.Within[k].Own.Action)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (r *room) puts(area vedette.AreaID, a vedette.Action) {
	r.t.Helper()
	_, err := r.SetPosture(r.t.Context(), PostureOrder{Area: area, Action: a, By: "Ada", Reason: "as it is"})
	r.ok(err)
}

// A country stands by what is set for it, or for a region of it; a part of it, or land of
// two countries, is said with each; a sea has a row when something is set for it, or is
// named by what is open.
func TestWhatStandsWhere(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		r.publish(alert) // of Iraq, and advice for it
		r.puts("gulf-states", vedette.TravelWithCaution)
		r.puts("QA", vedette.NoRestriction)
		r.puts("gn:99532", vedette.ReconsiderTravel)
		r.puts("kashmir", vedette.AvoidAllTravel)
		r.puts("red-sea", vedette.AvoidNonessentialTravel)
		rows := r.world()
		for _, want := range []string{"IQ avoid_all_travel/IQ 1 [gn:99532 reconsider_travel]\n", "AE travel_with_caution/gulf-states 0\n", "QA no_restriction/QA 0\n",
			"IN / 0 [kashmir avoid_all_travel]\n", "PK / 0 [kashmir avoid_all_travel]\n", "red-sea avoid_nonessential_travel/red-sea 0\n"} {
			if !strings.Contains(rows, want) {
				t.Errorf("no %sin\n%s", want, rows)
			}
		}
		if strings.Contains(rows, "gulf-states /") || strings.Contains(rows, "FR ") || strings.Index(rows, "IQ ") > strings.Index(rows, "red-sea ") || strings.Index(rows, "IN ") > strings.Index(rows, "red-sea ") {
			t.Errorf("not the worst first, or rows too many:\n%s", rows)
		}
		// Lifted, it is gone.
		r.puts("red-sea", "")
		if rows := r.world(); strings.Contains(rows, "red-sea") {
			t.Errorf("what was lifted stands:\n%s", rows)
		}
	})
}

// What was found is kept as long as nothing happened, and no longer.
func TestTheWorldIsKeptUntilSomethingHappens(t *testing.T) {
	r := newRoom(t)
	look := func() *World {
		w, err := r.World(t.Context())
		r.ok(err)
		return w
	}
	one := look()
	if look() != one {
		t.Error("nothing happened, and the world was looked through again")
	}
	u := r.publish(alert)
	two := look()
	if two == one || len(two.Open) != 1 || two.Open[0].Places[0].Area != "IQ" {
		t.Fatalf("%+v", two)
	}
	_, err := r.Stop(t.Context(), u.ID, "in error")
	r.ok(err)
	if three := look(); len(three.Open) != 0 {
		t.Errorf("what is stopped is open: %+v", three.Open)
	}
}

// Where something is drawn, it is there; across the antimeridian, too.
func TestWhereAShapeIs(t *testing.T) {
	for want, s := range map[vedette.Point]vedette.Shape{
		{Lat: 30, Lon: 47}:  {Circle: &vedette.Circle{Center: vedette.Point{Lat: 30, Lon: 47}, KM: 5}},
		{Lat: 5, Lon: 5}:    {Polygon: []vedette.Point{{Lat: 0, Lon: 0}, {Lat: 10, Lon: 0}, {Lat: 10, Lon: 10}, {Lat: 0, Lon: 10}}},
		{Lat: 5, Lon: -175}: {Polygon: []vedette.Point{{Lat: 0, Lon: 170}, {Lat: 0, Lon: -160}, {Lat: 10, Lon: -160}, {Lat: 10, Lon: 170}}},
	} {
		if got := middle(&s); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// The people of each country are those that a question about it alone counts, and whoever
// comes is counted at once.
func TestThePeopleOfTheWorld(t *testing.T) {
	r := newRoom(t)
	r.bring("name,email,city,country\nAli,ali@example.org,Basra,Iraq\nMona,mona@example.org,,Iraq\nJo,jo@example.org,Paris,France\nUte,,Tunis,Tunisia\n", ImportOptions{})
	r.trips("email,trip number,city,country,check-in,check-out\njo@example.org,A 1,Basra,Iraq,2026-02-08,2026-02-10\nmona@example.org,A 2,Lyon,France,2026-02-04,2026-02-09\nali@example.org,A 3,Mosul,Iraq,2026-05-01,2026-05-03\n", ImportOptions{})
	lands := []vedette.AreaID{"IQ", "FR", "TN", "DE"}
	check := func() {
		t.Helper()
		all, err := r.WorldPeople(t.Context(), lands)
		r.ok(err)
		for _, land := range lands {
			w, err := r.Who(t.Context(), WhoQuestion{Areas: []vedette.AreaID{land}})
			r.ok(err)
			if all[land] != w.WhoCount {
				t.Errorf("%s: %+v, alone %+v", land, all[land], w.WhoCount)
			}
			n, days, err := r.AreaPeople(t.Context(), land)
			if r.ok(err); n != w.WhoCount || days != w.Days {
				t.Errorf("%s: %+v within %d days, asked by itself %+v within %d", land, n, days, w.WhoCount, w.Days)
			}
		}
	}
	check()
	r.bring("name,email,city,country\nPia,pia@example.org,Berlin,Germany\n", ImportOptions{})
	check()
	r.jump(4 * 24 * time.Hour) // trips begin and end
	check()
}

// Trips to come are those that bring somebody there, the soonest first; not those under
// way, over or cancelled, and no more than asked for.
func TestTripsToCome(t *testing.T) {
	onEngines(t, func(t *testing.T, r *room) {
		r.bring("name,email,city,country\nAli,ali@example.org,Paris,France\nMona,mona@example.org,Paris,France\n", ImportOptions{})
		r.trips("email,trip number,city,country,check-in,check-out\nali@example.org,late,Basra,Iraq,2026-03-08,2026-03-10\nmona@example.org,soon,,Iraq,2026-02-09,2026-02-11\nali@example.org,now,Mosul,Iraq,2026-02-04,2026-02-07\nmona@example.org,far,Basra,Iraq,2027-06-01,2027-06-03\nali@example.org,off,Erbil,Iraq,2026-02-20,2026-02-21\nmona@example.org,else,Lyon,France,2026-02-12,2026-02-13\n", ImportOptions{})
		list, err := r.Trips(t.Context(), "ali@example.org")
		r.ok(err)
		for _, trip := range list {
			if trip.External == "off" {
				r.ok(r.CancelTrip(t.Context(), trip.ID))
			}
		}
		for area, want := range map[vedette.AreaID]string{"IQ": "3: soon late", "gn:99532": "2: late far", "mena": "3: soon late", "DE": "0:"} {
			rows, of, err := r.TripsTo(t.Context(), area, 2)
			r.ok(err)
			got := fmt.Sprintf("%d:", of)
			for i := range rows {
				got += " " + rows[i].Trip.External
			}
			if got != want {
				t.Errorf("%s: %s, want %s", area, got, want)
			}
		}
	})
}
