package match

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Index finds the people an update may concern, without looking at all. It
// holds every presence under its own area and under all that contain it, so
// that a region is answered as quickly as a city. It is not safe to Add
// while others read; any number may read at once.
type Index struct {
	g       *gazetteer.Gazetteer
	people  []int64         // keys, by the index's own number
	number  map[int64]int32 // key to number
	sorted  bool            // people ascend, as they do when loaded by key
	held    [][]vedette.Presence
	watches [][]vedette.Watch
	entries []entry
	within  map[vedette.AreaID]*[]int32   // entries in an area or anything inside it
	at      map[vedette.AreaID]*[]int32   // entries at exactly this area
	lists   map[vedette.AreaID][]*[]int32 // where an entry at an area goes
}

// entry is what candidates are judged by: whose it is, and when.
type entry struct {
	from, to int64 // microseconds UTC; the ends of the range where open
	person   int32
	trip     bool
}

// NewIndex makes an empty index.
func NewIndex(g *gazetteer.Gazetteer) *Index {
	return &Index{g: g, number: map[int64]int32{}, sorted: true,
		within: map[vedette.AreaID]*[]int32{}, at: map[vedette.AreaID]*[]int32{}, lists: map[vedette.AreaID][]*[]int32{}}
}

// Add puts a presence under its person's key. Adding is all: a presence that
// ended is left in and judged by its times.
func (x *Index) Add(p vedette.Presence) {
	n := x.of(p.Person)
	x.held[n] = append(x.held[n], p)
	e := int32(len(x.entries))
	x.entries = append(x.entries, entry{micro(p.From, math.MinInt64), micro(p.To, math.MaxInt64), n, p.Because.Travels()})
	if p.Area == "" {
		return
	}
	for _, l := range x.listsOf(p.Area) {
		*l = append(*l, e)
	}
}

// AddWatch puts a watch under its person's key.
func (x *Index) AddWatch(w vedette.Watch) {
	n := x.of(w.Person)
	x.watches[n] = append(x.watches[n], w)
}

// of gives the number of a person, a new one to a person who is new.
func (x *Index) of(person int64) int32 {
	n, ok := x.number[person]
	if !ok {
		n = int32(len(x.people))
		x.number[person] = n
		x.sorted = x.sorted && (n == 0 || x.people[n-1] < person)
		x.people = append(x.people, person)
		x.held, x.watches = append(x.held, nil), append(x.watches, nil)
	}
	return n
}

// micro is a time in microseconds, rounded down, or what stands for open.
func micro(t time.Time, open int64) int64 {
	if t.IsZero() {
		return open
	}
	return t.UnixMicro()
}

// listsOf gives the lists an entry at an area belongs on.
func (x *Index) listsOf(area vedette.AreaID) []*[]int32 {
	if ls, ok := x.lists[area]; ok {
		return ls
	}
	list := func(m map[vedette.AreaID]*[]int32, id vedette.AreaID) *[]int32 {
		if m[id] == nil {
			m[id] = new([]int32)
		}
		return m[id]
	}
	ls := []*[]int32{list(x.at, area), list(x.within, area)}
	for _, a := range x.g.Ancestors(area) {
		if l := list(x.within, a); !slices.Contains(ls, l) {
			ls = append(ls, l)
		}
	}
	x.lists[area] = ls
	return ls
}

// Candidates gives the keys of everyone Relate might call concerned by the
// update at a moment, or a watcher of it, ascending, each once. It is exact but
// for what an advice leaves out ("except …").
func (x *Index) Candidates(p *Prepared, now time.Time) []int64 {
	travel := map[vedette.AreaID]bool{}
	for _, s := range p.subjects {
		if s.Area != "" {
			travel[s.Area] = travel[s.Area] || s.Travel
		}
	}
	found := make([]uint64, (len(x.people)+63)/64)
	at := now.UnixMicro()
	for area, t := range travel {
		x.mark(found, x.within[area], at, t)
		for _, a := range x.g.Ancestors(area) {
			x.mark(found, x.at[a], at, t)
		}
	}
	x.sweep(found, p, now)
	return x.keys(found)
}

// sweep asks the rule about everyone not found whom no list of areas finds: by
// a shape, by the distance of a site, by a watch.
func (x *Index) sweep(found []uint64, p *Prepared, now time.Time) {
	for n := range x.people {
		if found[n/64]&(1<<(n%64)) != 0 {
			continue
		}
		bySite := func(pr vedette.Presence) bool { return pr.Because == vedette.BecauseSite }
		if len(p.shapes) == 0 && len(x.watches[n]) == 0 && (len(p.measured) == 0 || !slices.ContainsFunc(x.held[n], bySite)) {
			continue
		}
		if p.Relation(x.held[n], x.watches[n], now) != vedette.RelationOut {
			found[n/64] |= 1 << (n % 64)
		}
	}
}

// mark notes the people of a list who are there now or, where the update
// restricts travel, on their way. Times are rounded to the microsecond, so
// the ends are taken in.
func (x *Index) mark(found []uint64, list *[]int32, at int64, travel bool) {
	if list == nil {
		return
	}
	for _, i := range *list {
		e := &x.entries[i]
		if e.from <= at && at <= e.to || travel && e.trip && e.from >= at {
			found[e.person/64] |= 1 << (e.person % 64)
		}
	}
}

func (x *Index) keys(found []uint64) []int64 {
	n := 0
	for _, w := range found {
		n += bits.OnesCount64(w)
	}
	out := make([]int64, 0, n)
	for i, w := range found {
		for ; w != 0; w &= w - 1 {
			out = append(out, x.people[i*64+bits.TrailingZeros64(w)])
		}
	}
	if !x.sorted {
		slices.Sort(out)
	}
	return out
}

// Presences gives all that is held of a person, in the order it was added.
// The slice is the index's own: do not change it.
func (x *Index) Presences(person int64) []vedette.Presence {
	if n, ok := x.number[person]; ok {
		return x.held[n]
	}
	return nil
}

// Watches gives all watches that are held of a person, in the order they were
// added. The slice is the index's own: do not change it.
func (x *Index) Watches(person int64) []vedette.Watch {
	if n, ok := x.number[person]; ok {
		return x.watches[n]
	}
	return nil
}

// Persons counts the people held.
func (x *Index) Persons() int { return len(x.people) }

// Len counts the presences held.
func (x *Index) Len() int { return len(x.entries) }
