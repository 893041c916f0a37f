package desk

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"slices"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
	"vedette/wording"
)

// ImportOptions says how a people file is taken in.
type ImportOptions struct {
	DryRun  bool // look, save nothing
	SkipBad bool // take the good rows; otherwise it is all or nothing

	// Of a people file: whoever is kept and not in it leaves.
	Prune     bool // see who would
	Remove    bool // they do
	PruneMany bool // even if they are more than a fifth of all

	Explain bool   // say of each row what becomes of it
	Expect  string // Plan of what was looked at: nothing is saved where it would be another
}

// Import is what a people file did, or would do.
type Import struct {
	Rows, Added, Changed, Unchanged int
	Confirmed                       int          // of those unchanged: the word on where they are kept is made fresh
	Back                            int          // of those added: who had left, and are back
	Gone                            []GonePerson // kept, but not in the file; only where it was asked
	Removed                         int          // of those: who left by this
	NewSites                        []string
	Problems                        []intake.Problem
	Ignored                         []string     // columns not used
	Veiled                          int          // rows of restricted people, passed over: whoever brought the file may not know who is
	Ask                             wording.Said // whom to ask to bring those; nothing for none
	Lines                           []ImportLine
	Plan                            string // tells what it does from all else it might do
	Saved                           bool

	plan *plan
}

// homePoint names the exact point of a person's place in their record.
const homePoint = "home"

// ImportPeople takes in a people file: someone whose personnel number or
// e-mail address (or, without either, phone or name) is known is brought up to
// date, others are added. What the file has no column for stays as it is kept (keep).
// Whoever is to
// be kept less closely than so far is from then on, with all that is held of
// them already. With a bad row nothing is saved, unless SkipBad.
func (d *Desk) ImportPeople(ctx context.Context, r io.Reader, o ImportOptions) (*Import, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return nil, err
	}
	file, err := intake.ReadPeople(d.Gaz, r)
	if err != nil {
		return nil, err
	}
	if err := d.mayBring(ctx, &file); err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		im, err := d.importRows(ctx, file, o)
		// Another import came between our look and our save: look again.
		if vedette.ErrorCode(err) != vedette.CodeConflict || im != nil || try == importTries {
			return im, err
		}
	}
}

// importTries bounds how often an import looks again.
const importTries = 5

func (d *Desk) importRows(ctx context.Context, file intake.People, o ImportOptions) (*Import, error) {
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, err
	}
	im := &Import{Rows: len(file.Rows), Problems: slices.Clone(file.Problems), Ignored: file.Ignored, plan: newPlan(o)}
	places := newPlaces(sites)
	rows := file.Rows[:0:0]
	for _, row := range file.Rows {
		if p := places.settle(&row); p != nil {
			im.Problems = append(im.Problems, *p)
			continue
		}
		row.Coarsen(d.Gaz)
		rows = append(rows, row)
	}
	known, err := d.acquaint(ctx)
	if err != nil {
		return nil, err
	}
	set, err := d.rows.Settings(ctx)
	if err != nil {
		return nil, err
	}
	changes, err := d.changes(ctx, known, &file, rows, d.Now().Add(-confirmAfter(set)), im, o)
	if err != nil {
		return nil, err
	}
	if err := d.sealCloser(ctx, known, changes); err != nil {
		return nil, err
	}
	if im.Veiled > 0 {
		im.Ask = d.askWhom(ctx)
	}
	slices.SortStableFunc(im.Problems, func(a, b intake.Problem) int { return a.Line - b.Line })
	im.NewSites = places.newNames()
	if err := known.prune(im, o, !knowsAll(ctx)); err != nil {
		return nil, err
	}
	if err := im.plan.note(im.NewSites, im.Problems, im.Gone); err != nil {
		return nil, err
	}
	im.Plan = im.plan.digest()
	if o.DryRun || (len(im.Problems) > 0 && !o.SkipBad) {
		return im, nil
	}
	if err := o.holds(im.Plan); err != nil {
		return im, err
	}
	if _, err := d.rows.SavePeopleAndSites(ctx, places.fresh, changes, d.Now()); err != nil {
		return nil, err
	}
	im.Saved = true
	return im, d.remove(ctx, im, o)
}

// places knows where each site is, and which of them are new.
type places struct {
	known map[string]vedette.Site
	fresh []vedette.Site
}

func newPlaces(sites []vedette.Site) *places {
	p := &places{known: map[string]vedette.Site{}}
	for _, s := range sites {
		p.known[s.Name] = s
	}
	return p
}

// settle gives a row the place of its site, or makes its place the site's.
func (p *places) settle(row *intake.Row) *intake.Problem {
	if row.Site == "" {
		return nil
	}
	s, ok := p.known[row.Site]
	switch {
	case !ok && row.Area == "":
		return &intake.Problem{Line: row.Line, Header: "site", Value: row.Site,
			Reason: vedette.Errorf(vedette.CodeInvalid, "this site is not known yet; give its city or country in one row")}
	case !ok:
		s = vedette.Site{Name: row.Site, Area: row.Area}
		p.known[s.Name], p.fresh = s, append(p.fresh, s)
	case row.Area == "":
		row.Area = s.Area
	case row.Area != s.Area:
		return &intake.Problem{Line: row.Line, Header: "site", Value: row.Site,
			Reason: vedette.Errorf(vedette.CodeInvalid, "this site is kept in %s, the row says %s; give one of them another name", s.Area, row.Area)}
	}
	return nil
}

func (p *places) newNames() []string {
	var out []string
	for _, s := range p.fresh {
		out = append(out, s.Name)
	}
	return out
}

// changes turns rows into what is to be saved, and counts. What was recorded
// before a time and is said again is confirmed.
func (d *Desk) changes(ctx context.Context, known *acquaintance, file *intake.People, rows []intake.Row, before time.Time, im *Import, o ImportOptions) ([]store.PersonChange, error) {
	var out []store.PersonChange
	for i := range rows {
		row := &rows[i]
		old, was, ok, problem := known.find(row)
		if problem != nil {
			im.Problems = append(im.Problems, *problem)
			continue
		}
		if was != nil && was.Restricted && !knows(ctx, old.ID) {
			im.Veiled++ // not which: that would say who is restricted
			continue
		}
		if was != nil {
			keep(file, row, &old, was)
			row.Coarsen(d.Gaz)
		}
		rec, pr := recordOf(row)
		d.callable(rec)
		known.wishes[old.Key] = rec.Precision
		keepPoints(rec, was, old.Presences, d.Now())
		ext := d.external(rec)
		c, changed, err := d.change(old, ok, rec, pr)
		if err != nil {
			return nil, err
		}
		what := im.count(&old, ok, changed || !bytes.Equal(old.External, ext), before)
		if what == "" {
			continue
		}
		if o.Explain {
			var held *vedette.Person
			if was != nil {
				held = &vedette.Person{Record: *was, Presence: old.Presences}
			}
			d.explain(im, row, what, held, rec, pr)
		}
		if err := im.plan.note(what, old.Key, was, bases(old.Presences), rec, pr); err != nil {
			return nil, err
		}
		c.External, c.Confirm = ext, before
		out = append(out, c)
	}
	return out, nil
}

// external is the keyed hash by which someone is known again: of their
// personnel number where they have one.
func (d *Desk) external(r *vedette.PersonRecord) []byte {
	if r.External != "" {
		return d.Key.Hash("id", r.External)
	}
	return d.nameless(r)
}

// nameless is external for someone without a personnel number.
func (d *Desk) nameless(r *vedette.PersonRecord) []byte {
	if e := r.Email(); e != "" {
		return d.Key.Hash("email", e)
	}
	if a, ok := r.Address(vedette.AddressPhone); ok {
		return d.Key.Hash("phone", a.Value)
	}
	return d.Key.Hash("name", r.Name)
}

func recordOf(row *intake.Row) (*vedette.PersonRecord, vedette.Presence) {
	rec := &vedette.PersonRecord{Name: row.Name, Language: row.Language, Manager: row.Manager, Citizenship: row.Citizenship, External: row.External,
		Standing: row.Standing, Precision: row.Precision, Checkins: row.Checkins, Discreet: row.Discreet, Restricted: row.Restricted, Duress: row.Duress, Wishes: row.Wishes, Dependants: row.Dependants, Contacts: row.Contacts}
	if row.Email != "" {
		rec.Addresses = append(rec.Addresses, vedette.Address{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: row.Email})
	}
	if row.Phone != "" {
		rec.Addresses = append(rec.Addresses, vedette.Address{No: vedette.AddressPhone, Channel: vedette.ChannelSMS, Value: row.Phone})
	}
	if row.Voice != "" {
		rec.Addresses = append(rec.Addresses, vedette.Address{No: vedette.AddressVoice, Channel: vedette.ChannelVoice, Value: row.Voice})
	}
	pr := vedette.Presence{Area: row.Area, Because: vedette.BecauseHome, Site: row.Site}
	if row.Site != "" {
		pr.Because = vedette.BecauseSite
	}
	if row.Point != nil {
		rec.Points = map[string]vedette.Point{homePoint: *row.Point}
		pr.PointRef = homePoint
	}
	return rec, pr
}

// callable gives somebody whose file names no number to call the number they
// are texted at, where calls are made from here.
func (d *Desk) callable(rec *vedette.PersonRecord) {
	_, has := rec.Address(vedette.AddressVoice)
	if phone, ok := rec.Address(vedette.AddressPhone); ok && !has && d.people.Sends(vedette.ChannelVoice) {
		rec.Addresses = append(rec.Addresses, vedette.Address{No: vedette.AddressVoice, Channel: vedette.ChannelVoice, Value: phone.Value})
	}
}

// change compares a person with what is kept of them.
func (d *Desk) change(old store.SealedPerson, known bool, rec *vedette.PersonRecord, pr vedette.Presence) (store.PersonChange, bool, error) {
	c := store.PersonChange{Replace: []vedette.Because{vedette.BecauseHome, vedette.BecauseSite}, Closely: d.closely(rec.Precision)}
	have, closer := asClosely(old.Presences, c.Closely)
	c.Presences = kept(have, pr)
	pk, fresh, err := d.keyFor(old, known, &c)
	if err != nil {
		return c, false, err
	}
	if known && !fresh {
		was, err := d.Key.OpenRecord(old.ID, old.WrappedKey, old.Record)
		if err == nil {
			stayBlocked(rec, was)
			if !old.Retired { // whoever comes back may not have them any more
				keepDevices(rec, was)
			}
		}
		if err == nil && !old.Retired && !closer && reflect.DeepEqual(was, rec) && samePlace(have, pr) {
			c.Slots = slots(rec)
			return c, false, nil
		}
	}
	d.addresses(&c, rec)
	c.Record, err = pk.SealRecord(rec)
	return c, true, err
}

// stayBlocked keeps an address blocked that a file names again: only its owner
// takes a STOP back.
func stayBlocked(rec, was *vedette.PersonRecord) {
	for i := range rec.Addresses {
		a := &rec.Addresses[i]
		for _, old := range was.Addresses {
			if old.Channel == a.Channel && old.Value == a.Value {
				a.Blocked = old.Blocked
			}
		}
	}
}

// keepDevices keeps a person's devices, which no file names.
func keepDevices(rec, was *vedette.PersonRecord) {
	for _, a := range was.Addresses {
		if a.Channel == vedette.ChannelPush {
			rec.Addresses = append(rec.Addresses, a)
		}
	}
}

// addresses gives a change the addresses of its record: the slots that
// something may be sent to, and by what hash a number's owner is found.
func (d *Desk) addresses(c *store.PersonChange, rec *vedette.PersonRecord) {
	c.Slots, c.Numbers, c.Hashes = slots(rec), [][]byte{}, map[int][]byte{}
	for _, a := range rec.Addresses {
		c.Hashes[a.No] = d.Key.Hash("address", string(a.Channel)+" "+a.Value)
		if a.Channel == vedette.ChannelSMS {
			c.Numbers = append(c.Numbers, d.Key.Hash("number", a.Value))
		}
	}
}

// keyFor gives the key a person's record is sealed under, and whether it is a
// fresh one: for someone new, or where the old key is damaged beyond use.
func (d *Desk) keyFor(old store.SealedPerson, known bool, c *store.PersonChange) (pk auth.PersonKey, fresh bool, err error) {
	if !known {
		c.ID = vedette.NewID(d.Now())
		pk, c.WrappedKey = d.Key.NewPersonKey(c.ID)
		return pk, true, nil
	}
	c.Key, c.ID, c.WrappedKey, c.Was = old.Key, old.ID, old.WrappedKey, old.Record
	if pk, err = d.Key.Unwrap(old.ID, old.WrappedKey); err != nil {
		pk, c.WrappedKey = d.Key.NewPersonKey(old.ID)
		c.Fresh = true
		return pk, true, nil
	}
	return pk, false, nil
}

// kept gives the presences of a place to be held of someone: those that are
// held of it already, where an answer interrupted them, or the place itself.
func kept(have []vedette.Presence, want vedette.Presence) []vedette.Presence {
	var out []vedette.Presence
	for _, p := range have {
		if p.Point = nil; saysPlace(&p, &want) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return []vedette.Presence{want}
	}
	return out
}

func saysPlace(p, want *vedette.Presence) bool {
	return p.Area == want.Area && p.Because == want.Because && p.Site == want.Site && p.PointRef == want.PointRef
}

// samePlace says whether all that is kept of where someone lives or works is
// one place.
func samePlace(have []vedette.Presence, want vedette.Presence) bool {
	n := 0
	for _, p := range have {
		if p.Because != vedette.BecauseHome && p.Because != vedette.BecauseSite {
			continue
		}
		if n++; !saysPlace(&p, &want) {
			return false
		}
	}
	return n > 0
}
