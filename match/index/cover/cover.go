// Package cover says, coarsely, what of the earth areas and shapes cover, and
// which of them may meet.
package cover

import (
	"iter"
	"math"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/shape"
)

// Cover is the quarter degrees that an area of the earth touches, by rows
// from the south: coarse, but never too small. It says which countries,
// divisions, regions and seas may meet a shape; the rule looks closer.
type Cover struct {
	south int // number of the first row
	rows  []band
}

type band [cols / 64]uint64

const (
	perDegree = 4 // rows and columns in a degree
	cols      = 1472
	around    = 360 * perDegree // columns in use, the rest fills the last word
	Height    = 180 * perDegree // rows of the earth
	rowKM     = shape.KMPerDegree / perDegree
)

// set marks the columns from one to another, counted on beyond the
// antimeridian.
func (c *Cover) set(row, from, to int) {
	row = min(max(row, 0), Height-1)
	if len(c.rows) == 0 {
		c.south, c.rows = row, make([]band, 1)
	}
	if row < c.south {
		c.rows, c.south = append(make([]band, c.south-row, c.south-row+len(c.rows)), c.rows...), row
	}
	for row >= c.south+len(c.rows) {
		c.rows = append(c.rows, band{})
	}
	if to-from >= around {
		from, to = 0, around-1
	}
	r := &c.rows[row-c.south]
	for col := from; col <= to; col++ {
		at := (col%around + around) % around
		r[at/64] |= 1 << (at % 64)
	}
}

func (c *Cover) add(o *Cover) {
	for i := range o.rows {
		c.set(o.south+i, 0, -1) // so that there is one
		r := &c.rows[o.south+i-c.south]
		for k, w := range o.rows[i] {
			r[k] |= w
		}
	}
}

// Rows gives the numbers of the cover's rows, below Height.
func (c *Cover) Rows() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range c.rows {
			if !yield(c.south + i) {
				return
			}
		}
	}
}

// Meets says whether two covers have something in common.
func (c *Cover) Meets(o *Cover) bool {
	if len(c.rows) == 0 || len(o.rows) == 0 {
		return false
	}
	for row := max(c.south, o.south); row < min(c.south+len(c.rows), o.south+len(o.rows)); row++ {
		a, b := &c.rows[row-c.south], &o.rows[row-o.south]
		for k := range a {
			if a[k]&b[k] != 0 {
				return true
			}
		}
	}
	return false
}

// disc marks all within so many kilometres of a point.
func (c *Cover) disc(center vedette.Point, km float64) {
	top := min(Height-1, floor((center.Lat+90+km/shape.KMPerDegree)*perDegree))
	for row := max(0, floor((center.Lat+90-km/shape.KMPerDegree)*perDegree)); row <= top; row++ {
		// All of the row is within half its height of its middle.
		lat := (float64(row)+0.5)/perDegree - 90
		wide := halfWidth(center.Lat, lat, km+rowKM/2+hairKM)
		if wide >= 0 {
			c.set(row, floor((center.Lon-wide+180)*perDegree), floor((center.Lon+wide+180)*perDegree))
		}
	}
}

// halfWidth gives how many degrees of longitude a disc about a point of a
// latitude reaches to each side on another, below 0 for none.
func halfWidth(center, lat, km float64) float64 {
	a, b := center*math.Pi/180, lat*math.Pi/180
	if km >= math.Pi*shape.EarthKM {
		return 180
	}
	x := math.Cos(km/shape.EarthKM) - math.Sin(a)*math.Sin(b)
	switch y := math.Cos(a) * math.Cos(b); {
	case x <= -y:
		return 180
	case x > y:
		return -1
	default:
		return math.Acos(x/y) * 180 / math.Pi
	}
}

// rings marks the edges and the inside of a polygon.
func (c *Cover) rings(rings [][]vedette.Point) {
	crossed := map[int][]float64{} // by row, where edges cross its middle
	for _, r := range rings {
		for i := 1; i < len(r); i++ {
			c.edge(r[i-1], r[i], crossed)
		}
	}
	for row, at := range crossed {
		slices.Sort(at)
		for i := 1; i < len(at); i += 2 {
			c.set(row, floor((at[i-1]+180)*perDegree), floor((at[i]+180)*perDegree))
		}
	}
}

func (c *Cover) edge(a, b vedette.Point, crossed map[int][]float64) {
	if a.Lat > b.Lat {
		a, b = b, a
	}
	lonAt := func(lat float64) float64 {
		if b.Lat == a.Lat {
			return a.Lon
		}
		return a.Lon + (b.Lon-a.Lon)*(lat-a.Lat)/(b.Lat-a.Lat)
	}
	// An edge may be an arc of a great circle as well.
	const hair = 1e-2 // degrees
	wide := hair + hairKM/shape.KMPerDegree/max(math.Cos(max(-a.Lat, b.Lat)*math.Pi/180), 1e-4)
	first, last := floor((a.Lat-hair+90)*perDegree), floor((b.Lat+hair+90)*perDegree)
	for row := first; row <= last; row++ {
		south := float64(row)/perDegree - 90
		u, v := lonAt(min(max(a.Lat, south), b.Lat)), lonAt(max(min(b.Lat, south+1.0/perDegree), a.Lat))
		if a.Lat == b.Lat {
			u, v = a.Lon, b.Lon
		}
		u, v = min(u, v)-wide, max(u, v)+wide
		c.set(row, floor((u+180)*perDegree), floor((v+180)*perDegree))
		if mid := south + 0.5/perDegree; (a.Lat > mid) != (b.Lat > mid) {
			crossed[row] = append(crossed[row], lonAt(mid))
		}
	}
}

// widened gives the cover with all around it within so many kilometres.
func (c *Cover) widened(km float64) *Cover {
	if km <= 0 || len(c.rows) == 0 {
		return c
	}
	out := &Cover{}
	up := int(km/rowKM) + 1
	for i := range c.rows {
		row := c.south + i
		for to := max(row-up, 0); to <= min(row+up, Height-1); to++ {
			lat := max(math.Abs(float64(row)/perDegree-90), math.Abs(float64(row+1)/perDegree-90),
				math.Abs(float64(to)/perDegree-90), math.Abs(float64(to+1)/perDegree-90))
			side := around
			if x := math.Sin(km/shape.EarthKM/2) / math.Cos(lat*math.Pi/180); x < 1 {
				side = int(2*math.Asin(x)*180/math.Pi*perDegree) + 1
			}
			c.rows[i].runs(func(from, end int) { out.set(to, from-side, end+side) })
		}
	}
	return out
}

// runs calls see with the first and last column of every run.
func (r *band) runs(see func(from, to int)) {
	from := -1
	for col := 0; col <= around; col++ {
		on := col < around && r[col/64]&(1<<(col%64)) != 0
		switch {
		case on && from < 0:
			from = col
		case !on && from >= 0:
			see(from, col-1)
			from = -1
		}
	}
}

// hairKM is by how much an edge, straight on the map, may leave a great circle.
const hairKM = 0.2

// Drawn gives the cover of a valid shape and all within so many kilometres.
func Drawn(s *vedette.Shape, km float64) *Cover {
	c := &Cover{}
	if s.Circle != nil {
		c.disc(s.Circle.Center, s.Circle.KM+km)
		return c
	}
	flat, _ := vedette.Unroll(s.Polygon)
	c.rings([][]vedette.Point{append(flat, flat[0])})
	return c.widened(km)
}

// TownlandKM is how far around its towns an area goes that has no outline.
const TownlandKM = 25

// lands keeps the covers of areas, which are the same for every organisation.
var lands sync.Map // of landKey

type landKey struct {
	g  *gazetteer.Gazetteer
	id vedette.AreaID
}

// Land gives the cover of an area.
func Land(g *gazetteer.Gazetteer, id vedette.AreaID) *Cover {
	if c, ok := lands.Load(landKey{g, id}); ok {
		return c.(*Cover)
	}
	c := &Cover{}
	a, ok := g.Shared(id)
	switch {
	case !ok:
	case a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport:
		c.disc(a.Center, g.RadiusKM(id))
		return c // there are many, and they are quick
	case a.Kind == vedette.AreaRegion:
		for _, m := range g.Members(id) {
			c.add(Land(g, m))
		}
	default:
		c.outline(g, id)
	}
	lands.Store(landKey{g, id}, c)
	return c
}

func (c *Cover) outline(g *gazetteer.Gazetteer, id vedette.AreaID) {
	for _, polygon := range g.Outline(id, true) {
		c.rings(polygon)
	}
	if len(c.rows) == 0 {
		if all := townlands(g)[id]; all != nil {
			c.add(all)
		}
	}
}

var onceTownlands sync.Map // of *gazetteer.Gazetteer, to func() map[vedette.AreaID]*Cover

// townlands gives the covers of all divisions and countries without an
// outline, by their towns.
func townlands(g *gazetteer.Gazetteer) map[vedette.AreaID]*Cover {
	once, _ := onceTownlands.LoadOrStore(g, sync.OnceValue(func() map[vedette.AreaID]*Cover {
		out, bare := map[vedette.AreaID]*Cover{}, map[vedette.AreaID]bool{}
		g.Cities(-180, -90, 180, 90, 0, func(town vedette.Area) {
			for _, up := range g.Ancestors(town.ID) {
				is, known := bare[up]
				if a, _ := g.Shared(up); !known {
					is = a != nil && (a.Kind == vedette.AreaDivision || a.Kind == vedette.AreaCountry) && len(g.Outline(up, true)) == 0
					bare[up] = is
				}
				if !is {
					continue
				}
				if out[up] == nil {
					out[up] = &Cover{}
				}
				out[up].disc(town.Center, TownlandKM)
			}
		})
		return out
	}))
	return once.(func() map[vedette.AreaID]*Cover)()
}

func floor(x float64) int { return int(math.Floor(x)) }
