package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vedette"
	"vedette/auth/rights"
	"vedette/intake"
	"vedette/store"
)

// PersonEdit asks that what is held of somebody becomes what was typed.
type PersonEdit struct {
	Person  vedette.ID // "" for somebody new
	Version string     // of what the form was made of
	Typed   map[string]string
	Confirm bool // they are still kept where they were
}

// FieldProblem is what is wrong with a field, and how to mend it.
type FieldProblem struct {
	Field string
	Says  error
}

// PersonForm is what is held of somebody, as a form shows it.
type PersonForm struct {
	Person  vedette.Person
	Version string
	Held    map[string]string
}

// EditPerson keeps what was typed of somebody, by the rules of a people file: what
// nobody touched stays exactly as it is. Where another saved them since the form
// was made, nothing is, and it is CodeConflict. What is wrong with a field is told
// for each; then nothing is saved either.
func (d *Desk) EditPerson(ctx context.Context, e PersonEdit) (vedette.Person, []FieldProblem, error) {
	if err := d.asks(&ctx, rights.KeepPeople); err != nil {
		return vedette.Person{}, nil, err
	}
	var sp store.SealedPerson
	var p vedette.Person
	known := e.Person != ""
	held := map[string]string{}
	if known {
		form, sealed, err := d.personForm(ctx, e.Person)
		if err != nil {
			return p, nil, err
		}
		if form.Version != e.Version {
			return p, nil, vedette.Errorf(vedette.CodeConflict, "somebody else changed this person while you did; what is held now stands beside what you typed")
		}
		sp, p, held = sealed, form.Person, form.Held
	}
	row, placed, problems, err := d.typedRow(ctx, &p, e.Typed, held)
	if err != nil || len(problems) > 0 {
		return p, problems, err
	}
	fresh, problems, err := d.placeTyped(ctx, &row)
	if err != nil || len(problems) > 0 {
		return p, problems, err
	}
	if known {
		problems, err = d.namesakes(ctx, &row, sp.Key)
	} else {
		sp, known, problems, err = d.newcomer(ctx, &row)
	}
	if err != nil || len(problems) > 0 {
		return p, problems, err
	}
	c, err := d.typedChange(ctx, &row, sp, known, placed)
	if err != nil {
		return p, nil, err
	}
	if placed {
		c.Presences, c.Replace = nil, nil // however many they are, they stay
	}
	if placed && e.Confirm {
		c.Presences, c.Confirm = bases(sp.Presences), d.Now()
	}
	changes := []store.PersonChange{c}
	_, err = d.rows.SavePeopleAndSites(ctx, fresh, changes, d.Now())
	p.Key, p.ID, p.Record.Name = changes[0].Key, changes[0].ID, row.Name
	return p, nil, err
}

// bases are where somebody lives and works.
func bases(ps []vedette.Presence) (out []vedette.Presence) {
	for _, p := range ps {
		if p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite {
			out = append(out, p)
		}
	}
	return out
}

// PersonForm gives what is held of somebody, field by field.
func (d *Desk) PersonForm(ctx context.Context, id vedette.ID) (*PersonForm, error) {
	if err := d.asks(&ctx, rights.SeePeople); err != nil {
		return nil, err
	}
	f, _, err := d.personForm(ctx, id)
	return f, err
}

func (d *Desk) personForm(ctx context.Context, id vedette.ID) (*PersonForm, store.SealedPerson, error) {
	sp, err := d.sealed(ctx, id)
	if err != nil {
		return nil, sp, err
	}
	p := d.open(ctx, &sp)
	if err := d.unknown(ctx, &p); err != nil {
		return nil, sp, err
	}
	if p.Broken {
		return nil, sp, vedette.Errorf(vedette.CodeWrongKey, "the record of %s cannot be opened with this installation key, so it cannot be edited; import them anew", p.ID)
	}
	return &PersonForm{Person: p, Version: versionOf(&sp), Held: d.fieldsOf(&p)}, sp, nil
}

// sealed gives somebody who is there by their id.
func (d *Desk) sealed(ctx context.Context, id vedette.ID) (store.SealedPerson, error) {
	if !id.Valid() {
		return store.SealedPerson{}, vedette.Errorf(vedette.CodeNotFound, "%q is nobody's id; the list of people leads to each", id)
	}
	sp, err := d.rows.Person(ctx, id)
	if err == nil && (sp.Erased || sp.Retired) {
		err = vedette.Errorf(vedette.CodeNotFound, "they are not among the people any more: they left, or were erased")
	}
	return sp, err
}

// versionOf tells one state of somebody from another: the record, and where they
// are kept.
func versionOf(sp *store.SealedPerson) string {
	h := sha256.New()
	h.Write(sp.Record)
	for _, p := range sp.Presences {
		if p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite {
			fmt.Fprintf(h, "\x00%s\x00%s\x00%s\x00%s", p.Area, p.Because, p.Site, p.PointRef)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// typedRow reads what was typed as a row of a people file. Of a field that nobody
// touched, what is held is taken over as it is.
func (d *Desk) typedRow(ctx context.Context, p *vedette.Person, typed, held map[string]string) (row intake.Row, placed bool, wrong []FieldProblem, err error) {
	fields, placed := touched(typed, held)
	at := basedAt(p.Presence)
	placed = placed && at != nil
	cells := map[string]string{fieldName: typed[fieldName]}
	for _, f := range fields {
		cells[f] = typed[f]
	}
	if !placed {
		place, err := d.placeCells(ctx, typed, held)
		if err != nil {
			return row, placed, nil, err
		}
		maps.Copy(cells, place)
	}
	row, problems, err := intake.ReadPerson(d.Gaz, cells, placed)
	if err != nil || len(problems) > 0 {
		return row, placed, fieldProblems(problems), err
	}
	for f, take := range carry {
		if !slices.Contains(fields, f) {
			take(&row, &p.Record)
		}
	}
	if placed {
		row.Area, row.Site, row.Point = at.Area, at.Site, nil
		if pt, ok := p.Record.Points[at.PointRef]; ok && at.PointRef != "" {
			row.Point = &pt
		}
	}
	row.Coarsen(d.Gaz)
	return row, placed, nil, nil
}

// placeCells are the cells that say where. Whoever types another site that is
// known, and leaves the place as it was, means that of the site.
func (d *Desk) placeCells(ctx context.Context, typed, held map[string]string) (map[string]string, error) {
	out := map[string]string{}
	same := true
	for _, f := range placeFields {
		out[f] = typed[f]
		same = same && (f == fieldSite || strings.TrimSpace(typed[f]) == strings.TrimSpace(held[f]))
	}
	site := strings.Join(strings.Fields(typed[fieldSite]), " ")
	if !same || site == "" || strings.TrimSpace(typed[fieldSite]) == strings.TrimSpace(held[fieldSite]) {
		return out, nil
	}
	sites, err := d.rows.Sites(ctx)
	if slices.ContainsFunc(sites, func(s vedette.Site) bool { return s.Name == site }) {
		out = map[string]string{fieldSite: site}
	}
	return out, err
}

// fieldProblems tells problems by the field they are of.
func fieldProblems(list []intake.Problem) (out []FieldProblem) {
	for _, p := range list {
		says := error(p.Reason)
		if p.Value != "" {
			says = vedette.Errorf(vedette.CodeInvalid, "“%s” %s", p.Value, p.Reason)
		}
		out = append(out, FieldProblem{p.Header, says})
	}
	return out
}

// placeTyped gives a row the place of its site, or the site its place.
func (d *Desk) placeTyped(ctx context.Context, row *intake.Row) ([]vedette.Site, []FieldProblem, error) {
	sites, err := d.rows.Sites(ctx)
	if err != nil {
		return nil, nil, err
	}
	places := newPlaces(sites)
	if wrong := places.settle(row); wrong != nil {
		return nil, fieldProblems([]intake.Problem{*wrong}), nil
	}
	row.Coarsen(d.Gaz)
	return places.fresh, nil, nil
}

// namesakes finds what a row shares with somebody else that only one may have:
// their number, their address, or all that they are known by.
func (d *Desk) namesakes(ctx context.Context, row *intake.Row, self int64) (out []FieldProblem, err error) {
	rec, _ := recordOf(row)
	other, err := d.rows.PersonByExternal(ctx, d.external(rec))
	switch {
	case vedette.ErrorCode(err) == vedette.CodeNotFound:
	case err != nil:
		return nil, err
	case other.Key != self:
		return []FieldProblem{{knownBy(rec), vedette.Errorf(vedette.CodeInvalid, "somebody else is kept under it already: give each a number or an address of their own")}}, nil
	}
	if row.Email == "" {
		return nil, nil
	}
	owners, err := d.mailOwners(ctx, row.Email)
	delete(owners, self)
	if len(owners) > 0 {
		out = append(out, FieldProblem{fieldEmail, vedette.Errorf(vedette.CodeInvalid, "is the address of somebody else here: each person needs one of their own")})
	}
	return out, err
}

// knownBy is the field that somebody is known again by.
func knownBy(rec *vedette.PersonRecord) string {
	switch _, phone := rec.Address(vedette.AddressPhone); {
	case rec.External != "":
		return "id"
	case rec.Email() != "":
		return fieldEmail
	case phone:
		return "mobile"
	}
	return fieldName
}

// newcomer finds whether somebody new left before: then they are back.
func (d *Desk) newcomer(ctx context.Context, row *intake.Row) (sp store.SealedPerson, back bool, problems []FieldProblem, err error) {
	rec, _ := recordOf(row)
	sp, err = d.rows.PersonByExternal(ctx, d.external(rec))
	back = err == nil && sp.Retired
	if vedette.ErrorCode(err) == vedette.CodeNotFound {
		sp, err = store.SealedPerson{}, nil
	}
	if err != nil {
		return sp, false, nil, err
	}
	problems, err = d.namesakes(ctx, row, sp.Key)
	if sp.Key != 0 && !back && len(problems) == 0 {
		problems = []FieldProblem{{knownBy(rec), vedette.Errorf(vedette.CodeInvalid, "is kept here already: find them in the list of people, and edit them there")}}
	}
	return sp, back, problems, err
}

// typedChange is what is to be saved of a row as somebody, known or new. Where nobody
// touched their place, its exact points stay by the names that they have.
func (d *Desk) typedChange(ctx context.Context, row *intake.Row, sp store.SealedPerson, known, placed bool) (store.PersonChange, error) {
	rec, pr := recordOf(row)
	d.callable(rec)
	was := d.unveiled(&sp)
	if err := d.mayMark(ctx, known && was.Record.Restricted, rec.Restricted); err != nil {
		return store.PersonChange{}, err
	}
	if known && !sp.Retired {
		if placed && precise(rec.Precision) {
			rec.Points = was.Record.Points
		}
		keepPoints(rec, &was.Record, sp.Presences, d.Now())
	}
	c, _, err := d.change(sp, known, rec, pr)
	if err != nil {
		return c, err
	}
	c.External = d.external(rec)
	if !known || c.Closely == nil {
		return c, nil
	}
	trips, err := d.rows.SealedTrips(ctx, sp.Key)
	for i := range trips {
		if err == nil {
			err = d.sealTripCloser(&c, rec.Precision, &trips[i])
		}
	}
	return c, err
}
