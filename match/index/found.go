package index

import (
	"iter"
	"math/bits"
	"slices"

	"vedette"
	"vedette/match/index/row"
	"vedette/match/index/set"
)

// Found is the people a query found, as they were when it was asked.
type Found struct {
	keys   []int64
	sorted int
	few    []uint32 // ascending; or, where there are many,
	many   []uint64 // a bit for each,
	base   uint32   // of numbers from here on
	n      int
}

// Count says how many people there are.
func (f Found) Count() int { return f.n }

// Persons gives their keys, ascending, each once.
func (f Found) Persons() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		late := f.late()
		for n := range f.numbers() {
			if int(n) >= f.sorted {
				break
			}
			key := f.keys[n]
			for len(late) > 0 && late[0] < key {
				if !yield(late[0]) {
					return
				}
				late = late[1:]
			}
			if !yield(key) {
				return
			}
		}
		for _, key := range late {
			if !yield(key) {
				return
			}
		}
	}
}

// Part is one of so many parts of the people found, counted from 0.
func (f Found) Part(i, of int) Found {
	if f.many == nil {
		f.few = f.few[len(f.few)*i/of : len(f.few)*(i+1)/of]
		f.n = len(f.few)
		return f
	}
	from, to := len(f.many)*i/of, len(f.many)*(i+1)/of
	f.base += uint32(from) * 64
	f.many, f.n = f.many[from:to], 0
	for _, w := range f.many {
		f.n += bits.OnesCount64(w)
	}
	return f
}

// Held is all that is held of somebody now.
type Held struct {
	Key       int64
	Presences []vedette.Presence // used again for the next
	Areas     []uint32           // of each, a number that no other area has
	Watching  bool               // they asked to be told of something
}

// See goes through the people found whom want wants, in no order of keys, with
// all that is held of each now. Neither function may use the index.
func (x *Index) See(f Found, want func(key int64) bool, see func(*Held)) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	walk := row.Walker{Pages: x.rows}
	var h Held
	for n := range f.numbers() {
		if h.Key = f.keys[n]; want(h.Key) {
			h.Presences, h.Areas = x.read(n, walk.Rows(n), h.Presences[:0], h.Areas[:0])
			h.Watching = len(x.watches.of[n]) > 0
			see(&h)
		}
	}
}

// Or is the people of either.
func (f Found) Or(o Found) Found {
	if len(o.keys) > len(f.keys) {
		f, o = o, f
	}
	out := Found{keys: f.keys, sorted: f.sorted, many: make([]uint64, (len(f.keys)+63)/64)}
	for _, part := range []Found{f, o} {
		for n := range part.numbers() {
			out.many[n/64] |= 1 << (n % 64)
		}
	}
	for _, w := range out.many {
		out.n += bits.OnesCount64(w)
	}
	return out
}

// late gives the keys of those whose numbers are not in the order of keys.
func (f *Found) late() []int64 {
	var out []int64
	if f.sorted < len(f.keys) {
		for n := range f.numbers() {
			if int(n) >= f.sorted {
				out = append(out, f.keys[n])
			}
		}
		slices.Sort(out)
	}
	return out
}

func (f *Found) numbers() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for _, n := range f.few {
			if !yield(n) {
				return
			}
		}
		for i, w := range f.many {
			for ; w != 0; w &= w - 1 {
				if !yield(f.base + uint32(i*64+bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// gathering collects people: in a list, until that is larger than a bit for
// each would be.
type gathering struct {
	people int // numbers are below
	few    []uint32
	many   []uint64
	spare  *[]uint64 // where bits are lent from: all zero
}

func (g *gathering) add(n uint32) {
	if g.many != nil {
		g.many[n/64] |= 1 << (n % 64)
		return
	}
	g.few = append(g.few, n)
	if len(g.few) > g.most() {
		g.spread()
	}
}

// most is how long a list is worth it: sorting it costs more than bits do.
func (g *gathering) most() int { return max(g.people/2048, 64) }

func (g *gathering) spread() {
	if n := (g.people + 63) / 64; cap(*g.spare) >= n {
		g.many = (*g.spare)[:n]
	} else {
		g.many = make([]uint64, n, n+n/8)
	}
	*g.spare = nil
	for _, n := range g.few {
		g.many[n/64] |= 1 << (n % 64)
	}
	g.few = nil
}

func (g *gathering) addAll(s *set.Set) {
	if g.many == nil && len(g.few)+s.Len() > g.most() {
		g.spread()
	}
	if g.many != nil {
		s.Mark(g.many)
		return
	}
	s.Each(func(n uint32) { g.few = append(g.few, n) })
}

func (g *gathering) each(see func(n uint32)) {
	f := Found{few: g.few, many: g.many}
	for n := range f.numbers() {
		see(n)
	}
}

// found ends the gathering. Where a list of the people is much smaller than
// the bits, those are given back.
func (g *gathering) found(x *Index) Found {
	f := Found{keys: x.keys, sorted: x.sorted}
	if g.many == nil {
		slices.Sort(g.few)
		f.few = slices.Compact(g.few)
		f.n = len(f.few)
		return f
	}
	for _, w := range g.many {
		f.n += bits.OnesCount64(w)
	}
	if f.n > len(g.many)/2 {
		f.many = g.many
		return f
	}
	f.few = make([]uint32, 0, f.n)
	for i, w := range g.many {
		for ; w != 0; w &= w - 1 {
			f.few = append(f.few, uint32(i*64+bits.TrailingZeros64(w)))
		}
	}
	g.giveBack()
	return f
}

// giveBack clears the bits and lends them no longer.
func (g *gathering) giveBack() {
	if g.many == nil {
		return
	}
	clear(g.many)
	*g.spare, g.many = g.many, nil
}

// scratch is what a query needs for as long as it is answered. It is kept for
// the next, for it is large.
type scratch struct {
	bits   []uint64
	near   []nearness // by area: how a shape may meet it
	nearby []uint32   // the areas that one may meet
}

// scratch gives what was kept, or new.
func (x *Index) scratch() *scratch {
	s, ok := x.spare.Get().(*scratch)
	if !ok {
		s = &scratch{}
	}
	if n := len(x.areas.nodes); len(s.near) < n {
		s.near = make([]nearness, n+n/8)
	}
	return s
}

func (x *Index) keep(s *scratch) {
	for _, area := range s.nearby {
		s.near[area] = 0
	}
	s.nearby = s.nearby[:0]
	x.spare.Put(s)
}
