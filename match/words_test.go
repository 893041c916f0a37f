package match_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// Every reason as a duty officer reads it at night, in full: who somebody is
// held to be where, and how that meets the update, or does not.
func TestReasonsReadAsADutyOfficerWould(t *testing.T) {
	g := gazetteer.Default()
	basra, ashdod, birnin := city(t, g, "Basra", "IQ"), city(t, g, "Ashdod", "IL"), city(t, g, "Birnin Gwari", "NG")
	point := func(lat, lon float64) *vedette.Point { return &vedette.Point{Lat: lat, Lon: lon} }
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	pr := func(area vedette.AreaID, b vedette.Because, from, to time.Time) vedette.Presence {
		return vedette.Presence{Area: area, Because: b, From: from, To: to, Recorded: ago(1), Trip: 1}
	}
	var never time.Time
	home := func(area vedette.AreaID) vedette.Presence { return pr(area, vedette.BecauseHome, never, never) }
	with := func(p vedette.Presence, do func(*vedette.Presence)) vedette.Presence { do(&p); return p }
	site := func(name string, area vedette.AreaID, at *vedette.Point) vedette.Presence {
		p := pr(area, vedette.BecauseSite, never, never)
		p.Site, p.Point = name, at
		return p
	}
	iraq := gulfUpdate(t, g)
	strike := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskHigh, Affected: affected(basra)}}
	drawn := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskHigh}, Shapes: []vedette.Shape{
		{Name: "port fire", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 5}, Unsure: 2}}}
	nameless := &vedette.Update{Content: vedette.Content{}, Shapes: []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 5}}}}
	reached := advice("Avoid all travel within 120 km of Birnin Gwari.", vedette.AvoidAllTravel, birnin)
	reached.Near = &vedette.Near{KM: 120, Of: vedette.Place{Text: "Birnin Gwari", Area: birnin}}
	near := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{reached}}}}}
	silent := &vedette.Update{}
	many := &vedette.Update{Content: vedette.Content{Affected: affected("IQ", "JO", "LB", "SY", "EG")}}
	rockets := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskExtreme, Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{
		advice("Shelter when sirens sound.", vedette.Shelter, ashdod), advice("Stay indoors at night.", vedette.Shelter, ashdod)}}}}}
	for _, c := range []struct {
		who    string
		update *vedette.Update
		ps     []vedette.Presence
		ws     []vedette.Watch
		want   string
	}{
		{"nowhere", iraq, nil, nil, "out: no place is recorded for them"},
		{"a country affected", many, []vedette.Presence{home("IQ")}, nil, "in: kept as Iraq, which is an affected area"},
		{"a town in it", many, []vedette.Presence{home(basra)}, nil, "in: based in Basra, Iraq, which lies in Iraq (affected area)"},
		{"kept as the country of a town", strike, []vedette.Presence{home("IQ")}, nil,
			"may_be_in: kept as Iraq, which contains Basra, Iraq, an affected area"},
		{"a target", iraq, []vedette.Presence{home(basra)}, nil,
			"in: based in Basra, Iraq: Iraq is a target of “Avoid all travel to Iraq at the current juncture, except for Erbil …”"},
		{"a target of two", rockets, []vedette.Presence{home(ashdod)}, nil,
			"in: based in Ashdod, Israel, which is a target of “Shelter when sirens sound.” and of 1 more line"},
		{"may be in a target of two", rockets, []vedette.Presence{home("IL")}, nil,
			"may_be_in: kept as Israel, which contains Ashdod, Israel, a target of “Shelter when sirens sound.” and of 1 more line"},
		{"left out", iraq, []vedette.Presence{home(city(t, g, "Erbil", "IQ"))}, nil,
			"out: based in Erbil, Iraq: left out by “Avoid all travel to Iraq at the current juncture, except for Erbil …”"},
		{"far away", iraq, []vedette.Presence{home(city(t, g, "Paris", "FR"))}, nil,
			"out: based in Paris, France: neither in the Levant nor in any area the advice names; no trip there"},
		{"one area", strike, []vedette.Presence{home(city(t, g, "Paris", "FR"))}, nil, "out: based in Paris, France: not in Basra, Iraq; no trip there"},
		{"advice alone", rockets, []vedette.Presence{home("FR")}, nil, "out: kept as France: in no area the advice names; no trip there"},
		{"no area at all", silent, []vedette.Presence{home("FR")}, nil, "out: kept as France: the update names no area"},
		{"many areas", many, []vedette.Presence{home("FR")}, nil, "out: kept as France: not in Iraq, Jordan or 3 other affected areas; no trip there"},
		{"a trip there", iraq, []vedette.Presence{home("FR"), pr(basra, vedette.BecauseTrip, ago(1), now.AddDate(0, 0, 2))}, nil,
			"in: on a trip in Basra, Iraq until 7 Feb 2026: Iraq is a target of “Avoid all travel to Iraq at the current juncture, except for Erbil …”"},
		{"a trip ahead", iraq, []vedette.Presence{home("FR"), pr(basra, vedette.BecauseTrip, now.AddDate(0, 0, 3), now.AddDate(0, 0, 6))}, nil,
			"in: trip to Basra, Iraq, arriving 8 Feb 2026: Iraq is a target of “Avoid all travel to Iraq at the current juncture, except for Erbil …”"},
		{"a trip ahead that no advice is about", strike, []vedette.Presence{home("FR"), pr(basra, vedette.BecauseTrip, now.AddDate(0, 0, 3), now.AddDate(0, 0, 6))}, nil,
			"out: kept as France: not in Basra, Iraq | out: trip to Basra, Iraq, arriving 8 Feb 2026: nothing in this update concerns travel there"},
		{"a trip over", iraq, []vedette.Presence{home("FR"), pr(basra, vedette.BecauseTrip, ago(9), ago(3))}, nil,
			"out: kept as France: neither in the Levant nor in any area the advice names; no trip there | out: trip to Basra, Iraq: over, it ended 2 Feb 2026"},
		{"a leg", iraq, []vedette.Presence{pr("iata:BSR", vedette.BecauseLeg, now.Add(-time.Hour), now.Add(2*time.Hour))}, nil,
			"in: leaving from Basra International Airport (BSR), Iraq 5 Feb 14:30 UTC: Iraq is a target of “Avoid all travel to Iraq at the current juncture, except for Erbil …”"},
		{"aboard", iraq, []vedette.Presence{pr("red-sea", vedette.BecauseLeg, ago(1), now.AddDate(0, 0, 1))}, nil,
			"in: aboard in the Red Sea 4 Feb 12:30 – 6 Feb 12:30 UTC, which is a target of “Take precautions in the Red Sea.”"},
		{"a check-in", strike, []vedette.Presence{home("FR"), pr(basra, vedette.BecauseCheckin, now.Add(-time.Hour), now.Add(7*time.Hour))}, nil,
			"in: checked in 5 Feb 11:30 UTC from Basra, Iraq, which is an affected area"},
		{"a check-in elsewhere", strike, []vedette.Presence{home(basra), pr("FR", vedette.BecauseCheckin, now.Add(-time.Hour), now.Add(7*time.Hour))}, nil,
			"may_be_in: based in Basra, Iraq, which is an affected area; checked in 5 Feb 11:30 UTC from France, so perhaps not at home"},
		{"an answer", strike, []vedette.Presence{pr(basra, vedette.BecauseAnswer, now.Add(-time.Hour), never)}, nil,
			"in: in Basra, Iraq (their own answer 5 Feb 11:30 UTC), which is an affected area"},
		{"the desk", strike, []vedette.Presence{pr(basra, vedette.BecauseDesk, now.Add(-time.Hour), never)}, nil,
			"in: in Basra, Iraq (the desk was told 5 Feb 11:30 UTC), which is an affected area"},
		{"an old home", strike, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.Recorded = ago(450) })}, nil,
			"may_be_in: based in Basra, Iraq, which is an affected area; last confirmed 450 days ago"},
		{"an ended home", strike, []vedette.Presence{with(home(basra), func(p *vedette.Presence) {
			p.To, p.Ended = ago(0).Add(-time.Hour), "by their answer at 11:30 UTC: not there"
		})}, nil, "out: based in Basra, Iraq: ended 5 Feb 2026 11:30 UTC, by their answer at 11:30 UTC: not there"},
		{"an ended presence, by the desk", strike, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.To, p.Ended = ago(1), "by the desk (Dana): moved to Kuwait" })}, nil,
			"out: based in Basra, Iraq: ended 4 Feb 2026 12:30 UTC, by the desk (Dana): moved to Kuwait"},
		{"a home to come", strike, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.From = now.AddDate(0, 0, 3) })}, nil,
			"out: based in Basra, Iraq: not yet, it begins 8 Feb 2026"},
		{"a site there", strike, []vedette.Presence{site("Basra office", basra, nil)}, nil,
			"in: based at Basra office, Basra, Iraq, which is an affected area"},
		{"a site near", strike, []vedette.Presence{site("Umm Qasr depot", "IQ-BA", point(30.04, 47.93))}, nil,
			"in: based at Umm Qasr depot, 54 km from Basra (sites count within 100 km, high risk) | may_be_in: based at Umm Qasr depot, Basra, Iraq, which contains the city of the same name, an affected area"},
		{"a site too far", strike, []vedette.Presence{site("Kuwait office", "KW", point(29.37, 47.98))}, nil,
			"out: based at Kuwait office, Kuwait: not in Basra, Iraq; 128 km from Basra, Iraq, and sites count within 100 km (high risk); no trip there"},
		{"inside a circle", drawn, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.Point = point(30.51, 47.81) })}, nil,
			"in: based in Basra, Iraq, inside the drawn shape “port fire”"},
		{"at its edge", drawn, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.Point = point(30.5, 47.86) })}, nil,
			"may_be_in: based in Basra, Iraq, less than 1 km outside the drawn shape “port fire”; where it and they are is known only to within 2 km"},
		{"outside it", drawn, []vedette.Presence{with(home(basra), func(p *vedette.Presence) { p.Point = point(30.5, 48.1) })}, nil,
			"out: based in Basra, Iraq: not in the drawn shape “port fire” (24 km off); no trip there"},
		{"kept as the land around it", drawn, []vedette.Presence{home("IQ")}, nil,
			"may_be_in: kept as Iraq, which overlaps the drawn shape “port fire” (known only to within 2 km)"},
		{"kept as the land around one without a name", nameless, []vedette.Presence{home("IQ")}, nil,
			"may_be_in: kept as Iraq, which overlaps the circle of 5 km drawn near Basra, Iraq"},
		{"far from a shape", drawn, []vedette.Presence{home("FR")}, nil, "out: kept as France: not in the drawn shape “port fire”; no trip there"},
		{"within a distance of a town", near, []vedette.Presence{home("NG-KD")}, nil,
			"may_be_in: based in Kaduna, Nigeria, which contains Birnin Gwari, Nigeria, a target of “Avoid all travel within 120 km of Birnin Gwari.” | may_be_in: based in Kaduna, Nigeria: the distance of “Avoid all travel within 120 km of Birnin Gwari.” reaches into Kaduna, Nigeria"},
		{"a watch", strike, []vedette.Presence{home("FR")}, []vedette.Watch{{Areas: []vedette.AreaID{"IQ"}, Risk: vedette.RiskHigh}},
			"watches: asked to be told of Iraq (risk high or more) | out: kept as France: not in Basra, Iraq; no trip there"},
		{"a watch of all", strike, []vedette.Presence{home("FR")}, []vedette.Watch{{}},
			"watches: asked to be told of the whole world | out: kept as France: not in Basra, Iraq; no trip there"},
	} {
		e := match.Relate(g, c.update, house, c.ps, c.ws, now)
		var texts []string
		for _, r := range e.Reasons {
			texts = append(texts, string(r.Relation)+": "+r.Says.String())
		}
		if got := strings.Join(texts, " | "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.who, got, c.want)
		}
	}
}
