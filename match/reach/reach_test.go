package reach

import (
	"math"
	"math/rand/v2"
	"testing"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/shape"
)

func at(lat, lon float64) vedette.Point { return vedette.Point{Lat: lat, Lon: lon} }

func circle(lat, lon, km float64) *Figure {
	return Drawn(&vedette.Shape{Circle: &vedette.Circle{Center: at(lat, lon), KM: km}})
}

func ringOf(points ...vedette.Point) *Figure { return Drawn(&vedette.Shape{Polygon: points}) }

// box is a rectangle on the map; east may lie beyond 180.
func box(south, west, north, east float64) *Figure {
	wrap := func(lon float64) float64 {
		if lon > 180 {
			return lon - 360
		}
		return lon
	}
	return ringOf(at(south, wrap(west)), at(south, wrap(east)), at(north, wrap(east)), at(north, wrap(west)))
}

func TestHowFarOffAPointIs(t *testing.T) {
	for _, c := range []struct {
		what string
		of   *Figure
		from vedette.Point
		km   float64
	}{
		{"the middle of a circle", circle(30, 47, 10), at(30, 47), -10},
		{"a degree north of a circle's middle", circle(30, 47, 10), at(31, 47), 101.195},
		{"across the pole", circle(89, 0, 100), at(89, 180), 122.39},
		{"the pole in a circle", circle(89.5, 20, 100), at(90, 0), -44.402},
		{"a circle across the antimeridian", circle(-17, 179.9, 50), at(-17, -179.9), -28.732},
		{"inside a box", box(10, 40, 12, 42), at(11, 41), -109.15},
		{"north of a box", box(10, 40, 12, 42), at(13, 41), 111.18},
		{"on its corner", box(10, 40, 12, 42), at(12, 42), 0},
		{"on its side", box(10, 40, 12, 42), at(11, 42), 0},
		{"inside, east of the antimeridian", box(-20, 175, -10, 185), at(-15, -176), -107.4},
		{"inside, west of it", box(-20, 175, -10, 185), at(-15, 176), -107.4},
		{"east of it", box(-20, 175, -10, 185), at(-15, -174), 107.4},
		{"far round the world", box(-20, 175, -10, 185), at(15, 0), 19238},
		{"north of a long side, which runs along the parallel", box(50, 0, 60, 80), at(61, 40), 111.19},
		{"on it, where the great circle is 2,000 km off", box(50, 0, 60, 80), at(59.5, 40), -55.6},
		{"near the pole, in the gap of a band of 300 degrees",
			ringOf(at(80, -150), at(80, 0), at(80, 150), at(85, 150), at(85, 0), at(85, -150)), at(86, 180), 280},
	} {
		got := c.of.Off(At(c.from), math.Inf(1))
		if math.Abs(got-c.km) > 0.5+0.01*math.Abs(c.km) {
			t.Errorf("%s: %.3f km, want %.3f", c.what, got, c.km)
		}
		if limited := c.of.Off(At(c.from), 50); (limited <= 50) != (got <= 50) || got <= 50 && math.Abs(limited-got) > 1e-9 {
			t.Errorf("%s: %.3f km within a limit, %.3f without", c.what, limited, got)
		}
	}
}

// star draws a crooked polygon around a point, its corners at random distances.
func star(r *rand.Rand, c vedette.Point, corners int, degrees float64) *vedette.Shape {
	s := &vedette.Shape{}
	for i := range corners {
		a := 2 * math.Pi * float64(i) / float64(corners)
		d := degrees * (0.3 + 0.7*r.Float64())
		lon := c.Lon + d*math.Cos(a)/math.Cos(c.Lat*math.Pi/180)
		s.Polygon = append(s.Polygon, at(c.Lat+d*math.Sin(a), math.Mod(lon+540, 360)-180))
	}
	return s
}

// byHand measures to points all along the sides, as somebody with a ruler
// would.
func byHand(s *vedette.Shape, p vedette.Point) float64 {
	flat, _ := vedette.Unroll(s.Polygon)
	best := math.Inf(1)
	for i := range flat {
		a, b := flat[i], flat[(i+1)%len(flat)]
		for k := range 400 {
			f := float64(k) / 400
			best = min(best, gazetteer.Distance(p, at(a.Lat+(b.Lat-a.Lat)*f, a.Lon+(b.Lon-a.Lon)*f)))
		}
	}
	return best
}

// Everywhere on earth the distance to a polygon is that to the nearest point
// of its sides.
func TestDistanceByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	inside := 0
	for range 400 {
		c := at(r.Float64()*156-78, r.Float64()*360-180)
		if r.IntN(3) == 0 {
			c.Lon = 179.5
		}
		s := star(r, c, 3+r.IntN(12), 0.2+4*r.Float64())
		if s.Validate() != nil {
			continue
		}
		f := Drawn(s)
		for range 5 {
			p := at(c.Lat+r.Float64()*12-6, math.Mod(c.Lon+r.Float64()*12-6+540, 360)-180)
			got, want := f.Off(At(p), math.Inf(1)), byHand(s, p)
			if got < 0 {
				inside++
			}
			if math.Abs(math.Abs(got)-want) > 0.4+0.02*want {
				t.Fatalf("%v from %v: %.2f km, by hand %.2f", p, s.Polygon, got, want)
			}
		}
	}
	if inside < 100 {
		t.Errorf("only %d points inside: the test does not test", inside)
	}
}

func TestHowAreasLie(t *testing.T) {
	hook := ringOf(at(0, 0), at(0, 10), at(10, 10), at(10, 8), at(2, 8), at(2, 2), at(10, 2), at(10, 0)) // a U
	donut := Outline([]shape.Piece{{Box: shape.Box{West: 0, South: 0, East: 10, North: 10}, Rings: func() [][]vedette.Point {
		return [][]vedette.Point{{at(0, 0), at(0, 10), at(10, 10), at(10, 0), at(0, 0)}, {at(4, 4), at(4, 6), at(6, 6), at(6, 4), at(4, 4)}}
	}}})
	for _, c := range []struct {
		what       string
		shape, of  *Figure
		unsure     float64
		want       Lie
		otherwards Lie // the shape to the area
	}{
		{"a town in a circle", circle(30, 47, 50), circle(30.1, 47.1, 10), 0, Inside, Touches},
		{"a town on its edge", circle(30, 47, 50), circle(30.4, 47, 10), 0, Touches, Touches},
		{"a town beyond", circle(30, 47, 50), circle(31, 47, 10), 0, Apart, Apart},
		{"which the circle may reach", circle(30, 47, 50), circle(31, 47, 10), 60, Touches, Touches},
		{"a town in a box", box(0, 0, 10, 10), circle(5, 5, 20), 0, Inside, Touches},
		{"a country in a box", box(0, 0, 10, 10), box(2, 2, 8, 8), 0, Inside, Touches},
		{"the same box", box(0, 0, 10, 10), box(0, 0, 10, 10), 0, Inside, Inside},
		{"across, no corner in the other", box(4, -5, 6, 15), box(0, 0, 10, 10), 0, Touches, Touches},
		{"in the bay of a U", hook, box(5, 4, 8, 6), 0, Apart, Apart},
		{"over the bay: its corners are in, not all of it", hook, ringOf(at(1, 1), at(1, 9), at(9, 9), at(9, 1)), 0, Touches, Touches},
		{"in the hole of a land", circle(5, 5, 50), donut, 0, Apart, Apart},
		{"in the hole, unsure", circle(5, 5, 50), donut, 80, Touches, Touches},
		{"a land with a hole in a box", box(-1, -1, 11, 11), donut, 0, Inside, Touches},
		{"a land in a circle", circle(5, 5, 900), donut, 0, Inside, Touches},
		{"islands on both sides of the antimeridian", box(-20, 170, -10, 190), box(-16, -178, -15, -176), 0, Inside, Touches},
		{"an island beyond", box(-20, 170, -10, 190), box(-16, -168, -15, -166), 0, Apart, Apart},
		{"half the world away", box(-20, 170, -10, 190), box(-16, 0, -15, 1), 0, Apart, Apart},
		{"nothing", box(0, 0, 1, 1), &Figure{}, 0, Apart, Apart},
	} {
		if got := c.shape.Lie(c.of, c.unsure); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
		if got := c.of.Lie(c.shape, c.unsure); got != c.otherwards {
			t.Errorf("%s, the other way: %d, want %d", c.what, got, c.otherwards)
		}
	}
}

// Where two areas lie apart no point of one is in the other; where one is
// inside, all of its corners are.
func TestLieAgreesWithPoints(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var seen [3]int
	for range 3000 {
		c := at(r.Float64()*160-80, []float64{30, 179.7, -179.9}[r.IntN(3)])
		one := star(r, c, 3+r.IntN(9), 3)
		two := star(r, at(c.Lat+(r.Float64()-0.5)*5, c.Lon+0.1*r.Float64()), 3+r.IntN(9), 0.2+2.5*r.Float64())
		if one.Validate() != nil || two.Validate() != nil {
			continue
		}
		f, o := Drawn(one), Drawn(two)
		lie := f.Lie(o, 0)
		seen[lie]++
		for _, p := range two.Polygon {
			off := f.Off(At(p), math.Inf(1))
			if lie == Inside && off > 0.001 || lie == Apart && off < 0 {
				t.Fatalf("lie %d, and a corner is %.3f km off\n%v\n%v", lie, off, one.Polygon, two.Polygon)
			}
		}
		for _, p := range one.Polygon {
			if off := o.Off(At(p), math.Inf(1)); lie != Touches && off < 0 {
				t.Fatalf("lie %d, and a corner of the shape is inside\n%v\n%v", lie, one.Polygon, two.Polygon)
			}
		}
		if near := f.Lie(o, 100); near < lie {
			t.Fatalf("unsure it is %d, sure %d", near, lie)
		}
	}
	if min(seen[Apart], seen[Touches], seen[Inside]) < 30 {
		t.Errorf("seen %v: the test does not test", seen)
	}
}

func BenchmarkOff40Corners(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	f := Drawn(star(r, at(30, 47), 40, 1))
	p := at(30.2, 47.3)
	for b.Loop() {
		f.Off(At(p), 10)
	}
}
