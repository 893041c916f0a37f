package roster

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"vedette/fold"
)

// Finder gives the question whether a text holds all of some words, however they
// are typed.
func Finder(words string) func(text string) bool {
	list := strings.Fields(fold.Text(words))
	list = list[:min(len(list), maxWords)]
	return func(text string) bool {
		if len(list) == 0 {
			return true
		}
		text = fold.Text(text)
		return !slices.ContainsFunc(list, func(w string) bool { return !strings.Contains(text, w) })
	}
}

// SortNames puts things in the order of their names, as people are in it.
func SortNames[T any](list []T, name func(T) string) {
	c := collate.New(language.Und)
	slices.SortStableFunc(list, func(a, b T) int { return c.CompareString(name(a), name(b)) })
}
