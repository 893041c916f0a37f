package main

// dissolve takes away the borders between pieces of one country: an arc that
// one ring reads forwards and another backwards. The edge of the map is one.
func (o *outline) dissolve(polygons []polygon) []polygon {
	uses := map[int]int{}
	for _, p := range polygons {
		for _, r := range p {
			for _, ref := range r {
				uses[ref]++
			}
		}
	}
	var untouched []polygon
	var left []int
	for _, p := range polygons {
		if !shares(p, uses) {
			untouched = append(untouched, p)
			continue
		}
		for _, r := range p {
			for _, ref := range r {
				if uses[^ref] == 0 {
					left = append(left, ref)
				}
			}
		}
	}
	rings := o.stitch(left)
	for _, r := range rings {
		if pts := o.points(r); pts[0] != pts[len(pts)-1] {
			return polygons // lines that touch by quantising; leave them
		}
	}
	return append(untouched, o.nest(rings)...)
}

func shares(p polygon, uses map[int]int) bool {
	for _, r := range p {
		for _, ref := range r {
			if uses[^ref] > 0 {
				return true
			}
		}
	}
	return false
}

// stitch joins arcs end to start into closed rings.
func (o *outline) stitch(arcs []int) []ring {
	starts := map[[2]float64][]int{}
	for _, ref := range arcs {
		a := o.arc(ref)
		starts[a[0]] = append(starts[a[0]], ref)
	}
	used := map[int]bool{}
	var rings []ring
	for _, first := range arcs {
		if used[first] {
			continue
		}
		var r ring
		for ref, ok := first, true; ok; ref, ok = o.after(ref, starts, used) {
			used[ref] = true
			r = append(r, ref)
		}
		rings = append(rings, r)
	}
	return rings
}

// after gives an unused arc that starts where this one ends.
func (o *outline) after(ref int, starts map[[2]float64][]int, used map[int]bool) (int, bool) {
	a := o.arc(ref)
	for _, next := range starts[a[len(a)-1]] {
		if !used[next] {
			return next, true
		}
	}
	return 0, false
}

// nest puts the holes (counter-clockwise) into the outer rings that hold them.
func (o *outline) nest(rings []ring) []polygon {
	var out []polygon
	var holes []ring
	for _, r := range rings {
		if area(o.points(r)) <= 0 {
			out = append(out, polygon{r})
		} else {
			holes = append(holes, r)
		}
	}
	for _, h := range holes {
		p := o.points(h)[0]
		for i := range out {
			if inside(o.points(out[i][0]), p[0], p[1]) {
				out[i] = append(out[i], h)
				break
			}
		}
	}
	return out
}
