package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a run of a statement's text, with its words. Token offsets are
// those of the whole text.
type Sentence struct {
	Start, End int
	Tokens     []Token
}

// FarBack is how far, in words, a clause is followed from a word of it; it bounds
// the work on endless sentences.
const FarBack = 64

// Sentences parts a text at its points, question and exclamation marks.
// A point after one of the abbreviations ends none.
func Sentences(text string, ts []Token, abbreviations *Table) []Sentence {
	var out []Sentence
	from := 0
	for i := range ts {
		if !endsAt(text, ts, i, abbreviations) {
			continue
		}
		to := i + 1
		for to < len(ts) && (ts[to].Word == `"` || ts[to].Word == ")") && ts[to].Start == ts[to-1].End {
			to++
		}
		if to > from {
			out = append(out, Sentence{Start: ts[from].Start, End: ts[to-1].End, Tokens: ts[from:to]})
		}
		from = to
	}
	if from < len(ts) {
		out = append(out, Sentence{Start: ts[from].Start, End: len(text), Tokens: ts[from:]})
	}
	return out
}

// endsAt says whether token i ends a sentence: a mark followed by a space and
// a capital, a digit or a quotation mark, and not that of an abbreviation.
func endsAt(text string, ts []Token, i int, abbreviations *Table) bool {
	w := ts[i].Word
	if w != "." && w != "!" && w != "?" {
		return false
	}
	rest := strings.TrimLeft(text[ts[i].End:], `"”’')]`)
	if rest == "" {
		return true
	}
	next := strings.TrimLeft(rest, " ")
	c, _ := utf8.DecodeRuneInString(next)
	if len(next) == len(rest) || unicode.IsLower(c) {
		return false
	}
	if w != "." || i == 0 || ts[i-1].End != ts[i].Start {
		return true
	}
	before := ts[i-1]
	if utf8.RuneCountInString(before.Word) == 1 && before.Upper && before.Word[0] > '9' && unicode.IsUpper(c) {
		return false // an initial
	}
	if _, ok := abbreviations.Whole(ts[i-1 : i]); ok {
		return (before.Word == "p.m" || before.Word == "a.m") && !isCode(text, ts, i+1)
	}
	return true
}

// isCode says whether a word of two to four capitals stands at a token: the
// zone of "4:00 p.m. CDT".
func isCode(text string, ts []Token, i int) bool {
	if i >= len(ts) {
		return false
	}
	w := text[ts[i].Start:ts[i].End]
	return len(w) <= 4 && Capitals(w)
}

// Capitals says whether a word of several letters is written without a small
// one: a body, a code, a zone.
func Capitals(w string) bool { return len(w) > 1 && strings.ToUpper(w) == w }

// Of gives the text of tokens from up to to.
func Of(text string, ts []Token, from, to int) string {
	if from >= to {
		return ""
	}
	return text[ts[from].Start:ts[to-1].End]
}

// At gives the index of the first token that begins at or after a byte.
func (s Sentence) At(b int) int {
	lo, hi := 0, len(s.Tokens)
	for lo < hi {
		if mid := (lo + hi) / 2; s.Tokens[mid].Start < b {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Words counts the tokens that are words.
func Words(ts []Token) int {
	n := 0
	for _, t := range ts {
		if t.IsWord() {
			n++
		}
	}
	return n
}

// Plain gives the words of a heading, label or value: no closing colon, dash
// or point, no quotation marks, no number sign.
func Plain(s string) []Token {
	t := Tokens(strings.TrimRight(s, " :–—-."))
	out := t[:0]
	for _, w := range t {
		if w.Word != "#" && w.Word != `"` {
			out = append(out, w)
		}
	}
	return out
}
