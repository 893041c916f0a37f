package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/deliver"
)

// AddWatch keeps what someone wants to be told about besides.
func (d *Desk) AddWatch(ctx context.Context, person string, w vedette.Watch) (vedette.Watch, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Watch{}, err
	}
	if err := w.Validate(); err != nil {
		return w, err
	}
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return w, err
	}
	w.Person, w.ID = p.Key, vedette.NewID(d.Now())
	return d.rows.SaveWatch(ctx, w, d.Now())
}

// Watches lists the watches of someone.
func (d *Desk) Watches(ctx context.Context, person string) ([]vedette.Watch, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return nil, err
	}
	return d.rows.WatchesOf(ctx, p.Key, d.Now())
}

// RemoveWatch removes a watch.
func (d *Desk) RemoveWatch(ctx context.Context, id vedette.ID) error {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return err
	}
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no watch's id; `vedette watch list PERSON` lists them", id)
	}
	if row, err := d.Watch(ctx, id); err == nil && row.Person.Veiled {
		return d.unknown(ctx, &row.Person)
	}
	return d.rows.RemoveWatch(ctx, id, d.Now())
}

// Settings gives the organisation's figures.
func (d *Desk) Settings(ctx context.Context) (vedette.Settings, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return vedette.Settings{}, err
	}
	return d.rows.Settings(ctx)
}

// SaveSettings keeps the organisation's figures from now on.
func (d *Desk) SaveSettings(ctx context.Context, s vedette.Settings, by string) error {
	if err := d.asks(&ctx, rights.RunHouse); err != nil {
		return err
	}
	if err := s.Validate(); err != nil {
		return err
	}
	for _, l := range s.Languages {
		if t, ok := deliver.TongueOf(l); !ok || t.Tag != l {
			return noWords(l)
		}
	}
	for _, a := range s.DiscreetIn {
		if _, ok := d.Gaz.Area(a); !ok {
			return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q, so nobody could be told discreetly there", a)
		}
	}
	return d.rows.SaveSettings(ctx, s, by, d.Now())
}
