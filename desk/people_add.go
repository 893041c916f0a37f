package desk

import (
	"context"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// NewPerson is someone to be added as a whole, with their trips.
type NewPerson struct {
	Record   vedette.PersonRecord
	Presence []vedette.Presence
	Trips    []vedette.Stay
}

// AddPeople adds sites and people the desk knows are new.
func (d *Desk) AddPeople(ctx context.Context, sites []vedette.Site, people []NewPerson) error {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return err
	}
	now := d.Now()
	changes := make([]store.PersonChange, len(people))
	for i := range people {
		p := &people[i]
		c := &changes[i]
		c.ID = vedette.NewID(now)
		pk, wrapped := d.Key.NewPersonKey(c.ID)
		sealed, err := pk.SealRecord(&p.Record)
		if err != nil {
			return err
		}
		c.External, c.WrappedKey, c.Record = d.external(&p.Record), wrapped, sealed
		d.addresses(c, &p.Record)
		c.Presences = p.Presence
	}
	if _, err := d.rows.SavePeopleAndSites(ctx, sites, changes, now); err != nil {
		return err
	}
	var trips []vedette.Trip
	for i, p := range people {
		for _, s := range p.Trips {
			trips = append(trips, vedette.Trip{ID: vedette.NewID(now), Person: changes[i].Key, Stays: []vedette.Stay{s}})
		}
	}
	if len(trips) == 0 {
		return nil
	}
	_, err := d.rows.AddTrips(ctx, trips, now)
	return err
}
