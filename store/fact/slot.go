package fact

import (
	"bytes"
	"database/sql"
	"slices"
)

// takeSlots notes which addresses end, and which begin.
func (s *saving) takeSlots(key int64, c *PersonChange, live *living) (touched bool) {
	s.hashes[key] = c.Hashes
	same := func(no int) bool { return c.Hashes == nil || bytes.Equal(c.Hashes[no], live.hashes[no]) }
	for _, h := range live.Slots {
		if !slices.Contains(c.Slots, h) || !same(h.No) {
			s.closed.slots = append(s.closed.slots, pair{key, int64(h.No)})
			touched = true
		}
	}
	for _, w := range c.Slots {
		if slices.Contains(live.Slots, w) && same(w.No) {
			continue
		}
		if len(s.slots[key]) == 0 {
			s.order = append(s.order, key)
		}
		s.slots[key] = append(s.slots[key], w)
		touched = true
	}
	return touched
}

// hashes gives what the live addresses of people are hashed as.
func (t *tx) hashes(people any) (map[int64]map[int][]byte, error) {
	out := map[int64]map[int][]byte{}
	return out, t.Each(func(r *sql.Rows) error {
		var key int64
		var no int
		var hash []byte
		err := r.Scan(&key, &no, &hash)
		if out[key] == nil {
			out[key] = map[int][]byte{}
		}
		out[key][no] = hash
		return err
	}, `SELECT person_id, no, hash FROM addresses WHERE person_id {in $1} AND recorded_to = 0 AND hash IS NOT NULL`, people)
}

// orNone writes no hash as NULL.
func orNone(hash []byte) any {
	if hash == nil {
		return nil
	}
	return hash
}
