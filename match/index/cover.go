package index

import (
	"math"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/shape"
)

// cover is the quarter degrees that an area of the earth touches, by rows
// from the south: coarse, but never too small. It says which countries,
// divisions, regions and seas may meet a shape; the rule looks closer.
type cover struct {
	south int // number of the first row
	rows  []coverRow
}

type coverRow [coverCols / 64]uint64

const (
	coverDegree = 4 // rows and columns in a degree
	coverCols   = 1472
	coverRound  = 360 * coverDegree // columns in use, the rest fills the last word
	coverRows   = 180 * coverDegree
	rowKM       = shape.KMPerDegree / coverDegree
)

// set marks the columns from one to another, counted on beyond the
// antimeridian.
func (c *cover) set(row, from, to int) {
	row = min(max(row, 0), coverRows-1)
	if len(c.rows) == 0 {
		c.south, c.rows = row, make([]coverRow, 1)
	}
	if row < c.south {
		c.rows, c.south = append(make([]coverRow, c.south-row, c.south-row+len(c.rows)), c.rows...), row
	}
	for row >= c.south+len(c.rows) {
		c.rows = append(c.rows, coverRow{})
	}
	if to-from >= coverRound {
		from, to = 0, coverRound-1
	}
	r := &c.rows[row-c.south]
	for col := from; col <= to; col++ {
		at := (col%coverRound + coverRound) % coverRound
		r[at/64] |= 1 << (at % 64)
	}
}

func (c *cover) add(o *cover) {
	for i := range o.rows {
		c.set(o.south+i, 0, -1) // so that there is one
		r := &c.rows[o.south+i-c.south]
		for k, w := range o.rows[i] {
			r[k] |= w
		}
	}
}

// meets says whether two covers have something in common.
func (c *cover) meets(o *cover) bool {
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
func (c *cover) disc(center vedette.Point, km float64) {
	top := min(coverRows-1, floor((center.Lat+90+km/shape.KMPerDegree)*coverDegree))
	for row := max(0, floor((center.Lat+90-km/shape.KMPerDegree)*coverDegree)); row <= top; row++ {
		// All of the row is within half its height of its middle.
		lat := (float64(row)+0.5)/coverDegree - 90
		wide := halfWidth(center.Lat, lat, km+rowKM/2+edgeKM)
		if wide >= 0 {
			c.set(row, floor((center.Lon-wide+180)*coverDegree), floor((center.Lon+wide+180)*coverDegree))
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
func (c *cover) rings(rings [][]vedette.Point) {
	crossed := map[int][]float64{} // by row, where edges cross its middle
	for _, r := range rings {
		for i := 1; i < len(r); i++ {
			c.edge(r[i-1], r[i], crossed)
		}
	}
	for row, at := range crossed {
		slices.Sort(at)
		for i := 1; i < len(at); i += 2 {
			c.set(row, floor((at[i-1]+180)*coverDegree), floor((at[i]+180)*coverDegree))
		}
	}
}

func (c *cover) edge(a, b vedette.Point, crossed map[int][]float64) {
	if a.Lat > b.Lat {
		a, b = b, a
	}
	lonAt := func(lat float64) float64 {
		if b.Lat == a.Lat {
			return a.Lon
		}
		return a.Lon + (b.Lon-a.Lon)*(lat-a.Lat)/(b.Lat-a.Lat)
	}
	const hair = 1e-2 // degrees: an edge may be an arc of a great circle as well
	first, last := floor((a.Lat-hair+90)*coverDegree), floor((b.Lat+hair+90)*coverDegree)
	for row := first; row <= last; row++ {
		south := float64(row)/coverDegree - 90
		u, v := lonAt(min(max(a.Lat, south), b.Lat)), lonAt(max(min(b.Lat, south+1.0/coverDegree), a.Lat))
		if a.Lat == b.Lat {
			u, v = a.Lon, b.Lon
		}
		u, v = min(u, v)-hair, max(u, v)+hair
		c.set(row, floor((u+180)*coverDegree), floor((v+180)*coverDegree))
		if mid := south + 0.5/coverDegree; (a.Lat > mid) != (b.Lat > mid) {
			crossed[row] = append(crossed[row], lonAt(mid))
		}
	}
}

// widened gives the cover with all around it within so many kilometres.
func (c *cover) widened(km float64) *cover {
	if km <= 0 || len(c.rows) == 0 {
		return c
	}
	out := &cover{}
	up := int(km/rowKM) + 1
	for i := range c.rows {
		row := c.south + i
		for to := max(row-up, 0); to <= min(row+up, coverRows-1); to++ {
			lat := max(math.Abs(float64(row)/coverDegree-90), math.Abs(float64(row+1)/coverDegree-90),
				math.Abs(float64(to)/coverDegree-90), math.Abs(float64(to+1)/coverDegree-90))
			side := coverRound
			if x := math.Sin(km/shape.EarthKM/2) / math.Cos(lat*math.Pi/180); x < 1 {
				side = int(2*math.Asin(x)*180/math.Pi*coverDegree) + 1
			}
			c.rows[i].runs(func(from, end int) { out.set(to, from-side, end+side) })
		}
	}
	return out
}

// runs calls see with the first and last column of every run.
func (r *coverRow) runs(see func(from, to int)) {
	from := -1
	for col := 0; col <= coverRound; col++ {
		on := col < coverRound && r[col/64]&(1<<(col%64)) != 0
		switch {
		case on && from < 0:
			from = col
		case !on && from >= 0:
			see(from, col-1)
			from = -1
		}
	}
}

func (f *figure) cover() *cover {
	c := &cover{}
	if f.rings == nil {
		c.disc(f.center, f.radius+f.km)
		return c
	}
	c.rings(f.rings)
	return c.widened(f.km)
}

// townlandKM is how far around its towns an area goes that has no outline.
const townlandKM = 25

// lands keeps the covers of areas, which are the same for every organisation.
var lands sync.Map // of landKey

type landKey struct {
	g  *gazetteer.Gazetteer
	id vedette.AreaID
}

// land gives the cover of an area.
func land(g *gazetteer.Gazetteer, id vedette.AreaID) *cover {
	if c, ok := lands.Load(landKey{g, id}); ok {
		return c.(*cover)
	}
	c := &cover{}
	a, ok := g.Shared(id)
	switch {
	case !ok:
	case a.Kind == vedette.AreaCity || a.Kind == vedette.AreaAirport:
		c.disc(a.Center, g.RadiusKM(id))
		return c // there are many, and they are quick
	case a.Kind == vedette.AreaRegion:
		for _, m := range g.Members(id) {
			c.add(land(g, m))
		}
	default:
		c.outline(g, id)
	}
	lands.Store(landKey{g, id}, c)
	return c
}

func (c *cover) outline(g *gazetteer.Gazetteer, id vedette.AreaID) {
	for _, polygon := range g.Outline(id, true) {
		c.rings(polygon)
	}
	if len(c.rows) > 0 {
		return
	}
	for _, t := range g.Towns(id) {
		town, _ := g.Shared(t)
		c.disc(town.Center, townlandKM)
	}
}
