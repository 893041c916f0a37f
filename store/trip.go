package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"vedette"
	"vedette/store/ground"
)

// AddTrips adds trips; each stay becomes a presence because of the trip. They
// come back with their ids.
func (o *Org) AddTrips(ctx context.Context, trips []vedette.Trip, now time.Time) ([]vedette.Trip, error) {
	var out []vedette.Trip
	if len(trips) == 0 {
		return out, nil
	}
	err := o.s.write(ctx, "adding trips", func(t *tx) error {
		out = append([]vedette.Trip(nil), trips...)
		if err := t.checkTravellers(o.org, out); err != nil {
			return err
		}
		first, err := t.keys("trip", len(out))
		if err != nil {
			return err
		}
		var facts []presenceFact
		for i := range out {
			if out[i].ID == "" {
				out[i].ID = vedette.NewID(now)
			}
			for _, s := range out[i].Stays {
				facts = append(facts, presenceFact{trip: first + int64(i), Presence: vedette.Presence{Person: out[i].Person,
					Area: s.Area, Because: vedette.BecauseTrip, From: s.From, To: s.To}})
			}
		}
		if err := t.Bulk("trips", []string{"id", "org", "uuid", "person_id", "recorded_from"}, len(out), func(i int) []any {
			return []any{first + int64(i), o.org, string(out[i].ID), out[i].Person, ground.Micros(now)}
		}); err != nil {
			return err
		}
		if err := t.insertPresences(facts, now); err != nil {
			return err
		}
		return t.log(o.org, vedette.LogPeople, "", "trips added", now)
	})
	return out, err
}

func (t *tx) checkTravellers(org int64, trips []vedette.Trip) error {
	keys := make([]int64, len(trips))
	for i := range trips {
		keys[i] = trips[i].Person
	}
	known, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND erased_at = 0 AND id {in $2} ORDER BY id`, org, ground.List(keys))
	for i := range trips {
		if _, there := slices.BinarySearch(known, trips[i].Person); err == nil && !there {
			return vedette.Errorf(vedette.CodeNotFound, "trip %d is of a person who is not there", i+1)
		}
	}
	return err
}

// TripsOf lists the trips of a person with their stays, in the order they
// were added.
func (o *Org) TripsOf(ctx context.Context, person int64) (list []vedette.Trip, err error) {
	err = o.s.read(ctx, "reading trips", func(t *tx) error {
		if err := t.mustHave("person", `SELECT 1 FROM persons WHERE org = $1 AND id = $2`, o.org, person); err != nil {
			return err
		}
		return t.Each(func(r *sql.Rows) error {
			var id vedette.ID
			var area sql.NullString
			var s vedette.Stay
			if err := r.Scan(&id, &area, ground.Time(&s.From), ground.Time(&s.To)); err != nil {
				return err
			}
			if len(list) == 0 || list[len(list)-1].ID != id {
				list = append(list, vedette.Trip{ID: id, Person: person})
			}
			if area.Valid {
				last := &list[len(list)-1]
				s.Area = vedette.AreaID(area.String)
				last.Stays = append(last.Stays, s)
			}
			return nil
		}, `SELECT t.uuid, p.area, p.from_us, p.to_us FROM trips t
			LEFT JOIN presences p ON p.person_id = t.person_id AND p.trip_id = t.id AND p.recorded_to = 0
			WHERE t.org = $1 AND t.person_id = $2 AND t.recorded_to = 0 ORDER BY t.id, p.id`, o.org, person)
	})
	return list, err
}
