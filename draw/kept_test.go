package draw_test

import (
	"bytes"
	"testing"

	"vedette"
	"vedette/draw"
	"vedette/gazetteer"
)

// A map that is kept is the one that would be drawn, also once another by the
// same name was.
func TestAMapThatIsKeptIsTheOneDrawn(t *testing.T) {
	g := gazetteer.Default()
	var k draw.Kept
	for range 2 {
		for _, m := range []draw.Map{
			{Title: "Map", Fills: []draw.Fill{{Area: "IQ", Risk: vedette.RiskHigh}}},
			{Title: "Map", Fills: []draw.Fill{{Area: "IQ", Risk: vedette.RiskLow}}},
			{Title: "Map", Marks: []draw.Mark{{At: vedette.Point{Lat: 33, Lon: 44}, Label: "Baghdad"}}},
		} {
			if got, want := k.SVG(g, m), m.SVG(g); !bytes.Equal(got, want) {
				t.Errorf("%+v is another map", m)
			}
		}
	}
}
