package gazetteer

import (
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer/tables"
)

// Emergency is what is on record of the emergency numbers of a country. They
// are facts of a public table (tables/emergency.txt), verified by nobody here.
type Emergency struct {
	Country vedette.AreaID
	Name    string
	Numbers []string // empty where none is on record
}

var emergencies = sync.OnceValue(func() map[vedette.AreaID][]string {
	list, err := tables.EmergencyNumbers()
	if err != nil {
		return nil // held by a test
	}
	m := make(map[vedette.AreaID][]string, len(list))
	for _, e := range list {
		m[vedette.AreaID(e.Country)] = e.Numbers
	}
	return m
})

// EmergencyIn gives the emergency numbers of the countries that areas lie in,
// each country once, in the order of the areas.
func (g *Gazetteer) EmergencyIn(areas []vedette.AreaID) (out []Emergency) {
	for _, id := range areas {
		a, ok := g.Area(id)
		country := a.Country
		if a.Kind == vedette.AreaCountry {
			country = a.ID
		}
		if !ok || country == "" || slices.ContainsFunc(out, func(e Emergency) bool { return e.Country == country }) {
			continue
		}
		out = append(out, Emergency{country, g.Name(country), emergencies()[country]})
	}
	return out
}
