package main

import (
	"encoding/json"
	"fmt"
	"math"

	"vedette"
)

// geometry is a shape of a TopoJSON file.
type geometry struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"` // ISO 3166-1 numeric
	Arcs       json.RawMessage `json:"arcs"`
	Properties struct {
		Name string `json:"name"`
	} `json:"properties"`
}

func (g geometry) polygons() ([]polygon, error) {
	switch g.Type {
	case "Polygon":
		var p polygon
		err := json.Unmarshal(g.Arcs, &p)
		return []polygon{p}, err
	case "MultiPolygon":
		var ps []polygon
		err := json.Unmarshal(g.Arcs, &ps)
		return ps, err
	}
	return nil, fmt.Errorf("%q is a %s, not a polygon", g.Properties.Name, g.Type)
}

// area is twice the signed area in degrees, below zero for clockwise rings.
func area(pts [][2]float64) float64 {
	a := 0.0
	for i := range len(pts) - 1 {
		a += pts[i][0]*pts[i+1][1] - pts[i+1][0]*pts[i][1]
	}
	return a
}

// inside says whether the closed line holds the point.
func inside(pts [][2]float64, x, y float64) bool {
	in := false
	for i := range len(pts) - 1 {
		a, b := pts[i], pts[i+1]
		if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

// center gives a point well inside the country's largest piece: of a grid of
// points in it, the one farthest from the border.
func (o *outline) center(code string) (vedette.Point, bool) {
	var largest polygon
	most := 0.0
	for _, p := range o.shapes[code] {
		if a := math.Abs(area(o.points(p[0]))); a > most {
			largest, most = p, a
		}
	}
	if largest == nil {
		return vedette.Point{}, false
	}
	var rings [][][2]float64
	for _, r := range largest {
		rings = append(rings, o.points(r))
	}
	x, y := deepest(rings)
	x -= 360 * math.Floor((x+180)/360)
	return vedette.Point{Lat: y, Lon: x}, true
}

// deepest searches a grid over the outer ring's box, then a finer one about
// the best point.
func deepest(rings [][][2]float64) (x, y float64) {
	west, south, east, north := bounds(rings[0])
	shrink := math.Cos((south + north) / 2 * math.Pi / 180)
	best := -1.0
	for range 3 {
		const steps = 24
		w, s, dx, dy := west, south, (east-west)/steps, (north-south)/steps
		for i := range steps {
			for j := range steps {
				px, py := w+(float64(i)+.5)*dx, s+(float64(j)+.5)*dy
				if d := depth(rings, px, py, shrink); d > best {
					best, x, y = d, px, py
				}
			}
		}
		west, east, south, north = x-dx, x+dx, y-dy, y+dy
	}
	if best < 0 {
		x, y = rings[0][0][0], rings[0][0][1]
	}
	return x, y
}

func bounds(pts [][2]float64) (west, south, east, north float64) {
	west, south, east, north = 180, 90, -180, -90
	for _, p := range pts {
		west, east = min(west, p[0]), max(east, p[0])
		south, north = min(south, p[1]), max(north, p[1])
	}
	return
}

// depth is the squared distance to the nearest corner of the border, below
// zero outside.
func depth(rings [][][2]float64, x, y, shrink float64) float64 {
	in, nearest := false, math.Inf(1)
	for _, r := range rings {
		if inside(r, x, y) {
			in = !in
		}
		for _, p := range r {
			dx, dy := (p[0]-x)*shrink, p[1]-y
			nearest = min(nearest, dx*dx+dy*dy)
		}
	}
	if !in {
		return -1
	}
	return nearest
}
