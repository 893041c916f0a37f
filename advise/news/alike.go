package news

import "strings"

// Alike says whether two statements have so many words in common that they may say the
// same: a person is shown both beside each other.
func Alike(a, b string) bool {
	x, y := bag(a), bag(b)
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return common >= 3 && common*10 >= (len(x)+len(y)-common)*6
}

// bag gives the words of a text that say something: of four letters and more, and figures.
func bag(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \t\n.,;:!?()[]\"'“”‘’–—/", r) }) {
		if len([]rune(w)) > 3 || strings.ContainsAny(w, "0123456789") {
			out[w] = true
		}
	}
	return out
}
