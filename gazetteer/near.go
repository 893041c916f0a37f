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
		c := g.areas[g.index[id]].Center
		lat, lon := radians(c.Lat), radians(c.Lon)
		x += math.Cos(lat) * math.Cos(lon)
		y += math.Cos(lat) * math.Sin(lon)
		z += math.Sin(lat)
	}
	const deg = 180 / math.Pi
	return vedette.Point{Lat: math.Atan2(z, math.Hypot(x, y)) * deg, Lon: math.Atan2(y, x) * deg}
}

// cityGrid has the cities by the whole degree they lie in.
type cityGrid struct {
	areas []vedette.Area
	cells map[[2]int16][]int32 // latitude, longitude rounded down
}

func newCityGrid(areas []vedette.Area) cityGrid {
	g := cityGrid{areas, map[[2]int16][]int32{}}
	for i, a := range areas {
		if a.Kind == vedette.AreaCity {
			cell := [2]int16{int16(math.Floor(a.Center.Lat)), int16(math.Floor(a.Center.Lon))}
			g.cells[cell] = append(g.cells[cell], int32(i))
		}
	}
	return g
}

// NearestCity gives the nearest city within so many kilometres, and how far
// it is. Distances beyond 1,000 km are searched as 1,000.
func (g *Gazetteer) NearestCity(p vedette.Point, withinKM float64) (vedette.Area, float64, bool) {
	if p.Validate() != nil || !(withinKM > 0) {
		return vedette.Area{}, 0, false
	}
	withinKM = min(withinKM, 1000)
	best, nearest := int32(-1), withinKM
	g.grid.near(p, withinKM, func(i int32) {
		if d := Distance(p, g.areas[i].Center); d <= nearest {
			best, nearest = i, d
		}
	})
	if best < 0 {
		return vedette.Area{}, 0, false
	}
	a, ok := g.Area(g.areas[best].ID)
	return a, nearest, ok
}

// near calls see with every city that may lie within so many kilometres.
func (c cityGrid) near(p vedette.Point, km float64, see func(int32)) {
	dLat := km / shape.KMPerDegree
	south, north := math.Floor(max(p.Lat-dLat, -90)), math.Floor(min(p.Lat+dLat, 90))
	for lat := south; lat <= north; lat++ {
		// The row's end nearer to the pole has the shortest degrees.
		shrink := math.Cos(radians(min(max(math.Abs(lat), math.Abs(lat+1)), 89.9)))
		dLon := min(dLat/shrink, 180)
		from, to := math.Floor(p.Lon-dLon), math.Floor(p.Lon+dLon)
		if to-from >= 360 {
			from, to = -180, 179
		}
		for lon := from; lon <= to; lon++ {
			wrapped := math.Mod(lon+540, 360) - 180
			for _, i := range c.cells[[2]int16{int16(lat), int16(wrapped)}] {
				see(i)
			}
		}
	}
}

// Cities calls see with every city of at least so many inhabitants whose
// point lies in the box (degrees; west may be east of east across the
// antimeridian). The order is by GeoNames number.
func (g *Gazetteer) Cities(west, south, east, north float64, people int, see func(vedette.Area)) {
	for _, a := range g.areas {
		if a.Kind != vedette.AreaCity || a.People < people || a.Center.Lat < south || a.Center.Lat > north {
			continue
		}
		lon := a.Center.Lon
		if in := lon >= west && lon <= east; in || west > east && (lon >= west || lon <= east) {
			see(a)
		}
	}
}
