package desk

import (
	"context"
	"slices"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// Tally and RowFilter are the store's, by the desk's name: pages know the
// desk alone.
type (
	Tally     = store.Tally
	RowFilter = store.RowFilter
)

// Source is a report an update was drawn from, and how it was read.
type Source struct {
	Report  vedette.Report
	Reading *vedette.Reading
}

// Tally counts how far an update has come.
func (d *Desk) Tally(ctx context.Context, u *vedette.Update) (Tally, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return Tally{}, err
	}
	return d.rows.Tally(ctx, u.Key)
}

// Sources gives the reports an update was drawn from, in its order.
func (d *Desk) Sources(ctx context.Context, u *vedette.Update) ([]Source, error) {
	if err := d.asks(&ctx, rights.Look); err != nil {
		return nil, err
	}
	out := make([]Source, 0, len(u.Reports))
	for _, id := range u.Reports {
		rep, rd, err := d.Report(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, Source{rep, rd})
	}
	return out, nil
}

// People lists the people behind a count of the board, in one country or sea
// of it when area is not "".
func (d *Desk) People(ctx context.Context, u *vedette.Update, area vedette.AreaID, f RowFilter) ([]BoardRow, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	if area == "" {
		return d.BoardRows(ctx, u.ID, f)
	}
	vs, err := d.rows.Variants(ctx, u.Key)
	if err != nil {
		return nil, err
	}
	for _, v := range vs {
		if slices.Contains(v.Areas, area) {
			f.Variants = append(f.Variants, v.No)
		}
	}
	if len(f.Variants) == 0 {
		return nil, nil
	}
	return d.BoardRows(ctx, u.ID, f)
}
