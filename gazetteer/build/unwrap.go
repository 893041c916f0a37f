package main

import (
	"math"
	"slices"
)

// unwrap makes rings that cross the antimeridian whole: where a line jumps
// from one edge of the map to the other, it goes on beyond the edge instead.
// A ring about a pole, which never comes back, stays as it is.
func (o *outline) unwrap() {
	turn := int64(math.Round(360 / o.Transform.Scale[0]))
	for key, polygons := range o.shapes {
		if key[0] == '!' {
			continue // the arcs are a country's
		}
		for _, p := range polygons {
			for _, r := range p {
				o.unwrapRing(r, turn)
			}
		}
	}
}

func (o *outline) unwrapRing(r ring, turn int64) {
	shifts := make([][]int64, len(r)) // one for each point of each arc, in reading direction
	var shift, last int64
	jumped := false
	for i, ref := range r {
		for k, x := range o.xs(ref) {
			if d := x - last; i+k > 0 && (d > turn/2 || d < -turn/2) {
				shift -= turn * sign(d)
				jumped = true
			}
			last = x
			shifts[i] = append(shifts[i], shift)
		}
	}
	if !jumped || shift != 0 {
		return
	}
	most := commonest(shifts)
	for i, ref := range r {
		for k := range shifts[i] {
			shifts[i][k] -= most
		}
		o.shiftArc(ref, shifts[i])
	}
}

// commonest gives the shift of the ring's greater part, which is to stay
// where it is: neighbours share its arcs.
func commonest(shifts [][]int64) int64 {
	count := map[int64]int{}
	for _, arc := range shifts {
		for _, s := range arc {
			count[s]++
		}
	}
	most := int64(0)
	for s, n := range count {
		if n > count[most] || n == count[most] && s > most {
			most = s
		}
	}
	return most
}

func sign(d int64) int64 {
	if d < 0 {
		return -1
	}
	return 1
}

// xs gives the quantised longitudes of an arc in reading direction.
func (o *outline) xs(ref int) []int64 {
	a := o.Arcs[max(ref, ^ref)]
	out := make([]int64, len(a))
	var x int64
	for k, p := range a {
		x += p[0]
		out[k] = x
	}
	if ref < 0 {
		slices.Reverse(out)
	}
	return out
}

// shiftArc moves each point of an arc, given in reading direction, to the east.
func (o *outline) shiftArc(ref int, shifts []int64) {
	if ref < 0 {
		shifts = slices.Clone(shifts)
		slices.Reverse(shifts)
	}
	var before int64
	for k, s := range shifts {
		o.Arcs[max(ref, ^ref)][k][0] += s - before
		before = s
	}
}
