package vedette_test

import (
	"strings"
	"testing"

	"vedette"
)

func TestShapes(t *testing.T) {
	ring := func(lonlat ...float64) []vedette.Point {
		var out []vedette.Point
		for i := 0; i < len(lonlat); i += 2 {
			out = append(out, vedette.Point{Lat: lonlat[i+1], Lon: lonlat[i]})
		}
		return out
	}
	circle := func(lat, lon, km float64) *vedette.Circle {
		return &vedette.Circle{Center: vedette.Point{Lat: lat, Lon: lon}, KM: km}
	}
	for _, c := range []struct {
		name, want string
		shape      vedette.Shape
	}{
		{"a circle", "", vedette.Shape{Circle: circle(31.8, 34.6, 30)}},
		{"a circle round the pole", "", vedette.Shape{Circle: circle(90, 0, 500)}},
		{"a square", "", vedette.Shape{Polygon: ring(34, 31, 35, 31, 35, 32, 34, 32)}},
		{"across the antimeridian", "", vedette.Shape{Polygon: ring(177, -18, -178, -18, -178, -16, 177, -16)}},
		{"nothing", "is empty", vedette.Shape{}},
		{"both", "at once", vedette.Shape{Circle: circle(0, 0, 1), Polygon: ring(0, 0, 1, 0, 1, 1)}},
		{"no radius", "radius is 0 km", vedette.Shape{Circle: circle(0, 0, 0)}},
		{"off the earth", "latitude 91", vedette.Shape{Circle: circle(91, 0, 1)}},
		{"two points", "has 2 points", vedette.Shape{Polygon: ring(0, 0, 1, 1)}},
		{"a bow tie", "crosses itself: its side after point 1 meets that after point 3", vedette.Shape{Polygon: ring(0, 0, 2, 2, 2, 0, 0, 2)}},
		{"a spike", "crosses itself", vedette.Shape{Polygon: ring(0, 0, 4, 0, 2, 0, 2, 3)}},
		{"on one line", "", vedette.Shape{Polygon: ring(0, 0, 1, 1, 2, 2)}},
		{"closed", "points 4 and 1", vedette.Shape{Polygon: ring(0, 0, 1, 0, 1, 1, 0, 0)}},
		{"round the pole", "goes round a pole", vedette.Shape{Polygon: ring(0, 80, 90, 80, 180, 80, -90, 80)}},
		{"unsure beyond measure", "unsure by 900 km", vedette.Shape{Circle: circle(0, 0, 1), Unsure: 900}},
	} {
		err := c.shape.Validate()
		if c.name == "on one line" {
			if err == nil {
				t.Error("points on one line are no area")
			}
			continue
		}
		if c.want == "" && err != nil || c.want != "" && (vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestWatchesPass(t *testing.T) {
	c := &vedette.Content{Urgency: vedette.UrgencyExpected, SourceStrength: vedette.SourceCredible, Categories: []string{"airstrike", "politics"}}
	for _, k := range []struct {
		name  string
		watch vedette.Watch
		risk  vedette.Risk
		want  bool
	}{
		{"everything", vedette.Watch{}, vedette.RiskLow, true},
		{"risk high enough", vedette.Watch{Risk: vedette.RiskHigh}, vedette.RiskHigh, true},
		{"risk too low", vedette.Watch{Risk: vedette.RiskHigh}, vedette.RiskModerate, false},
		{"a missing risk passes", vedette.Watch{Risk: vedette.RiskExtreme}, vedette.RiskUnknown, true},
		{"urgency too low", vedette.Watch{Urgency: vedette.UrgencyImmediate}, vedette.RiskHigh, false},
		{"source too weak", vedette.Watch{Source: vedette.SourceConfirmed}, vedette.RiskHigh, false},
		{"a category of it", vedette.Watch{Categories: []string{"crime", "politics"}}, vedette.RiskHigh, true},
		{"no category of it", vedette.Watch{Categories: []string{"crime"}}, vedette.RiskHigh, false},
	} {
		if got := k.watch.Passes(c, k.risk); got != k.want {
			t.Errorf("%s: %t", k.name, got)
		}
	}
}
