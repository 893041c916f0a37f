// Package place finds the places that tables and itineraries name: a country
// and a city, an airport's code, a point, and what they come to together. A
// name that may be several is asked about, never guessed.
package place

import (
	"slices"
	"strings"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/sheet"
	"vedette/wording"
)

const (
	nearKM  = 25  // a point this near a city is in the city
	slackKM = 30  // a point may lie this far outside its country: coasts and borders are coarse
	awayKM  = 200 // a point farther than this from its city contradicts it
)

// found is what a country cell and a city cell come to.
type found struct {
	area    vedette.AreaID
	others  []vedette.Area // places of the same name, for a point to choose from
	reason  error
	unknown bool // no place is called so, or nearly so
	atCity  bool // the reason is of the city cell
}

// placedPoint is a point beside an area, "" where none is named.
type placedPoint struct {
	area  vedette.AreaID
	point vedette.Point
}

// Book looks places up, for one file, each pair of cells and each point once.
type Book struct {
	g       *gazetteer.Gazetteer
	found   map[[2]string]found
	agreed  map[placedPoint]found               // what a point beside an area, or alone, comes to
	boxes   map[vedette.AreaID][2]vedette.Point // of countries: south-west and north-east
	large   map[[2]int][]vedette.Area           // large cities by degree cell, made when first needed
	stops   map[[2]string]found
	zones   map[vedette.AreaID][]*time.Location
	guesses int // searches for a near spelling left in this file
}

// New makes the book for one file.
func New(g *gazetteer.Gazetteer) *Book {
	return &Book{
		g:       g,
		found:   map[[2]string]found{},
		agreed:  map[placedPoint]found{},
		boxes:   map[vedette.AreaID][2]vedette.Point{},
		stops:   map[[2]string]found{},
		zones:   map[vedette.AreaID][]*time.Location{},
		guesses: maxGuesses,
	}
}

// Cells are the cells of a row that say where.
type Cells struct{ Country, Division, City, Lat, Lon, Point sheet.Cell }

// Read reads where a row's cells say. Area is "" and point nil where all are
// empty. It is false where they cannot be read, which has been noted then.
func (b *Book) Read(in *sheet.Reader, c *Cells) (vedette.AreaID, *vedette.Point, bool) {
	point, at, ok := b.point(in, c)
	if !ok {
		return "", nil, false
	}
	if c.Country.Value == "" && c.City.Value == "" {
		return b.unnamed(in, point, at)
	}
	f := b.inDivision(b.find(c.Country.Value, c.City.Value), c)
	if point != nil {
		f = b.choose(f, *point)
	}
	if f.reason != nil {
		if f.atCity {
			in.Refuse(c.City, f.reason)
		} else {
			in.Refuse(c.Country, f.reason)
		}
		return "", nil, false
	}
	if point == nil {
		return f.area, nil, true
	}
	area, reason := b.agree(f.area, *point)
	if reason != nil {
		in.Refuse(at, reason)
		return "", nil, false
	}
	return area, point, true
}

// unnamed places a row that names neither country nor city, by its point.
func (b *Book) unnamed(in *sheet.Reader, point *vedette.Point, at sheet.Cell) (vedette.AreaID, *vedette.Point, bool) {
	if point == nil {
		return "", nil, true
	}
	area := b.Around(*point)
	if area == "" {
		in.Problem(at, "is in no country and no sea we know: give a country or sea as well")
		return "", nil, false
	}
	return area, point, true
}

// find gives the area that a country and a city name, one of them maybe "".
func (b *Book) find(country, city string) found {
	key := [2]string{country, city}
	f, ok := b.found[key]
	if !ok {
		f = b.look(country, city)
		b.found[[2]string{strings.Clone(country), strings.Clone(city)}] = f
	}
	return f
}

func (b *Book) look(country, city string) found {
	if country == "" {
		return b.anywhere(city)
	}
	if names := b.shared(country); !names.Nothing() {
		return found{reason: sheet.Reason("may be %s: write the whole name or its two letters", names)}
	}
	land, ok := b.country(country)
	switch {
	case !ok:
		return found{reason: sheet.Reason("is not a country we know: %s", b.orElse(country, sheet.Reason("write its English name or its two letters")))}
	case city == "":
		return found{area: land.ID}
	case land.Kind == vedette.AreaSea:
		return found{reason: sheet.Reason("is a sea: leave the city empty")}
	}
	return b.within(land, city)
}

// shared names the countries that share a name ("Congo", "Korea"), nothing where it
// is one country's or none's.
func (b *Book) shared(name string) wording.Said {
	if _, ok := b.g.Country(name); ok {
		return wording.Said{}
	}
	var names []string
	for _, a := range b.g.Lookup(name) {
		if a.Kind == vedette.AreaCountry {
			names = append(names, a.Name)
		}
	}
	if len(names) < 2 {
		return wording.Said{}
	}
	return either(names)
}

// country reads a country or a sea.
func (b *Book) country(s string) (vedette.Area, bool) {
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
func (b *Book) within(land vedette.Area, city string) found {
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
	reason := sheet.Reason("is no place we know in %s: mend it, leave it empty, or give latitude and longitude", land.Name)
	if hint := b.spelled(city, &land); hint != nil {
		reason = sheet.Reason("is no place we know in %s: %s", land.Name, hint)
	} else if len(elsewhere) > 0 {
		reason = sheet.Reason("is no place we know in %s (there is %s): mend country or city, or leave the city empty", land.Name, b.list(elsewhere))
	}
	return found{area: land.ID, reason: reason, atCity: true}
}

// lookCity looks a city up as written, as an airport's code, and with the
// country or the division after a comma; without it where that is unknown.
func (b *Book) lookCity(city string) []vedette.Area {
	if all := b.g.Lookup(city); len(all) > 0 {
		return all
	}
	if strings.Contains(city, ",") {
		if all := b.g.Named(city); len(all) > 0 {
			return all
		}
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
func (b *Book) airport(code string) (vedette.Area, bool) {
	if len(code) != 3 || strings.ToUpper(code) != code {
		return vedette.Area{}, false
	}
	return b.g.Airport(code)
}

// anywhere gives the place of that name where no country is given: a
// country, a sea, or the city that is far larger than its namesakes.
func (b *Book) anywhere(city string) found {
	if names := b.shared(city); !names.Nothing() {
		return found{reason: sheet.Reason("may be %s: write the whole name", names), atCity: true}
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
			if f, ok := b.one(b.g.Named(city)); ok {
				return f
			}
		}
		hint := b.spelled(city, nil)
		if hint == nil {
			return found{reason: unknownPlace(sheet.Reason("give the country, or latitude and longitude")), unknown: true, atCity: true}
		}
		return found{reason: unknownPlace(hint), atCity: true}
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
	return found{reason: sheet.Reason("is a region, too wide to say where someone is: give a country or a city"), atCity: true}
}

// one chooses among places of one name, or says that they are several: a
// city goes before a division and that before an airport, and a place without a namesake of a tenth of
// its people before the others.
func (b *Book) one(all []vedette.Area) (found, bool) {
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
	mend := sheet.Reason("add the country")
	for _, a := range same[1:] {
		if a.Country == same[0].Country {
			mend = sheet.Reason("add the state or province, or latitude and longitude")
		}
	}
	return found{others: same, reason: sheet.Reason("may be %s: %s", b.list(same), mend), atCity: true}, true
}

// besides says whether a place lies beside one that is listed: parts of one
// city under one name.
func besides(all []vedette.Area, a vedette.Area) bool {
	return slices.ContainsFunc(all, func(o vedette.Area) bool {
		return o.Country == a.Country && gazetteer.Distance(o.Center, a.Center) <= nearKM
	})
}

// Label names an area with its country: "Tripoli, Libya".
func (b *Book) Label(id vedette.AreaID) string {
	a, ok := b.g.Area(id)
	if !ok || a.Country == "" || a.Country == a.ID {
		return b.g.Name(id)
	}
	return a.Name + ", " + b.g.Name(a.Country)
}

// list names up to four places, "or" before the last.
func (b *Book) list(all []vedette.Area) wording.Said {
	names := b.g.Labels(all[:min(len(all), 4)])
	if last := len(names) - 1; last > 1 {
		names = []string{strings.Join(names[:last], "; "), names[last]}
	}
	return either(names)
}

// either names one thing or another.
func either(names []string) wording.Said {
	list := wording.AsItIs(names[0])
	for _, name := range names[1:] {
		list = wording.Of("%s or %s", list, name)
	}
	return list
}

// unknownPlace says that a place is not known, and what to do about it.
func unknownPlace(mend error) error { return sheet.Reason("is not a place we know: %s", mend) }
