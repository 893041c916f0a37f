package draw

import (
	"math"
	"strconv"

	"vedette"
)

const (
	outside   = 6.0 // pixels beyond the view that shapes are clipped at
	tolerance = 0.4 // pixels a simplified line may be off
	speck     = 2.0 // square pixels; smaller pieces are left out
)

// paths appends polygons as SVG path data, in every place where the view
// shows them. It gives the box they take in pixels.
func (v view) paths(b []byte, polygons [][][]vedette.Point, least float64) ([]byte, box) {
	all := emptyBox
	for _, rings := range polygons {
		s := spanOf(rings[0])
		for _, turn := range turns {
			lo, hi := v.at(vedette.Point{Lat: s.north, Lon: s.from}, turn), v.at(vedette.Point{Lat: s.south, Lon: s.to}, turn)
			if hi.x < 0 || lo.x > v.width || hi.y < 0 || lo.y > v.height {
				continue
			}
			for i, ring := range rings {
				pts := v.clip(v.project(ring, turn))
				if math.Abs(area(pts)) < least {
					if i == 0 {
						break // its holes are smaller still
					}
					continue
				}
				pts = simplify(pts)
				if len(pts) < 3 {
					continue
				}
				for _, p := range pts {
					all.include(p)
				}
				b = appendPath(b, pts)
			}
		}
	}
	return b, all
}

// project gives a ring's points in pixels, without those that fall on the one
// before and without the repeated first.
func (v view) project(ring []vedette.Point, turn float64) []xy {
	out := make([]xy, 0, len(ring))
	for _, p := range ring {
		q := v.at(p, turn)
		if n := len(out); n > 0 && math.Abs(out[n-1].x-q.x)+math.Abs(out[n-1].y-q.y) < 0.15 {
			continue
		}
		out = append(out, q)
	}
	if n := len(out); n > 1 && out[0] == out[n-1] {
		out = out[:n-1]
	}
	return out
}

// clip cuts a ring at the four sides of the view, a little outside it.
func (v view) clip(pts []xy) []xy {
	for _, side := range []struct {
		upright bool
		limit   float64
		below   bool // keep what is below the limit
	}{{true, -outside, false}, {true, v.width + outside, true}, {false, -outside, false}, {false, v.height + outside, true}} {
		in := func(p xy) float64 {
			d := p.y - side.limit
			if side.upright {
				d = p.x - side.limit
			}
			if side.below {
				d = -d
			}
			return d
		}
		pts = cut(pts, in)
		if len(pts) == 0 {
			return nil
		}
	}
	return pts
}

// cut keeps the part of a ring where in is not below zero (Sutherland and
// Hodgman's rule for one side).
func cut(pts []xy, in func(xy) float64) []xy {
	var out []xy
	for i, p := range pts {
		before := pts[(i+len(pts)-1)%len(pts)]
		a, c := in(before), in(p)
		if a < 0 != (c < 0) {
			t := a / (a - c)
			out = append(out, xy{before.x + t*(p.x-before.x), before.y + t*(p.y-before.y)})
		}
		if c >= 0 {
			out = append(out, p)
		}
	}
	return out
}

// area is the signed area of a ring in square pixels.
func area(pts []xy) float64 {
	a := 0.0
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		a += p.x*q.y - q.x*p.y
	}
	return a / 2
}

// simplify leaves out points that lie within the tolerance of the line of
// those kept (Douglas and Peucker's rule), from the first point and the one
// farthest from it.
func simplify(pts []xy) []xy {
	if len(pts) < 5 {
		return pts
	}
	far := 0
	for i, p := range pts {
		if distance(p, pts[0]) > distance(pts[far], pts[0]) {
			far = i
		}
	}
	keep := make([]bool, len(pts)+1)
	closed := append(pts[:len(pts):len(pts)], pts[0])
	keep[0], keep[far] = true, true
	stack := [][2]int{{0, far}, {far, len(pts)}}
	for len(stack) > 0 {
		part := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		worst, off := 0, tolerance
		for i := part[0] + 1; i < part[1]; i++ {
			if d := offLine(closed[i], closed[part[0]], closed[part[1]]); d > off {
				worst, off = i, d
			}
		}
		if worst > 0 {
			keep[worst] = true
			stack = append(stack, [2]int{part[0], worst}, [2]int{worst, part[1]})
		}
	}
	out := make([]xy, 0, len(pts)/4)
	for i, p := range pts {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

func distance(a, b xy) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// offLine is the distance of p from the line between a and b.
func offLine(p, a, b xy) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Max(0, math.Min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/l))
	}
	return distance(p, xy{a.x + t*dx, a.y + t*dy})
}

// appendPath appends a closed path in tenths of a pixel, each point from the
// one before.
func appendPath(b []byte, pts []xy) []byte {
	b = append(b, 'M')
	lastX, lastY := 0, 0
	for i, p := range pts {
		x, y := int(math.Round(p.x*10)), int(math.Round(p.y*10))
		switch {
		case i == 1:
			b = append(b, 'l')
		case i > 1 && x == lastX && y == lastY:
			continue
		}
		b = appendTenth(b, x-lastX, i > 1)
		b = appendTenth(b, y-lastY, true)
		lastX, lastY = x, y
	}
	return append(b, 'z')
}

// appendTenth appends n/10, with a space before it where one is needed.
func appendTenth(b []byte, n int, apart bool) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	} else if apart {
		b = append(b, ' ')
	}
	if n >= 10 || n == 0 {
		b = strconv.AppendInt(b, int64(n/10), 10)
	}
	if n%10 != 0 {
		b = append(b, '.', byte('0'+n%10))
	}
	return b
}
