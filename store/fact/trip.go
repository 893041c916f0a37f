package fact

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"vedette"
	"vedette/store/book"
	"vedette/store/ground"
)

// SealedTrip is a trip as the store holds it: what is private of it is sealed
// bytes; where it puts its person stands in their presences.
type SealedTrip struct {
	Key       int64
	ID        vedette.ID
	Person    int64
	External  []byte // keyed hash of the booking or trip number, nil for none
	Sealed    []byte // nil where nothing was given, or it is erased
	Cancelled bool
	Recorded  time.Time
}

// TripChange is a trip to add or change.
//
// Key 0 is the person's live trip that External names, else a new one. Nil
// External or Sealed keep what a trip has. Presences are where the trip puts
// its person, all of them; a cancelled one has none.
type TripChange struct {
	Key       int64
	ID        vedette.ID
	Person    int64
	External  []byte
	Sealed    []byte
	Was       []byte // with Key: what was sealed of it as it was seen; a conflict where that is kept no more. nil for any
	Cancelled bool
	Presences []vedette.Presence
}

// TripsSaved counts what SaveTrips did. A trip that is cancelled by it counts
// as that alone.
type TripsSaved struct{ Added, Changed, Unchanged, Cancelled int }

// tripRow is a live trip as it stands in its row.
type tripRow struct {
	SealedTrip
	record int64
	held   []held
	fresh  []vedette.Presence // to be recorded
	taken  bool               // by a change
}

// tripSaving gathers what one SaveTrips writes.
type tripSaving struct {
	now       time.Time
	known     map[int64]*tripRow  // by trip
	named     map[string]*tripRow // by person and External
	added     []*tripRow
	anew      []*tripRow // trips to be recorded anew
	touched   []*tripRow
	records   []pair // to be closed
	presences []pair // to be closed
	saved     TripsSaved
}

// SaveTrips adds and changes trips, all or none, and sets Key and ID in the
// slice. Presences of a trip that are the same are kept, the others closed
// and recorded anew; nothing is overwritten. A presence that was ended stays
// so while its trip says the same of it.
func (f *Facts) SaveTrips(ctx context.Context, changes []TripChange, now time.Time) (TripsSaved, error) {
	var s *tripSaving
	if len(changes) == 0 {
		return TripsSaved{}, nil
	}
	out := make([]*tripRow, len(changes))
	err := f.write(ctx, "saving trips", func(t *tx) (err error) {
		s = &tripSaving{now: now, known: map[int64]*tripRow{}, named: map[string]*tripRow{}}
		if err := t.loadTrips(s, changes); err != nil {
			return err
		}
		for i := range changes {
			if out[i], err = s.take(i, &changes[i]); err != nil {
				return err
			}
		}
		if len(s.touched) == 0 {
			return nil
		}
		if err := t.writeTrips(s); err != nil {
			return err
		}
		return t.logTrips(s)
	})
	if err != nil {
		return TripsSaved{}, err
	}
	for i := range changes {
		changes[i].Key, changes[i].ID = out[i].Key, out[i].ID
	}
	if len(s.touched) >= manyPeople {
		f.db.Learn(ctx, "trips", "trip_records", "presences")
	}
	return s.saved, nil
}

// loadTrips locks the travellers and loads their live trips.
func (t *tx) loadTrips(s *tripSaving, changes []TripChange) error {
	keys := make([]int64, len(changes))
	for i := range changes {
		keys[i] = changes[i].Person
	}
	return pages(keys, func(page []int64) error {
		arg := ground.List(page)
		there, err := t.Keys(`SELECT id FROM persons WHERE org = $1 AND erased_at = 0 AND retired_at = 0 AND id {in $2} ORDER BY id {lock}`, t.org, arg)
		if err != nil {
			return err
		}
		if len(there) != len(page) {
			return vedette.Errorf(vedette.CodeNotFound, "%d of the people whose trips are to be saved are not there", len(page)-len(there))
		}
		rows, err := t.trips(`r.recorded_to = 0 AND r.person_id {in $2}`, arg)
		if err != nil {
			return err
		}
		for i := range rows {
			row := &rows[i]
			s.known[row.Key] = row
			if len(row.External) > 0 {
				s.named[tripName(row.Person, row.External)] = row
			}
		}
		list, err := t.held(time.Time{}, `pr.recorded_to = 0 AND pr.trip_id IS NOT NULL AND pr.person_id {in $2}`, arg)
		for _, h := range list {
			if row := s.known[h.Trip]; row != nil {
				row.held = append(row.held, h)
			}
		}
		return err
	})
}

func tripName(person int64, external []byte) string { return fmt.Sprintf("%d %x", person, external) }

// take compares a change with what is live, and notes what is to be written.
func (s *tripSaving) take(i int, c *TripChange) (*tripRow, error) {
	have, err := s.find(i, c)
	if err != nil {
		return nil, err
	}
	if c.Was != nil && !bytes.Equal(c.Was, have.Sealed) {
		return nil, vedette.Errorf(vedette.CodeConflict, "the trip was changed by someone else meanwhile; look again and save again")
	}
	is := SealedTrip{Key: have.Key, ID: have.ID, Person: c.Person, External: have.External, Sealed: have.Sealed, Cancelled: c.Cancelled}
	if len(c.External) > 0 {
		is.External = c.External
	}
	if c.Sealed != nil {
		is.Sealed = c.Sealed
	}
	for _, w := range c.Presences {
		if !w.Because.Travels() || w.Area == "" {
			return nil, vedette.Errorf(vedette.CodeInvalid, "trip %d of the list puts its person in %q because of %q; a trip has stays and legs", i+1, w.Area, w.Because)
		}
	}
	fresh := have.Key == 0
	moved := s.takePresences(have, c)
	told := fresh || !bytes.Equal(is.External, have.External) || !bytes.Equal(is.Sealed, have.Sealed) || is.Cancelled != have.Cancelled
	switch {
	case !told && !moved:
		s.saved.Unchanged++
		return have, nil
	case is.Cancelled && !have.Cancelled:
		s.saved.Cancelled++
	case fresh:
		s.saved.Added++
	default:
		s.saved.Changed++
	}
	s.touched = append(s.touched, have)
	if !told {
		return have, nil
	}
	if fresh {
		s.added = append(s.added, have)
	} else {
		s.records = append(s.records, pair{have.Person, have.record})
	}
	have.SealedTrip = is
	s.anew = append(s.anew, have)
	return have, nil
}

// find gives the trip a change is of, a new row where there is none yet.
func (s *tripSaving) find(i int, c *TripChange) (*tripRow, error) {
	name := tripName(c.Person, c.External)
	have := s.named[name]
	if c.Key != 0 {
		have = s.known[c.Key]
		if have == nil || have.Person != c.Person {
			return nil, vedette.Errorf(vedette.CodeNotFound, "trip %d of the list is not there", i+1)
		}
	}
	switch {
	case have == nil:
		have = &tripRow{SealedTrip: SealedTrip{ID: c.ID, Person: c.Person}}
		if have.ID == "" {
			have.ID = vedette.NewID(s.now)
		}
	case have.taken:
		return nil, vedette.Errorf(vedette.CodeInvalid, "trip %d of the list is there twice; name each trip once", i+1)
	case c.ID != "" && c.ID != have.ID:
		// Sealed for another id, it could never be opened again.
		return nil, vedette.Errorf(vedette.CodeConflict, "trip %d of the list was added by someone else meanwhile; look again and save again", i+1)
	}
	have.taken = true
	if len(c.External) > 0 {
		s.named[name] = have
	}
	return have, nil
}

func (s *tripSaving) takePresences(have *tripRow, c *TripChange) (touched bool) {
	want := c.Presences
	if c.Cancelled {
		want = nil
	}
	for i := range have.held {
		h := &have.held[i]
		if !slices.ContainsFunc(want, func(w vedette.Presence) bool { return h.same(&w) }) {
			s.presences = append(s.presences, pair{h.Person, h.Key})
			touched = true
		}
	}
	for _, w := range want {
		if slices.ContainsFunc(have.held, func(h held) bool { return h.same(&w) }) {
			continue
		}
		w.Person, w.Site = c.Person, ""
		have.fresh = append(have.fresh, w)
		touched = true
	}
	return touched
}

// writeTrips writes what was gathered, parents first.
func (t *tx) writeTrips(s *tripSaving) error {
	first, err := t.keys("trip", len(s.added))
	if err != nil {
		return err
	}
	for i, row := range s.added {
		row.Key = first + int64(i)
	}
	if err := t.Bulk("trips", []string{"id", "org", "uuid", "person_id"}, len(s.added), func(i int) []any {
		row := s.added[i]
		return []any{row.Key, t.org, string(row.ID), row.Person}
	}); err != nil {
		return err
	}
	anew := make([]tripRow, len(s.anew))
	for i, row := range s.anew {
		anew[i] = *row
	}
	if err := t.recordTrips(anew, s.records, s.now); err != nil {
		return err
	}
	if err := t.closePresences(s.presences, s.now); err != nil {
		return err
	}
	var fresh []held
	for _, row := range s.touched {
		for _, p := range row.fresh {
			p.Trip = row.Key
			fresh = append(fresh, held{Presence: p})
		}
	}
	_, err = t.insertPresences(fresh, s.now)
	return err
}

// recordTrips closes records of trips, and records trips as they are from now
// on.
func (t *tx) recordTrips(anew []tripRow, closed []pair, now time.Time) error {
	for page := range slices.Chunk(closed, peoplePage) {
		if err := closeRows(t, `UPDATE trip_records SET recorded_to = $2 FROM ({rows $1 person:key fact:key}) AS v
			WHERE trip_records.person_id = v.person AND trip_records.id = v.fact`, page, now); err != nil {
			return err
		}
	}
	first, err := t.keys("fact", len(anew))
	if err != nil {
		return err
	}
	return t.Bulk("trip_records", []string{"person_id", "id", "trip_id", "recorded_from", "cancelled", "external", "sealed"}, len(anew), func(i int) []any {
		row := &anew[i]
		return []any{row.Person, first + int64(i), row.Key, ground.Micros(now), ground.Bit(row.Cancelled), bytesOrNull(row.External), bytesOrNull(row.Sealed)}
	})
}

func (t *tx) logTrips(s *tripSaving) error {
	persons := make([]int64, len(s.touched))
	for i, row := range s.touched {
		persons[i] = row.Person
	}
	if len(persons) == 1 {
		return t.log(s.touched[0].ID, "trip saved", persons, s.now)
	}
	return t.log("", fmt.Sprintf("trips saved %d", len(persons)), persons, s.now)
}

func bytesOrNull(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

func (t *tx) trips(where string, args ...any) ([]tripRow, error) {
	return ground.All(t.Tx, func(r *tripRow) []any {
		return []any{&r.Key, &r.record, &r.ID, &r.Person, &r.External, &r.Sealed, &r.Cancelled, ground.Time(&r.Recorded)}
	}, `SELECT i.id, r.id, i.uuid, r.person_id, r.external, r.sealed, r.cancelled, r.recorded_from FROM trip_records r JOIN trips i ON i.id = r.trip_id
		WHERE i.org = $1 AND `+where+` ORDER BY r.person_id, i.id`, append([]any{t.org}, args...)...)
}

// SealedTrips lists the trips of persons, cancelled ones too, by person in
// the order they were added. Keys of nobody are left out.
func (f *Facts) SealedTrips(ctx context.Context, persons ...int64) ([]SealedTrip, error) {
	return f.listTrips(ctx, `r.recorded_to = 0 AND r.person_id {in $2}`, ground.List(persons))
}

// SealedTripsAt lists the trips of a person as they were recorded at a time.
// An erased person's hold nothing private.
func (f *Facts) SealedTripsAt(ctx context.Context, person int64, recordedAt time.Time) ([]SealedTrip, error) {
	return f.listTrips(ctx, `r.person_id = $2 AND `+book.Recorded("r", "$3"), person, book.At(recordedAt))
}

func (f *Facts) listTrips(ctx context.Context, where string, args ...any) (list []SealedTrip, err error) {
	err = f.read(ctx, "reading trips", func(t *tx) error {
		list = nil
		rows, err := t.trips(where, args...)
		for i := range rows {
			list = append(list, rows[i].SealedTrip)
		}
		return err
	})
	return list, err
}

// Trip gives a trip by id.
func (f *Facts) Trip(ctx context.Context, id vedette.ID) (SealedTrip, error) {
	list, err := f.listTrips(ctx, `r.recorded_to = 0 AND i.uuid = $2`, string(id))
	if err == nil && len(list) == 0 {
		err = vedette.Errorf(vedette.CodeNotFound, "there is no such trip")
	}
	if err != nil {
		return SealedTrip{}, err
	}
	return list[0], nil
}

// AddTrips adds trips of which nothing private is kept. They come back with
// their keys and ids.
func (f *Facts) AddTrips(ctx context.Context, trips []vedette.Trip, now time.Time) ([]vedette.Trip, error) {
	changes := make([]TripChange, len(trips))
	for i := range trips {
		changes[i] = TripChange{ID: trips[i].ID, Person: trips[i].Person, Presences: trips[i].Presences()}
	}
	if _, err := f.SaveTrips(ctx, changes, now); err != nil {
		return nil, err
	}
	out := slices.Clone(trips)
	for i := range out {
		out[i].Key, out[i].ID = changes[i].Key, changes[i].ID
	}
	return out, nil
}
