package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/words"
)

// Lookup gives all areas of that name, in any spelling known, folded in case,
// diacritics, apostrophes and hyphens. Demonyms and ISO codes are not names;
// the codes that reports write ("UAE") are. Countries, regions and seas come
// first, then cities by population.
func (g *Gazetteer) Lookup(name string) []vedette.Area {
	if len(name) > maxNameBytes {
		return nil
	}
	found := g.byName[words.Fold(name)]
	if len(found) == 0 {
		return nil
	}
	out := make([]vedette.Area, len(found))
	for i, at := range found {
		out[i], _ = g.Area(g.areas[at].ID)
	}
	return out
}

// maxNameBytes is longer than any name.
const maxNameBytes = 256

// Country gives the country of an ISO 3166-1 alpha-2 or alpha-3 code, a name,
// a demonym or an adjective. A name or demonym that several countries bear
// ("Congolese") gives none.
func (g *Gazetteer) Country(s string) (vedette.Area, bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxNameBytes {
		return vedette.Area{}, false
	}
	if id, ok := g.codes[strings.ToUpper(s)]; ok {
		return g.Area(id)
	}
	key := words.Fold(s)
	id := vedette.AreaID("")
	for _, at := range g.byName[key] {
		if a := g.areas[at]; a.Kind == vedette.AreaCountry {
			if id != "" {
				return vedette.Area{}, false
			}
			id = a.ID
		}
	}
	if id == "" {
		id = g.people[key]
	}
	return g.Area(id)
}

// rank orders areas of one name.
func (g *Gazetteer) rank(a, b int32) int {
	x, y := g.areas[a], g.areas[b]
	return cmp.Or(
		cmp.Compare(kindRank(x.Kind), kindRank(y.Kind)),
		cmp.Compare(y.People, x.People),
		cmp.Compare(x.ID, y.ID),
	)
}

func kindRank(k vedette.AreaKind) int {
	return slices.Index([]vedette.AreaKind{vedette.AreaCountry, vedette.AreaRegion, vedette.AreaSea, vedette.AreaDivision, vedette.AreaCity}, k)
}
