package draw

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

var arabic = Tongue{Language: "ar", Right: true, Untitled: "خريطة", Levels: [...]string{"الخطر غير محدد", "منخفض", "متوسط", "مرتفع", "بالغ"}}

var label = regexp.MustCompile(`<text class="([^"]*)" x="([0-9.]+)"[^>]* text-anchor="([a-z]+)"( direction="rtl")?>([^<]*)</text>`)

// Whoever reads Arabic finds places by the names they know, and the legend on the side
// where they begin to read; what has no name in their language stands in English, from the
// left.
func TestAMapSpeaksTheLanguageOfItsReader(t *testing.T) {
	g := gazetteer.Default()
	m := Map{In: arabic, Fills: []Fill{{Area: "IQ", Risk: vedette.RiskExtreme}, {Area: "SA", Risk: vedette.RiskHigh}, {Area: "IR"}}, Marks: []Mark{{At: vedette.Point{Lat: 30, Lon: 48}, Label: "Depot", Kind: "site"}}}
	b := m.SVG(g)
	wellFormed(t, b)
	seen := map[string][]string{}
	for _, l := range label.FindAllStringSubmatch(string(b), -1) {
		seen[l[5]] = l
		if rtl := l[4] != ""; rtl != rightward(l[5]) || rtl != strings.Contains(l[1], "joined") {
			t.Errorf("%q is set in the wrong direction, or its letters apart: %s", l[5], l[0])
		}
	}
	for _, want := range []string{"بالغ · العراق", "مرتفع · المملكة العربية السعودية", "الخطر غير محدد · إيران", "بغداد", "طهران", "البحر الأحمر", "Depot"} {
		if seen[want] == nil {
			t.Errorf("the map does not say %q", want)
		}
	}
	if row := seen["بالغ · العراق"]; row == nil || row[3] != "start" || row[2] < "800" {
		t.Errorf("the legend does not begin at the right: %v", row)
	}
	for _, never := range []string{"Iraq", "Baghdad", "Extreme", "Red Sea", ">Map<"} {
		if bytes.Contains(b, []byte(never)) {
			t.Errorf("it says %q", never)
		}
	}
}

// A name of the right hand stands on the same side of its point as one of the left.
func TestANameStandsBesideItsPointInEitherDirection(t *testing.T) {
	for _, name := range []string{"Depot", "مستودع"} {
		b := Map{Around: &vedette.Point{Lat: 21, Lon: 45}, Least: 1, Marks: []Mark{{At: vedette.Point{Lat: 21, Lon: 45}, Label: name, Kind: "site"}}}.SVG(gazetteer.Default())
		want := `x="489.0" y="324.6" text-anchor="start"`
		if name != "Depot" {
			want = `x="489.0" y="324.6" text-anchor="end" direction="rtl"`
		}
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s does not stand at the right of its point: %s", name, label.FindAll(b, -1))
		}
	}
}

// One who reads French is not shown the map that was drawn for a reader of English, nor the
// other way round; the ground, which has no words, is one file for all.
func TestAKeptMapIsOfItsLanguage(t *testing.T) {
	g := gazetteer.Default()
	var k Kept
	m := Map{Fills: []Fill{{Area: "DE", Risk: vedette.RiskHigh}}}
	french := m
	french.In = Tongue{Language: "fr", Levels: [...]string{3: "élevé", 4: ""}}
	for range 2 {
		if b := k.SVG(g, m); !bytes.Contains(b, []byte("High · Germany")) {
			t.Error("the map in English is not")
		}
		if b := k.SVG(g, french); !bytes.Contains(b, []byte("élevé · Allemagne")) || bytes.Contains(b, []byte("Germany")) {
			t.Error("the map in French is not")
		}
	}
	if !bytes.Equal(k.Ground(g, m, false), k.Ground(g, french, false)) {
		t.Error("the ground is another in French")
	}
}
