package desk

import (
	"context"

	"vedette"
	"vedette/store"
)

// amend changes a person's record: edit says whether it did. Where somebody else
// saved it meanwhile, it is read and edited anew.
func (d *Desk) amend(ctx context.Context, person int64, edit func(*vedette.Person) (bool, error), save func(store.PersonChange) error) error {
	for try := 1; ; try++ {
		err := d.amendOnce(ctx, person, edit, save)
		if vedette.ErrorCode(err) != vedette.CodeConflict || try == importTries {
			return err
		}
	}
}

func (d *Desk) amendOnce(ctx context.Context, person int64, edit func(*vedette.Person) (bool, error), save func(store.PersonChange) error) error {
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil || sp.Erased {
		return err
	}
	p := d.unveiled(&sp)
	if p.Broken {
		return vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key; import them anew", p.ID)
	}
	changed, err := edit(&p)
	if err != nil || !changed {
		return err
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return err
	}
	c := store.PersonChange{Was: sp.Record}
	c.Key, c.ID, c.WrappedKey = sp.Key, sp.ID, sp.WrappedKey
	d.addresses(&c, &p.Record)
	if c.Record, err = pk.SealRecord(&p.Record); err != nil {
		return err
	}
	return save(c)
}

// saveOne is how amend saves a record where nothing else goes with it.
func (d *Desk) saveOne(ctx context.Context) func(store.PersonChange) error {
	return func(c store.PersonChange) error {
		_, err := d.rows.SavePeople(ctx, []store.PersonChange{c}, d.Now())
		return err
	}
}

// slots are the addresses of a record that something may be sent to.
func slots(r *vedette.PersonRecord) []store.Slot {
	out := make([]store.Slot, 0, len(r.Addresses))
	for _, a := range r.Addresses {
		if a.Blocked == "" {
			out = append(out, store.Slot{No: a.No, Channel: a.Channel})
		}
	}
	return out
}
