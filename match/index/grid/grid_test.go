package grid_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index/grid"
	"vedette/match/reach"
)

// star draws a shape about a point that does not cross itself, or none.
func star(r *rand.Rand, lat, lon, size float64, corners int) *vedette.Shape {
	s := &vedette.Shape{}
	if corners < 3 {
		s.Circle = &vedette.Circle{Center: vedette.Point{Lat: lat, Lon: lon}, KM: size * 111}
	}
	for i := range corners {
		if corners < 3 {
			break
		}
		a, d := 2*math.Pi*float64(i)/float64(corners), size*(0.2+r.Float64())
		s.Polygon = append(s.Polygon, vedette.Point{Lat: min(max(lat+d*math.Sin(a), -90), 90), Lon: math.Remainder(lon+d*math.Cos(a), 360)})
	}
	if s.Validate() != nil {
		return nil
	}
	return s
}

// search gives the dots the grid finds.
func search(g *grid.Grid, f *grid.Figure) map[uint32]bool {
	found := map[uint32]bool{}
	g.Search(f, true, func(c *grid.Cell, near *grid.Figure) {
		for i := range c.Dots {
			if near == nil || near.Takes(&c.Dots[i], true) {
				found[c.Dots[i].Of] = true
			}
		}
	})
	return found
}

// FuzzPolygon: the grid finds every point that match/reach, which the rule
// measures by, says is within the distance; and none that is farther by more
// than a side, straight on the map, leaves the great circle.
func FuzzPolygon(f *testing.F) {
	f.Add(uint64(1), 33.3, 44.4, 0.5, uint8(40), 0.0)
	f.Add(uint64(2), -17.0, 179.9, 3.0, uint8(7), 60.0)
	f.Add(uint64(3), 88.0, 0.0, 1.5, uint8(5), 0.0)
	f.Add(uint64(4), 0.0, -180.0, 20.0, uint8(3), 500.0)
	f.Add(uint64(5), 60.0, 100.0, 0.01, uint8(0), 0.1)
	f.Add(uint64(6), -89.9, 10.0, 10.0, uint8(1), 5.0)
	f.Add(uint64(7), 70.0, 20.0, 15.0, uint8(12), 0.0)
	f.Fuzz(func(t *testing.T, seed uint64, lat, lon, size float64, corners uint8, km float64) {
		if !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && size > 1e-4 && size < 40 && km >= 0 && km <= 2000) {
			return
		}
		r := rand.New(rand.NewPCG(seed, 1))
		s := star(r, lat, lon, size, int(corners%60))
		if s == nil {
			return
		}
		g, points, spreads := grid.New(), []vedette.Point{}, []float64{}
		for i := range 400 {
			p, spread := draw(r, s, lat, lon, size+km/111, i), 0.0
			if r.IntN(5) == 0 {
				spread = r.Float64() * 40
			}
			points, spreads = append(points, p), append(spreads, spread)
			g.Add(grid.At(p, spread, uint32(i)))
		}
		found, rule := search(&g, grid.Drawn(s, km)), reach.Drawn(s)
		for i, p := range points {
			far := km + spreads[i]
			off := rule.Off(reach.At(p), far+200)
			if off <= far && !found[uint32(i)] {
				t.Fatalf("misses %v with spread %v, %.9f km off, within %v of %+v", p, spreads[i], off, km, s)
			}
			if found[uint32(i)] && off > math.Ceil(spreads[i]*10)/10+km+0.15 {
				t.Fatalf("finds %v with spread %v, %.9f km off, within %v of %+v", p, spreads[i], off, km, s)
			}
		}
	})
}

// draw draws a point about a shape: anywhere, on a corner or a side, near one,
// on the antimeridian, at a pole.
func draw(r *rand.Rand, s *vedette.Shape, lat, lon, size float64, i int) vedette.Point {
	p := vedette.Point{Lat: lat + r.NormFloat64()*size, Lon: lon + r.NormFloat64()*size}
	if n := len(s.Polygon); n > 0 && i%3 == 0 {
		a, b := s.Polygon[i%n], s.Polygon[(i+1)%n]
		k := []float64{0, 0.5, r.Float64()}[r.IntN(3)]
		p = vedette.Point{Lat: a.Lat + (b.Lat-a.Lat)*k, Lon: a.Lon + math.Remainder(b.Lon-a.Lon, 360)*k}
		off := []float64{0, 1e-8, 1e-5, 1e-3}[r.IntN(4)]
		p.Lat, p.Lon = p.Lat+r.NormFloat64()*off, p.Lon+r.NormFloat64()*off
	}
	switch i % 50 {
	case 0:
		p.Lon = 180
	case 1:
		p.Lon = -180
	case 2:
		p.Lat = 90
	case 3:
		p.Lat = -90
	}
	return vedette.Point{Lat: min(max(p.Lat, -90), 90), Lon: math.Remainder(p.Lon, 360)}
}

// By circles, a look at all with the distance along a great circle finds the
// same, while dots come and go.
func TestCirclesFindWhatALookAtAllFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	g, dots := grid.New(), map[uint32]vedette.Point{}
	for n := range uint32(6000) {
		p := vedette.Point{Lat: 33 + r.NormFloat64()*0.2, Lon: 44 + r.NormFloat64()*0.2}
		if r.IntN(2) == 0 {
			p = vedette.Point{Lat: r.Float64()*180 - 90, Lon: r.Float64()*360 - 180}
		}
		dots[n] = p
		g.Add(grid.At(p, 0, n))
		if n%3 == 0 {
			old := uint32(r.IntN(int(n) + 1))
			if at, have := dots[old]; have {
				g.Remove(grid.At(at, 0, old))
				delete(dots, old)
			}
		}
	}
	for range 300 {
		c := vedette.Point{Lat: 33 + r.NormFloat64()*0.3, Lon: 44 + r.NormFloat64()*0.3}
		if r.IntN(2) == 0 {
			c = vedette.Point{Lat: r.Float64()*180 - 90, Lon: r.Float64()*360 - 180}
		}
		km := []float64{1, 25, 300, 4000, 15000}[r.IntN(5)] * r.Float64()
		found := search(&g, grid.Disc(c, km, 0))
		for n, p := range dots {
			if d := gazetteer.Distance(c, p); (d <= km) != found[n] && math.Abs(d-km) > 0.001 {
				t.Fatalf("%v is %v km from %v, found: %v within %v", p, d, c, found[n], km)
			}
		}
	}
}
