package fact

import (
	"slices"
	"time"

	"vedette/store/book"
	"vedette/store/code"
	"vedette/store/ground"
)

// writePeople writes what was gathered, parents first.
func (t *tx) writePeople(s *saving, changes []PersonChange) error {
	if len(s.changed) == 0 {
		return nil
	}
	if err := t.closeFacts(s); err != nil {
		return err
	}
	if err := t.rename(s, changes); err != nil {
		return err
	}
	if err := t.Bulk("recipients", []string{"id", "org", "uuid", "kind"}, len(s.added), func(n int) []any {
		i := s.added[n]
		return []any{s.keys[i], t.org, string(s.ids[i]), int64(code.Person)}
	}); err != nil {
		return err
	}
	if err := t.Bulk("persons", []string{"id", "org", "external"}, len(s.added), func(n int) []any {
		i := s.added[n]
		var external any
		if len(changes[i].External) > 0 {
			external = changes[i].External
		}
		return []any{s.keys[i], t.org, external}
	}); err != nil {
		return err
	}
	if err := t.insertRecords(s, changes); err != nil {
		return err
	}
	if err := t.writeNumbers(s, changes); err != nil {
		return err
	}
	if err := t.resealTrips(s); err != nil {
		return err
	}
	_, err := t.insertPresences(s.presences, s.now)
	return err
}

// rename gives persons who are there another External, and takes back those
// who had left. Two may swap what they are called.
func (t *tx) rename(s *saving, changes []PersonChange) error {
	renamed := make([][2]any, len(s.renamed))
	for n, i := range s.renamed {
		renamed[n] = [2]any{s.keys[i], ground.Hex(changes[i].External)}
	}
	for page := range slices.Chunk(renamed, peoplePage) {
		keys := make([]int64, len(page))
		for i := range page {
			keys[i] = page[i][0].(int64)
		}
		if _, err := t.Exec(`UPDATE persons SET external = NULL WHERE id {in $1}`, ground.List(keys)); err != nil {
			return err
		}
	}
	for page := range slices.Chunk(renamed, peoplePage) {
		if _, err := t.Exec(`UPDATE persons SET external = v.hash FROM ({rows $1 person:key hash:bytes}) AS v WHERE persons.id = v.person`, ground.List(page)); err != nil {
			return err
		}
	}
	return pages(s.back, func(page []int64) error {
		_, err := t.Exec(`UPDATE persons SET retired_at = 0 WHERE id {in $1}`, ground.List(page))
		return err
	})
}

// closeFacts ends the recorded time of what is replaced.
func (t *tx) closeFacts(s *saving) error {
	for page := range slices.Chunk(s.closed.records, peoplePage) {
		if err := closeRows(t, `UPDATE person_records SET recorded_to = $2 WHERE recorded_to = 0 AND person_id {in $1}`, page, s.now); err != nil {
			return err
		}
	}
	for page := range slices.Chunk(s.closed.slots, peoplePage) {
		if err := closeRows(t, `UPDATE addresses SET recorded_to = $2 FROM ({rows $1 person:key slot:key}) AS v
			WHERE addresses.person_id = v.person AND addresses.no = v.slot AND addresses.recorded_to = 0`, page, s.now); err != nil {
			return err
		}
	}
	return t.closePresences(s.closed.presences, s.now)
}

func closeRows[T any](t *tx, text string, rows []T, now time.Time) error {
	_, err := t.Exec(text, ground.List(rows), ground.Micros(now))
	return err
}

// insertRecords writes the records of people and their slots.
func (t *tx) insertRecords(s *saving, changes []PersonChange) error {
	if err := book.SealedNow(t.Tx, s.fresh...); err != nil {
		return err
	}
	n := 0
	for _, key := range s.order {
		n += len(s.slots[key])
	}
	first, err := t.keys("fact", len(s.records)+n)
	if err != nil {
		return err
	}
	if err := t.Bulk("person_records", []string{"person_id", "id", "recorded_from", "wrapped_key", "sealed"}, len(s.records), func(n int) []any {
		i := s.records[n]
		return []any{s.keys[i], first + int64(n), ground.Micros(s.now), s.wrapped[i], changes[i].Record}
	}); err != nil {
		return err
	}
	rows := make([][]any, 0, n)
	for _, key := range s.order {
		for _, slot := range s.slots[key] {
			rows = append(rows, []any{key, first + int64(len(s.records)+len(rows)), ground.Micros(s.now), int64(slot.No), code.Channel.Of(slot.Channel), orNone(s.hashes[key][slot.No])})
		}
	}
	return t.Bulk("addresses", []string{"person_id", "id", "recorded_from", "no", "channel", "hash"}, len(rows), func(i int) []any { return rows[i] })
}

// insertPresences records presences from now on, and gives the key of the
// first; the others' follow.
func (t *tx) insertPresences(list []held, now time.Time) (first int64, err error) {
	if len(list) == 0 {
		return 0, nil
	}
	if first, err = t.keys("fact", len(list)); err != nil {
		return 0, err
	}
	return first, t.Bulk("presences", []string{"person_id", "id", "recorded_from", "from_us", "to_us", "was_to", "site_id", "trip_id", "because",
		"spread", "area", "point_ref", "ended"}, len(list), func(i int) []any {
		h := &list[i]
		return []any{h.Person, first + int64(i), ground.Micros(now), ground.Micros(h.From), ground.Micros(h.To), ground.Micros(h.wasTo),
			orNull(h.site), orNull(h.Trip), code.Because.Of(h.Because), h.Spread, string(h.Area), ground.Plain(h.PointRef, 0), ground.Plain(h.Ended, 500)}
	})
}

// closePresences ends the recorded time of presences.
func (t *tx) closePresences(list []pair, now time.Time) error {
	for page := range slices.Chunk(list, peoplePage) {
		if err := closeRows(t, `UPDATE presences SET recorded_to = $2 FROM ({rows $1 person:key fact:key}) AS v
			WHERE presences.person_id = v.person AND presences.id = v.fact AND presences.recorded_to = 0`, page, now); err != nil {
			return err
		}
	}
	return nil
}
