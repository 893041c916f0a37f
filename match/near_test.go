package match_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
	"vedette/match/index"
)

// An advice for the surroundings of a town is for more people than are kept as
// being in it: all in the divisions that the distance reaches may be near.
func TestWhoMayBeNearATown(t *testing.T) {
	g := gazetteer.Default()
	gwari := city(t, g, "Birnin Gwari", "NG")
	a := advice("Avoid nonessential travel within 120 km of Birnin Gwari.", vedette.AvoidNonessentialTravel, gwari)
	a.Near = &vedette.Near{KM: 120, Of: vedette.Place{Text: "Birnin Gwari", Area: gwari}}
	u := &vedette.Update{Content: vedette.Content{
		Affected:        affected("NG-ZA"),
		Recommendations: []vedette.AdviceGroup{{Area: "NG-ZA", Advice: []vedette.Advice{a}}},
	}}
	x := index.New(g)
	for i, c := range []struct {
		at   vedette.AreaID
		want vedette.Relation
		why  string
	}{
		{gwari, vedette.RelationIn, "is a target of"},
		{city(t, g, "Zaria", "NG"), vedette.RelationMayBe, "the distance of “Avoid nonessential travel within 120 km of Birnin Gwari.” reaches into Kaduna"},
		{"NG-KT", vedette.RelationMayBe, "reaches into Katsina"},
		{city(t, g, "Gusau", "NG"), vedette.RelationIn, "affected area"},
		{city(t, g, "Lagos", "NG"), vedette.RelationOut, ""},
	} {
		p := vedette.Presence{Person: int64(i), Area: c.at, Because: vedette.BecauseHome}
		x.Add(p)
		e := match.Relate(g, u, house, []vedette.Presence{p}, nil, now)
		if e.Relation != c.want {
			t.Errorf("at %s: %s, want %s", c.at, e.Relation, c.want)
		}
		if !strings.Contains(e.Reasons[0].Says.String(), c.why) {
			t.Errorf("at %s because %q, want %q in it", c.at, e.Reasons[0].Says.String(), c.why)
		}
	}
	if got := x.Find(match.Prepare(g, u, house).Query(now)).Count(); got != 4 {
		t.Errorf("%d candidates, want 4", got)
	}
}
