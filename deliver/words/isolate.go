package words

import (
	"strings"
	"unicode"
)

// The marks that keep the direction of what stands between them to itself:
// first strong isolate, and pop directional isolate (UAX #9).
const (
	fsi = "\u2068"
	pdi = "\u2069"
)

// Isolate keeps foreign words in a plain text from turning the frame around
// them, or being turned by it: only those that hold letters of the other
// direction, so that a text of one direction keeps none of the marks.
func (t *Table) Isolate(s string) string {
	if strings.Contains(s, fsi) || !strings.ContainsFunc(s, t.turns) {
		return s // it holds what is isolated already: a list of names
	}
	return fsi + s + pdi
}

// turns says whether a character runs against the language's direction. In a
// frame from right to left numbers do too, by what stands around them.
func (t *Table) turns(r rune) bool {
	if t.Right {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !rightward(r)
	}
	return rightward(r)
}

// rightward says whether a character is of a script from right to left.
func rightward(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC || r >= 0x10800 && r <= 0x10FFF ||
		r >= 0x1E800 && r <= 0x1EFFF
}
