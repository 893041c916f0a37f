// Package fact keeps what an organisation holds of its people: their sealed
// records, where they are, their sites, trips and watches. It is the part of
// the store that rests on two times: what is true from–to, and recorded
// from–to. A row that is replaced is closed, never overwritten, so that what
// was recorded at a past moment can be read back.
//
// Each method is one transaction. What changes something the rules look at
// writes one log row of kind people and, under its number, the keys of the
// persons it is about: see [Facts.ChangedPeople].
package fact

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// Facts are one organisation's. They are safe for concurrent use.
type Facts struct {
	db  *ground.DB
	org int64
}

// Of gives an organisation's facts.
func Of(db *ground.DB, org int64) *Facts { return &Facts{db, org} }

// tx is a running transaction of an organisation.
type tx struct {
	*ground.Tx
	reading
}

// reading is what many are read by: a transaction, or one of several readers
// that see the same.
type reading struct {
	ground.Reader
	org       int64
	sitenames map[int64]string // of the sites read so far, by key: see nameSites
}

func (f *Facts) write(ctx context.Context, doing string, fn func(*tx) error) error {
	return f.db.Write(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, reading{Reader: t, org: f.org}}) })
}

func (f *Facts) read(ctx context.Context, doing string, fn func(*tx) error) error {
	return f.db.Read(ctx, doing, func(t *ground.Tx) error { return fn(&tx{t, reading{Reader: t, org: f.org}}) })
}

func (t *tx) keys(noun string, n int) (first int64, err error) { return book.Keys(t.Tx, noun, n) }

// log writes the log row of a change of people, and which persons it is
// about, in any order and perhaps twice.
func (t *tx) log(ref vedette.ID, verb string, persons []int64, now time.Time) error {
	seq, err := book.Log(t.Tx, t.org, vedette.LogPeople, ref, verb, now)
	if err != nil {
		return err
	}
	persons = slices.Compact(slices.Sorted(slices.Values(persons)))
	args := []any{t.org, seq, nil}
	return t.Bulk("changed", []string{"org", "seq", "person_id"}, len(persons), func(i int) []any {
		args[2] = persons[i]
		return args
	})
}

// pages calls fn with the keys, ascending and each once, some at a time.
func pages(keys []int64, fn func(page []int64) error) error {
	for page := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(keys))), peoplePage) {
		if err := fn(page); err != nil {
			return err
		}
	}
	return nil
}

func orNull[T comparable](v T) any {
	var none T
	if v == none {
		return nil
	}
	return v
}
