package store

import (
	"context"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// log writes the log row of a change.
func (t *tx) log(org int64, kind vedette.LogKind, ref vedette.ID, verb string, now time.Time) error {
	_, err := t.logged(org, kind, ref, verb, now)
	return err
}

// logUpdate is log for what is done to an update known by its key.
func (t *tx) logUpdate(org, update int64, kind vedette.LogKind, verb string, now time.Time) error {
	id, err := t.updateID(org, update)
	if err != nil {
		return err
	}
	return t.log(org, kind, id, verb, now)
}

// logUpdates is logUpdate for several, by key, in the order of their keys.
func (t *tx) logUpdates(org int64, updates []int64, kind vedette.LogKind, verb string, now time.Time) error {
	if len(updates) == 0 {
		return nil
	}
	return book.LogUpdates(t.Tx, org, kind, updates, verb, now)
}

// logged writes a log row and gives its number. It comes last in a
// transaction: taking the number locks the organisation's row until the
// commit, which makes the order of the log the order of commits.
func (t *tx) logged(org int64, kind vedette.LogKind, ref vedette.ID, verb string, now time.Time) (seq int64, err error) {
	return book.Log(t.Tx, org, kind, ref, verb, now)
}

// Log gives the entries after a number, in the order of their commits. limit
// 0 is no limit.
func (o *Org) Log(ctx context.Context, after int64, limit int) (list []vedette.LogEntry, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		list, err = ground.All(t.Tx, book.EntryInto, `SELECT `+book.EntryColumns+` FROM log WHERE org = $1 AND seq > $2 ORDER BY seq LIMIT $3`, o.org, after, ground.Most(limit))
		return err
	})
	return list, err
}

// Seq gives the number of the last log row, 0 for none.
func (o *Org) Seq(ctx context.Context) (seq int64, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) error {
		_, err := t.Found([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1`, o.org)
		return err
	})
	return seq, err
}

// PeopleSeq gives the number of the last log row about people, 0 for none:
// an index of people built at that number is fresh.
func (o *Org) PeopleSeq(ctx context.Context) (seq int64, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) (err error) {
		seq, err = book.PeopleSeq(t.Tx, o.org)
		return err
	})
	return seq, err
}

// StandsSince gives the number of the last log row, and whether any row after
// one may have changed what stands: all but those that surely did not. Whoever
// keeps what stands by it, as it was read after this was asked, misses nothing.
func (o *Org) StandsSince(ctx context.Context, after int64) (seq int64, changed bool, err error) {
	return o.changedSince(ctx, after, `{log aside}`)
}

// ReachSince is StandsSince for what is known of people and of how they are reached.
func (o *Org) ReachSince(ctx context.Context, after int64) (seq int64, changed bool, err error) {
	return o.changedSince(ctx, after, `{log far from reach}`)
}

// InboxSince is StandsSince for what came in and what became of it.
func (o *Org) InboxSince(ctx context.Context, after int64) (seq int64, changed bool, err error) {
	return o.changedSince(ctx, after, `{log far from inbox}`)
}

// Touched says what rows of the log may have changed of published updates.
type Touched struct {
	Seq     int64        // the last row
	Marked  []vedette.ID // whose mark is another
	Counted []vedette.ID // whose counts may be
	All     bool         // everybody's counts may be
	Lost    bool         // it is not told apart: everything may be another
}

// TouchedSince reads it of the rows after one; of more than so many updates, and from the
// beginning, all is Lost.
func (o *Org) TouchedSince(ctx context.Context, after int64, most int) (out Touched, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) (err error) {
		out = Touched{Lost: after == 0}
		if _, err = t.Found([]any{&out.Seq}, `SELECT seq FROM organisations WHERE id = $1`, o.org); err != nil || out.Seq == after || out.Lost {
			return err
		}
		refs := func(kinds string) (list []vedette.ID, err error) {
			list, err = ground.All(t.Tx, func(id *vedette.ID) []any { return []any{id} },
				`SELECT DISTINCT ref FROM log WHERE org = $1 AND seq > $2 AND kind IN (`+kinds+`) LIMIT $3`, o.org, after, ground.Most(most+1))
			out.Lost = out.Lost || len(list) > most
			return list, err
		}
		if out.Marked, err = refs(`{log update}`); err != nil {
			return err
		}
		if out.Counted, err = refs(`{log of updates}`); err != nil {
			return err
		}
		out.All, err = t.Exists(`SELECT 1 FROM log WHERE org = $1 AND seq > $2 AND (ref = '' OR kind NOT IN ({log of updates}))`, o.org, after)
		return err
	})
	return out, err
}

func (o *Org) changedSince(ctx context.Context, after int64, butOf string) (seq int64, changed bool, err error) {
	err = o.s.read(ctx, "reading the log", func(t *tx) (err error) {
		if _, err = t.Found([]any{&seq}, `SELECT seq FROM organisations WHERE id = $1`, o.org); err != nil || seq == after {
			return err
		}
		changed, err = t.Exists(`SELECT 1 FROM log WHERE org = $1 AND seq > $2 AND kind NOT IN (`+butOf+`)`, o.org, after)
		return err
	})
	return seq, changed, err
}
