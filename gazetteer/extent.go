package gazetteer

import (
	"math"

	"vedette"
)

// How far a place goes. Towns and airports have no outline, so they count as
// a disc about their point. GeoNames counts a city's inhabitants, and its land
// follows from them: large urban areas hold 3,100 people on a square kilometre
// in rich countries and 9,200 in others on average, and 2,850 in Europe without
// the United Kingdom (Demographia, World Urban Areas, 2006). The figure here is
// below all of these, so that a disc is rather too large: whoever stands on
// its edge may be in, and is not called out.
const (
	peoplePerKM2 = 2500
	leastKM      = 3  // of a village with its fields; and of an airport, whose runways are up to 5 km long
	mostKM       = 50 // of the largest cities
	unknownKM    = 5  // of a town whose inhabitants nobody counted
)

// RadiusKM gives the radius of the disc about its centre that a city or
// airport counts as; 0 for any other area, and for one that is not known.
func (g *Gazetteer) RadiusKM(id vedette.AreaID) float64 {
	a, ok := g.Shared(id)
	if !ok {
		return 0
	}
	switch {
	case a.Kind == vedette.AreaAirport:
		return leastKM
	case a.Kind != vedette.AreaCity:
		return 0
	case a.People == 0:
		return unknownKM
	}
	return min(max(math.Sqrt(float64(a.People)/peoplePerKM2/math.Pi), leastKM), mostKM)
}

// Towns gives the towns that lie in a division or country, by number. It
// stands in for the outline of an area that has none.
func (g *Gazetteer) Towns(id vedette.AreaID) []vedette.AreaID {
	i, ok := g.index[id]
	if !ok || g.core[i].Kind != vedette.AreaDivision && g.core[i].Kind != vedette.AreaCountry {
		return nil
	}
	inDivision, inCountry := make([]bool, len(g.towns.divisionIDs)), make([]bool, len(g.towns.countryIDs))
	for k, d := range g.towns.divisionIDs {
		inDivision[k] = d != "" && g.Contains(id, d)
	}
	for k, c := range g.towns.countryIDs {
		inCountry[k] = c == id
	}
	var out []vedette.AreaID
	for town := range g.towns.n {
		if inDivision[number16(g.towns.divisions, town)] || inCountry[number16(g.towns.countries, town)] {
			out = append(out, g.towns.id(town))
		}
	}
	return out
}
