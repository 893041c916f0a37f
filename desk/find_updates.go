package desk

import (
	"context"
	"sync"

	"vedette"
	"vedette/archive"
	"vedette/auth/rights"
	"vedette/store"
)

// UpdateQuery says which published updates are wanted, and which page of them.
type UpdateQuery struct {
	archive.Query
	Words        string // each must be in it, or begin a word of it; "" for any
	Skip, Number int
}

// UpdatePage is a page of published updates.
type UpdatePage struct {
	Updates []*vedette.Update // the newest first; shown, and not to be changed
	Of      int               // in all, of those that are wanted
	All     int               // updates there are
	Behind  bool              // some are not on the shelf yet: they are looked for in vain
}

// shelfed is what this process holds of the shelf.
type shelfed struct {
	mu      sync.Mutex
	archive *archive.Archive
	card    int64 // the last row of the log whose card it holds
	through int64 // up to which row of the log nothing is left to shelve
}

// How many updates are shelved at once, and how many of those whoever looks for some
// waits for: what is published in a day, and not what is there at the first start.
const (
	shelfBatch = 100
	shelfWait  = 2 // batches
)

// FindUpdates gives a page of the published updates that are wanted.
func (d *Desk) FindUpdates(ctx context.Context, q UpdateQuery) (*UpdatePage, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	terms, err := archive.Asked(q.Words)
	if err != nil {
		return nil, err
	}
	a, left, err := d.archived(ctx)
	if err != nil {
		return nil, err
	}
	if q.Among, err = d.having(ctx, d.lastCard(), terms); err != nil {
		return nil, err
	}
	keys, of := a.Find(&q.Query, q.Skip, q.Number)
	page := &UpdatePage{Of: of, All: a.Len(), Behind: left}
	page.Updates, err = d.updatesShown(ctx, keys)
	return page, err
}

// archived gives the cards, and whether some are not on the shelf yet.
func (d *Desk) archived(ctx context.Context) (a *archive.Archive, left bool, err error) {
	left = true
	for n := 0; left && n < shelfWait && err == nil; n++ {
		left, err = d.shelve(ctx)
	}
	if err == nil {
		a, err = d.cards(ctx)
	}
	return a, left, err
}

// Shelve puts published updates on the shelf, by whose cards and words they are found,
// until none is left.
func (d *Desk) Shelve(ctx context.Context) error {
	inside(&ctx)
	for {
		if left, err := d.shelve(ctx); err != nil || !left {
			return err
		}
	}
}

// shelve puts some there, and says whether more are left.
func (d *Desk) shelve(ctx context.Context) (left bool, err error) {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	todo, err := d.rows.Unshelved(ctx, d.shelf.through, shelfBatch)
	if err != nil {
		return false, err
	}
	if len(todo.Updates) == 0 {
		d.shelf.through = todo.Through
		return false, nil
	}
	list := make([]store.Shelved, 0, len(todo.Updates))
	for _, p := range todo.Updates {
		u, err := d.rows.UpdateByKey(ctx, p.Update)
		if err != nil {
			return false, err
		}
		list = append(list, store.Shelved{Seq: p.Seq, Card: vedette.CardOf(u), Words: archive.Words(u)})
	}
	// Where another process was first, what it did is found the next time.
	done, err := d.rows.Shelve(ctx, todo.From, todo.Through, list)
	if done {
		d.shelf.through = todo.Through
	}
	return len(todo.Updates) == shelfBatch || !done, err
}

// cards gives the cards of all that is shelved.
func (d *Desk) cards(ctx context.Context) (*archive.Archive, error) {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	if d.shelf.archive == nil {
		d.shelf.archive = archive.New(d.Gaz)
	}
	list, last, err := d.rows.Cards(ctx, d.shelf.card)
	if err != nil {
		return nil, err
	}
	d.shelf.archive.Add(list)
	d.shelf.card = last
	return d.shelf.archive, nil
}

// lastCard is the row of the log of the last card that is held.
func (d *Desk) lastCard() int64 {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	return d.shelf.card
}
