package intake

import (
	"io"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake/address"
	"vedette/intake/place"
	"vedette/intake/sheet"
)

// ReadPeople reads a table of people: a header line, then a person a line,
// parted by commas, semicolons or tabs. Rows with a problem are not in Rows.
//
// The error is CodeInvalid where the file as a whole cannot be read (empty,
// binary, too large, no header with a name or an e-mail address, quoting that
// cannot be made out) and CodeUnavailable where the reader fails.
func ReadPeople(g *gazetteer.Gazetteer, r io.Reader) (People, error) {
	text, err := sheet.Text(r)
	if err != nil {
		return People{}, err
	}
	in, err := newReader(g, text)
	if err != nil {
		return People{}, err
	}
	return in.all()
}

func newReader(g *gazetteer.Gazetteer, text string) (*reader, error) {
	table, err := openPeople(text)
	if err != nil {
		return nil, err
	}
	return &reader{
		Reader:    table,
		gaz:       g,
		places:    place.New(g),
		emails:    map[string]int{},
		externals: map[string]int{},
		sites:     map[string]*sitePlace{},
		known:     map[string]answer{},
	}, nil
}

// all reads every row.
func (in *reader) all() (People, error) {
	for {
		more, err := in.Next()
		if err != nil {
			return People{}, err
		}
		if !more {
			break
		}
		in.read()
	}
	in.placeSites()
	for i := range in.rows {
		in.rows[i].Coarsen(in.gaz)
	}
	return People{Rows: in.rows, Problems: in.Problems, Ignored: in.Ignored, Columns: in.Used}, nil
}

// reader is one file of people being read.
type reader struct {
	*sheet.Reader
	gaz       *gazetteer.Gazetteer
	places    *place.Book
	emails    map[string]int // the line that has an address first
	externals map[string]int // and a personnel number
	sites     map[string]*sitePlace
	known     map[string]answer // languages and citizenships read before
	rows      []Row
	placed    bool // where they are is known without the row
}

// answer is what a cell was read as, or why it was not.
type answer struct {
	tag    string
	areas  []vedette.AreaID
	reason error
}

// read reads one row.
func (in *reader) read() {
	row := Row{Line: in.Line()}
	row.Name = in.name()
	row.Email = in.email(in.Cell(fieldEmail))
	if c := in.Cell(fieldPhone); c.Value != "" {
		row.Phone = in.Told(c, address.Phone)
	}
	if c := in.Cell(fieldVoice); c.Value != "" {
		row.Voice = in.Told(c, address.Phone)
	}
	row.Manager = in.manager(in.Cell(fieldManager))
	row.Language = in.language(in.Cell(fieldLanguage))
	row.Citizenship = in.citizenship()
	row.External = in.external(in.Cell(fieldExternal))
	row.Standing = sheet.Choose(in.Reader, in.Cell(fieldStanding), standings, noStanding)
	row.Precision = sheet.Choose(in.Reader, in.Cell(fieldPrecision), precisions, noPrecision)
	row.Checkins = sheet.Choose(in.Reader, in.Cell(fieldCheckins), sheet.YesNo, notYesNo)
	row.Discreet = sheet.Choose(in.Reader, in.Cell(fieldDiscreet), sheet.YesNo, notYesNo)
	row.Restricted = sheet.Choose(in.Reader, in.Cell(fieldRestricted), sheet.YesNo, notYesNo)
	if c := in.Cell(fieldDuress); c.Value != "" {
		if row.Duress = c.Value; vedette.CheckDuressWord(c.Value) != nil {
			in.Problem(c, "is no duress word: write %d to %d letters that nobody answers with by chance", vedette.MinDuressWord, vedette.MaxDuressWord)
		}
	}
	if c := in.Cell(fieldQuiet); c.Value != "" {
		row.Wishes.Quiet = in.quiet(c)
	}
	row.Wishes.Order = in.order(in.Cell(fieldOrder))
	row.Wishes.Digest = in.digest(in.Cell(fieldDigest))
	row.Dependants = dependants(in.Reader)
	row.Contacts = contacts(in.Reader)
	site := in.Cell(fieldSite)
	row.Site = site.Value
	where := whereabouts(in.Reader)
	if area, point, ok := in.places.Read(in.Reader, &where); ok {
		row.Area, row.Point = area, point
		if area == "" && row.Site == "" && !in.placed {
			in.nowhere(&where, site)
		} else {
			in.meetSite(site, &row)
		}
	}
	if !in.Bad() {
		in.rows = append(in.rows, row)
	}
}

// nowhere asks where someone is, unless a cell that should say was refused.
func (in *reader) nowhere(c *place.Cells, site sheet.Cell) {
	for _, cell := range []sheet.Cell{c.Country, c.City, site} {
		if in.Said(cell) {
			return
		}
	}
	in.Problem(sheet.Cell{}, "where is this person? give a country, a city, a site or a point")
}

// external keeps a personnel number as it is written.
func (in *reader) external(c sheet.Cell) string {
	if c.Value == "" {
		return ""
	}
	if sheet.Longer(c.Value, sheet.MaxName) {
		in.Problem(c, "is too long for a personnel number: at most %d characters", sheet.MaxName)
		return ""
	}
	if sheet.Shortened(c.Value) {
		in.Problem(c, "was shortened by a spreadsheet: format the column as text and write all digits")
		return ""
	}
	return in.unique(c, c.Value, in.externals, ownNumber)
}

// What each person needs one of.
var (
	ownNumber  = sheet.Reason("each person needs a number of their own")
	ownAddress = sheet.Reason("each person needs an address of their own")
)

// unique gives a value of a cell, unless another line has it.
func (in *reader) unique(c sheet.Cell, value string, seen map[string]int, mend error) string {
	key := strings.ToLower(value)
	if first, ok := seen[key]; ok {
		in.Problem(c, "stands in line %d already: %s", first, mend)
		return ""
	}
	seen[key] = in.Line()
	return value
}

// name puts a name together from the columns that have parts of it.
func (in *reader) name() string {
	cells := []sheet.Cell{in.Cell(fieldName), in.Cell(fieldFirst), in.Cell(fieldLast)}
	full, first, last := cells[0].Value, cells[1].Value, cells[2].Value
	switch {
	case full == "":
		full = strings.TrimSpace(first + " " + last)
	case first != "" && last == "" && !strings.HasPrefix(strings.ToLower(full), strings.ToLower(first)):
		full = first + " " + full // "Vorname, Name": the name is the family's
	case last != "" && first == "" && !strings.HasSuffix(strings.ToLower(full), strings.ToLower(last)):
		full += " " + last // "Nombre, Apellidos": the name is the given one
	}
	if full == "" {
		for i, f := range []sheet.Field{fieldName, fieldFirst, fieldLast} {
			if in.Has(f) {
				in.Missing(cells[i], "the name is missing")
				return ""
			}
		}
		in.Missing(sheet.Cell{}, `the name is missing: add a column "name"`)
	}
	return full
}

func (in *reader) email(c sheet.Cell) string {
	if c.Value == "" {
		return ""
	}
	value := in.Told(c, address.Email)
	if value == "" {
		return ""
	}
	return in.unique(c, value, in.emails, ownAddress)
}

// manager keeps the name of a manager, or their address in one form.
func (in *reader) manager(c sheet.Cell) string {
	if !strings.Contains(c.Value, "@") {
		return c.Value
	}
	return in.Told(c, address.Email)
}

func (in *reader) language(c sheet.Cell) string {
	if c.Value == "" {
		return ""
	}
	a, ok := in.known["language "+c.Value]
	if !ok {
		a.tag, a.reason = ReadLanguage(in.gaz, c.Value)
		in.known["language "+strings.Clone(c.Value)] = a
	}
	if a.reason != nil {
		in.Refuse(c, a.reason)
	}
	return a.tag
}

// citizenship adds up the columns that have one, or several parted by ; or /.
func (in *reader) citizenship() []vedette.AreaID {
	var all []vedette.AreaID
	for _, c := range in.Cells(fieldCitizenship) {
		a, ok := in.known["citizenship "+c.Value]
		if !ok {
			a.areas, a.reason = readCitizenship(in.gaz, c.Value)
			in.known["citizenship "+strings.Clone(c.Value)] = a
		}
		if a.reason != nil {
			in.Refuse(c, a.reason)
		}
		for _, area := range a.areas {
			if !slices.Contains(all, area) {
				all = append(all, area)
			}
		}
	}
	return all
}

func readCitizenship(g *gazetteer.Gazetteer, s string) ([]vedette.AreaID, error) {
	if area, ok := g.Country(s); ok {
		return []vedette.AreaID{area.ID}, nil
	}
	var all []vedette.AreaID
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";/,|&", r) }) {
		part = sheet.None(strings.TrimSpace(part))
		if part == "" {
			continue
		}
		area, ok := g.Country(part)
		if !ok {
			return nil, sheet.Reason("has %q, which is no one country we know: give names or codes of countries, parted by ;", sheet.Cut(part))
		}
		all = append(all, area.ID)
	}
	return all, nil
}
