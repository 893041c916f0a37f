package match_test

import (
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// A watch adds who is out, and nobody else; what it asks for is held against
// the risk of the place it meets.
func TestWhoWatches(t *testing.T) {
	g := gazetteer.Default()
	basra, baghdad := city(t, g, "Basra", "IQ"), city(t, g, "Baghdad", "IQ")
	u := &vedette.Update{
		Content: vedette.Content{Risk: vedette.RiskModerate, Urgency: vedette.UrgencyExpected, Categories: []string{"protests"}, SourceStrength: vedette.SourceCredible,
			Affected: affected(basra), Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{advice("Take care in the Red Sea.", vedette.TakePrecautions, "red-sea")}}}},
		AreaRisks: []vedette.AreaRisk{{Area: basra, Risk: vedette.RiskHigh}},
		Shapes:    []vedette.Shape{named("Aden", circle(12.8, 45, 30))},
	}
	on := func(areas ...vedette.AreaID) vedette.Watch { return vedette.Watch{Areas: areas} }
	within := func(s vedette.Shape) vedette.Watch { return vedette.Watch{Shape: &s} }
	least := func(w vedette.Watch, r vedette.Risk) vedette.Watch { w.Risk = r; return w }
	for _, c := range []struct {
		who  string
		w    vedette.Watch
		want vedette.Relation
		why  string
	}{
		{"a watch on the affected city", on(basra), "watches", "asked to be told of Basra, Iraq"},
		{"on what contains it", on("middle-east"), "watches", "asked to be told of the Middle East"},
		{"on a target of the advice", on("red-sea"), "watches", "asked to be told of the Red Sea"},
		{"on something else", on(baghdad, "FR"), "out", "based in Paris, France: neither in"},
		{"one of several areas", on("FR", "IQ"), "watches", "asked to be told of France, Iraq"},
		{"on the whole world", vedette.Watch{}, "watches", "asked to be told of the whole world"},
		{"on the country of a shape", on("YE"), "watches", "asked to be told of Yemen"},
		{"on a city in a shape", on(city(t, g, "Aden", "YE")), "watches", "asked to be told of Aden, Yemen"},
		{"a shape around the city", within(circle(30.5, 47.8, 100)), "watches", "the circle of 100 km drawn near Basra, Iraq"},
		{"a shape that meets the shape", within(circle(13.3, 45, 40)), "watches", "the circle of 40 km drawn near"},
		{"a shape elsewhere", within(circle(48, 2, 40)), "out", ""},
		{"at least high, where the city is high", least(on("IQ"), vedette.RiskHigh), "watches", "asked to be told of Iraq (risk high or more)"},
		{"at least extreme", least(on("IQ"), vedette.RiskExtreme), "out", ""},
		{"at least high, where the sea is moderate", least(on("red-sea"), vedette.RiskHigh), "out", ""},
		{"at least high, anywhere", least(vedette.Watch{}, vedette.RiskHigh), "watches", "the whole world (risk high or more)"},
		{"at least immediate", vedette.Watch{Urgency: vedette.UrgencyImmediate}, "out", ""},
		{"a confirmed source", vedette.Watch{Source: vedette.SourceConfirmed}, "out", ""},
		{"of a category", vedette.Watch{Categories: []string{"piracy"}}, "out", ""},
	} {
		t.Run(c.who, func(t *testing.T) {
			ps := []vedette.Presence{home(city(t, g, "Paris", "FR"))}
			e := match.Relate(g, u, house, ps, []vedette.Watch{c.w}, now)
			expect(t, e, c.want, c.why)
			checkReasons(t, e)
			if e.Concerned() {
				t.Error("who watches counts as in danger")
			}
			if w := e.Reasons[0].Watch; w != (c.want == vedette.RelationWatches) {
				t.Errorf("the first reason is a watch: %v", w)
			}
		})
	}
}

func TestAWatchChangesNothingForWhoIsIn(t *testing.T) {
	g := gazetteer.Default()
	u := &vedette.Update{Content: vedette.Content{Affected: affected(city(t, g, "Basra", "IQ"))}}
	ws := []vedette.Watch{{Areas: []vedette.AreaID{"IQ"}}}
	for area, want := range map[vedette.AreaID]vedette.Relation{"IQ": "may_be_in", u.Content.Affected[0].Area: "in"} {
		e := match.Relate(g, u, house, []vedette.Presence{home(area)}, ws, now)
		expect(t, e, want)
		if last := e.Reasons[len(e.Reasons)-1]; !last.Watch || last.Says.String() != "asked to be told of Iraq" || e.Reasons[0].Watch {
			t.Errorf("reasons:\n%s", texts(e))
		}
	}
}

// Where the analyst set less for a watch's own area, the risk of the wider one
// does not pass it; and a missing risk passes.
func TestWatchGoesByItsOwnArea(t *testing.T) {
	g := gazetteer.Default()
	u := &vedette.Update{Content: vedette.Content{Risk: vedette.RiskExtreme, Affected: affected("middle-east")},
		AreaRisks: []vedette.AreaRisk{{Area: "IQ", Risk: vedette.RiskLow}}}
	ws := []vedette.Watch{{Areas: []vedette.AreaID{"IQ"}, Risk: vedette.RiskHigh}}
	expect(t, match.Relate(g, u, house, nil, ws, now), "out")
	u.AreaRisks = nil
	expect(t, match.Relate(g, u, house, nil, ws, now), "watches")
	u.Content.Risk = vedette.RiskUnknown
	expect(t, match.Relate(g, u, house, nil, ws, now), "watches")
}
