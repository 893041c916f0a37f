package index

import (
	"cmp"
	"math"
	"slices"

	"vedette"
	"vedette/gazetteer/shape"
)

// grid has points by the degree they lie in, and there by the sixteenth of a
// degree, about 7 km.
type grid struct {
	squares map[int32]*square
	spread  uint16 // the largest ever
}

// square is a degree by a degree.
type square struct {
	cells  []cell // those with points, by number
	spread uint16
}

type cell struct {
	no     uint8
	spread uint16
	dots   []dot
	timed  []timedDot
}

// dot is a point to a ten-millionth of a degree, about a centimetre.
type dot struct {
	lat, lon int32
	of       uint32 // a person, or an area
	spread   uint16 // how far it may be off, or goes: hundreds of metres, rounded up
	site     bool
	travels  bool
}

// timedDot is a point for a time.
type timedDot struct {
	dot
	from, to int64
}

const (
	perDegree   = 1e7
	sixteenth   = perDegree / 16
	mostSpread  = math.MaxUint16 / 10 // km
	quantizedKM = 1e-4                // more than a dot is off its point
)

func newGrid() grid { return grid{squares: map[int32]*square{}} }

// dotAt makes a dot of a valid point.
func dotAt(p vedette.Point, spreadKM float64, of uint32) dot {
	return dot{lat: int32(math.Round(p.Lat * perDegree)), lon: int32(math.Round(p.Lon * perDegree)), of: of, spread: uint16(math.Ceil(spreadKM * 10))}
}

func (d *dot) point() vedette.Point {
	return vedette.Point{Lat: float64(d.lat) / perDegree, Lon: float64(d.lon) / perDegree}
}

func (d *dot) km() float64 { return float64(d.spread) / 10 }

func (d dot) compare(o dot) int {
	return cmp.Or(cmp.Compare(d.lat, o.lat), cmp.Compare(d.lon, o.lon), cmp.Compare(d.of, o.of), cmp.Compare(d.spread, o.spread), order(d.site, o.site), order(d.travels, o.travels))
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (d timedDot) compare(o timedDot) int {
	return cmp.Or(d.dot.compare(o.dot), cmp.Compare(d.from, o.from), cmp.Compare(d.to, o.to))
}

const squaresRound = 360

// cellOf gives the numbers of a dot's square and cell. The edges in the north
// and east belong to the last ones.
func cellOf(d *dot) (int32, uint8) {
	lat, lon := int(d.lat)+90*perDegree, int(d.lon)+180*perDegree
	row, col := min(lat/perDegree, 179), min(lon/perDegree, squaresRound-1)
	y, x := min((lat-row*perDegree)/sixteenth, 15), min((lon-col*perDegree)/sixteenth, 15)
	return int32(row*squaresRound + col), uint8(y*16 + x)
}

// add puts a dot in, for a time if there is one.
func (g *grid) add(d dot, e *spell) {
	no, sub := cellOf(&d)
	s := g.squares[no]
	if s == nil {
		s = &square{}
		g.squares[no] = s
	}
	i, have := slices.BinarySearchFunc(s.cells, sub, func(c cell, n uint8) int { return cmp.Compare(c.no, n) })
	if !have {
		s.cells = slices.Insert(s.cells, i, cell{no: sub})
	}
	c := &s.cells[i]
	if e == nil {
		c.dots = append(c.dots, d)
	} else {
		c.timed = append(c.timed, timedDot{d, e.from, e.to})
	}
	c.spread, s.spread, g.spread = max(c.spread, d.spread), max(s.spread, d.spread), max(g.spread, d.spread)
}

// remove takes out one dot. The largest spreads stay; they only widen where a
// search looks.
func (g *grid) remove(d dot, e *spell) {
	no, sub := cellOf(&d)
	s := g.squares[no]
	if s == nil {
		return
	}
	i, have := slices.BinarySearchFunc(s.cells, sub, func(c cell, n uint8) int { return cmp.Compare(c.no, n) })
	if !have {
		return
	}
	c := &s.cells[i]
	if e == nil {
		c.dots = without(c.dots, d)
	} else {
		c.timed = without(c.timed, timedDot{d, e.from, e.to})
	}
	if len(c.dots)+len(c.timed) == 0 {
		if s.cells = slices.Delete(s.cells, i, i+1); len(s.cells) == 0 {
			delete(g.squares, no)
		}
	}
}

// without takes one out and puts the last in its place.
func without[T comparable](list []T, one T) []T {
	if i := slices.Index(list, one); i >= 0 {
		last := len(list) - 1
		list[i] = list[last]
		list = list[:last]
	}
	return list
}

// area is a rectangle of the map, with its middle on the sphere and how far
// its corners are at most from that, in kilometres.
type area struct {
	mid vedette.Point
	on  vec
	km  float64
}

func newArea(south, west, size float64) area {
	mid := vedette.Point{Lat: south + size/2, Lon: west + size/2}
	half := size / 2 * shape.KMPerDegree
	// On a straight way over the map no degree of longitude is longer than at
	// the edge nearer to the equator.
	wide := 1.0
	if south > 0 {
		wide = math.Cos(south * math.Pi / 180)
	} else if north := south + size; north < 0 {
		wide = math.Cos(north * math.Pi / 180)
	}
	return area{mid, onSphere(mid), math.Hypot(half, half*wide) + edgeKM}
}

// search calls see with the cells that may have dots within the figure's
// distance, their own spread added, where own says so; with near nil all of a
// cell's are, else those that near takes.
func (g *grid) search(f *figure, own bool, see func(c *cell, near *figure)) {
	widest := f.km
	if own {
		widest += float64(g.spread) / 10
	}
	look := func(no int32, s *square) {
		south, west := float64(no/squaresRound)-90, float64(no%squaresRound)-180
		lie, near := f.lie(newArea(south, west, 1), spreadOf(own, s.spread))
		for i := range s.cells {
			c := &s.cells[i]
			switch lie {
			case within:
				see(c, nil)
			case touches:
				at := newArea(south+float64(c.no/16)/16, west+float64(c.no%16)/16, 1.0/16)
				switch l, closer := near.lie(at, spreadOf(own, c.spread)); l {
				case within:
					see(c, nil)
				case touches:
					see(c, closer)
				}
			}
		}
	}
	rows, cols := f.squares(widest)
	if len(rows)*len(cols) > len(g.squares) {
		for no, s := range g.squares {
			look(no, s)
		}
		return
	}
	for _, row := range rows {
		for _, col := range cols {
			if s := g.squares[row*squaresRound+col]; s != nil {
				look(row*squaresRound+col, s)
			}
		}
	}
}

func spreadOf(own bool, spread uint16) float64 {
	if !own {
		return 0
	}
	return float64(spread) / 10
}

// takes says whether a dot is within the figure's distance, its own spread
// added where own says so.
func (f *figure) takes(d *dot, own bool) bool {
	km := f.km + quantizedKM
	if own {
		km += d.km()
	}
	return f.reaches(d.point(), km)
}
