package tables

import "strings"

// Sorts is sorts.txt: words for a sort of division.
type Sorts struct {
	After, Before []string // English
	Strip         []string // of other languages
}

// SortWords reads sorts.txt.
func SortWords() (s Sorts, err error) {
	ls, err := lines("sorts.txt")
	for _, l := range ls {
		kind, rest, _ := strings.Cut(l.text, " ")
		switch kind {
		case "after":
			s.After = append(s.After, list(rest)...)
		case "before":
			s.Before = append(s.Before, list(rest)...)
		case "strip":
			s.Strip = append(s.Strip, list(rest)...)
		default:
			return s, l.errorf("begins with none of after, before, strip")
		}
	}
	return s, err
}
