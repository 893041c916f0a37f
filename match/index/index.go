package index

import (
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/index/grid"
	"vedette/match/index/row"
	"vedette/match/index/spell"
)

// Index holds where people are, and what they asked to be told. It is safe
// for concurrent use: any number may ask while none writes.
type Index struct {
	mu    sync.RWMutex
	areas areas
	sites names

	keys   []int64          // people by number; a number is never given to another
	sorted int              // so many of the first keys ascend
	late   map[int64]uint32 // numbers of the rest
	rows   row.Pages
	dots   grid.Grid
	odd    map[uint32]int // people whom no grid finds, with how many such presences: any shape may concern them

	begun   int64 // the latest beginning of a steady presence
	watches watches

	spare sync.Pool // of *scratch

	persons, presences int // with a presence; held
}

// New makes an empty index.
func New(g *gazetteer.Gazetteer) *Index {
	x := &Index{sites: names{no: map[string]uint32{}}, late: map[int64]uint32{}, dots: grid.New(),
		odd: map[uint32]int{}, begun: spell.Always, watches: newWatches()}
	x.areas.begin(g)
	return x
}

// names numbers the strings that many rows share: the names of sites.
type names struct {
	list []string
	no   map[string]uint32
}

// site gives the number of the name of a presence's site.
func (x *Index) site(p *vedette.Presence) uint32 {
	no, have := x.sites.no[p.Site]
	if !have && p.Site != "" {
		no = uint32(len(x.sites.list))
		x.sites.list, x.sites.no[p.Site] = append(x.sites.list, p.Site), no
	}
	return no
}

// number gives a person's number.
func (x *Index) number(key int64) (uint32, bool) {
	if i, have := slices.BinarySearch(x.keys[:x.sorted], key); have {
		return uint32(i), true
	}
	n, have := x.late[key]
	return n, have
}

// numbered gives a person's number, a new one to a person who is new.
func (x *Index) numbered(key int64) uint32 {
	if n, have := x.number(key); have {
		return n
	}
	n := len(x.keys)
	if x.sorted == n && (n == 0 || x.keys[n-1] < key) {
		x.sorted++
	} else {
		x.late[key] = uint32(n)
	}
	x.keys = append(x.keys, key)
	return uint32(n)
}

// Set replaces all presences that are held of a person; none removes them.
// Whose they say they are counts for nothing.
func (x *Index) Set(person int64, ps []vedette.Presence) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, have := x.number(person); have || len(ps) > 0 {
		x.set(x.numbered(person), ps)
	}
}

// Add puts one more presence under its person's key.
func (x *Index) Add(p vedette.Presence) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.add(p)
}

func (x *Index) add(p vedette.Presence) {
	n := x.numbered(p.Person)
	x.set(n, append(x.held(n, nil), p))
}

func (x *Index) set(n uint32, ps []vedette.Presence) {
	var was, is traces
	old := x.held(n, nil)
	for i := range old {
		was.add(x, &old[i], n, x.areas.of(old[i].Area))
	}
	var rows []byte
	for i := range ps {
		area := x.areas.of(ps[i].Area)
		is.add(x, &ps[i], n, area)
		rows = row.Append(rows, &ps[i], area, x.site(&ps[i]))
	}
	x.rows.Put(n, rows)
	x.replace(&was, &is, n)
	x.count(len(old), len(ps))
}

func (x *Index) count(before, after int) {
	x.presences += after - before
	switch {
	case before == 0 && after > 0:
		x.persons++
	case before > 0 && after == 0:
		x.persons--
	}
}

// held reads what is held of a person.
func (x *Index) held(n uint32, into []vedette.Presence) []vedette.Presence {
	ps, _ := x.read(n, x.rows.Rows(n), into, nil)
	return ps
}

// read reads a person's rows, with the numbers of their areas.
func (x *Index) read(n uint32, rows []byte, into []vedette.Presence, areas []uint32) ([]vedette.Presence, []uint32) {
	r := row.Reader{Rows: rows}
	for len(r.Rows) > 0 {
		p, area, site, named := r.Next()
		p.Person, p.Area = x.keys[n], x.areas.nodes[area].id
		if named {
			p.Site = x.sites.list[site]
		}
		into, areas = append(into, p), append(areas, area)
	}
	return into, areas
}

// Presences gives all that is held of a person, in the order it was put in,
// after what is in the slice already. Times are in UTC, to the nanosecond.
func (x *Index) Presences(person int64, into []vedette.Presence) []vedette.Presence {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if n, have := x.number(person); have {
		return x.held(n, into)
	}
	return into
}

// Persons counts the people of whom a presence is held.
func (x *Index) Persons() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.persons
}

// Len counts the presences held.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.presences
}
