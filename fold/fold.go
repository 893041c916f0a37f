// Package fold brings words to the form they are found by, however they are typed.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain are letters that have no marks to take off, and are typed another way.
var plain = map[rune]string{
	'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ı': "i", 'ħ': "h", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th",
	'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ـ': "",
	'’': "", '‘': "", '\'': "", 'ʼ': "", 'ʿ': "", 'ʾ': "", '׳': "", '״': "",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
}

// Text brings a text to the form it is found by: small letters without marks, digits
// of any script as ours, letters that Persian and Arabic, or the end of a Hebrew word,
// write otherwise as one, blanks as one. Who looks for "Muller" or "احمد" finds "Müller"
// and "أحمد".
func Text(s string) string {
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

// Words are the words of a text, folded, in its order: runs of letters and digits; a
// sign of a script that has no blanks between words is one by itself. The article that
// Arabic writes on its word is taken off, with what stands before it.
func Words(s string) []string {
	var words []string
	for _, run := range strings.FieldsFunc(Text(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		words = append(words, parted(run)...)
	}
	return words
}

// parted parts the signs of scripts without blanks.
func parted(run string) (words []string) {
	begin := 0
	for i, r := range run {
		if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			continue
		}
		if i > begin {
			words = append(words, bare(run[begin:i]))
		}
		words, begin = append(words, string(r)), i+len(string(r))
	}
	if begin < len(run) {
		words = append(words, bare(run[begin:]))
	}
	return words
}

// articles are what Arabic writes on a word, the longest first.
var articles = []string{"وال", "بال", "كال", "فال", "ال", "لل"}

// leastBare is how many letters a word has without its article: a shorter one begins so
// by itself.
const leastBare = 3

func bare(word string) string {
	for _, a := range articles {
		if rest, ok := strings.CutPrefix(word, a); ok && len([]rune(rest)) >= leastBare {
			return rest
		}
	}
	return word
}
