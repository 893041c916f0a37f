package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What is folded once is folded: a name is found by itself.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Müller", "أحمد", "O’Neil", "Ǆ ﷺ", "\xff\x00", "٤٢", "ﬁ  x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		once := Text(s)
		if strings.ContainsAny(once, "\n\r\t") {
			t.Errorf("%q folds to more than a line: %q", s, once)
		}
		for _, w := range strings.Fields(s) {
			if !strings.Contains(once, strings.TrimSpace(Text(w))) {
				t.Errorf("%q is not found in %q (%q)", w, s, once)
			}
		}
	})
}
