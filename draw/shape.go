package draw

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"vedette"
)

// ring is a drawn shape as it is laid on the map.
type ring struct {
	points []vedette.Point // longitudes may run on beyond 180
	risk   vedette.Risk
	name   string
}

// ringOf lays a shape on the map; false for one that cannot be.
func ringOf(s *vedette.Shape) (ring, bool) {
	if s.Validate() != nil || s.Risk < vedette.RiskUnknown || s.Risk > vedette.RiskExtreme {
		return ring{}, false
	}
	r := ring{risk: s.Risk, name: s.Name}
	if s.Circle != nil {
		r.points = roundOf(s.Circle)
		return r, true
	}
	r.points, _ = vedette.Unroll(s.Polygon)
	return r, true
}

// The corners a circle is drawn with, and the radius of the earth.
const (
	corners = 72
	earthKM = 6371.0
)

// roundOf gives the edge of a circle on the globe, its longitudes about that
// of its centre. Round a pole it goes to the map's edge.
func roundOf(c *vedette.Circle) []vedette.Point {
	const rad = math.Pi / 180
	far, lat := c.KM/earthKM, c.Center.Lat*rad
	var out []vedette.Point
	for i := range corners {
		turn := 2 * math.Pi * float64(i) / corners
		y := math.Asin(math.Sin(lat)*math.Cos(far) + math.Cos(lat)*math.Sin(far)*math.Cos(turn))
		x := math.Atan2(math.Sin(turn)*math.Sin(far)*math.Cos(lat), math.Cos(far)-math.Sin(lat)*math.Sin(y))
		out = append(out, vedette.Point{Lat: y / rad, Lon: c.Center.Lon + x/rad})
	}
	if pole := math.Copysign(90, c.Center.Lat); math.Abs(c.Center.Lat)+far/rad > 90 {
		return overPole(out, c.Center.Lon, pole)
	}
	return out
}

// overPole makes a strip up to a pole out of the edge of a circle that holds
// it: the edge from west to east, and back along the pole.
func overPole(edge []vedette.Point, middle, pole float64) []vedette.Point {
	slices.SortFunc(edge, func(a, b vedette.Point) int { return cmp.Compare(a.Lon, b.Lon) })
	first, last := edge[0], edge[len(edge)-1]
	return append(edge, vedette.Point{Lat: last.Lat, Lon: middle + 180}, vedette.Point{Lat: pole, Lon: middle + 180},
		vedette.Point{Lat: pole, Lon: middle - 180}, vedette.Point{Lat: first.Lat, Lon: middle - 180})
}

// drawn draws the shapes, over the ground and under the names.
func (d *drawing) drawn() {
	for _, r := range d.rings {
		path, extent := d.view.paths(nil, [][][]vedette.Point{{append(r.points, r.points[0])}}, speck)
		if len(path) > 0 {
			fmt.Fprintf(&d.b, `<path class="fill-%s drawn" fill="url(#%s-%s)" d="%s"/>`+"\n", r.risk, d.id, r.risk, path)
		}
		if extent.x1-extent.x0 < leastShape && extent.y1-extent.y0 < leastShape {
			if p, ok := d.view.place(middleOf(r.points)); ok {
				fmt.Fprintf(&d.b, `<circle class="fill-%s drawn" fill="url(#%s-%s)" cx="%.1f" cy="%.1f" r="9"/>`+"\n", r.risk, d.id, r.risk, p.x, p.y)
			}
		}
	}
}

func middleOf(points []vedette.Point) vedette.Point {
	s := spanOf(points)
	return vedette.Point{Lat: (s.south + s.north) / 2, Lon: (s.from + s.to) / 2}
}
