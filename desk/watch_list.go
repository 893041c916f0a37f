package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"vedette"
	"vedette/auth/rights"
)

// WatchRow is a watch with whose it is.
type WatchRow struct {
	Watch  vedette.Watch
	Person vedette.Person
}

// Version tells one state of a watch from another.
func (r *WatchRow) Version() string {
	b, _ := json.Marshal(r.Watch) // places, scales and words never fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// WatchQuery says which watches a list shows.
type WatchQuery struct {
	Words  string // in the name or an address of whose they are
	Areas  []vedette.AreaID
	Back   bool
	Skip   int
	Number int
}

// ListWatches lists watches by whose they are, in the order of names.
func (d *Desk) ListWatches(ctx context.Context, q WatchQuery) (rows []WatchRow, of, all int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, 0, 0, err
	}
	r, err := d.people.Register(ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	keys, _ := r.Find(Wanted{Words: q.Words, Number: r.Len(), Back: q.Back, Veiled: !knowsAll(ctx)})
	at := make(map[int64]int, len(keys))
	for i, k := range keys {
		at[k] = i
	}
	var list []vedette.Watch
	err = d.rows.Watches(ctx, func(w vedette.Watch) error {
		all++
		_, wanted := at[w.Person]
		if wanted && (len(w.Areas) == 0 && w.Shape == nil && len(q.Areas) == 0 || d.goesTo(w.Areas, q.Areas)) {
			list = append(list, w)
		}
		return nil
	})
	if err != nil {
		return nil, 0, 0, err
	}
	slices.SortStableFunc(list, func(a, b vedette.Watch) int {
		return cmp.Or(cmp.Compare(at[a.Person], at[b.Person]), cmp.Compare(a.Key, b.Key))
	})
	of = len(list)
	list = list[min(q.Skip, of):min(q.Skip+q.Number, of)]
	var owners []int64
	for _, w := range list {
		owners = append(owners, w.Person)
	}
	people, err := d.rows.PersonsByKey(ctx, owners)
	for _, w := range list {
		sp := people[w.Person]
		rows = append(rows, watchRow(w, d.open(ctx, &sp)))
	}
	return rows, of, all, err
}

// Watch gives a watch by its id.
func (d *Desk) Watch(ctx context.Context, id vedette.ID) (*WatchRow, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	var found *vedette.Watch
	err := d.rows.Watches(ctx, func(w vedette.Watch) error {
		if w.ID == id {
			found = &w
		}
		return nil
	})
	if err == nil && found == nil {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such watch; it was removed, or never was")
	}
	if err != nil {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, found.Person)
	row := watchRow(*found, d.open(ctx, &sp))
	return &row, err
}

// watchRow is a watch as it is shown: of who is not to be known, not what was drawn.
func watchRow(w vedette.Watch, p vedette.Person) WatchRow {
	if p.Veiled {
		w.Shape = nil
	}
	return WatchRow{w, p}
}

// EditWatch makes a watch, as it was seen, ask for something else.
func (d *Desk) EditWatch(ctx context.Context, id vedette.ID, version string, w vedette.Watch) (vedette.Watch, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Watch{}, err
	}
	row, err := d.Watch(ctx, id)
	if err != nil {
		return w, err
	}
	if err := d.unknown(ctx, &row.Person); err != nil {
		return w, err
	}
	if row.Version() != version {
		return w, vedette.Errorf(vedette.CodeConflict, "somebody else changed this watch while you did; what it asks for now stands above")
	}
	w.Key, w.ID, w.Person = row.Watch.Key, row.Watch.ID, row.Watch.Person
	if w.Shape == nil {
		w.Shape = row.Watch.Shape // a form has none: what was drawn stays
	}
	if err := w.Validate(); err != nil {
		return w, err
	}
	return d.rows.SaveWatch(ctx, w, d.Now())
}
