package desk

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/deliver"
	"vedette/intake"
)

// The fields of a person, by the names of the columns of a people file.
const (
	fieldName     = "name"
	fieldEmail    = "email"
	fieldSite     = "site"
	fieldCountry  = "country"
	fieldDivision = "state or province"
	fieldCity     = "city"
	fieldPoint    = "coordinates"
)

// PersonFields are all of them, in the order that a form has them.
var PersonFields = []string{fieldName, fieldEmail, "mobile", "voice", "language", "id", "manager", "citizenship", "standing",
	fieldSite, fieldCountry, fieldDivision, fieldCity, fieldPoint, "precision", "check-ins", "discreet", "restricted", "quiet hours", "channels", "digest",
	"duress word", "dependants", "emergency contact", "companion"}

// placeFields say where somebody is kept: one is read with the others.
var placeFields = []string{fieldSite, fieldCountry, fieldDivision, fieldCity, fieldPoint}

// carry takes over what a field holds of a record into a row: of one that nobody
// touched it is kept as it is, whether or not a file could say it so.
var carry = map[string]func(row *intake.Row, rec *vedette.PersonRecord){
	fieldEmail:          func(row *intake.Row, rec *vedette.PersonRecord) { row.Email = rec.Email() },
	"mobile":            func(row *intake.Row, rec *vedette.PersonRecord) { row.Phone = numberAt(rec, vedette.AddressPhone) },
	"voice":             func(row *intake.Row, rec *vedette.PersonRecord) { row.Voice = ownVoice(rec) },
	"language":          func(row *intake.Row, rec *vedette.PersonRecord) { row.Language = rec.Language },
	"id":                func(row *intake.Row, rec *vedette.PersonRecord) { row.External = rec.External },
	"manager":           func(row *intake.Row, rec *vedette.PersonRecord) { row.Manager = rec.Manager },
	"citizenship":       func(row *intake.Row, rec *vedette.PersonRecord) { row.Citizenship = rec.Citizenship },
	"standing":          func(row *intake.Row, rec *vedette.PersonRecord) { row.Standing = rec.Standing },
	"precision":         func(row *intake.Row, rec *vedette.PersonRecord) { row.Precision = rec.Precision },
	"check-ins":         func(row *intake.Row, rec *vedette.PersonRecord) { row.Checkins = rec.Checkins },
	"discreet":          func(row *intake.Row, rec *vedette.PersonRecord) { row.Discreet = rec.Discreet },
	"restricted":        func(row *intake.Row, rec *vedette.PersonRecord) { row.Restricted = rec.Restricted },
	"duress word":       func(row *intake.Row, rec *vedette.PersonRecord) { row.Duress = rec.Duress },
	"quiet hours":       func(row *intake.Row, rec *vedette.PersonRecord) { row.Wishes.Quiet = rec.Wishes.Quiet },
	"channels":          func(row *intake.Row, rec *vedette.PersonRecord) { row.Wishes.Order = rec.Wishes.Order },
	"digest":            func(row *intake.Row, rec *vedette.PersonRecord) { row.Wishes.Digest = rec.Wishes.Digest },
	"dependants":        func(row *intake.Row, rec *vedette.PersonRecord) { row.Dependants = rec.Dependants },
	"emergency contact": carryContacts(vedette.ContactEmergency),
	"companion":         carryContacts(vedette.ContactCompanion),
}

func carryContacts(kind vedette.ContactKind) func(*intake.Row, *vedette.PersonRecord) {
	return func(row *intake.Row, rec *vedette.PersonRecord) {
		for _, c := range rec.Contacts {
			if c.Kind == kind {
				row.Contacts = append(row.Contacts, c)
			}
		}
	}
}

func numberAt(rec *vedette.PersonRecord, slot int) string {
	a, _ := rec.Address(slot)
	return a.Value
}

// ownVoice is the number somebody is called at, "" where they are called because
// they are texted there.
func ownVoice(rec *vedette.PersonRecord) string {
	if n := numberAt(rec, vedette.AddressVoice); n != numberAt(rec, vedette.AddressPhone) {
		return n
	}
	return ""
}

// fieldsOf says what is held of somebody, field by field, as a form shows it.
func (d *Desk) fieldsOf(p *vedette.Person) map[string]string {
	rec := &p.Record
	out := map[string]string{
		fieldName: rec.Name, fieldEmail: rec.Email(), "mobile": numberAt(rec, vedette.AddressPhone), "voice": ownVoice(rec),
		"language": rec.Language, "id": rec.External, "manager": rec.Manager, "standing": string(rec.Standing),
		"check-ins": yes(rec.Checkins), "discreet": yes(rec.Discreet), "restricted": yes(rec.Restricted), "duress word": rec.Duress,
		"quiet hours": rec.Wishes.Quiet.String(), "channels": strings.Join(strings.Fields(string(rec.Wishes.Order)), ", "), "digest": rec.Wishes.Digest.String(),
		"dependants": dependantWords(rec.Dependants), "emergency contact": contactWords(rec.Contacts, vedette.ContactEmergency), "companion": contactWords(rec.Contacts, vedette.ContactCompanion),
	}
	if !precise(rec.Precision) {
		out["precision"] = string(rec.Precision)
	}
	var lands []string
	for _, id := range rec.Citizenship {
		lands = append(lands, d.Gaz.Name(id))
	}
	out["citizenship"] = strings.Join(lands, "; ")
	d.placeIn(out, basedAt(p.Presence), rec)
	return out
}

// placeIn adds where somebody is kept.
func (d *Desk) placeIn(out map[string]string, at *vedette.Presence, rec *vedette.PersonRecord) {
	if at == nil {
		return
	}
	out[fieldSite] = at.Site
	if pt, ok := rec.Points[at.PointRef]; ok && at.PointRef != "" {
		out[fieldPoint] = fmt.Sprintf("%.5f, %.5f", pt.Lat, pt.Lon)
	}
	d.areaIn(out, at.Area)
}

// areaIn adds a place by its country and its name.
func (d *Desk) areaIn(out map[string]string, id vedette.AreaID) {
	a, known := d.Gaz.Area(id)
	switch {
	case !known || a.Country == "" || a.Country == id:
		out[fieldCountry] = d.Gaz.Name(id)
	default:
		out[fieldCountry] = d.Gaz.Name(a.Country)
		if a.Kind == vedette.AreaDivision {
			out[fieldDivision] = a.Name
		} else {
			out[fieldCity] = a.Name
		}
	}
}

// basedAt is where somebody lives or works, nil where that is not known.
func basedAt(ps []vedette.Presence) *vedette.Presence {
	for i := range ps {
		if p := &ps[i]; p.Because == vedette.BecauseHome || p.Because == vedette.BecauseSite {
			return p
		}
	}
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func dependantWords(list []vedette.Dependant) string {
	out := make([]string, len(list))
	for i, d := range list {
		switch {
		case d.Name != "" && d.Relation != "":
			out[i] = d.Name + " (" + d.Relation + ")"
		case d.Name+d.Relation != "":
			out[i] = d.Name + d.Relation
		default:
			out[i] = "1"
		}
	}
	return strings.Join(out, "; ")
}

func contactWords(list []vedette.Contact, kind vedette.ContactKind) string {
	var out []string
	for _, c := range list {
		if c.Kind == kind {
			out = append(out, strings.Join(strings.Fields(c.Name+" "+c.Phone+" "+c.Email), " "))
		}
	}
	return strings.Join(out, "; ")
}

// touched are the fields in which what was typed is not what is held; of place
// all go together.
func touched(typed, held map[string]string) (fields []string, placed bool) {
	placed = true
	for _, f := range PersonFields {
		if strings.TrimSpace(typed[f]) == strings.TrimSpace(held[f]) {
			continue
		}
		if fields = append(fields, f); slices.Contains(placeFields, f) {
			placed = false
		}
	}
	return fields, placed
}

// speaks is the language there are words in that somebody's record names, "" for none.
func speaks(r *vedette.PersonRecord) string {
	t, _ := deliver.TongueOf(r.Language)
	return t.Tag
}

// speakIn sets it, and says whether that changed anything: "fr-CA" is French, and stays
// what it is.
func speakIn(r *vedette.PersonRecord, tag string) bool {
	if speaks(r) == tag {
		return false
	}
	r.Language = tag
	return true
}
