package roster

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// plain are letters that have no marks to take off, and are typed another way.
var plain = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ı': "i", 'ħ': "h", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ـ': "",
	'’': "", '‘': "", '\'': "", 'ʼ': "", 'ʿ': "", 'ʾ': "",
}

// fold brings a name or an address to the form it is found by: small letters
// without marks, digits of any script as ours, blanks as one. Who looks for
// "Muller" or "احمد" finds "Müller" and "أحمد".
func fold(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if unicode.Is(unicode.Mn, r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		r = unicode.ToLower(r)
		switch p, ok := plain[r]; {
		case ok:
			b.WriteString(p)
		case unicode.Is(unicode.Nd, r):
			b.WriteByte('0' + byte(digit(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// digit is the value of a decimal digit: those of a script lie together, by
// tens, from their zero.
func digit(r rune) rune {
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return (r - zero) % 10
}

// Finder gives the question whether a text holds all of some words, however they
// are typed.
func Finder(words string) func(text string) bool {
	list := strings.Fields(fold(words))
	list = list[:min(len(list), maxWords)]
	return func(text string) bool {
		if len(list) == 0 {
			return true
		}
		text = fold(text)
		return !slices.ContainsFunc(list, func(w string) bool { return !strings.Contains(text, w) })
	}
}

// SortNames puts things in the order of their names, as people are in it.
func SortNames[T any](list []T, name func(T) string) {
	c := collate.New(language.Und)
	slices.SortStableFunc(list, func(a, b T) int { return c.CompareString(name(a), name(b)) })
}
