package main

import (
	"slices"
	"strings"
	"unicode"

	"vedette/gazetteer/words"
)

const (
	famous   = 50_000 // inhabitants from which a city's names in other scripts are kept
	middling = 15_000 // and from which spellings a letter off are
	large    = 100_000
	mostEach = 10 // spellings kept of a town
	mostRare = 5  // and of a small one
)

// spellings chooses, of the alternate names GeoNames has of a town in all
// languages and without saying which, those that English reports may use:
// Latin ones near its name, and of cities those in other scripts.
func (a *assigner) spellings(t *town) (near, foreign []string) {
	most := mostRare
	if t.people >= middling {
		most = mostEach
	}
	seen := map[string]bool{words.Fold(t.name): true}
	for _, n := range append([]string{t.ascii}, t.others...) {
		key := words.Fold(n)
		if len(key) < 3 || len(key) > maxKey || seen[key] {
			continue
		}
		seen[key] = true
		switch {
		case isLatin(n):
			if len(near) < most && a.plausible(t, n) {
				near = append(near, n)
			}
		case t.people >= famous && len(foreign) < 2*mostEach && isWritten(n):
			foreign = append(foreign, n)
		}
	}
	return near, foreign
}

// maxKey is the longest folded name kept.
const maxKey = 60

// plausible says whether a Latin name is a spelling of the town's.
func (a *assigner) plausible(t *town, n string) bool {
	first, _, _ := strings.Cut(n, " ")
	if n == t.ascii || !startsUpper(first) || n == strings.ToUpper(n) || strings.ContainsAny(n, ",()/") {
		return n == t.ascii && startsUpper(first)
	}
	x, y := words.Fold(t.ascii), words.Fold(n)
	if k := a.loose(t.ascii); k != "" && k == a.loose(n) {
		return true
	}
	if withoutArticle(x) == withoutArticle(y) {
		return true
	}
	off := 0
	switch {
	case t.people >= large && len(x) >= 8:
		off = 2
	case t.people >= middling && len(x) >= 5:
		off = 1
	}
	return off > 0 && x[0] == y[0] && distance(x, y, off) <= off
}

// withoutArticle takes an Arabic article off a folded name.
func withoutArticle(key string) string {
	for _, a := range []string{"al ", "el ", "ar ", "as ", "ash ", "an ", "ad ", "at ", "az "} {
		if rest, ok := strings.CutPrefix(key, a); ok {
			return rest
		}
	}
	return key
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r) || r == '\'' || r == '‘' || r == '’' || r == 'ʿ'
	}
	return false
}

func isLatin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// isWritten says whether a name is in a script that we keep: Arabic, Hebrew,
// Cyrillic or Chinese.
func isWritten(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Han) {
			return false
		}
	}
	return true
}

// distance is how many letters two words differ in (Levenshtein), or more
// than most.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for k := range len(b) {
			cost := last
			if a[i] != b[k] {
				cost++
			}
			last = row[k+1]
			row[k+1] = min(cost, row[k]+1, row[k+1]+1)
		}
		if slices.Min(row) > most {
			return most + 1
		}
	}
	return row[len(b)]
}
