package main

import "math"

const (
	tolerance = 0.006 * perDegree // how far a simplified line may be off, in steps: some 600 m
	fineness  = 0.02              // and no farther than this share of the division's size
	islet     = 0.0002            // twice the area in square degrees below which an island is left out: some 1.2 km²
)

// simplify drops the points of a line that lie within so many steps of it
// without them (Ramer, Douglas, Peucker). A closed line keeps four points.
func simplify(line []gridPoint, off float64) []gridPoint {
	n := len(line)
	keep := make([]bool, n)
	keep[0], keep[n-1] = true, true
	shrink := math.Cos(float64(line[0].y) / perDegree * math.Pi / 180)
	if line[0] == line[n-1] && n > 3 {
		far := farthest(line, line[0], shrink)
		keep[far] = true
		halve(line, 0, far, off, shrink, keep)
		halve(line, far, n-1, off, shrink, keep)
		keep[far/2], keep[(far+n)/2] = true, true
	} else {
		halve(line, 0, n-1, off, shrink, keep)
	}
	var out []gridPoint
	for i, k := range keep {
		if k {
			out = append(out, line[i])
		}
	}
	return out
}

func farthest(line []gridPoint, from gridPoint, shrink float64) int {
	best, most := 1, -1.0
	for i, p := range line[:len(line)-1] {
		dx, dy := float64(p.x-from.x)*shrink, float64(p.y-from.y)
		if d := dx*dx + dy*dy; d > most {
			best, most = i, d
		}
	}
	return max(best, 1)
}

// halve keeps the point between two that is farthest off their line, and goes
// on with both halves.
func halve(line []gridPoint, from, to int, off, shrink float64, keep []bool) {
	if to-from < 2 {
		return
	}
	worst, most := -1, off
	for i := from + 1; i < to; i++ {
		if d := offLine(line[from], line[to], line[i], shrink); d > most {
			worst, most = i, d
		}
	}
	if worst < 0 {
		return
	}
	keep[worst] = true
	halve(line, from, worst, off, shrink, keep)
	halve(line, worst, to, off, shrink, keep)
}

// offLine is the distance of p from the line a to b, in steps of latitude.
func offLine(a, b, p gridPoint, shrink float64) float64 {
	ax, ay := float64(a.x-p.x)*shrink, float64(a.y-p.y)
	bx, by := float64(b.x-p.x)*shrink, float64(b.y-p.y)
	dx, dy := bx-ax, by-ay
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, -(ax*dx+ay*dy)/l))
	}
	return math.Hypot(ax+t*dx, ay+t*dy)
}
