package match_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
)

var now = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

var house = vedette.DefaultSettings()

// city finds a city by its name and country.
func city(t testing.TB, g *gazetteer.Gazetteer, name string, country vedette.AreaID) vedette.AreaID {
	t.Helper()
	for _, a := range g.Lookup(name) {
		if a.Kind == vedette.AreaCity && a.Country == country {
			return a.ID
		}
	}
	t.Fatalf("the gazetteer has no city %s in %s", name, country)
	return ""
}

func advice(text string, act vedette.Action, targets ...vedette.AreaID) vedette.Advice {
	a := vedette.Advice{Actions: []vedette.AdviceAction{{Action: act}}}
	a.Text = text
	for _, id := range targets {
		a.Actions[0].Targets = append(a.Actions[0].Targets, vedette.Place{Text: string(id), Area: id})
	}
	return a
}

func affected(ids ...vedette.AreaID) []vedette.Place {
	var out []vedette.Place
	for _, id := range ids {
		out = append(out, vedette.Place{Text: string(id), Area: id})
	}
	return out
}

// gulfUpdate warns of MENA at large, of travel to Iraq but for its Kurdish
// north, and of the Red Sea.
func gulfUpdate(t testing.TB, g *gazetteer.Gazetteer) *vedette.Update {
	iraq := advice("Avoid all travel to Iraq at the current juncture, except for Erbil, given the risk of strikes.", vedette.AvoidAllTravel, "IQ")
	iraq.Except = affected(city(t, g, "Erbil", "IQ"))
	return &vedette.Update{Content: vedette.Content{
		Affected: affected("levant"),
		Recommendations: []vedette.AdviceGroup{{Area: "mena", Advice: []vedette.Advice{
			iraq,
			advice("Take precautions in the Red Sea.", vedette.TakePrecautions, "red-sea"),
			advice("Shelter when sirens sound in Ashdod.", vedette.Shelter, city(t, g, "Ashdod", "IL")),
		}}},
	}}
}

func TestWhoIsConcernedAndWhy(t *testing.T) {
	g := gazetteer.Default()
	u := gulfUpdate(t, g)
	in := func(name string, country vedette.AreaID) vedette.Presence {
		return vedette.Presence{Area: city(t, g, name, country), Because: vedette.BecauseHome}
	}
	at := func(id vedette.AreaID) vedette.Presence {
		return vedette.Presence{Area: id, Because: vedette.BecauseHome}
	}
	trip := func(p vedette.Presence, from, to int) vedette.Presence {
		p.Because, p.From, p.To = vedette.BecauseTrip, now.AddDate(0, 0, from), now.AddDate(0, 0, to)
		return p
	}
	office := in("Basra", "IQ")
	office.Because, office.Site = vedette.BecauseSite, "Basra office"
	moving := in("Beirut", "LB")
	moving.From = now.AddDate(0, 0, 3)

	for _, c := range []struct {
		who  string
		ps   []vedette.Presence
		want vedette.Relation
		why  []string // each reason, in order
	}{
		{"office in Basra", []vedette.Presence{office}, "in", []string{
			"based at Basra office, Basra, Iraq: Iraq is a target of “Avoid all travel to Iraq at the current juncture, except for Erbil …”"}},
		{"home in Beirut", []vedette.Presence{in("Beirut", "LB")}, "in", []string{
			"based in Beirut, Lebanon, which lies in the Levant (affected area)"}},
		{"kept as the Levant", []vedette.Presence{at("levant")}, "in", []string{
			"kept as the Levant, which is an affected area", "kept as the Levant, which contains Ashdod, Israel, a target of “Shelter when sirens sound in Ashdod.”"}},
		{"kept as Asia", []vedette.Presence{at("asia")}, "may_be_in", []string{
			"which contains Ashdod, Israel, a target", "which contains Iraq, a target", "which contains the Levant, an affected area"}},
		{"at sea", []vedette.Presence{at("red-sea")}, "in", []string{
			"at sea in the Red Sea, which is a target of “Take precautions in the Red Sea.”"}},
		{"ashore by the Red Sea", []vedette.Presence{in("Jeddah", "SA")}, "out", []string{
			"based in Jeddah, Saudi Arabia: neither in the Levant nor in any area the advice names; no trip there"}},
		{"in the part left out", []vedette.Presence{in("Erbil", "IQ")}, "out", []string{
			"based in Erbil, Iraq: left out by “Avoid all travel to Iraq"}},
		{"Paris, no trip", []vedette.Presence{in("Paris", "FR")}, "out", []string{
			"based in Paris, France: neither in the Levant nor in any area the advice names; no trip there"}},
		{"Paris, trip to Baghdad", []vedette.Presence{in("Paris", "FR"), trip(in("Baghdad", "IQ"), 5, 9)}, "in", []string{
			"trip to Baghdad, Iraq, arriving 10 Feb 2026: Iraq is a target of “Avoid all travel"}},
		{"Paris, trip to where no travel is warned of", []vedette.Presence{in("Paris", "FR"), trip(in("Beirut", "LB"), 5, 9)}, "out", []string{
			"based in Paris, France: neither in the Levant nor in any area the advice names",
			"trip to Beirut, Lebanon, arriving 10 Feb 2026: nothing in this update concerns travel there"}},
		{"on a trip in Beirut now", []vedette.Presence{in("Paris", "FR"), trip(in("Beirut", "LB"), -1, 2)}, "in", []string{
			"on a trip in Beirut, Lebanon until 7 Feb 2026, which lies in the Levant (affected area)"}},
		{"trip over", []vedette.Presence{trip(in("Baghdad", "IQ"), -9, -1)}, "out", []string{
			"trip to Baghdad, Iraq: over, it ended 4 Feb 2026"}},
		{"home there from Sunday", []vedette.Presence{moving}, "out", []string{
			"based in Beirut, Lebanon: not yet, it begins 8 Feb 2026"}},
		{"nowhere", nil, "out", []string{"no place is recorded for them"}},
		{"a place not known", []vedette.Presence{at("")}, "out", []string{"based in a place not recorded: neither in"}},
	} {
		t.Run(c.who, func(t *testing.T) {
			e := match.Relate(g, u, house, c.ps, nil, now)
			if e.Relation != c.want {
				t.Errorf("relation %q, want %q", e.Relation, c.want)
			}
			if len(e.Reasons) != len(c.why) {
				t.Fatalf("reasons:\n%s\nwant:\n%s", texts(e), strings.Join(c.why, "\n"))
			}
			for i, r := range e.Reasons {
				if !strings.Contains(r.Says.String(), c.why[i]) {
					t.Errorf("reason %q, want %q", r.Says.String(), c.why[i])
				}
			}
		})
	}
}

// The trip is marked as one, and names the area that met it: a clash is told
// to the traveller and others from these fields.
func TestTripReasonIsMarked(t *testing.T) {
	g := gazetteer.Default()
	p := vedette.Presence{Area: city(t, g, "Baghdad", "IQ"), Because: vedette.BecauseTrip, From: now.Add(time.Hour)}
	e := match.Relate(g, gulfUpdate(t, g), house, []vedette.Presence{p}, nil, now)
	if len(e.Reasons) != 1 || !e.Reasons[0].Trip || e.Reasons[0].Area != "IQ" || e.Reasons[0].Presence.Area != p.Area {
		t.Errorf("reasons %+v", e.Reasons)
	}
}

// An advice on caution while travelling restricts; "no restriction" does not.
func TestNoRestrictionConcernsNoTrip(t *testing.T) {
	g := gazetteer.Default()
	p := vedette.Presence{Area: "MA", Because: vedette.BecauseTrip, From: now.Add(time.Hour)}
	for act, want := range map[vedette.Action]vedette.Relation{
		vedette.NoRestriction: "out", vedette.TravelWithCaution: "in", vedette.Leave: "out", vedette.AvoidAllTravel: "in"} {
		u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{
			{Advice: []vedette.Advice{advice("…", act, "MA")}}}}}
		if e := match.Relate(g, u, house, []vedette.Presence{p}, nil, now); e.Relation != want {
			t.Errorf("%s: %s, want %s", act, e.Relation, want)
		}
	}
}

// A target without a place of its own takes its group's area; a place that
// is not known takes none.
func TestInheritedTarget(t *testing.T) {
	g := gazetteer.Default()
	ps := []vedette.Presence{{Area: "IR", Because: vedette.BecauseHome}}
	a := advice("Monitor the situation.", vedette.Monitor)
	a.Actions[0].Targets = []vedette.Place{{}}
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Area: "IR", Advice: []vedette.Advice{a}}}}}
	if e := match.Relate(g, u, house, ps, nil, now); e.Relation != vedette.RelationIn {
		t.Errorf("inherited target: %s", e.Relation)
	}
	a.Actions[0].Targets = []vedette.Place{{Text: "Atlantis"}}
	if e := match.Relate(g, u, house, ps, nil, now); e.Relation != vedette.RelationOut {
		t.Errorf("unknown place: %s", e.Relation)
	}
}

func texts(e vedette.Exposure) string {
	var out []string
	for _, r := range e.Reasons {
		out = append(out, r.Says.String())
	}
	return strings.Join(out, "\n")
}

// Someone in a city is in its division and in a region of divisions, and a
// presence at an airport in its city's division.
func TestDivisionsHoldTheirCities(t *testing.T) {
	g := gazetteer.Default()
	kramatorsk := city(t, g, "Kramatorsk", "UA")
	x := index.New(g)
	people := []vedette.Presence{
		{Person: 1, Area: kramatorsk, Because: vedette.BecauseHome}, {Person: 2, Area: "UA-14", Because: vedette.BecauseHome},
		{Person: 3, Area: city(t, g, "Lviv", "UA"), Because: vedette.BecauseHome}, {Person: 4, Area: "UA", Because: vedette.BecauseHome},
		{Person: 5, Area: "iata:MPW", Because: vedette.BecauseHome},
	}
	for _, p := range people {
		x.Add(p)
	}
	for area, want := range map[vedette.AreaID][]string{
		"UA-14": {"in", "in", "out", "may_be_in", "in"}, "donbas": {"in", "in", "out", "may_be_in", "in"}, kramatorsk: {"in", "may_be_in", "out", "may_be_in", "out"},
		"UA": {"in", "in", "in", "in", "in"},
	} {
		u := &vedette.Update{Content: vedette.Content{Affected: []vedette.Place{{Area: area}}}}
		found := slices.Collect(x.Find(match.Prepare(g, u, house).Query(now)).Persons())
		for i, p := range people {
			e := match.Relate(g, u, house, []vedette.Presence{p}, nil, now)
			if string(e.Relation) != want[i] {
				t.Errorf("%s for %s: %s, want %s", area, p.Area, e.Relation, want[i])
			}
			if slices.Contains(found, p.Person) != (want[i] != "out") {
				t.Errorf("%s for %s: the index says %v", area, p.Area, found)
			}
		}
	}
}
