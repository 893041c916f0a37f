package shape

import (
	"math"

	"vedette"
)

// Holding gives the country whose outline holds the point, of several the
// smallest piece (an enclave may be thinner than the hole it lies in); "" and
// true on land that is counted in none.
func (o *Outlines) Holding(p vedette.Point) (vedette.AreaID, bool) {
	country, size, land := "", math.Inf(1), false
	for _, n := range o.around(p) {
		in := &o.all[n]
		if !o.holdsAround(in.shape, p) {
			continue
		}
		land = true
		if area := (in.East - in.West) * (in.North - in.South); in.key[0] != '!' && area < size {
			country, size = in.key, area
		}
	}
	return vedette.AreaID(country), land
}

// holdsAround says whether the shape holds the point, which may lie on a part
// that goes on beyond the antimeridian.
func (o *Outlines) holdsAround(s shape, p vedette.Point) bool {
	for _, turn := range []float64{0, 360, -360} {
		if q := (vedette.Point{Lat: p.Lat, Lon: p.Lon + turn}); s.Holds(q) && o.holds(s, q) {
			return true
		}
	}
	return false
}

// holds says whether the shape holds the point: a line from it to the east
// crosses the rings an odd number of times.
func (o *Outlines) holds(s shape, p vedette.Point) bool {
	n := 0
	for _, refs := range s.rings {
		for _, ref := range refs {
			a := &o.arcs[max(ref, ^ref)]
			if p.Lat >= a.South && p.Lat <= a.North && p.Lon <= a.East {
				n += Crossings(a.points, p)
			}
		}
	}
	return n%2 == 1
}

// Crossings counts how often a line from the point to the east crosses the
// path.
func Crossings(path []vedette.Point, p vedette.Point) int {
	n := 0
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < (b.Lon-a.Lon)*(p.Lat-a.Lat)/(b.Lat-a.Lat)+a.Lon {
			n++
		}
	}
	return n
}

// off gives the kilometres from a point to the shape's border where it
// is below the limit, and the limit or more otherwise. Over so short a way
// the earth is taken as flat.
func (o *Outlines) off(s shape, p vedette.Point, limit float64) float64 {
	best := limit
	for _, shift := range []float64{0, 360, -360} { // across the antimeridian
		q := vedette.Point{Lat: p.Lat, Lon: p.Lon + shift}
		if !s.near(q, best) {
			continue
		}
		for _, refs := range s.rings {
			for _, ref := range refs {
				if a := &o.arcs[max(ref, ^ref)]; a.near(q, best) {
					best = min(best, pathKM(a.points, q))
				}
			}
		}
	}
	return best
}

// pathKM is the distance from a point to a path, on a plane about the point.
func pathKM(path []vedette.Point, p vedette.Point) float64 {
	kx := KMPerDegree * math.Cos(radians(p.Lat))
	best := math.Inf(1)
	var ax, ay float64
	for i, q := range path {
		bx, by := (q.Lon-p.Lon)*kx, (q.Lat-p.Lat)*KMPerDegree
		if i > 0 {
			best = min(best, segment2(ax, ay, bx, by))
		}
		ax, ay = bx, by
	}
	return math.Sqrt(best)
}

// segment2 is the square of the distance from the origin to the line from a to
// b.
func segment2(ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Max(0, math.Min(1, -(ax*dx+ay*dy)/l))
	}
	x, y := ax+t*dx, ay+t*dy
	return x*x + y*y
}

// Near gives the kilometres from a point to a key's nearest border where they
// are below the limit, and the limit otherwise.
func (o *Outlines) Near(key string, p vedette.Point, limit float64) float64 {
	for _, s := range o.shapes[key] {
		limit = o.off(s, p, limit)
	}
	return limit
}

// Nearest gives the country whose border is nearest, "" where none is within
// the limit in kilometres.
func (o *Outlines) Nearest(p vedette.Point, limit float64) string {
	best := ""
	for _, n := range o.within(p, limit) {
		if in := &o.all[n]; in.key[0] != '!' {
			if d := o.off(in.shape, p, limit); d < limit {
				best, limit = in.key, d
			}
		}
	}
	return best
}

// Has says whether a key has an outline.
func (o *Outlines) Has(key string) bool { return len(o.shapes[key]) > 0 }

// Holds says whether a key's outline holds the point.
func (o *Outlines) Holds(key string, p vedette.Point) bool {
	for _, s := range o.shapes[key] {
		if o.holdsAround(s, p) {
			return true
		}
	}
	return false
}
