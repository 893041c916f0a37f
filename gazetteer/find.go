package gazetteer

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
)

// Find gives the one area that somebody means who types a name or an id.
// None is CodeInvalid with what is spelled like it; several are CodeInvalid
// with the candidates: "Tripoli, Lebanon" tells them apart.
func (g *Gazetteer) Find(name string) (vedette.Area, error) {
	one, found := g.meant(name)
	switch {
	case len(found) == 0:
		return vedette.Area{}, g.unknown(name)
	case one:
		return found[0], nil
	}
	who := strings.Join(g.Labels(found[:min(len(found), maxOffered)]), "; ")
	if more := len(found) - maxOffered; more > 0 {
		who += fmt.Sprintf("; and %d more", more)
	}
	return vedette.Area{}, vedette.Errorf(vedette.CodeInvalid, "several places are called %q; say which: %s", name, who)
}

// maxOffered is how many places of one name an error lists.
const maxOffered = 8

// meant gives the areas of a name or an id, and says whether the first is
// plainly meant.
func (g *Gazetteer) meant(name string) (one bool, found []vedette.Area) {
	id := name
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") { // as Labels has it
		id = name[i+2 : len(name)-1]
	}
	if a, ok := g.Area(vedette.AreaID(id)); ok {
		return true, []vedette.Area{a}
	}
	found = g.Named(name)
	return len(found) == 1 || len(found) > 1 && plain(found[0], found[1]), found
}

// Labels names places by words that Find takes, and that tell them from all
// others of their name: "Tripoli, Lebanon"; else "Springfield, Missouri, United
// States"; else with the id.
func (g *Gazetteer) Labels(areas []vedette.Area) []string {
	out := make([]string, len(areas))
	for i := range areas {
		out[i] = g.label(&areas[i])
	}
	return out
}

func (g *Gazetteer) label(a *vedette.Area) string {
	short, long := g.within(a, a.Country), g.within(a, g.divisionOf(a), a.Country)
	for _, l := range [...]string{short, long} {
		if one, found := g.meant(l); one && found[0].ID == a.ID {
			return l
		}
	}
	return long + " (" + string(a.ID) + ")"
}

// within names an area with what it lies in.
func (g *Gazetteer) within(a *vedette.Area, outer ...vedette.AreaID) string {
	name := a.Name
	for _, id := range outer {
		if id != "" && id != a.ID {
			name += ", " + g.Name(id)
		}
	}
	return name
}

// divisionOf gives the division that a town is in, "" where none is known.
func (g *Gazetteer) divisionOf(a *vedette.Area) vedette.AreaID {
	if i, ok := g.towns.find(a.ID); ok {
		return g.towns.division(i)
	}
	return ""
}

// Named gives the areas of a name: an airport's code is one, and "Paris,
// Texas" is what lies in the second, or "Venezuela, Barcelona" where nothing
// does what lies in the first. A city's own division of the same name is
// left out where another place's is not meant by it.
func (g *Gazetteer) Named(name string) []vedette.Area {
	found := g.Lookup(name)
	if commas := strings.Count(name, ","); len(found) == 0 && 0 < commas && commas < 3 {
		first, in, _ := strings.Cut(name, ",")
		if found = g.lying(first, in); len(found) == 0 {
			i := strings.LastIndex(name, ",")
			found = g.lying(name[i+1:], name[:i])
		}
	}
	if port, ok := g.Airport(name); ok && len(name) == 3 && strings.ToUpper(name) == name {
		found = append(found, port)
	}
	return found
}

// lying gives the places of a name that lie in one of another.
func (g *Gazetteer) lying(name, within string) (found []vedette.Area) {
	within = strings.TrimSpace(within)
	larger := g.Named(within)
	if country, ok := g.Country(within); ok {
		larger = append(larger, country)
	}
	for _, f := range g.Lookup(strings.TrimSpace(name)) {
		if slices.ContainsFunc(larger, func(l vedette.Area) bool { return l.ID != f.ID && g.Contains(l.ID, f.ID) }) {
			found = append(found, f)
		}
	}
	return found
}

// unknown says that a name is not known, with what is spelled like it.
func (g *Gazetteer) unknown(name string) error {
	var near []string
	for _, s := range g.Suggest(name) {
		if n := g.within(&s, s.Country); !slices.Contains(near, n) {
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
