package parse

import (
	"slices"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// placesOf gives the texts of the places in a claim of a report on England and
// Afghanistan.
func placesOf(text string) string {
	r := Read(gazetteer.Default(), []byte("England & Afghanistan ALERT: a test\nCurrent Situation:\n- "+text+"\nAFFECTED AREA\nEngland, Afghanistan\n"), Options{})
	var out []string
	for _, p := range r.Topics[0].Claims[0].Places {
		out = append(out, p.Text)
	}
	return strings.Join(out, ", ")
}

// A name that is also a word is a place only beside a word that says so.
func TestAWordIsAPlaceOnlyWithASign(t *testing.T) {
	for text, want := range map[string]string{
		"Tours of the area were held.":            "",
		"Deal and no deal.":                       "",
		"Rugby in the city was called off.":       "",
		"Battle and chaos followed.":              "",
		"Reading of the bill took long.":          "",
		"Police in the city of Reading spoke.":    "Reading",
		"Rain fell in the wider Reading area.":    "Reading",
		"Trains to Rugby and Deal were late.":     "Rugby, Deal",
		"Shops in southern Kandahar were closed.": "Kandahar",
	} {
		if got := placesOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A place of the panel is named by its own words.
func TestTheAffectedAreaIsNamedByItsOwnWords(t *testing.T) {
	r := Read(gazetteer.Default(), []byte("Afghanistan ALERT: a test\nCurrent Situation:\n- Shots were heard.\nAFFECTED AREA\nHelmand and Nangarhar\n"), Options{})
	var got []string
	for _, p := range r.Affected {
		got = append(got, p.Text+"="+string(p.Area))
	}
	if s := strings.Join(got, " "); s != "Helmand=AF-HEL Nangarhar=AF-NAN" {
		t.Error(s)
	}
	if r.Affected[0].Span != (vedette.Span{}) {
		t.Error("a span of the panel")
	}
}

// A country's name as title and heading is the country, in capitals too: Mexico
// is not its capital.
func TestEveryCountryIsReadFromItsName(t *testing.T) {
	g := gazetteer.Default()
	for _, c := range g.Countries() {
		if strings.Contains(c.Name, "(") {
			continue
		}
		for _, name := range []string{c.Name, strings.ToUpper(c.Name)} {
			r := Read(g, []byte("21 Aug 2026, 17:05 UTC\n"+name+" ALERT: A test\nAdvice:\n"+name+":\n- Expect delays.\n"), Options{})
			if len(r.Affected) != 1 || r.Affected[0].Area != c.ID || len(r.Recommendations) != 1 || r.Recommendations[0].Area != c.ID {
				t.Errorf("%s: affected %v, groups %v, want %s", name, r.Affected, r.Recommendations, c.ID)
			}
		}
	}
}

// What the panel says of the area decides who is concerned at all.
func TestAffectedAreas(t *testing.T) {
	for value, want := range map[string]string{
		"Nairobi and surrounding areas, Kenya":               "gn:184745",
		"Nairobi and the surrounding area, Kenya":            "gn:184745",
		"Lebanon and the Middle East":                        "LB middle-east",
		"Northeastern Kenya (Mandera and Wajir)":             "gn:187896 gn:178443",
		"Central Sahel: Mali, Niger":                         "ML NE",
		"Lebanon (Beirut, Sidon) and Israel":                 "gn:276781 gn:268064 IL",
		"Georgia (Tbilisi)":                                  "GE gn:611717",
		"All of Kenya":                                       "KE",
		"Seattle & Tacoma, Washington":                       "gn:5809844 gn:5812944",
		"Artibonite, Centre & Ouest, Haiti":                  "HT-AR HT-CE HT-OU",
		"Jomo Kenyatta International Airport (NBO), Nairobi": "iata:NBO",
		"Golan Heights":                                      "golan-heights",
		"Congo":                                              "",
		"EU":                                                 "",
	} {
		r := Read(gazetteer.Default(), []byte("21 Aug 2026, 17:05 UTC\nTEST ALERT: A test\nAdvice:\n- Expect delays.\nAffected Area: "+value+"\n"), Options{})
		var got []string
		for _, p := range r.Affected {
			got = append(got, string(p.Area))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: got %q, want %q", value, s, want)
		}
		blocks := slices.ContainsFunc(r.Findings, func(f vedette.Finding) bool { return f.Blocks })
		if blocks != (want == "") {
			t.Errorf("%s: findings %+v", value, r.Findings)
		}
	}
}

// A name that many places have is that of the one the text is about: of its
// division, of the country of its heading.
func TestNamesakesByWhatTheTextIsAbout(t *testing.T) {
	for _, c := range []struct{ head, affected, heading, text, want string }{
		{"USA", "Moscow, Idaho, USA", "USA", "Residents of Lewiston should leave.", "gn:5598538"},
		{"NIGERIA", "Niger State, Nigeria", "Benin & Niger", "Firms in Gaya should leave.", "gn:2444489"},
		{"NIGERIA", "Nigeria", "Nigeria", "Firms in Gaya should leave.", "gn:2341580"},
		{"HAITI", "Haiti", "OUEST", "Firms should leave.", "HT-OU"},
	} {
		r := Read(gazetteer.Default(), []byte("21 Aug 2026, 17:05 UTC\n"+c.head+" ALERT: A test\nAdvice:\n"+c.heading+":\n- "+c.text+"\nAffected Area: "+c.affected+"\n"), Options{})
		if a := r.Recommendations[0].Advice[0].Actions[0]; len(a.Targets) != 1 || string(a.Targets[0].Area) != c.want {
			t.Errorf("%s, %s: %q is for %+v, want %s", c.affected, c.heading, c.text, a.Targets, c.want)
		}
	}
}

// An affected area that lies far from all else may be a namesake: a person is asked
// before anybody is told, and shown which others it could be.
func TestAnAffectedAreaFarFromAllElseIsAskedAbout(t *testing.T) {
	for _, c := range []struct{ title, affected, asks string }{
		{"Qatar Alert: Floods", "Khor", `"Khor", read as Khor (Russia), far from all else the report is about; it could be Al Khor (Qatar) or Khor (India)`},
		{"Qatar Alert: Floods", "Khor, Qatar", "it could be Al Khor (Qatar)"},
		{"Qatar Alert: Floods", "Dukhan and Khor", "it could be Al Khor (Qatar)"},
		{"Qatar Alert: Floods", "Al Khor", ""},
		{"Security Alert: Floods", "Doha; Khor", `"Khor", read as Khor (Russia)`},
		{"Khor Alert: Floods", "Khor", ""},
		{"Khor Alert: Floods", "Khor, Qatar", `"Khor", read as Khor (Russia)`},
		{"Khor Alert: Floods", "Khor, Russia", ""},
		{"Iran Alert: Floods", "Isfahan; Cúcuta", `"Cúcuta", read as the one in Colombia, of which the report says nothing else`},
		{"Iraq Alert: Floods", "Anbar; Antioquia", `"Antioquia", read as the one in Colombia`},
		{"Venezuela Alert: Floods", "Barcelona", "it could be Barcelona (Venezuela)"},
		{"Texas Alert: Floods", "Paris", "it could be Paris, Texas, United States or Paris, Tennessee, United States"},
		// Lands that are truly far apart, and what lies near by a border or a sea.
		{"Security Alert: Floods", "Iraq; Colombia", ""},
		{"Iraq & Colombia Alert: Floods", "Ramadi; Cúcuta", ""},
		{"Security Alert: Floods", "Ramadi; Cúcuta", ""},
		{"Security Alert: Floods", "Kirkuk; Medellín", ""},
		{"Security Alert: Floods", "Buraimi, Oman; Leticia, Colombia", ""},
		{"Iran Alert: Floods", "Tehran; Mumbai", ""},
		{"Russia Alert: Floods", "Kharkiv", ""},
		{"Indian Ocean Alert: Floods", "Durban", ""},
		{"Middle East Alert: Floods", "Aleppo", ""},
	} {
		r := Read(gazetteer.Default(), []byte(c.title+"\nCurrent Situation:\n- Streets are under water.\nAFFECTED AREA\n"+c.affected+"\n"), Options{})
		asked := ""
		for _, f := range r.Findings {
			if f.Blocks {
				asked += string(f.Code) + ": " + f.Message + "\n"
			}
		}
		if c.asks == "" && asked != "" || !strings.Contains(asked, c.asks) || strings.Count(asked, "\n") > 1 {
			t.Errorf("%s, affected %s: asks %q, want %q", c.title, c.affected, asked, c.asks)
		}
	}
}

// What is doubted so tells of nothing else where it lies: a statement that names it
// is not read as of there.
func TestADoubtedAffectedAreaTellsOfNoOtherPlace(t *testing.T) {
	r := Read(gazetteer.Default(), []byte("Qatar Alert: Floods\nCurrent Situation:\n- Roads to Khor are closed.\nAFFECTED AREA\nKhor\n"), Options{})
	for _, p := range r.Topics[0].Claims[0].Places {
		t.Errorf("%q is read as %s", p.Text, p.Area)
	}
}
