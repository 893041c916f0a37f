package index

import (
	"slices"

	"vedette"
	"vedette/match/reach"
)

// finding is a query on its way through the index.
type finding struct {
	x    *Index
	q    *Query
	w    window
	past bool // some steady presence had not begun, or begins in the window: rows are to be looked at

	steady gathering
	rest   *gathering // the same, unless past

	subjects []subject
	drawn    []*figure // shapes for everybody, with their homes and covers
	homes    []uint32
	covers   []*cover
	near     []bool // by area: a shape for everybody may meet it
}

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
	f := finding{x: x, q: &q, w: q.window()}
	f.past = f.w.to <= x.begun || f.w.begins && f.w.from < x.begun
	f.steady.people = len(x.keys)
	f.rest = &f.steady
	if f.past {
		f.rest = &gathering{people: len(x.keys)}
	}
	for _, s := range q.Areas {
		no, have, up := x.areas.find(s.Area)
		f.subjects = append(f.subjects, subject{s, no, have, up})
	}
	f.areas()
	f.shapes()
	if f.past {
		f.steady.each(f.check)
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
func (f *finding) lasting() bool { return !f.q.Trips && (!f.w.begins || f.past) }

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
	f.x.areas.nodes[group].spells.each(&f.w, travel, func(e spell) {
		if (counts == nil || counts(e.at&spellArea)) && (!f.q.Trips || e.at&spellTravels != 0) {
			f.rest.add(e.person)
		}
	})
}

// shapes finds by shape.
func (f *finding) shapes() {
	if len(f.q.Shapes) == 0 {
		return
	}
	for n := range f.x.odd {
		f.rest.add(n)
	}
	for i := range f.q.Shapes {
		r := &f.q.Shapes[i]
		for _, fig := range r.figures(f.x.areas.g) {
			f.dots(fig, r.Sites)
			f.towns(fig, r.Sites)
		}
		if r.Sites || r.Shape == nil {
			continue
		}
		f.covers = append(f.covers, drawn(r.Shape, r.KM).cover())
		for _, id := range home(f.x.areas.g, r.Shape) {
			if no, have := f.x.areas.no[id]; have {
				f.homes = append(f.homes, no)
			}
		}
	}
	f.wide()
	f.passing()
}

// dots finds by points.
func (f *finding) dots(fig *figure, sites bool) {
	counts := func(d *dot) bool { return (!sites || d.site) && (!f.q.Trips || d.travels) }
	f.x.dots.search(fig, true, func(c *cell, near *figure) {
		if !f.w.begins || f.past {
			for i := range c.dots {
				if d := &c.dots[i]; counts(d) && (near == nil || near.takes(d, true)) {
					f.steady.add(d.of)
				}
			}
		}
		for i := range c.timed {
			if d := &c.timed[i]; f.w.meets(d.from, d.to) && counts(&d.dot) && (near == nil || near.takes(&d.dot, true)) {
				f.rest.add(d.of)
			}
		}
	})
}

// towns finds by cities and airports: who is kept there; of sites, by how far
// away the centre is.
func (f *finding) towns(fig *figure, sites bool) {
	if f.near == nil {
		f.near = make([]bool, 2*len(f.x.areas.nodes))
	}
	f.x.areas.towns.search(fig, !sites, func(c *cell, near *figure) {
		for i := range c.dots {
			d := &c.dots[i]
			if near != nil && !near.takes(d, !sites) {
				continue
			}
			if n := f.x.areas.nodes[d.of]; sites {
				f.near[len(f.x.areas.nodes)+int(d.of)] = true
				f.kept(n, siteThere)
			} else {
				f.near[d.of] = true
				f.kept(n, placed, siteThere)
			}
		}
	})
}

// wide finds by countries, divisions, regions and seas.
func (f *finding) wide() {
	if len(f.covers) == 0 {
		return
	}
	for _, no := range f.x.areas.wide {
		n := f.x.areas.nodes[no]
		if f.meets(land(f.x.areas.g, n.id)) || slices.Contains(f.homes, no) {
			f.near[no] = true
			f.kept(n, placed, siteThere)
		}
	}
}

func (f *finding) meets(c *cover) bool {
	return slices.ContainsFunc(f.covers, c.meets)
}

// passing finds who is for a time at an area that a shape may meet.
func (f *finding) passing() {
	all := len(f.x.areas.nodes)
	groups := map[uint32]bool{}
	for i, is := range f.near {
		if is {
			groups[f.x.areas.nodes[i%all].group] = true
		}
	}
	for g := range groups {
		f.x.areas.nodes[g].spells.each(&f.w, false, func(e spell) {
			at := e.at & spellArea
			if e.at&spellPointed == 0 && (!f.q.Trips || e.at&spellTravels != 0) &&
				(f.near[at] || e.at&spellSite != 0 && f.near[all+int(at)]) {
				f.rest.add(e.person)
			}
		})
	}
}

// check looks at the rows of somebody whom presences without an end found.
func (f *finding) check(n uint32) {
	for _, p := range f.x.held(n, nil) {
		if p.To.IsZero() && f.w.meets(nanos(p.From, always), forever) && f.touches(&p) && (!f.q.Trips || p.Because.Travels()) {
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
