package desk

import (
	"context"
	"encoding/json"
	"slices"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// closely gives how somewhere is kept of someone of a precision; nil where it
// is kept as it is said.
func (d *Desk) closely(p vedette.Precision) func(vedette.Presence) vedette.Presence {
	if precise(p) {
		return nil
	}
	return func(pr vedette.Presence) vedette.Presence {
		pr.Area, pr.PointRef, pr.Point, pr.Spread = d.coarse(pr.Area, p), "", nil, 0
		if pr.Because == vedette.BecauseSite {
			pr.Because, pr.Site = vedette.BecauseHome, "" // a site is as good as a point
		}
		return pr
	}
}

// asClosely gives where someone is held to be as it is to be kept, and whether
// that is less close than it is kept now.
func asClosely(have []vedette.Presence, closely func(vedette.Presence) vedette.Presence) (list []vedette.Presence, closer bool) {
	if closely == nil {
		return have, false
	}
	list = slices.Clone(have)
	for i := range list {
		list[i] = closely(have[i])
		closer = closer || list[i] != have[i]
	}
	return list, closer
}

// sealCloser adds to the changes of people who are to be kept less closely
// what is sealed of their trips, as it is kept from now on.
func (d *Desk) sealCloser(ctx context.Context, known *acquaintance, changes []store.PersonChange) error {
	at := map[int64]int{}
	var keys []int64
	for i := range changes {
		if c := &changes[i]; c.Key != 0 && c.Closely != nil {
			at[c.Key], keys = i, append(keys, c.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	trips, err := d.rows.SealedTrips(ctx, keys...)
	if err != nil {
		return err
	}
	for i := range trips {
		c := &changes[at[trips[i].Person]]
		if err := d.sealTripCloser(c, known.wishes[c.Key], &trips[i]); err != nil {
			return err
		}
	}
	return nil
}

// sealTripCloser adds a trip to a change of its person, sealed as it is kept
// of someone of a precision. One that cannot be opened stays as it is: nobody
// can read it.
func (d *Desk) sealTripCloser(c *store.PersonChange, p vedette.Precision, st *store.SealedTrip) error {
	pk, err := d.Key.Unwrap(c.ID, c.WrappedKey)
	if err != nil || len(st.Sealed) == 0 {
		return err
	}
	t, rec, err := openTrip(pk, st)
	if err != nil {
		return nil
	}
	to := d.recordOfTrip(&t, p)
	if sameRecord(rec, to) {
		return nil
	}
	b, err := json.Marshal(to)
	c.Trips = append(c.Trips, store.TripSeal{Key: st.Key, Was: st.Sealed, Sealed: pk.Seal(sealedAs, b)})
	return err
}

// KeepPrecision keeps from now on where someone is as closely as they wish:
// what is held already too. What they were told stays on record as it was. It
// gives how many of the places held became less exact.
func (d *Desk) KeepPrecision(ctx context.Context, person string, p vedette.Precision) (vedette.Person, int, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Person{}, 0, err
	}
	if !slices.Contains([]vedette.Precision{vedette.PrecisionExact, vedette.PrecisionCity, vedette.PrecisionCountry}, p) {
		return vedette.Person{}, 0, vedette.Errorf(vedette.CodeInvalid, "%q is no precision: give exact, city or country", p)
	}
	for try := 1; ; try++ {
		who, n, err := d.keepPrecision(ctx, person, p)
		if vedette.ErrorCode(err) != vedette.CodeConflict || try == importTries {
			return who, n, err
		}
	}
}

func (d *Desk) keepPrecision(ctx context.Context, person string, precision vedette.Precision) (vedette.Person, int, error) {
	p, pk, err := d.keyOf(ctx, person)
	if err != nil {
		return p, 0, err
	}
	sp, err := d.rows.PersonByKey(ctx, p.Key)
	if err != nil {
		return p, 0, err
	}
	if p = d.unveiled(&sp); p.Broken {
		return p, 0, vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key; import them anew", p.ID)
	}
	p.Record.Precision = precision
	if !precise(precision) {
		p.Record.Points = nil
	}
	c := store.PersonChange{Closely: d.closely(precision), Was: sp.Record}
	c.Key, c.ID, c.WrappedKey = sp.Key, sp.ID, sp.WrappedKey
	d.addresses(&c, &p.Record)
	if c.Record, err = pk.SealRecord(&p.Record); err != nil {
		return p, 0, err
	}
	trips, err := d.rows.SealedTrips(ctx, sp.Key)
	if err != nil {
		return p, 0, err
	}
	for i := range trips {
		if err := d.sealTripCloser(&c, precision, &trips[i]); err != nil {
			return p, 0, err
		}
	}
	n := 0
	have, _ := asClosely(sp.Presences, c.Closely)
	for i := range have {
		if have[i] != sp.Presences[i] {
			n++
		}
	}
	_, err = d.rows.SavePeople(ctx, []store.PersonChange{c}, d.Now())
	return p, n, err
}
