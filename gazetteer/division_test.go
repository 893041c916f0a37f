package gazetteer

import (
	"strings"
	"testing"

	"vedette"
)

func TestDivisionAt(t *testing.T) {
	for _, c := range []struct {
		where    string
		lat, lon float64
		want     vedette.AreaID
	}{
		{"Kherson", 46.635, 32.617, "UA-65"}, {"Bakhmut", 48.595, 38.0, "UA-14"}, {"Kyiv", 50.45, 30.52, "UA-30"}, {"Bucha", 50.54, 30.21, "UA-32"}, {"Yalta", 44.495, 34.166, "UA-43"}, {"Sevastopol", 44.6, 33.53, "UA-40"},
		{"Belgorod", 50.6, 36.6, "RU-BEL"}, {"Grozny", 43.31, 45.69, "RU-CE"}, {"Vladivostok", 43.12, 131.9, "RU-PRI"}, {"Anadyr", 64.73, 177.5, "RU-CHU"}, {"Provideniya", 64.42, -173.23, "RU-CHU"},
		{"Raqqa", 35.95, 39.01, "SY-RA"}, {"Idlib", 35.93, 36.63, "SY-ID"}, {"Daraa", 32.62, 36.1, "SY-DR"}, {"Mosul", 36.34, 43.13, "IQ-NI"}, {"Erbil", 36.19, 44.01, "IQ-AR"}, {"Basra", 30.5, 47.8, "IQ-BA"}, {"Halabja", 35.18, 45.98, "IQ-SU"},
		{"Tabriz", 38.08, 46.29, "IR-03"}, {"Zahedan", 29.5, 60.86, "IR-11"}, {"Bandar Abbas", 27.18, 56.27, "IR-22"}, {"Karaj", 35.83, 50.97, "IR-30"},
		{"Aden", 12.8, 45.03, "YE-AD"}, {"Mukalla", 14.54, 49.13, "YE-HD"}, {"Hodeidah", 14.8, 42.95, "YE-HU"}, {"Riyadh", 24.7, 46.7, "SA-01"}, {"Jizan", 16.89, 42.56, "SA-09"},
		{"Tyre", 33.27, 35.2, "LB-JA"}, {"Baalbek", 34.0, 36.21, "LB-BH"}, {"Haifa", 32.8, 34.99, "IL-HA"}, {"Gaza", 31.5, 34.46, "adm1:GZ"}, {"Nablus", 32.22, 35.26, "adm1:WE"},
		{"El Arish", 31.13, 33.8, "EG-SIN"}, {"Benghazi", 32.1, 20.1, "LY-BA"}, {"El Fasher", 13.63, 25.35, "SD-DN"}, {"Port Sudan", 19.6, 37.2, "SD-RS"}, {"Malakal", 9.53, 31.66, "SS-NU"},
		{"Mekelle", 13.49, 39.47, "ET-TI"}, {"Bahir Dar", 11.59, 37.39, "ET-AM"}, {"Jijiga", 9.35, 42.8, "ET-SO"}, {"Kismayo", -0.36, 42.54, "SO-JH"}, {"Hargeisa", 9.56, 44.07, "SO-WO"}, {"Mandera", 3.94, 41.86, "KE-24"}, {"Lodwar", 3.12, 35.6, "KE-43"}, {"Mombasa", -4.05, 39.67, "KE-28"},
		{"Maiduguri", 11.85, 13.16, "NG-BO"}, {"Abuja", 9.06, 7.49, "NG-FC"}, {"Diffa", 13.32, 12.61, "NE-2"}, {"Gao", 16.27, -0.04, "ML-7"}, {"Djibo", 14.1, -1.63, "BF-SOM"}, {"Goma", -1.68, 29.22, "CD-NK"}, {"Bunia", 1.56, 30.25, "CD-IT"}, {"Lubumbashi", -11.66, 27.48, "CD-HK"}, {"Pemba", -12.97, 40.52, "MZ-P"}, {"Durban", -29.86, 31.02, "ZA-KZN"},
		{"Peshawar", 34.0, 71.58, "PK-KP"}, {"Quetta", 30.2, 67.0, "PK-BA"}, {"Kandahar", 31.61, 65.7, "AF-KAN"}, {"Imphal", 24.8, 93.94, "IN-MN"}, {"Leh", 34.16, 77.58, "IN-LA"}, {"Hyderabad", 17.38, 78.47, "IN-TS"}, {"Janakpur", 26.73, 85.92, "NP-P2"},
		{"Sittwe", 20.15, 92.9, "MM-16"}, {"Pattani", 6.87, 101.25, "TH-94"}, {"Marawi", 8.0, 124.29, "PH-LAS"}, {"Banda Aceh", 5.55, 95.32, "ID-AC"}, {"Urumqi", 43.8, 87.6, "CN-XJ"}, {"Stepanakert", 39.82, 46.75, "AZ-XA"}, {"Sukhumi", 43.0, 41.02, "GE-AB"}, {"Tiraspol", 46.84, 29.63, "MD-SN"},
		{"Culiacán", 24.8, -107.39, "MX-SIN"}, {"Houston", 29.76, -95.37, "US-TX"}, {"Cúcuta", 7.89, -72.5, "CO-NSA"}, {"Maracaibo", 10.65, -71.64, "VE-V"}, {"Edinburgh", 55.95, -3.19, "GB-SCT"}, {"Belfast", 54.6, -5.93, "GB-NIR"}, {"Barcelona", 41.39, 2.17, "ES-B"}, {"Marseille", 43.3, 5.37, "FR-13"}, {"Mitrovica", 42.89, 20.87, "XK-02"}, {"Banja Luka", 44.77, 17.19, "BA-SRP"},
		{"Massawa", 15.61, 39.47, "ER-SK"}, {"Asmara", 15.33, 38.93, "ER-MA"}, {"Lethem", 3.38, -59.8, "GY-UT"}, {"Georgetown", 6.8, -58.15, "GY-DE"}, {"Anna Regina", 7.26, -58.51, "GY-PM"}, {"Tena", -0.99, -77.81, "EC-N"}, {"Ambato", -1.25, -78.62, "EC-T"}, {"Nicosia", 35.15, 33.36, "CY-01"}, {"Limassol", 34.68, 33.04, "CY-02"}, {"Kyrenia", 35.34, 33.32, "CY-06"}, {"Barnaul", 53.36, 83.76, "RU-ALT"}, {"Gorno-Altaysk", 51.96, 85.96, "RU-AL"}, {"Cork", 51.9, -8.47, "IE-CO"}, {"Timimoun", 29.26, 0.23, "DZ-49"}, {"Dalanzadgad", 43.57, 104.43, "MN-053"},
		{"Red Sea", 20, 38.5, ""}, {"Gibraltar", 36.14, -5.35, ""}, {"nowhere", 100, 0, ""},
	} {
		got, ok := Default().DivisionAt(vedette.Point{Lat: c.lat, Lon: c.lon})
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.where, got, c.want)
		}
	}
}

func TestEveryDivisionIsWhole(t *testing.T) {
	g := Default()
	n, bare := 0, 0
	for _, country := range g.Countries() {
		for _, id := range g.divisions[country.ID] {
			n++
			a, ok := g.Area(id)
			if !ok || a.Kind != vedette.AreaDivision || a.Name == "" || a.Country != country.ID || len(a.Within) == 0 || !g.Contains(country.ID, id) {
				t.Errorf("%s: %+v", id, a)
			}
			if !strings.HasPrefix(string(id), string(country.ID)+"-") && !strings.HasPrefix(string(id), "adm1:") {
				t.Errorf("%s is of %s", id, country.ID)
			}
			if g.Zone(id) == "" {
				t.Errorf("%s has no zone", id)
			}
			if len(g.Outline(id, false)) == 0 {
				bare++
			}
			for _, rings := range g.Outline(id, true) {
				for _, r := range rings {
					if len(r) < 4 || r[0] != r[len(r)-1] {
						t.Fatalf("%s: a ring of %d points that is not closed", id, len(r))
					}
				}
			}
			if found := g.Lookup(a.Name); len(found) == 0 {
				t.Errorf("%s is not found by its name %q", id, a.Name)
			}
		}
	}
	if n < 4000 || bare > 220 {
		t.Errorf("%d divisions, %d without an outline", n, bare)
	}
}

// Nearly all towns lie in the outline of their division, or by it.
func TestTownsLieInTheirDivisions(t *testing.T) {
	g := Default()
	none, off, n := 0, 0, 0
	o := divisionOutlines()
	for i := range g.towns.n {
		if len(g.divisions[g.towns.country(i)]) == 0 {
			continue
		}
		n++
		d := string(g.towns.division(i))
		if d == "" {
			none++
		} else if o.Has(d) && !o.Holds(d, g.towns.at(i)) && o.Near(d, g.towns.at(i), 10) >= 10 {
			off++
		}
	}
	if none*200 > n || off*100 > n {
		t.Errorf("of %d towns %d are in no division, and %d more than 10 km off it", n, none, off)
	}
}

func TestContainmentOfDivisions(t *testing.T) {
	g := Default()
	kherson := city(t, "Kherson", "UA")
	for _, c := range []struct {
		outer, inner vedette.AreaID
		want         bool
	}{
		{"UA-65", kherson, true}, {"UA", kherson, true}, {"eastern-europe", kherson, true}, {"UA-14", kherson, false}, {"donbas", kherson, false},
		{"donbas", city(t, "Kramatorsk", "UA"), true}, {"donbas", "UA-14", true}, {"UA", "donbas", true}, {"UA", "UA-14", true}, {"donbas", "UA", false}, {"europe", "donbas", true},
		{"darfur", city(t, "Nyala", "SD"), true}, {"africa", "darfur", true}, {"kurdistan-region", city(t, "Erbil", "IQ"), true}, {"kurdistan-region", city(t, "Mosul", "IQ"), false},
		{"FR-PAC", city(t, "Marseille", "FR"), true}, {"FR-13", city(t, "Marseille", "FR"), true}, {"FR-PAC", "FR-13", true}, {"ES-CT", city(t, "Barcelona", "ES"), true},
		{"iata:TLV", "iata:TLV", true}, {"IL", "iata:TLV", true}, {"IL-M", "iata:TLV", true}, {"middle-east", "iata:TLV", true}, {city(t, "Tel Aviv", "IL"), "iata:TLV", true}, {"iata:TLV", "IL", false},
		{"lake-chad-basin", city(t, "Maiduguri", "NG"), true}, {"lake-chad-basin", "NG", false}, {"adm1:GZ", city(t, "Rafah", "PS"), true}, {"adm1:GZ", city(t, "Nablus", "PS"), false},
	} {
		if got := g.Contains(c.outer, c.inner); got != c.want {
			t.Errorf("Contains(%s, %s) = %v", c.outer, c.inner, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	g := Default()
	for name, want := range map[string]vedette.AreaID{"Khersson": "gn:706448", "Irann": "IR", "Bagdhad": "gn:98182", "Nineveeh": "IQ-NI"} {
		if got := g.Suggest(name); len(got) == 0 || got[0].ID != want {
			t.Errorf("Suggest(%s) = %v", name, got)
		}
	}
	for _, name := range []string{"", "Kherson", "Zzzzqqqq", strings.Repeat("x", 500)} {
		if got := g.Suggest(name); got != nil {
			t.Errorf("Suggest(%.20q) = %v", name, got)
		}
	}
}

func TestLookupInOtherScripts(t *testing.T) {
	for name, want := range map[string]vedette.AreaID{
		"Україна": "UA", "Украина": "UA", "إيران": "IR", "ישראל": "IL", "Allemagne": "DE", "Alemania": "DE", "Türkiye": "TR", "中国": "CN", "Київ": "gn:703448", "Киев": "gn:703448", "بغداد": "gn:98182",
	} {
		if got := Default().Lookup(name); len(got) == 0 || got[0].ID != want {
			t.Errorf("Lookup(%s) = %v, want %s", name, got, want)
		}
	}
}

func BenchmarkDivisionAt(b *testing.B) {
	g := Default()
	g.DivisionAt(vedette.Point{Lat: 35.7, Lon: 51.4})
	for b.Loop() {
		g.DivisionAt(vedette.Point{Lat: 35.7, Lon: 51.4})
	}
}

// No division is found by the name of a neighbour: the source of the outlines
// calls Tirana's Durrës, and most of Guyana's by the next one's name.
func TestDivisionsDoNotBearTheirNeighboursNames(t *testing.T) {
	g := Default()
	for name, want := range map[string]vedette.AreaID{"Durrës": "AL-02", "Uruzgan": "AF-URU", "Tungurahua": "EC-T", "Demerara-Mahaica": "GY-DE", "Chitipa": "MW-CT", "Anseba": "ER-AN"} {
		for _, a := range g.Lookup(name) {
			if a.Kind == vedette.AreaDivision && a.ID != want {
				t.Errorf("%s is found as %s (%s) too, want only %s", name, a.ID, a.Name, want)
			}
		}
	}
}
