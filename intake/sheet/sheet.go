// Package sheet reads tables as they leave spreadsheets: it finds characters,
// delimiter and header line by itself and forgives what can be forgiven.
package sheet

import (
	"io"
	"strings"

	"vedette"
)

// Sheet walks the records of a delimited text (RFC 4180, forgiving: a quote
// inside an unquoted cell is text, any line ending will do).
type Sheet struct {
	text  string
	delim byte
	pos   int
	line  int // of pos, from 1
}

// MaxColumns is the number of cells of a line that are looked at.
const MaxColumns = 500

// Record is one line of the table. A quoted cell may make it span several
// lines of the file.
type Record struct {
	Line  int      // where it begins, from 1
	Cells []string // at most MaxColumns, as they stand; valid until the next record
	More  bool     // something stands beyond MaxColumns
}

// Blank says whether no cell holds anything.
func (r *Record) Blank() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return !r.More
}

// Next reads a record into r. It gives io.EOF at the end, or CodeInvalid
// where the quoting cannot be made out.
func (s *Sheet) Next(r *Record) error {
	if s.pos >= len(s.text) {
		return io.EOF
	}
	*r = Record{Line: s.line, Cells: r.Cells[:0]}
	for {
		cell, err := s.cell()
		if err != nil {
			return err
		}
		if len(r.Cells) < MaxColumns {
			r.Cells = append(r.Cells, cell)
		} else if cell != "" {
			r.More = true
		}
		if s.pos < len(s.text) && s.text[s.pos] == s.delim {
			s.pos++
			continue
		}
		s.endLine()
		return nil
	}
}

// endLine steps over a line ending.
func (s *Sheet) endLine() {
	if s.pos < len(s.text) && s.text[s.pos] == '\r' {
		s.pos++
		if s.pos >= len(s.text) || s.text[s.pos] != '\n' {
			s.line++
			return
		}
	}
	if s.pos < len(s.text) && s.text[s.pos] == '\n' {
		s.pos++
		s.line++
	}
}

// cell reads up to the delimiter or the end of the line.
func (s *Sheet) cell() (string, error) {
	at := s.skipBlanks(s.pos)
	if at < len(s.text) && s.text[at] == '"' {
		return s.quoted(at + 1)
	}
	from := s.pos
	for s.pos < len(s.text) {
		if c := s.text[s.pos]; c == s.delim || c == '\n' || c == '\r' {
			break
		}
		s.pos++
	}
	return s.text[from:s.pos], nil
}

// quoted reads the cell whose opening quote stands before from.
func (s *Sheet) quoted(from int) (string, error) {
	opened, at, doubled := s.line, from, false
	for {
		i := strings.IndexByte(s.text[at:], '"')
		if i < 0 {
			return "", vedette.Errorf(vedette.CodeInvalid, "line %d: a quote is opened and never closed: close it, or remove it", opened)
		}
		at += i + 1
		if at >= len(s.text) || s.text[at] != '"' {
			break
		}
		doubled = true
		at++
	}
	cell := s.text[from : at-1]
	s.line += lineEndings(cell)
	s.pos = s.skipBlanks(at)
	if s.pos < len(s.text) {
		if c := s.text[s.pos]; c != s.delim && c != '\n' && c != '\r' {
			return "", vedette.Errorf(vedette.CodeInvalid, "line %d: text stands after a closing quote: write a quote within a quoted cell twice", s.line)
		}
	}
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, nil
}

func (s *Sheet) skipBlanks(at int) int {
	for at < len(s.text) && (s.text[at] == ' ' || s.text[at] == '\t') && s.text[at] != s.delim {
		at++
	}
	return at
}

func lineEndings(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}

// Open finds the delimiter (comma, semicolon or tab) under which the first
// line that is not blank has the most known headers, and gives the sheet
// after that line. The header record keeps its cells.
func Open(text string, known func(header string) bool) (*Sheet, Record, error) {
	first := &Sheet{text: text, line: 1}
	delims := []byte(",;\t")
	if d, ok := first.declared(); ok {
		delims = []byte{d}
	}
	var best *Sheet
	var header Record
	var firstErr error
	most := -1
	for _, d := range delims {
		s := &Sheet{text: text, delim: d, pos: first.pos, line: first.line}
		var r Record
		if err := s.header(&r); err != nil {
			if firstErr == nil {
				firstErr = err
			}
			continue
		}
		if n := count(r.Cells, known); n > most || n == most && len(r.Cells) > len(header.Cells) {
			best, header, most = s, r, n
		}
	}
	if best == nil {
		return nil, Record{}, firstErr
	}
	return best, header, nil
}

// declared reads the line "sep=;" with which some spreadsheets begin a file.
func (s *Sheet) declared() (byte, bool) {
	for _, d := range []byte(",;\t") {
		line := "sep=" + string(d)
		if len(s.text) >= len(line) && strings.EqualFold(s.text[:len(line)], line) &&
			(len(s.text) == len(line) || strings.IndexByte("\r\n", s.text[len(line)]) >= 0) {
			s.pos = len(line)
			s.endLine()
			return d, true
		}
	}
	return 0, false
}

// header reads the next record that is not blank.
func (s *Sheet) header(r *Record) error {
	for {
		err := s.Next(r)
		if err == io.EOF {
			return vedette.Errorf(vedette.CodeInvalid, "the file is empty: the first line must hold the headers")
		}
		if err != nil || !r.Blank() {
			return err
		}
	}
}

func count(cells []string, known func(string) bool) int {
	n := 0
	for _, c := range cells {
		if known(c) {
			n++
		}
	}
	return n
}
