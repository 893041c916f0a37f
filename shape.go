package vedette

import "math"

// Shape is an area drawn on the map: a circle or a polygon, just one of them.
type Shape struct {
	Name    string  `json:"name,omitempty"`
	Circle  *Circle `json:"circle,omitempty"`
	Polygon []Point `json:"polygon,omitempty"`   // one ring, not closed: the last point is not the first again
	Unsure  float64 `json:"unsure_km,omitempty"` // how far the event may lie from where it is drawn
	Risk    Risk    `json:"risk,omitzero"`       // set for it by the analyst; unknown: that of its place
}

// Circle is everything within a distance of a point.
type Circle struct {
	Center Point   `json:"center"`
	KM     float64 `json:"km"`
}

// The bounds of a shape.
const (
	MaxCircleKM      = 5000
	MaxPolygonPoints = 1000
	MaxUnsureKM      = 500
	MaxShapes        = 200    // of one update or file
	MaxShapesPoints  = 10_000 // of all its polygons together
)

// ValidShapes says whether shapes can be matched together; the error names the
// one that cannot.
func ValidShapes(shapes []Shape) error {
	if n := len(shapes); n > MaxShapes {
		return Errorf(CodeInvalid, "%d shapes are drawn; give at most %d", n, MaxShapes)
	}
	points := 0
	for i := range shapes {
		s := &shapes[i]
		if err := s.Validate(); err != nil {
			return Wrap(err, CodeInvalid, "shape %d", i+1)
		}
		if points += len(s.Polygon); points > MaxShapesPoints {
			return Errorf(CodeInvalid, "the polygons have more than %d points together; draw them coarser", MaxShapesPoints)
		}
	}
	return nil
}

// Validate says whether the shape is one that can be matched. A polygon may
// cross the antimeridian, each side going the shorter way round, but not
// itself, and may not hold a pole.
func (s *Shape) Validate() error {
	switch {
	case s.Circle == nil && len(s.Polygon) == 0:
		return Errorf(CodeInvalid, "the shape is empty; give a circle or a polygon")
	case s.Circle != nil && len(s.Polygon) > 0:
		return Errorf(CodeInvalid, "the shape is a circle and a polygon at once; give one of them")
	case !(s.Unsure >= 0 && s.Unsure <= MaxUnsureKM):
		return Errorf(CodeInvalid, "the shape is unsure by %v km; give 0 to %d", s.Unsure, MaxUnsureKM)
	case s.Circle != nil:
		if !(s.Circle.KM > 0 && s.Circle.KM <= MaxCircleKM) {
			return Errorf(CodeInvalid, "the circle's radius is %v km; give more than 0 and at most %d", s.Circle.KM, MaxCircleKM)
		}
		return s.Circle.Center.Validate()
	}
	return validRing(s.Polygon)
}

func validRing(ring []Point) error {
	if n := len(ring); n < 3 || n > MaxPolygonPoints {
		return Errorf(CodeInvalid, "the polygon has %d points; give 3 to %d", n, MaxPolygonPoints)
	}
	for i, p := range ring {
		if err := p.Validate(); err != nil {
			return Wrap(err, CodeInvalid, "point %d of the polygon", i+1)
		}
		if p == ring[(i+1)%len(ring)] {
			return Errorf(CodeInvalid, "points %d and %d of the polygon are the same; leave one out", i+1, (i+1)%len(ring)+1)
		}
	}
	flat, round := Unroll(ring)
	if math.Abs(round) > 1 {
		return Errorf(CodeInvalid, "the polygon goes round a pole; split it into several that do not")
	}
	if i, j, crosses := crossing(flat); crosses {
		return Errorf(CodeInvalid, "the polygon crosses itself: its side after point %d meets that after point %d; put the points in order along its edge", i+1, j+1)
	}
	if area(flat) == 0 {
		return Errorf(CodeInvalid, "the polygon has no area: its points lie on one line")
	}
	return nil
}

// Unroll gives a ring with longitudes that go on beyond 180 degrees east or
// west where a side crosses the antimeridian, and by how many degrees the
// last side fails to close it: 0, or 360 either way for a ring round a pole.
func Unroll(ring []Point) (flat []Point, round float64) {
	flat = make([]Point, len(ring))
	lon := ring[0].Lon
	for i, p := range ring {
		if i > 0 {
			lon += shorter(p.Lon - ring[i-1].Lon)
		}
		flat[i] = Point{p.Lat, lon}
	}
	last := len(ring) - 1
	return flat, lon + shorter(ring[0].Lon-ring[last].Lon) - flat[0].Lon
}

// shorter turns a difference of longitudes into the shorter way round.
func shorter(d float64) float64 {
	for d > 180 {
		d -= 360
	}
	for d < -180 {
		d += 360
	}
	return d
}

// crossing finds two sides of a ring that meet but at the corner they share.
func crossing(ring []Point) (i, j int, crosses bool) {
	n := len(ring)
	for i := range n {
		for j := i + 1; j < n; j++ {
			a, b, c, d := ring[i], ring[(i+1)%n], ring[j], ring[(j+1)%n]
			next, last := j == i+1, i == 0 && j == n-1
			switch {
			case next && turn(a, b, d) == 0 && within(a, b, d), last && turn(c, d, b) == 0 && within(c, d, b):
				return i, j, true // it turns back on itself
			case !next && !last && meet(a, b, c, d):
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// meet says whether two sides have a point in common.
func meet(a, b, c, d Point) bool {
	abc, abd, cda, cdb := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if abc*abd < 0 && cda*cdb < 0 {
		return true
	}
	return abc == 0 && within(a, b, c) || abd == 0 && within(a, b, d) || cda == 0 && within(c, d, a) || cdb == 0 && within(c, d, b)
}

// turn is the sign of the turn from a over b to c: 1 left, -1 right, 0 none.
func turn(a, b, c Point) int {
	switch x := (b.Lon-a.Lon)*(c.Lat-a.Lat) - (b.Lat-a.Lat)*(c.Lon-a.Lon); {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// within says whether a point on the line through a and b lies between them.
func within(a, b, p Point) bool {
	return min(a.Lon, b.Lon) <= p.Lon && p.Lon <= max(a.Lon, b.Lon) && min(a.Lat, b.Lat) <= p.Lat && p.Lat <= max(a.Lat, b.Lat)
}

func area(ring []Point) (twice float64) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		twice += p.Lon*q.Lat - q.Lon*p.Lat
	}
	return math.Abs(twice)
}
