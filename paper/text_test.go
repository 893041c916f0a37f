package paper

import (
	"math"
	"testing"

	"github.com/go-text/typesetting/di"
)

// Small print ends where it is reckoned to end, so that its words stand at their usual
// distance and a line from the right begins at the edge.
func TestSmallPrintIsAsWideAsItIsReckoned(t *testing.T) {
	s, err := New(About{Title: "x", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	line := []rune("Harbour Relief, 019cde20-8880-7213")
	for _, size := range []float64{5.3, 8.5, 10, 10.5} {
		s.pdf.SetFont(family, "", size)
		want, got := s.pdf.GetStringWidth(string(line)), advance(s.lines(line, make([]bool, len(line)), size, 1000, di.DirectionLTR)[0])
		if math.Abs(got-want) > want/100 {
			t.Errorf("at %v points it is reckoned %.1f wide and is %.1f", size, got, want)
		}
	}
}
