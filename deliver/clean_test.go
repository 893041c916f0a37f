package deliver

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What is clean is one line whose direction nothing turns, and a text that is left
// as it is would have come out no other way.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", " ", "a b", " a", "a ", "a  b", "a\u00a0b", "a\u3000", "a\r\nb", "\u202egpj.exe", "\ufeffa", "\xff", "\ufffd", "عن\u200f البصرة", "a\x7f", "a\u0085b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if got != cleaned(s) || got != Clean(got) {
			t.Fatalf("%q is left as %q", s, got)
		}
		if !utf8.ValidString(got) || strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
			t.Fatalf("%q is not clean", got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || r != ' ' && unicode.IsSpace(r) || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", r) {
				t.Fatalf("%q is in %q", r, got)
			}
		}
	})
}
