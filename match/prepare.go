package match

import (
	"cmp"
	"slices"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/reach"
)

// Prepared is an update, or a question about places, made ready to be held
// against many people. It is safe for concurrent use.
type Prepared struct {
	g        *gazetteer.Gazetteer
	update   *vedette.Update // nil for a question about places
	settings vedette.Settings
	subjects []Subject
	shapes   []*Subject // those that are shapes
	measured []*Subject // those that concern sites by distance
	bans     []ban

	mu     sync.RWMutex
	stands map[vedette.AreaID]stand // one for each area somebody was at
	sites  map[siteAt]near          // one for each place of a site
}

// stand is how an area meets an update.
type stand struct {
	here, ahead vedette.Relation   // by what contains what, for somebody there now and on their way
	drawn       vedette.Relation   // by the shapes, for somebody kept as being in the area
	shapes      []vedette.Relation // by each of them; nil where all are out

	// For watches, whatever an advice leaves out:
	within bool  // an area of the update contains it
	around bool  // it contains one, or a shape meets it
	risks  risks // of those
}

// Prepare makes an update ready. The update must not change afterwards. A
// setting that is zero is its default.
func Prepare(g *gazetteer.Gazetteer, u *vedette.Update, s vedette.Settings) *Prepared {
	s = filled(s)
	p := prepared(g, s, subjects(g, u, &s))
	p.update, p.bans = u, bans(g, u)
	for i := range p.subjects {
		if p.subjects[i].SitesKM > 0 {
			p.measured = append(p.measured, &p.subjects[i])
		}
	}
	return p
}

// ForAreas makes a question ready: who is in these areas and shapes? Distance
// from them counts for nobody.
func ForAreas(g *gazetteer.Gazetteer, areas []vedette.AreaID, shapes []vedette.Shape, s vedette.Settings) *Prepared {
	all := drawn(g, shapes)
	for _, id := range areas {
		if id != "" {
			all = append(all, Subject{Area: id, affected: true})
		}
	}
	return prepared(g, filled(s), all)
}

func prepared(g *gazetteer.Gazetteer, s vedette.Settings, all []Subject) *Prepared {
	p := &Prepared{g: g, settings: s, subjects: all, stands: map[vedette.AreaID]stand{}, sites: map[siteAt]near{}}
	for i := range all {
		all[i].ready(g)
		if all[i].Shape != nil {
			p.shapes = append(p.shapes, &all[i])
		}
	}
	return p
}

// filled sets what is zero to its default.
func filled(s vedette.Settings) vedette.Settings {
	d := vedette.DefaultSettings()
	s.Reach = cmp.Or(s.Reach, d.Reach)
	s.StaleDays = cmp.Or(s.StaleDays, d.StaleDays)
	s.ArrivalDays = cmp.Or(s.ArrivalDays, d.ArrivalDays)
	return s
}

// Subjects gives all the update is about, drawn shapes first, then affected
// areas, then the targets of its advice. An area may be there several times.
func (p *Prepared) Subjects() []Subject { return slices.Clone(p.subjects) }

// stand looks up how an area meets the update; each area is worked out once.
func (p *Prepared) stand(area vedette.AreaID) stand {
	p.mu.RLock()
	s, ok := p.stands[area]
	p.mu.RUnlock()
	if ok {
		return s
	}
	s = p.work(area)
	p.mu.Lock()
	p.stands[area] = s
	p.mu.Unlock()
	return s
}

// Bears says whether a trip ahead to an area may count for anything.
func (p *Prepared) Bears(area vedette.AreaID) bool { return p.stand(area).ahead != vedette.RelationOut }

// byLand is how a town meets a question about one place that holds all of the
// town's country: as the country does. So thousands of towns need no look of
// their own.
func (p *Prepared) byLand(area vedette.AreaID) (stand, bool) {
	if len(p.subjects) != 1 || p.subjects[0].Shape != nil || len(p.subjects[0].except) > 0 {
		return stand{}, false
	}
	a, ok := p.g.Shared(area)
	if !ok || a.Kind != vedette.AreaCity || a.Country == "" {
		return stand{}, false
	}
	land := p.stand(a.Country)
	return stand{here: land.here, ahead: land.ahead, drawn: vedette.RelationOut, within: true}, land.within
}

func (p *Prepared) work(area vedette.AreaID) stand {
	if s, ok := p.byLand(area); ok {
		return s
	}
	out := vedette.RelationOut
	s := stand{here: out, ahead: out, drawn: out}
	for i := range p.subjects {
		sub := &p.subjects[i]
		s.within = s.within || sub.Area != "" && (sub.Area == area || p.g.Contains(sub.Area, area))
		if p.g.Contains(area, sub.Area) {
			s.around = true
			s.risks.add(sub.risk)
		}
		r := p.meet(sub, area)
		s.here = stronger(s.here, r)
		if sub.Travel {
			s.ahead = stronger(s.ahead, r)
		}
	}
	if len(p.shapes) == 0 || area == "" {
		return s
	}
	f := figureOf(p.g, area)
	for i, sub := range p.shapes {
		r := p.lies(sub, area, f)
		if r == out {
			continue
		}
		if s.shapes == nil {
			s.shapes = slices.Repeat([]vedette.Relation{out}, len(p.shapes))
		}
		s.shapes[i], s.drawn, s.around = r, stronger(s.drawn, r), true
		if sub.Travel {
			s.ahead = stronger(s.ahead, r)
		}
		s.risks.add(sub.risk)
	}
	return s
}

// lies says how somebody kept as being in an area, whose land is a figure,
// stands to a shape: in when it is wholly inside.
func (p *Prepared) lies(s *Subject, area vedette.AreaID, f *reach.Figure) vedette.Relation {
	switch s.figure().Lie(f, s.Shape.Unsure) {
	case reach.Inside:
		return vedette.RelationIn
	case reach.Touches:
		return vedette.RelationMayBe
	}
	// Outlines cut corners and leave out islets: the middle of a shape on a
	// coast is in the land next to it.
	if home := s.home(); home != "" && p.g.Contains(area, home) {
		return vedette.RelationMayBe
	}
	return vedette.RelationOut
}

// touches says whether either of two areas contains the other.
func (p *Prepared) touches(a, b vedette.AreaID) bool {
	return b != "" && (a == b || p.g.Contains(a, b) || p.g.Contains(b, a))
}

// meet says how an area lies to a subject: inside it, holding it, or apart.
// What an advice leaves out is no part of its target.
func (p *Prepared) meet(s *Subject, area vedette.AreaID) vedette.Relation {
	switch {
	case area == "" || s.Area == "":
		return vedette.RelationOut
	case s.Area == area, p.g.Contains(s.Area, area): // one the gazetteer lacks is still itself
		if p.excepts(s.except, area) {
			return vedette.RelationOut
		}
		if s.reached {
			return vedette.RelationMayBe
		}
		return vedette.RelationIn
	case p.g.Contains(area, s.Area):
		return vedette.RelationMayBe
	}
	return vedette.RelationOut
}

func (p *Prepared) excepts(except []vedette.AreaID, area vedette.AreaID) bool {
	for _, e := range except {
		if e == area || p.g.Contains(e, area) {
			return true
		}
	}
	return false
}

func stronger(a, b vedette.Relation) vedette.Relation {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func rank(r vedette.Relation) int {
	switch r {
	case vedette.RelationIn:
		return 3
	case vedette.RelationMayBe:
		return 2
	case vedette.RelationWatches:
		return 1
	}
	return 0
}
