package desk

import (
	"context"
	"encoding/json"
	"slices"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// tripRecord is what is private of a trip, sealed under its person's key for
// the purpose "trip". Precision is the person's when the trip's presences were
// made: a trip of the same record has the same presences.
type tripRecord struct {
	External  string            `json:"external,omitempty"`
	Legs      []vedette.Leg     `json:"legs,omitempty"`
	Stays     []vedette.Stay    `json:"stays,omitempty"`
	Precision vedette.Precision `json:"precision,omitempty"`
}

// sealedAs is the purpose trips are sealed for.
const sealedAs = "trip"

// recordOfTrip is what is kept of a trip for someone of a precision. Of one
// who is not to be kept exactly, what is as good as a point goes: hotels, and
// for countries flights and ships.
func (d *Desk) recordOfTrip(t *vedette.Trip, p vedette.Precision) tripRecord {
	r := tripRecord{External: t.External, Precision: p}
	for _, l := range t.Legs {
		l.From, l.To, l.Departs, l.Arrives = d.coarse(l.From, p), d.coarse(l.To, p), l.Departs.UTC(), l.Arrives.UTC()
		if p == vedette.PrecisionCountry {
			l.Carrier, l.Number, l.Ship = "", "", ""
		}
		r.Legs = append(r.Legs, l)
	}
	for _, s := range t.Stays {
		s.Area, s.From, s.To = d.coarse(s.Area, p), s.From.UTC(), s.To.UTC()
		if p == vedette.PrecisionCity || p == vedette.PrecisionCountry {
			s.Name, s.Phone = "", ""
		}
		r.Stays = append(r.Stays, s)
	}
	return r
}

// coarse brings a place down to the precision someone is kept at.
func (d *Desk) coarse(id vedette.AreaID, p vedette.Precision) vedette.AreaID {
	row := intake.Row{Area: id, Precision: p}
	row.Coarsen(d.Gaz)
	return row.Area
}

// whereabouts are the presences of a trip as closely as its person is kept,
// each once.
func (d *Desk) whereabouts(t *vedette.Trip, p vedette.Precision) []vedette.Presence {
	var out []vedette.Presence
	for _, pr := range t.Presences() {
		if pr.Area = d.coarse(pr.Area, p); !slices.Contains(out, pr) {
			out = append(out, pr)
		}
	}
	return out
}

// tripName is the keyed hash by which a trip is known again: of its number,
// else of all it says.
func (d *Desk) tripName(t *vedette.Trip) ([]byte, error) {
	if t.External != "" {
		return d.Key.Hash("trip", t.External), nil
	}
	b, err := json.Marshal(d.recordOfTrip(t, ""))
	return d.Key.Hash("trip", string(b)), err
}

// openTrip unseals a trip; one without a record has no legs and stays to tell.
func openTrip(pk auth.PersonKey, st *store.SealedTrip) (vedette.Trip, tripRecord, error) {
	t := vedette.Trip{Key: st.Key, ID: st.ID, Person: st.Person, Cancelled: st.Cancelled}
	var r tripRecord
	if len(st.Sealed) == 0 {
		return t, r, nil
	}
	b, err := pk.Open(sealedAs, st.Sealed)
	if err != nil {
		return t, r, err
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return t, r, vedette.Wrap(err, vedette.CodeInternal, "the record of trip %s does not read", st.ID)
	}
	t.External, t.Legs, t.Stays = r.External, r.Legs, r.Stays
	return t, r, nil
}

// tripChange seals a trip of someone as it is to be kept.
func (d *Desk) tripChange(pk auth.PersonKey, t *vedette.Trip, p vedette.Precision) (store.TripChange, error) {
	c := store.TripChange{Key: t.Key, Person: t.Person, Cancelled: t.Cancelled, Presences: d.whereabouts(t, p)}
	var err error
	if c.External, err = d.tripName(t); err != nil {
		return c, err
	}
	b, err := json.Marshal(d.recordOfTrip(t, p))
	c.Sealed = pk.Seal(sealedAs, b)
	return c, err
}

// keyOf gives somebody's record and the key it is sealed under.
func (d *Desk) keyOf(ctx context.Context, person string) (vedette.Person, auth.PersonKey, error) {
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return p, auth.PersonKey{}, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return p, auth.PersonKey{}, err
	}
	if sp.Erased {
		return p, auth.PersonKey{}, vedette.Errorf(vedette.CodeConflict, "%s is erased: nothing is kept of them any more", sp.ID)
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	return p, pk, err
}

// AddTrip adds a trip of someone. The same trip once more changes nothing.
func (d *Desk) AddTrip(ctx context.Context, person string, stays []vedette.Stay) (vedette.Trip, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Trip{}, err
	}
	p, pk, err := d.keyOf(ctx, person)
	if err != nil {
		return vedette.Trip{}, err
	}
	t := vedette.Trip{Person: p.Key, Stays: stays}
	if err := t.Validate(); err != nil {
		return t, err
	}
	c, err := d.tripChange(pk, &t, p.Record.Precision)
	if err != nil {
		return t, err
	}
	list := []store.TripChange{c}
	_, err = d.rows.SaveTrips(ctx, list, d.Now())
	t.Key, t.ID = list[0].Key, list[0].ID
	return t, err
}

// Trips lists the trips of someone, cancelled ones too.
func (d *Desk) Trips(ctx context.Context, person string) ([]vedette.Trip, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	p, err := d.wholly(ctx, person)
	if err != nil {
		return nil, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	return d.tripsOf(ctx, &sp)
}

// tripsOf are the trips of somebody, cancelled ones too.
func (d *Desk) tripsOf(ctx context.Context, sp *store.SealedPerson) (out []vedette.Trip, err error) {
	if sp.Erased {
		return nil, vedette.Errorf(vedette.CodeConflict, "%s is erased: nothing is kept of them any more", sp.ID)
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return nil, err
	}
	list, err := d.rows.SealedTrips(ctx, sp.Key)
	if err != nil {
		return nil, err
	}
	for i := range list {
		t, _, err := openTrip(pk, &list[i])
		if err != nil {
			return nil, err
		}
		if len(list[i].Sealed) == 0 {
			t.Stays = staysOf(sp.Presences, t.Key)
		}
		out = append(out, t)
	}
	return out, nil
}

// staysOf tells a trip of which nothing is sealed by where it puts someone.
func staysOf(ps []vedette.Presence, trip int64) (out []vedette.Stay) {
	for _, pr := range ps {
		if pr.Trip == trip {
			out = append(out, vedette.Stay{Area: pr.Area, From: pr.From, To: pr.To})
		}
	}
	return out
}

// CancelTrip cancels a trip: its presences are closed, its record stays.
func (d *Desk) CancelTrip(ctx context.Context, id vedette.ID) error {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return err
	}
	if !id.Valid() {
		return vedette.Errorf(vedette.CodeInvalid, "%q is no trip's id; `vedette trips list PERSON` lists them", id)
	}
	st, err := d.rows.Trip(ctx, id)
	if err == nil {
		err = d.knownByKey(ctx, st.Person)
	}
	switch {
	case vedette.ErrorCode(err) == vedette.CodeNotFound:
		return vedette.Errorf(vedette.CodeNotFound, "there is no trip %s; `vedette trips list PERSON` lists them", id)
	case err != nil:
		return err
	case st.Cancelled:
		return vedette.Errorf(vedette.CodeConflict, "trip %s is cancelled already", id)
	}
	_, err = d.rows.SaveTrips(ctx, []store.TripChange{{Key: st.Key, Person: st.Person, Cancelled: true}}, d.Now())
	return err
}
