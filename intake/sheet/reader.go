package sheet

import (
	"io"
	"slices"

	"vedette"
)

// MaxRows is the number of lines of data a file may have.
const MaxRows = 1_000_000

// manyProblems is the number after which a row is told only its first.
const manyProblems = 10_000

// Reader reads a table row by row and gathers what is wrong with the rows.
type Reader struct {
	*Table
	Problems []Problem
	Remarks  []Problem // on rows that are kept

	sheet *Sheet
	rec   Record
	rows  int
	fresh int // problems before the row at hand
	said  int // remarks before it
}

// NewReader finds delimiter and header line of a text. The error is
// CodeInvalid where there is no header line to be made out.
func NewReader(text string, h *Headings) (*Reader, error) {
	s, header, err := Open(text, func(name string) bool { _, ok := h.of(name); return ok })
	if err != nil {
		return nil, err
	}
	return &Reader{Table: newTable(h, &header), sheet: s}, nil
}

// Ahead gives a reader of the same rows from where this one stands, so that
// what a whole column says can be known before its first row is read.
func (in *Reader) Ahead() *Reader {
	s := *in.sheet
	t := *in.Table
	t.Ignored, t.unnamed = slices.Clone(t.Ignored), slices.Clone(t.unnamed)
	return &Reader{Table: &t, sheet: &s, rows: in.rows}
}

// Next reads the next row that is not blank. It is false at the end. The
// error is CodeInvalid where quoting cannot be made out or the rows are too
// many.
func (in *Reader) Next() (bool, error) {
	for {
		err := in.sheet.Next(&in.rec)
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if !in.rec.Blank() {
			break
		}
	}
	if in.rows++; in.rows > MaxRows {
		return false, vedette.Errorf(vedette.CodeInvalid, "the file has more than %d rows: split it", MaxRows)
	}
	in.fresh, in.said = len(in.Problems), len(in.Remarks)
	in.checkWidth()
	in.meetUnnamed(&in.rec)
	return true, nil
}

// Forget drops what was noted of the rows so far.
func (in *Reader) Forget() { in.Problems, in.Remarks = in.Problems[:0], in.Remarks[:0] }

// Line is where the row at hand begins, from 1.
func (in *Reader) Line() int { return in.rec.Line }

// Bad says whether the row at hand has a problem. Its remarks go then, as it
// is not kept.
func (in *Reader) Bad() bool {
	bad := len(in.Problems) > in.fresh
	if bad {
		in.Remarks = in.Remarks[:min(in.said, len(in.Remarks))]
	}
	return bad
}

// checkWidth finds rows with cells beyond the header's last.
func (in *Reader) checkWidth() {
	rec, width := &in.rec, in.width
	if len(rec.Cells) <= width && !rec.More {
		return
	}
	extra := Record{Cells: rec.Cells[min(width, len(rec.Cells)):], More: rec.More}
	if !extra.Blank() {
		in.Problem(Cell{}, "this row has more cells than the header, which has %d: put a cell that holds the delimiter in quotes", width)
	}
}

// Cell is a cell of the row at hand, tidied.
type Cell struct {
	Value  string
	Column Column
}

// Problem notes what is wrong with a cell, or with the row where the cell has
// no column.
func (in *Reader) Problem(c Cell, format string, args ...any) { in.Refuse(c, Reason(format, args...)) }

// Refuse is Problem with a reason that somebody else gave.
func (in *Reader) Refuse(c Cell, reason error) {
	if len(in.Problems) >= manyProblems && len(in.Problems) > in.fresh {
		return
	}
	in.Problems = append(in.Problems, in.about(c, reason))
}

// Remark notes what should be known of a row that is kept.
func (in *Reader) Remark(c Cell, format string, args ...any) {
	if len(in.Remarks) < manyProblems {
		in.Remarks = append(in.Remarks, in.about(c, Reason(format, args...)))
	}
}

func (in *Reader) about(c Cell, reason error) Problem {
	p := Problem{Line: in.rec.Line, Value: Cut(c.Value), Reason: reason}
	if c.Column.Header != "" {
		p.Column, p.Header = c.Column.At+1, c.Column.Header
	}
	return p
}

// Said says whether a cell of the row at hand has a problem already.
func (in *Reader) Said(c Cell) bool {
	if c.Column.Header == "" {
		return false
	}
	for _, p := range in.Problems[in.fresh:] {
		if p.Column == c.Column.At+1 {
			return true
		}
	}
	return false
}

// Missing notes a problem of an empty cell, unless the cell is empty because
// it could not be kept, which has been said.
func (in *Reader) Missing(c Cell, format string, args ...any) {
	if !in.Said(c) {
		in.Problem(c, format, args...)
	}
}

// Told reads a cell by a rule, which gives a value or the reason why there is
// none, and notes the reason.
func (in *Reader) Told(c Cell, rule func(string) (string, error)) string {
	value, reason := rule(c.Value)
	if reason != nil {
		in.Refuse(c, reason)
	}
	return value
}

// Cell gives the cell of a field, the first that is not empty where there are
// several. A cell that cannot be kept is a problem and counts as empty: ask
// for each field once a row.
func (in *Reader) Cell(f Field) Cell {
	var first Cell
	for i, col := range in.fields[f] {
		c := in.cell(col)
		if i == 0 || first.Value == "" && c.Value != "" {
			first = c
		}
	}
	return first
}

// Cells gives the cells of a field that are not empty.
func (in *Reader) Cells(f Field) []Cell {
	var all []Cell
	for _, col := range in.fields[f] {
		if c := in.cell(col); c.Value != "" {
			all = append(all, c)
		}
	}
	return all
}

func (in *Reader) cell(col Column) Cell {
	if col.At >= len(in.rec.Cells) {
		return Cell{Column: col}
	}
	value, reason := Tidy(in.rec.Cells[col.At])
	if reason != nil {
		in.Refuse(Cell{in.rec.Cells[col.At], col}, reason)
	}
	return Cell{value, col}
}
