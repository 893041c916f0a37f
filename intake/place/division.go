package place

import (
	"slices"
	"strings"

	"vedette"
)

// inDivision holds what a country and a city came to against a division named
// beside them. It chooses among places of one name, and says where in a country
// somebody is of whom no city is known. One we do not know, or that has no such
// city, changes nothing: tables write divisions in many ways.
func (b *Book) inDivision(f found, c *Cells) found {
	if c.Division.Value == "" {
		return f
	}
	divisions := b.divisions(c.Country.Value, c.Division.Value)
	if len(divisions) == 0 {
		return f
	}
	if c.City.Value == "" {
		if a, ok := b.g.Area(f.area); ok && f.reason == nil && a.Kind == vedette.AreaCountry && len(divisions) == 1 {
			return found{area: divisions[0].ID}
		}
		return f
	}
	var here []vedette.Area
	for _, a := range b.lookCity(c.City.Value) {
		if a.Kind == vedette.AreaCity && slices.ContainsFunc(divisions, func(d vedette.Area) bool { return b.g.Contains(d.ID, a.ID) }) {
			here = append(here, a)
		}
	}
	if in, ok := b.one(here); ok {
		return in
	}
	return f
}

// divisions gives those of a name or a code, in a country where one is given:
// "Illinois", "IL".
func (b *Book) divisions(country, name string) (out []vedette.Area) {
	land, known := b.country(country)
	if country != "" && (!known || land.Kind != vedette.AreaCountry) {
		return nil
	}
	if known {
		if a, ok := b.g.Area(vedette.AreaID(string(land.ID) + "-" + strings.ToUpper(name))); ok && a.Kind == vedette.AreaDivision {
			return []vedette.Area{a}
		}
	}
	for _, a := range b.g.Lookup(name) {
		if a.Kind == vedette.AreaDivision && (!known || a.Country == land.ID) {
			out = append(out, a)
		}
	}
	return out
}
