package desk

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"vedette"
	"vedette/auth/rights"
	"vedette/store"
)

// CheckInOrder says where somebody is who told us so.
type CheckInOrder struct {
	Person string
	Place  string        // a place by name or id, or "LAT,LON"
	For    time.Duration // how long it holds; 0 is the organisation's figure
}

// maxCheckin bounds how long a check-in may hold.
const maxCheckin = 7 * 24 * time.Hour

// CheckIn keeps where somebody said they are, for a time. Only who opted in
// can be checked in. A newer check-in closes the one before.
func (d *Desk) CheckIn(ctx context.Context, o CheckInOrder) (vedette.Presence, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Presence{}, err
	}
	none := vedette.Presence{}
	p, err := d.Person(ctx, o.Person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return none, err
	}
	return d.checkIn(ctx, p.Key, o)
}

// checkIn keeps where a person said they are.
func (d *Desk) checkIn(ctx context.Context, person int64, o CheckInOrder) (vedette.Presence, error) {
	none := vedette.Presence{}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return none, err
	}
	if o.For == 0 {
		o.For = set.CheckinLife()
	}
	if o.For < time.Minute || o.For > maxCheckin {
		return none, vedette.Errorf(vedette.CodeInvalid, "a check-in holds from a minute to %d days, not %s", int(maxCheckin.Hours()/24), o.For)
	}
	area, point, err := d.spot(o.Place)
	if err != nil {
		return none, err
	}
	now := d.Now()
	for try := 1; ; try++ {
		said, err := d.checkedIn(ctx, person, area, point)
		if err != nil {
			return none, err
		}
		said.From, said.To = now, now.Add(o.For)
		pr, err := d.rows.Say(ctx, said, now)
		// Their record was changed between our look and our save: look again.
		if vedette.ErrorCode(err) != vedette.CodeConflict || try == importTries {
			return pr, err
		}
	}
}

// checkinPoint names the exact point of a check-in in its person's record.
const checkinPoint = "check-in"

// checkedIn gives a check-in as closely as its person is kept, with the record
// that holds its point.
func (d *Desk) checkedIn(ctx context.Context, person int64, area vedette.AreaID, point *vedette.Point) (store.Said, error) {
	said := store.Said{}
	sp, err := d.rows.PersonByKey(ctx, person)
	if err != nil {
		return said, err
	}
	p := d.unveiled(&sp)
	if p.Broken {
		return said, vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key; import them anew", p.ID)
	}
	if !p.Record.Checkins {
		return said, vedette.Errorf(vedette.CodeForbidden, "%s has not opted in to check-ins, so where they say they are is not kept; once they agree, say so in the people file (column check-ins: yes)", p.Record.Name)
	}
	said.Presence = vedette.Presence{Person: p.Key, Area: d.coarse(area, p.Record.Precision), Because: vedette.BecauseCheckin}
	said.Was = sp.Record
	if point == nil || !precise(p.Record.Precision) {
		return said, nil
	}
	said.PointRef, said.Point = checkinPoint, point
	pk, err := d.Key.Unwrap(sp.ID, sp.WrappedKey)
	if err != nil {
		return said, err
	}
	points := map[string]vedette.Point{}
	maps.Copy(points, p.Record.Points)
	points[said.PointRef] = *point
	p.Record.Points = points
	said.Record, err = pk.SealRecord(&p.Record)
	return said, err
}

// precise says whether exact points may be kept of someone of a precision.
func precise(p vedette.Precision) bool { return p == "" || p == vedette.PrecisionExact }

// spot reads a place by name or id, or a point.
func (d *Desk) spot(s string) (vedette.AreaID, *vedette.Point, error) {
	lat, lon, two := strings.Cut(s, ",")
	y, err1 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, err2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	if !two || err1 != nil || err2 != nil {
		a, err := d.Gaz.Find(s)
		return a.ID, nil, err
	}
	pt := vedette.Point{Lat: y, Lon: x}
	if err := pt.Validate(); err != nil {
		return "", nil, err
	}
	if id, ok := d.around(pt); ok {
		return id, &pt, nil
	}
	return "", nil, vedette.Errorf(vedette.CodeInvalid, "%s lies in no country and no sea that is known", pt)
}

// around gives the narrowest area that holds a point.
func (d *Desk) around(p vedette.Point) (vedette.AreaID, bool) {
	if id, ok := d.Gaz.DivisionAt(p); ok {
		return id, true
	}
	if id, ok := d.Gaz.At(p); ok {
		return id, true
	}
	for _, id := range d.Gaz.SeasAt(p) {
		return id, true
	}
	return "", false
}

// Presences lists where someone is held to be, as recorded at a moment; zero
// is now.
func (d *Desk) Presences(ctx context.Context, person string, at time.Time) ([]vedette.Presence, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	p, err := d.Person(ctx, person)
	if err != nil {
		return nil, err
	}
	if at.IsZero() {
		at = d.Now()
	}
	ps, err := d.rows.PresencesOf(ctx, p.Key, at)
	return whereSeen(&p, ps), err
}

// EndPresence ends a presence before its time: the desk was told that they
// are not, or no longer, there.
func (d *Desk) EndPresence(ctx context.Context, person string, no int64, by, reason string) error {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return err
	}
	p, err := d.Person(ctx, person)
	if err == nil {
		err = d.unknown(ctx, &p)
	}
	if err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return vedette.Errorf(vedette.CodeInvalid, "say why, for the record")
	}
	now := d.Now()
	_, err = d.rows.EndPresence(ctx, p.Key, no, now, fmt.Sprintf("by the desk (%s): %s", by, strings.TrimSpace(reason)), now)
	return err
}
