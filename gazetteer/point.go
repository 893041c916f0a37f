package gazetteer

import (
	"vedette"
	"vedette/gazetteer/shape"
	"vedette/gazetteer/tables"
)

// coastKM is how far off a country's land a point still counts as in it: the
// outlines cut corners, and piers and islets are not in them.
const coastKM = 25

// southOfOutlines is where the outlines end; all land beyond is Antarctica.
const southOfOutlines = -84.3

// seaShape is a sea's polygon, closed.
type seaShape struct {
	id   vedette.AreaID
	ring []vedette.Point
	shape.Box
}

func newSeaShape(s tables.Sea) seaShape {
	sea := seaShape{id: s.Slug, ring: append(append([]vedette.Point(nil), s.Ring...), s.Ring[:min(1, len(s.Ring))]...), Box: shape.Nowhere}
	for _, p := range s.Ring {
		sea.Include(p)
	}
	return sea
}

// townKM is how near a town and a border must be for the town's country to
// count. The outlines are some hundred metres to kilometres off, so that the
// half of a border town (Goma, Jerusalem) would lie in the wrong country.
const townKM = 3

// At gives the country that holds the point, else the country whose land is
// nearest within 25 km. Within 3 km of a border the nearest town within 3 km
// decides which side it is. False at sea; SeasAt says which.
func (g *Gazetteer) At(p vedette.Point) (vedette.AreaID, bool) {
	if p.Validate() != nil {
		return "", false
	}
	if p.Lat < southOfOutlines {
		return "AQ", true
	}
	o := fineOutlines()
	if id, ok := o.Holding(p); ok {
		return g.sideOf(o, p, id)
	}
	id := vedette.AreaID(o.Nearest(p, coastKM))
	return id, id != ""
}

// sideOf mends the country of a point on land near a border.
func (g *Gazetteer) sideOf(o *shape.Outlines, p vedette.Point, id vedette.AreaID) (vedette.AreaID, bool) {
	town, _, ok := g.NearestCity(p, townKM)
	if ok && town.Country != id && o.Near(string(town.Country), p, townKM) < townKM {
		return town.Country, true
	}
	return id, id != ""
}

// OnSea says whether a point lies in the polygon of a sea, the shores that it
// holds with it.
func (g *Gazetteer) OnSea(sea vedette.AreaID, p vedette.Point) bool {
	for _, s := range g.seas {
		if s.id == sea {
			return s.Holds(p) && shape.Crossings(s.ring, p)%2 == 1
		}
	}
	return false
}

// SeasAt gives the seas whose polygon holds a point that no land has, in the
// order of the table.
func (g *Gazetteer) SeasAt(p vedette.Point) []vedette.AreaID {
	var out []vedette.AreaID
	if p.Validate() != nil {
		return nil
	}
	for _, s := range g.seas {
		if s.Holds(p) && shape.Crossings(s.ring, p)%2 == 1 {
			out = append(out, s.id)
		}
	}
	if len(out) == 0 {
		return nil
	}
	if _, land := fineOutlines().Holding(p); land {
		return nil
	}
	return out
}
