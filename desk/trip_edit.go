package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// StayFields and LegFields are the fields of the lines of a trip, by the names of
// the columns of a trips file.
var (
	StayFields = []string{"stay place", "stay from", "stay until", "hotel", "hotel phone"}
	LegFields  = []string{"mode", "from", "to", "departs", "arrives", "carrier", "flight or train number", "ship", "seas"}
)

// TripForm is what is held of a trip, as a form shows it.
type TripForm struct {
	Trip    vedette.Trip
	Person  vedette.Person
	Version string
	Stays   []map[string]string
	Legs    []map[string]string
}

// TripEdit asks that a trip becomes what was typed: lines with nothing in them are
// none.
type TripEdit struct {
	Trip    vedette.ID // "" for a new one
	Person  string     // whose a new one is: id, mail address or whole name
	Version string
	Number  string
	Stays   []map[string]string
	Legs    []map[string]string
}

// MaxTripLines is how many legs, and how many stays, a trip that is typed has.
const MaxTripLines = 30

const (
	tripDay    = "2006-01-02"
	tripMinute = "2006-01-02 15:04"
)

// TripForm gives a trip of somebody who is there.
func (d *Desk) TripForm(ctx context.Context, id vedette.ID) (*TripForm, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	f, _, err := d.tripForm(ctx, id)
	return f, err
}

func (d *Desk) tripForm(ctx context.Context, id vedette.ID) (*TripForm, store.SealedTrip, error) {
	st, err := d.rows.Trip(ctx, id)
	if err != nil {
		return nil, st, err
	}
	sp, err := d.rows.PersonByKey(ctx, st.Person)
	if err != nil {
		return nil, st, err
	}
	if sp.Erased || sp.Retired {
		return nil, st, vedette.Errorf(vedette.CodeNotFound, "whose trip it is is not among the people any more")
	}
	f := &TripForm{Person: d.open(ctx, &sp)}
	if err := d.unknown(ctx, &f.Person); err != nil {
		return nil, st, err
	}
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return nil, st, err
	}
	if f.Trip, _, err = openTrip(pk, &st); err != nil {
		return nil, st, err
	}
	if len(st.Sealed) == 0 {
		f.Trip.Stays = staysOf(sp.Presences, st.Key)
	}
	sum := sha256.Sum256(append(slices.Clone(st.Sealed), byte(len(st.Sealed)), map[bool]byte{true: 1}[st.Cancelled]))
	f.Version = hex.EncodeToString(sum[:12])
	for i := range f.Trip.Stays {
		f.Stays = append(f.Stays, d.stayCells(&f.Trip.Stays[i]))
	}
	for i := range f.Trip.Legs {
		f.Legs = append(f.Legs, d.legCells(&f.Trip.Legs[i]))
	}
	return f, st, nil
}

// tripPlace names a place so that it is found again.
func (d *Desk) tripPlace(id vedette.AreaID) string {
	if code, ok := strings.CutPrefix(string(id), "iata:"); ok {
		return code
	}
	a, ok := d.Gaz.Area(id)
	if ok && a.Country != "" && a.Country != id {
		return a.Name + ", " + d.Gaz.Name(a.Country)
	}
	return d.Gaz.Name(id)
}

func (d *Desk) clockOf(id vedette.AreaID) *time.Location {
	if z, err := time.LoadLocation(d.Gaz.Zone(id)); err == nil {
		return z
	}
	return time.UTC
}

func (d *Desk) stayCells(s *vedette.Stay) map[string]string {
	zone := d.clockOf(s.Area)
	out := map[string]string{"stay place": d.tripPlace(s.Area), "stay from": s.From.In(zone).Format(tripDay), "hotel": s.Name, "hotel phone": s.Phone}
	if !s.To.IsZero() {
		out["stay until"] = s.To.In(zone).Add(-time.Second).Format(tripDay)
	}
	return out
}

func (d *Desk) legCells(l *vedette.Leg) map[string]string {
	var seas []string
	for _, id := range l.Through {
		seas = append(seas, d.Gaz.Name(id))
	}
	return map[string]string{"mode": string(l.Mode), "from": d.tripPlace(l.From), "to": d.tripPlace(l.To), "departs": l.Departs.In(d.clockOf(l.From)).Format(tripMinute),
		"arrives": l.Arrives.In(d.clockOf(l.To)).Format(tripMinute), "carrier": l.Carrier, "flight or train number": l.Number, "ship": l.Ship, "seas": strings.Join(seas, "; ")}
}

// EditTrip keeps what was typed of a trip, by the rules of a trips file. A line that
// nobody touched stays exactly as it is. Where another saved the trip since the
// form was made nothing is, and it is CodeConflict. Problems name their line:
// "stay 2 from".
func (d *Desk) EditTrip(ctx context.Context, e TripEdit) (vedette.Trip, []FieldProblem, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Trip{}, nil, err
	}
	var was *TripForm
	var st store.SealedTrip
	var err error
	person := e.Person
	if e.Trip != "" {
		if was, st, err = d.tripForm(ctx, e.Trip); err != nil {
			return vedette.Trip{}, nil, err
		}
		switch person = string(was.Person.ID); {
		case was.Version != e.Version:
			return vedette.Trip{}, nil, vedette.Errorf(vedette.CodeConflict, "somebody else changed this trip while you did; what is held now stands beside what you typed")
		case was.Trip.Cancelled:
			return vedette.Trip{}, nil, vedette.Errorf(vedette.CodeConflict, "this trip is cancelled; add another")
		}
	}
	p, pk, err := d.keyOf(ctx, person)
	if err != nil {
		return vedette.Trip{}, nil, err
	}
	t, problems, err := d.typedTrip(was, &e)
	if err != nil || len(problems) > 0 {
		return t, problems, err
	}
	t.Key, t.Person = st.Key, p.Key
	if err := t.Validate(); err != nil {
		return t, nil, err
	}
	c, err := d.tripChange(pk, &t, p.Record.Precision)
	if err != nil {
		return t, nil, err
	}
	kept, err := d.rows.SealedTrips(ctx, p.Key)
	if err != nil {
		return t, nil, err
	}
	if slices.ContainsFunc(kept, func(o store.SealedTrip) bool { return o.Key != st.Key && string(o.External) == string(c.External) }) {
		return t, []FieldProblem{{"trip", vedette.Errorf(vedette.CodeInvalid, "they have a trip of this number, or the very same trip, already")}}, nil
	}
	c.Was = st.Sealed
	list := []store.TripChange{c}
	_, err = d.rows.SaveTrips(ctx, list, d.Now())
	t.Key, t.ID = list[0].Key, list[0].ID
	return t, nil, err
}

// typedTrip reads the lines of a trip.
func (d *Desk) typedTrip(was *TripForm, e *TripEdit) (t vedette.Trip, problems []FieldProblem, err error) {
	t.External = strings.Join(strings.Fields(e.Number), " ")
	if len(t.External) > 100 {
		problems = append(problems, FieldProblem{"trip", vedette.Errorf(vedette.CodeInvalid, "is too long for the number of a trip: at most 100 bytes")})
	}
	if max(len(e.Stays), len(e.Legs)) > MaxTripLines {
		return t, nil, vedette.Errorf(vedette.CodeInvalid, "a trip that is typed has at most %d lines; take in a file", MaxTripLines)
	}
	read := func(what string, no int, cells map[string]string, fields []string) (vedette.Trip, bool) {
		line := map[string]string{}
		for _, f := range fields {
			line[f] = cells[f]
		}
		one, wrong, bad := intake.ReadTripLine(d.Gaz, line)
		if bad != nil {
			err = bad
		}
		for _, f := range fieldProblems(wrong) {
			problems = append(problems, FieldProblem{strings.TrimSpace(what + " " + strconv.Itoa(no+1) + " " + f.Field), f.Says})
		}
		return one, bad == nil && len(wrong) == 0
	}
	for i, cells := range e.Stays {
		switch {
		case blank(cells, StayFields):
		case was != nil && i < len(was.Stays) && sameCells(was.Stays[i], cells, StayFields):
			t.Stays = append(t.Stays, was.Trip.Stays[i])
		default:
			if one, ok := read("stay", i, cells, StayFields); ok {
				t.Stays = append(t.Stays, one.Stays...)
			}
		}
	}
	for i, cells := range e.Legs {
		switch {
		case blank(cells, LegFields[1:]): // a mode alone is none
		case was != nil && i < len(was.Legs) && sameCells(was.Legs[i], cells, LegFields):
			t.Legs = append(t.Legs, was.Trip.Legs[i])
		default:
			if one, ok := read("leg", i, cells, LegFields); ok {
				t.Legs = append(t.Legs, one.Legs...)
			}
		}
	}
	slices.SortStableFunc(t.Stays, func(a, b vedette.Stay) int { return a.From.Compare(b.From) })
	slices.SortStableFunc(t.Legs, func(a, b vedette.Leg) int { return a.Departs.Compare(b.Departs) })
	return t, problems, err
}

func blank(cells map[string]string, fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(cells[f]) != "" })
}

func sameCells(a, b map[string]string, fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(a[f]) != strings.TrimSpace(b[f]) })
}

// TripQuery says which trips a list shows: cancelled ones are on none.
type TripQuery struct {
	Words  string // in the name or an address of whose they are
	Areas  []vedette.AreaID
	When   string // "" not over, "now", "ahead", "over"
	Back   bool   // the latest first
	Skip   int
	Number int
}

// TripRow is a trip in a list.
type TripRow struct {
	Trip   vedette.Trip
	Person vedette.Person
}

// ListTrips lists trips by when they begin.
func (d *Desk) ListTrips(ctx context.Context, q TripQuery) (rows []TripRow, of, all int, err error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, 0, 0, err
	}
	r, err := d.people.Register(ctx)
	if err != nil {
		return nil, 0, 0, err
	}
	whose, now := r.Named(q.Words, !knowsAll(ctx)), d.Now()
	list := r.Journeys()
	var keys, persons []int64
	for i := range list {
		j := &list[i]
		if q.Back {
			j = &list[len(list)-1-i]
		}
		if whose != nil && !whose[j.Person] || !wantedWhen(q.When, j.From, j.To, now) || !d.goesTo(j.Areas, q.Areas) {
			continue
		}
		if of >= q.Skip && len(keys) < q.Number {
			keys, persons = append(keys, j.Trip), append(persons, j.Person)
		}
		of++
	}
	rows, err = d.tripRows(ctx, keys, persons)
	return rows, of, len(list), err
}

func wantedWhen(when string, from, to, now time.Time) bool {
	over := !to.IsZero() && !to.After(now)
	switch when {
	case "now":
		return !over && !from.After(now)
	case "ahead":
		return from.After(now)
	case "over":
		return over
	}
	return !over
}

func (d *Desk) goesTo(to, wanted []vedette.AreaID) bool {
	return len(wanted) == 0 || slices.ContainsFunc(to, func(id vedette.AreaID) bool {
		return slices.ContainsFunc(wanted, func(w vedette.AreaID) bool { return w == id || d.Gaz.Contains(w, id) })
	})
}

// tripRows opens trips in the order of their keys as they are given.
func (d *Desk) tripRows(ctx context.Context, keys, persons []int64) (rows []TripRow, err error) {
	slices.Sort(persons)
	persons = slices.Compact(persons)
	if len(persons) == 0 {
		return nil, nil
	}
	people, err := d.rows.PersonsByKey(ctx, persons)
	if err != nil {
		return nil, err
	}
	sealed, err := d.rows.SealedTrips(ctx, persons...)
	if err != nil {
		return nil, err
	}
	roll, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		at := slices.IndexFunc(sealed, func(t store.SealedTrip) bool { return t.Key == key })
		if at < 0 {
			continue // cancelled just now
		}
		sp := people[sealed[at].Person]
		row := TripRow{Person: d.open(ctx, &sp)}
		pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
		if err == nil && !row.Person.Veiled {
			row.Trip, _, err = openTrip(pk, &sealed[at])
		}
		if err != nil || row.Person.Veiled {
			row.Trip = vedette.Trip{Key: key, ID: sealed[at].ID, Person: sp.Key}
		}
		if len(row.Trip.Stays)+len(row.Trip.Legs) == 0 {
			row.Trip.Stays = staysOf(roll.Presences(sp.Key), key)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
