package gazetteer

import (
	"slices"
	"strings"

	"vedette"
)

// Find gives the one area that somebody means who types a name or an id.
// None is CodeInvalid with what is spelled like it; several are CodeInvalid
// with the candidates: "Tripoli, Lebanon" tells them apart.
func (g *Gazetteer) Find(name string) (vedette.Area, error) {
	if ar, ok := g.Area(vedette.AreaID(name)); ok {
		return ar, nil
	}
	found := g.Named(name)
	switch {
	case len(found) == 0:
		return vedette.Area{}, g.unknown(name)
	case len(found) == 1 || plain(found[0], found[1]):
		return found[0], nil
	}
	var who []string
	for _, f := range found[:min(len(found), 5)] {
		if f.Country != "" {
			f.Name += ", " + g.Name(f.Country)
		}
		who = append(who, f.Name)
	}
	return vedette.Area{}, vedette.Errorf(vedette.CodeInvalid, "several places are called %q; say which: %s", name, strings.Join(who, "; "))
}

// Named gives the areas of a name: an airport's code is one, and "Paris,
// Texas" is what lies in the second. A city's own division of the same name is
// left out where another place's is not meant by it.
func (g *Gazetteer) Named(name string) []vedette.Area {
	found := g.Lookup(name)
	first, in, cut := strings.Cut(name, ",")
	if within := strings.TrimSpace(in); cut && len(found) == 0 {
		larger := g.Lookup(within)
		if country, ok := g.Country(within); ok {
			larger = append(larger, country)
		}
		for _, f := range g.Lookup(strings.TrimSpace(first)) {
			if slices.ContainsFunc(larger, func(l vedette.Area) bool { return l.ID != f.ID && g.Contains(l.ID, f.ID) }) {
				found = append(found, f)
			}
		}
	}
	if port, ok := g.Airport(name); ok && len(name) == 3 && strings.ToUpper(name) == name {
		found = append(found, port)
	}
	return found
}

// unknown says that a name is not known, with what is spelled like it.
func (g *Gazetteer) unknown(name string) error {
	var near []string
	for _, s := range g.Suggest(name) {
		n := s.Name
		if s.Country != "" {
			n += ", " + g.Name(s.Country)
		}
		if !slices.Contains(near, n) {
			near = append(near, n)
		}
	}
	if len(near) > 0 {
		return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q; did you mean %s?", name, strings.Join(near, "; "))
	}
	return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", name)
}

// plain says whether the first of two places of one name is plainly meant: a
// country or sea before a city, a city before the division about it, a city
// ten times as large as the next.
func plain(first, next vedette.Area) bool {
	if first.Kind == vedette.AreaCity {
		return next.Kind == vedette.AreaCity && first.People > 10*next.People ||
			next.Kind != vedette.AreaCity && next.Country == first.Country
	}
	return next.Kind != first.Kind
}
