package gazetteer

import (
	"encoding/binary"
	"slices"
	"strings"

	"vedette"
)

// towns is all cities and towns as they lie in the file: a column for each
// thing known of them, by number. Areas are made of them on demand.
type towns struct {
	n                           int
	ids, lats, lons, people     []byte // four bytes each
	countries, divisions, zones []byte // two bytes each
	marks                       []byte // not 0 for a capital and for a town of spellings.txt
	names                       string
	nameAt                      []uint32
	zoneNames                   []string
	zoneLists                   [][]string // one slice a zone, shared
	countryIDs, divisionIDs     []vedette.AreaID
	homes, withinDivision       [][]vedette.AreaID // one slice a country, a division; shared
	hand                        map[int32]string   // usual names from spellings.txt
	found                       kept[int]          // numbers of towns by those of their ids
}

func number32(col []byte, i int) uint32 { return binary.LittleEndian.Uint32(col[4*i:]) }
func number16(col []byte, i int) int    { return int(binary.LittleEndian.Uint16(col[2*i:])) }

func (t *towns) at(i int) vedette.Point {
	return vedette.Point{Lat: float64(int32(number32(t.lats, i))) / 1e4, Lon: float64(int32(number32(t.lons, i))) / 1e4}
}

func (t *towns) id(i int) vedette.AreaID {
	return TownID(number32(t.ids, i))
}

func (t *towns) inhabitants(i int) int { return int(number32(t.people, i)) }

func (t *towns) country(i int) vedette.AreaID { return t.countryIDs[number16(t.countries, i)] }

// division gives the division a town lies in, "" for none.
func (t *towns) division(i int) vedette.AreaID { return t.divisionIDs[number16(t.divisions, i)] }

func (t *towns) name(i int) string {
	if n, ok := t.hand[int32(i)]; ok {
		return n
	}
	return t.names[t.nameAt[i]:t.nameAt[i+1]]
}

// marked says whether the town is a capital or named by hand.
func (t *towns) marked(i int) bool { return t.marks[i] != 0 }

// find gives the number of a town by its id.
func (t *towns) find(id vedette.AreaID) (int, bool) {
	no, ok := townNumber(id)
	if !ok {
		return 0, false
	}
	i := t.found.get(int(no), t.search)
	return i, i >= 0
}

// search gives the number of a town by that of its id, -1 for none.
func (t *towns) search(no int) int {
	low, high := 0, t.n
	for low < high {
		mid := (low + high) / 2
		if number32(t.ids, mid) < uint32(no) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < t.n && number32(t.ids, low) == uint32(no) {
		return low
	}
	return -1
}

// area makes the area of a town. Its slices are shared.
func (t *towns) area(i int) vedette.Area {
	a := vedette.Area{ID: t.id(i), Kind: vedette.AreaCity, Name: t.name(i), Country: t.country(i), Center: t.at(i), People: t.inhabitants(i)}
	if a.Within = t.withinDivision[number16(t.divisions, i)]; a.Within == nil {
		a.Within = t.homes[number16(t.countries, i)]
	}
	a.Zones = t.zoneLists[number16(t.zones, i)]
	return a
}

// readTowns reads the sections of the file that hold the towns.
func (t *towns) read(f *sections) error {
	t.zoneNames = strings.Split(string(f.next()), "\n")
	for _, z := range t.zoneNames {
		list := []string(nil)
		if z != "" {
			list = []string{z}
		}
		t.zoneLists = append(t.zoneLists, list)
	}
	for _, col := range []*[]byte{&t.ids, &t.lats, &t.lons, &t.people, &t.countries, &t.divisions, &t.zones, &t.marks} {
		*col = f.next()
	}
	lengths := f.next()
	t.names = f.text()
	t.n = len(t.ids) / 4
	if len(lengths) != t.n || len(t.marks) != t.n || len(t.zones) != 2*t.n || f.broken {
		return vedette.Errorf(vedette.CodeInternal, "places: the columns are broken")
	}
	t.nameAt = make([]uint32, t.n+1)
	for i, l := range lengths {
		t.nameAt[i+1] = t.nameAt[i] + uint32(l)
	}
	t.hand = map[int32]string{}
	return nil
}

// join tells the towns of the countries and divisions their numbers stand for.
func (t *towns) join(countries, divisions []vedette.AreaID) {
	t.countryIDs = countries
	t.divisionIDs = append([]vedette.AreaID{""}, divisions...)
	for i := range countries {
		t.homes = append(t.homes, slices.Clip(countries[i:i+1]))
	}
	t.withinDivision = make([][]vedette.AreaID, 1, len(divisions)+1)
	for i := range divisions {
		t.withinDivision = append(t.withinDivision, slices.Clip(divisions[i:i+1]))
	}
}

// sections reads a file of parts, each with its length before it.
type sections struct {
	b      []byte
	broken bool
}

func (f *sections) next() []byte {
	if len(f.b) < 4 || uint64(len(f.b)-4) < uint64(binary.LittleEndian.Uint32(f.b)) {
		f.b, f.broken = nil, true
		return nil
	}
	n := 4 + int(binary.LittleEndian.Uint32(f.b))
	part := f.b[4:n:n]
	f.b = f.b[n:]
	return part
}

func (f *sections) text() string { return string(f.next()) }
