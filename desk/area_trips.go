package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
)

// TripsTo gives the trips that will bring somebody to an area, the soonest first, up to a
// number, and how many there are.
func (d *Desk) TripsTo(ctx context.Context, area vedette.AreaID, number int) (rows []TripRow, of int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, 0, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, 0, err
	}
	list, of := r.Travels(area, d.Now(), number)
	trips, persons := make([]int64, len(list)), make([]int64, len(list))
	for i, t := range list {
		trips[i], persons[i] = t.Trip, t.Person
	}
	rows, err = d.tripRows(ctx, trips, persons)
	return rows, of, err
}
