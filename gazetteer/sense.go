package gazetteer

import (
	"slices"

	"vedette"
	"vedette/gazetteer/words"
)

// sense is what a name means in running text.
type sense struct {
	areas     []vedette.AreaID // when it stands alone, likeliest first; none for no place
	divisions []vedette.AreaID // with a word for a sort of division beside it
	article   []vedette.AreaID // after "the", where that differs
	form      Form
	slight    bool
	word      bool // the name is also an ordinary word or a person's
	strict    bool // a country's name too: not every word for a sort makes it a division's
}

// lesser is the share of the weightiest bearer of a name below which another
// city is not meant when the name stands alone.
const lesser = 0.1

// small is the inhabitants below which a town's name alone is no sign.
const small = 15_000

// sense gives what the name of a key means.
func (g *Gazetteer) sense(key int) *sense { return g.keptSenses.get(key, g.senseOf) }

func (g *Gazetteer) senseOf(key int) *sense {
	e := g.names.entryOf(key)
	if e == nil {
		s := &sense{}
		s.areas, s.slight = g.cities(key)
		s.word = g.isWord(key)
		return s
	}
	s := &sense{word: g.isWord(key), areas: e.areas, divisions: e.divisions, article: e.article, form: e.form}
	switch {
	case e.phrase:
		return &sense{divisions: e.divisions, strict: true}
	case len(e.ports) > 0 && len(e.areas) == 0 && e.towns < 0:
		s.areas, s.form = e.ports, FormAirport
	case len(e.areas) > 0 && e.form == FormAdjective:
	case len(e.areas) > 0:
		s.strict = true
		s.areas = g.withHomonyms(e)
	case len(e.article) > 0 && e.towns < 0:
	default:
		g.alone(key, e, s)
	}
	return s
}

// withHomonyms gives the countries, regions and seas of a name, and after them
// the divisions of other countries that share it ("Georgia"). Where a part of a
// country is also listed among the country's names ("Scotland"), the part is
// meant.
func (g *Gazetteer) withHomonyms(e *entry) []vedette.AreaID {
	if e.sorted || e.form == FormCode {
		return e.areas
	}
	if parts := g.partsNamed(e); len(parts) > 0 {
		return parts
	}
	out := slices.Clone(e.areas)
	if g.core[g.index[out[0]]].Kind != vedette.AreaCountry {
		return out // a region or sea: "Sahel"
	}
	for _, d := range e.divisions {
		if g.core[g.index[d]].Country == "US" && !slices.Contains(e.areas, "US") { // no other is as well known as the country
			out = append(out, d)
		}
	}
	return out
}

// partsNamed gives the divisions, and regions of divisions, that bear a name
// their country is given too, but is not its usual one.
func (g *Gazetteer) partsNamed(e *entry) []vedette.AreaID {
	var out []vedette.AreaID
	for _, c := range e.areas {
		a := g.core[g.index[c]]
		if a.Kind != vedette.AreaCountry || words.Fold(a.Name) == e.key {
			continue
		}
		for _, p := range slices.Concat(e.areas, e.divisions) {
			if p != c && g.Contains(c, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// alone works out what a name of towns and divisions means alone.
func (g *Gazetteer) alone(key int, e *entry, s *sense) {
	cities, slight := g.cities(key)
	divisions := e.divisions
	if e.sorted {
		divisions = nil
	}
	s.slight = slight
	if len(divisions) == 0 {
		s.areas = cities
		return
	}
	plain := e.plain || g.lexicon.given[e.key] || g.lexicon.family[e.key]
	if !plain {
		slight = false
	}
	var towns []bearer
	for _, b := range g.bearers(key) {
		if slices.Contains(cities, g.towns.id(b.town)) && (slight || g.besideDivisions(b.town, divisions)) {
			towns = append(towns, b)
		}
	}
	s.areas = g.merge(towns, divisions)
	s.slight = slight || plain && len(towns) == 0
}

// large is the inhabitants from which a city is meant beside divisions of its
// name elsewhere.
const large = 100_000

// besideDivisions says whether a town may be meant by a name that divisions
// have too: a large city, a capital, one named by hand, and one that lies in
// such a division.
func (g *Gazetteer) besideDivisions(town int, divisions []vedette.AreaID) bool {
	return g.towns.inhabitants(town) >= large || g.towns.marked(town) || slices.ContainsFunc(divisions, func(d vedette.AreaID) bool { return g.Contains(d, g.towns.id(town)) })
}

// cities gives the towns that a name standing alone may mean, by weight, and
// whether it is a slight one.
func (g *Gazetteer) cities(key int) ([]vedette.AreaID, bool) {
	name := g.names.key(key)
	if len(name) < 3 {
		return nil, false
	}
	all := g.bearers(key)
	if len(all) == 0 {
		return nil, false
	}
	var out []vedette.AreaID
	for _, b := range all {
		if float64(b.weight) >= lesser*float64(all[0].weight) {
			out = append(out, g.towns.id(b.town))
		}
	}
	return out, g.isSlight(key, name, all[0].town)
}

// known is the inhabitants from which a city's name is a sign though it is an
// ordinary word or a person's.
const known = 500_000

// isSlight says whether a name alone is no sign of its likeliest bearer.
func (g *Gazetteer) isSlight(key int, name string, town int) bool {
	x := &g.lexicon
	switch people := g.towns.inhabitants(town); {
	case x.stopCities[name]:
		return true
	case g.towns.marked(town):
		return false
	case people < small:
		return true
	case people >= known:
		return false
	}
	return g.isWord(key)
}

// isWord says whether a name is also an ordinary English word or a person's.
func (g *Gazetteer) isWord(key int) bool {
	x, k, name := &g.lexicon, g.names.townsKey(key), g.names.key(key)
	return k >= 0 && g.names.marks[k]&markWord != 0 || x.stopCities[name] || x.given[name] || x.family[name]
}

// weightier says whether a name is likelier meant than another: "Nairobi's" is
// Nairobi's and no town of Nairobis, "Saint John's" is Saint John's.
func (g *Gazetteer) weightier(a, b int) bool {
	x, y := g.names.entryOf(a), g.names.entryOf(b)
	if x != nil && len(x.areas) > 0 || y != nil && len(y.areas) > 0 {
		return y == nil || len(y.areas) == 0
	}
	weight := func(k int) int {
		if all := g.bearers(k); len(all) > 0 {
			return all[0].weight
		}
		return 0
	}
	return weight(a) > weight(b)
}
