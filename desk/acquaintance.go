package desk

import (
	"context"
	"strings"
	"time"

	"vedette"
	"vedette/intake"
	"vedette/store"
)

// acquaintance is everyone an organisation knows, those who left it too, by
// what its files call them.
type acquaintance struct {
	desk    *Desk
	hashed  map[string]*store.SealedPerson // by keyed hash
	people  []*store.SealedPerson
	opened  map[int64]*vedette.PersonRecord  // by key; nil for one that cannot be opened
	byEmail map[string]*store.SealedPerson   // those who have a personnel number; made when first needed
	byName  map[string][]*store.SealedPerson // by name in small letters; made when first needed
	met     map[int64]int                    // the line of the file that is theirs
	wishes  map[int64]vedette.Precision      // how closely those in the file are to be kept
}

func (d *Desk) acquaint(ctx context.Context) (*acquaintance, error) {
	a := &acquaintance{desk: d, hashed: map[string]*store.SealedPerson{}, opened: map[int64]*vedette.PersonRecord{}, met: map[int64]int{}, wishes: map[int64]vedette.Precision{}}
	meet := func(sp *store.SealedPerson) error {
		p := *sp
		a.hashed[string(p.External)] = &p
		a.people = append(a.people, &p)
		return nil
	}
	if err := d.rows.Retired(ctx, meet); err != nil {
		return nil, err
	}
	return a, d.rows.People(ctx, meet) // who is here goes before who left
}

// find gives whom a row is about, and their record where it can be opened.
// Someone known by address so far, whose file now has personnel numbers, stays
// who they are; so does someone known by number in a file that has none. Where
// number and address are two people's, that is a problem.
func (a *acquaintance) find(row *intake.Row) (old store.SealedPerson, was *vedette.PersonRecord, ok bool, problem *intake.Problem) {
	rec, _ := recordOf(row)
	p := a.hashed[string(a.desk.external(rec))]
	other := a.hashed[string(a.desk.nameless(rec))]
	if other == nil && row.Email != "" {
		other = a.numbered(row.Email)
	}
	switch {
	case p == nil && other != nil && a.mayBe(other, row):
		p = other
	case p != nil && other != nil && other != p && row.Email != "":
		return old, nil, false, &intake.Problem{Line: row.Line, Header: "email", Value: row.Email,
			Reason: vedette.Errorf(vedette.CodeInvalid, "is kept as the address of someone else than number %s; mend number or address, or erase one of the two", row.External)}
	}
	if p == nil {
		return old, nil, false, nil
	}
	if line, twice := a.met[p.Key]; twice {
		return old, nil, false, &intake.Problem{Line: row.Line, Value: row.Name,
			Reason: vedette.Errorf(vedette.CodeInvalid, "is the same person as in line %d, by number or address; keep one of the lines", line)}
	}
	a.met[p.Key] = row.Line
	return *p, a.record(p), true, nil
}

// mayBe says whether someone kept may be a row's person: they have no other
// personnel number.
func (a *acquaintance) mayBe(p *store.SealedPerson, row *intake.Row) bool {
	rec := a.record(p)
	return rec == nil || row.External == "" || rec.External == "" || strings.EqualFold(rec.External, row.External)
}

// numbered finds someone who is kept under a personnel number by address.
func (a *acquaintance) numbered(email string) *store.SealedPerson {
	if a.byEmail == nil {
		a.byEmail = map[string]*store.SealedPerson{}
		for _, p := range a.people {
			if rec := a.record(p); rec != nil && rec.External != "" && rec.Email() != "" {
				a.byEmail[strings.ToLower(rec.Email())] = p
			}
		}
	}
	return a.byEmail[strings.ToLower(email)]
}

func (a *acquaintance) record(p *store.SealedPerson) *vedette.PersonRecord {
	rec, ok := a.opened[p.Key]
	if !ok {
		rec, _ = a.desk.Key.OpenRecord(p.ID, p.WrappedKey, p.Record)
		a.opened[p.Key] = rec
	}
	return rec
}

// keep carries over what a file has no column for: a monthly list of names
// and offices must not make anyone's number, contacts or wishes forgotten.
func keep(file *intake.People, row *intake.Row, old *store.SealedPerson, was *vedette.PersonRecord) {
	has := map[string]bool{}
	for _, field := range file.Columns {
		has[field] = true
	}
	keepWho(has, row, was)
	keepSite(has, row, old)
	if !old.Retired { // whoever comes back may not have them any more
		keepReach(has, row, was)
	}
	if !has["standing"] {
		row.Standing = was.Standing
	}
	if !has["precision"] {
		row.Precision = was.Precision
	}
	if !has["check-ins"] {
		row.Checkins = was.Checkins
	}
	if !has["discreet"] {
		row.Discreet = was.Discreet
	}
	if !has["restricted"] {
		row.Restricted = was.Restricted
	}
	if !has["quiet hours"] {
		row.Wishes.Quiet = was.Wishes.Quiet
	}
	if !has["channels"] {
		row.Wishes.Order = was.Wishes.Order
	}
	if !has["digest"] {
		row.Wishes.Digest = was.Wishes.Digest
	}
	if !has["dependants"] {
		row.Dependants = was.Dependants
	}
	for _, kind := range []vedette.ContactKind{vedette.ContactEmergency, vedette.ContactCompanion} {
		if has[contactColumns[kind]] {
			continue
		}
		for _, c := range was.Contacts {
			if c.Kind == kind {
				row.Contacts = append(row.Contacts, c)
			}
		}
	}
}

// keepWho carries over who somebody is.
func keepWho(has map[string]bool, row *intake.Row, was *vedette.PersonRecord) {
	if row.External == "" {
		row.External = was.External
	}
	if !has["language"] {
		row.Language = was.Language
	}
	if !has["manager"] {
		row.Manager = was.Manager
	}
	if !has["citizenship"] {
		row.Citizenship = was.Citizenship
	}
	if !has["duress word"] {
		row.Duress = was.Duress
	}
}

// keepReach carries over how somebody is reached.
func keepReach(has map[string]bool, row *intake.Row, was *vedette.PersonRecord) {
	if a, some := was.Address(vedette.AddressEmail); some && !has["email"] {
		row.Email = a.Value
	}
	phone, some := was.Address(vedette.AddressPhone)
	if some && !has["phone"] {
		row.Phone = phone.Value
	}
	if own, some := was.Address(vedette.AddressVoice); some && !has["voice"] && own.Value != phone.Value {
		row.Voice = own.Value // else it is called because it is texted
	}
}

// keepSite carries over the site somebody is at, where a file says nothing of sites, and
// they are where they were.
func keepSite(has map[string]bool, row *intake.Row, old *store.SealedPerson) {
	for _, at := range bases(old.Presences) {
		if !has["site"] && at.Site != "" && at.Area == row.Area {
			row.Site = at.Site
		}
	}
}

// contactColumns are the words of intake for the columns of a kind of contact.
var contactColumns = map[vedette.ContactKind]string{vedette.ContactEmergency: "emergency contact", vedette.ContactCompanion: "companion"}

// keepPoints carries over the exact points that no file speaks of: those of
// check-ins that still hold, for someone who is kept exactly.
func keepPoints(rec, was *vedette.PersonRecord, ps []vedette.Presence, now time.Time) {
	if was == nil || !precise(rec.Precision) {
		return
	}
	for i := range ps {
		name := ps[i].PointRef
		if pt, ok := was.Points[name]; ok && name != homePoint && ps[i].Covers(now) {
			if rec.Points == nil {
				rec.Points = map[string]vedette.Point{}
			}
			rec.Points[name] = pt
		}
	}
}
