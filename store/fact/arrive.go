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
			err := t.beginning(after.Add(l), until.Add(l), func(key int64) { list = append(list, Arrival{key, l}) })
			if err != nil {
				return err
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

// beginning calls fn for the live persons for whom a stay or leg begins after
// one time and not after another. The presences come first, by their index,
// whatever the engine thinks of it: few of them begin in a while.
func (t *tx) beginning(after, until time.Time, fn func(int64)) error {
	travellers, err := t.Keys(`SELECT person_id FROM presences WHERE recorded_to = 0 AND because IN ({because travels})
		AND from_us > $1 AND from_us <= $2 AND (to_us = 0 OR to_us > from_us)`, ground.Micros(after), ground.Micros(until))
	if err != nil {
		return err
	}
	return pages(travellers, func(page []int64) error {
		keys, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND retired_at = 0 AND erased_at = 0 AND id {in $2} ORDER BY id`, t.org, ground.List(page))
		for _, key := range keys {
			fn(key)
		}
		return err
	})
}

// Turning gives the live persons, by key, of whom something other than travel
// begins or ends after a moment and not after another: a home they come back
// to, a check-in that is over. Nobody says so when it comes.
func (f *Facts) Turning(ctx context.Context, after, until time.Time) (keys []int64, err error) {
	err = f.read(ctx, "reading whose word begins or ends", func(t *tx) error {
		keys = nil
		people, err := t.Keys(`SELECT DISTINCT person_id FROM presences WHERE recorded_to = 0 AND because NOT IN ({because travels})
			AND (from_us > $1 AND from_us <= $2 OR to_us > $1 AND to_us <= $2) AND (to_us = 0 OR to_us > from_us)`, ground.Micros(after), ground.Micros(until))
		if err != nil {
			return err
		}
		return pages(people, func(page []int64) error {
			live, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND retired_at = 0 AND erased_at = 0 AND id {in $2} ORDER BY id`, t.org, ground.List(page))
			keys = append(keys, live...)
			return err
		})
	})
	slices.Sort(keys)
	return keys, err
}
