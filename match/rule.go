package match

import (
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match/reach"
)

// Relate decides how a person with these presences and watches stands to an
// update at a moment, with the reasons in words.
func Relate(g *gazetteer.Gazetteer, u *vedette.Update, s vedette.Settings, ps []vedette.Presence, ws []vedette.Watch, now time.Time) vedette.Exposure {
	return Prepare(g, u, s).Relate(ps, ws, now)
}

// Relation decides as Relate does, without the reasons: for counting and
// planning, where nobody reads them.
func (p *Prepared) Relation(ps []vedette.Presence, ws []vedette.Watch, now time.Time) vedette.Relation {
	return p.relation(ps, ws, &span{from: now})
}

func (p *Prepared) relation(ps []vedette.Presence, ws []vedette.Watch, sp *span) vedette.Relation {
	best := vedette.RelationOut
	for i := range ps {
		r := p.presence(ps, i, sp)
		if r == vedette.RelationIn {
			return r
		}
		best = stronger(best, r)
	}
	if best == vedette.RelationOut && p.watched(ws) {
		return vedette.RelationWatches
	}
	return best
}

// presence is how one of someone's presences stands to the update, the others
// known.
func (p *Prepared) presence(ps []vedette.Presence, i int, sp *span) vedette.Relation {
	t := sp.of(&ps[i])
	r := p.standing(&ps[i], t)
	if r == vedette.RelationIn && t != ahead && p.doubt(ps, i, sp).any() {
		return vedette.RelationMayBe
	}
	return r
}

// standing is how the place of a presence stands to the update.
func (p *Prepared) standing(pr *vedette.Presence, t when) vedette.Relation {
	switch t {
	case none:
		return vedette.RelationOut
	case ahead:
		return p.stand(pr.Area).ahead
	}
	s := p.stand(pr.Area)
	r := s.here
	if r != vedette.RelationIn && len(p.shapes) > 0 {
		r = stronger(r, p.byShape(pr, s))
	}
	if r != vedette.RelationIn {
		r = stronger(r, p.Near(pr))
	}
	return r
}

// byShape is how a presence stands to the shapes: by its point, else by its
// area.
func (p *Prepared) byShape(pr *vedette.Presence, s stand) vedette.Relation {
	if pr.Point == nil {
		return s.drawn
	}
	at, best := reach.At(*pr.Point), vedette.RelationOut
	for _, sub := range p.shapes {
		r, _ := inShape(sub, at, pr.Spread)
		best = stronger(best, r)
	}
	return best
}

// inShape says how somebody at a point, give or take a spread, stands to a
// shape: in when the point is inside its drawn edge, may be in when it is
// outside by no more than edge and point are unsure. off is how far outside it
// is, in kilometres, exact where it counts.
func inShape(s *Subject, at reach.Spot, spread float64) (r vedette.Relation, off float64) {
	slack := s.Shape.Unsure + spread
	switch off = s.figure().Off(at, slack); {
	case off <= 0:
		return vedette.RelationIn, off
	case off <= slack:
		return vedette.RelationMayBe, off
	}
	return vedette.RelationOut, off
}
