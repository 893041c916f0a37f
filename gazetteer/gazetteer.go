package gazetteer

import (
	"cmp"
	"slices"
	"sync"

	"vedette"
)

// Gazetteer is the places and what is known of them. Use Default.
type Gazetteer struct {
	areas  []vedette.Area           // countries, regions, seas, then cities by number
	index  map[vedette.AreaID]int32 // into areas
	byName map[string][]int32       // folded name → areas, in the order Lookup gives
	people map[string]vedette.AreaID

	codes     map[string]vedette.AreaID         // alpha-2 and alpha-3, upper case
	capitals  map[vedette.AreaID]vedette.AreaID // city → country
	members   map[vedette.AreaID][]vedette.AreaID
	above     map[vedette.AreaID][]vedette.AreaID // region, country or sea → regions that hold it, nearest first
	countries []vedette.AreaID
	grid      cityGrid
	lexicon   *lexicon
	seas      []seaShape
}

// Default gives the gazetteer, which loads at the first call. The embedded
// files are held by a test, so that they do load.
func Default() *Gazetteer { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Gazetteer {
	g, err := load()
	if err != nil {
		panic("gazetteer: embedded files do not load: " + err.Error())
	}
	return g
})

// Area gives the area of an id.
func (g *Gazetteer) Area(id vedette.AreaID) (vedette.Area, bool) {
	i, ok := g.index[id]
	if !ok {
		return vedette.Area{}, false
	}
	a := g.areas[i]
	a.Within = slices.Clone(a.Within)
	a.Zones = slices.Clone(a.Zones)
	return a, true
}

// Name gives the usual English name, and the id itself when it is unknown.
func (g *Gazetteer) Name(id vedette.AreaID) string {
	if i, ok := g.index[id]; ok {
		return g.areas[i].Name
	}
	return string(id)
}

// Contains says whether outer holds inner. Every known area holds itself; an
// unknown one neither holds nor is held.
func (g *Gazetteer) Contains(outer, inner vedette.AreaID) bool {
	i, ok := g.index[inner]
	if _, known := g.index[outer]; !ok || !known {
		return false
	}
	if outer == inner {
		return true
	}
	if home := g.areas[i].Country; home != "" {
		return outer == home || slices.Contains(g.above[home], outer)
	}
	return slices.Contains(g.above[inner], outer)
}

// Ancestors gives all areas that contain id, not itself, nearest first:
// for a city its country, then that country's regions, smaller ones first.
func (g *Gazetteer) Ancestors(id vedette.AreaID) []vedette.AreaID {
	i, ok := g.index[id]
	if !ok {
		return nil
	}
	if home := g.areas[i].Country; home != "" {
		return append([]vedette.AreaID{home}, g.above[home]...)
	}
	return slices.Clone(g.above[id])
}

// Members gives the countries and seas of a region, nil for anything else.
func (g *Gazetteer) Members(id vedette.AreaID) []vedette.AreaID {
	return slices.Clone(g.members[id])
}

// Countries gives all countries, sorted by id.
func (g *Gazetteer) Countries() []vedette.Area {
	out := make([]vedette.Area, 0, len(g.countries))
	for _, id := range g.countries {
		a, _ := g.Area(id)
		out = append(out, a)
	}
	return out
}

// Zone gives the IANA time zone: a city's own, a country's capital's. Regions
// and seas have none, nor do the two uninhabited territories of Bouvet Island
// and Heard Island: "".
func (g *Gazetteer) Zone(id vedette.AreaID) string {
	if i, ok := g.index[id]; ok && len(g.areas[i].Zones) > 0 {
		return g.areas[i].Zones[0]
	}
	return ""
}

// IsCapital gives the country whose capital the city is.
func (g *Gazetteer) IsCapital(id vedette.AreaID) (country vedette.AreaID, ok bool) {
	country, ok = g.capitals[id]
	return
}

// Regions gives all regions, sorted by id.
func (g *Gazetteer) Regions() []vedette.Area { return g.ofKind(vedette.AreaRegion) }

// Seas gives all seas and straits, sorted by id.
func (g *Gazetteer) Seas() []vedette.Area { return g.ofKind(vedette.AreaSea) }

func (g *Gazetteer) ofKind(kind vedette.AreaKind) []vedette.Area {
	var out []vedette.Area
	for _, a := range g.areas {
		if a.Kind == kind {
			b, _ := g.Area(a.ID)
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b vedette.Area) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
