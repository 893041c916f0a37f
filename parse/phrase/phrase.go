// Package phrase matches phrases against the words of a text. The phrases
// come from word tables: plain files with a label and its phrases a line, so
// that a word is added in one place without touching code.
//
// A table line is
//
//	label: phrase; phrase; phrase
//
// and a phrase is words with a space between:
//
//	word     that word, in any case
//	a/b/c    one of them
//	word*    a word that begins so, with three letters or more
//	?word    may be missing
//	#        a number
//	...      up to twelve words of the same sentence
//	/        the mark itself, with a blank on either side
//
// "#" at the start of a line opens a comment. A line may go on with a
// backslash at its end.
package phrase

import (
	"fmt"
	"slices"
	"strings"
)

// Table is a set of phrases with labels.
type Table struct {
	labels   []string
	exact    index              // by first word
	prefixed map[string][]*form // by the first three bytes of a first word with a star
	numbers  []*form            // that open with a number

	words, stems sieve // what exact and prefixed may hold
}

type form struct {
	label string
	parts []part
}

type part struct {
	words    []string // alternatives
	letters  uint64   // the bytes they open with, modulo 64: tells quickly that none fits
	stars    []bool   // the alternative is a beginning
	number   bool
	gap      bool
	optional bool
}

const gapWords = 12

// Load reads a table. A malformed line is a panic: tables are embedded, and a
// test loads each.
func Load(text string) *Table {
	t, exact := &Table{prefixed: map[string][]*form{}}, map[string][]*form{}
	for n, line := range joined(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		label, phrases, ok := strings.Cut(line, ":")
		if !ok {
			panic(fmt.Sprintf("word table entry %d: no colon after the label in %q", n+1, line))
		}
		label = strings.TrimSpace(label)
		t.labels = append(t.labels, label)
		for p := range strings.SplitSeq(phrases, ";") {
			if p = strings.TrimSpace(p); p != "" {
				t.add(&form{label: label, parts: parse(p)}, exact)
			}
		}
	}
	t.exact = newIndex(exact)
	return t
}

// Labels gives the labels in the order of the file.
func (t *Table) Labels() []string { return t.labels }

func joined(text string) []string {
	return strings.Split(strings.ReplaceAll(text, "\\\n", " "), "\n")
}

func parse(p string) []part {
	var out []part
	for w := range strings.FieldsSeq(strings.ToLower(p)) {
		var e part
		if len(w) > 1 && w[0] == '?' {
			e.optional, w = true, w[1:]
		}
		switch w {
		case "#":
			e.number = true
		case "...":
			e.gap = true
		case "/":
			e.words, e.stars, e.letters = []string{w}, []bool{false}, letter(w)
		default:
			for a := range strings.SplitSeq(w, "/") {
				e.words = append(e.words, strings.TrimSuffix(a, "*"))
				e.letters |= letter(a)
				e.stars = append(e.stars, strings.HasSuffix(a, "*"))
			}
		}
		out = append(out, e)
	}
	if len(out) == 0 || out[0].gap || out[0].optional {
		panic(fmt.Sprintf("word table: %q opens with a gap or an optional word", p))
	}
	return out
}

func (t *Table) add(f *form, exact map[string][]*form) {
	first := f.parts[0]
	if first.number {
		t.numbers = append(t.numbers, f)
		return
	}
	for i, w := range first.words {
		if first.stars[i] {
			t.prefixed[w[:stem]] = append(t.prefixed[w[:stem]], f)
			t.stems.put(stemMark(w))
			continue
		}
		exact[w] = append(exact[w], f)
		t.words.put(fold16(marksOf(w).word))
	}
}

// Hit is a phrase found: tokens From up to, not including, To.
type Hit struct {
	Label    string
	From, To int
}

// Find gives the phrases in the tokens from left to right, the longest at
// each place, without overlap.
func (t *Table) Find(tokens []Token) []Hit {
	var hits []Hit
	for i := 0; i < len(tokens); {
		if !t.may(tokens[i].marks()) && len(t.numbers) == 0 { // the usual word
			i++
			continue
		}
		h, ok := t.At(tokens, i)
		if !ok {
			i++
			continue
		}
		hits = append(hits, h)
		i = h.To
	}
	return hits
}

// At gives the best phrase that begins at token i: the one with most words of
// its own, among equals the shortest. Behind the last token none does.
func (t *Table) At(tokens []Token, i int) (Hit, bool) {
	if i >= len(tokens) {
		return Hit{From: i, To: i}, false
	}
	w := tokens[i].Word
	best, most := Hit{From: i, To: i}, 0
	try := func(forms []*form) {
		for _, f := range forms {
			if !f.mayGoOn(tokens, i+1) {
				continue
			}
			to, words := match(f.parts, tokens, i)
			if words > most || words == most && words > 0 && to < best.To {
				best.Label, best.To, most = f.label, to, words
			}
		}
	}
	try(t.word(w, tokens[i].marks()))
	try(t.stem(w, tokens[i].marks()))
	if isNumber(w) {
		try(t.numbers)
	}
	return best, most > 0
}

// Is says whether a phrase of that label begins at token i, whatever longer ones
// of other labels do.
func (t *Table) Is(tokens []Token, i int, label string) bool {
	if i < 0 || i >= len(tokens) {
		return false
	}
	w, m := tokens[i].Word, tokens[i].marks()
	if !t.may(m) && (len(t.numbers) == 0 || !isNumber(w)) {
		return false // the usual word
	}
	is := func(f *form) bool {
		if f.label != label {
			return false
		}
		_, words := match(f.parts, tokens, i)
		return words > 0
	}
	return slices.ContainsFunc(t.word(w, m), is) || slices.ContainsFunc(t.stem(w, m), is) || isNumber(w) && slices.ContainsFunc(t.numbers, is)
}

// may says whether a form may open with the word of those marks.
func (t *Table) may(m marks) bool { return t.words.has(fold16(m.word)) || t.stems.has(m.stem) }

// word gives the forms that open with a word.
func (t *Table) word(w string, m marks) []*form {
	if !t.words.has(fold16(m.word)) {
		return nil
	}
	return t.exact.find(w, m.word)
}

// stem is how many bytes of a beginning are told apart before all of it is
// compared; a word with a star has as many.
const stem = 3

// stem gives the forms that may open with the beginning of a word.
func (t *Table) stem(w string, m marks) []*form {
	if !t.stems.has(m.stem) || len(w) < stem {
		return nil
	}
	return t.prefixed[w[:stem]]
}

// Whole says whether one phrase covers all tokens, and gives its label.
func (t *Table) Whole(tokens []Token) (string, bool) {
	if len(tokens) == 0 {
		return "", false
	}
	h, ok := t.At(tokens, 0)
	return h.Label, ok && h.To == len(tokens)
}

// Names says whether one phrase is all that a heading, label or value says,
// and gives its label.
func (t *Table) Names(text string) (string, bool) {
	if !t.Opens(text) {
		return "", false
	}
	return t.Whole(Plain(text))
}

// Opens says whether a phrase may begin with the first word of a text, quotation
// marks and number signs aside. It reads no further, so it is the cheap
// question before the others.
func (t *Table) Opens(text string) bool {
	var buf [32]byte
	for i := 0; i < len(text); {
		if word := small(buf[:0], text[i:]); word != nil {
			return t.mayOpen(string(word))
		}
		w, next := tokenAt(text, i)
		if w.End > 0 && w.Word != "#" && w.Word != `"` {
			return t.mayOpen(w.Word) || isNumber(w.Word) && len(t.numbers) > 0
		}
		i = next
	}
	return false
}

func (t *Table) mayOpen(w string) bool {
	m := marksOf(w)
	return len(t.word(w, m)) > 0 || len(t.stem(w, m)) > 0
}

// small appends the word a text opens with, in small letters, if it is a short
// one of plain letters with a blank or nothing after it: the usual one, read
// without making a string. Else nil.
func small(b []byte, text string) []byte {
	for i := 0; i < len(text) && text[i] != ' '; i++ {
		c := text[i] | 0x20
		if c < 'a' || c > 'z' || i == cap(b) {
			return nil
		}
		b = append(b, c)
	}
	if len(b) == 0 {
		return nil
	}
	return b
}

// match gives the token after the parts and how many words of their own they
// took; no words when they do not fit.
func match(parts []part, tokens []Token, i int) (to, words int) {
	if len(parts) == 0 {
		return i, 0
	}
	p, last := &parts[0], len(parts) == 1
	if p.gap {
		return skip(parts[1:], tokens, i)
	}
	if i < len(tokens) && p.fits(tokens[i].Word) {
		if last {
			return i + 1, 1
		}
		if to, words := match(parts[1:], tokens, i+1); words > 0 || optional(parts[1:]) {
			return max(to, i+1), words + 1
		}
	}
	if p.optional {
		return match(parts[1:], tokens, i)
	}
	return i, 0
}

// skip matches the parts after a gap: marks count for nothing in it, and it
// ends where the sentence does.
func skip(parts []part, tokens []Token, i int) (to, words int) {
	for n, from := 0, i; n <= gapWords && i < len(tokens) && i-from < 3*gapWords; i++ {
		if to, words := match(parts, tokens, i); words > 0 {
			return to, words
		}
		if tokens[i].Ends() {
			break
		}
		if tokens[i].IsWord() {
			n++
		}
	}
	return i, 0
}

// optional says whether all the parts may be missing.
func optional(parts []part) bool {
	for i := range parts {
		if p := &parts[i]; !p.optional && !p.gap {
			return false
		}
	}
	return true
}

// mayGoOn says whether the second part may fit the token i, told by a letter.
func (f *form) mayGoOn(tokens []Token, i int) bool {
	if len(f.parts) < 2 {
		return true
	}
	p := &f.parts[1]
	return p.letters == 0 || p.optional || i < len(tokens) && p.letters&letter(tokens[i].Word) != 0
}

func letter(w string) uint64 {
	if w == "" {
		return 0
	}
	return 1 << (w[0] & 63)
}

func (p *part) fits(w string) bool {
	if p.number {
		return isNumber(w)
	}
	if p.letters&letter(w) == 0 {
		return false
	}
	for i, a := range p.words {
		if w == a || p.stars[i] && strings.HasPrefix(w, a) {
			return true
		}
	}
	return false
}

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }
