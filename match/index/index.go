package index

import (
	"iter"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
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
	rows   pages
	dots   grid
	odd    map[uint32]int // people whom no grid finds, with how many such presences: any shape may concern them

	begun   int64 // the latest beginning of a steady presence
	watches watches

	persons, presences int // with a presence; held
}

// New makes an empty index.
func New(g *gazetteer.Gazetteer) *Index {
	return &Index{areas: newAreas(g), sites: names{no: map[string]uint32{}}, late: map[int64]uint32{}, dots: newGrid(),
		odd: map[uint32]int{}, begun: always, watches: newWatches()}
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
		was.add(x, &old[i], n)
	}
	var rows []byte
	for i := range ps {
		is.add(x, &ps[i], n)
		rows = x.appendRow(rows, &ps[i])
	}
	x.rows.put(n, rows)
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
	r := reader{x.rows.rows(n), x}
	for len(r.b) > 0 {
		into = append(into, r.next(x.keys[n]))
	}
	return into
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

// Load puts in many presences, about so many as n says. It is fastest, and
// the index smallest, when they come person by person and the people by
// ascending keys.
func (x *Index) Load(seq iter.Seq[vedette.Presence], n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	l := loading{x: x, fill: x.rows.fill(uint32(len(x.keys)))}
	if x.presences == 0 {
		x.keys = slices.Grow(x.keys, n)
	}
	for p := range seq {
		l.take(&p)
	}
	l.person()
	l.fill.end()
	l.finish()
}

// loading gathers what is put in together.
type loading struct {
	x      *Index
	fill   *filler
	ps     []vedette.Presence // of the person at hand
	rows   []byte
	traces traces
	spells []spell
	rest   []vedette.Presence // of people who are held already, or come out of order
}

func (l *loading) take(p *vedette.Presence) {
	if len(l.ps) > 0 && l.ps[0].Person != p.Person {
		l.person()
	}
	l.ps = append(l.ps, *p)
}

// person puts in the person at hand.
func (l *loading) person() {
	if len(l.ps) == 0 {
		return
	}
	x, key := l.x, l.ps[0].Person
	if x.sorted < len(x.keys) || x.sorted > 0 && x.keys[x.sorted-1] >= key {
		l.rest = append(l.rest, l.ps...)
		l.ps = l.ps[:0]
		return
	}
	n := x.numbered(key)
	l.rows, l.traces = l.rows[:0], traces{l.traces.marks[:0], l.traces.spells[:0], l.traces.dots[:0], 0}
	for i := range l.ps {
		l.traces.add(x, &l.ps[i], n)
		l.rows = x.appendRow(l.rows, &l.ps[i])
	}
	l.fill.add(l.rows)
	l.spells = append(l.spells, l.traces.spells...)
	l.traces.spells = l.traces.spells[:0]
	x.replace(&traces{}, &l.traces, n)
	x.count(0, len(l.ps))
	l.ps = l.ps[:0]
}

// finish puts in the spells, group by group, and what came out of order, and
// gives back what was kept to grow into.
func (l *loading) finish() {
	x := l.x
	x.addSpells(l.spells)
	slices.SortStableFunc(l.rest, func(a, b vedette.Presence) int {
		switch {
		case a.Person < b.Person:
			return -1
		case a.Person > b.Person:
			return 1
		}
		return 0
	})
	for i := 0; i < len(l.rest); {
		k := i + 1
		for k < len(l.rest) && l.rest[k].Person == l.rest[i].Person {
			k++
		}
		n := x.numbered(l.rest[i].Person)
		x.set(n, append(x.held(n, nil), l.rest[i:k]...))
		i = k
	}
	x.trim()
}

func (x *Index) trim() {
	x.keys = trimmed(x.keys)
	x.rows = trimmed(x.rows)
	for _, n := range x.areas.nodes {
		n.within.trim()
		for k := range n.exact {
			n.exact[k].trim()
		}
	}
	for _, s := range x.dots.squares {
		s.cells = trimmed(s.cells)
		for i := range s.cells {
			s.cells[i].dots, s.cells[i].timed = trimmed(s.cells[i].dots), trimmed(s.cells[i].timed)
		}
	}
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
