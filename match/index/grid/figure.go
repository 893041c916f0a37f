package grid

import (
	"math"

	"vedette"
	"vedette/gazetteer/shape"
)

// Figure is a place that people are looked for in and within so many
// kilometres of: a disc, or a polygon. It measures as match/reach does, on the
// sphere, with the sides of a polygon straight on a map of degrees; but fast
// for many points close together, for which few of its sides matter.
type Figure struct {
	km float64 // how far around it

	center vedette.Point // of a disc
	on     vec
	wide   float64 // how wide a degree is there, of one at the equator
	radius float64

	rings [][]vedette.Point // of a polygon, closed; they may go on beyond 180 degrees
	box   shape.Box         // of the rings
	sides []side            // those that may be nearest to the points in question
}

// vec is a point of the unit sphere.
type vec struct{ x, y, z float64 }

func onSphere(p vedette.Point) vec {
	lat, lon := p.Lat*math.Pi/180, p.Lon*math.Pi/180
	c := math.Cos(lat)
	return vec{c * math.Cos(lon), c * math.Sin(lon), math.Sin(lat)}
}

func (a vec) dot(b vec) float64 { return a.x*b.x + a.y*b.y + a.z*b.z }

func (a vec) cross(b vec) vec {
	return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

func (a vec) chord2(b vec) float64 {
	x, y, z := a.x-b.x, a.y-b.y, a.z-b.z
	return x*x + y*y + z*z
}

// kmOf turns the square of a chord into the way along the ground.
func kmOf(chord2 float64) float64 {
	return 2 * shape.EarthKM * math.Asin(min(math.Sqrt(chord2)/2, 1))
}

// side is a part of a polygon's edge, an arc of a great circle so short that
// it leaves the straight line on the map by less than edgeKM.
type side struct {
	a, b, n  vec // n = a × b
	nn       float64
	from, to vedette.Point // on the map
}

const (
	sideDegrees = 0.5 // as in match/reach, so that both measure to the same arcs
	edgeKM      = 0.2 // near a pole a straight line leaves the great circle by up to 0.12 km
)

// chord2 is the squared chord from a point to the nearest of the side.
func (s *side) chord2(p vec) float64 {
	if s.nn > 1e-24 && s.n.dot(s.a.cross(p)) >= 0 && s.n.dot(p.cross(s.b)) >= 0 {
		off := s.n.dot(p)
		sin2 := min(off*off/s.nn, 1)
		return 2 * sin2 / (1 + math.Sqrt(1-sin2))
	}
	return min(p.chord2(s.a), p.chord2(s.b))
}

// Disc makes a figure of all within a radius of a point, with all within so
// many kilometres of that.
func Disc(center vedette.Point, radius, km float64) *Figure {
	return &Figure{km: km, center: center, on: onSphere(center), wide: math.Cos(center.Lat * math.Pi / 180), radius: radius}
}

// Drawn makes a figure of a valid shape and all within so many kilometres.
func Drawn(s *vedette.Shape, km float64) *Figure {
	if s.Circle != nil {
		return Disc(s.Circle.Center, s.Circle.KM, km)
	}
	flat, _ := vedette.Unroll(s.Polygon)
	return Polygon([][]vedette.Point{append(flat, flat[0])}, km)
}

// Polygon makes a figure of closed rings, that go on beyond 180 degrees where
// they cross the antimeridian, and all within so many kilometres.
func Polygon(rings [][]vedette.Point, km float64) *Figure {
	f := &Figure{km: km, rings: rings}
	f.box = shape.Box{West: math.Inf(1), South: math.Inf(1), East: math.Inf(-1), North: math.Inf(-1)}
	for _, r := range rings {
		for i, q := range r {
			f.box.Include(q)
			if i > 0 {
				f.addSides(r[i-1], q)
			}
		}
	}
	return f
}

func (f *Figure) addSides(a, b vedette.Point) {
	n := max(math.Ceil(max(math.Abs(b.Lat-a.Lat), math.Abs(b.Lon-a.Lon))/sideDegrees), 1)
	from, on := a, onSphere(a)
	for k := 1.0; k <= n; k++ {
		to := vedette.Point{Lat: a.Lat + (b.Lat-a.Lat)*k/n, Lon: a.Lon + (b.Lon-a.Lon)*k/n}
		next := onSphere(to)
		x := on.cross(next)
		f.sides = append(f.sides, side{on, next, x, x.dot(x), from, to})
		from, on = to, next
	}
}

// reaches says whether a point is in the figure or within so many kilometres.
func (f *Figure) reaches(p vedette.Point, km float64) bool {
	if f.rings == nil {
		return f.byStreets(p) <= f.radius+km || kmOf(f.on.chord2(onSphere(p))) <= f.radius+km
	}
	if f.holds(p) {
		return true
	}
	off := f.toEdge(onSphere(p))
	return off <= km || off <= edgeKM && f.onEdge(p)
}

// byStreets is how far it is from the centre of a disc to a point by going along
// the centre's parallel, then along a meridian: no less than the straight way,
// and for most points of a disc near enough to tell.
func (f *Figure) byStreets(p vedette.Point) float64 {
	lon := math.Abs(math.Remainder(p.Lon-f.center.Lon, 360))
	return (math.Abs(p.Lat-f.center.Lat) + lon*f.wide) * shape.KMPerDegree
}

// onEdge says whether a point is nearer to an edge, as it runs on the map,
// than a dot may be off: the other side of that edge may be right.
func (f *Figure) onEdge(p vedette.Point) bool {
	for i := range f.sides {
		s := &f.sides[i]
		lon := s.from.Lon + math.Remainder(p.Lon-s.from.Lon, 360)
		dx, dy := s.to.Lon-s.from.Lon, s.to.Lat-s.from.Lat
		x, y := lon-s.from.Lon, p.Lat-s.from.Lat
		t := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			t = min(max((x*dx+y*dy)/l, 0), 1)
		}
		if math.Hypot(x-t*dx, y-t*dy) <= 3/perDegree {
			return true
		}
	}
	return false
}

func (f *Figure) toEdge(v vec) float64 {
	best := math.Inf(1)
	for i := range f.sides {
		best = min(best, f.sides[i].chord2(v))
	}
	return kmOf(best)
}

// holds says whether a polygon holds a point: a line from it to the east
// crosses the rings an odd number of times.
func (f *Figure) holds(p vedette.Point) bool {
	for _, turn := range [...]float64{0, 360, -360} {
		at := vedette.Point{Lat: p.Lat, Lon: p.Lon + turn}
		if !f.box.Holds(at) {
			continue
		}
		n := 0
		for _, r := range f.rings {
			n += shape.Crossings(r, at)
		}
		if n%2 == 1 {
			return true
		}
	}
	return false
}

// lying is how a rectangle lies to a figure and what is around it.
type lying int8

const (
	apart   lying = iota
	touches       // some of it may be within the distance
	within        // all of it is
)

// lie says how a rectangle lies, for points that may be off by a spread; and,
// where it touches, the figure by what matters for points in it.
func (f *Figure) lie(a area, spread float64) (lying, *Figure) {
	if f.rings == nil {
		switch d := kmOf(f.on.chord2(a.on)); {
		case d+a.km <= f.radius+f.km:
			return within, nil
		case d-a.km > f.radius+f.km+spread+quantizedKM:
			return apart, nil
		}
		return touches, f
	}
	far := make([]float64, len(f.sides))
	nearest := math.Inf(1)
	for i := range f.sides {
		far[i] = kmOf(f.sides[i].chord2(a.on))
		nearest = min(nearest, far[i])
	}
	switch {
	case nearest+a.km <= f.km:
		return within, nil
	case nearest > a.km: // no side enters it: all of it is in, or out
		if f.holds(a.mid) {
			return within, nil
		}
		if nearest-a.km > f.km+spread+quantizedKM {
			return apart, nil
		}
	}
	near := *f
	near.sides = nil
	for i, d := range far {
		// For a point of the rectangle a side is nearest only if it is not
		// farther from the middle than the nearest there, and twice the way.
		if d <= nearest+2*a.km && d-a.km <= f.km+spread+quantizedKM {
			near.sides = append(near.sides, f.sides[i])
		}
	}
	return touches, &near
}

// squares gives the rows and columns of degrees that hold all points within so
// many kilometres of the figure.
func (f *Figure) squares(km float64) (rows, cols []int32) {
	b := f.box
	if f.rings == nil {
		km += f.radius
		b = shape.Box{West: f.center.Lon, East: f.center.Lon, South: f.center.Lat, North: f.center.Lat}
	}
	const hair = 1e-3 // degrees; what lies on the antimeridian lies on both sides
	d := km/shape.KMPerDegree + hair
	south, north := max(b.South-d, -90), min(b.North+d, 90)
	for row := floor(south) + 90; row <= min(floor(north)+90, 179); row++ {
		rows = append(rows, int32(row))
	}
	west, east := -180, 179
	// Toward a pole degrees get shorter.
	if top := max(math.Abs(b.South), math.Abs(b.North)) + d; top < 89 {
		wide := d / math.Cos(top*math.Pi/180)
		if w, e := floor(b.West-wide), floor(b.East+wide); e-w < around-1 {
			west, east = w, e
		}
	}
	for col := west; col <= east; col++ {
		cols = append(cols, int32((col+180+2*around)%around))
	}
	return rows, cols
}

func floor(x float64) int { return int(math.Floor(x)) }
