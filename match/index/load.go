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
	l := loading{x: x, fill: x.rows.Fill(uint32(len(x.keys)))}
	if x.presences == 0 {
		x.keys, l.marks = slices.Grow(x.keys, n), make([]placing, 0, n)
	}
	for p := range seq {
		if len(l.ps) > 0 && l.ps[0].Person != p.Person {
			l.person()
		}
		l.ps = append(l.ps, p)
	}
	l.person()
	l.fill.End()
	l.place()
	x.addSpells(l.spells)
	l.late()
	x.trim()
}

// loading gathers what is put in together, so that each part of the index is
// filled at once.
type loading struct {
	x      *Index
	fill   *row.Filler
	ps     []vedette.Presence // of the person at hand
	rows   []byte
	traces traces
	marks  []placing // in the order of people
	spells []spell.Spell
	rest   []vedette.Presence // of people who are held already, or come out of order
}

// placing is a mark of a person.
type placing struct {
	set    uint32 // the area's number and the kind
	person uint32
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
	n, t := x.numbered(key), &l.traces
	l.rows, *t = l.rows[:0], traces{t.marks[:0], t.spells[:0], t.dots[:0], 0}
	for i := range l.ps {
		area := x.areas.of(l.ps[i].Area)
		t.add(x, &l.ps[i], n, area)
		l.rows = row.Append(l.rows, &l.ps[i], area, x.site(&l.ps[i]))
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
	x.count(0, len(l.ps))
	l.ps = l.ps[:0]
}

// place fills the sets, area by area.
func (l *loading) place() {
	nodes := l.x.areas.nodes
	from := make([]uint32, len(nodes)*int(kinds)+1) // where each set's people begin
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
	var m merging
	for i, inner := range below {
		for _, area := range inner {
			first := int(area) * int(kinds)
			m.lists = append(m.lists, people[from[first]:from[first+int(kinds)]])
		}
		nodes[i].within.AddAll(m.merge(len(l.x.keys)))
	}
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
