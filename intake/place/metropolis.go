package place

import (
	"math"

	"vedette"
	"vedette/gazetteer"
)

const (
	largePeople = 300_000 // a city of so many swallows places around it
	density     = 5_000   // people per square kilometre of such a city, for its reach
	farther     = 10      // how much larger than the nearest place it must be
)

// cityAt gives the city a point stands for: the nearest one, or the large one
// whose suburb that is, so that advice for Baghdad finds who works in its
// outskirts. A large city reaches as far as its people at a usual density
// need, and never beyond nearKM or a border.
func (b *Book) cityAt(p vedette.Point) (vedette.Area, bool) {
	nearest, _, ok := b.g.NearestCity(p, nearKM)
	if !ok {
		return nearest, false
	}
	best := nearest
	for _, c := range b.largeNear(p) {
		if c.Country != nearest.Country || c.People < farther*nearest.People || c.People <= best.People {
			continue
		}
		reach := math.Sqrt(float64(c.People) / density / math.Pi)
		if gazetteer.Distance(c.Center, p) <= min(reach, nearKM) {
			best = c
		}
	}
	return best, true
}

// largeNear gives the large cities within nearKM of a point, and some beyond.
func (b *Book) largeNear(p vedette.Point) []vedette.Area {
	if b.large == nil {
		b.large = map[[2]int][]vedette.Area{}
		b.g.Cities(-180, -90, 180, 90, largePeople, func(a vedette.Area) {
			// Each city stands in its own cell and the eight around it.
			for dLat := -1; dLat <= 1; dLat++ {
				for dLon := -1; dLon <= 1; dLon++ {
					key := degreeCell(a.Center, dLat, dLon)
					b.large[key] = append(b.large[key], a)
				}
			}
		})
	}
	return b.large[degreeCell(p, 0, 0)]
}

func degreeCell(p vedette.Point, dLat, dLon int) [2]int {
	return [2]int{int(math.Floor(p.Lat)) + dLat, (int(math.Floor(p.Lon)) + dLon + 540) % 360}
}
