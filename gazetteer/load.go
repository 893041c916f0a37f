package gazetteer

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"vedette"
	"vedette/gazetteer/tables"
)

//go:embed data/places.bin.gz
var packedPlaces []byte

// loader gathers what the gazetteer is made of.
type loader struct {
	*Gazetteer
	tables        map[string]tables.Country
	extra         map[string]int32 // key → entry
	countryOrder  []vedette.AreaID // as the file numbers them
	divisionOrder []vedette.AreaID
	parents       map[vedette.AreaID]vedette.AreaID // division or airport → what holds it
	portDivisions map[vedette.AreaID]vedette.AreaID
	ports         []port
	late          []func() // adjectives, added when all names are known
}

// port is an airport with its names.
type port struct {
	id    vedette.AreaID
	names []string
}

func load() (*Gazetteer, error) {
	l := &loader{
		Gazetteer: &Gazetteer{
			index: map[vedette.AreaID]int32{}, people: map[string]vedette.AreaID{},
			codes: map[string]vedette.AreaID{}, capitals: map[vedette.AreaID]vedette.AreaID{},
			members: map[vedette.AreaID][]vedette.AreaID{}, above: map[vedette.AreaID][]vedette.AreaID{},
			divisions: map[vedette.AreaID][]vedette.AreaID{}, wordPorts: map[vedette.AreaID]bool{},
		},
		tables: map[string]tables.Country{}, extra: map[string]int32{},
		parents: map[vedette.AreaID]vedette.AreaID{}, portDivisions: map[vedette.AreaID]vedette.AreaID{},
	}
	b, err := unpack(packedPlaces)
	if err != nil {
		return nil, err
	}
	f := &sections{b: b}
	core := f.text()
	for _, step := range []func() error{
		l.lexicon.read,
		func() error { return l.towns.read(f) },
		func() error { return l.names.read(f) },
		func() error { return l.loadCore(core) },
		l.loadSeas, l.loadRegions, l.nameTowns, l.finish,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	l.grid = sync.OnceValue(func() *townGrid { return newTownGrid(&l.Gazetteer.towns) })
	return l.Gazetteer, nil
}

// add appends an area.
func (l *loader) add(a vedette.Area) {
	l.index[a.ID] = int32(len(l.core))
	l.core = append(l.core, a)
}

// unpack reads a whole gzip file.
func unpack(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if n := len(b); n > 4 { // its length stands at the end
		out.Grow(min(int(uint32(b[n-4])|uint32(b[n-3])<<8|uint32(b[n-2])<<16|uint32(b[n-1])<<24), 64<<20) + bytes.MinRead)
	}
	_, err = io.Copy(&out, r)
	return out.Bytes(), err
}

// columns is how many fields a line has.
const columns = 10

// loadCore reads countries, divisions and airports, and joins to the
// countries what countries.txt says of them.
func (l *loader) loadCore(text string) error {
	table, err := tables.Countries()
	if err != nil {
		return err
	}
	for _, c := range table {
		l.tables[c.Code] = c
	}
	l.core = make([]vedette.Area, 0, strings.Count(text, "\n")+256)
	for line := range strings.Lines(text) {
		var f [columns]string
		if err := fields(strings.TrimSuffix(line, "\n"), &f); err != nil {
			return err
		}
		switch f[0] {
		case "country":
			l.addCountry(&f)
		case "division":
			l.addDivision(&f)
		default:
			if err := l.addPort(&f); err != nil {
				return err
			}
		}
	}
	slices.Sort(l.Gazetteer.countries)
	l.towns.join(l.countryOrder, l.divisionOrder)
	return nil
}

// fields splits a line at its tabs into exactly so many.
func fields(line string, f *[columns]string) error {
	rest, ok := line, true
	for i := range columns - 1 {
		if f[i], rest, ok = strings.Cut(rest, "\t"); !ok {
			return vedette.Errorf(vedette.CodeInternal, "places: %q has not %d fields", line, columns)
		}
	}
	f[columns-1] = rest
	return nil
}

// addCountry takes: country code alpha3 lat lon capital zones names foreign -.
func (l *loader) addCountry(f *[columns]string) {
	c := l.tables[f[1]]
	id := vedette.AreaID(f[1])
	a := vedette.Area{ID: id, Kind: vedette.AreaCountry, Name: c.Name, Center: point(f[3], f[4]), Capital: vedette.AreaID(f[5])}
	a.Zones = split(f[6])
	l.add(a)
	for _, name := range slices.Concat([]string{c.Name}, c.Names, split(f[7])) {
		l.say(id, name)
	}
	for _, name := range split(f[8]) {
		l.know(id, name)
	}
	l.Gazetteer.countries = append(l.Gazetteer.countries, id)
	l.countryOrder = append(l.countryOrder, id)
	l.codes[f[1]] = id
	if f[2] != "" {
		l.codes[f[2]] = id
	}
	if a.Capital != "" {
		l.capitals[a.Capital] = id
	}
}

// addDivision takes: division id country parent lat lon zones name names words.
func (l *loader) addDivision(f *[columns]string) {
	id, country := vedette.AreaID(f[1]), vedette.AreaID(f[2])
	l.add(vedette.Area{ID: id, Kind: vedette.AreaDivision, Name: f[7], Country: country, Zones: split(f[6]), Center: point(f[4], f[5])})
	plain := split(f[9])
	l.divide(id, f[7], plain)
	for _, name := range split(f[8]) {
		l.divide(id, name, plain)
	}
	l.divisionOrder = append(l.divisionOrder, id)
	l.divisions[country] = append(l.divisions[country], id)
	if f[3] != "" {
		l.parents[id] = vedette.AreaID(f[3])
	}
}

// addPort takes: airport code country division town lat lon zone names word.
func (l *loader) addPort(f *[columns]string) error {
	id := vedette.AreaID("iata:" + f[1])
	all := split(f[8])
	if len(all) == 0 {
		return vedette.Errorf(vedette.CodeInternal, "places: the airport %s has no name", f[1])
	}
	a := vedette.Area{ID: id, Kind: vedette.AreaAirport, Name: all[0], Country: vedette.AreaID(f[2]), Zones: split(f[7]), Center: point(f[5], f[6])}
	l.add(a)
	town, err := strconv.ParseUint(f[4], 10, 32)
	if err != nil {
		return vedette.Errorf(vedette.CodeInternal, "places: the airport %s is of the town %q", f[1], f[4])
	}
	if town != 0 {
		l.parents[id] = TownID(uint32(town))
	}
	l.portDivisions[id] = vedette.AreaID(f[3])
	l.ports = append(l.ports, port{id, all})
	if f[9] != "" {
		l.wordPorts[id] = true
	}
	return nil
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ";")
}

func point(lat, lon string) vedette.Point {
	la, _ := strconv.ParseFloat(lat, 64)
	lo, _ := strconv.ParseFloat(lon, 64)
	return vedette.Point{Lat: la, Lon: lo}
}

func (l *loader) loadSeas() error {
	seas, err := tables.Seas()
	for _, s := range seas {
		l.add(vedette.Area{ID: s.Slug, Kind: vedette.AreaSea, Name: s.Name, Center: s.Label})
		for _, name := range append([]string{s.Name}, s.Names...) {
			l.say(s.Slug, name)
		}
		l.seas = append(l.seas, newSeaShape(s))
	}
	return err
}

// nameTowns gives the cities of spellings.txt their names.
func (l *loader) nameTowns() error {
	hand, err := tables.Cities()
	if err != nil {
		return err
	}
	for _, h := range hand {
		i := l.townNamed(h.Found, vedette.AreaID(h.Country))
		if i < 0 {
			return vedette.Errorf(vedette.CodeInternal, "spellings.txt: %s has no city %q", h.Country, h.Found)
		}
		if h.Name != "" {
			l.towns.hand[int32(i)] = h.Name
		}
		for _, name := range append(h.Names, h.Name) {
			l.spell(int32(i), name)
		}
	}
	return nil
}
