package gazetteer

import (
	"cmp"
	"slices"
	"sync"

	"vedette"
)

// Gazetteer is the places and what is known of them. Use Default.
type Gazetteer struct {
	core   []vedette.Area           // countries, divisions, airports, seas, regions
	index  map[vedette.AreaID]int32 // into core
	towns  towns
	names  names
	people map[string]vedette.AreaID

	codes     map[string]vedette.AreaID         // alpha-2 and alpha-3, upper case
	capitals  map[vedette.AreaID]vedette.AreaID // city → country
	members   map[vedette.AreaID][]vedette.AreaID
	above     map[vedette.AreaID][]vedette.AreaID // what holds a country, sea, region, division or airport, nearest first
	countries []vedette.AreaID
	divisions map[vedette.AreaID][]vedette.AreaID // of a country
	wordPorts map[vedette.AreaID]bool             // airports whose code is an English word
	grid      func() *townGrid
	lexicon   lexicon
	seas      []seaShape

	keptSenses  kept[*sense]
	keptTowns   kept[*vedette.Area]
	keptBearers kept[[]*vedette.Area]
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

// area gives the area of an id; its slices are shared.
func (g *Gazetteer) area(id vedette.AreaID) (vedette.Area, bool) {
	if i, ok := g.index[id]; ok {
		return g.core[i], true
	}
	if i, ok := g.towns.find(id); ok {
		return g.towns.area(i), true
	}
	return vedette.Area{}, false
}

// Area gives the area of an id.
func (g *Gazetteer) Area(id vedette.AreaID) (vedette.Area, bool) {
	a, ok := g.area(id)
	if ok {
		a.Within, a.Zones = slices.Clone(a.Within), slices.Clone(a.Zones)
	}
	return a, ok
}

// Name gives the usual English name, and the id itself when it is unknown.
func (g *Gazetteer) Name(id vedette.AreaID) string {
	if i, ok := g.index[id]; ok {
		return g.core[i].Name
	}
	if i, ok := g.towns.find(id); ok {
		return g.towns.name(i)
	}
	return string(id)
}

// Contains says whether outer holds inner. Every known area holds itself; an
// unknown one neither holds nor is held.
func (g *Gazetteer) Contains(outer, inner vedette.AreaID) bool {
	if outer == inner {
		_, ok := g.area(inner)
		return ok
	}
	if _, ok := g.index[inner]; ok {
		return slices.Contains(g.above[inner], outer)
	}
	i, ok := g.towns.find(inner)
	if !ok {
		return false
	}
	home := g.home(i)
	return outer == home || slices.Contains(g.above[home], outer)
}

// home is what directly holds a town: its division, else its country.
func (g *Gazetteer) home(town int) vedette.AreaID {
	return cmp.Or(g.towns.division(town), g.towns.country(town))
}

// Holder gives the nearest division or country that contains an area, "" where
// none does. A town is in all that holds its holder, and in nothing else.
func (g *Gazetteer) Holder(id vedette.AreaID) (holder vedette.AreaID, town bool) {
	if i, ok := g.towns.find(id); ok {
		return g.home(i), true
	}
	for _, up := range g.above[id] {
		if k := g.core[g.index[up]].Kind; k == vedette.AreaDivision || k == vedette.AreaCountry {
			return up, false
		}
	}
	return "", false
}

// Land gives the country or sea an area is in, the area itself where it is
// wider than one, or is none that is known.
func (g *Gazetteer) Land(id vedette.AreaID) vedette.AreaID {
	if i, ok := g.towns.find(id); ok {
		return cmp.Or(g.towns.country(i), id)
	}
	if i, ok := g.index[id]; ok && g.core[i].Country != "" {
		return g.core[i].Country
	}
	return id
}

// Ancestors gives all areas that contain id, not itself, nearest first: for a
// city its division, the regions that holds, its country, and that country's
// regions, smaller ones first.
func (g *Gazetteer) Ancestors(id vedette.AreaID) []vedette.AreaID {
	if i, ok := g.towns.find(id); ok {
		home := g.home(i)
		return append([]vedette.AreaID{home}, g.above[home]...)
	}
	return slices.Clone(g.above[id])
}

// Members gives the countries, divisions and seas of a region, nil for
// anything else.
func (g *Gazetteer) Members(id vedette.AreaID) []vedette.AreaID {
	return slices.Clone(g.members[id])
}

// IsPart says whether a region is made of divisions of one country alone, as
// the Donbas is, and so narrower than a country.
func (g *Gazetteer) IsPart(id vedette.AreaID) bool {
	country := vedette.AreaID("")
	for _, m := range g.members[id] {
		a := g.core[g.index[m]]
		if a.Kind != vedette.AreaDivision || country != "" && a.Country != country {
			return false
		}
		country = a.Country
	}
	return country != ""
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

// Zone gives the IANA time zone: a city's own, a country's capital's, a
// division's that most of its people keep. Regions and seas have none, nor do
// the two uninhabited territories of Bouvet Island and Heard Island: "".
func (g *Gazetteer) Zone(id vedette.AreaID) string {
	if a, ok := g.area(id); ok && len(a.Zones) > 0 {
		return a.Zones[0]
	}
	return ""
}

// IsCapital gives the country whose capital the city is.
func (g *Gazetteer) IsCapital(id vedette.AreaID) (country vedette.AreaID, ok bool) {
	country, ok = g.capitals[id]
	return
}

// Seas gives all seas and straits, sorted by id.
func (g *Gazetteer) Seas() []vedette.Area { return g.ofKind(vedette.AreaSea) }

func (g *Gazetteer) ofKind(kind vedette.AreaKind) []vedette.Area {
	var out []vedette.Area
	for _, a := range g.core {
		if a.Kind == kind {
			b, _ := g.Area(a.ID)
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b vedette.Area) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
