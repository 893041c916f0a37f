package tell

import (
	"slices"

	"vedette"
	"vedette/match"
)

// Ground is a place as far as what applies to somebody there, or on their way
// there, depends on it: that of all the towns of a division, or of a country,
// of which nothing that stands tells one from the other. How far off something
// is, and what is drawn around a point of somebody's own, it does not say; nor
// do the words say the same that name the place.
type Ground struct {
	Area  vedette.AreaID
	Drawn bool // something is drawn there: then the area is itself
}

// Ground gives the ground of an area.
func (t *Telling) Ground(area vedette.AreaID) Ground {
	if t.drawnAt(area) {
		return Ground{area, true}
	}
	return Ground{t.over.Ground(area), false}
}

// Far says whether nothing that stands has to do with a country or sea, nor
// draws anything: whoever is there, and no nearer by a site of theirs, is
// nobody's concern, wherever in it that is.
func (t *Telling) Far(land vedette.AreaID) bool { return !t.Draws() && t.over.Far(land) }

// Bears says whether a trip ahead to an area may count for anything: the
// update concerns whoever goes there, or advice that stands restricts it. It
// is the same everywhere on a ground.
func (t *Telling) Bears(area vedette.AreaID) bool {
	return t.over.Bears(area) || t.Rule.Bears(area) || t.drawnAt(area)
}

// Draws says whether the update, or anything else that stands, draws shapes:
// then somebody's own point may count for them.
func (t *Telling) Draws() bool { return len(t.Update.Shapes) > 0 || len(t.Drawing) > 0 }

// drawnAt says whether a shape of the update, or of anything else that draws,
// meets an area.
func (t *Telling) drawnAt(area vedette.AreaID) bool {
	return t.Rule.DrawnAt(area) || slices.ContainsFunc(t.Drawing, func(r *match.Prepared) bool { return r.DrawnAt(area) })
}
