package roster

import (
	"cmp"
	"slices"
	"time"

	"vedette"
	"vedette/match/index"
)

// Travel is a trip that will bring somebody to a place.
type Travel struct {
	Person, Trip int64
	From         time.Time // they are there
}

// Travels gives the trips that will bring somebody to an area, or to a place inside it,
// the soonest first, up to a number, and how many there are. Whoever is there by a trip
// already is not among them, unless another brings them back.
func (r *Roster) Travels(area vedette.AreaID, now time.Time, number int) (list []Travel, of int) {
	r.mu.RLock()
	gaz := r.cells.gaz
	r.mu.RUnlock()
	inside := map[vedette.AreaID]bool{}
	in := func(id vedette.AreaID) bool {
		is, known := inside[id]
		if !known {
			is = id == area || gaz.Contains(area, id)
			inside[id] = is
		}
		return is
	}
	found := r.Index.Find(index.Query{Areas: []index.Subject{{Area: area}}, From: now, Begins: true, Trips: true})
	r.Index.See(found, func(int64) bool { return true }, func(h *index.Held) {
		first := len(list)
		for i := range h.Presences {
			p := &h.Presences[i]
			if !p.Because.Travels() || !p.Ahead(now) || !in(p.Area) {
				continue
			}
			at := slices.IndexFunc(list[first:], func(t Travel) bool { return t.Trip == p.Trip })
			switch {
			case at < 0:
				list = append(list, Travel{h.Key, p.Trip, p.From})
			case p.From.Before(list[first+at].From):
				list[first+at].From = p.From
			}
		}
	})
	slices.SortFunc(list, func(a, b Travel) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Trip, b.Trip)) })
	of = len(list)
	return slices.Clip(list[:min(of, number)]), of
}
