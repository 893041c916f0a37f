package place

import (
	"cmp"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

// surely gives the areas that mentions name without doubt: countries and what
// else everybody knows, and lesser places of the countries the text is about.
func (f *Finder) surely(ms []gazetteer.Mention, near []vedette.AreaID) []vedette.AreaID {
	var out []vedette.AreaID
	for _, m := range ms {
		if m.Slight || len(m.Areas) > 1 && !f.ofOneName(m.Areas) {
			continue
		}
		if a := m.Areas[0]; f.famous(a) || f.about(a, near) {
			out = append(out, a)
		}
	}
	return out
}

// large gives the cities that only one place of their name can be: they tell
// for a slight name beside them where it lies, "Hodeidah and Salif".
func (f *Finder) large(ms []gazetteer.Mention) (out []vedette.AreaID) {
	for _, m := range ms {
		if a, ok := f.area(m.Areas[0]); ok && !m.Slight && (len(m.Areas) == 1 || f.ofOneName(m.Areas)) && a.Kind == vedette.AreaCity && a.People >= sureFrom {
			out = append(out, a.ID)
		}
	}
	return out
}

// about says whether an area lies in a country or a lesser area that the text
// is about.
func (f *Finder) about(a vedette.AreaID, near []vedette.AreaID) bool {
	home := f.country(a)
	return home != "" && slices.ContainsFunc(near, func(n vedette.AreaID) bool { return f.country(n) == home })
}

// InContext says whether an area lies in a country the whole text is about.
func (f *Finder) InContext(a vedette.AreaID) bool {
	return f.about(a, f.Context[:min(len(f.Context), mostNear)])
}

// mostNear bounds how many areas a name is compared with.
const mostNear = 32

// meant picks the one area a name means here: what the text said it means,
// what lies in the countries the text is about, its likeliest bearer. Where
// none of those it means alone lies there, a lesser namesake that does wins,
// unless the name is that of a country, a capital or a very large city. "" when
// it cannot be told.
func (f *Finder) meant(name string, m gazetteer.Mention, near []vedette.AreaID, larger bool) vedette.AreaID {
	if larger {
		return f.choose(m.Areas, near)
	}
	if a := f.told[name]; a != "" && (slices.Contains(m.Areas, a) || !f.divided(m.Areas)) {
		return a
	}
	if m.Form == gazetteer.FormName {
		if a := f.lesserMeant(name, m, near); a != "" {
			return a
		}
	}
	return f.choose(m.Areas, near)
}

// lesserMeant gives the place that a name means by what the text is about,
// though it means others when it stands alone: the very area the text is about
// (Barcelona in Venezuela), or one that lies in its countries; "" for none.
func (f *Finder) lesserMeant(name string, m gazetteer.Mention, near []vedette.AreaID) vedette.AreaID {
	for _, a := range f.namesakes(name) {
		if slices.Contains(near, a.ID) && !slices.Contains(m.Areas, a.ID) {
			return a.ID
		}
	}
	if a := f.ofGroup(name, m.Areas); a != "" {
		return a
	}
	if f.aboutOthers(m.Areas, near) {
		return ""
	}
	if !f.famous(m.Areas[0]) {
		return cmp.Or(f.inDivision(name, near, 0), f.namesake(name, near, f.rival(m.Areas[0], near)))
	}
	first, _ := f.area(m.Areas[0])
	if _, capital := f.g.IsCapital(first.ID); capital || first.Kind == vedette.AreaCountry && strings.EqualFold(first.Name, name) || first.Kind != vedette.AreaCity && first.Kind != vedette.AreaCountry {
		return ""
	}
	return cmp.Or(f.inDivision(name, near, first.People/famousShare), f.namesake(name, near, rivalFrom))
}

// ofGroup gives the place of a name that lies in the countries of the heading the
// text stands under, where what the name means alone does not: Gaya under "Benin &
// Niger", in a report on Nigeria.
func (f *Finder) ofGroup(name string, areas []vedette.AreaID) vedette.AreaID {
	if len(f.heading) == 0 || f.famous(areas[0]) || slices.ContainsFunc(areas, func(a vedette.AreaID) bool { return f.about(a, f.heading) }) {
		return ""
	}
	return f.namesake(name, f.heading, 0)
}

// aboutOthers says whether any of the areas lies in a country of what the text is
// about, themselves left out: a name is no sign of itself.
func (f *Finder) aboutOthers(areas, near []vedette.AreaID) bool {
	for _, n := range near {
		if slices.Contains(areas, n) {
			continue
		}
		home := f.country(n)
		if home != "" && slices.ContainsFunc(areas, func(a vedette.AreaID) bool { return f.country(a) == home }) {
			return true
		}
	}
	return false
}

// famousShare is the share of a very large city that a namesake must be to be
// meant beside the name of its division: Alexandria in Louisiana is, Delhi there
// is not.
const famousShare = 200

// inDivision gives the place of a name, of at least so many inhabitants, that
// lies in a division the text is about, "" for none: Alexandria beside Louisiana.
func (f *Finder) inDivision(name string, near []vedette.AreaID, people int) vedette.AreaID {
	for _, n := range near {
		switch d, ok := f.area(n); {
		case ok && d.Kind == vedette.AreaCity && slices.Contains(f.Context, n): // Lewiston, in a report on Moscow, Idaho
			n = f.divisionOf(n)
		case !ok || d.Kind != vedette.AreaDivision:
			continue
		}
		for _, a := range f.namesakes(name) {
			if a.ID != n && a.People >= people && f.g.Contains(n, a.ID) {
				return a.ID
			}
		}
	}
	return ""
}

// divisionOf gives the division that a city lies in, "" for none.
func (f *Finder) divisionOf(city vedette.AreaID) vedette.AreaID {
	for _, up := range f.g.Ancestors(city) {
		if a, ok := f.area(up); ok && a.Kind == vedette.AreaDivision {
			return up
		}
	}
	return ""
}

// rival gives the least inhabitants of a namesake, in a country the text is
// about, that is meant rather than a city: a share of the city's where that lies
// close to what the text is about. Beside the Black Sea Varna is the port, though
// Russia has a village of the name.
func (f *Finder) rival(city vedette.AreaID, near []vedette.AreaID) int {
	const share, closeKM = 25, 1000
	a, ok := f.area(city)
	if !ok || a.Kind != vedette.AreaCity {
		return 0
	}
	for _, n := range near {
		if o, ok := f.area(n); ok && n != city && gazetteer.Distance(o.Center, a.Center) < closeKM {
			return a.People / share
		}
	}
	return 0
}

// rivalFrom is the inhabitants from which a namesake in a country the text is
// about is meant rather than a very large city elsewhere: Alexandria, Virginia.
const rivalFrom = 50_000

// sureFrom is the inhabitants from which a city is meant where a word leads to a
// place, though its name is also a word or a person's.
const sureFrom = 100_000

// namesake gives the first place of a name that lies in a country the text is
// about, the one it is about first, and has at least so many inhabitants, ""
// for none.
func (f *Finder) namesake(name string, near []vedette.AreaID, people int) vedette.AreaID {
	all := f.namesakes(name)
	for i, n := range near {
		home := f.country(n)
		if home == "" || slices.ContainsFunc(near[:i], func(before vedette.AreaID) bool { return f.country(before) == home }) {
			continue
		}
		for _, a := range all {
			if a.Country == home && a.People >= people {
				return a.ID
			}
		}
	}
	return ""
}

// famousFrom is the inhabitants from which a city is meant whatever a text is
// about, unless it says otherwise.
const famousFrom = 1_000_000

func (f *Finder) famous(id vedette.AreaID) bool {
	a, ok := f.area(id)
	if !ok || a.Kind != vedette.AreaCity {
		return a.Kind != vedette.AreaDivision
	}
	_, capital := f.g.IsCapital(id)
	return capital || a.People >= famousFrom
}

// choose picks the one area meant: the only one; else the first that lies in,
// or holds, an area the text is about; else the first that lies in the same
// country as one; else the first where it outweighs all others; else the one
// that lies by far the nearest. "" when it cannot be told.
func (f *Finder) choose(areas, near []vedette.AreaID) vedette.AreaID {
	if len(areas) == 1 || f.ofOneName(areas) {
		return areas[0]
	}
	if first, ok := f.area(areas[0]); ok && first.Kind == vedette.AreaSea {
		return areas[0] // "the Red Sea", though governorates bear its name
	}
	near = near[:min(len(near), mostNear)]
	if a := f.closest(areas, near); a != "" {
		return a
	}
	for _, n := range near {
		for _, a := range areas {
			if a == n || f.g.Contains(n, a) || f.g.Contains(a, n) {
				return a
			}
		}
	}
	for _, n := range near {
		home := f.country(n)
		for _, a := range areas {
			if home != "" && f.country(a) == home {
				return a
			}
		}
	}
	if a := f.outweighs(areas); a != "" {
		return a
	}
	return f.nearest(areas, near)
}

// closest gives the first of the areas that is, or lies in, a division or city the
// text is about, or in the division of a city it is about as a whole: Lewiston, in a
// report on Moscow, Idaho. "" where none does.
func (f *Finder) closest(areas, near []vedette.AreaID) vedette.AreaID {
	within := func(n vedette.AreaID) vedette.AreaID {
		for _, a := range areas {
			if n != "" && (a == n || f.g.Contains(n, a)) {
				return a
			}
		}
		return ""
	}
	kind := func(n vedette.AreaID) vedette.AreaKind {
		a, _ := f.area(n)
		return a.Kind
	}
	for _, n := range near {
		if k := kind(n); k == vedette.AreaDivision || k == vedette.AreaCity {
			if a := within(n); a != "" {
				return a
			}
		}
	}
	for _, n := range f.Context[:min(len(f.Context), mostNear)] {
		if kind(n) != vedette.AreaCity {
			continue
		}
		if a := within(f.divisionOf(n)); a != "" {
			return a
		}
	}
	return ""
}

// outweighs gives the first area where no other can well be meant: a country,
// or a division and its own chief town, or a city ten times as large as the
// next.
func (f *Finder) outweighs(areas []vedette.AreaID) vedette.AreaID {
	first, ok := f.area(areas[0])
	if !ok {
		return ""
	}
	for _, id := range areas[1:] {
		other, ok := f.area(id)
		switch {
		case !ok, other.Country == areas[0], other.Country == first.Country && first.Country != "":
		case first.Kind == vedette.AreaCity && other.Kind == vedette.AreaCity && first.People >= tenfold*other.People:
		default:
			return ""
		}
	}
	return areas[0]
}

const tenfold = 10

// nearest gives the area that lies four times as near to the first country or
// sea the text is about as any other, and within reach of it: "the Dominican border"
// in a text on Haiti.
func (f *Finder) nearest(areas, near []vedette.AreaID) vedette.AreaID {
	const reach, times = 1500, 4
	for _, n := range near {
		home, ok := f.area(n)
		if country := f.country(n); country != "" {
			home, ok = f.area(country)
		}
		if !ok || home.Kind == vedette.AreaRegion {
			continue
		}
		best, first, second := vedette.AreaID(""), float64(reach), float64(1e9)
		for _, id := range areas {
			a, _ := f.area(id)
			switch d := gazetteer.Distance(home.Center, a.Center); {
			case d < first:
				if best == "" || f.country(best) != f.country(id) {
					second = first
				}
				best, first = id, d
			case d < second && f.country(best) != f.country(id):
				second = d
			}
		}
		if best != "" && second < 1e9 && first*times <= second {
			return best
		}
		return ""
	}
	return ""
}

// ofOneName says whether areas are a city and divisions of its country that
// share its name, as Basra: then the city is meant.
func (f *Finder) ofOneName(areas []vedette.AreaID) bool {
	first, _ := f.area(areas[0])
	return first.Kind == vedette.AreaCity && !slices.ContainsFunc(areas[1:], func(id vedette.AreaID) bool {
		a, _ := f.area(id)
		return a.Kind != vedette.AreaDivision || a.Country != first.Country
	})
}
