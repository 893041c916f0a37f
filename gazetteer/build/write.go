package main

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strings"

	"vedette/gazetteer/tables"
	"vedette/gazetteer/words"
)

// Marks of a town and of a name, as the gazetteer reads them.
const (
	markCapital = 1
	markKnown   = 2
	markWord    = 1       // a name that is made of ordinary English words
	otherName   = 1 << 31 // of a bearer: it is not the town's own name
)

// mostBearers is the most towns kept of one name.
const mostBearers = 64

// file is the table of places as it is written: sections, each with its
// length before it.
type file struct{ b []byte }

func (f *file) section(b []byte) {
	f.b = binary.LittleEndian.AppendUint32(f.b, uint32(len(b)))
	f.b = append(f.b, b...)
}

// column writes one number of every town.
func column[T uint8 | uint16 | uint32](f *file, towns []*town, of func(*town) T) {
	var b []byte
	for _, t := range towns {
		switch v := any(of(t)).(type) {
		case uint8:
			b = append(b, v)
		case uint16:
			b = binary.LittleEndian.AppendUint16(b, v)
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, v)
		}
	}
	f.section(b)
}

// write gives the file of places: core lines, zones, the towns by columns,
// and the names towns are found by.
func (s *sources) write(countries []tables.Country) ([]byte, error) {
	core, err := s.writeCore(countries)
	if err != nil {
		return nil, err
	}
	f := &file{}
	f.section(core)
	zones := s.zoneNames()
	f.section([]byte(strings.Join(zones, "\n")))
	country, division := map[string]int{}, map[string]int{}
	for i, c := range countries {
		country[c.Code] = i
	}
	for i, d := range s.divisions {
		division[d.id] = i + 1 // 0 is none
	}
	zone := map[string]int{}
	for i, z := range zones {
		zone[z] = i
	}
	column(f, s.towns, func(t *town) uint32 { return uint32(t.id) })
	column(f, s.towns, func(t *town) uint32 { return uint32(int32(math.Round(t.at.Lat * 1e4))) })
	column(f, s.towns, func(t *town) uint32 { return uint32(int32(math.Round(t.at.Lon * 1e4))) })
	column(f, s.towns, func(t *town) uint32 { return uint32(t.people) })
	column(f, s.towns, func(t *town) uint16 { return uint16(country[t.country]) })
	column(f, s.towns, func(t *town) uint16 { return uint16(division[t.division]) })
	column(f, s.towns, func(t *town) uint16 { return uint16(zone[t.zone]) })
	column(f, s.towns, s.mark)
	column(f, s.towns, func(t *town) uint8 { return uint8(min(len(t.name), 255)) })
	var names []byte
	for _, t := range s.towns {
		names = append(names, t.name[:min(len(t.name), 255)]...)
	}
	f.section(names)
	s.writeNames(f)
	return f.b, nil
}

func (s *sources) mark(t *town) (m uint8) {
	if s.capitals[t.id] {
		m |= markCapital
	}
	if s.known[t.id] != "" {
		m |= markKnown
	}
	return m
}

func (s *sources) zoneNames() []string {
	set := map[string]bool{"": true}
	for _, t := range s.towns {
		set[t.zone] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// spelling is a name of towns: by its key, which of them bear it.
type spelling struct {
	bearers []uint32
	small   uint8 // bit i: the i-th word is written small
	marks   uint8
}

// writeNames writes the keys in their order: their lengths, their letters,
// which words may be small, marks, how many bearers, and the bearers, those
// of most weight first.
func (s *sources) writeNames(f *file) {
	names := map[string]*spelling{}
	for i, t := range s.towns {
		near, foreign := s.assigner.spellings(t)
		s.bear(names, uint32(i), t.name)
		for _, n := range slices.Concat([]string{s.known[t.id]}, near, foreign) {
			s.bear(names, uint32(i)|otherName, n)
		}
	}
	keys := slices.Sorted(maps.Keys(names))
	var lengths, letters, small, marks, counts, bearers []byte
	for _, key := range keys {
		n := names[key]
		slices.SortFunc(n.bearers, func(a, b uint32) int { return cmp.Or(s.weight(b)-s.weight(a), cmp.Compare(a, b)) })
		n.bearers = n.bearers[:min(len(n.bearers), mostBearers)]
		lengths, letters = append(lengths, uint8(len(key))), append(letters, key...)
		small, marks, counts = append(small, n.small), append(marks, n.marks), append(counts, uint8(len(n.bearers)))
		for _, b := range n.bearers {
			bearers = binary.LittleEndian.AppendUint32(bearers, b)
		}
	}
	for _, b := range [][]byte{lengths, letters, small, marks, counts, bearers} {
		f.section(b)
	}
}

// weight is how likely a bearer of a name is meant.
func (s *sources) weight(bearer uint32) int {
	t := s.towns[bearer&^otherName]
	w := t.people
	if s.mark(t) != 0 {
		w = w*10 + 1
	}
	if bearer&otherName != 0 {
		w /= 10
	}
	return w
}

func (s *sources) bear(names map[string]*spelling, bearer uint32, name string) {
	key := words.Fold(name)
	if len(key) < 2 || len(key) > maxKey {
		return
	}
	n := names[key]
	if n == nil {
		n = &spelling{}
		if s.isWords(key) {
			n.marks = markWord
		}
		names[key] = n
	}
	if !slices.ContainsFunc(n.bearers, func(b uint32) bool { return b&^otherName == bearer&^otherName }) {
		n.bearers = append(n.bearers, bearer)
	}
	sc := words.NewScanner(name)
	var w words.Word
	for i := 0; sc.Read(&w); i++ {
		if i > 0 && i < 8 && !w.Upper {
			n.small |= 1 << i
		}
	}
}

// isWords says whether a key is made of ordinary English words.
func (s *sources) isWords(key string) bool {
	for w := range strings.FieldsSeq(key) {
		if !s.words[w] {
			return false
		}
	}
	return true
}
