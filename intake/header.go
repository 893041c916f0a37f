package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vedette"
	"vedette/intake/sheet"
)

// field is what a column is for.
type field int

const (
	fieldName field = iota
	fieldFirst
	fieldLast
	fieldEmail
	fieldPhone
	fieldLanguage
	fieldManager
	fieldCitizenship
	fieldSite
	fieldCountry
	fieldCity
	fieldLat
	fieldLon
	fieldPoint
	fieldCount
)

// headers lists what the columns of people files are called, for each field
// the best name first: of two columns for one field the better is used.
// Case, spaces, accents and punctuation do not count.
var headers = [fieldCount]struct{ field, names string }{
	fieldName: {"name", `name; full name; person; person name; employee; employee name; traveller; traveler; traveller name; traveler name;
		display name; complete name; staff name; nom complet; nom et prénom; prénom et nom; nom; vollständiger name; mitarbeiter; mitarbeiterin;
		nombre completo; nombre y apellidos; nombre`},
	fieldFirst:    {"first name", `first name; given name; given names; forename; first; given; firstname; prénom; vorname; nombre de pila; primer nombre`},
	fieldLast:     {"last name", `last name; family name; surname; last; family; nom de famille; nachname; familienname; apellidos; apellido`},
	fieldEmail:    {"email", `email; e-mail address; mail; work email; business email; company email; office email; primary email; email 1; mail address; courriel; adresse e-mail; adresse mail; adresse électronique; e-mail-adresse; mailadresse; correo electrónico; correo; personal email; private email`},
	fieldPhone:    {"phone", `mobile; mobile phone; mobile number; cell; cell phone; cellphone; work mobile; phone mobile; mobil; handy; handynummer; mobiltelefon; portable; téléphone portable; móvil; celular; phone; phone number; telephone; telephone number; tel; tel no; phone no; work phone; business phone; phone 1; téléphone; numéro de téléphone; telefon; telefonnummer; rufnummer; teléfono`},
	fieldLanguage: {"language", `language; preferred language; lang; locale; language code; langue; langue préférée; sprache; bevorzugte sprache; idioma; idioma preferido; lengua`},
	fieldManager:  {"manager", `manager; manager email; line manager; manager name; supervisor; reports to; responsable; vorgesetzter; vorgesetzte; supérieur; jefe; responsable directo`},
	fieldCitizenship: {"citizenship", `citizenship; citizenships; nationality; nationalities; second citizenship; second nationality; nationality 1; nationality 2; citizen of; country of citizenship;
		passport country; nationalité; nationalités; citoyenneté; staatsangehörigkeit; staatsbürgerschaft; nationalität; nacionalidad; ciudadanía`},
	fieldSite:    {"site", `site; site name; office; office name; workplace; work site; work location; facility; branch; bureau; lieu de travail; standort; büro; niederlassung; arbeitsort; oficina; sede; sucursal`},
	fieldCountry: {"country", `country; country code; country name; country or sea; country or area; country of residence; current country; work country; host country; country of assignment; nation; pays; land; país`},
	fieldCity:    {"city", `city; town; city name; city or town; town or city; municipality; ville; stadt; ciudad; place; location; duty station; current city; work city; office city; lieu; ort; localité; lugar; localidad; ubicación`},
	fieldLat:     {"latitude", `latitude; lat; breite; breitengrad; latitud`},
	fieldLon:     {"longitude", `longitude; lon; lng; long; länge; längengrad; longitud`},
	fieldPoint:   {"latitude, longitude", `coordinates; lat lon; lat long; lat lng; latlon; latitude longitude; gps; gps coordinates; point; geolocation; coordonnées; koordinaten; coordenadas`},
}

// heading is a name of a column: its field and how good a name it is, 0 best.
type heading struct {
	field field
	rank  int
}

var headings = func() map[string]heading {
	m := map[string]heading{}
	for f, h := range headers {
		for i, name := range strings.Split(h.names, ";") {
			m[fold(name)] = heading{field(f), i}
		}
	}
	return m
}()

// fold brings a header or a word into the form in which it is compared:
// letters and digits in lower case, accents off.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// headingOf reads a header; words in brackets may be left out: "Phone (work)".
func headingOf(header string) (heading, bool) {
	if sheet.Longer(header, sheet.MaxCell) {
		return heading{}, false
	}
	if h, ok := headings[fold(header)]; ok {
		return h, true
	}
	before, _, _ := strings.Cut(header, "(")
	h, ok := headings[fold(before)]
	return h, ok
}

// column is a column that is used.
type column struct {
	at     int // from 0
	header string
	rank   int
}

// table is what the header line says of the file.
type table struct {
	width   int
	fields  [fieldCount][]column // best first; one column but for phone and citizenship
	ignored []string
	unnamed []int // columns without a header, from 0
	used    map[string]string
}

// open finds delimiter and header line and leaves the sheet after them.
func open(text string) (*sheet.Sheet, *table, error) {
	s, header, err := sheet.Open(text, func(name string) bool { _, ok := headingOf(name); return ok })
	if err != nil {
		return nil, nil, err
	}
	t := newTable(&header)
	if !t.has(fieldName) && !t.has(fieldFirst) && !t.has(fieldLast) && !t.has(fieldEmail) {
		return nil, nil, vedette.Errorf(vedette.CodeInvalid,
			"line %d: no column for a name or an e-mail address among %s: the first line must hold the headers (name, email, country, city …)",
			header.Line, shown(header.Cells))
	}
	return s, t, nil
}

func shown(cells []string) string {
	var names []string
	for _, c := range cells[:min(len(cells), 8)] {
		names = append(names, fmt.Sprintf("%q", sheet.Cut(strings.TrimSpace(c))))
	}
	if len(cells) > 8 {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

func newTable(header *sheet.Record) *table {
	t := &table{width: len(header.Cells), used: map[string]string{}}
	for i, cell := range header.Cells {
		name := sheet.Cut(strings.Join(strings.Fields(cell), " "))
		h, ok := headingOf(cell)
		switch {
		case ok:
			t.fields[h.field] = append(t.fields[h.field], column{i, name, h.rank})
		case name != "":
			t.ignored = append(t.ignored, name)
		default:
			t.unnamed = append(t.unnamed, i)
		}
	}
	for f := range t.fields {
		t.settle(field(f))
	}
	return t
}

// settle puts a field's columns in order and sets the worse ones aside.
// Phones stay, as the next to try; citizenships stay, as they add up.
func (t *table) settle(f field) {
	cols := t.fields[f]
	slices.SortStableFunc(cols, func(a, b column) int { return a.rank - b.rank })
	if len(cols) > 1 && f != fieldPhone && f != fieldCitizenship {
		for _, c := range cols[1:] {
			t.ignored = append(t.ignored, c.header)
		}
		t.fields[f] = cols[:1]
	}
	for _, c := range t.fields[f] {
		t.used[c.header] = headers[f].field
	}
}

// meetUnnamed puts columns without a header among the ignored ones once a row
// has something in them.
func (t *table) meetUnnamed(rec *sheet.Record) {
	t.unnamed = slices.DeleteFunc(t.unnamed, func(at int) bool {
		filled := at < len(rec.Cells) && strings.TrimSpace(rec.Cells[at]) != ""
		if filled {
			t.ignored = append(t.ignored, fmt.Sprintf("column %d, without a header", at+1))
		}
		return filled
	})
}

func (t *table) has(f field) bool { return len(t.fields[f]) > 0 }
