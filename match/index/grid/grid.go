// Package grid keeps points by where on the earth they lie, and finds those
// in a figure and within a distance of it.
package grid

import (
	"cmp"
	"math"
	"slices"
	"unsafe"

	"vedette"
	"vedette/gazetteer/shape"
)

// Grid has points by the degree they lie in, and there by the sixteenth of a
// degree, about 7 km.
type Grid struct {
	squares map[int32]*square
	spread  uint16 // the largest ever
}

// square is a degree by a degree.
type square struct {
	cells  []Cell // those with points, by number
	spread uint16
}

// Cell is a sixteenth of a degree by a sixteenth.
type Cell struct {
	Dots   []Dot   // those that are always there
	Timed  []Timed // those that are for a time
	no     uint8
	spread uint16 // the largest
}

// Dot is a point to a ten-millionth of a degree, about a centimetre.
type Dot struct {
	lat, lon int32
	Of       uint32 // a person, or an area
	spread   uint16 // how far it may be off, or goes: hundreds of metres, rounded up
	Site     bool   // because of a site
	Travels  bool   // of a trip
}

// Timed is a dot for a time.
type Timed struct {
	Dot
	From, To int64
}

const (
	perDegree   = 1e7
	sixteenth   = perDegree / 16
	quantizedKM = 1e-4 // more than a dot is off its point

	// MostSpread is the largest spread of a dot, in kilometres.
	MostSpread = math.MaxUint16 / 10
)

// New makes an empty grid.
func New() Grid { return Grid{squares: map[int32]*square{}} }

// At makes a dot of a valid point with a spread from 0 to MostSpread.
func At(p vedette.Point, spreadKM float64, of uint32) Dot {
	return Dot{lat: int32(math.Round(p.Lat * perDegree)), lon: int32(math.Round(p.Lon * perDegree)), Of: of, spread: uint16(math.Ceil(spreadKM * 10))}
}

func (d *Dot) point() vedette.Point {
	return vedette.Point{Lat: float64(d.lat) / perDegree, Lon: float64(d.lon) / perDegree}
}

func km(spread uint16) float64 { return float64(spread) / 10 }

// Compare orders dots in some way.
func (d Timed) Compare(o Timed) int {
	return cmp.Or(cmp.Compare(d.lat, o.lat), cmp.Compare(d.lon, o.lon), cmp.Compare(d.Of, o.Of), cmp.Compare(d.spread, o.spread),
		order(d.Site, o.Site), order(d.Travels, o.Travels), cmp.Compare(d.From, o.From), cmp.Compare(d.To, o.To))
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

// around is how many degrees are around the earth.
const around = 360

// place gives the numbers of a dot's square and cell. The edges in the north
// and east belong to the last ones.
func (d *Dot) place() (int32, uint8) {
	lat, lon := int(d.lat)+90*perDegree, int(d.lon)+180*perDegree
	row, col := min(lat/perDegree, 179), min(lon/perDegree, around-1)
	y, x := min((lat-row*perDegree)/sixteenth, 15), min((lon-col*perDegree)/sixteenth, 15)
	return int32(row*around + col), uint8(y*16 + x)
}

// Add puts a dot in that is always there.
func (g *Grid) Add(d Dot) {
	c := g.grow(&d)
	c.Dots = append(c.Dots, d)
}

// AddTimed puts a dot in for a time.
func (g *Grid) AddTimed(d Timed) {
	c := g.grow(&d.Dot)
	c.Timed = append(c.Timed, d)
}

// grow gives the cell for a dot.
func (g *Grid) grow(d *Dot) *Cell {
	no, sub := d.place()
	s := g.squares[no]
	if s == nil {
		s = &square{}
		g.squares[no] = s
	}
	i, have := s.find(sub)
	if !have {
		s.cells = slices.Insert(s.cells, i, Cell{no: sub})
	}
	c := &s.cells[i]
	c.spread, s.spread, g.spread = max(c.spread, d.spread), max(s.spread, d.spread), max(g.spread, d.spread)
	return c
}

func (s *square) find(no uint8) (int, bool) {
	return slices.BinarySearchFunc(s.cells, no, func(c Cell, n uint8) int { return cmp.Compare(c.no, n) })
}

// Remove takes out one dot that is always there.
func (g *Grid) Remove(d Dot) {
	g.shrink(&d, func(c *Cell) { c.Dots = without(c.Dots, d) })
}

// RemoveTimed takes out one dot for a time.
func (g *Grid) RemoveTimed(d Timed) {
	g.shrink(&d.Dot, func(c *Cell) { c.Timed = without(c.Timed, d) })
}

// shrink takes something out of a dot's cell. The largest spreads stay; they
// only widen where a search looks.
func (g *Grid) shrink(d *Dot, take func(*Cell)) {
	no, sub := d.place()
	s := g.squares[no]
	if s == nil {
		return
	}
	i, have := s.find(sub)
	if !have {
		return
	}
	c := &s.cells[i]
	if take(c); len(c.Dots)+len(c.Timed) == 0 {
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

// area is a square of the map, with its middle on the sphere and how far its
// corners are at most from that, in kilometres.
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

// Search calls see with the cells that may have dots within the figure's
// distance; where spread says so, each dot's own is added. With near nil all
// of a cell are within, else those that near takes.
func (g *Grid) Search(f *Figure, spread bool, see func(c *Cell, near *Figure)) {
	own := func(s uint16) float64 {
		if spread {
			return km(s)
		}
		return 0
	}
	look := func(no int32, s *square) {
		south, west := float64(no/around)-90, float64(no%around)-180
		lie, near := f.lie(newArea(south, west, 1), own(s.spread))
		for i := range s.cells {
			c := &s.cells[i]
			switch lie {
			case within:
				see(c, nil)
			case touches:
				at := newArea(south+float64(c.no/16)/16, west+float64(c.no%16)/16, 1.0/16)
				switch l, closer := near.lie(at, own(c.spread)); l {
				case within:
					see(c, nil)
				case touches:
					see(c, closer)
				}
			}
		}
	}
	rows, cols := f.squares(f.km + own(g.spread))
	if len(rows)*len(cols) > len(g.squares) {
		for no, s := range g.squares {
			look(no, s)
		}
		return
	}
	for _, row := range rows {
		for _, col := range cols {
			if s := g.squares[row*around+col]; s != nil {
				look(row*around+col, s)
			}
		}
	}
}

// Takes says whether a dot is within the figure's distance; where spread says
// so, its own is added.
func (f *Figure) Takes(d *Dot, spread bool) bool {
	far := f.km + quantizedKM
	if spread {
		far += km(d.spread)
	}
	return f.reaches(d.point(), far)
}

// Trim gives back what was kept to grow into.
func (g *Grid) Trim() {
	for _, s := range g.squares {
		s.cells = trimmed(s.cells)
		for i := range s.cells {
			c := &s.cells[i]
			c.Dots, c.Timed = trimmed(c.Dots), trimmed(c.Timed)
		}
	}
}

func trimmed[T any](s []T) []T {
	if cap(s)-len(s) <= cap(s)/8 {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}

// Bytes says what the grid holds, its map by estimate.
func (g *Grid) Bytes() int {
	n := 0
	for _, s := range g.squares {
		n += 2*12 + int(unsafe.Sizeof(square{})) + cap(s.cells)*int(unsafe.Sizeof(Cell{}))
		for i := range s.cells {
			n += cap(s.cells[i].Dots)*int(unsafe.Sizeof(Dot{})) + cap(s.cells[i].Timed)*int(unsafe.Sizeof(Timed{}))
		}
	}
	return n
}
