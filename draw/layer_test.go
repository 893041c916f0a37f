package draw

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// The ground of a map is a document that needs no rules: every part has its colours, those
// of the theme, and it says no word.
func TestTheGroundStandsAlone(t *testing.T) {
	g := gazetteer.Default()
	m := Map{Whole: true, Width: 1100, Height: 460}
	for i, id := range []vedette.AreaID{"FR", "IR", "LY", "IQ", "BR"} {
		m.Fills = append(m.Fills, Fill{Area: id, Risk: vedette.Risk(i)})
	}
	for dark, want := range map[bool][]string{
		false: {`fill="#e0eaf3"`, `stroke="#9b0f3d"`, `fill="#9b0f3d"`, `stroke="#b3410e" stroke-width="1"`, `stroke="#8a5a00" stroke-width="1.3"`, `stroke-dasharray="3 2.5"`},
		true:  {`fill="#1b2733"`, `stroke="#ff7fa3"`, `fill="#ff7fa3"`, `stroke="#ff9a62" stroke-width="1"`, `stroke="#e8b44a" stroke-width="1.3"`, `stroke-dasharray="3 2.5"`},
	} {
		b := m.Ground(g, dark)
		wellFormed(t, b)
		for _, w := range want {
			if !bytes.Contains(b, []byte(w)) {
				t.Errorf("dark %v: no %s", dark, w)
			}
		}
		for _, never := range []string{"class=", "<style", "<text", "href", "<script", "$", "\"\""} {
			if bytes.Contains(b, []byte(never)) {
				t.Errorf("dark %v: it has %s", dark, never)
			}
		}
	}
}

var pinAt = regexp.MustCompile(`<g class="pin" transform="translate\(([0-9.]+) ([0-9.]+)\)">.*?>(\d+)</text>`)

// Pins never cover each other, and none is lost: what has no room at its place stands
// beside it, with a line to it. One number close by itself is said once.
func TestPinsKeepApart(t *testing.T) {
	g := gazetteer.Default()
	m := Map{Whole: true, Width: 1100, Height: 460}
	for i := range 40 {
		at := vedette.Point{Lat: 33.3 + float64(i%3)/10, Lon: 44.4}
		if i%10 == 0 {
			at = vedette.Point{Lat: -17, Lon: 179.9} // at the edge
		}
		m.Pins = append(m.Pins, Pin{At: at, Number: i + 1, Risk: vedette.Risk(i % 5), Title: "<b>", Link: "#s" + strconv.Itoa(i+1)})
	}
	m.Pins = append(m.Pins, Pin{At: vedette.Point{Lat: 33.4, Lon: 44.5}, Number: 2}, Pin{At: vedette.Point{Lat: 100}, Number: 99})
	b := m.Over(g)
	wellFormed(t, b)
	var at []xy
	seen := map[string]bool{}
	for _, p := range pinAt.FindAllSubmatch(b, -1) {
		x, _ := strconv.ParseFloat(string(p[1]), 64)
		y, _ := strconv.ParseFloat(string(p[2]), 64)
		for _, o := range at {
			if math.Hypot(o.x-x, o.y-y) < 2*pinRadius {
				t.Errorf("pin %s covers another at %.0f %.0f", p[3], x, y)
			}
		}
		if x < pinRadius || y < pinRadius || x > 1100-pinRadius || y > 460-pinRadius {
			t.Errorf("pin %s is cut off", p[3])
		}
		at = append(at, xy{x, y})
		if seen[string(p[3])] {
			t.Errorf("pin %s is there twice", p[3])
		}
		seen[string(p[3])] = true
	}
	if len(at) != 40 {
		t.Errorf("%d pins, want 40", len(at))
	}
	for _, want := range []string{`class="lead"`, `href="#s3" tabindex="-1"`, "&lt;b&gt;", `class="pin-extreme"`} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	if m.Pins = m.Pins[:0]; bytes.Contains(m.Over(g), []byte("pin")) {
		t.Error("no pin was asked for")
	}
}

// The whole world is shown, however little is filled.
func TestTheWholeWorldIsShown(t *testing.T) {
	m := Map{Whole: true, Width: 1100, Height: 460, Fills: []Fill{{Area: "IQ", Risk: vedette.RiskHigh}}}
	f := m.Frame(gazetteer.Default())
	if f.East-f.West < 359 || f.North < 75 || f.South > -55 {
		t.Errorf("only %s", fmt.Sprint(f))
	}
}

// A pin keeps off a mark, so that both are seen.
func TestPinsKeepOffMarks(t *testing.T) {
	at := vedette.Point{Lat: 32.9, Lon: 13.2}
	b := Map{Fills: []Fill{{Area: "LY", Risk: vedette.RiskHigh}}, Marks: []Mark{{At: at, Kind: "site", Label: "Tripoli house"}}, Pins: []Pin{{At: at, Number: 1}}, Width: 480, Height: 400}.SVG(gazetteer.Default())
	if !bytes.Contains(b, []byte(`class="lead"`)) || !bytes.Contains(b, []byte("Tripoli house")) {
		t.Error("the pin stands on the mark, or took its name's place")
	}
}
