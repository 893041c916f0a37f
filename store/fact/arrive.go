package fact

import (
	"cmp"
	"context"
	"slices"
	"time"

	"vedette/store/ground"
)

// Arrival says that someone's stay or leg begins in a while, or now.
type Arrival struct {
	Person int64
	Lead   time.Duration // how long before it begins: 0 is now
}

// Arrivals gives the live persons for whom a moment has come: a stay or leg
// of theirs begins one of the leads after a moment after the first time and
// not after the second. They are ordered by person, the longest lead first;
// each lead of a person is there once.
func (f *Facts) Arrivals(ctx context.Context, after, until time.Time, lead []time.Duration) (list []Arrival, err error) {
	err = f.read(ctx, "reading who arrives", func(t *tx) error {
		list = nil
		for _, l := range lead {
			keys, err := t.Keys(`SELECT DISTINCT pr.person_id FROM presences pr JOIN persons p ON p.id = pr.person_id
				WHERE pr.recorded_to = 0 AND pr.because IN ({because travels}) AND pr.from_us > $2 AND pr.from_us <= $3
					AND (pr.to_us = 0 OR pr.to_us > pr.from_us) AND p.org = $1 AND p.retired_at = 0`,
				t.org, ground.Micros(after.Add(l)), ground.Micros(until.Add(l)))
			if err != nil {
				return err
			}
			for _, key := range keys {
				list = append(list, Arrival{key, l})
			}
		}
		slices.SortFunc(list, func(a, b Arrival) int {
			return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(b.Lead, a.Lead))
		})
		list = slices.Compact(list)
		return nil
	})
	return list, err
}
