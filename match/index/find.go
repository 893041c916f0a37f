package index

import (
	"slices"

	"vedette"
	"vedette/match/index/cover"
	"vedette/match/index/grid"
	"vedette/match/index/spell"
	"vedette/match/reach"
)

// finding is a query on its way through the index.
type finding struct {
	x    *Index
	q    *Query
	w    spell.Window
	past bool // some steady presence had not begun, or begins in the window: rows are to be looked at

	steady gathering
	rest   *gathering // the same, unless past

	subjects []subject
	homes    []uint32 // what holds the shapes for everybody
	covers   []*cover.Cover
	*scratch
}

// nearness is how the shapes may meet an area: one for everybody does, one
// for sites does.
type nearness uint8

const (
	nearAll nearness = 1 << iota
	nearSites
)

// subject is an area asked about, by number.
type subject struct {
	Subject
	no   uint32
	have bool     // somebody is kept at it or in it
	up   []uint32 // what contains it
}

// Find finds all whom the query asks for. Where areas and times decide it is
// exact; by shapes it may find some who are not within: points by a
// centimetre, areas other than towns by some tens of kilometres.
func (x *Index) Find(q Query) Found {
	x.mu.RLock()
	defer x.mu.RUnlock()
	f := finding{x: x, q: &q, w: q.window(), scratch: x.scratch()}
	defer x.keep(f.scratch)
	f.past = f.w.To <= x.begun || f.w.Begins && f.w.From < x.begun
	f.steady = gathering{people: len(x.keys), spare: &f.scratch.bits}
	f.rest = &f.steady
	if f.past {
		f.rest = &gathering{people: len(x.keys), spare: new([]uint64)}
	}
	for _, s := range q.Areas {
		no, have, up := x.areas.find(s.Area)
		f.subjects = append(f.subjects, subject{s, no, have, up})
	}
	f.areas()
	f.shapes()
	if f.past {
		f.steady.each(f.check)
		f.steady.giveBack()
	}
	f.watchers()
	return f.rest.found(x)
}

// areas finds by area.
func (f *finding) areas() {
	for i := range f.subjects {
		s := &f.subjects[i]
		if s.have {
			n := f.x.areas.nodes[s.no]
			f.kept(n, pointed, placed, siteThere)
			if f.lasting() {
				f.steady.addAll(&n.within)
			}
			for _, g := range n.groups {
				f.spellsOf(g, s.Travel, f.inside(s.no, g))
			}
		}
		for _, up := range s.up {
			n := f.x.areas.nodes[up]
			f.kept(n, pointed, placed, siteThere)
			f.spellsOf(n.group, s.Travel, func(area uint32) bool { return area == up })
		}
	}
}

// lasting says whether steady presences count at all.
func (f *finding) lasting() bool { return !f.q.Trips && (!f.w.Begins || f.past) }

// kept finds who is kept at an area, by kinds.
func (f *finding) kept(n *node, kinds ...kind) {
	if !f.lasting() {
		return
	}
	for _, k := range kinds {
		f.steady.addAll(&n.exact[k])
	}
}

// inside tells which areas of a group are in another area, nil for all.
func (f *finding) inside(outer, group uint32) func(area uint32) bool {
	if f.x.areas.holds(outer, group) { // and so all of the group's, see home
		return nil
	}
	return func(area uint32) bool { return f.x.areas.holds(outer, area) }
}

// spellsOf finds who is at some areas of a group for a time.
func (f *finding) spellsOf(group uint32, travel bool, counts func(area uint32) bool) {
	f.x.areas.nodes[group].spells.Each(&f.w, travel, func(e spell.Spell) {
		if (counts == nil || counts(e.At&spell.Area)) && (!f.q.Trips || e.At&spell.Travels != 0) {
			f.rest.add(e.Person)
		}
	})
}

// shapes finds by shape.
func (f *finding) shapes() {
	if len(f.q.Shapes) == 0 {
		return
	}
	homes := make(chan []vedette.AreaID, 1)
	go func() { homes <- f.q.homes(f.x.areas.g) }() // on a crooked coast that takes as long as all the rest
	for n := range f.x.odd {
		f.rest.add(n)
	}
	for i := range f.q.Shapes {
		r := &f.q.Shapes[i]
		for _, fig := range r.figures(f.x.areas.g) {
			f.dots(fig, r.Sites)
			f.towns(fig, r.Sites)
		}
		if !r.Sites && r.Shape != nil {
			f.covers = append(f.covers, cover.Drawn(r.Shape, r.KM))
		}
	}
	f.wide()
	for _, id := range <-homes {
		if no, have := f.x.areas.no[id]; have {
			f.homes = append(f.homes, no)
			f.meetWide(no)
		}
	}
	f.passing()
}

// dots finds by points.
func (f *finding) dots(fig *grid.Figure, sites bool) {
	counts := func(d *grid.Dot) bool { return (!sites || d.Site) && (!f.q.Trips || d.Travels) }
	f.x.dots.Search(fig, true, func(c *grid.Cell, near *grid.Figure) {
		if !f.w.Begins || f.past {
			for i := range c.Dots {
				if d := &c.Dots[i]; counts(d) && (near == nil || near.Takes(d, true)) {
					f.steady.add(d.Of)
				}
			}
		}
		for i := range c.Timed {
			if d := &c.Timed[i]; f.w.Meets(d.From, d.To) && counts(&d.Dot) && (near == nil || near.Takes(&d.Dot, true)) {
				f.rest.add(d.Of)
			}
		}
	})
}

// towns finds by cities and airports: who is kept there; of sites, by how far
// away the centre is.
func (f *finding) towns(fig *grid.Figure, sites bool) {
	f.x.areas.towns.Search(fig, !sites, func(c *grid.Cell, near *grid.Figure) {
		for i := range c.Dots {
			d := &c.Dots[i]
			if near != nil && !near.Takes(d, !sites) {
				continue
			}
			if n := f.x.areas.nodes[d.Of]; sites {
				f.meet(d.Of, nearSites)
				f.kept(n, siteThere)
			} else {
				f.meet(d.Of, nearAll)
				f.kept(n, placed, siteThere)
			}
		}
	})
}

// wide finds by countries, divisions, regions and seas.
func (f *finding) wide() {
	rows := f.x.areas.rows()
	for _, c := range f.covers {
		for row := range c.Rows() {
			for _, w := range rows[row] {
				if f.near[w.no] == 0 && c.Meets(w.land) {
					f.meetWide(w.no)
				}
			}
		}
	}
}

func (f *finding) meetWide(no uint32) {
	f.meet(no, nearAll)
	f.kept(f.x.areas.nodes[no], placed, siteThere)
}

// meet notes that a shape may meet an area.
func (f *finding) meet(area uint32, how nearness) {
	if f.near[area] == 0 {
		f.nearby = append(f.nearby, area)
	}
	f.near[area] |= how
}

// passing finds who is for a time at an area that a shape may meet.
func (f *finding) passing() {
	groups := map[uint32]bool{}
	travel := slices.ContainsFunc(f.q.Shapes, func(r Reach) bool { return r.Travel })
	for _, area := range f.nearby {
		groups[f.x.areas.nodes[area].group] = true
	}
	for g := range groups {
		f.x.areas.nodes[g].spells.Each(&f.w, travel, func(e spell.Spell) {
			how := f.near[e.At&spell.Area]
			if (travel || e.At&spell.Pointed == 0) && (!f.q.Trips || e.At&spell.Travels != 0) && (how&nearAll != 0 || how&nearSites != 0 && e.At&spell.AtSite != 0) {
				f.rest.add(e.Person)
			}
		})
	}
}

// check looks at the rows of somebody whom presences without an end found.
func (f *finding) check(n uint32) {
	for _, p := range f.x.held(n, nil) {
		if p.To.IsZero() && f.w.Meets(spell.Nanos(p.From, spell.Always), spell.Forever) && f.touches(&p) && (!f.q.Trips || p.Because.Travels()) {
			f.rest.add(n)
			return
		}
	}
}

// touches says whether a presence's place may be one of those asked for.
func (f *finding) touches(p *vedette.Presence) bool {
	if len(f.q.Shapes) > 0 {
		return true
	}
	at, a := f.x.areas.no[p.Area], &f.x.areas
	for i := range f.subjects {
		if s := &f.subjects[i]; at != 0 && (s.have && a.holds(s.no, at) || slices.Contains(s.up, at)) {
			return true
		}
	}
	return false
}

// middle gives a point amid a shape, as the rule takes it; false where the
// shape is so crooked that it lies outside.
func middle(s *vedette.Shape) (vedette.Point, bool) {
	f := reach.Drawn(s)
	c := f.Center()
	return c, f.Off(reach.At(c), 0) <= 0
}
