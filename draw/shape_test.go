package draw

import (
	"strings"
	"testing"

	"vedette"
	"vedette/gazetteer"
)

// What the desk draws is on the map by its own risk, named in the legend, and
// the view holds it, also across the antimeridian and round a pole.
func TestShapesAreDrawn(t *testing.T) {
	g := gazetteer.Default()
	circle := func(lat, lon, km float64) vedette.Shape {
		return vedette.Shape{Name: "the <port>", Risk: vedette.RiskExtreme, Circle: &vedette.Circle{Center: vedette.Point{Lat: lat, Lon: lon}, KM: km}}
	}
	for what, s := range map[string]vedette.Shape{
		"a circle":                      circle(30.5, 47.8, 200),
		"a circle too small to be seen": circle(30.5, 47.8, 1),
		"across the antimeridian":       circle(-17, 179.9, 300),
		"round a pole":                  circle(85, 10, 1500),
		"a polygon across it": {Name: "the <port>", Risk: vedette.RiskExtreme,
			Polygon: []vedette.Point{{Lat: 0, Lon: 170}, {Lat: 0, Lon: -170}, {Lat: 20, Lon: -170}, {Lat: 20, Lon: 170}}},
	} {
		svg := string(Map{Shapes: []vedette.Shape{s}, Width: 480, Height: 400}.SVG(g))
		for _, want := range []string{`class="fill-extreme drawn"`, "Extreme · the &lt;port&gt;", `-extreme" class="hatch hatch-extreme"`} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s: no %s in the map", what, want)
			}
		}
	}
	broken := vedette.Shape{Risk: vedette.RiskExtreme, Polygon: []vedette.Point{{Lat: 1, Lon: 1}}}
	if svg := string(Map{Shapes: []vedette.Shape{broken}}.SVG(g)); strings.Contains(svg, "drawn") {
		t.Error("a shape that is none was drawn")
	}
}
