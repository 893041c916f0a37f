package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// Problem is why a line of a file cannot be kept as it stands. It serves for
// remarks too, on lines that are kept.
type Problem struct {
	Line   int    // from 1
	Column int    // from 1; 0 where the whole row is meant
	Header string // the column's header as the file writes it
	Value  string // the cell, cut at 40 characters
	Reason string // what is wrong and how to mend it; reads on from the value
}

// Row is the line of the row: several problems may be of one.
func (p Problem) Row() int { return p.Line }

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
