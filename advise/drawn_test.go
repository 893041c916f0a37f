package advise_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

// A flash: a circle and a line without a place. It is for whoever is in what
// is drawn; an advice that names a place goes by the place.
func TestAdviceForWhatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	basra, erbil := city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ")
	u := issued(1, 0, vedette.UrgencyImmediate, vedette.RiskHigh,
		say("Inside: go inside.", vedette.Shelter), say("Iraq: follow the news.", vedette.Monitor, "IQ"), but(erbil, say("Quiet: keep a low profile.", vedette.LowProfile)))
	u.Content.Recommendations[0].Advice[0].Audience = "Residents"
	lost := say("Lost.", vedette.Shelter)
	lost.Actions[0].Targets = []vedette.Place{{Text: "the old port"}} // a place that nobody knows
	u.Content.Recommendations[0].Advice = append(u.Content.Recommendations[0].Advice, lost)
	u.Shapes = []vedette.Shape{{Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 5}}}
	in := func(area vedette.AreaID, update vedette.ID, mayBe bool) []advise.Drawn {
		return []advise.Drawn{{Update: update, Area: area, MayBe: mayBe}}
	}
	for _, c := range []struct {
		what  string
		at    vedette.AreaID
		drawn []advise.Drawn
		told  string
		areas int
	}{
		{"in the circle", basra, in(basra, "u1", false), "Quiet ?Inside Iraq", 1},
		{"perhaps in the circle", basra, in(basra, "u1", true), "~Quiet ~?Inside Iraq", 1},
		{"in the same town, outside of it", basra, nil, "Iraq", 1},
		{"in another update's circle", basra, in(basra, "u2", false), "Iraq", 1},
		{"in the circle, in a part left out", erbil, in(erbil, "u1", false), "Iraq ?Inside", 1},
		{"across the border, in the circle", "IR", in("IR", "u1", false), "Quiet ?Inside", 1},
		{"across the border", "IR", nil, "", 0},
	} {
		v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home(c.at)}, Drawn: c.drawn}, now).Variant
		if got := told(u, v); got != c.told || len(v.Areas) != c.areas {
			t.Errorf("%s: %q in %v, want %q", c.what, got, v.Areas, c.told)
		}
		if c.drawn != nil && c.areas > 0 && v.Risk != vedette.RiskHigh {
			t.Errorf("%s: risk %s", c.what, v.Risk)
		}
	}
	other := issued(2, 1, vedette.UrgencyImmediate, vedette.RiskHigh, only("Residents", say("Inside: go inside.", vedette.Shelter)))
	other.Shapes = u.Shapes
	v := advise.Over(advise.Prepare(g, u, nil), []*advise.Prepared{advise.Prepare(g, other, nil)}, nil).
		For(advise.Person{Presences: []vedette.Presence{home(basra)}, Drawn: in(basra, "u2", false)}, now).Variant
	if got := all([]*vedette.Update{u, other}, v); got != "Iraq | ?Inside" {
		t.Errorf("the same words for two circles: %q", got)
	}
	u.Shapes = nil
	if v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home(basra)}, Drawn: in(basra, "u1", false)}, now).Variant; told(u, v) != "Iraq" {
		t.Errorf("nothing is drawn, yet %q", told(u, v))
	}
}

// Where one area is affected, what is drawn is its drawing: its advice is for
// whoever is in it. Of two areas nobody knows which of them is drawn.
func TestAdviceForTheAreaThatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	basra, erbil := city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ")
	u := issued(1, 0, vedette.UrgencyImmediate, vedette.RiskHigh, say("Basra: shelter.", vedette.Shelter, basra))
	u.Content.Affected = []vedette.Place{{Text: "Basra", Area: basra}}
	u.Shapes = []vedette.Shape{{Name: "port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 40}}}
	for _, c := range []struct {
		what  string
		drawn advise.Drawn
		told  string
		risk  vedette.Risk
	}{
		{"in the circle across the border", advise.Drawn{Update: "u1", Area: "IR-10"}, "Basra", vedette.RiskHigh},
		{"perhaps in it", advise.Drawn{Update: "u1", Area: "IR-10", MayBe: true}, "~Basra", vedette.RiskHigh},
		{"a circle with a risk of its own, lower", advise.Drawn{Update: "u1", Area: "IR-10", Risk: vedette.RiskLow, Own: true}, "Basra", vedette.RiskLow},
		{"in a second one that has none", advise.Drawn{Update: "u1", Area: "IR-10", Risk: vedette.RiskLow}, "Basra", vedette.RiskHigh},
		{"in a second one that is worse", advise.Drawn{Update: "u1", Area: "IR-10", Risk: vedette.RiskExtreme}, "Basra", vedette.RiskExtreme},
	} {
		v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home("IR-10")}, Drawn: []advise.Drawn{c.drawn}}, now).Variant
		if got := told(u, v); got != c.told || v.Risk != c.risk {
			t.Errorf("%s: %q at risk %s, want %q at %s", c.what, got, v.Risk, c.told, c.risk)
		}
	}
	u.Content.Affected = append(u.Content.Affected, vedette.Place{Text: "Erbil", Area: erbil})
	v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home("IR-10")}, Drawn: []advise.Drawn{{Update: "u1", Area: "IR-10"}}}, now).Variant
	if got := told(u, v); got != "" || len(v.Areas) != 1 {
		t.Errorf("one of two areas may be drawn, yet they are told %q in %v", got, v.Areas)
	}
}

// To shelter in one circle and to leave the next are at odds where both are.
func TestContradictionInWhatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	circle := []vedette.Shape{{Name: "port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 40}}}
	a, b := issued(1, 5, 0, 0, say("Shelter.", vedette.Shelter)), issued(2, 4, 0, 0, say("Leave now.", vedette.Leave))
	c := issued(3, 3, 0, 0, say("Leave Iraq.", vedette.Leave, "IQ"))
	a.Shapes, b.Shapes = circle, circle
	all := func(us ...*vedette.Update) (out []*advise.Prepared) {
		for _, u := range us {
			out = append(out, advise.Prepare(g, u, nil))
		}
		return out
	}
	for _, x := range []struct {
		what string
		all  []*advise.Prepared
		at   advise.Spot
		n    int
	}{
		{"in both circles", all(a, b), advise.Spot{Area: basra, Drawn: "u1 u2"}, 1},
		{"in one of them", all(a, b), advise.Spot{Area: basra, Drawn: "u1"}, 0},
		{"in a circle in a country to be left", all(a, c), advise.Spot{Area: basra, Drawn: "u1"}, 1},
		{"in that country, outside", all(a, c), advise.Spot{Area: basra}, 0},
	} {
		if got := advise.Contradictions(x.all, []advise.Spot{x.at}); len(got) != x.n {
			t.Errorf("%s: %v, want %d", x.what, got, x.n)
		}
	}
}

// A trip ahead into what is drawn is told what restricts travel there, and
// nothing else of it.
func TestTripAheadIntoWhatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	u := issued(1, 0, vedette.UrgencyImmediate, vedette.RiskHigh, say("Shelter.", vedette.Shelter), say("Avoid all travel.", vedette.AvoidAllTravel))
	u.Shapes = []vedette.Shape{{Name: "port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 40}}}
	trip := vedette.Presence{Area: "IR-10", Because: vedette.BecauseTrip, From: now.Add(48 * time.Hour), To: now.Add(96 * time.Hour)}
	v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home("FR"), trip}, Drawn: []advise.Drawn{{Update: "u1", Area: "IR-10", Ahead: true}}}, now).Variant
	if len(v.Lines) != 1 || !v.Lines[0].Trip || v.Lines[0].Item != 1 || v.Posture != vedette.AvoidAllTravel || len(v.Areas) != 1 || v.Areas[0] != "IR" {
		t.Errorf("told %+v in %v, headline %s", v.Lines, v.Areas, v.Posture)
	}
}

// The headline says what it is of: the area that is drawn, or the drawing
// itself; never another update's drawing, which has no name here.
func TestHeadlineOfWhatIsDrawn(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	circle := []vedette.Shape{{Name: "port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 40}}}
	in := []advise.Drawn{{Update: "u1", Area: "IR-10"}}
	there := advise.Person{Presences: []vedette.Presence{home("IR-10")}, Drawn: in}
	u := issued(1, 0, 0, 0, say("Avoid all travel to Basra.", vedette.AvoidAllTravel, basra))
	u.Content.Affected, u.Shapes = []vedette.Place{{Area: basra}}, circle
	if v := advise.For(g, u, nil, there, now).Variant; v.Posture != vedette.AvoidAllTravel || v.Area != basra {
		t.Errorf("headline %s of %q, want that of Basra", v.Posture, v.Area)
	}
	u = issued(1, 0, 0, 0, say("Avoid all travel.", vedette.AvoidAllTravel))
	u.Shapes = circle
	if v := advise.For(g, u, nil, there, now).Variant; v.Posture != vedette.AvoidAllTravel || v.Area != "" {
		t.Errorf("headline %s of %q, want that of the drawing", v.Posture, v.Area)
	}
	own := issued(2, 1, 0, 0, say("Follow the news.", vedette.Monitor, "IR"))
	own.Content.Affected = []vedette.Place{{Area: "IR"}}
	v := advise.Over(advise.Prepare(g, own, nil), []*advise.Prepared{advise.Prepare(g, u, nil)}, nil).For(there, now).Variant
	if v.Posture != "" || len(v.Others) != 1 {
		t.Errorf("headline %s by another's drawing, %d lines of others", v.Posture, len(v.Others))
	}
}
