package store

import (
	"fmt"
	"slices"
	"time"

	"vedette"
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
	if err := t.Bulk("recipients", []string{"id", "org", "uuid", "kind"}, len(s.added), func(n int) []any {
		i := s.added[n]
		return []any{s.keys[i], s.org, string(s.ids[i]), int64(code.Person)}
	}); err != nil {
		return err
	}
	if err := t.Bulk("persons", []string{"id", "org", "external"}, len(s.added), func(n int) []any {
		i := s.added[n]
		var external any
		if len(changes[i].External) > 0 {
			external = changes[i].External
		}
		return []any{s.keys[i], s.org, external}
	}); err != nil {
		return err
	}
	if err := t.renamePeople(s, changes); err != nil {
		return err
	}
	if err := t.insertRecords(s, changes); err != nil {
		return err
	}
	if err := t.insertPresences(s.presences, s.now); err != nil {
		return err
	}
	ref, verb := vedette.ID(""), fmt.Sprintf("saved %d", len(s.changed))
	if len(s.changed) == 1 {
		ref, verb = s.changed[0], "saved"
	}
	return t.log(s.org, vedette.LogPeople, ref, verb, s.now)
}

// renamePeople writes by what hash people are known from now on.
func (t *tx) renamePeople(s *saving, changes []PersonChange) error {
	for page := range slices.Chunk(s.renamed, peoplePage) {
		rows := make([][]any, len(page))
		for n, i := range page {
			rows[n] = []any{s.keys[i], ground.Hex(changes[i].External)}
		}
		if _, err := t.Exec(`UPDATE persons SET external = v.hash FROM ({rows $1 person:key hash:bytes}) AS v WHERE persons.id = v.person`, ground.List(rows)); err != nil {
			return err
		}
	}
	return nil
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
	for page := range slices.Chunk(s.closed.presences, peoplePage) {
		if err := closeRows(t, `UPDATE presences SET recorded_to = $2 FROM ({rows $1 person:key fact:key}) AS v
			WHERE presences.person_id = v.person AND presences.id = v.fact`, page, s.now); err != nil {
			return err
		}
	}
	return nil
}

func closeRows[T any](t *tx, text string, rows []T, now time.Time) error {
	_, err := t.Exec(text, ground.List(rows), ground.Micros(now))
	return err
}

// insertRecords writes the records of people and their slots.
func (t *tx) insertRecords(s *saving, changes []PersonChange) error {
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
		return []any{s.keys[i], first + int64(n), ground.Micros(s.now), changes[i].WrappedKey, changes[i].Record}
	}); err != nil {
		return err
	}
	rows := make([][]any, 0, n)
	for _, key := range s.order {
		for _, slot := range s.slots[key] {
			rows = append(rows, []any{key, first + int64(len(s.records)+len(rows)), ground.Micros(s.now), int64(slot.No), code.Channel.Of(slot.Channel)})
		}
	}
	return t.Bulk("addresses", []string{"person_id", "id", "recorded_from", "no", "channel"}, len(rows), func(i int) []any { return rows[i] })
}

// insertPresences records presences from now on.
func (t *tx) insertPresences(facts []presenceFact, now time.Time) error {
	if len(facts) == 0 {
		return nil
	}
	first, err := t.keys("fact", len(facts))
	if err != nil {
		return err
	}
	orNull := func(key int64) any {
		if key == 0 {
			return nil
		}
		return key
	}
	return t.Bulk("presences", []string{"person_id", "id", "recorded_from", "from_us", "to_us", "site_id", "trip_id", "because", "area", "point_ref"},
		len(facts), func(i int) []any {
			f := &facts[i]
			return []any{f.Person, first + int64(i), ground.Micros(now), ground.Micros(f.From), ground.Micros(f.To), orNull(f.site), orNull(f.trip),
				code.Because.Of(f.Because), string(f.Area), ground.Plain(f.PointRef, 0)}
		})
}
