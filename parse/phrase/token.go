package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word or a mark of punctuation in a text.
type Token struct {
	Start, End int    // bytes in the text
	Word       string // lower case, apostrophes straight; a mark is itself
	mark       uint32 // by which tables know the word, and its beginning
	stem       uint16
	Upper      bool // the word opens with a capital or a digit
}

// Ends says whether the token is a mark that ends a sentence or its half.
func (t Token) Ends() bool { return t.Word == "." || t.Word == ";" || t.Word == "!" || t.Word == "?" }

// IsWord says whether the token is a word rather than a mark.
func (t Token) IsWord() bool {
	r, _ := utf8.DecodeRuneInString(t.Word)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// IsAdverb says whether the token is one by its end: "reportedly", not "rally".
func (t Token) IsAdverb() bool {
	switch t.Word {
	case "rally", "supply", "assembly", "family", "ally", "reply", "monopoly", "anomaly", "only", "apply", "comply", "rely", "july", "italy", "fly", "ugly", "early":
		return false
	}
	return strings.HasSuffix(t.Word, "ly")
}

// Tokens cuts a text into words and marks. A hyphen parts words and is no
// token ("pre-negotiation" is two words); so is a point inside an
// abbreviation or number ("U.S." is "u.s", "3.5" is "3.5"); a possessive 's
// is a token of its own.
func Tokens(text string) []Token {
	out := make([]Token, 0, atMost(text))
	for i := 0; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		if end, h := smallWord(text, i); end > 0 {
			w := text[i:end]
			out = append(out, Token{Start: i, End: end, Word: w, mark: h, stem: stemMark(w)})
			i = end
			continue
		}
		t, next := tokenAt(text, i)
		if t.End > 0 {
			m := marksOf(t.Word)
			t.mark, t.stem = m.word, m.stem
			out = append(out, t)
		}
		i = next
	}
	return out
}

// smallWord gives the end and the hash of a word of small plain letters with a
// blank after it, the usual one; no end where the word is any other.
func smallWord(text string, i int) (end int, h uint32) {
	for ; i < len(text); i++ {
		c := text[i]
		if c < 'a' || c > 'z' {
			if c == ' ' && h != 0 {
				return i, h
			}
			return 0, 0
		}
		h = hashOn(h, c)
	}
	return 0, 0
}

// atMost gives about how many tokens a text has, seldom too few.
func atMost(text string) int {
	n, gap := 0, byte(letter1)
	for i := range len(text) {
		k := kinds[text[i]]
		n += int(k&mark1) + int(k&gap)>>1 // a mark, or a letter after something else
		gap = letter1 &^ k
	}
	return n
}

// mark1 and letter1 say of a byte that it is a mark, or of a word.
const (
	mark1   = 1
	letter1 = 2
)

// kinds has what each byte is; that which opens a curly quotation mark, an
// apostrophe or a dash is a mark.
var kinds = func() (of [256]byte) {
	for i := range of {
		switch c := byte(i); {
		case c == ' ' || c == '-':
		case c == 0xe2:
			of[i] = mark1
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf:
			of[i] = letter1
		default:
			of[i] = mark1
		}
	}
	return of
}()

// Count counts the words of a text, at most so many: it reads no further.
func Count(text string, most int) int {
	n := 0
	for i := 0; i < len(text) && n < most; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
			i = wordEnd(text, i)
			continue
		}
		if apostrophe(r) && possessive(text[i+size:]) {
			size++ // its s is a mark
		}
		i += size
	}
	return n
}

// tokenAt gives the token at a byte and the byte to go on at; a token without
// an end where there is none, such as at a blank.
func tokenAt(text string, i int) (t Token, next int) {
	r, n := rune(text[i]), 1
	if r >= utf8.RuneSelf {
		r, n = utf8.DecodeRuneInString(text[i:])
	}
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		end := wordEnd(text, i)
		return Token{Start: i, End: end, Word: fold(text[i:end]), Upper: unicode.IsUpper(r) || unicode.IsDigit(r)}, end
	case apostrophe(r) && possessive(text[i+n:]):
		end := i + n + 1
		return Token{Start: i, End: end, Word: "'s"}, end
	case r == ' ' || r == '-' || r == '\u2010' || r == '\u2011' || apostrophe(r) && inWord(text, i, n):
	case r < utf8.RuneSelf && unicode.IsSpace(r):
	default:
		return Token{Start: i, End: i + n, Word: mark(r, text[i:i+n])}, i + n
	}
	return Token{}, i + n
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

// possessive says whether a lone s follows the apostrophe.
func possessive(after string) bool {
	if after == "" || after[0] != 's' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(after[1:])
	return len(after) == 1 || !unicode.IsLetter(r)
}

// inWord says whether an apostrophe follows a letter: the end of a plural
// possessive rather than a quotation mark of its own.
func inWord(text string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsLetter(before) && text[i] == '\''
}

func mark(r rune, s string) string {
	switch r {
	case '“', '”', '«', '»', '„':
		return `"`
	case '‘':
		return `'`
	case '’':
		return `'`
	case '–', '—':
		return "–"
	case '…':
		return "."
	}
	return s
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			i++
			continue
		} else if c == ' ' {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			i += n
			continue
		}
		next, m := utf8.DecodeRuneInString(text[i+n:])
		inner := m > 0 && (unicode.IsLetter(next) || unicode.IsDigit(next))
		if inner && apostrophe(r) && !possessive(text[i+n:]) {
			i += n
			continue
		}
		if inner && (r == '.' && abbreviates(text, i, next) || r == ',' && thousands(text[i+n:])) {
			i += n
			continue
		}
		break
	}
	return i
}

// abbreviates says whether a point belongs to the word around it: "U.S",
// "a.m", "3.5", not "end.Next".
func abbreviates(text string, i int, next rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if unicode.IsDigit(before) {
		return unicode.IsDigit(next)
	}
	j := i - utf8.RuneLen(before)
	if j <= 0 {
		return unicode.IsLetter(next)
	}
	r, _ := utf8.DecodeLastRuneInString(text[:j])
	return unicode.IsLetter(next) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func thousands(after string) bool {
	if len(after) < 3 {
		return false
	}
	for i := range 3 {
		if after[i] < '0' || after[i] > '9' {
			return false
		}
	}
	return len(after) == 3 || after[3] < '0' || after[3] > '9'
}

func fold(w string) string {
	for i := 0; ; i++ {
		if i == len(w) {
			return w // small ASCII letters and digits: the usual word
		}
		if c := w[i]; c < '0' || c > '9' && c < 'a' || c > 'z' {
			break
		}
	}
	low := strings.ToLower(w)
	if len(low) == utf8.RuneCountInString(low) {
		return low
	}
	return strings.ReplaceAll(low, "’", "'")
}
