package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxCell is the number of characters a cell may have.
const MaxCell = 1_000

// Tidy brings a cell into one form: no space at the ends, runs of white space
// as one space, no invisible marks, no quote that guards a cell from being
// taken for a formula. The second result is the reason why the
// cell cannot be kept, nil where it can.
func Tidy(cell string) (string, error) {
	if Longer(cell, MaxCell) {
		return "", Reason("is %d characters long: a cell may have %d", utf8.RuneCountInString(cell), MaxCell)
	}
	if plain(cell) {
		return open(None(cell)), nil
	}
	var b strings.Builder
	space := false
	for _, r := range cell {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case invisible(r):
			continue
		case unicode.IsControl(r):
			return "", Reason("holds the control character %U: remove it", r)
		case r == utf8.RuneError:
			return "", Reason("holds a character that was lost on the way: save the file again as CSV in UTF-8")
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return open(None(b.String())), nil
}

// plain says whether a cell is ASCII that needs no tidying.
func plain(cell string) bool {
	last := byte(' ')
	for i := range len(cell) {
		c := cell[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return cell == "" || last != ' '
}

// invisible tells marks that come along when text is copied: directional
// marks around phone numbers, soft hyphens, zero-width spaces. The joiners
// that Persian and Indic spelling needs stay.
func invisible(r rune) bool {
	switch r {
	case '\u00AD', '\u061C', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// None empties a cell that only says that there is nothing in it.
func None(cell string) string {
	switch cell {
	case "-", "–", "—", "n/a", "N/A", "#N/A":
		return ""
	}
	return cell
}

const cutAt = 40 // characters of a value shown in a problem

// Cut shortens a text for showing and frees it from the file's memory.
func Cut(s string) string {
	n := 0
	for i := range s {
		if n == cutAt {
			return strings.ToValidUTF8(s[:i], "\uFFFD") + "…"
		}
		n++
	}
	return strings.ToValidUTF8(strings.Clone(s), "\uFFFD")
}

// Longer says whether a text has more characters than n, without counting
// all of a huge one.
func Longer(s string, n int) bool {
	return len(s) > n && (len(s) > n*utf8.UTFMax || utf8.RuneCountInString(s) > n)
}
