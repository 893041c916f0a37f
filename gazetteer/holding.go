package gazetteer

import (
	"cmp"
	"slices"

	"vedette"
	"vedette/gazetteer/tables"
)

// loadRegions reads regions and works out what holds what: a region holds its
// members, and every smaller region whose members are all among its own or
// lie in them.
func (l *loader) loadRegions() error {
	regions, err := tables.Regions()
	if err != nil {
		return err
	}
	slices.SortStableFunc(regions, func(a, b tables.Region) int { return cmp.Compare(l.extent(a), l.extent(b)) })
	for _, r := range regions {
		for _, m := range r.Members {
			if _, ok := l.index[m]; !ok {
				return vedette.Errorf(vedette.CodeInternal, "regions.txt: %s has the unknown member %q", r.Slug, m)
			}
			l.above[m] = append(l.above[m], r.Slug)
		}
		l.members[r.Slug] = r.Members
		l.adjectives(r.Slug, r.Adjectives)
		l.add(vedette.Area{ID: r.Slug, Kind: vedette.AreaRegion, Name: r.Name})
		for _, name := range append([]string{r.Name}, r.Names...) {
			l.say(r.Slug, name)
		}
	}
	for i, inner := range regions {
		for _, outer := range regions[i+1:] {
			if l.extent(inner) < l.extent(outer) && l.holdsAll(outer.Members, inner.Members) {
				l.above[inner.Slug] = append(l.above[inner.Slug], outer.Slug)
			}
		}
	}
	l.place()
	return nil
}

// wholeCountry is what a country counts for in a region's size, where a
// division counts one.
const wholeCountry = 1000

// extent orders regions by size: by how many countries and seas they have, of
// those within countries by how many divisions.
func (l *loader) extent(r tables.Region) int {
	n := 0
	for _, m := range r.Members {
		if i, ok := l.index[m]; ok && l.core[i].Kind == vedette.AreaDivision {
			n++
		} else {
			n += wholeCountry
		}
	}
	return n
}

// holdsAll says whether every one of inner is one of outer, or lies in it.
func (l *loader) holdsAll(outer, inner []vedette.AreaID) bool {
	for _, id := range inner {
		i := l.index[id]
		if !slices.Contains(outer, id) && (l.core[i].Country == "" || !slices.Contains(outer, l.core[i].Country)) {
			return false
		}
	}
	return true
}

// place sets what contains countries, seas, regions, divisions and airports,
// and the middle of a region: that of its members.
func (l *loader) place() {
	for i := range l.core {
		a := &l.core[i]
		switch a.Kind {
		case vedette.AreaRegion:
			a.Center = l.middle(l.members[a.ID])
			if l.IsPart(a.ID) { // the Donbas lies in Ukraine
				country := l.core[l.index[l.members[a.ID][0]]].Country
				all := append(l.above[a.ID], country)
				for _, r := range l.above[country] {
					addTo(&all, r)
				}
				l.above[a.ID] = all
			}
			fallthrough
		case vedette.AreaCountry, vedette.AreaSea:
			a.Within = direct(l.above[a.ID], l.above)
		}
	}
	whole := map[vedette.AreaID][]vedette.AreaID{} // a country and what holds it, shared by its divisions
	for _, c := range l.countryOrder {
		whole[c] = append([]vedette.AreaID{c}, l.above[c]...)
	}
	for i := range l.core {
		if a := &l.core[i]; a.Kind == vedette.AreaDivision {
			l.placeDivision(a, whole)
		}
	}
	for i := range l.core {
		if a := &l.core[i]; a.Kind == vedette.AreaAirport {
			l.placePort(a)
		}
	}
}

// placeDivision puts a division in the one that holds it, in the regions that
// name either, in what holds those, and in its country.
func (l *loader) placeDivision(a *vedette.Area, whole map[vedette.AreaID][]vedette.AreaID) {
	parent := l.parents[a.ID]
	regions := l.above[a.ID]
	a.Within = whole[a.Country][:1:1]
	if parent != "" {
		a.Within = []vedette.AreaID{parent}
	}
	if parent == "" && len(regions) == 0 {
		l.above[a.ID] = whole[a.Country]
		return
	}
	a.Within = append(slices.Clip(a.Within), direct(regions, l.above)...)
	var all []vedette.AreaID
	addTo(&all, parent)
	addTo(&all, regions...)
	if i, ok := l.index[parent]; ok && l.core[i].Kind == vedette.AreaDivision {
		for _, id := range l.above[parent] { // its regions; its country comes with the rest
			if j := l.index[id]; l.core[j].Kind == vedette.AreaRegion {
				addTo(&all, id)
			}
		}
	}
	for _, r := range slices.Clone(all) {
		if slices.Contains(regions, r) {
			addTo(&all, l.above[r]...)
		}
	}
	own := whole[a.Country]
	all = slices.DeleteFunc(all, func(id vedette.AreaID) bool { return slices.Contains(own, id) })
	l.above[a.ID] = append(all, own...)
}

// placePort puts an airport in its town, its division and its country.
func (l *loader) placePort(a *vedette.Area) {
	var all []vedette.AreaID
	town, hasTown := l.towns.find(l.parents[a.ID])
	division := l.portDivisions[a.ID]
	if _, ok := l.index[division]; !ok {
		division = ""
	}
	switch {
	case hasTown:
		a.Within = []vedette.AreaID{l.parents[a.ID]}
		if own := l.towns.division(town); division != "" && own != division && !slices.Contains(l.above[own], division) {
			a.Within = append(a.Within, division)
		}
	case division != "":
		a.Within = []vedette.AreaID{division}
	default:
		a.Within = []vedette.AreaID{a.Country}
	}
	addTo(&all, a.Within...)
	if hasTown {
		addTo(&all, l.home(town))
		addTo(&all, l.above[l.home(town)]...)
	}
	addTo(&all, l.above[division]...)
	addTo(&all, a.Country)
	addTo(&all, l.above[a.Country]...)
	l.above[a.ID] = all
}

// direct keeps of the regions above an area those that hold no other of them.
func direct(above []vedette.AreaID, all map[vedette.AreaID][]vedette.AreaID) []vedette.AreaID {
	var out []vedette.AreaID
	for _, r := range above {
		if !slices.ContainsFunc(above, func(other vedette.AreaID) bool { return slices.Contains(all[other], r) }) {
			out = append(out, r)
		}
	}
	return out
}
