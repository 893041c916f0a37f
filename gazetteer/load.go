package gazetteer

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

//go:embed data/places.tsv.gz
var packedPlaces []byte

// loader gathers what the gazetteer is made of.
type loader struct {
	*Gazetteer
	lex       *lexicon
	countries map[string]tables.Country
	stops     tables.Stop
	zones     map[string][]string // one slice a zone, shared by its cities
	homes     map[vedette.AreaID][]vedette.AreaID
	names     map[int32][]string // area → all its names
	known     map[int32]bool     // cities named by hand
}

func load() (*Gazetteer, error) {
	l := &loader{
		Gazetteer: &Gazetteer{
			index: map[vedette.AreaID]int32{}, people: map[string]vedette.AreaID{},
			codes: map[string]vedette.AreaID{}, capitals: map[vedette.AreaID]vedette.AreaID{},
			members: map[vedette.AreaID][]vedette.AreaID{}, above: map[vedette.AreaID][]vedette.AreaID{},
		},
		lex: newLexicon(), countries: map[string]tables.Country{},
		zones: map[string][]string{}, homes: map[vedette.AreaID][]vedette.AreaID{}, names: map[int32][]string{}, known: map[int32]bool{},
	}
	for _, step := range []func() error{l.loadCountries, l.loadSeas, l.loadRegions, l.nameCities, l.indexNames, l.loadLexicon} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	l.grid = newCityGrid(l.areas)
	l.lexicon = l.lex
	return l.Gazetteer, nil
}

// add appends an area with its names.
func (l *loader) add(a vedette.Area, names ...string) int32 {
	i := int32(len(l.areas))
	l.areas = append(l.areas, a)
	l.index[a.ID] = i
	l.names[i] = names
	return i
}

// unpack reads a whole gzip file.
func unpack(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// loadCountries reads the table of places, countries and cities alike, and
// joins to the countries what countries.txt says of them.
func (l *loader) loadCountries() error {
	table, err := tables.Countries()
	if err != nil {
		return err
	}
	for _, c := range table {
		l.countries[c.Code] = c
	}
	b, err := unpack(packedPlaces)
	if err != nil {
		return err
	}
	text := string(b)
	l.areas = make([]vedette.Area, 0, strings.Count(text, "\n")+128)
	for line := range strings.Lines(text) {
		var f [9]string
		if err := fields(strings.TrimSuffix(line, "\n"), &f); err != nil {
			return err
		}
		if f[0] == "country" {
			l.addCountry(f)
			continue
		}
		if err := l.addCity(f); err != nil {
			return err
		}
	}
	slices.Sort(l.Gazetteer.countries)
	return nil
}

// fields splits a line at its tabs into exactly nine.
func fields(line string, f *[9]string) error {
	rest := line
	for i := range 8 {
		var ok bool
		if f[i], rest, ok = strings.Cut(rest, "\t"); !ok {
			return vedette.Errorf(vedette.CodeInternal, "places: %q has not nine fields", line)
		}
	}
	f[8] = rest
	return nil
}

// addCountry takes: country code alpha3 numeric lat lon capital zones names.
func (l *loader) addCountry(f [9]string) {
	c := l.countries[f[1]]
	id := vedette.AreaID(f[1])
	a := vedette.Area{ID: id, Kind: vedette.AreaCountry, Name: c.Name, Center: point(f[4], f[5]), Capital: vedette.AreaID(f[6])}
	if f[7] != "" {
		a.Zones = strings.Split(f[7], ";")
	}
	l.add(a, slices.Concat([]string{c.Name}, c.Names, strings.Split(f[8], ";"))...)
	l.Gazetteer.countries = append(l.Gazetteer.countries, id)
	l.codes[f[1]] = id
	l.homes[id] = []vedette.AreaID{id} // shared by its cities
	if f[2] != "" {
		l.codes[f[2]] = id
	}
	if a.Capital != "" {
		l.capitals[a.Capital] = id
	}
}

// addCity takes: city id country lat lon people zone name mark.
func (l *loader) addCity(f [9]string) error {
	people, err := strconv.Atoi(f[5])
	if err != nil {
		return err
	}
	if l.zones[f[6]] == nil && f[6] != "" {
		l.zones[f[6]] = []string{f[6]}
	}
	country := vedette.AreaID(f[2])
	l.add(vedette.Area{ID: vedette.AreaID("gn:" + f[1]), Kind: vedette.AreaCity, Name: f[7], Country: country,
		Within: l.homes[country], Zones: l.zones[f[6]], Center: point(f[3], f[4]), People: people}, f[7])
	return nil
}

func point(lat, lon string) vedette.Point {
	la, _ := strconv.ParseFloat(lat, 64)
	lo, _ := strconv.ParseFloat(lon, 64)
	return vedette.Point{Lat: la, Lon: lo}
}

func (l *loader) loadSeas() error {
	seas, err := tables.Seas()
	for _, s := range seas {
		l.add(vedette.Area{ID: s.Slug, Kind: vedette.AreaSea, Name: s.Name, Center: s.Label}, append([]string{s.Name}, s.Names...)...)
		l.seas = append(l.seas, newSeaShape(s))
	}
	return err
}

// nameCities gives the cities of spellings.txt their names.
func (l *loader) nameCities() error {
	hand, err := tables.Cities()
	if err != nil {
		return err
	}
	byFound := map[string]int32{}
	for i, a := range l.areas {
		if a.Kind != vedette.AreaCity {
			continue
		}
		key := string(a.Country) + words.Fold(a.Name)
		if other, ok := byFound[key]; !ok || l.areas[other].People < a.People {
			byFound[key] = int32(i)
		}
	}
	for _, h := range hand {
		i, ok := byFound[h.Country+words.Fold(h.Found)]
		if !ok {
			return vedette.Errorf(vedette.CodeInternal, "spellings.txt: %s has no city %q", h.Country, h.Found)
		}
		l.known[i] = true
		l.names[i] = append(l.names[i], h.Names...)
		if h.Name != "" {
			l.areas[i].Name = h.Name
			l.names[i] = append(l.names[i], h.Name)
		}
	}
	return nil
}

// indexNames makes the table that Lookup reads.
func (l *loader) indexNames() error {
	l.byName = make(map[string][]int32, len(l.areas)+len(l.areas)/8)
	for i := range l.areas {
		for _, name := range l.names[int32(i)] {
			key := words.Fold(name)
			if key != "" && !slices.Contains(l.byName[key], int32(i)) {
				l.byName[key] = append(l.byName[key], int32(i))
			}
		}
	}
	for key, areas := range l.byName {
		if len(areas) > 1 {
			slices.SortFunc(areas, l.rank)
			l.byName[key] = areas
		}
	}
	return nil
}

// loadRegions reads regions and works out what holds what: a region holds its
// members, and every smaller region whose members are all among its own.
func (l *loader) loadRegions() error {
	regions, err := tables.Regions()
	if err != nil {
		return err
	}
	slices.SortStableFunc(regions, func(a, b tables.Region) int { return cmp.Compare(len(a.Members), len(b.Members)) })
	for _, r := range regions {
		for _, m := range r.Members {
			if _, ok := l.index[m]; !ok {
				return vedette.Errorf(vedette.CodeInternal, "regions.txt: %s has the unknown member %q", r.Slug, m)
			}
			l.above[m] = append(l.above[m], r.Slug)
		}
		l.members[r.Slug] = r.Members
		l.lex.adjectives(r.Slug, r.Adjectives)
		l.add(vedette.Area{ID: r.Slug, Kind: vedette.AreaRegion, Name: r.Name}, append([]string{r.Name}, r.Names...)...)
	}
	for i, inner := range regions {
		for _, outer := range regions[i+1:] {
			if len(inner.Members) < len(outer.Members) && holdsAll(outer.Members, inner.Members) {
				l.above[inner.Slug] = append(l.above[inner.Slug], outer.Slug)
			}
		}
	}
	l.place()
	return nil
}

// place sets what directly contains countries, seas and regions, and the
// middle of a region: that of its countries.
func (l *loader) place() {
	for i := range l.areas {
		a := &l.areas[i]
		if a.Kind == vedette.AreaRegion {
			a.Center = l.middle(l.members[a.ID])
		}
		if a.Kind != vedette.AreaCity {
			a.Within = direct(l.above[a.ID], l.above)
		}
	}
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

func holdsAll(outer, inner []vedette.AreaID) bool {
	for _, id := range inner {
		if !slices.Contains(outer, id) {
			return false
		}
	}
	return true
}
