package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is what a column is for. Each kind of file counts its own from 0.
type Field int

// Heads says what the columns for a field are called.
type Heads struct {
	Field    string // the name told to people: "latitude"
	Names    string // parted by ";", the best first: of two columns for one field the better is used
	Many     bool   // several columns add up, or are tried one after another
	Numbered bool   // names may bear a number, "Emergency contact 2 phone"; implies Many
}

// Headings are the columns of a kind of file, by Field. Case, spaces, accents
// and punctuation of a header do not count.
type Headings struct {
	heads []Heads
	names map[string]heading
}

// heading is a name of a column: its field and how good a name it is, 0 best.
type heading struct {
	field  Field
	rank   int
	number int // that a numbered header bears, else 0
}

// NewHeadings makes the headings of a kind of file, by Field.
func NewHeadings(heads []Heads) *Headings {
	h := &Headings{heads, map[string]heading{}}
	for f, head := range heads {
		for i, name := range strings.Split(head.Names, ";") {
			if key := Fold(name); key != "" {
				h.names[key] = heading{field: Field(f), rank: i}
			}
		}
	}
	return h
}

// Fold brings a header or a word into the form in which it is compared:
// letters and digits in lower case, accents off.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// of reads a header; words in brackets may be left out: "Phone (work)".
func (h *Headings) of(header string) (heading, bool) {
	if Longer(header, MaxCell) {
		return heading{}, false
	}
	if d, ok := h.named(Fold(header)); ok {
		return d, true
	}
	before, _, _ := strings.Cut(header, "(")
	return h.named(Fold(before))
}

// named looks a folded header up, with its number and without.
func (h *Headings) named(key string) (heading, bool) {
	if d, ok := h.names[key]; ok {
		return d, true
	}
	number := 0
	bare := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		number = min(number*10+int(r-'0'), 1000)
		return -1
	}, key)
	d, ok := h.names[bare]
	d.number = number
	return d, ok && number > 0 && h.heads[d.field].Numbered
}

// Column is a column that is used.
type Column struct {
	At     int // from 0
	Header string
	Number int // that its header bears, "Child 2"; 0 for none
	rank   int
}

// Table is what the header line says of a file.
type Table struct {
	Line    int // of the header
	Ignored []string
	Used    map[string]string // header → field

	heads   *Headings
	cells   []string // the header as it stands
	width   int
	fields  [][]Column // best first; one column but where a field takes many
	unnamed []int      // columns without a header, from 0
}

func newTable(h *Headings, header *Record) *Table {
	t := &Table{Line: header.Line, Used: map[string]string{}, heads: h, cells: header.Cells, width: len(header.Cells), fields: make([][]Column, len(h.heads))}
	for i, cell := range header.Cells {
		name := Cut(strings.Join(strings.Fields(cell), " "))
		d, ok := h.of(cell)
		switch {
		case ok:
			t.fields[d.field] = append(t.fields[d.field], Column{i, name, d.number, d.rank})
		case name != "":
			t.Ignored = append(t.Ignored, name)
		default:
			t.unnamed = append(t.unnamed, i)
		}
	}
	for f := range t.fields {
		t.settle(Field(f))
	}
	return t
}

// settle puts a field's columns in order and sets the worse ones aside,
// unless the field takes many.
func (t *Table) settle(f Field) {
	cols, head := t.fields[f], t.heads.heads[f]
	slices.SortStableFunc(cols, func(a, b Column) int {
		if a.Number != b.Number {
			return a.Number - b.Number
		}
		return a.rank - b.rank
	})
	if len(cols) > 1 && !head.Many && !head.Numbered {
		for _, c := range cols[1:] {
			t.Ignored = append(t.Ignored, c.Header)
		}
		t.fields[f] = cols[:1]
	}
	for _, c := range t.fields[f] {
		t.Used[c.Header] = head.Field
	}
}

// meetUnnamed puts columns without a header among the ignored ones once a row
// has something in them.
func (t *Table) meetUnnamed(rec *Record) {
	t.unnamed = slices.DeleteFunc(t.unnamed, func(at int) bool {
		filled := at < len(rec.Cells) && strings.TrimSpace(rec.Cells[at]) != ""
		if filled {
			t.Ignored = append(t.Ignored, fmt.Sprintf("column %d, without a header", at+1))
		}
		return filled
	})
}

// Has says whether the file has a column for a field.
func (t *Table) Has(f Field) bool { return len(t.fields[f]) > 0 }

// Columns gives the columns of a field, best first.
func (t *Table) Columns(f Field) []Column { return t.fields[f] }

// Header shows the first headers as the file writes them, for an error.
func (t *Table) Header() string {
	var names []string
	for _, c := range t.cells[:min(len(t.cells), 8)] {
		names = append(names, fmt.Sprintf("%q", Cut(strings.TrimSpace(c))))
	}
	if len(t.cells) > 8 {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}
