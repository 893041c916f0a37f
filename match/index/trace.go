package index

import (
	"cmp"
	"slices"

	"vedette"
)

// traces is what a person's presences leave in the parts of the index besides
// their rows.
type traces struct {
	marks  []mark // steady presences by area, each once
	spells []spell
	dots   []timedDot // those of steady presences have neither beginning nor end
	odd    int
}

// mark is a person's in a set of an area.
type mark struct {
	area uint32
	kind kind
}

func (t *traces) add(x *Index, p *vedette.Presence, person uint32) {
	area := x.areas.of(p.Area)
	k := placed
	switch {
	case p.Point != nil:
		k = pointed
	case p.Because == vedette.BecauseSite:
		k = siteThere
	}
	e := spellOf(p, person, area, k)
	if lasts := steady(p); lasts {
		x.begun = max(x.begun, e.from)
		t.mark(x, area, k)
		e.from, e.to = always, forever
	} else if area != 0 {
		t.spells = append(t.spells, e)
	}
	switch {
	case k == siteThere && p.Spread != 0, k == pointed && (p.Point.Validate() != nil || !(p.Spread >= 0 && p.Spread <= mostSpread)):
		t.odd++
	case k == pointed:
		d := dotAt(*p.Point, p.Spread, person)
		d.site, d.travels = p.Because == vedette.BecauseSite, p.Because.Travels()
		t.dots = append(t.dots, timedDot{d, e.from, e.to})
	}
}

func (t *traces) mark(x *Index, area uint32, k kind) {
	if area == 0 {
		return // nothing finds it
	}
	add := func(m mark) {
		if !slices.Contains(t.marks, m) {
			t.marks = append(t.marks, m)
		}
	}
	add(mark{area, k})
	for _, up := range x.areas.nodes[area].up {
		add(mark{up, inside})
	}
}

// replace turns the traces of a person into others.
func (x *Index) replace(was, is *traces, n uint32) {
	for _, m := range was.marks {
		if !slices.Contains(is.marks, m) {
			x.areas.nodes[m.area].set(m.kind).remove(n)
		}
	}
	for _, m := range is.marks {
		if !slices.Contains(was.marks, m) {
			x.areas.nodes[m.area].set(m.kind).add(n)
		}
	}
	change(was.spells, is.spells, spell.compare,
		func(e spell) { x.spellsOf(e).remove(e) }, func(e spell) { x.spellsOf(e).add(e) })
	change(was.dots, is.dots, timedDot.compare,
		func(d timedDot) { x.dots.remove(d.dot, d.time()) }, func(d timedDot) { x.dots.add(d.dot, d.time()) })
	switch {
	case is.odd == was.odd:
	case is.odd == 0:
		delete(x.odd, n)
	default:
		x.odd[n] = is.odd
	}
}

// change tells the two lists apart, which may hold the same several times.
func change[T any](was, is []T, compare func(a, b T) int, remove, add func(T)) {
	slices.SortFunc(was, compare)
	slices.SortFunc(is, compare)
	for len(was) > 0 || len(is) > 0 {
		c := 0
		switch {
		case len(was) == 0:
			c = 1
		case len(is) == 0:
			c = -1
		default:
			c = compare(was[0], is[0])
		}
		switch {
		case c < 0:
			remove(was[0])
			was = was[1:]
		case c > 0:
			add(is[0])
			is = is[1:]
		default:
			was, is = was[1:], is[1:]
		}
	}
}

// set is where a mark goes.
func (n *node) set(k kind) *set {
	if k == inside {
		return &n.within
	}
	return &n.exact[k]
}

// time gives the times of a dot that has some.
func (d *timedDot) time() *spell {
	if d.from == always && d.to == forever {
		return nil
	}
	return &spell{from: d.from, to: d.to}
}

func (x *Index) spellsOf(e spell) *spells {
	return &x.areas.nodes[x.areas.nodes[e.at&spellArea].group].spells
}

// addSpells puts in many at once, which it sorts.
func (x *Index) addSpells(all []spell) {
	group := func(e spell) uint32 { return x.areas.nodes[e.at&spellArea].group }
	slices.SortFunc(all, func(a, b spell) int { return cmp.Or(cmp.Compare(group(a), group(b)), a.compare(b)) })
	for i := 0; i < len(all); {
		k := i + 1
		for k < len(all) && group(all[k]) == group(all[i]) {
			k++
		}
		if s := x.spellsOf(all[i]); len(s.runs) == 0 {
			s.fill(all[i:k])
		} else {
			for _, e := range all[i:k] {
				s.add(e)
			}
		}
		i = k
	}
}
