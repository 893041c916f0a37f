package match_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// Who is in Iraq, and who comes within a week?
func TestAskingAboutAPlace(t *testing.T) {
	g := gazetteer.Default()
	q := match.ForAreas(g, []vedette.AreaID{"IQ"}, nil, vedette.DefaultSettings()).Ask(now, 0)
	if q.Days != 7 || q.Until.Sub(now) != 7*24*time.Hour {
		t.Fatalf("arrivals within %d days, until %s", q.Days, q.Until)
	}
	trip := func(in, days int) vedette.Presence {
		return vedette.Presence{Area: city(t, g, "Baghdad", "IQ"), Because: vedette.BecauseTrip, From: now.AddDate(0, 0, in), To: now.AddDate(0, 0, in+days)}
	}
	basra := vedette.Presence{Area: city(t, g, "Basra", "IQ"), Because: vedette.BecauseHome}
	for _, c := range []struct {
		who            string
		ps             []vedette.Presence
		here, arriving vedette.Relation
		why            string
	}{
		{"home in Basra", []vedette.Presence{basra}, vedette.RelationIn, vedette.RelationOut, "Basra"},
		{"kept as Asia", []vedette.Presence{{Area: "asia", Because: vedette.BecauseHome}}, vedette.RelationMayBe, vedette.RelationOut, "contains Iraq"},
		{"there on a trip", []vedette.Presence{trip(-1, 3)}, vedette.RelationIn, vedette.RelationOut, "on a trip in Baghdad"},
		{"comes in five days", []vedette.Presence{trip(5, 3)}, vedette.RelationOut, vedette.RelationIn, "10 Feb 2026"},
		{"comes in nine days", []vedette.Presence{trip(9, 3)}, vedette.RelationOut, vedette.RelationOut, "Baghdad"},
		{"has been", []vedette.Presence{trip(-9, 3)}, vedette.RelationOut, vedette.RelationOut, "Baghdad"},
	} {
		here, arriving := q.Of(c.ps, 0)
		if here != c.here || arriving != c.arriving {
			t.Errorf("%s: %s now, %s to come; want %s, %s", c.who, here, arriving, c.here, c.arriving)
		}
		e := q.Reasons(c.ps)
		if e.Concerned() != (c.here != vedette.RelationOut || c.arriving != vedette.RelationOut) || !strings.Contains(e.Reasons[0].Says.String(), c.why) {
			t.Errorf("%s: %+v, want %q in it", c.who, e, c.why)
		}
	}
}

// Whoever may answer is in a land that is touched: a country of the region, the
// country of a part, what holds the place.
func TestLandsThatAreTouched(t *testing.T) {
	g := gazetteer.Default()
	for asked, lands := range map[vedette.AreaID][]vedette.AreaID{"mena": {"IQ", "mena", "asia", "red-sea"}, city(t, g, "Basra", "IQ"): {"IQ", "mena"}, "donbas": {"UA", "europe"}, "red-sea": {"red-sea"}} {
		q := match.ForAreas(g, []vedette.AreaID{asked}, nil, vedette.DefaultSettings()).Ask(now, 0)
		for _, land := range lands {
			if _, known := g.Area(asked); known && !q.Touches(land) {
				t.Errorf("%s does not touch %s", asked, land)
			}
		}
		if q.Touches("JP") {
			t.Errorf("%s touches Japan", asked)
		}
	}
}

// A town answers a question about one place as it answers one about that and
// another, where nothing is cut short.
func TestOnePlaceIsAskedAsSeveralAre(t *testing.T) {
	g := gazetteer.Default()
	var towns []vedette.AreaID
	g.Cities(-180, -90, 180, 90, 30_000, func(a vedette.Area) { towns = append(towns, a.ID) })
	for _, place := range []vedette.AreaID{"europe", "mena", "IN", "donbas", "US-TX", "red-sea", "gn:2950159"} {
		one := match.ForAreas(g, []vedette.AreaID{place}, nil, vedette.Settings{}).Ask(now, 0)
		two := match.ForAreas(g, []vedette.AreaID{place, "AQ"}, nil, vedette.Settings{}).Ask(now, 0)
		in := 0
		for _, town := range towns {
			ps := []vedette.Presence{home(town), stay(town, 2, 4)}
			for i := range ps {
				h1, s1 := one.Of(ps, i)
				h2, s2 := two.Of(ps, i)
				if h1 != h2 || s1 != s2 {
					t.Fatalf("%s: %s is %s and %s, asked with another place %s and %s", place, g.Name(town), h1, s1, h2, s2)
				}
				if h1 == vedette.RelationIn {
					in++
				}
			}
		}
		if in == 0 && place != "red-sea" {
			t.Errorf("nobody is in %s", place)
		}
	}
}
