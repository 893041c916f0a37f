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
	case len(found) == 1 || found[0].Kind != vedette.AreaCity || found[0].People > 10*found[1].People:
		return found[0], nil
	}
	var who []string
	for _, f := range found[:min(len(found), 5)] {
		who = append(who, f.Name+", "+a.Gaz.Name(f.Country))
	}
	return vedette.Area{}, vedette.Errorf(vedette.CodeInvalid, "several places are called %q; say which: %s", name, strings.Join(who, "; "))
}
