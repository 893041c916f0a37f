// Package words takes text apart into words, and folds names to the keys they
// are found by.
package words

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters that have no decomposition but are written plainly in reports.
var plainLetters = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ı': "i", 'ħ': "h", 'ŧ': "t",
	'ə': "a", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th",
}

// foldTable has the folding of every rune below its length: "" drops it.
var foldTable = sync.OnceValue(func() []string {
	table := make([]string, 0x2100)
	for r := range table {
		table[r] = foldRune(rune(r))
	}
	return table
})

// foldRune is the lower-case letter without its marks; "" for a mark or an
// apostrophe, and the rune itself where there is nothing to fold.
func foldRune(r rune) string {
	if isApostrophe(r) || unicode.Is(unicode.Mn, r) {
		return ""
	}
	low := unicode.ToLower(r)
	if s, ok := plainLetters[low]; ok {
		return s
	}
	if low < utf8.RuneSelf {
		return string(low)
	}
	var b strings.Builder
	for _, d := range norm.NFD.String(string(low)) {
		if !unicode.Is(unicode.Mn, d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
	return b.String()
}

// isApostrophe says whether the rune is written for an apostrophe, an ayn or
// a hamza inside a name.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '`', '´', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '′', 'ˈ':
		return true
	}
	return false
}

// appendFold appends the folded rune.
func appendFold(b []byte, table []string, r rune) []byte {
	if r >= 0 && int(r) < len(table) {
		return append(b, table[r]...)
	}
	if unicode.Is(unicode.Mn, r) {
		return b
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// Fold brings a name to the key it is found by: lower case, no diacritics,
// no apostrophes and dots, "&" as "and", words parted by one space, a comma
// kept as ", ", and no article in front.
func Fold(name string) string {
	key := make([]byte, 0, len(name))
	s := NewScanner(name)
	for {
		w, ok := s.next()
		if !ok {
			break
		}
		if len(key) > 0 {
			if w.gap == GapComma {
				key = append(key, ',')
			}
			key = append(key, ' ')
		}
		key = append(key, w.folded...)
	}
	folded := string(key)
	if rest, ok := strings.CutPrefix(folded, "the "); ok {
		return rest
	}
	return folded
}
