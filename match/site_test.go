package match_test

import (
	"math"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

func site(name string, area vedette.AreaID) vedette.Presence {
	return vedette.Presence{Area: area, Because: vedette.BecauseSite, Site: name}
}

// How far an event's place concerns a site depends on the risk of that place.
func TestSitesByDistance(t *testing.T) {
	g := gazetteer.Default()
	basra, zubayr := city(t, g, "Basra", "IQ"), city(t, g, "Az Zubayr", "IQ")
	office := at(site("Umm Qasr office", city(t, g, "Umm Qasr", "IQ")), 30.0362, 47.9195, 0) // 54 km from the middle of Basra
	names := func(ids ...vedette.AreaID) vedette.Content { return vedette.Content{Affected: affected(ids...)} }
	shelter := advice("Shelter in Basra.", vedette.Shelter, basra)
	for _, c := range []struct {
		who  string
		p    vedette.Presence
		risk vedette.Risk
		say  vedette.Content
		want vedette.Relation
		why  string
	}{
		{"54 km off, high: within 100 km", office, vedette.RiskHigh, names(basra), "in",
			"based at Umm Qasr office, 54 km from Basra (sites count within 100 km, high risk)"},
		{"moderate: within 50 km", office, vedette.RiskModerate, names(basra), "out",
			"54 km from Basra, Iraq, and sites count within 50 km (moderate risk)"},
		{"no risk given counts as extreme", office, vedette.RiskUnknown, names(basra), "in", "(sites count within 250 km, risk not given)"},
		{"no site but a home as near", at(home(office.Area), 30.0362, 47.9195, 0), vedette.RiskHigh, names(basra), "out", "not in Basra"},
		{"no point: from the middle of the site's city", site("Zubayr yard", zubayr), vedette.RiskModerate, names(basra), "in", "based at Zubayr yard, 15 km from Basra"},
		{"no point, kept as a division: not measured, it holds Basra", site("South", "IQ-BA"), vedette.RiskModerate, names(basra), "may_be_in", "which contains the city of the same name, an affected area"},
		{"known only to within 5 km", at(office, 30.0362, 47.9195, 5), vedette.RiskModerate, names(basra), "may_be_in", "54 km from Basra (sites count within 50 km, moderate risk); the places are known only to within 5 km"},
		{"a division, measured from its outline", at(site("Kuwait office", "KW"), 29.37, 47.98, 0), vedette.RiskHigh, names("IQ-BA"), "in", "from Basra (sites count within 100 km"},
		{"a division far off", site("Erbil office", city(t, g, "Erbil", "IQ")), vedette.RiskHigh, names("IQ-BA"), "out", "not in Basra"},
		{"a country is no place to measure from", at(site("Kuwait office", "KW"), 29.37, 47.98, 0), vedette.RiskExtreme, names("IQ"), "out", "not in Iraq"},
		{"nor is a region", at(site("Larnaca office", "CY"), 34.9, 33.6, 0), vedette.RiskExtreme, names("levant"), "out", "not in the Levant"},
		{"nor a sea", site("Jeddah office", city(t, g, "Jeddah", "SA")), vedette.RiskExtreme, names("red-sea"), "out", "not in the Red Sea"},
		{"an airport", office, vedette.RiskHigh, names("iata:BSR"), "in", "from Basra International Airport (sites count within 100 km"},
		{"advice that protects now", office, vedette.RiskHigh, vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{shelter}}}}, "in",
			"54 km from Basra, a target of “Shelter in Basra.” (sites count within 100 km, high risk)"},
		{"advice that does not", office, vedette.RiskHigh, vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{
			advice("Monitor Basra.", vedette.Monitor, basra)}}}}, "out", "in no area the advice names"},
		{"advice to protect in a country", office, vedette.RiskHigh, vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{
			advice("Shelter in Kuwait.", vedette.Shelter, "KW")}}}}, "out", "in no area the advice names"},
		{"in the city itself: by its place, not by distance", site("Basra office", basra), vedette.RiskHigh, names(basra), "in", "based at Basra office, Basra, Iraq, which is an affected area"},
		{"the nearest of several", office, vedette.RiskExtreme, names(city(t, g, "Nasiriyah", "IQ"), basra), "in", "54 km from Basra"},
	} {
		t.Run(c.who, func(t *testing.T) {
			u := &vedette.Update{Content: c.say}
			u.Content.Risk = c.risk
			expect(t, match.Relate(g, u, house, []vedette.Presence{c.p}, nil, now), c.want, c.why)
		})
	}
}

// The risk is that of the event's place: what was set for the narrowest area
// holding it, else of its country, else of the update. An organisation may set
// its own distances.
func TestReachGoesByTheRiskOfThePlace(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	office := at(site("Umm Qasr office", city(t, g, "Umm Qasr", "IQ")), 30.0362, 47.9195, 0)
	u := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskLow, Affected: affected(basra)}}
	relate := func(s vedette.Settings) vedette.Exposure {
		return match.Relate(g, u, s, []vedette.Presence{office}, nil, now)
	}
	expect(t, relate(house), "out", "sites count within 10 km (low risk)")
	expect(t, relate(vedette.Settings{}), "out", "sites count within 10 km (low risk)")
	expect(t, relate(vedette.Settings{Reach: vedette.ByRisk{Low: 60}}), "in", "54 km from Basra (sites count within 60 km, low risk)")
	u.AreaRisks = []vedette.AreaRisk{{Area: "IQ", Risk: vedette.RiskModerate}, {Area: "IQ-BA", Risk: vedette.RiskHigh}}
	expect(t, relate(house), "in", "(sites count within 100 km, high risk)")

	u = drawn(named("Airfield", circle(30.55, 47.66, 10)))
	u.Content.Risk = vedette.RiskModerate
	expect(t, relate(house), "out", "52 km from the drawn shape “Airfield”, and sites count within 50 km (moderate risk)")
	u.Shapes[0].Unsure = 3
	expect(t, relate(house), "may_be_in", "from the drawn shape “Airfield” (sites count within 50 km, moderate risk); the places are known only to within 3 km")
	u.Shapes[0].Unsure, u.AreaRisks = 0, []vedette.AreaRisk{{Area: "IQ-BA", Risk: vedette.RiskHigh}}
	e := relate(house)
	expect(t, e, "in", "based at Umm Qasr office, 52 km from the drawn shape “Airfield” (sites count within 100 km, high risk)")
	if km := e.Reasons[0].KM; math.Abs(km-51.6) > 1 {
		t.Errorf("%.1f km", km)
	}
}

// What an advice leaves out is left out by distance too.
func TestExceptedSite(t *testing.T) {
	g := gazetteer.Default()
	basra, qasr := city(t, g, "Basra", "IQ"), city(t, g, "Umm Qasr", "IQ")
	a := advice("Evacuate Basra, except Umm Qasr.", vedette.Evacuate, basra)
	a.Except = affected(qasr)
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{a}}}}}
	e := match.Relate(g, u, house, []vedette.Presence{site("Umm Qasr office", qasr)}, nil, now)
	if e.Relation != vedette.RelationOut || strings.Contains(texts(e), "sites count") {
		t.Errorf("%s: %s", e.Relation, texts(e))
	}
}
