package web

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// safe makes foreign text fit to stand on a page: valid UTF-8, white space
// and control characters one space each, and none of the controls that turn
// the direction of what follows. Marks and joiners that Arabic, Hebrew and
// Persian need stay.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case turns(r):
			return -1
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f', unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// visible is safe for a text that is to be seen exactly as it came: what
// cannot be seen is named, "‹U+202E›".
func visible(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "‹byte %02X›", s[i])
		case r == '\t':
			b.WriteByte('\t')
		case turns(r), unicode.IsControl(r):
			fmt.Fprintf(&b, "‹U+%04X›", r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// turns says whether a character reverses or embeds what follows it.
func turns(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF
}
