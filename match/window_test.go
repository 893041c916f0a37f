package match_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// Who was, is or will be somewhere, without an update.
func TestWhoIsThereInAWindow(t *testing.T) {
	g := gazetteer.Default()
	paris, baghdad, basra := city(t, g, "Paris", "FR"), city(t, g, "Baghdad", "IQ"), city(t, g, "Basra", "IQ")
	iraq := match.ForAreas(g, []vedette.AreaID{"IQ"}, nil, house)
	france := match.ForAreas(g, []vedette.AreaID{"FR"}, nil, house)
	drawn := match.ForAreas(g, nil, []vedette.Shape{named("South", box(29, 46, 32, 49))}, house)
	both := match.ForAreas(g, []vedette.AreaID{basra}, nil, house)
	traveller := []vedette.Presence{home(paris), stay(baghdad, 5, 9)}
	moves := home(basra)
	moves.From = now.AddDate(0, 0, 3)
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	for _, c := range []struct {
		who      string
		of       *match.Prepared
		ps       []vedette.Presence
		from, to time.Time
		want     vedette.Relation
		why      string
	}{
		{"a trip within the window", iraq, traveller, day(0), day(10), "in", "trip to Baghdad, Iraq, arriving 10 Feb 2026, which lies in Iraq"},
		{"a window within the trip", iraq, traveller, day(6), day(7), "in", "on a trip in Baghdad, Iraq until 14 Feb 2026"},
		{"a window before the trip", iraq, traveller, day(0), day(5), "out", "based in Paris, France: not in Iraq"},
		{"the moment of arrival", iraq, traveller, day(5), day(5), "in", "on a trip in Baghdad"},
		{"the moment of leaving", iraq, traveller, day(9), day(9), "out", "based in Paris, France: not in Iraq"},
		{"open at the end", iraq, traveller, day(0), time.Time{}, "in", "arriving 10 Feb 2026"},
		{"open at the beginning", iraq, traveller, time.Time{}, day(6), "in", "on a trip in Baghdad"},
		{"open at both", iraq, traveller, time.Time{}, time.Time{}, "in", "on a trip in Baghdad"},
		{"at home before and after the trip", france, traveller, day(0), day(20), "in", "based in Paris, France, which lies in France"},
		{"away for the whole window", france, traveller, day(6), day(7), "may_be_in", "on a trip in Baghdad, Iraq until 14 Feb 2026, so perhaps not at home"},
		{"away until the window ends", france, traveller, day(6), day(9), "may_be_in", "so perhaps not at home"},
		{"back before it ends", france, traveller, day(6), day(10), "in", "based in Paris"},
		{"moves there", iraq, []vedette.Presence{moves}, day(0), day(10), "in", "based in Basra, Iraq from 8 Feb 2026, which lies in Iraq"},
		{"kept as the country of a city", both, []vedette.Presence{home("IQ")}, day(0), day(1), "may_be_in", "kept as Iraq, which contains Basra"},
		{"in a shape", drawn, []vedette.Presence{home(basra)}, day(0), day(1), "in", "all of which lies in the drawn shape “South”"},
		{"a site near by is not in it", both, []vedette.Presence{site("Zubayr yard", city(t, g, "Az Zubayr", "IQ"))}, day(0), day(1), "out", "not in Basra"},
		{"a home that is old by then", iraq, []vedette.Presence{confirmed(home(basra), 395)}, day(10), day(11), "may_be_in", "last confirmed 405 days ago"},
		{"nowhere", iraq, nil, day(0), day(1), "out", "no place is recorded"},
	} {
		t.Run(c.who, func(t *testing.T) {
			e := c.of.During(c.ps, c.from, c.to)
			expect(t, e, c.want, c.why)
			checkReasons(t, e)
		})
	}
}

func TestWhoArrives(t *testing.T) {
	g := gazetteer.Default()
	paris, baghdad := city(t, g, "Paris", "FR"), city(t, g, "Baghdad", "IQ")
	iraq := match.ForAreas(g, []vedette.AreaID{"IQ"}, nil, house)
	for _, c := range []struct {
		who  string
		ps   []vedette.Presence
		days int
		want vedette.Relation
		why  string
	}{
		{"in five days, of seven", []vedette.Presence{home(paris), stay(baghdad, 5, 9)}, 7, "in", "trip to Baghdad, Iraq, arriving 10 Feb 2026"},
		{"in five days, of three", []vedette.Presence{home(paris), stay(baghdad, 5, 9)}, 3, "out", "based in Paris, France: not counted among arrivals: they are there already"},
		{"in five days, of what the organisation set", []vedette.Presence{home(paris), stay(baghdad, 5, 9)}, 0, "in", "arriving"},
		{"there already, and coming again", []vedette.Presence{stay(baghdad, -1, 1), stay(baghdad, 5, 9)}, 7, "out", "there already: on a trip in Baghdad"},
		{"perhaps there, and coming for sure", []vedette.Presence{home("middle-east"), stay(baghdad, 5, 9)}, 7, "in", "arriving 10 Feb 2026"},
		{"arrives elsewhere", []vedette.Presence{home(baghdad), stay(paris, 5, 9)}, 7, "out", "there already"},
		{"never", []vedette.Presence{home(paris)}, 7, "out", "not counted among arrivals"},
	} {
		t.Run(c.who, func(t *testing.T) {
			e := iraq.Arriving(c.ps, now, c.days)
			expect(t, e, c.want, c.why)
			checkReasons(t, e)
		})
	}
}

func TestTripsThatClash(t *testing.T) {
	g := gazetteer.Default()
	basra, erbil, paris := city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ"), city(t, g, "Paris", "FR")
	iraq := advice("Avoid all travel to Iraq, except Erbil.", vedette.AvoidAllTravel, "IQ")
	iraq.Except = affected(erbil)
	if3 := advice("If strikes resume, avoid all travel to Kuwait.", vedette.AvoidAllTravel, "KW")
	if3.Condition = "If strikes resume"
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{
		{Advice: []vedette.Advice{advice("Monitor events in Iraq.", vedette.Monitor, "IQ"), iraq}},
		{Area: basra, Advice: []vedette.Advice{advice("Avoid nonessential travel.", vedette.AvoidNonessentialTravel), if3,
			advice("Reconsider travel to France.", vedette.ReconsiderTravel, "FR")}},
	}}}
	p := match.Prepare(g, u, house)
	transit := vedette.Presence{Area: "iata:BGW", Because: vedette.BecauseLeg, From: now.AddDate(1, 0, 0), To: now.AddDate(1, 0, 0).Add(time.Hour)}
	type clash struct {
		trip        vedette.AreaID
		group, item int
		action      vedette.Action
		area        vedette.AreaID
		relation    vedette.Relation
	}
	for _, c := range []struct {
		who  string
		pr   vedette.Presence
		want []clash
	}{
		{"to Basra: both", stay(basra, 5, 9), []clash{{basra, 0, 1, vedette.AvoidAllTravel, "IQ", "in"}, {basra, 1, 0, vedette.AvoidNonessentialTravel, basra, "in"}}},
		{"in Basra now", stay(basra, -1, 1), []clash{{basra, 0, 1, vedette.AvoidAllTravel, "IQ", "in"}, {basra, 1, 0, vedette.AvoidNonessentialTravel, basra, "in"}}},
		{"kept as Iraq", stay("IQ", 5, 9), []clash{{"IQ", 0, 1, vedette.AvoidAllTravel, "IQ", "in"}, {"IQ", 1, 0, vedette.AvoidNonessentialTravel, basra, "may_be_in"}}},
		{"a transit in a year", transit, []clash{{"iata:BGW", 0, 1, vedette.AvoidAllTravel, "IQ", "in"}}},
		{"to Erbil, which is left out", stay(erbil, 5, 9), nil},
		{"to Kuwait: the condition is awaited", stay("KW", 5, 9), nil},
		{"to Paris: reconsider is no avoid", stay(paris, 5, 9), nil},
		{"back from Basra", stay(basra, -9, -5), nil},
		{"lives in Basra", home(basra), nil},
	} {
		var got []clash
		for _, k := range p.Clashes([]vedette.Presence{c.pr}, now) {
			if k.Waits {
				continue
			}
			got = append(got, clash{k.Presence.Area, k.Group, k.Item, k.Action, k.Area, k.Relation})
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.who, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", c.who, got[i], c.want[i])
			}
		}
	}
}

func TestWhoIsTold(t *testing.T) {
	p := match.Prepare(gazetteer.Default(), &vedette.Update{}, house)
	for _, c := range []struct {
		relation vedette.Relation
		risk     vedette.Risk
		urgency  vedette.Urgency
		told     bool
		why      string
	}{
		{"in", vedette.RiskLow, vedette.UrgencyPast, true, "they are in"},
		{"may_be_in", vedette.RiskLow, vedette.UrgencyImmediate, true, "they may be in, and it is immediate"},
		{"may_be_in", vedette.RiskHigh, vedette.UrgencyExpected, true, "they may be in, and the risk is high"},
		{"may_be_in", vedette.RiskExtreme, vedette.UrgencyPast, true, "they may be in, and the risk is extreme"},
		{"may_be_in", vedette.RiskUnknown, vedette.UrgencyUnknown, true, "they may be in, and no risk is given, which counts as extreme"},
		{"may_be_in", vedette.RiskModerate, vedette.UrgencyUnknown, false, "they may be in, but the risk is only moderate and nothing is immediate"},
		{"may_be_in", vedette.RiskLow, vedette.UrgencyExpected, false, "they may be in, but the risk is only low and nothing is immediate"},
		{"watches", vedette.RiskLow, vedette.UrgencyPast, true, "they are not in, but asked to be told"},
		{"out", vedette.RiskExtreme, vedette.UrgencyImmediate, false, "they are not in, and did not ask to be told"},
	} {
		told, why := p.Tells(vedette.Exposure{Relation: c.relation}, c.risk, c.urgency)
		if told != c.told || why != c.why {
			t.Errorf("%s, %s risk, %s: %v, %q", c.relation, c.risk, c.urgency, told, why)
		}
	}
}
