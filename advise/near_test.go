package advise_test

import (
	"testing"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

// Whoever is in a division that a distance reaches is told, and told that it
// may not be for them; it sets no posture above one that surely is.
func TestADistanceFromATownReachesItsSurroundings(t *testing.T) {
	g := gazetteer.Default()
	gwari := city(t, g, "Birnin Gwari", "NG")
	near := say("Near: avoid all travel within 30 km of Birnin Gwari.", vedette.AvoidAllTravel, gwari)
	near.Near = &vedette.Near{KM: 30, Of: vedette.Place{Text: "Birnin Gwari", Area: gwari}}
	u := &vedette.Update{Content: vedette.Content{
		Risk: vedette.RiskHigh, Urgency: vedette.UrgencyExpected, Affected: places([]vedette.AreaID{"NG"}),
		Recommendations: []vedette.AdviceGroup{{Area: "NG", Advice: []vedette.Advice{
			near, say("Rest: reconsider travel to Nigeria.", vedette.ReconsiderTravel, "NG"),
		}}},
	}}
	for _, c := range []struct {
		at   vedette.AreaID
		want string
		top  vedette.Action
	}{
		{gwari, "Near Rest", vedette.AvoidAllTravel},
		{city(t, g, "Zaria", "NG"), "~Near Rest", vedette.ReconsiderTravel},
		{city(t, g, "Lagos", "NG"), "Rest", vedette.ReconsiderTravel},
	} {
		v := advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{home(c.at)}}, now).Variant
		if got := told(u, v); got != c.want || v.Posture != c.top {
			t.Errorf("at %s: %q with %s, want %q with %s", c.at, got, v.Posture, c.want, c.top)
		}
	}
}
