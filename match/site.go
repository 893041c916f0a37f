package match

import (
	"vedette"
	"vedette/match/reach"
)

// siteAt is a place of a site, as far as distances depend on it.
type siteAt struct {
	area    vedette.AreaID
	pointed bool
	point   vedette.Point
	spread  float64
}

// near is what is nearest to a site of all that concerns sites by distance.
type near struct {
	relation vedette.Relation
	subject  *Subject // nil for none within reach
	km       float64  // how far off, 0 inside
	slack    float64  // how far the places are unsure, km
}

// Near says how a presence stands to the update by how far off its site is
// alone; one that is because of no site is out.
func (p *Prepared) Near(pr *vedette.Presence) vedette.Relation {
	if len(p.measured) == 0 || pr.Because != vedette.BecauseSite {
		return vedette.RelationOut
	}
	return p.nearest(pr).relation
}

// nearest gives what of the update is within its reach of a site. Sites are
// few, and each of their places is worked out once.
func (p *Prepared) nearest(pr *vedette.Presence) near {
	key := siteAt{area: pr.Area, spread: pr.Spread}
	if pr.Point != nil {
		key.pointed, key.point = true, *pr.Point
	}
	p.mu.RLock()
	n, ok := p.sites[key]
	p.mu.RUnlock()
	if ok {
		return n
	}
	n = near{relation: vedette.RelationOut}
	if at, ok := p.spot(pr); ok {
		n = p.measure(at, pr)
	}
	p.mu.Lock()
	p.sites[key] = n
	p.mu.Unlock()
	return n
}

// measure finds what is nearest: in before may be in, then by distance.
func (p *Prepared) measure(at reach.Spot, pr *vedette.Presence) near {
	best := near{relation: vedette.RelationOut}
	for _, s := range p.measured {
		if p.excepts(s.except, pr.Area) {
			continue
		}
		n := near{vedette.RelationOut, s, 0, s.unsure() + pr.Spread}
		n.km = max(s.figure().Off(at, s.SitesKM+n.slack), 0)
		switch {
		case n.km <= s.SitesKM:
			n.relation = vedette.RelationIn
		case n.km <= s.SitesKM+n.slack:
			n.relation = vedette.RelationMayBe
		default:
			continue
		}
		if d := rank(n.relation) - rank(best.relation); d > 0 || d == 0 && n.km < best.km {
			best = n
		}
	}
	return best
}

// spot is where a presence is measured from: its point, else the centre of
// its city or airport. False for what is kept as larger.
func (p *Prepared) spot(pr *vedette.Presence) (reach.Spot, bool) {
	if pr.Point != nil {
		return reach.At(*pr.Point), true
	}
	a, ok := p.g.Shared(pr.Area)
	if !ok || a.Kind != vedette.AreaCity && a.Kind != vedette.AreaAirport {
		return reach.Spot{}, false
	}
	return reach.At(a.Center), true
}
