package place

import "vedette"

// area gives the area of an id; it is shared and not to be changed.
func (f *Finder) area(id vedette.AreaID) (*vedette.Area, bool) {
	if a, ok := f.g.Shared(id); ok {
		return a, true
	}
	return &vedette.Area{}, false
}

// namesakes gives all places that bear a name, those most likely meant first;
// they are shared and not to be changed.
func (f *Finder) namesakes(name string) []*vedette.Area { return f.g.Bearers(name) }

// country gives the country an area is or lies in, "" for a region or sea.
func (f *Finder) country(id vedette.AreaID) vedette.AreaID {
	a, _ := f.area(id)
	if a.Kind == vedette.AreaCountry {
		return id
	}
	return a.Country
}
