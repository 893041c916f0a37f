package main

import (
	"math"
	"slices"
)

// edge is a step of a border, the division's land to its right.
type edge struct{ from, to gridPoint }

// borders turns the divisions' pieces into arcs that neighbours share: each
// line between two divisions, and each stretch of coast, once. So they can be
// simplified without gaps between neighbours.
type borders struct {
	outline
	next  map[gridPoint]int // how many other points a point has a step to
	known map[edge]int      // the first step of an arc, and of it backwards → its reference
	lines [][]gridPoint     // the arcs, before they are simplified
	size  []float64         // of an arc: that of the smallest division it bounds, in steps
}

// newBorders makes outlines of the divisions, and of those that hold others.
func newBorders(divisions []*division) *outline {
	b := &borders{next: map[gridPoint]int{}, known: map[edge]int{}}
	b.shapes = map[string][]polygon{}
	b.Transform.Scale = [2]float64{1. / perDegree, 1. / perDegree}
	all := make([][]edge, len(divisions))
	met := map[edge]bool{}
	for i, d := range divisions {
		all[i] = outerEdges(d.pieces)
		for _, e := range all[i] {
			if back := (edge{e.to, e.from}); !met[e] && !met[back] {
				met[e] = true
				b.next[e.from]++
				b.next[e.to]++
			}
		}
	}
	refs := make([][]int, len(divisions))
	for i := range divisions {
		refs[i] = b.arcsOf(all[i])
	}
	b.pack()
	for i, d := range divisions {
		if len(refs[i]) > 0 {
			b.shapes[d.id] = b.clean(b.nest(b.stitch(refs[i])))
		}
	}
	b.unite(divisions)
	return &b.outline
}

// outerEdges gives the steps of all pieces but those that two of them share.
func outerEdges(pieces []*piece) []edge {
	count := map[edge]int{}
	var order []edge
	for _, p := range pieces {
		for _, polygon := range p.polygons {
			for i, r := range polygon {
				for _, e := range edgesOf(r, i == 0) {
					if back := (edge{e.to, e.from}); count[back] > 0 {
						count[back]--
						continue
					}
					count[e]++
					order = append(order, e)
				}
			}
		}
	}
	var out []edge
	for _, e := range order {
		if count[e] > 0 {
			count[e]--
			out = append(out, e)
		}
	}
	return out
}

// edgesOf gives a ring's steps: an outer one's clockwise, a hole's the other
// way.
func edgesOf(r []gridPoint, outer bool) []edge {
	if (ringArea(r) < 0) != outer {
		r = slices.Clone(r)
		slices.Reverse(r)
	}
	out := make([]edge, 0, len(r))
	for i := 1; i < len(r); i++ {
		out = append(out, edge{r[i-1], r[i]})
	}
	return out
}

// ringArea is twice the signed area, below zero for clockwise.
func ringArea(r []gridPoint) float64 {
	a := 0.0
	for i := 1; i < len(r); i++ {
		a += float64(r[i-1].x)*float64(r[i].y) - float64(r[i].x)*float64(r[i-1].y)
	}
	return a
}

// arcsOf cuts a division's border where other lines meet it, and gives the
// references of the arcs.
func (b *borders) arcsOf(edges []edge) []int {
	starts := map[gridPoint][]int{}
	box := nothing
	for i, e := range edges {
		starts[e.from] = append(starts[e.from], i)
		box = [4]int32{min(box[0], e.from.x), min(box[1], e.from.y), max(box[2], e.from.x), max(box[3], e.from.y)}
	}
	size := math.Sqrt(float64(box[2]-box[0]) * float64(box[3]-box[1]))
	used := make([]bool, len(edges))
	var out []int
	for pass := range 2 { // first the arcs from crossing to crossing, then whole rings
		for i, e := range edges {
			if used[i] || pass == 0 && b.next[e.from] == 2 {
				continue
			}
			line := b.walk(edges, starts, used, i)
			out = append(out, b.reference(line, size))
		}
	}
	return out
}

// walk follows a border from an edge to the next crossing, or round to where
// it began.
func (b *borders) walk(edges []edge, starts map[gridPoint][]int, used []bool, i int) []gridPoint {
	line := []gridPoint{edges[i].from}
	for i >= 0 {
		used[i] = true
		at := edges[i].to
		line = append(line, at)
		i = -1
		if b.next[at] == 2 && at != line[0] {
			for _, k := range starts[at] {
				if !used[k] {
					i = k
					break
				}
			}
		}
	}
	return line
}

// reference gives the arc of a line, a new one where neither it nor its
// reverse is known.
func (b *borders) reference(line []gridPoint, size float64) int {
	if line[0] == line[len(line)-1] && b.next[line[0]] == 2 {
		line = fromLeast(line)
	}
	n := len(line)
	if ref, ok := b.known[edge{line[0], line[1]}]; ok {
		i := max(ref, ^ref)
		b.size[i] = min(b.size[i], size)
		return ref
	}
	ref := len(b.lines)
	b.lines, b.size = append(b.lines, line), append(b.size, size)
	b.known[edge{line[0], line[1]}] = ref
	b.known[edge{line[n-1], line[n-2]}] = ^ref
	return ref
}

// fromLeast turns a ring so that it begins at its least point: both sides of
// it begin there.
func fromLeast(ring []gridPoint) []gridPoint {
	least := 0
	for i, p := range ring {
		if p.x < ring[least].x || p.x == ring[least].x && p.y < ring[least].y {
			least = i
		}
	}
	n := len(ring) - 1
	out := make([]gridPoint, 0, n+1)
	for i := range n + 1 {
		out = append(out, ring[(least+i)%n])
	}
	return out
}

// pack simplifies the lines and writes them as the arcs of the outline.
func (b *borders) pack() {
	for i, line := range b.lines {
		line = simplify(line, min(tolerance, b.size[i]*fineness))
		arc := make([][2]int64, len(line))
		var x, y int32
		for k, p := range line {
			arc[k] = [2]int64{int64(p.x - x), int64(p.y - y)}
			x, y = p.x, p.y
		}
		b.Arcs = append(b.Arcs, arc)
	}
}

// clean drops polygons that simplifying left nothing of, and islets, but for
// the largest.
func (b *borders) clean(polygons []polygon) []polygon {
	largest, most := -1, 0.0
	size := make([]float64, len(polygons))
	for i, p := range polygons {
		if size[i] = math.Abs(area(b.points(p[0]))); size[i] > most {
			largest, most = i, size[i]
		}
	}
	var out []polygon
	for i, p := range polygons {
		if i != largest && (size[i] < islet && len(p[0]) == 1 || b.speck(p[0])) {
			continue
		}
		out = append(out, append(polygon{p[0]}, slices.DeleteFunc(slices.Clone(p[1:]), b.speck)...))
	}
	return out
}

// unite gives the divisions that hold others the outline of all their parts.
func (b *borders) unite(divisions []*division) {
	for _, d := range divisions {
		var parts []polygon
		for _, part := range divisions {
			if part.parent == d.id {
				parts = append(parts, b.shapes[part.id]...)
			}
		}
		if len(parts) > 0 && len(d.pieces) == 0 {
			b.shapes[d.id] = b.dissolve(parts)
		}
	}
}
