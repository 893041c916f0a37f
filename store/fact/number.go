package fact

import (
	"context"
	"slices"

	"vedette/store/ground"
)

// writeNumbers keeps by what hashes the numbers of a record are found, and no
// more those of the record before.
func (t *tx) writeNumbers(s *saving, changes []PersonChange) error {
	var keys []int64
	var rows [][]any
	for _, i := range s.records {
		keys = append(keys, s.keys[i])
		for _, hash := range changes[i].Numbers {
			rows = append(rows, []any{t.org, hash, s.keys[i]})
		}
	}
	for page := range slices.Chunk(keys, peoplePage) {
		if _, err := t.Exec(`DELETE FROM numbers WHERE person_id {in $1}`, ground.List(page)); err != nil {
			return err
		}
	}
	return t.Bulk("numbers", []string{"org", "hash", "person_id"}, len(rows), func(i int) []any { return rows[i] })
}

// Owners gives the persons who are there and have a number, by its keyed hash.
func (f *Facts) Owners(ctx context.Context, hash []byte) (keys []int64, err error) {
	err = f.read(ctx, "finding whose number it is", func(t *tx) error {
		keys, err = t.Keys(`SELECT n.person_id FROM numbers n JOIN persons p ON p.id = n.person_id
			WHERE n.org = $1 AND n.hash = $2 AND p.erased_at = 0 AND p.retired_at = 0 ORDER BY n.person_id`, t.org, hash)
		return err
	})
	return keys, err
}
