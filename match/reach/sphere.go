package reach

import (
	"math"

	"vedette"
	"vedette/gazetteer/shape"
)

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

// chord2 is the square of the straight line between two points.
func (a vec) chord2(b vec) float64 {
	x, y, z := a.x-b.x, a.y-b.y, a.z-b.z
	return x*x + y*y + z*z
}

// km turns the square of a chord into the way along the ground.
func km(chord2 float64) float64 {
	return 2 * shape.EarthKM * math.Asin(min(math.Sqrt(chord2)/2, 1))
}

// toSide is the squared chord from a point to the nearest point of the great
// circle's arc from a to b.
func toSide(p, a, b vec) float64 {
	n := a.cross(b)
	if nn := n.dot(n); nn > 1e-24 && n.dot(a.cross(p)) >= 0 && n.dot(p.cross(b)) >= 0 {
		off := n.dot(p)
		sin2 := min(off*off/nn, 1)
		return 2 * sin2 / (1 + math.Sqrt(1-sin2))
	}
	return min(p.chord2(a), p.chord2(b))
}

// Spot is a point made ready to be measured against many areas.
type Spot struct {
	vedette.Point
	on vec
}

// At makes a point ready.
func At(p vedette.Point) Spot { return Spot{p, onSphere(p)} }

// KM is the great-circle distance to another spot.
func (s Spot) KM(o Spot) float64 { return km(s.on.chord2(o.on)) }
