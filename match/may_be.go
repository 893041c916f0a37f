package match

import (
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
		for _, a := range areas {
			if g.Contains(a, p.Area) || g.Contains(p.Area, a) {
				return true
			}
		}
	}
	return false
}
