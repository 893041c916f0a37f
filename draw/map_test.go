package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// wellFormed fails the test unless the bytes are one XML document.
func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
}

func TestMapOfMENA(t *testing.T) {
	m := Map{Title: "MENA", Desc: "Extreme risk", Fills: []Fill{{Area: "mena", Risk: vedette.RiskExtreme}}}
	b := m.SVG(gazetteer.Default())
	wellFormed(t, b)
	if len(b) > 150_000 {
		t.Errorf("%d bytes, more than 150,000", len(b))
	}
	for _, want := range []string{`role="img"`, `direction="ltr"`, "<title id=", "<desc id=", "Extreme · MENA", "Tehran", "Red Sea", `class="fill-extreme"`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("lacks %s", want)
		}
	}
	// 19 countries and 8 waters, the legend's swatch, and circles about those
	// too small to see.
	if n := bytes.Count(b, []byte(`class="fill-extreme"`)); n < 28 {
		t.Errorf("only %d hatched shapes", n)
	}
	for _, never := range []string{"<style", " style=", "<script", "href", "http://www.w3.org/1999", "<image", "<foreignObject"} {
		if bytes.Contains(b, []byte(never)) {
			t.Errorf("a page's map has %q", never)
		}
	}
	if again := m.SVG(gazetteer.Default()); !bytes.Equal(b, again) {
		t.Error("two drawings of one map differ")
	}
}

func TestEveryLevelHasItsOwnHatch(t *testing.T) {
	seen := map[string]vedette.Risk{}
	for r := vedette.RiskUnknown; r <= vedette.RiskExtreme; r++ {
		b := Map{Fills: []Fill{{Area: "IR", Risk: r}}}.SVG(gazetteer.Default())
		wellFormed(t, b)
		pattern := regexp.MustCompile(`(?s)<pattern.*</pattern>`).Find(b)
		if pattern == nil || !bytes.Contains(b, []byte("-"+r.String()+`)"`)) {
			t.Errorf("%s has no hatch", r)
		}
		bare := regexp.MustCompile(`(id|class)="[^"]*"`).ReplaceAllString(string(pattern), "")
		if other, ok := seen[bare]; ok {
			t.Errorf("%s and %s differ by colour alone", r, other)
		}
		seen[bare] = r
		if !bytes.Contains(b, []byte(word(r)+" · Iran")) {
			t.Errorf("the legend does not say %s", word(r))
		}
	}
}

func TestNarrowestFillCounts(t *testing.T) {
	d := &drawing{g: gazetteer.Default(), fills: map[vedette.AreaID]vedette.Risk{}, held: map[vedette.AreaID]bool{}, Map: Map{Fills: []Fill{
		{Area: "OM", Risk: vedette.RiskLow}, {Area: "gulf-states", Risk: vedette.RiskModerate}, {Area: "mena", Risk: vedette.RiskExtreme},
		{Area: "IQ", Risk: vedette.RiskLow}, {Area: "IQ", Risk: vedette.RiskHigh},
	}}}
	d.resolve()
	for id, want := range map[vedette.AreaID]vedette.Risk{"OM": vedette.RiskLow, "AE": vedette.RiskModerate, "IR": vedette.RiskExtreme, "IQ": vedette.RiskHigh, "red-sea": vedette.RiskExtreme} {
		if d.fills[id] != want {
			t.Errorf("%s is %v, want %v", id, d.fills[id], want)
		}
	}
}

func TestHostileTextIsEscaped(t *testing.T) {
	evil := "</text><script>alert('x')</script>\x00\x1b\xff\"&<!--]]>"
	m := Map{Title: evil, Desc: evil, Fills: []Fill{{Area: "IR", Risk: vedette.RiskHigh, Label: evil}, {Area: "\"><script>", Risk: 99}},
		Marks: []Mark{{vedette.Point{Lat: 32, Lon: 53}, evil, evil}, {vedette.Point{Lat: 33, Lon: 54}, strings.Repeat("W", 10_000), "site"}}}
	for _, b := range [][]byte{m.SVG(gazetteer.Default()), m.Standalone(gazetteer.Default())} {
		wellFormed(t, b)
		if bytes.Contains(b, []byte("<script")) || len(b) > 150_000 {
			t.Error("a label became markup, or swelled the map")
		}
	}
}

func TestOddMapsAreDrawn(t *testing.T) {
	nan := math.NaN()
	for name, m := range map[string]Map{
		"the world":       {},
		"unknown areas":   {Fills: []Fill{{Area: "nowhere", Risk: vedette.RiskHigh}, {Area: "", Risk: -1}}},
		"a point":         {Marks: []Mark{{vedette.Point{}, "Null Island", ""}}},
		"points nowhere":  {Marks: []Mark{{vedette.Point{Lat: nan, Lon: nan}, "x", ""}, {vedette.Point{Lat: 1e300, Lon: 5}, "y", "city"}}},
		"the poles":       {Marks: []Mark{{vedette.Point{Lat: 90}, "N", ""}, {vedette.Point{Lat: -90, Lon: 180}, "S", ""}}},
		"Antarctica":      {Fills: []Fill{{Area: "AQ", Risk: vedette.RiskLow}}},
		"the Vatican":     {Fills: []Fill{{Area: "VA", Risk: vedette.RiskLow}}},
		"a city":          {Fills: []Fill{{Area: "gn:99532", Risk: vedette.RiskHigh}}},
		"a canal":         {Fills: []Fill{{Area: "suez-canal", Risk: vedette.RiskHigh}}},
		"a tiny picture":  {Width: 1, Height: 1, Fills: []Fill{{Area: "IR", Risk: vedette.RiskHigh}}},
		"a huge picture":  {Width: 1 << 30, Height: -5, Fills: []Fill{{Area: "QA", Risk: vedette.RiskHigh}}},
		"opposite sides":  {Marks: []Mark{{vedette.Point{Lon: 0}, "a", ""}, {vedette.Point{Lon: 180}, "b", ""}, {vedette.Point{Lon: -90}, "c", ""}}},
		"all the regions": {Fills: []Fill{{Area: "asia", Risk: 1}, {Area: "africa", Risk: 2}, {Area: "europe", Risk: 3}, {Area: "latin-america", Risk: 4}, {Area: "oceania", Risk: 0}}},
	} {
		b := m.SVG(gazetteer.Default())
		wellFormed(t, b)
		if bytes.Contains(b, []byte("NaN")) || bytes.Contains(b, []byte("Inf")) {
			t.Errorf("%s: a number is none", name)
		}
		if len(b) > 400_000 {
			t.Errorf("%s: %d bytes", name, len(b))
		}
	}
}

// Russia and Fiji lie across the antimeridian: the view goes on over it, and
// no line runs from one edge of the map to the other.
func TestAntimeridianDoesNotSmear(t *testing.T) {
	for _, id := range []vedette.AreaID{"RU", "FJ", "NZ", "US", "KI"} {
		d := &drawing{g: gazetteer.Default(), fills: map[vedette.AreaID]vedette.Risk{}, held: map[vedette.AreaID]bool{}, Map: Map{Width: 960, Height: 640, Fills: []Fill{{Area: id, Risk: vedette.RiskHigh}}}}
		d.resolve()
		d.view = d.fit()
		if wide := d.view.width / d.view.scale / d.view.squeeze; id == "FJ" && wide > 30 || id == "RU" && wide > 260 {
			t.Errorf("%s: the view is %.0f degrees wide", id, wide)
		}
		path, extent := d.view.paths(nil, d.g.Outline(id, false), speck)
		if id == "FJ" && extent.x1-extent.x0 > 900 {
			t.Errorf("Fiji spreads over %.0f pixels", extent.x1-extent.x0)
		}
		if step := longestFlatStep(string(path)); id == "RU" && step > 300 {
			t.Errorf("%s: a line runs %.0f pixels straight across", id, step)
		}
	}
}

var steps = regexp.MustCompile(`l([^zM]*)`)
var number = regexp.MustCompile(`-?[0-9]*\.?[0-9]+`)

// longestFlatStep gives the longest level line of a path.
func longestFlatStep(path string) float64 {
	most := 0.0
	for _, s := range steps.FindAllStringSubmatch(path, -1) {
		n := number.FindAllString(s[1], -1)
		for i := 0; i+1 < len(n); i += 2 {
			dx, _ := strconv.ParseFloat(n[i], 64)
			dy, _ := strconv.ParseFloat(n[i+1], 64)
			if math.Abs(dy) < 20 {
				most = max(most, math.Abs(dx))
			}
		}
	}
	return most
}

func TestLabelsDoNotCollide(t *testing.T) {
	d := &drawing{g: gazetteer.Default(), fills: map[vedette.AreaID]vedette.Risk{}, held: map[vedette.AreaID]bool{}, Map: Map{Width: 960, Height: 640, Fills: []Fill{{Area: "mena", Risk: vedette.RiskHigh}}}}
	d.resolve()
	d.view = d.fit()
	d.labels()
	if len(d.boxes) < 30 {
		t.Errorf("only %d labels and dots", len(d.boxes))
	}
	for i, a := range d.boxes {
		if !boxes(d.boxes[:i]).free(a) {
			t.Errorf("%v lies on another label", a)
		}
	}
}

func TestStandaloneNeedsNoPage(t *testing.T) {
	b := Map{Title: "x", Fills: []Fill{{Area: "IR", Risk: vedette.RiskHigh}}}.Standalone(gazetteer.Default())
	wellFormed(t, b)
	if !bytes.Contains(b, []byte("<style>")) || bytes.Contains(b, []byte("var(")) || !bytes.Contains(b, []byte(`width="960"`)) {
		t.Error("the colours or the size are not in it")
	}
}

func TestCSSHasBothThemes(t *testing.T) {
	css := CSS()
	for _, c := range colours {
		for _, want := range []string{fmt.Sprintf("--map-%s:%s;", c.name, c.light), fmt.Sprintf("--map-%s:%s;", c.name, c.dark), "var(--map-" + c.name + ")"} {
			if !strings.Contains(css, want) {
				t.Errorf("lacks %s", want)
			}
		}
	}
	if strings.Contains(css, "$") || strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("a rule is not filled in, or not closed")
	}
}

func BenchmarkMENA(b *testing.B) {
	g := gazetteer.Default()
	for b.Loop() {
		Map{Fills: []Fill{{Area: "mena", Risk: vedette.RiskExtreme}}}.SVG(g)
	}
}

// A division is painted over the country it lies in.
func TestDivisionIsDrawn(t *testing.T) {
	b := Map{Fills: []Fill{{Area: "UA", Risk: vedette.RiskModerate}, {Area: "UA-65", Risk: vedette.RiskExtreme}}}.SVG(gazetteer.Default())
	country, division := bytes.Index(b, []byte(`class="fill-moderate"`)), bytes.Index(b, []byte(`class="fill-extreme"`))
	if country < 0 || division < country {
		t.Errorf("country at %d, division at %d", country, division)
	}
}
