package intake

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
)

const (
	nearKM  = 25  // a point this near a city is in the city
	slackKM = 30  // a point may lie this far outside its country: coasts and borders are coarse
	awayKM  = 200 // a point farther than this from its city contradicts it
)

// found is what a country cell and a city cell come to.
type found struct {
	area   vedette.AreaID
	others []vedette.Area // places of the same name, for a point to choose from
	reason string
	atCity bool // the reason is of the city cell
}

// placedPoint is a point beside an area, "" where none is named.
type placedPoint struct {
	area  vedette.AreaID
	point vedette.Point
}

// placeBook looks places up, each pair of cells and each point once.
type placeBook struct {
	g       *gazetteer.Gazetteer
	found   map[[2]string]found
	agreed  map[placedPoint]found               // what a point beside an area, or alone, comes to
	boxes   map[vedette.AreaID][2]vedette.Point // of countries: south-west and north-east
	large   map[[2]int][]vedette.Area           // large cities by degree cell, made when first needed
	guesses int                                 // searches for a near spelling left in this file
}

func newPlaceBook(g *gazetteer.Gazetteer) placeBook {
	return placeBook{
		g:       g,
		found:   map[[2]string]found{},
		agreed:  map[placedPoint]found{},
		boxes:   map[vedette.AreaID][2]vedette.Point{},
		guesses: maxGuesses,
	}
}

// place reads where the row's person is. It is false where that is a problem.
func (in *reader) place(cells *[fieldCount]cell) (vedette.AreaID, *vedette.Point, bool) {
	country, city := cells[fieldCountry], cells[fieldCity]
	point, at, ok := in.point(cells)
	if !ok {
		return "", nil, false
	}
	if country.value == "" && city.value == "" {
		return in.unnamed(cells, point, at)
	}
	f := in.places.find(country.value, city.value)
	if point != nil {
		f = in.places.choose(f, *point)
	}
	if f.reason != "" {
		if f.atCity {
			in.problem(city, f.reason)
		} else {
			in.problem(country, f.reason)
		}
		return "", nil, false
	}
	if point == nil {
		return f.area, nil, true
	}
	area, reason := in.places.agree(f.area, *point)
	if reason != "" {
		in.problem(at, reason)
		return "", nil, false
	}
	return area, point, true
}

// unnamed places a row that names neither country nor city: by its point, or
// by its site later.
func (in *reader) unnamed(cells *[fieldCount]cell, point *vedette.Point, at cell) (vedette.AreaID, *vedette.Point, bool) {
	if point == nil {
		if cells[fieldSite].value != "" {
			return "", nil, true
		}
		if !in.placeSaid() {
			in.problem(cell{}, "where is this person? give a country, a city, a site or a point")
		}
		return "", nil, false
	}
	area := in.places.around(*point)
	if area == "" {
		in.problem(at, "is in no country and no sea we know: give a country or sea as well")
		return "", nil, false
	}
	return area, point, true
}

// placeSaid says whether a cell that should say where has a problem already.
func (in *reader) placeSaid() bool {
	for _, p := range in.problems[in.fresh:] {
		for _, f := range []field{fieldCountry, fieldCity, fieldSite} {
			if cols := in.table.fields[f]; p.Header != "" && len(cols) > 0 && p.Column == cols[0].at+1 {
				return true
			}
		}
	}
	return false
}

// find gives the area that a country and a city name, one of them maybe "".
func (b *placeBook) find(country, city string) found {
	key := [2]string{country, city}
	f, ok := b.found[key]
	if !ok {
		f = b.look(country, city)
		b.found[[2]string{strings.Clone(country), strings.Clone(city)}] = f
	}
	return f
}

func (b *placeBook) look(country, city string) found {
	if country == "" {
		return b.anywhere(city)
	}
	if names := b.shared(country); names != "" {
		return found{reason: "may be " + names + ": write the whole name or its two letters"}
	}
	land, ok := b.country(country)
	switch {
	case !ok:
		return found{reason: "is not a country we know" + b.orElse(country, ": write its English name or its two letters")}
	case city == "":
		return found{area: land.ID}
	case land.Kind == vedette.AreaSea:
		return found{reason: "is a sea: leave the city empty"}
	}
	return b.within(land, city)
}

// shared names the countries that share a name ("Congo", "Korea"), "" where it
// is one country's or none's.
func (b *placeBook) shared(name string) string {
	if _, ok := b.g.Country(name); ok {
		return ""
	}
	var names []string
	for _, a := range b.g.Lookup(name) {
		if a.Kind == vedette.AreaCountry {
			names = append(names, a.Name)
		}
	}
	if len(names) < 2 {
		return ""
	}
	return strings.Join(names, " or ")
}

// country reads a country or a sea.
func (b *placeBook) country(s string) (vedette.Area, bool) {
	if land, ok := b.g.Country(s); ok {
		return land, true
	}
	for _, a := range b.g.Lookup(s) {
		if a.Kind == vedette.AreaCountry || a.Kind == vedette.AreaSea {
			return a, true
		}
	}
	return vedette.Area{}, false
}

// within gives the city, or the division, of that name in a country.
func (b *placeBook) within(land vedette.Area, city string) found {
	var here, elsewhere []vedette.Area
	same := false
	for _, a := range b.lookCity(city) {
		switch {
		case a.ID == land.ID:
			same = true
		case a.Country == land.ID:
			here = append(here, a)
		case a.Kind == vedette.AreaCity && len(elsewhere) < 3 && (len(elsewhere) == 0 || a.People*10 >= elsewhere[0].People):
			elsewhere = append(elsewhere, a)
		}
	}
	if same && !slices.ContainsFunc(here, func(a vedette.Area) bool { return a.Kind == vedette.AreaCity }) {
		return found{area: land.ID} // "Kuwait, Kuwait"
	}
	if f, ok := b.one(here); ok {
		return f
	}
	reason := fmt.Sprintf("is no place we know in %s", land.Name)
	if hint := b.spelled(city, &land); hint != "" {
		reason += hint
	} else if len(elsewhere) > 0 {
		reason += fmt.Sprintf(" (there is %s): mend country or city, or leave the city empty", b.list(elsewhere))
	} else {
		reason += ": mend it, leave it empty, or give latitude and longitude"
	}
	return found{area: land.ID, reason: reason, atCity: true}
}

// lookCity looks a city up as written, as an airport's code, and without the
// country after a comma.
func (b *placeBook) lookCity(city string) []vedette.Area {
	if all := b.g.Lookup(city); len(all) > 0 {
		return all
	}
	if port, ok := b.airport(city); ok {
		return []vedette.Area{port}
	}
	if i := strings.LastIndexByte(city, ','); i > 0 {
		return b.g.Lookup(city[:i])
	}
	return nil
}

// airport reads an airport's code, three capitals ("TLV").
func (b *placeBook) airport(code string) (vedette.Area, bool) {
	if len(code) != 3 || strings.ToUpper(code) != code {
		return vedette.Area{}, false
	}
	return b.g.Airport(code)
}

// anywhere gives the place of that name where no country is given: a
// country, a sea, or the city that is far larger than its namesakes.
func (b *placeBook) anywhere(city string) found {
	if names := b.shared(city); names != "" {
		return found{reason: "may be " + names + ": write the whole name", atCity: true}
	}
	all := b.g.Lookup(city)
	if len(all) == 0 {
		if port, ok := b.airport(city); ok {
			return found{area: port.ID}
		}
		if i := strings.LastIndexByte(city, ','); i > 0 {
			if land, ok := b.country(strings.TrimSpace(city[i+1:])); ok && land.Kind == vedette.AreaCountry {
				return b.within(land, strings.TrimSpace(city[:i]))
			}
		}
		return found{reason: "is not a place we know" + b.orElse(city, ": give the country, or latitude and longitude"), atCity: true}
	}
	for _, a := range all {
		switch a.Kind {
		case vedette.AreaCountry:
			if i := slices.IndexFunc(all, func(c vedette.Area) bool { return c.Kind == vedette.AreaCity && c.Country == a.ID }); i >= 0 {
				return found{area: all[i].ID} // "Singapore", "Luxembourg"
			}
			return found{area: a.ID}
		case vedette.AreaSea:
			return found{area: a.ID}
		}
	}
	if f, ok := b.one(all); ok && all[0].Kind != vedette.AreaRegion {
		return f
	}
	return found{reason: "is a region, too wide to say where someone is: give a country or a city", atCity: true}
}

// one chooses among places of one name, or says that they are several: a
// city goes before a division and that before an airport, and a place without a namesake of a tenth of
// its people before the others.
func (b *placeBook) one(all []vedette.Area) (found, bool) {
	kind := vedette.AreaCity
	if !slices.ContainsFunc(all, func(a vedette.Area) bool { return a.Kind == kind }) {
		kind = vedette.AreaDivision
	}
	if !slices.ContainsFunc(all, func(a vedette.Area) bool { return a.Kind == kind }) {
		kind = vedette.AreaAirport
	}
	var same []vedette.Area
	for _, a := range all {
		if a.Kind == kind && (len(same) == 0 || a.People*10 >= same[0].People) && !besides(same, a) {
			same = append(same, a)
		}
	}
	switch len(same) {
	case 0:
		return found{}, false
	case 1:
		return found{area: same[0].ID}, true
	}
	mend := "add the country"
	for _, a := range same[1:] {
		if a.Country == same[0].Country {
			mend = "add latitude and longitude"
		}
	}
	return found{others: same, reason: fmt.Sprintf("may be %s: %s", b.list(same), mend), atCity: true}, true
}

// besides says whether a place lies beside one that is listed: parts of one
// city under one name.
func besides(all []vedette.Area, a vedette.Area) bool {
	return slices.ContainsFunc(all, func(o vedette.Area) bool {
		return o.Country == a.Country && gazetteer.Distance(o.Center, a.Center) <= nearKM
	})
}

// label names an area with its country: "Tripoli, Libya".
func (b *placeBook) label(id vedette.AreaID) string {
	a, ok := b.g.Area(id)
	if !ok || a.Country == "" || a.Country == a.ID {
		return b.g.Name(id)
	}
	return a.Name + ", " + b.g.Name(a.Country)
}

// list names up to four places, "or" before the last.
func (b *placeBook) list(all []vedette.Area) string {
	var names []string
	for _, a := range all[:min(len(all), 4)] {
		if name := b.label(a.ID); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
