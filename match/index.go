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
	n, ok := x.number[p.Person]
	if !ok {
		n = int32(len(x.people))
		x.number[p.Person] = n
		x.sorted = x.sorted && (n == 0 || x.people[n-1] < p.Person)
		x.people = append(x.people, p.Person)
		x.held = append(x.held, nil)
	}
	x.held[n] = append(x.held[n], p)
	e := int32(len(x.entries))
	x.entries = append(x.entries, entry{micro(p.From, math.MinInt64), micro(p.To, math.MaxInt64), n, p.Because == vedette.BecauseTrip})
	if p.Area == "" {
		return
	}
	for _, l := range x.listsOf(p.Area) {
		*l = append(*l, e)
	}
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
// update at a moment, ascending, each once. It is exact but for what an
// advice leaves out ("except …").
func (x *Index) Candidates(u *vedette.Update, now time.Time) []int64 {
	travel := map[vedette.AreaID]bool{}
	for _, s := range subjects(x.g, u) {
		travel[s.area] = travel[s.area] || s.travel
	}
	found := make([]uint64, (len(x.people)+63)/64)
	at := now.UnixMicro()
	for area, t := range travel {
		x.mark(found, x.within[area], at, t)
		for _, a := range x.g.Ancestors(area) {
			x.mark(found, x.at[a], at, t)
		}
	}
	return x.keys(found)
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

// Persons counts the people held.
func (x *Index) Persons() int { return len(x.people) }

// Len counts the presences held.
func (x *Index) Len() int { return len(x.entries) }
