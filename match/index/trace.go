package index

import (
	"slices"

	"vedette"
	"vedette/match/index/grid"
	"vedette/match/index/set"
	"vedette/match/index/spell"
)

// traces is what a person's presences leave in the parts of the index besides
// their rows.
type traces struct {
	marks  []mark // where steady presences are kept
	spells []spell.Spell
	dots   []grid.Timed // those of steady presences have neither beginning nor end
	odd    int
}

// mark is a person's in a set of an area.
type mark struct {
	area uint32
	kind kind
}

func (t *traces) add(x *Index, p *vedette.Presence, person, area uint32) {
	k := placed
	switch {
	case p.Point != nil:
		k = pointed
	case p.Because == vedette.BecauseSite:
		k = siteThere
	}
	e := spellOf(p, person, area, k)
	if lasts := steady(p); lasts {
		x.begun = max(x.begun, e.From)
		e.From, e.To = spell.Always, spell.Forever
		if area != 0 { // which nothing finds
			t.marks = append(t.marks, mark{area, k})
		}
	} else if area != 0 {
		t.spells = append(t.spells, e)
	}
	switch {
	case k == siteThere && p.Spread != 0, k == pointed && (p.Point.Validate() != nil || !(p.Spread >= 0 && p.Spread <= grid.MostSpread)):
		t.odd++
	case k == pointed:
		d := grid.At(*p.Point, p.Spread, person)
		d.Site, d.Travels = p.Because == vedette.BecauseSite, p.Because.Travels()
		t.dots = append(t.dots, grid.Timed{Dot: d, From: e.From, To: e.To})
	}
}

// expand gives the marks with those in all areas that contain theirs, each
// once.
func (a *areas) expand(marks []mark) []mark {
	var out []mark
	add := func(m mark) {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for _, m := range marks {
		add(m)
		for _, up := range a.nodes[m.area].up {
			add(mark{up, inside})
		}
	}
	return out
}

// replace turns the traces of a person into others.
func (x *Index) replace(was, is *traces, n uint32) {
	old, marks := x.areas.expand(was.marks), x.areas.expand(is.marks)
	for _, m := range old {
		if !slices.Contains(marks, m) {
			x.areas.nodes[m.area].set(m.kind).Remove(n)
		}
	}
	for _, m := range marks {
		if !slices.Contains(old, m) {
			x.areas.nodes[m.area].set(m.kind).Add(n)
		}
	}
	change(was.spells, is.spells, spell.Spell.Compare,
		func(e spell.Spell) { x.spellsOf(e).Remove(e) }, func(e spell.Spell) { x.spellsOf(e).Add(e) })
	change(was.dots, is.dots, grid.Timed.Compare,
		func(d grid.Timed) { x.removeDot(d) }, func(d grid.Timed) { x.addDot(d) })
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
func (n *node) set(k kind) *set.Set {
	if k == inside {
		return &n.within
	}
	return &n.exact[k]
}

func (x *Index) addDot(d grid.Timed) {
	if d.From == spell.Always && d.To == spell.Forever {
		x.dots.Add(d.Dot)
	} else {
		x.dots.AddTimed(d)
	}
}

func (x *Index) removeDot(d grid.Timed) {
	if d.From == spell.Always && d.To == spell.Forever {
		x.dots.Remove(d.Dot)
	} else {
		x.dots.RemoveTimed(d)
	}
}

func (x *Index) spellsOf(e spell.Spell) *spell.List {
	return &x.areas.nodes[x.areas.nodes[e.At&spell.Area].group].spells
}

// spellOf makes the spell of a presence.
func spellOf(p *vedette.Presence, person, area uint32, k kind) spell.Spell {
	e := spell.Spell{From: spell.Nanos(p.From, spell.Always), To: spell.Nanos(p.To, spell.Forever), Person: person, At: area}
	if p.Because.Travels() {
		e.At |= spell.Travels
	}
	if p.Because == vedette.BecauseSite {
		e.At |= spell.AtSite
	}
	if k == pointed {
		e.At |= spell.Pointed
	}
	return e
}

// steady says whether a presence has no end and had begun when it was
// learned: it holds from then on, and needs no times to be looked at.
func steady(p *vedette.Presence) bool {
	return p.To.IsZero() && !p.Because.Travels() && (p.From.IsZero() || !p.From.After(p.Recorded))
}
