package sheet

import "vedette"

// Reason is what is wrong with a cell and how to mend it; it reads on from the value. It
// is an error, so that a page says it in its reader's language.
func Reason(format string, args ...any) error {
	return vedette.Errorf(vedette.CodeInvalid, format, args...)
}

// Problem is why a line of a file cannot be kept as it stands. It serves for
// remarks too, on lines that are kept.
type Problem struct {
	Line   int    // from 1
	Column int    // from 1; 0 where the whole row is meant
	Header string // the column's header as the file writes it
	Value  string // the cell, cut at 40 characters
	Reason error  // what is wrong and how to mend it; reads on from the value
}

// Row is the line of the row: several problems may be of one.
func (p Problem) Row() int { return p.Line }

// Error prints place, value and reason in one line:
// line 7, column 3 (email): "foo@" is not an address: nothing stands after the @.
func (p Problem) Error() string { return p.Unwrap().Error() }

// Unwrap gives the same as an error whose parts stand apart.
func (p Problem) Unwrap() error {
	where, what := Reason("line %d", p.Line), p.Reason
	if p.Column > 0 {
		where = Reason("%s, column %d", where, p.Column)
	}
	if p.Header != "" {
		where = Reason("%s (%s)", where, p.Header)
	}
	if p.Value != "" {
		what = Reason("%q %s", p.Value, what)
	}
	return Reason("%s: %s", where, what)
}
