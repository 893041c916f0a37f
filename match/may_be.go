package match

import (
	"slices"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// eitherSide is how much earlier and later than booked somebody may travel.
const eitherSide = 24 * time.Hour

// MayBeIn says whether somebody is, or may be, in one of some areas at a time. It
// is for what must rather be done once too often: age, and a better word by which
// they are elsewhere, do not speak against a presence, one of which the area is but
// a part counts, and so does a journey that begins or ended within a day.
func MayBeIn(g *gazetteer.Gazetteer, areas []vedette.AreaID, ps []vedette.Presence, now time.Time) bool {
	for i := range ps {
		p := &ps[i]
		if !p.Covers(now) && (!p.Because.Travels() || !p.Overlaps(now.Add(-eitherSide), now.Add(eitherSide))) {
			continue
		}
		if Meets(g, areas, p.Area) {
			return true
		}
	}
	return false
}

// Meets says whether a place is, or may be, in one of some areas: one of which the
// area is but a part may.
func Meets(g *gazetteer.Gazetteer, areas []vedette.AreaID, at vedette.AreaID) bool {
	return slices.ContainsFunc(areas, func(a vedette.AreaID) bool { return g.Contains(a, at) || g.Contains(at, a) })
}
