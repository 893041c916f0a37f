package app

import (
	"strings"

	"vedette"
)

// Place finds the one area of a name or id. Several are CodeInvalid with the
// candidates; "Tripoli, Lebanon" tells them apart.
func (a *App) Place(name string) (vedette.Area, error) {
	if ar, ok := a.Gaz.Area(vedette.AreaID(name)); ok {
		return ar, nil
	}
	city, in, cut := strings.Cut(name, ",")
	found := a.Gaz.Lookup(strings.TrimSpace(city))
	if country, ok := a.Gaz.Country(strings.TrimSpace(in)); cut && ok {
		var within []vedette.Area
		for _, f := range found {
			if a.Gaz.Contains(country.ID, f.ID) {
				within = append(within, f)
			}
		}
		found = within
	}
	switch {
	case len(found) == 0:
		return vedette.Area{}, vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", name)
	case len(found) == 1 || plain(found[0], found[1]):
		return found[0], nil
	}
	var who []string
	for _, f := range found[:min(len(found), 5)] {
		if f.Country != "" {
			f.Name += ", " + a.Gaz.Name(f.Country)
		}
		who = append(who, f.Name)
	}
	return vedette.Area{}, vedette.Errorf(vedette.CodeInvalid, "several places are called %q; say which: %s", name, strings.Join(who, "; "))
}

// plain says whether the first of two places of one name is plainly meant: a
// country or sea before a city, a city ten times as large as the next.
func plain(first, next vedette.Area) bool {
	if first.Kind == vedette.AreaCity {
		return next.Kind == vedette.AreaCity && first.People > 10*next.People
	}
	return next.Kind != first.Kind
}
