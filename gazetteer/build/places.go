package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// leastPeople is the smallest town taken; capitals and the cities of
// spellings.txt are taken whatever their size.
const leastPeople = 1_000

// seats are the towns taken though GeoNames has no count of their inhabitants:
// those a division of the first three levels is governed from.
var seats = map[string]bool{"PPLA": true, "PPLA2": true, "PPLA3": true}

// sources is what the places are made of.
type sources struct {
	codes     codes
	names     map[string][]string // English, CLDR
	foreign   map[string][]string // other languages', CLDR
	all       []town
	towns     []*town // those kept, by number
	divisions []*division
	airports  []airport
	outline   *outline // of countries
	borders   *outline // of divisions
	assigner  *assigner
	words     map[string]bool // ordinary English words
	known     map[int]string  // towns named by hand, and the name they are found by
	capitals  map[int]bool
	zones     map[string][]string // by country, those of most people first
}

// keep chooses the towns: large enough, or a capital, or named by hand.
func (s *sources) keep(countries []tables.Country) error {
	listed := map[string]bool{}
	s.known, s.capitals = map[int]string{}, map[int]bool{}
	for _, c := range countries {
		listed[c.Code] = true
		if t := s.capital(c); t != nil {
			s.capitals[t.id] = true
		}
	}
	hand, err := tables.Cities()
	if err != nil {
		return err
	}
	var missing []string
	for _, h := range hand {
		t := s.find(h)
		if t == nil {
			missing = append(missing, h.Country+" "+h.Found)
			continue
		}
		s.known[t.id] = h.Found
	}
	if missing != nil {
		return fmt.Errorf("spellings.txt: no such cities: %s", strings.Join(missing, "; "))
	}
	for i := range s.all {
		t := &s.all[i]
		if listed[t.country] && (t.people >= leastPeople && !notTowns[t.feature] || t.people == 0 && seats[t.feature] || t.feature == furtherFeature || s.capitals[t.id] || s.known[t.id] != "") {
			s.towns = append(s.towns, t)
		}
	}
	s.countZones()
	return nil
}

// find gives the largest town of that name in that country, by its own name
// where one has it, else by another.
func (s *sources) find(h tables.City) *town {
	want := words.Fold(h.Found)
	var own, other *town
	for i := range s.all {
		t := &s.all[i]
		if t.country != h.Country {
			continue
		}
		switch {
		case words.Fold(t.name) == want || words.Fold(t.ascii) == want:
			if own == nil || t.people > own.people {
				own = t
			}
		case (other == nil || t.people > other.people) && slices.ContainsFunc(t.others, func(n string) bool { return words.Fold(n) == want }):
			other = t
		}
	}
	if own != nil {
		return own
	}
	return other
}

// capital gives the country's capital: the table's, else the one marked.
func (s *sources) capital(country tables.Country) *town {
	for i := range s.all {
		t := &s.all[i]
		if t.country == country.Code && (t.id == country.Capital || country.Capital == 0 && t.feature == "PPLC") {
			return t
		}
	}
	return nil
}

// countZones orders each country's zones by the people who live in them.
func (s *sources) countZones() {
	people := map[[2]string]int{}
	for i := range s.all {
		t := &s.all[i]
		people[[2]string{t.country, t.zone}] += t.people + 1
	}
	s.zones = map[string][]string{}
	for k := range people {
		if k[1] != "" {
			s.zones[k[0]] = append(s.zones[k[0]], k[1])
		}
	}
	for c, zones := range s.zones {
		slices.SortFunc(zones, func(a, b string) int {
			return cmp.Or(people[[2]string{c, b}]-people[[2]string{c, a}], cmp.Compare(a, b))
		})
	}
}

// writeCore writes countries, divisions and airports as tab-separated lines:
//
//	country  code alpha3 lat lon capital zones names foreign -
//	division id country parent lat lon zones name names words
//	airport  code country division town lat lon zone names word
//
// Zones and names are parted by ";".
func (s *sources) writeCore(countries []tables.Country) ([]byte, error) {
	var b bytes.Buffer
	for _, c := range countries {
		if err := s.writeCountry(&b, c); err != nil {
			return nil, err
		}
	}
	for _, d := range s.divisions {
		at, zones := s.centerOf(d)
		var plain []string // names made of ordinary words
		for _, n := range append([]string{d.name}, d.names...) {
			if !strings.HasPrefix(d.id, "adm1:") && s.isPlain(words.Fold(n)) {
				plain = append(plain, words.Fold(n))
			}
		}
		fmt.Fprintf(&b, "division\t%s\t%s\t%s\t%.4f\t%.4f\t%s\t%s\t%s\t%s\n", d.id, d.country, d.parent, at.Lat, at.Lon,
			strings.Join(zones, ";"), d.name, strings.Join(d.names, ";"), strings.Join(plain, ";"))
	}
	for _, p := range s.airports {
		word := ""
		if s.words[strings.ToLower(p.code)] {
			word = "w"
		}
		fmt.Fprintf(&b, "airport\t%s\t%s\t%s\t%d\t%.4f\t%.4f\t%s\t%s\t%s\n", p.code, p.country, p.division, p.town, p.at.Lat, p.at.Lon,
			p.zone, strings.Join(p.names, ";"), word)
	}
	return b.Bytes(), nil
}

// generic are the words that make a division's name of several words one that
// stands in a report for much else: "Far North", "Cross River", "Blue Nile".
var generic = strings.Fields("north south east west northern southern eastern western central centre center upper lower middle far free state " +
	"river rivers lake lakes island islands bay capital region coast highlands blue white red sea nile cross federal district territory new valley " +
	"northeast northwest southeast southwest metropolitan outer inner holy")

// isPlain says whether a division's name is no sign of one: an ordinary word,
// or several of the generic ones.
func (s *sources) isPlain(key string) bool {
	all := strings.Fields(key)
	if key == "afar" || key == "chin" {
		return false // rarely written with a capital but as names
	}
	return len(all) == 1 && s.isWords(key) || !slices.ContainsFunc(all, func(w string) bool { return !slices.Contains(generic, w) })
}

func (s *sources) writeCountry(b *bytes.Buffer, country tables.Country) error {
	capital := s.capital(country)
	center, ok := s.outline.center(country.Code)
	switch {
	case !ok && capital != nil:
		center = capital.at
	case !ok:
		if center, ok = bareCenters[country.Code]; !ok {
			return fmt.Errorf("%s has neither outline nor capital", country.Code)
		}
	}
	zones, id := s.zones[country.Code], ""
	if zones == nil {
		zones = bareZones[country.Code]
	}
	if capital != nil {
		id = string(gazetteer.TownID(uint32(capital.id)))
		zones = first(zones, capital.zone)
	}
	fmt.Fprintf(b, "country\t%s\t%s\t%.4f\t%.4f\t%s\t%s\t%s\t%s\t\n", country.Code, s.codes.alpha3[country.Code], center.Lat, center.Lon, id,
		strings.Join(zones, ";"), strings.Join(s.names[country.Code], ";"), strings.Join(s.foreign[country.Code], ";"))
	return nil
}

// first puts one of a list first.
func first(list []string, one string) []string {
	return append([]string{one}, slices.DeleteFunc(slices.Clone(list), func(z string) bool { return z == one })...)
}

// centerOf gives a point well inside a division, its largest town where it
// has no outline, and its zones, those of most people first.
func (s *sources) centerOf(d *division) (vedette.Point, []string) {
	people := map[string]int{}
	var largest *town
	s.eachTown(d, func(t *town) {
		people[t.zone] += t.people + 1
		if largest == nil || t.people > largest.people {
			largest = t
		}
	})
	var zones []string
	for z := range people {
		if z != "" {
			zones = append(zones, z)
		}
	}
	slices.SortFunc(zones, func(a, b string) int { return cmp.Or(people[b]-people[a], cmp.Compare(a, b)) })
	at, ok := s.borders.center(d.id)
	if !ok && largest != nil {
		at = largest.at
	}
	if len(zones) == 0 {
		zones = s.nearestZone(d.country, at)
	}
	return at, zones
}

// eachTown calls see with the towns of a division and of those in it.
func (s *sources) eachTown(d *division, see func(*town)) {
	for _, t := range d.towns {
		see(t)
	}
	for _, part := range s.divisions {
		if part.parent == d.id {
			for _, t := range part.towns {
				see(t)
			}
		}
	}
}

// bareCenters are the places of ISO 3166-1 too small for the outlines and
// without a town. Source: CIA World Factbook, rounded.
var bareCenters = map[string]vedette.Point{
	"BV": {Lat: -54.42, Lon: 3.36},
	"TK": {Lat: -9.17, Lon: -171.83},
}

// bareZones are the zones of places without a town. Source: tz database.
var bareZones = map[string][]string{
	"AQ": {"Antarctica/McMurdo"}, "GS": {"Atlantic/South_Georgia"}, "IO": {"Indian/Chagos"},
	"TF": {"Indian/Kerguelen"}, "TK": {"Pacific/Fakaofo"}, "UM": {"Pacific/Midway", "Pacific/Wake"},
	"PN": {"Pacific/Pitcairn"},
}
