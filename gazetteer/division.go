package gazetteer

import (
	_ "embed"
	"sync"

	"vedette"
	"vedette/gazetteer/shape"
)

//go:embed data/divisions.bin.gz
var packedDivisions []byte

var divisionOutlines = sync.OnceValue(func() *shape.Outlines { return mustDecode(packedDivisions) })

const (
	youngKM = 30  // how near a town must be for the division it is in, which has no outline
	strayKM = 60  // how far outside of every outline a point still takes the nearest division
	aloneKM = 400 // and the nearest town's where the country has no outlines
)

// DivisionAt gives the first-level division that holds the point, of one
// inside another the inner. Where the sources draw a division as it was before
// it was divided, the nearest town tells which one it is now. Off every
// outline it is the nearest within the country that At finds. False where that
// is none, or the country has no divisions.
func (g *Gazetteer) DivisionAt(p vedette.Point) (vedette.AreaID, bool) {
	country, ok := g.At(p)
	if !ok || len(g.divisions[country]) == 0 {
		return "", false
	}
	o := divisionOutlines()
	here := func(i int) bool { return g.towns.country(i) == country && g.towns.division(i) != "" }
	if i, _ := g.nearest(p, youngKM, here); i >= 0 && !o.Has(string(g.towns.division(i))) {
		return g.towns.division(i), true
	}
	if id := g.smallestHolding(o, country, p); id != "" {
		return id, true
	}
	best, off := vedette.AreaID(""), float64(strayKM)
	for _, d := range g.divisions[country] {
		if km := o.Near(string(d), p, off); km < off {
			best, off = d, km
		}
	}
	if best == "" {
		if i, _ := g.nearest(p, aloneKM, here); i >= 0 {
			best = g.towns.division(i)
		}
	}
	return best, best != ""
}

// smallestHolding gives the division of a country that holds the point and
// has no other inside it that does.
func (g *Gazetteer) smallestHolding(o *shape.Outlines, country vedette.AreaID, p vedette.Point) vedette.AreaID {
	best := vedette.AreaID("")
	for _, d := range g.divisions[country] {
		if o.Holds(string(d), p) && (best == "" || g.Contains(best, d)) {
			best = d
		}
	}
	return best
}
