package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/words"
)

// maxNameBytes is longer than any name.
const maxNameBytes = 256

// Lookup gives all areas of that name, in any spelling and script known,
// folded in case, diacritics, apostrophes and hyphens. Demonyms and ISO codes
// are not names; the codes that reports write ("UAE") are. Countries, regions
// and seas come first, then cities by population, each before the division of
// its name that holds it, then other divisions and airports.
func (g *Gazetteer) Lookup(name string) []vedette.Area {
	if len(name) > maxNameBytes {
		return nil
	}
	i := g.names.lookup(words.Fold(name))
	if i < 0 {
		return nil
	}
	var out []vedette.Area
	for _, id := range g.named(i) {
		a, _ := g.Area(id)
		out = append(out, a)
	}
	return out
}

// named gives all that bear the name of a key, in Lookup's order.
func (g *Gazetteer) named(i int) []vedette.AreaID {
	var areas, divisions, ports []vedette.AreaID
	e := g.names.entryOf(i)
	if e != nil {
		for _, id := range e.named {
			switch g.core[g.index[id]].Kind {
			case vedette.AreaDivision:
				divisions = append(divisions, id)
			case vedette.AreaAirport:
				ports = append(ports, id)
			default:
				areas = append(areas, id)
			}
		}
	}
	slices.SortStableFunc(areas, g.rank)
	towns := g.bearers(i)
	slices.SortStableFunc(towns, func(a, b bearer) int { return g.towns.inhabitants(b.town) - g.towns.inhabitants(a.town) })
	return slices.Concat(areas, g.merge(towns, divisions), ports)
}

// mostNamesakes is the most towns that Namesakes gives.
const mostNamesakes = 48

// Namesakes gives every place that bears a name, also those that it does not
// mean when it stands alone: towns, those most likely meant first, then
// divisions. The context of a text may choose among them.
func (g *Gazetteer) Namesakes(name string) []vedette.AreaID {
	if len(name) > maxNameBytes {
		return nil
	}
	key := g.names.lookup(words.Fold(name))
	if key < 0 {
		return nil
	}
	return g.namesakes(key)
}

func (g *Gazetteer) namesakes(key int) []vedette.AreaID {
	var out []vedette.AreaID
	bearers := g.bearers(key)
	for _, b := range bearers[:min(len(bearers), mostNamesakes)] {
		out = append(out, g.towns.id(b.town))
	}
	if e := g.names.entryOf(key); e != nil {
		out = append(out, e.divisions...)
	}
	return out
}

// bearer is a town that bears a name.
type bearer struct {
	town   int
	weight int  // how likely it is meant when the name stands alone
	own    bool // it is its own name, or given it by hand
}

// handWeight is how many times as likely capitals and cities named by hand
// are meant, and a town by its own name rather than by another.
const handWeight = 10

// bearers gives the towns of a name, those most likely meant first.
func (g *Gazetteer) bearers(i int) []bearer {
	var out []bearer
	add := func(town int, own bool) {
		b := bearer{town, g.towns.inhabitants(town), own}
		if g.towns.marked(town) {
			b.weight = b.weight*handWeight + 1
		}
		if !own {
			b.weight /= handWeight
		}
		if at := slices.IndexFunc(out, func(o bearer) bool { return o.town == town }); at >= 0 {
			out[at].weight, out[at].own = max(out[at].weight, b.weight), out[at].own || own
			return
		}
		out = append(out, b)
	}
	if e := g.names.entryOf(i); e != nil {
		for _, t := range e.spelled {
			add(int(t), true)
		}
	}
	g.names.eachBearer(g.names.townsKey(i), add)
	slices.SortStableFunc(out, func(a, b bearer) int { return cmp.Or(b.weight-a.weight, a.town-b.town) })
	return out
}

// metro is the inhabitants from which a city goes before divisions elsewhere
// that share its name.
const metro = 300_000

// merge puts towns and divisions of one name into one order: a town before the
// division of its name that it lies in, a large city before all, else the
// divisions.
func (g *Gazetteer) merge(towns []bearer, divisions []vedette.AreaID) []vedette.AreaID {
	rest := slices.Clone(divisions)
	var out []vedette.AreaID
	lead := len(towns) > 0 && towns[0].own && (g.towns.marked(towns[0].town) || g.towns.inhabitants(towns[0].town) >= metro)
	for _, d := range divisions {
		own := slices.ContainsFunc(towns, func(b bearer) bool { return b.own && g.Contains(d, g.towns.id(b.town)) })
		if !lead && !own {
			out = append(out, d)
			rest = slices.DeleteFunc(rest, func(o vedette.AreaID) bool { return o == d })
		}
	}
	for _, b := range towns {
		out = append(out, g.towns.id(b.town))
	}
	return append(out, rest...)
}

// rank orders countries, regions and seas of one name.
func (g *Gazetteer) rank(a, b vedette.AreaID) int {
	x, y := g.core[g.index[a]], g.core[g.index[b]]
	return cmp.Or(cmp.Compare(kindRank(x.Kind), kindRank(y.Kind)), cmp.Compare(x.ID, y.ID))
}

func kindRank(k vedette.AreaKind) int {
	return slices.Index([]vedette.AreaKind{vedette.AreaCountry, vedette.AreaRegion, vedette.AreaSea}, k)
}

// townNamed gives the largest town of a name in a country, by its own name
// where one has it; -1 for none.
func (g *Gazetteer) townNamed(name string, country vedette.AreaID) int {
	best, most := -1, -1
	g.names.eachBearer(g.names.townsKey(g.names.lookup(words.Fold(name))), func(t int, own bool) {
		n := g.towns.inhabitants(t)
		if own {
			n += 1 << 40
		}
		if g.towns.country(t) == country && n > most {
			best, most = t, n
		}
	})
	return best
}

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
	if i := g.names.lookup(key); i >= 0 {
		if e := g.names.entryOf(i); e != nil {
			for _, n := range e.named {
				if g.core[g.index[n]].Kind != vedette.AreaCountry {
					continue
				}
				if id != "" {
					return vedette.Area{}, false
				}
				id = n
			}
		}
	}
	if id == "" {
		id = g.people[key]
	}
	return g.Area(id)
}

// Airport gives the airport of an IATA code.
func (g *Gazetteer) Airport(code string) (vedette.Area, bool) {
	return g.Area(vedette.AreaID("iata:" + strings.ToUpper(strings.TrimSpace(code))))
}
