// Package intake reads the files an organisation brings with it: a table of
// people as CSV becomes rows ready to keep, and a list of problems that name
// line, column and mend.
//
// It is pure: it reads bytes and the gazetteer, keeps nothing, asks no clock.
// Every line of the file that is not blank is either a row or has a problem.
package intake

import (
	"fmt"
	"strconv"
	"strings"

	"vedette"
)

// MaxRows is the number of lines of data a file may have. The other bounds
// are sheet.MaxBytes, sheet.MaxCell and sheet.MaxColumns.
const MaxRows = 1_000_000

// Row is one person as the file gives them, every cell checked and brought
// into one form.
type Row struct {
	Line        int // where the row begins in the file, from 1
	Name        string
	Email       string           // "" where none is given: unreachable by mail
	Phone       string           // E.164, "+442079460000"; "" where none is given
	Language    string           // BCP 47, "" where none is given
	Manager     string           // e-mail or name of their manager
	Citizenship []vedette.AreaID // countries, each once
	Site        string           // as first spelled in the file
	Area        vedette.AreaID   // "" where only a site is given that no row places
	Point       *vedette.Point   // nil where none is given
}

// Problem is why a line of the file cannot be kept as it stands.
type Problem struct {
	Line   int    // from 1
	Column int    // from 1; 0 where the whole row is meant
	Header string // the column's header as the file writes it
	Value  string // the cell, cut at 40 characters
	Reason string // what is wrong and how to mend it; reads on from the value
}

// Error prints place, value and reason in one line:
// line 7, column 3 (email): "foo@" is not an address: nothing stands after the @.
func (p Problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "line %d", p.Line)
	if p.Column > 0 {
		fmt.Fprintf(&b, ", column %d", p.Column)
	}
	if p.Header != "" {
		fmt.Fprintf(&b, " (%s)", p.Header)
	}
	b.WriteString(": ")
	if p.Value != "" {
		b.WriteString(strconv.Quote(p.Value))
		b.WriteByte(' ')
	}
	b.WriteString(p.Reason)
	return b.String()
}

// People is what a file of people holds.
type People struct {
	Rows     []Row             // the rows without a problem, in the order of the file
	Problems []Problem         // by line
	Ignored  []string          // headers of columns that were not used
	Columns  map[string]string // header → what it was used for: "name", "email", "city" …
}
