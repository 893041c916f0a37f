package feed

import (
	"strings"
	"testing"

	"vedette"
)

func TestReadCircle(t *testing.T) {
	for text, want := range map[string]vedette.Shape{
		"30.5,47.8,25":                           {Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 25}},
		" -1.29 , 36.82 , 0.5 , Severe ":         {Risk: vedette.RiskHigh, Circle: &vedette.Circle{Center: vedette.Point{Lat: -1.29, Lon: 36.82}, KM: .5}},
		"30.5,47.8,25,very  high, the port, old": {Risk: vedette.RiskExtreme, Name: "the port, old", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 25}},
		"30.5,47.8,25,,the port":                 {Name: "the port", Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 25}},
	} {
		got, err := ReadCircle(text)
		if err != nil || got.Name != want.Name || got.Risk != want.Risk || *got.Circle != *want.Circle {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":                   "write latitude,longitude,kilometres",
		"30.5,47.8":          "write latitude,longitude,kilometres",
		"30°,47,5":           "latitude is",
		"30.5,47.8,far":      "number of kilometres is",
		"47.8,230.5,5":       "longitude 230.5",
		"NaN,47,5":           "latitude NaN",
		"30,47,NaN":          "radius is NaN",
		"30,47,0":            "more than 0",
		"30,47,5,awful":      "risk is",
		"30,47,5,3,the port": "risk is",
	} {
		if _, err := ReadCircle(text); vedette.ErrorCode(err) != vedette.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestRiskOfAFeature(t *testing.T) {
	const point = `{"type":"Feature","properties":{"radius_km":5,"risk":%s},"geometry":{"type":"Point","coordinates":[47,30]}}`
	for raw, want := range map[string]vedette.Risk{`null`: 0, `""`: 0, `"high"`: vedette.RiskHigh, `"Critical"`: vedette.RiskExtreme, `"MEDIUM"`: vedette.RiskModerate} {
		shapes, err := ReadShapes(strings.NewReader(strings.Replace(point, "%s", raw, 1)))
		if err != nil || shapes[0].Risk != want {
			t.Errorf("%s: %v, %v", raw, shapes, err)
		}
	}
	for _, raw := range []string{`"awful"`, `4`, `{}`, `["high"]`, `true`} {
		if _, err := ReadShapes(strings.NewReader(strings.Replace(point, "%s", raw, 1))); vedette.ErrorCode(err) != vedette.CodeInvalid {
			t.Errorf("%s was taken: %v", raw, err)
		}
	}
}
