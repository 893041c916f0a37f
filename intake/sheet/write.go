package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"

	"vedette"
)

// Writer writes a table that is safe to open in a spreadsheet: commas, CRLF,
// UTF-8 with a byte order mark, and no cell that a spreadsheet would run.
//
// A spreadsheet takes a cell that begins with = + - @, a tab or a carriage
// return for a formula, some also after spaces. Such a cell is written with a
// quote before it ('=1+1), which is how spreadsheets themselves mark text.
// There is no exception, not even for a phone number (+44 20 …) or a number
// below zero: a spreadsheet would shorten the one to 4.42E+11, and a rule
// without exceptions has no hole. Our own reader takes that quote off again,
// and no other, so that every tidy cell reads back as it was. Write points
// with their hemisphere ("33.87 S"), so that they bear no sign.
type Writer struct {
	csv   *csv.Writer
	width int
	row   []string
}

// NewWriter begins a table with its header line.
func NewWriter(w io.Writer, header ...string) (*Writer, error) {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return nil, unwritten(err)
	}
	t := &Writer{csv: csv.NewWriter(w), width: len(header)}
	t.csv.UseCRLF = true
	return t, t.Write(header...)
}

// WriteAll writes rows as a table, the first as its header line.
func WriteAll(w io.Writer, rows [][]string) error {
	t, err := NewWriter(w, rows[0]...)
	if err != nil {
		return err
	}
	for _, r := range rows[1:] {
		if err := t.Write(r...); err != nil {
			return err
		}
	}
	return t.Close()
}

// Write writes a row: a cell for each header. The error is CodeUnavailable
// where the file cannot be written.
func (w *Writer) Write(cells ...string) error {
	if len(cells) != w.width {
		return vedette.Errorf(vedette.CodeInternal, "a row of %d cells for %d headers", len(cells), w.width)
	}
	w.row = w.row[:0]
	for _, c := range cells {
		w.row = append(w.row, Guard(strings.ToValidUTF8(strings.ReplaceAll(c, "\x00", ""), "\uFFFD")))
	}
	return unwritten(w.csv.Write(w.row))
}

// Close writes what is left.
func (w *Writer) Close() error {
	w.csv.Flush()
	return unwritten(w.csv.Error())
}

func unwritten(err error) error {
	return vedette.Wrap(err, vedette.CodeUnavailable, "the table cannot be written")
}

// Guard puts a quote before a cell that a spreadsheet would run as a formula,
// and before one that begins like a cell so guarded.
func Guard(cell string) string {
	if formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// open takes off the quote that Guard puts on.
func open(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

// formula says whether a cell begins as a formula does, spaces and marks that
// are not seen aside. The wide forms count: some spreadsheets take them too.
func formula(cell string) bool {
	for _, r := range cell {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '−':
			return true
		}
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !invisible(r) {
			return false
		}
	}
	return false
}
