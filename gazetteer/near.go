package gazetteer

import (
	"math"

	"vedette"
	"vedette/gazetteer/shape"
)

// middle gives the point whose direction is the mean of the areas' centres.
func (g *Gazetteer) middle(ids []vedette.AreaID) vedette.Point {
	var x, y, z float64
	for _, id := range ids {
		c := g.core[g.index[id]].Center
		lat, lon := radians(c.Lat), radians(c.Lon)
		x += math.Cos(lat) * math.Cos(lon)
		y += math.Cos(lat) * math.Sin(lon)
		z += math.Sin(lat)
	}
	const deg = 180 / math.Pi
	return vedette.Point{Lat: math.Atan2(z, math.Hypot(x, y)) * deg, Lon: math.Atan2(y, x) * deg}
}

// townGrid has the towns by the whole degree they lie in.
type townGrid struct {
	towns *towns
	from  []int32 // of a cell, into order; one more at the end
	order []int32
}

const (
	gridLats = 180
	gridLons = 360
)

func cellOf(p vedette.Point) int {
	lat := min(max(int(math.Floor(p.Lat))+90, 0), gridLats-1)
	lon := (int(math.Floor(p.Lon)) + 180 + gridLons) % gridLons
	return lat*gridLons + lon
}

func newTownGrid(t *towns) *townGrid {
	g := &townGrid{t, make([]int32, gridLats*gridLons+1), make([]int32, t.n)}
	cells := make([]int, t.n)
	for i := range t.n {
		cells[i] = cellOf(t.at(i))
		g.from[cells[i]+1]++
	}
	for c := range gridLats * gridLons {
		g.from[c+1] += g.from[c]
	}
	next := append([]int32(nil), g.from...)
	for i, c := range cells {
		g.order[next[c]] = int32(i)
		next[c]++
	}
	return g
}

// NearestCity gives the nearest city of 15,000 inhabitants and more, capital
// or city named by hand within so many kilometres, and how far it is.
// Distances beyond 1,000 km are searched as 1,000.
func (g *Gazetteer) NearestCity(p vedette.Point, withinKM float64) (vedette.Area, float64, bool) {
	i, km := g.nearest(p, withinKM, func(i int) bool { return g.towns.inhabitants(i) >= small || g.towns.marked(i) })
	if i < 0 {
		return vedette.Area{}, 0, false
	}
	a, ok := g.Area(g.towns.id(i))
	return a, km, ok
}

// hair is in kilometres what rounding may be worth.
const hair = 1e-6

// nearest gives the nearest town that counts, -1 for none, and how far it is.
func (g *Gazetteer) nearest(p vedette.Point, withinKM float64, counts func(int) bool) (int, float64) {
	if p.Validate() != nil || !(withinKM > 0) {
		return -1, 0
	}
	best, nearest := -1, min(withinKM, 1000)
	g.grid().near(p, nearest, func(i int) {
		at := g.towns.at(i)
		if math.Abs(at.Lat-p.Lat)*shape.KMPerDegree > nearest+hair || !counts(i) {
			return
		}
		if d := Distance(p, at); d <= nearest {
			best, nearest = i, d
		}
	})
	return best, nearest
}

// near calls see with every town that may lie within so many kilometres.
func (c *townGrid) near(p vedette.Point, km float64, see func(int)) {
	dLat := km / shape.KMPerDegree
	south, north := math.Floor(max(p.Lat-dLat, -90)), math.Floor(min(p.Lat+dLat, 89.9))
	for lat := south; lat <= north; lat++ {
		// The row's end nearer to the pole has the shortest degrees.
		shrink := math.Cos(radians(min(max(math.Abs(lat), math.Abs(lat+1)), 89.9)))
		dLon := min(dLat/shrink, 180)
		from, to := math.Floor(p.Lon-dLon), math.Floor(p.Lon+dLon)
		if to-from >= 360 {
			from, to = -180, 179
		}
		for lon := from; lon <= to; lon++ {
			cell := (int(lat)+90)*gridLons + (int(lon)+180+2*gridLons)%gridLons
			for _, i := range c.order[c.from[cell]:c.from[cell+1]] {
				see(int(i))
			}
		}
	}
}

// Cities calls see with every city of at least so many inhabitants whose
// point lies in the box (degrees; west may be east of east across the
// antimeridian). The order is by number.
func (g *Gazetteer) Cities(west, south, east, north float64, people int, see func(vedette.Area)) {
	for i := range g.towns.n {
		if g.towns.inhabitants(i) < people {
			continue
		}
		p := g.towns.at(i)
		if p.Lat < south || p.Lat > north {
			continue
		}
		if in := p.Lon >= west && p.Lon <= east; in || west > east && (p.Lon >= west || p.Lon <= east) {
			see(g.towns.area(i))
		}
	}
}
