package gazetteer

import (
	"fmt"
	"testing"

	"vedette"
	"vedette/gazetteer/tables"
)

// Every country has numbers on record, or a line that says that none is.
func TestEveryCountrySaysWhichEmergencyNumbersAreOnRecord(t *testing.T) {
	list, err := tables.EmergencyNumbers()
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{}
	for _, e := range list {
		lines[e.Country]++
	}
	countries, err := tables.Countries()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range countries {
		if lines[c.Code] != 1 {
			t.Errorf("%s has %d lines in emergency.txt, want one", c.Code, lines[c.Code])
		}
		delete(lines, c.Code)
	}
	for code := range lines {
		t.Errorf("emergency.txt has %s, which is no country of the gazetteer", code)
	}
}

// Numbers that everybody can check.
func TestEmergencyNumbers(t *testing.T) {
	g := Default()
	basra, err := g.Find("Basra")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		areas []vedette.AreaID
		want  string
	}{
		{[]vedette.AreaID{basra.ID, "IQ"}, "[{IQ Iraq [100 104 115 122]}]"},
		{[]vedette.AreaID{"GB", "US"}, "[{GB United Kingdom [112 999]} {US United States [112 911]}]"},
		{[]vedette.AreaID{"mena", "red-sea", "nowhere"}, "[]"},
		{[]vedette.AreaID{"GN"}, "[{GN Guinea []}]"},
	} {
		if got := fmt.Sprint(g.EmergencyIn(c.areas)); got != c.want {
			t.Errorf("%v: %s, want %s", c.areas, got, c.want)
		}
	}
}
