package place

import "vedette"

// known is what was asked of the gazetteer for one text: a name said a
// thousand times is looked up once.
type known struct {
	areas map[vedette.AreaID]*vedette.Area
	names map[string][]*vedette.Area
}

// area gives the area of an id; it is shared and not to be changed.
func (f *Finder) area(id vedette.AreaID) (*vedette.Area, bool) {
	a, ok := f.known.areas[id]
	if !ok {
		if found, is := f.g.Area(id); is {
			a = &found
		}
		f.known.areas[id] = a
	}
	if a == nil {
		return &vedette.Area{}, false
	}
	return a, true
}

// namesakes gives all places that bear a name, those most likely meant first;
// they are shared and not to be changed.
func (f *Finder) namesakes(name string) []*vedette.Area {
	all, ok := f.known.names[name]
	if !ok {
		for _, id := range f.g.Namesakes(name) {
			if a, is := f.area(id); is {
				all = append(all, a)
			}
		}
		f.known.names[name] = all
	}
	return all
}

// country gives the country an area is or lies in, "" for a region or sea.
func (f *Finder) country(id vedette.AreaID) vedette.AreaID {
	a, _ := f.area(id)
	if a.Kind == vedette.AreaCountry {
		return id
	}
	return a.Country
}
