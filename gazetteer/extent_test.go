package gazetteer

import (
	"math"
	"slices"
	"testing"

	"vedette"
)

// A city is as large as its people need; a village and an airport are no
// points, and no city is a province.
func TestHowFarATownGoes(t *testing.T) {
	g := Default()
	for _, c := range []struct {
		name string
		km   float64
	}{{"Istanbul", 43}, {"Baghdad", 30}, {"Paris", 17}, {"Basra", 13}, {"Versailles", 3}, {"Ben Gurion Airport", 3}, {"Iraq", 0}, {"Red Sea", 0}} {
		if km := g.RadiusKM(g.Lookup(c.name)[0].ID); math.Abs(km-c.km) > 1 {
			t.Errorf("%s: %.1f km, want about %g", c.name, km, c.km)
		}
	}
	if km := g.RadiusKM("at:-12.25/40.12"); km != unknownKM {
		t.Errorf("a town nobody counted: %g km", km)
	}
	if km := g.RadiusKM("no-such-place"); km != 0 {
		t.Errorf("a place not known: %g km", km)
	}
}

func TestTownsOfADivision(t *testing.T) {
	g := Default()
	basra := g.Lookup("Basra")
	i := slices.IndexFunc(basra, func(a vedette.Area) bool { return a.Kind == vedette.AreaCity })
	towns := g.Towns("IQ-BA")
	if !slices.Contains(towns, basra[i].ID) || len(towns) > 100 {
		t.Errorf("Basra is not among the %d towns of its division", len(towns))
	}
	for _, id := range towns {
		if !g.Contains("IQ-BA", id) {
			t.Errorf("%s is not in it", g.Name(id))
		}
	}
	if g.Towns("mena") != nil || g.Towns("x") != nil {
		t.Error("a region has towns of its own")
	}
}
