// Package reach measures areas of the earth: how far a point lies from the
// edge of one, and whether one lies in another. Distances are along great
// circles, in kilometres; a side of a polygon is the straight line of a map of
// degrees (RFC 7946, 3.1.1), the shorter way round. So neither the antimeridian
// nor a pole is anything special, but that no polygon may hold a pole.
package reach

import (
	"math"
	"sync"

	"vedette"
	"vedette/gazetteer/shape"
)

// Figure is an area of the earth: discs and polygons. The zero Figure holds
// nothing. It is safe for concurrent use.
type Figure struct{ parts []part }

// part is a disc; or, where it has rings, a polygon, which the disc holds.
type part struct {
	center vedette.Point
	on     vec // the center
	km     float64
	rings  func() []ring // nil for a disc
	box    shape.Box     // of a polygon
}

// ring is a closed line, its first point again at the end: as it lies on a map
// of degrees, which goes on beyond 180 degrees, and on the sphere. Its sides
// are so short that both are the same to 30 m.
type ring struct {
	flat []vedette.Point
	on   []vec
}

// Disc is everything within a distance of a point.
func Disc(center vedette.Point, km float64) *Figure {
	return &Figure{[]part{{center: center, on: onSphere(center), km: km}}}
}

// Drawn is a shape as it is drawn, which must be valid.
func Drawn(s *vedette.Shape) *Figure {
	if s.Circle != nil {
		return Disc(s.Circle.Center, s.Circle.KM)
	}
	flat, _ := vedette.Unroll(s.Polygon)
	flat = append(flat, flat[0])
	box := shape.Nowhere
	for _, q := range flat {
		box.Include(q)
	}
	rings := []ring{newRing(flat)}
	return &Figure{[]part{polygon(box, func() []ring { return rings })}}
}

// Outline is an area of polygons, each as closed rings, the outer one first,
// that go on beyond 180 degrees where they cross the antimeridian. A polygon is
// unpacked when something comes near it.
func Outline(pieces []shape.Piece) *Figure {
	f := &Figure{parts: make([]part, 0, len(pieces))}
	for _, p := range pieces {
		f.parts = append(f.parts, polygon(p.Box, sync.OnceValue(func() []ring {
			var rings []ring
			for _, r := range p.Rings() {
				rings = append(rings, newRing(r))
			}
			return rings
		})))
	}
	return f
}

// Add adds another area.
func (f *Figure) Add(o *Figure) { f.parts = append(f.parts, o.parts...) }

// Empty says whether the figure holds nothing.
func (f *Figure) Empty() bool { return len(f.parts) == 0 }

// Center is a point amid the figure's first part. It may lie outside of a
// crooked polygon.
func (f *Figure) Center() vedette.Point { return f.parts[0].center }

// polygon makes a part of rings and the box they lie in. From the middle of a
// box every point of it is reached by half its height along the meridian, and
// then half its width along a parallel, which is longest nearest to the equator.
func polygon(box shape.Box, rings func() []ring) part {
	p := part{rings: rings, box: box, center: vedette.Point{Lat: (box.South + box.North) / 2, Lon: (box.West + box.East) / 2}}
	widest := min(math.Abs(box.South), math.Abs(box.North))
	if box.South < 0 && box.North > 0 {
		widest = 0
	}
	p.km = shape.KMPerDegree * ((box.North-box.South)/2 + (box.East-box.West)/2*math.Cos(widest*math.Pi/180))
	p.on = onSphere(p.center)
	p.center.Lon = math.Remainder(p.center.Lon, 360)
	return p
}

// sideDegrees is the longest side of a ring. A straight line on a map of
// degrees leaves the great circle by 30 m at most over half a degree.
const sideDegrees = 0.5

// newRing copies a ring and cuts its long sides.
func newRing(points []vedette.Point) ring {
	r := ring{flat: make([]vedette.Point, 0, len(points))}
	for i, b := range points {
		if i > 0 {
			a := points[i-1]
			n := math.Ceil(max(math.Abs(b.Lat-a.Lat), math.Abs(b.Lon-a.Lon)) / sideDegrees)
			for k := 1.0; k < n; k++ {
				r.flat = append(r.flat, vedette.Point{Lat: a.Lat + (b.Lat-a.Lat)*k/n, Lon: a.Lon + (b.Lon-a.Lon)*k/n})
			}
		}
		r.flat = append(r.flat, b)
	}
	r.on = make([]vec, len(r.flat))
	for i, q := range r.flat {
		r.on[i] = onSphere(q)
	}
	return r
}

// onEdgeKM is how near an edge counts as on it, and so inside: a millimetre.
const onEdgeKM = 1e-6

// Off gives how far a spot lies outside of the figure, in kilometres; 0 on its
// edge, and below 0 inside, by the distance to the edge. Beyond a limit it may
// give any number that is greater.
func (f *Figure) Off(s Spot, limit float64) float64 {
	best := math.Inf(1)
	for i := range f.parts {
		best = min(best, f.parts[i].off(s, min(limit, best)))
	}
	return best
}

func (p *part) off(s Spot, limit float64) float64 {
	d := km(p.on.chord2(s.on)) - p.km
	if p.rings == nil || d > limit {
		return d
	}
	switch d = p.toEdge(s.on); {
	case d < onEdgeKM:
		return 0
	case p.holds(s.Point):
		return -d
	}
	return d
}

func (p *part) toEdge(v vec) float64 {
	best := math.Inf(1)
	for _, r := range p.rings() {
		on := r.on
		for k := 1; k < len(on); k++ {
			best = min(best, toSide(v, on[k-1], on[k]))
		}
	}
	return km(best)
}

// holds says whether a polygon holds a point: a line from it to the east
// crosses the rings an odd number of times.
func (p *part) holds(q vedette.Point) bool {
	for _, turn := range [...]float64{0, 360, -360} {
		at := vedette.Point{Lat: q.Lat, Lon: q.Lon + turn}
		if !p.box.Holds(at) {
			continue
		}
		n := 0
		for _, r := range p.rings() {
			n += shape.Crossings(r.flat, at)
		}
		if n%2 == 1 {
			return true
		}
	}
	return false
}
