package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// TripsImport is what a file of trips did, or would do.
type TripsImport struct {
	Trips, People                        int
	Added, Changed, Unchanged, Cancelled int
	Lines                                []TripLine // what is not unchanged, in the order of the file
	Problems                             []intake.Problem
	Remarks                              []intake.Problem // what was taken to be so
	Unverified                           []intake.Problem // who travels without a verified number
	LeftOut                              []error          // events of a calendar that are no travel, each with its reason
	Ignored                              []string         // columns not used
	Plan                                 string           // as of Import
	Saved                                bool
}

// TripLine says what becomes of one trip.
type TripLine struct {
	What string // new, changed, cancelled
	Name string // of the traveller
	Trip vedette.Trip
}

// ImportTrips takes in a table of trips. A trip of someone is known again by
// its number, one without by all it says; a changed one replaces where it put
// them. Trips that are not in the file stay. With a bad line nothing is saved,
// unless SkipBad.
func (d *Desk) ImportTrips(ctx context.Context, r io.Reader, o ImportOptions) (*TripsImport, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return nil, err
	}
	file, err := intake.ReadTrips(d.Gaz, r)
	if err != nil {
		return nil, err
	}
	known, err := d.acquaint(ctx)
	if err != nil {
		return nil, err
	}
	im := &TripsImport{Problems: slices.Clone(file.Problems), Remarks: slices.Clone(file.Remarks), Ignored: file.Ignored}
	var list []traveller
	for i := range file.Rows {
		row := &file.Rows[i]
		sp, reason := known.traveller(row)
		if reason != nil {
			for _, line := range row.Lines {
				im.Problems = append(im.Problems, intake.Problem{Line: line, Value: row.Who, Reason: reason})
			}
			continue
		}
		rec := known.record(sp)
		if rec != nil && rec.Restricted && !knows(ctx, sp.ID) { // as the file calls them, which says nothing new
			is := *rec
			is.Name, rec = row.Who, &is
		}
		list = append(list, traveller{person: sp, rec: rec, line: row.Line, trip: row.Trip})
	}
	return im, d.takeTrips(ctx, im, list, o)
}

// ImportItinerary takes in the calendar of one traveller as one trip.
func (d *Desk) ImportItinerary(ctx context.Context, person string, r io.Reader, o ImportOptions) (*TripsImport, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return nil, err
	}
	file, err := intake.ReadItinerary(d.Gaz, r)
	if err != nil {
		return nil, err
	}
	im := &TripsImport{Problems: slices.Clone(file.Problems), Remarks: slices.Clone(file.Remarks)}
	for _, e := range file.LeftOut {
		im.LeftOut = append(im.LeftOut, vedette.Errorf(vedette.CodeInvalid, "line %d: %q %s", e.Line, e.Summary, e.Reason))
	}
	var list []traveller
	if len(file.Trip.Legs)+len(file.Trip.Stays) > 0 {
		sp, err := d.rows.PersonByKey(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		list = []traveller{{person: &sp, rec: &p.Record, line: 1, trip: file.Trip}}
		if p.Broken {
			list[0].rec = nil
		}
	}
	return im, d.takeTrips(ctx, im, list, o)
}

// traveller is a trip of a file with whose it is.
type traveller struct {
	person *store.SealedPerson
	rec    *vedette.PersonRecord // nil where it cannot be opened
	line   int
	trip   vedette.Trip
}

// traveller finds whose a trip is: by address, personnel number, else name.
// Where nobody or several are meant, it says why.
func (a *acquaintance) traveller(row *intake.TripRow) (*store.SealedPerson, error) {
	found := map[int64]*store.SealedPerson{}
	note := func(p *store.SealedPerson) {
		if p != nil && !p.Retired {
			found[p.Key] = p
		}
	}
	if row.Email != "" {
		note(a.hashed[string(a.desk.Key.Hash("email", row.Email))])
		note(a.numbered(row.Email))
	}
	if row.External != "" {
		note(a.hashed[string(a.desk.Key.Hash("id", row.External))])
	}
	if row.Email == "" && row.External == "" {
		for _, p := range a.called(row.Name) {
			note(p)
		}
	}
	switch len(found) {
	case 0:
		return nil, vedette.Errorf(vedette.CodeInvalid, "is nobody here: import them with the people first, or mend the address, number or name")
	case 1:
		for _, p := range found {
			return p, nil
		}
	}
	if row.Email == "" && row.External == "" {
		return nil, vedette.Errorf(vedette.CodeInvalid, "is the name of %d people here: give the e-mail address or the personnel number", len(found))
	}
	return nil, vedette.Errorf(vedette.CodeInvalid, "is told by the address of one person and the personnel number of another: mend one of the two")
}

// called gives everyone of a name.
func (a *acquaintance) called(name string) []*store.SealedPerson {
	if a.byName == nil {
		a.byName = map[string][]*store.SealedPerson{}
		for _, p := range a.people {
			if rec := a.record(p); rec != nil {
				key := strings.ToLower(rec.Name)
				a.byName[key] = append(a.byName[key], p)
			}
		}
	}
	return a.byName[strings.ToLower(name)]
}

// takeTrips holds trips against what is kept, counts, and saves.
func (d *Desk) takeTrips(ctx context.Context, im *TripsImport, list []traveller, o ImportOptions) error {
	kept, err := d.keptTrips(ctx, list)
	if err != nil {
		return err
	}
	var changes []store.TripChange
	people, met := map[int64]bool{}, map[string]int{}
	for i := range list {
		t := &list[i]
		c, problem, err := d.takeTrip(im, t, kept, met)
		if err != nil {
			return err
		}
		if problem != nil {
			im.Problems = append(im.Problems, intake.Problem{Line: t.line, Reason: problem})
			continue
		}
		people[t.person.Key] = true
		if c != nil {
			changes = append(changes, *c)
		}
	}
	if err := d.unverified(ctx, im, list); err != nil {
		return err
	}
	im.Trips, im.People = im.Added+im.Changed+im.Unchanged+im.Cancelled, len(people)
	byLine := func(a, b intake.Problem) int { return a.Line - b.Line }
	slices.SortStableFunc(im.Problems, byLine)
	slices.SortStableFunc(im.Remarks, byLine)
	slices.SortStableFunc(im.Unverified, byLine)
	plan := newPlan(o)
	if err := plan.note(im.Lines, im.Problems, kept); err != nil {
		return err
	}
	im.Plan = plan.digest()
	if o.DryRun || (len(im.Problems) > 0 && !o.SkipBad) {
		return nil
	}
	if err := o.holds(im.Plan); err != nil {
		return err
	}
	if _, err := d.rows.SaveTrips(ctx, changes, d.Now()); err != nil {
		return err
	}
	im.Saved = true
	return nil
}

// keptTrips gives the kept trips of travellers by person and name.
func (d *Desk) keptTrips(ctx context.Context, list []traveller) (map[string]*store.SealedTrip, error) {
	var keys []int64
	for i := range list {
		keys = append(keys, list[i].person.Key)
	}
	slices.Sort(keys)
	trips, err := d.rows.SealedTrips(ctx, slices.Compact(keys)...)
	out := map[string]*store.SealedTrip{}
	for i := range trips {
		if t := &trips[i]; len(t.External) > 0 {
			out[keptName(t.Person, t.External)] = t
		}
	}
	return out, err
}

func keptName(person int64, name []byte) string { return fmt.Sprintf("%d %x", person, name) }

// takeTrip compares a trip with what is kept of it, and gives what is to be
// saved, nil where nothing changes. A problem says why it cannot be kept.
func (d *Desk) takeTrip(im *TripsImport, t *traveller, kept map[string]*store.SealedTrip, met map[string]int) (*store.TripChange, error, error) {
	pk, err := d.Key.Unwrap(t.person.ID, t.person.WrappedKey)
	if err != nil || t.rec == nil {
		return nil, vedette.Errorf(vedette.CodeInvalid, "is of someone whose record cannot be opened with this key: import them anew, then the trip"), nil
	}
	t.trip.Person = t.person.Key
	c, err := d.tripChange(pk, &t.trip, t.rec.Precision)
	if err != nil {
		return nil, nil, err
	}
	name := keptName(c.Person, c.External)
	if first, twice := met[name]; twice {
		return nil, vedette.Errorf(vedette.CodeInvalid, "is the same trip as in line %d: give its lines one traveller, told the same way, and put them together", first), nil
	}
	met[name] = t.line
	was, known := kept[name]
	what := d.whatChanges(pk, t, was)
	switch what {
	case tripSame:
		im.Unchanged++
		return nil, nil, nil
	case tripNew:
		im.Added++
	case tripChanged:
		im.Changed++
		if was.Cancelled {
			im.Remarks = append(im.Remarks, intake.Problem{Line: t.line, Reason: vedette.Errorf(vedette.CodeInvalid, "this trip was cancelled here; the file has it as booked, so it counts again")})
		}
	case tripCancelled:
		im.Cancelled++
	}
	if known {
		c.Key = was.Key
	}
	shown := t.trip
	shown.Cancelled = false
	im.Lines = append(im.Lines, TripLine{What: what, Name: t.rec.Name, Trip: shown})
	return &c, nil, nil
}

// What becomes of a trip.
const (
	tripNew       = "new"
	tripChanged   = "changed"
	tripSame      = "unchanged"
	tripCancelled = "cancelled"
)

// whatChanges compares a trip with its kept record, nil for none. One that is
// cancelled and was never known changes nothing.
func (d *Desk) whatChanges(pk auth.PersonKey, t *traveller, was *store.SealedTrip) string {
	switch {
	case was == nil && t.trip.Cancelled:
		return tripSame
	case was == nil:
		return tripNew
	case t.trip.Cancelled && was.Cancelled:
		return tripSame
	case t.trip.Cancelled:
		return tripCancelled
	}
	_, rec, err := openTrip(pk, was)
	if err == nil && !was.Cancelled && sameRecord(rec, d.recordOfTrip(&t.trip, t.rec.Precision)) {
		return tripSame
	}
	return tripChanged
}

func sameRecord(a, b tripRecord) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
