package cap

import (
	"slices"
	"strconv"
	"strings"

	"vedette"
)

// pointKM is the circle that a circle of no radius is drawn as: a point where something
// happened.
const pointKM = 1

// maxName bounds the name of a shape, in characters.
const maxName = 60

// words are what an area is called and what it draws. What cannot be drawn is counted.
func (a *area) words(w *vedette.SignalWords) {
	name := line(a.Desc)
	if name != "" && !slices.Contains(w.Areas, name) {
		w.Areas = append(w.Areas, name)
	}
	for _, s := range a.Polygons {
		draw(w, polygon(s), name)
	}
	for _, s := range a.Circles {
		draw(w, circle(s), name)
	}
}

// polygon reads "lat,lon lat,lon …", whose last point is its first again.
func polygon(s string) *vedette.Shape {
	var ring []vedette.Point
	for _, f := range strings.Fields(s) {
		p, ok := point(f)
		if !ok || len(ring) > vedette.MaxPolygonPoints {
			return nil
		}
		ring = append(ring, p)
	}
	if n := len(ring); n > 1 && ring[0] == ring[n-1] {
		ring = ring[:n-1]
	}
	return &vedette.Shape{Polygon: ring}
}

// circle reads "lat,lon km".
func circle(s string) *vedette.Shape {
	f := strings.Fields(s)
	if len(f) != 2 {
		return nil
	}
	at, ok := point(f[0])
	km, err := strconv.ParseFloat(f[1], 64)
	if !ok || err != nil {
		return nil
	}
	if km == 0 {
		km = pointKM
	}
	return &vedette.Shape{Circle: &vedette.Circle{Center: at, KM: km}}
}

func point(s string) (vedette.Point, bool) {
	lat, lon, ok := strings.Cut(s, ",")
	if !ok {
		return vedette.Point{}, false
	}
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	return vedette.Point{Lat: y, Lon: x}, err1 == nil && err2 == nil
}

// draw adds a shape, by the name of its area. What matching could not use is counted
// instead: the desk is told that it is missing.
func draw(w *vedette.SignalWords, s *vedette.Shape, name string) {
	if s == nil || s.Validate() != nil {
		w.Undrawn++
		return
	}
	s.Name = clipped(name, maxName)
	if all := append(w.Shapes, *s); vedette.ValidShapes(all) == nil {
		w.Shapes = all
		return
	}
	w.Undrawn++
}
