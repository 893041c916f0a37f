package match

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/match/reach"
	"vedette/match/say"
	"vedette/wording"
)

// Relate decides how a person with these presences and watches stands to the
// update at a moment. The reasons of somebody concerned are what made them so,
// in before may be in, where they are before where they will be, their watches
// last; the reasons of somebody out say of every presence why it did not count,
// after the watches that ask for the update.
func (p *Prepared) Relate(ps []vedette.Presence, ws []vedette.Watch, now time.Time) vedette.Exposure {
	return p.relate(ps, ws, &span{from: now})
}

func (p *Prepared) relate(ps []vedette.Presence, ws []vedette.Watch, sp *span) vedette.Exposure {
	e := vedette.Exposure{Relation: p.relation(ps, ws, sp)}
	watched := p.whyWatched(ws)
	if !e.Concerned() {
		e.Reasons = append(watched, p.whyOut(ps, sp)...)
		return e
	}
	for i := range ps {
		if p.presence(ps, i, sp) != vedette.RelationOut {
			e.Reasons = append(e.Reasons, p.whyMet(ps, i, sp)...)
		}
	}
	slices.SortStableFunc(e.Reasons, func(a, b vedette.Reason) int {
		return cmp.Or(rank(b.Relation)-rank(a.Relation), flag(a.Trip)-flag(b.Trip))
	})
	e.Reasons = append(e.Reasons, watched...)
	return e
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// whyMet gives every way in which a presence met the update.
func (p *Prepared) whyMet(ps []vedette.Presence, i int, sp *span) []vedette.Reason {
	pr, t := &ps[i], sp.of(&ps[i])
	var d doubt
	if t != ahead {
		d = p.doubt(ps, i, sp)
	}
	where := p.where(ps, i, t)
	var out []vedette.Reason
	for _, m := range p.meetings(pr, t) {
		r := vedette.Reason{Relation: m.relation, Presence: *pr, Area: m.subject.Area, Says: p.words(where, pr, m), KM: m.km,
			Trip: t == ahead || t == coming && pr.Because.Travels()}
		if m.how == byDistance && pr.Site != "" {
			r.Says = p.words(wording.Of("based at %s", pr.Site), pr, m)
		}
		if r.Relation == vedette.RelationIn && d.any() {
			r.Relation, r.Says = vedette.RelationMayBe, p.doubts(r.Says, ps, pr, d, sp)
		}
		out = append(out, r)
	}
	return out
}

// met is one thing of the update that met a presence, and how.
type met struct {
	subject  *Subject // the first of its area
	relation vedette.Relation
	affected bool
	how      how
	km       float64 // how far off, for byDistance and by a point outside a shape
	slack    float64 // how far the places are unsure, km
	more     int     // how many more advices have this target
}

// how something met a presence.
type how int

const (
	byArea     how = iota // one contains the other
	byDrawn               // the area lies in a shape, or overlaps it
	byPoint               // the point lies in a shape, or near it
	byDistance            // a site within reach
)

// meetings gathers what met a presence, the most specific first.
func (p *Prepared) meetings(pr *vedette.Presence, t when) []met {
	out := p.drawnMeetings(pr, t)
	inside := slices.ContainsFunc(out, func(m met) bool { return m.relation == vedette.RelationIn })
	for _, m := range p.areaMeetings(pr.Area, t == ahead) {
		inside = inside || m.relation == vedette.RelationIn
		out = append(out, m)
	}
	if !inside && t != ahead && len(p.measured) > 0 && pr.Because == vedette.BecauseSite {
		if n := p.nearest(pr); n.subject != nil {
			out = append([]met{{n.subject, n.relation, n.subject.affected, byDistance, n.km, n.slack, 0}}, out...)
		}
	}
	return out
}

// drawnMeetings gathers the shapes that met a presence.
func (p *Prepared) drawnMeetings(pr *vedette.Presence, t when) []met {
	if len(p.shapes) == 0 || pr.Point == nil && pr.Area == "" {
		return nil
	}
	var out []met
	if pr.Point != nil && t != ahead {
		at := reach.At(*pr.Point)
		for _, s := range p.shapes {
			if r, off := inShape(s, at, pr.Spread); r != vedette.RelationOut {
				out = append(out, met{s, r, true, byPoint, max(off, 0), s.Shape.Unsure + pr.Spread, 0})
			}
		}
		return out
	}
	for i, r := range p.stand(pr.Area).shapes {
		if s := p.shapes[i]; r != vedette.RelationOut && (t != ahead || s.Travel) {
			out = append(out, met{s, r, true, byDrawn, 0, s.Shape.Unsure, 0})
		}
	}
	return out
}

// areaMeetings gathers what contains an area or lies in it, the most specific
// first.
func (p *Prepared) areaMeetings(area vedette.AreaID, travel bool) []met {
	var out []met
	for i := range p.subjects {
		s := &p.subjects[i]
		r := p.meet(s, area)
		if r == vedette.RelationOut || travel && !s.Travel {
			continue
		}
		n := slices.IndexFunc(out, func(m met) bool { return m.subject.Area == s.Area })
		if n < 0 {
			out = append(out, met{subject: s, relation: r, affected: s.affected})
			continue
		}
		if out[n].subject.reached && !s.reached { // what is meant outright counts
			out[n].relation, out[n].subject = r, s
		}
		out[n].affected = out[n].affected || s.affected
		if !s.affected && !out[n].affected {
			out[n].more++
		}
	}
	slices.SortStableFunc(out, func(a, b met) int {
		return cmp.Or(p.width(a.subject.Area)-p.width(b.subject.Area),
			len(p.g.Ancestors(b.subject.Area))-len(p.g.Ancestors(a.subject.Area)))
	})
	return out
}

// width orders the kinds of area, narrowest first.
func (p *Prepared) width(id vedette.AreaID) int {
	a, _ := p.g.Area(id)
	switch a.Kind {
	case vedette.AreaCity, vedette.AreaAirport:
		return 0
	case vedette.AreaDivision:
		return 1
	case vedette.AreaRegion:
		if p.g.IsPart(id) {
			return 1
		}
		return 3
	}
	return 2
}

// words says how a presence met the update, after where that is.
func (p *Prepared) words(where wording.Said, pr *vedette.Presence, m met) wording.Said {
	switch m.how {
	case byPoint, byDrawn:
		return p.drawnWords(where, m)
	case byDistance:
		return p.distanceWords(where, m)
	}
	name, text := p.namesake(pr, m.subject), m.subject.text
	what := wording.Of("an affected area")
	switch {
	case m.affected:
	case m.more == 1:
		what = wording.Of("a target of %s and of 1 more line", say.Quote(text))
	case m.more > 1:
		what = wording.Of("a target of %s and of %d more lines", say.Quote(text), m.more)
	default:
		what = wording.Of("a target of %s", say.Quote(text))
	}
	switch {
	case m.subject.reached:
		return wording.Of("%s: the distance of %s reaches into %s", where, say.Quote(text), name)
	case m.relation == vedette.RelationMayBe:
		return wording.Of("%s, which contains %s, %s", where, name, what)
	case m.subject.Area == pr.Area:
		return wording.Of("%s, which is %s", where, what)
	case !m.affected:
		return wording.Of("%s: %s is %s", where, name, what)
	}
	return wording.Of("%s, which lies in %s (affected area)", where, name)
}

// namesakes name an area by what it is.
var namesakes = map[vedette.AreaKind]string{
	vedette.AreaCountry: wording.Mark("the country of the same name"), vedette.AreaDivision: wording.Mark("the division of the same name"),
	vedette.AreaCity: wording.Mark("the city of the same name"), vedette.AreaAirport: wording.Mark("the airport of the same name"),
	vedette.AreaSea: wording.Mark("the sea of the same name"), vedette.AreaRegion: wording.Mark("the region of the same name"),
}

// namesake names an area; one that a reader could not tell from the place that
// met it, because they are called the same, by what it is.
func (p *Prepared) namesake(pr *vedette.Presence, s *Subject) wording.Said {
	name := s.name()
	if s.Area == pr.Area || s.Shape != nil || pr.Area == "" || name.String() != say.The(p.g, pr.Area).String() {
		return name
	}
	a, _ := p.g.Area(s.Area)
	return wording.Word(namesakes[a.Kind])
}

func (p *Prepared) drawnWords(where wording.Said, m met) wording.Said {
	name := m.subject.name()
	in := m.relation == vedette.RelationIn
	switch {
	case m.how == byPoint && in:
		return wording.Of("%s, inside %s", where, name)
	case m.how == byPoint:
		return wording.Of("%s, %s outside %s; where it and they are is known only to within %s", where, say.KM(m.km), name, say.KM(m.slack))
	case in:
		return wording.Of("%s, all of which lies in %s", where, name)
	case m.slack > 0:
		return wording.Of("%s, which overlaps %s (known only to within %s)", where, name, say.KM(m.slack))
	}
	return wording.Of("%s, which overlaps %s", where, name)
}

func (p *Prepared) distanceWords(where wording.Said, m met) wording.Said {
	s := m.subject
	name := s.name()
	if s.Shape == nil {
		name = wording.Named(p.g.Called(s.Area))
	}
	limit := wording.Of("(sites count within %s, %s)", say.KM(s.SitesKM), say.Risk(s.risk))
	if !m.affected {
		limit = wording.Of("a target of %s %s##what, how far it counts", say.Quote(s.text), limit)
	}
	switch {
	case m.relation == vedette.RelationMayBe && m.affected:
		return wording.Of("%s, %s from %s %s; the places are known only to within %s", where, say.KM(m.km), name, limit, say.KM(m.slack))
	case m.relation == vedette.RelationMayBe:
		return wording.Of("%s, %s from %s, %s; the places are known only to within %s", where, say.KM(m.km), name, limit, say.KM(m.slack))
	case m.km == 0 && m.affected:
		return wording.Of("%s, inside %s by its place on the map %s", where, name, limit)
	case m.km == 0:
		return wording.Of("%s, inside %s by its place on the map, %s", where, name, limit)
	case m.affected:
		return wording.Of("%s, %s from %s %s##where, how far, of what, how far it counts", where, say.KM(m.km), name, limit)
	}
	return wording.Of("%s, %s from %s, %s##where, how far, of what, how far it counts", where, say.KM(m.km), name, limit)
}

// doubts says why a presence that is in only may be, after how it is in.
func (p *Prepared) doubts(says wording.Said, ps []vedette.Presence, pr *vedette.Presence, d doubt, sp *span) wording.Said {
	if d.days > 0 {
		says = says.Then(wording.Of("last confirmed %d days ago", d.days))
	}
	if d.by == nil {
		return says
	}
	by := 0
	for &ps[by] != d.by {
		by++
	}
	elsewhere := p.where(ps, by, sp.of(d.by))
	switch {
	case pr.Because == vedette.BecauseHome:
		return says.Then(wording.Of("%s, so perhaps not at home", elsewhere))
	case pr.Because == vedette.BecauseSite && pr.Site != "":
		return says.Then(wording.Of("%s, so perhaps not at %s", elsewhere, pr.Site))
	}
	return says.Then(wording.Of("%s, so perhaps not there", elsewhere))
}

// where says where a presence puts someone.
func (p *Prepared) where(ps []vedette.Presence, i int, t when) wording.Said {
	return say.Where(p.g, ps, i, [...]say.Tense{none: say.Over, here: say.Now, coming: say.ToCome, ahead: say.ToCome}[t])
}
