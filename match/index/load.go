package index

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"vedette"
	"vedette/match/index/row"
	"vedette/match/index/set"
	"vedette/match/index/spell"
)

// Load puts in many presences, about so many as n says. It is fastest, and
// the index smallest, when they come person by person and the people by
// ascending keys.
func (x *Index) Load(seq iter.Seq[vedette.Presence], n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	l := loading{x: x, fill: x.rows.Fill(uint32(len(x.keys))), batches: make(chan batch, 2), spare: make(chan batch, 4)}
	if x.presences == 0 {
		x.keys, l.marks = slices.Grow(x.keys, n), make([]placing, 0, n)
	}
	done := make(chan struct{})
	go func() { // packs while the next are read and their areas looked up
		defer close(done)
		for b := range l.batches {
			l.pack(b)
		}
	}()
	func() {
		defer close(l.batches)
		l.read(seq)
	}()
	<-done
	l.fill.End()
	both(l.place, func() { x.addSpells(l.spells) })
	l.late()
	x.trim()
}

// both does two things at once.
func both(a, b func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		b()
	}()
	a()
	<-done
}

// loading gathers what is put in together, so that each part of the index is
// filled at once. Reading has the keys and areas of the index, packing all
// else.
type loading struct {
	x       *Index
	batches chan batch
	spare   chan batch         // packed, to be filled again
	rest    []vedette.Presence // of people who are held already, or come out of order

	fill   *row.Filler
	rows   []byte
	traces traces
	marks  []placing // in the order of people
	spells []spell.Spell
}

// batch is presences of people whose numbers follow each other.
type batch struct {
	first uint32 // number of the first person
	ps    []vedette.Presence
	areas []uint32
}

// mostBatch is after how many presences a batch ends.
const mostBatch = 4096

// placing is a mark of a person.
type placing struct {
	set    uint32 // the area's number and the kind
	person uint32
}

// read gives people their numbers and presences their areas.
func (l *loading) read(seq iter.Seq[vedette.Presence]) {
	x, b := l.x, l.batch()
	last, late := int64(0), false
	for p := range seq {
		switch {
		case !late && len(b.ps) > 0 && p.Person == last: // one more of theirs
		case late && p.Person == last, x.sorted < len(x.keys), x.sorted > 0 && x.keys[x.sorted-1] >= p.Person:
			l.rest = append(l.rest, p)
			last, late = p.Person, true
			continue
		default:
			if len(b.ps) >= mostBatch {
				l.batches <- b
				b = l.batch()
			}
			last, late = p.Person, false
			x.numbered(last)
		}
		b.ps, b.areas = append(b.ps, p), append(b.areas, x.areas.of(p.Area))
	}
	l.batches <- b
}

// batch gives an empty batch, for the next person.
func (l *loading) batch() batch {
	first := uint32(len(l.x.keys))
	select {
	case b := <-l.spare:
		return batch{first, b.ps[:0], b.areas[:0]}
	default:
		return batch{first, make([]vedette.Presence, 0, mostBatch+64), make([]uint32, 0, mostBatch+64)}
	}
}

// pack puts in the people of a batch.
func (l *loading) pack(b batch) {
	n := b.first
	for i := 0; i < len(b.ps); {
		k := i + 1
		for k < len(b.ps) && b.ps[k].Person == b.ps[i].Person {
			k++
		}
		l.person(n, b.ps[i:k], b.areas[i:k])
		i, n = k, n+1
	}
	select {
	case l.spare <- b:
	default:
	}
}

// person puts in one.
func (l *loading) person(n uint32, ps []vedette.Presence, areas []uint32) {
	x, t := l.x, &l.traces
	l.rows, *t = l.rows[:0], traces{t.marks[:0], t.spells[:0], t.dots[:0], 0}
	for i := range ps {
		t.add(x, &ps[i], n, areas[i])
		l.rows = row.Append(l.rows, &ps[i], areas[i], x.site(&ps[i]))
	}
	l.fill.Add(l.rows)
	for _, m := range t.marks {
		l.marks = append(l.marks, placing{m.area*uint32(kinds) + uint32(m.kind), n})
	}
	l.spells = append(l.spells, t.spells...)
	for i := range t.dots {
		x.addDot(t.dots[i])
	}
	if t.odd > 0 {
		x.odd[n] = t.odd
	}
	x.count(0, len(ps))
}

// place fills the sets, area by area.
func (l *loading) place() {
	nodes := l.x.areas.nodes
	people, from := l.sort()
	l.marks = nil
	below := make([][]uint32, len(nodes))
	for i, n := range nodes {
		first := i * int(kinds)
		for k := range n.exact {
			n.exact[k].AddAll(people[from[first+k]:from[first+k+1]])
		}
		if from[first] < from[first+int(kinds)] {
			for _, up := range n.up {
				below[up] = append(below[up], uint32(i))
			}
		}
	}
	part := func(odd int) func() {
		return func() {
			var m merging
			for i := odd; i < len(below); i += 2 {
				for _, area := range below[i] {
					first := int(area) * int(kinds)
					m.lists = append(m.lists, people[from[first]:from[first+int(kinds)]])
				}
				nodes[i].within.AddAll(m.merge(len(l.x.keys)))
			}
		}
	}
	both(part(0), part(1))
}

// sort puts the people of the marks in the order of the marks' sets; from says
// where in it those of a set begin.
func (l *loading) sort() (people, from []uint32) {
	from = make([]uint32, len(l.x.areas.nodes)*int(kinds)+1)
	for _, m := range l.marks {
		from[m.set+1]++
	}
	for i := range len(from) - 1 {
		from[i+1] += from[i]
	}
	people, next := make([]uint32, len(l.marks)), slices.Clone(from)
	for _, m := range l.marks {
		people[next[m.set]] = m.person
		next[m.set]++
	}
	return people, from
}

// merging makes one ascending list of several of numbers below a bound.
type merging struct {
	lists [][]uint32
	words []uint64
	out   []uint32
}

func (m *merging) merge(bound int) []uint32 {
	n := 0
	for _, l := range m.lists {
		n += len(l)
	}
	m.out = slices.Grow(m.out[:0], n)
	lists := m.lists
	m.lists = m.lists[:0]
	if n < bound/64 {
		for _, l := range lists {
			m.out = append(m.out, l...)
		}
		slices.Sort(m.out)
		return m.out
	}
	if m.words == nil {
		m.words = make([]uint64, (bound+63)/64)
	}
	for _, l := range lists {
		for _, p := range l {
			m.words[p/64] |= 1 << (p % 64)
		}
	}
	for i, w := range m.words {
		for ; w != 0; w &= w - 1 {
			m.out = append(m.out, uint32(i*64+bits.TrailingZeros64(w)))
		}
		m.words[i] = 0
	}
	return m.out
}

// addSpells puts in many at once, which it sorts.
func (x *Index) addSpells(all []spell.Spell) {
	groups := map[uint32][]spell.Spell{}
	for _, e := range all {
		g := x.areas.nodes[e.At&spell.Area].group
		groups[g] = append(groups[g], e)
	}
	for g, list := range groups {
		x.areas.nodes[g].spells.AddAll(list)
	}
}

// late puts in what came out of order.
func (l *loading) late() {
	x := l.x
	slices.SortStableFunc(l.rest, func(a, b vedette.Presence) int { return cmp.Compare(a.Person, b.Person) })
	for len(l.rest) > 0 {
		k := 1
		for k < len(l.rest) && l.rest[k].Person == l.rest[0].Person {
			k++
		}
		n := x.numbered(l.rest[0].Person)
		x.set(n, append(x.held(n, nil), l.rest[:k]...))
		l.rest = l.rest[k:]
	}
}

// trim gives back what was kept to grow into.
func (x *Index) trim() {
	x.keys = set.Trimmed(x.keys)
	x.rows = set.Trimmed(x.rows)
	for _, n := range x.areas.nodes {
		n.within.Trim()
		for k := range n.exact {
			n.exact[k].Trim()
		}
	}
	x.dots.Trim()
}
