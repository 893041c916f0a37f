package match

import (
	"time"

	"vedette"
	"vedette/match/reach"
)

// Update is the one that was made ready, nil for a question about places.
func (p *Prepared) Update() *vedette.Update { return p.update }

// Drawn says how a presence, the others known, stands to what the update
// draws; for advice, which goes by that where it names no place. risk is the
// highest that was set for a shape it meets, bare whether it meets one that
// has none of its own.
func (p *Prepared) Drawn(ps []vedette.Presence, i int, now time.Time) (r vedette.Relation, risk vedette.Risk, bare bool) {
	pr, sp := &ps[i], &span{from: now}
	r = vedette.RelationOut
	if len(p.shapes) == 0 || sp.of(pr) != here {
		return r, vedette.RiskUnknown, false
	}
	each := p.stand(pr.Area).shapes
	for n, s := range p.shapes {
		at := vedette.RelationOut
		switch {
		case pr.Point != nil:
			at, _ = inShape(s, reach.At(*pr.Point), pr.Spread)
		case each != nil:
			at = each[n]
		}
		if at == vedette.RelationOut {
			continue
		}
		r, risk, bare = stronger(r, at), max(risk, s.Shape.Risk), bare || s.Shape.Risk == vedette.RiskUnknown
	}
	if r == vedette.RelationIn && p.doubt(ps, i, sp).any() {
		r = vedette.RelationMayBe
	}
	return r, risk, bare
}
