package match

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/match/reach"
	"vedette/match/say"
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
		r := vedette.Reason{Relation: m.relation, Presence: *pr, Area: m.subject.Area, Text: where + p.words(pr, m), KM: m.km,
			Trip: t == ahead || t == coming && pr.Because.Travels()}
		if m.how == byDistance && pr.Site != "" {
			r.Text = "based at " + pr.Site + p.words(pr, m)
		}
		if r.Relation == vedette.RelationIn && d.any() {
			r.Relation, r.Text = vedette.RelationMayBe, r.Text+p.doubts(ps, pr, d, sp)
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

// words says how a presence met the update, to follow the place.
func (p *Prepared) words(pr *vedette.Presence, m met) string {
	switch m.how {
	case byPoint, byDrawn:
		return p.drawnWords(m)
	case byDistance:
		return p.distanceWords(m)
	}
	name, text := p.namesake(pr, m.subject), m.subject.text
	what := "an affected area"
	if !m.affected {
		what = "a target of " + say.Quote(text)
		if m.more > 0 {
			what += fmt.Sprintf(" and of %d more %s", m.more, lines(m.more))
		}
	}
	switch {
	case m.subject.reached:
		return fmt.Sprintf(": the distance of %s reaches into %s", say.Quote(text), name)
	case m.relation == vedette.RelationMayBe:
		return fmt.Sprintf(", which contains %s, %s", name, what)
	case m.subject.Area == pr.Area:
		return ", which is " + what
	case !m.affected:
		return fmt.Sprintf(": %s is %s", name, what)
	}
	return fmt.Sprintf(", which lies in %s (affected area)", name)
}

func lines(n int) string {
	if n == 1 {
		return "line"
	}
	return "lines"
}

// namesake names an area; one that a reader could not tell from the place that
// met it, because they are called the same, by what it is.
func (p *Prepared) namesake(pr *vedette.Presence, s *Subject) string {
	name := s.name()
	if s.Area == pr.Area || s.Shape != nil || pr.Area == "" || name != say.The(p.g, pr.Area) {
		return name
	}
	a, _ := p.g.Area(s.Area)
	return "the " + string(a.Kind) + " of the same name"
}

func (p *Prepared) drawnWords(m met) string {
	name := m.subject.name()
	in := m.relation == vedette.RelationIn
	switch {
	case m.how == byPoint && in:
		return ", inside " + name
	case m.how == byPoint:
		return fmt.Sprintf(", %s outside %s; where it and they are is known only to within %s", say.KM(m.km), name, say.KM(m.slack))
	case in:
		return ", all of which lies in " + name
	case m.slack > 0:
		return fmt.Sprintf(", which overlaps %s (known only to within %s)", name, say.KM(m.slack))
	}
	return ", which overlaps " + name
}

func (p *Prepared) distanceWords(m met) string {
	s := m.subject
	name := s.name()
	if s.Shape == nil {
		name = p.g.Name(s.Area)
	}
	limit := fmt.Sprintf(" (sites count within %s, %s)", say.KM(s.SitesKM), say.Risk(s.risk))
	if !m.affected {
		limit = ", a target of " + say.Quote(s.text) + limit
	}
	switch {
	case m.relation == vedette.RelationMayBe:
		return fmt.Sprintf(", %s from %s%s; the places are known only to within %s", say.KM(m.km), name, limit, say.KM(m.slack))
	case m.km == 0:
		return fmt.Sprintf(", inside %s by its place on the map%s", name, limit)
	}
	return fmt.Sprintf(", %s from %s%s", say.KM(m.km), name, limit)
}

// doubts says why a presence that is in only may be.
func (p *Prepared) doubts(ps []vedette.Presence, pr *vedette.Presence, d doubt, sp *span) string {
	text := ""
	if d.days > 0 {
		text = fmt.Sprintf("; last confirmed %d days ago", d.days)
	}
	if d.by == nil {
		return text
	}
	there := "there"
	switch {
	case pr.Because == vedette.BecauseHome:
		there = "at home"
	case pr.Because == vedette.BecauseSite && pr.Site != "":
		there = "at " + pr.Site
	}
	by := 0
	for &ps[by] != d.by {
		by++
	}
	return text + "; " + p.where(ps, by, sp.of(d.by)) + ", so perhaps not " + there
}

// where says where a presence puts someone.
func (p *Prepared) where(ps []vedette.Presence, i int, t when) string {
	return say.Where(p.g, ps, i, [...]say.Tense{none: say.Over, here: say.Now, coming: say.ToCome, ahead: say.ToCome}[t])
}
