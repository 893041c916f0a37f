package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/roster"
)

// travelsAsked is the soonest of the trips to an area, up to a number.
type travelsAsked struct {
	area   vedette.AreaID
	number int
}

// travels are those, and how many there are.
type travels struct {
	list []roster.Travel
	of   int
}

// TripsTo gives the trips that will bring somebody to an area, the soonest first, up to a
// number, and how many there are. They are as of the last minute (headsLast).
func (d *Desk) TripsTo(ctx context.Context, area vedette.AreaID, number int) (rows []TripRow, of int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, 0, err
	}
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, 0, err
	}
	now := d.Now()
	t := d.travels.give(travelsAsked{area, number}, r.Turn(), now, func() (t travels) {
		t.list, t.of = r.Travels(area, now, number)
		return t
	})
	trips, persons := make([]int64, len(t.list)), make([]int64, len(t.list))
	for i, tr := range t.list {
		trips[i], persons[i] = tr.Trip, tr.Person
	}
	rows, err = d.tripRows(ctx, trips, persons)
	return rows, t.of, err
}
