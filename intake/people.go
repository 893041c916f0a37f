package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
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
	s, t, err := open(text)
	if err != nil {
		return People{}, err
	}
	in := &reader{
		table:  t,
		places: newPlaceBook(g),
		emails: map[string]int{},
		sites:  map[string]*sitePlace{},
		known:  map[string]answer{},
	}
	if err := in.readAll(s); err != nil {
		return People{}, err
	}
	in.placeSites()
	return People{Rows: in.rows, Problems: in.problems, Ignored: t.ignored, Columns: t.used}, nil
}

// reader is one file being read.
type reader struct {
	table    *table
	places   placeBook
	emails   map[string]int // the line that has an address first
	sites    map[string]*sitePlace
	known    map[string]answer // languages and citizenships read before
	rows     []Row
	problems []Problem

	line  int // of the row at hand
	fresh int // problems before it
}

// answer is what a cell was read as, or why it was not.
type answer struct {
	tag    string
	areas  []vedette.AreaID
	reason string
}

// cell is a cell of the row at hand, tidied.
type cell struct {
	value  string
	column column
}

// manyProblems is the number after which a row is told only its first.
const manyProblems = 10_000

func (in *reader) problem(c cell, reason string) {
	if len(in.problems) >= manyProblems && len(in.problems) > in.fresh {
		return
	}
	p := Problem{Line: in.line, Value: sheet.Cut(c.value), Reason: reason}
	if c.column.header != "" {
		p.Column, p.Header = c.column.at+1, c.column.header
	}
	in.problems = append(in.problems, p)
}

func (in *reader) readAll(s *sheet.Sheet) error {
	var rec sheet.Record
	for n := 0; ; {
		err := s.Next(&rec)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if rec.Blank() {
			continue
		}
		if n++; n > MaxRows {
			return vedette.Errorf(vedette.CodeInvalid, "the file has more than %d rows: split it", MaxRows)
		}
		in.read(&rec)
	}
}

// read reads one row.
func (in *reader) read(rec *sheet.Record) {
	in.line, in.fresh = rec.Line, len(in.problems)
	in.checkWidth(rec)
	in.table.meetUnnamed(rec)
	cells := in.gather(rec)
	row := Row{Line: rec.Line}
	row.Name = in.name(&cells)
	row.Email = in.email(cells[fieldEmail])
	if c := cells[fieldPhone]; c.value != "" {
		row.Phone = in.told(c, Phone)
	}
	row.Manager = in.manager(cells[fieldManager])
	row.Language = in.language(cells[fieldLanguage])
	row.Citizenship = in.citizenship(rec)
	row.Site = cells[fieldSite].value
	if area, point, ok := in.place(&cells); ok {
		row.Area, row.Point = area, point
		in.meetSite(cells[fieldSite], &row)
	}
	if len(in.problems) == in.fresh {
		in.rows = append(in.rows, row)
	}
}

// checkWidth finds rows with cells beyond the header's last.
func (in *reader) checkWidth(rec *sheet.Record) {
	if len(rec.Cells) <= in.table.width && !rec.More {
		return
	}
	extra := sheet.Record{Cells: rec.Cells[min(in.table.width, len(rec.Cells)):], More: rec.More}
	if !extra.Blank() {
		in.problem(cell{}, fmt.Sprintf("this row has more cells than the header, which has %d: put a cell that holds the delimiter in quotes", in.table.width))
	}
}

// gather tidies the cells of the row, for each field the first that is not
// empty. A cell that cannot be kept is a problem and counts as empty.
func (in *reader) gather(rec *sheet.Record) [fieldCount]cell {
	var cells [fieldCount]cell
	for f := range cells {
		if field(f) == fieldCitizenship {
			continue // several columns add up
		}
		for i, col := range in.table.fields[f] {
			c := in.cell(rec, col)
			if i == 0 || cells[f].value == "" && c.value != "" {
				cells[f] = c
			}
		}
	}
	return cells
}

func (in *reader) cell(rec *sheet.Record, col column) cell {
	if col.at >= len(rec.Cells) {
		return cell{column: col}
	}
	value, reason := sheet.Tidy(rec.Cells[col.at])
	if reason != "" {
		in.problem(cell{rec.Cells[col.at], col}, reason)
	}
	return cell{value, col}
}

// name puts a name together from the columns that have parts of it.
func (in *reader) name(cells *[fieldCount]cell) string {
	full, first, last := cells[fieldName].value, cells[fieldFirst].value, cells[fieldLast].value
	switch {
	case full == "":
		full = strings.TrimSpace(first + " " + last)
	case first != "" && last == "" && !strings.HasPrefix(strings.ToLower(full), strings.ToLower(first)):
		full = first + " " + full // "Vorname, Name": the name is the family's
	case last != "" && first == "" && !strings.HasSuffix(strings.ToLower(full), strings.ToLower(last)):
		full += " " + last // "Nombre, Apellidos": the name is the given one
	}
	if full == "" {
		for _, f := range []field{fieldName, fieldFirst, fieldLast} {
			if in.table.has(f) {
				in.missing(cells[f], "the name is missing")
				return ""
			}
		}
		in.missing(cell{}, `the name is missing: add a column "name"`)
	}
	return full
}

// missing notes a problem of an empty cell, unless the cell is empty because
// it could not be kept, which has been said.
func (in *reader) missing(c cell, reason string) {
	for _, p := range in.problems[in.fresh:] {
		if c.column.header != "" && p.Column == c.column.at+1 {
			return
		}
	}
	in.problem(c, reason)
}

// told reads a cell by a rule and notes the reason where it does not hold.
func (in *reader) told(c cell, rule func(string) (string, string)) string {
	value, reason := rule(c.value)
	if reason != "" {
		in.problem(c, reason)
	}
	return value
}

func (in *reader) email(c cell) string {
	if c.value == "" {
		return ""
	}
	address := in.told(c, Email)
	if address == "" {
		return ""
	}
	key := strings.ToLower(address)
	if first, ok := in.emails[key]; ok {
		in.problem(c, fmt.Sprintf("stands in line %d already: each person needs an address of their own", first))
		return ""
	}
	in.emails[key] = in.line
	return address
}

// manager keeps the name of a manager, or their address in one form.
func (in *reader) manager(c cell) string {
	if !strings.Contains(c.value, "@") {
		return c.value
	}
	return in.told(c, Email)
}

func (in *reader) language(c cell) string {
	if c.value == "" {
		return ""
	}
	a, ok := in.known["language "+c.value]
	if !ok {
		a.tag, a.reason = readLanguage(in.places.g, c.value)
		in.known["language "+strings.Clone(c.value)] = a
	}
	if a.reason != "" {
		in.problem(c, a.reason)
	}
	return a.tag
}

// citizenship adds up the columns that have one, or several parted by ; or /.
func (in *reader) citizenship(rec *sheet.Record) []vedette.AreaID {
	var all []vedette.AreaID
	for _, col := range in.table.fields[fieldCitizenship] {
		c := in.cell(rec, col)
		if c.value == "" {
			continue
		}
		a, ok := in.known["citizenship "+c.value]
		if !ok {
			a.areas, a.reason = readCitizenship(in.places.g, c.value)
			in.known["citizenship "+strings.Clone(c.value)] = a
		}
		if a.reason != "" {
			in.problem(c, a.reason)
		}
		for _, area := range a.areas {
			if !slices.Contains(all, area) {
				all = append(all, area)
			}
		}
	}
	return all
}

func readCitizenship(g *gazetteer.Gazetteer, s string) ([]vedette.AreaID, string) {
	if area, ok := g.Country(s); ok {
		return []vedette.AreaID{area.ID}, ""
	}
	var all []vedette.AreaID
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";/,|&", r) }) {
		part = sheet.None(strings.TrimSpace(part))
		if part == "" {
			continue
		}
		area, ok := g.Country(part)
		if !ok {
			return nil, fmt.Sprintf("has %q, which is no one country we know: give names or codes of countries, parted by ;", sheet.Cut(part))
		}
		all = append(all, area.ID)
	}
	return all, ""
}
