package gazetteer

import (
	"slices"
	"testing"

	"vedette"
)

func TestDivisionsWithinADistance(t *testing.T) {
	g := Default()
	for _, c := range []struct {
		of   string
		km   float64
		want []vedette.AreaID
	}{
		{"PAP", 3, []vedette.AreaID{"HT-OU"}},
		{"Gibraltar", 1, []vedette.AreaID{"GI", "ES-CA"}},
		{"Basra", 40, []vedette.AreaID{"IQ-BA", "IR-06", "KW-JA"}},
		{"Mongolia", 40, nil},
	} {
		var id vedette.AreaID
		if a, ok := g.Airport(c.of); ok {
			id = a.ID
		} else {
			all := g.Lookup(c.of)
			id = all[0].ID
			if i := slices.IndexFunc(all, func(a vedette.Area) bool { return a.Kind == vedette.AreaCity }); i >= 0 {
				id = all[i].ID
			}
		}
		if got := g.Within(id, c.km); !slices.Equal(got, c.want) {
			t.Errorf("within %g km of %s: %v, want %v", c.km, c.of, got, c.want)
		}
	}
}
