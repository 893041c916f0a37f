package place

import (
	"fmt"
	"slices"

	"vedette"
	"vedette/gazetteer"
)

// farKM is how far from all that a report is about a place is doubted: no port
// of call of one sea and no town across a border is as far.
const farKM = 3000

// borderKM is how near a town's country may have its border though its middle is
// far: Kharkiv, in a report on Russia.
const borderKM = 500

// Far says whether an area is a city or division that none of the others has to
// do with and that lies far from all of them: the one meant may be a namesake.
// The area itself is no other; where there is none, nothing is far.
func (f *Finder) Far(id vedette.AreaID, others []vedette.AreaID) bool {
	a, ok := f.area(id)
	if !ok || a.Kind != vedette.AreaCity && a.Kind != vedette.AreaDivision {
		return false
	}
	alone := true
	for _, o := range others {
		if o == "" || o == id {
			continue
		}
		if alone = false; f.concerns(o, a) {
			return false
		}
	}
	return !alone
}

// concerns says whether an area has to do with a city or division: is of its
// country, holds that, or lies near it.
func (f *Finder) concerns(id vedette.AreaID, a *vedette.Area) bool {
	o, ok := f.area(id)
	switch {
	case !ok:
		return false
	case id == a.Country, o.Country == a.Country && a.Country != "", f.g.Contains(id, a.Country), gazetteer.Distance(o.Center, a.Center) < farKM:
		return true
	case o.Kind == vedette.AreaSea:
		return f.g.OnSea(id, a.Center)
	}
	return f.g.BorderKM(f.country(id), a.Center, borderKM) < borderKM
}

// nearby gives the places that bear a name, an article before it or not, and are
// not far from what a text is about, first those that lie in a part of it, then in
// its countries: "Khor" may be Al Khor.
func (f *Finder) nearby(name string, about []vedette.AreaID) []vedette.AreaID {
	var ranks [3][]vedette.AreaID
	for _, article := range []string{"", "Al ", "El "} {
		for _, a := range f.namesakes(article + name) {
			rank := 2
			switch {
			case f.Far(a.ID, about):
				continue
			case slices.ContainsFunc(about, func(o vedette.AreaID) bool { return f.country(o) != "" && f.g.Contains(o, a.ID) }):
				rank = 0
			case f.about(a.ID, about):
				rank = 1
			}
			ranks[rank] = append(ranks[rank], a.ID)
		}
	}
	return slices.Concat(ranks[:]...)
}

// Misplaced tells a doubt about a place that lies far from all else a text is
// about: which namesakes near may be meant, else in which country it is. "" where
// there is none.
func (f *Finder) Misplaced(p vedette.Place, about []vedette.AreaID) string {
	said, _ := f.misplaced(p, about)
	return said
}

func (f *Finder) misplaced(p vedette.Place, about []vedette.AreaID) (said string, near bool) {
	if !f.Far(p.Area, about) {
		return "", false
	}
	others := slices.DeleteFunc(slices.Clone(about), func(a vedette.AreaID) bool { return a == p.Area })
	if namesakes := f.nearby(p.Text, others); len(namesakes) > 0 {
		return fmt.Sprintf("%q, read as %s, far from all else the report is about; it could be %s", p.Text, f.Candidates([]vedette.AreaID{p.Area}), f.Candidates(namesakes)), true
	}
	return fmt.Sprintf("%q, read as the one in %s, of which the report says nothing else; is that the one meant?", p.Text, f.g.Name(f.country(p.Area))), false
}

// mostDoubted bounds how many affected areas are held against all others.
const mostDoubted = 256

// doubted gives the doubts about affected areas, of all that are named there,
// which are held against those and what the title names. What everybody knows is
// meant as far as no namesake is near; where no title tells, any city of some size.
func (f *Finder) doubted(affected, all []vedette.Place) []Doubt {
	about := slices.Clone(f.Context)
	for _, p := range all {
		about = append(about, p.Area)
	}
	var out []Doubt
	for _, p := range affected[:min(len(affected), mostDoubted)] {
		said, near := f.misplaced(p, about)
		if said == "" || !near && f.known(p.Area) {
			continue
		}
		out = append(out, Doubt{vedette.FindAmbiguousPlace, "the affected area is " + said, p.Area})
	}
	return out
}

// known says whether an area is one that an affected area may well be though it
// lies far from all others.
func (f *Finder) known(id vedette.AreaID) bool {
	a, _ := f.area(id)
	return f.famous(id) || len(f.Context) == 0 && (a.Kind == vedette.AreaDivision || a.People >= sureFrom)
}
