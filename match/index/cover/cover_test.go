package cover_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index/cover"
	"vedette/match/reach"
)

// Where match/reach, by which the rule measures, says that a shape and an area
// have something in common, their covers meet; and covers of places far apart
// do not.
func TestCoversMeetWhereverShapesDo(t *testing.T) {
	g := gazetteer.Default()
	r := rand.New(rand.NewPCG(3, 3))
	areas := []vedette.AreaID{"FJ", "FR-IDF", "LB", "IS", "NZ", "BT", "SG", "RU-CHU", "MV", "red-sea", "persian-gulf", "AQ", "US-HI", "ME", "IQ-BA"}
	figures, met, apart := map[vedette.AreaID]*reach.Figure{}, 0, 0
	for _, id := range areas {
		figures[id] = reach.Outline(g.Pieces(id))
		if figures[id].Empty() {
			t.Fatalf("%s has no outline", id)
		}
	}
	for range 600 {
		id := areas[r.IntN(len(areas))]
		a, _ := g.Area(id)
		size := []float64{0.05, 0.5, 4}[r.IntN(3)]
		c := vedette.Point{Lat: min(max(a.Center.Lat+r.NormFloat64()*4, -89), 89), Lon: math.Remainder(a.Center.Lon+r.NormFloat64()*4, 360)}
		s := &vedette.Shape{Unsure: []float64{0, 0, 40, 300}[r.IntN(4)]}
		if r.IntN(2) == 0 {
			s.Circle = &vedette.Circle{Center: c, KM: size * 111}
		} else {
			for i := range 3 + r.IntN(9) {
				at, d := float64(i)*0.5, size*(0.3+r.Float64())
				s.Polygon = append(s.Polygon, vedette.Point{Lat: min(max(c.Lat+d*math.Sin(at), -90), 90), Lon: math.Remainder(c.Lon+d*math.Cos(at), 360)})
			}
		}
		if s.Validate() != nil {
			continue
		}
		drawn := cover.Drawn(s, s.Unsure)
		meets := drawn.Meets(cover.Land(g, id))
		switch lie := reach.Drawn(s).Lie(figures[id], s.Unsure); {
		case lie != reach.Apart && !meets:
			t.Fatalf("%s and %+v %+v meet, their covers do not", id, s, s.Circle)
		case lie != reach.Apart:
			met++
		case !meets:
			apart++
		}
	}
	if met < 100 || apart < 100 {
		t.Errorf("%d met, %d are apart: the test does not test", met, apart)
	}
}

// A division without an outline is covered by its towns; a region by its
// members; an area nobody knows by nothing.
func TestCoversOfAreasWithoutAnOutline(t *testing.T) {
	g := gazetteer.Default()
	bare := 0
	seen := map[vedette.AreaID]bool{}
	g.Cities(-180, -90, 180, 90, 0, func(town vedette.Area) {
		home := g.Ancestors(town.ID)[0]
		if seen[home] || len(g.Outline(home, true)) > 0 {
			return
		}
		seen[home] = true
		bare++
		here := cover.Drawn(&vedette.Shape{Circle: &vedette.Circle{Center: town.Center, KM: 1}}, 0)
		if !here.Meets(cover.Land(g, home)) {
			t.Errorf("%s does not cover its town %s", home, town.Name)
		}
	})
	if bare == 0 {
		t.Error("every division has an outline: the test does not test")
	}
	basra := cover.Drawn(&vedette.Shape{Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: 1}}, 0)
	if !basra.Meets(cover.Land(g, "mena")) || basra.Meets(cover.Land(g, "caribbean")) || basra.Meets(cover.Land(g, "no-such-area")) {
		t.Error("Basra is covered by the wrong areas")
	}
}
