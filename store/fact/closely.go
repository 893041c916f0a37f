package fact

import (
	"bytes"
	"slices"

	"vedette"
	"vedette/store/ground"
)

// TripSeal is the record of a trip sealed anew: other words for the same
// travel. Was is the record it was made of; where that is no longer what is
// kept, it is a conflict.
type TripSeal struct {
	Key         int64
	Was, Sealed []byte
}

type tripSeal struct {
	TripSeal
	person int64
}

// takeCloser takes it that someone is kept more or less closely from now on:
// what is live of where they are is closed and recorded anew. One who had left
// has nothing live; what they come back to is recorded so.
func (s *saving) takeCloser(key int64, c *PersonChange, live *living) (touched bool) {
	if c.Closely == nil {
		return false
	}
	var out, anew []held
	for _, h := range live.held {
		w := h
		if w.Presence = c.Closely(h.Presence); w.Presence == h.Presence {
			out = append(out, h)
			continue
		}
		touched = true
		if !live.Retired {
			s.closed.presences = append(s.closed.presences, pair{key, h.Key})
		}
		if w.Key = 0; w.Site == "" {
			w.site = 0
		}
		anew = append(anew, w)
	}
	for _, w := range anew {
		// Two places of one city are one place where the city is all that is kept.
		if !slices.ContainsFunc(out, func(h held) bool { return h.Trip == w.Trip && h.Ended == w.Ended && h.same(&w.Presence) }) {
			out = append(out, w)
		}
	}
	live.held = out
	return touched
}

// resealTrips records trips of the people to be saved anew, as sealed now.
func (t *tx) resealTrips(s *saving) error {
	seals := map[int64]tripSeal{}
	keys := make([]int64, len(s.trips))
	for i, seal := range s.trips {
		keys[i], seals[seal.Key] = seal.Key, seal
	}
	var rows []tripRow
	if err := pages(keys, func(page []int64) error {
		found, err := t.trips(`r.recorded_to = 0 AND i.id {in $2}`, ground.List(page))
		rows = append(rows, found...)
		return err
	}); err != nil {
		return err
	}
	if len(rows) != len(seals) {
		return vedette.Errorf(vedette.CodeConflict, "a trip to be sealed anew is no longer there; look again and save again")
	}
	closed := make([]pair, len(rows))
	for i := range rows {
		row, seal := &rows[i], seals[rows[i].Key]
		if row.Person != seal.person || !bytes.Equal(row.Sealed, seal.Was) {
			return vedette.Errorf(vedette.CodeConflict, "trip %s was changed by someone else meanwhile; look again and save again", row.ID)
		}
		closed[i], row.Sealed = pair{row.Person, row.record}, seal.Sealed
	}
	return t.recordTrips(rows, closed, s.now)
}
