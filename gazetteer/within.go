package gazetteer

import (
	"slices"

	"vedette"
)

// aroundKM is what is added to a distance at most, and thrice the distance, for
// towns to tell which divisions it reaches: where a border runs between two towns
// is not known.
const aroundKM = 50

// Within gives the first-level divisions that a distance from a city or airport
// may reach, its own first: those of the towns within so many kilometres and some
// more; where a country has none, the country. Nil for any other area.
func (g *Gazetteer) Within(id vedette.AreaID, km float64) []vedette.AreaID {
	a, ok := g.Area(id)
	if !ok || a.Kind != vedette.AreaCity && a.Kind != vedette.AreaAirport {
		return nil
	}
	var out []vedette.AreaID
	for _, up := range g.Ancestors(id) {
		if u, ok := g.area(up); ok && (u.Kind == vedette.AreaDivision || u.Kind == vedette.AreaCountry) {
			out = append(out, up)
			break
		}
	}
	km = min(km+min(aroundKM, 3*km), 1000)
	g.grid().near(a.Center, km, func(i int) {
		home := g.towns.division(i)
		if country := g.towns.country(i); home == "" && len(g.divisions[country]) == 0 {
			home = country
		}
		if home != "" && !slices.Contains(out, home) && Distance(a.Center, g.towns.at(i)) <= km {
			out = append(out, home)
		}
	})
	if len(out) > 1 {
		slices.Sort(out[1:])
	}
	return out
}

// Reached gives the areas whose people may be within the distance that narrows
// an action of an advice, besides its targets: the divisions that a distance
// from a city or airport among the targets reaches. Whoever is near such a place
// is seldom in it.
func (g *Gazetteer) Reached(a *vedette.Advice, act *vedette.AdviceAction, group vedette.AreaID) []vedette.AreaID {
	if a.Near == nil {
		return nil
	}
	targets := act.Areas(group)
	if !slices.Contains(targets, a.Near.Of.Area) {
		return nil
	}
	return slices.DeleteFunc(g.Within(a.Near.Of.Area, a.Near.KM), func(id vedette.AreaID) bool { return slices.Contains(targets, id) })
}
