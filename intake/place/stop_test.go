package place

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

func TestWhereLegsEnd(t *testing.T) {
	b := New(gazetteer.Default())
	for _, c := range []struct {
		country, text string
		air           bool
		want          string // the area, or part of the reason
	}{
		{"", "CDG", true, "iata:CDG"},
		{"", "Paris (CDG)", true, "iata:CDG"},
		{"", "Paris CDG", true, "iata:CDG"},
		{"", "CDG - Paris Charles de Gaulle", true, "iata:CDG"},
		{"", "Charles de Gaulle CDG", true, "iata:CDG"},
		{"", "CDG Terminal 2E", true, "iata:CDG"},
		{"", "London Heathrow (LHR)", true, "iata:LHR"},
		{"", "London LHR", true, "iata:LHR"},
		{"France", "CDG", true, "iata:CDG"},
		{"Germany", "CDG", true, "is in Charles de Gaulle International Airport, France, not in Germany: mend one of them"},
		{"", "Berlin (CDG)", true, "names Berlin, Germany and the airport CDG"},
		{"", "LON", true, "gn:2643743"},
		{"", "CAN", true, "iata:CAN"},
		{"", "CAN", false, "may be the airport Guangzhou Baiyun International Airport or Canada: write the name of the city"},
		{"", "USA", true, "iata:USA"},
		{"", "Baghdad", false, "gn:98182"},
		{"", "Erbil, Iraq", false, "gn:95446"},
		{"Iraq", "Erbil", false, "gn:95446"},
		{"Iraq", "", false, "IQ"},
		{"", "Red Sea", false, "red-sea"},
		{"", "Paris Gare du Nord", false, "gn:2988507"},
		{"", "Köln Hbf", false, "gn:2886242"},
		{"", "18 rue de Dunkerque, 75010 Paris, France", false, "gn:2988507"},
		{"", "Al Salhiya Street, Baghdad, Iraq", false, "gn:98182"},
		{"", "Tripoli", false, "may be Tripoli, Libya or Tripoli, Lebanon: add the country"},
		{"", "Erbill", false, "did you mean Erbil, Iraq?"},
		{"", "near the old bridge in Mosul", false, "is not a place we know: did you mean Mosul, Iraq?"},
		{"", "XQZ", true, "is not a place we know"},
		{"", "MENA", false, "is a region"},
	} {
		area, reason := b.Stop(c.country, c.text, c.air)
		got := string(area)
		if reason != nil {
			got += reason.Error()
		}
		if got != c.want && !(reason != nil && strings.Contains(got, c.want)) {
			t.Errorf("%q %q: %s; want %s", c.country, c.text, got, c.want)
		}
	}
}

func TestWhatIsKeptAtAPrecision(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range []struct {
		area vedette.AreaID
		p    vedette.Precision
		want vedette.AreaID
	}{
		{"gn:98182", vedette.PrecisionExact, "gn:98182"}, {"gn:98182", "", "gn:98182"}, {"gn:98182", vedette.PrecisionCity, "gn:98182"},
		{"gn:98182", vedette.PrecisionCountry, "IQ"}, {"IQ-BA", vedette.PrecisionCountry, "IQ"}, {"iata:BGW", vedette.PrecisionCity, "gn:98182"},
		{"iata:BGW", vedette.PrecisionCountry, "IQ"}, {"red-sea", vedette.PrecisionCountry, "red-sea"}, {"IQ", vedette.PrecisionCity, "IQ"},
	} {
		if got := Coarsen(g, c.area, c.p); got != c.want {
			t.Errorf("%s at %q: %s, want %s", c.area, c.p, got, c.want)
		}
	}
}
