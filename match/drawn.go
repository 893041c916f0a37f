package match

import (
	"time"

	"vedette"
	"vedette/match/reach"
)

// Update is the one that was made ready, nil for a question about places.
func (p *Prepared) Update() *vedette.Update { return p.update }

// DrawnAt says whether a shape meets an area, as far as somebody is kept there.
func (p *Prepared) DrawnAt(area vedette.AreaID) bool {
	return len(p.shapes) > 0 && p.stand(area).shapes != nil
}

// Drawing is how a presence stands to what an update draws.
type Drawing struct {
	Relation vedette.Relation
	Ahead    bool         // by a trip that has not begun
	Risk     vedette.Risk // the highest set for a shape it meets
	Bare     bool         // it meets a shape that has no risk of its own
}

// Drawn says how a presence, the others known, stands to what the update
// draws; for advice, which goes by that where it names no place.
func (p *Prepared) Drawn(ps []vedette.Presence, i int, now time.Time) Drawing {
	pr, sp := &ps[i], &span{from: now}
	t := sp.of(pr)
	d := Drawing{Relation: vedette.RelationOut, Ahead: t == ahead}
	if len(p.shapes) == 0 || t != here && t != ahead {
		return d
	}
	for n, s := range p.shapes {
		at := p.toShape(n, pr, d.Ahead)
		if at == vedette.RelationOut {
			continue
		}
		d.Relation, d.Risk, d.Bare = stronger(d.Relation, at), max(d.Risk, s.Shape.Risk), d.Bare || s.Shape.Risk == vedette.RiskUnknown
	}
	if d.Relation == vedette.RelationIn && !d.Ahead && p.doubt(ps, i, sp).any() {
		d.Relation = vedette.RelationMayBe
	}
	return d
}

// toShape says how a presence stands to a shape: on the way there by its area,
// and only where travel is restricted; there by its point, where it has one.
func (p *Prepared) toShape(n int, pr *vedette.Presence, ahead bool) vedette.Relation {
	if s := p.shapes[n]; ahead && !s.Travel {
		return vedette.RelationOut
	} else if pr.Point != nil && !ahead {
		r, _ := inShape(s, reach.At(*pr.Point), pr.Spread)
		return r
	}
	if each := p.stand(pr.Area).shapes; each != nil {
		return each[n]
	}
	return vedette.RelationOut
}
