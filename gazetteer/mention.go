package gazetteer

import (
	"slices"

	"vedette"
	"vedette/gazetteer/words"
)

// Mention is a place named in a running text.
type Mention struct {
	Span  [2]int           // bytes in the text, half open
	Form  Form             // how it is said
	Areas []vedette.AreaID // candidates, likeliest first; several only when the name is ambiguous. Shared: not to be changed.

	// Slight says that the name alone is no sign of a place: that of a small
	// town, or one that is also an ordinary word or a person's. It counts
	// only where the text gives a sign; the reader decides.
	Slight bool
}

// Form is how a place is said.
type Form int8

// The forms.
const (
	FormName      Form = iota // "Iran", "Red Sea"
	FormAdjective             // "Iranian", "Middle Eastern", "Iraqis"
	FormCode                  // "US", "UAE", "MENA"
	FormAirport               // "Ben Gurion Airport", "Tel Aviv (TLV)"
)

// maxPhrase is the most words of a phrase.
const maxPhrase = 12

// Mentions finds places in running text: the longest match, from left to
// right, never overlapping. Places are written with capitals; a possessive
// is left out of the span. A name of several words runs over spaces, hyphens
// and slashes, not over a line's end. A place's name that is part of a
// person's name or of a body's is none (a modest rule, from given.txt and
// phrases.txt). The time is linear in the length of the text.
func (g *Gazetteer) Mentions(text string) []Mention {
	r := reading{lex: g.lexicon, scanner: words.NewScanner(text)}
	var out []Mention
	for r.fill(0) {
		m, count := r.match()
		if count > 0 && len(m.Areas) > 0 {
			if len(out) == cap(out) {
				out = slices.Grow(out, max(8, len(out))) // doubled: append grows a long list by a quarter, and copies it again and again
			}
			out = append(out, m)
		}
		r.head += max(count, 1)
	}
	return out
}

// reading is a text being searched, with a window of words about the present
// one.
type reading struct {
	lex     *lexicon
	scanner words.Scanner
	ring    [maxPhrase + 4]words.Word // words by number modulo its length
	head    int                       // number of the present word
	read    int                       // how many words were read
	key     [maxPhrase * (words.MaxBytes + 16)]byte
}

// word gives the i-th word from the present one; -1 is the one before.
func (r *reading) word(i int) *words.Word { return &r.ring[(r.head+i+len(r.ring))%len(r.ring)] }

// fill reads up to the i-th word from the present one.
func (r *reading) fill(i int) bool {
	for r.read <= r.head+i {
		if !r.scanner.Read(&r.ring[r.read%len(r.ring)]) {
			return false
		}
		r.read++
	}
	return true
}

// match gives the longest phrase at the present word and its number of
// words, 0 for none. A phrase that is no place has words but no areas.
func (r *reading) match() (Mention, int) {
	most := r.most()
	var found *entry
	var count, end int
	var small uint16
	key := r.key[:0]
	for i := range most {
		if !r.fill(i) {
			break
		}
		w := r.word(i)
		var ok bool
		if key, ok = join(key, w, i); !ok {
			break
		}
		if !w.Upper {
			small |= 1 << i
		}
		before := len(key)
		key = append(key, w.Key()...)
		if e := r.lex.entries[string(key)]; e != nil && r.fits(e, small) {
			found, count, end = e, i+1, w.End
		} else if w.Cut > 0 {
			if e := r.lex.entries[string(key[:before+len(w.Short())])]; e != nil && r.fits(e, small) {
				found, count, end = e, i+1, w.Cut
			}
		}
	}
	if found == nil {
		return Mention{}, 0
	}
	areas, form := r.sense(found, count)
	if len(areas) == 0 || r.isPerson(found, count) {
		return Mention{}, count
	}
	return Mention{Span: [2]int{r.word(0).Start, end}, Form: form, Areas: areas[:len(areas):len(areas)]}, count
}

// most gives the most words of a phrase that begins with the present word.
func (r *reading) most() int {
	w := r.word(0)
	if !w.Upper || w.Long {
		return 0
	}
	most := r.lex.first[string(w.Key())]
	if w.Cut > 0 {
		most = max(most, r.lex.first[string(w.Short())])
	}
	return min(int(most), maxPhrase)
}

// join appends what parts the i-th word from the one before; false where no
// phrase goes on.
func join(key []byte, w *words.Word, i int) ([]byte, bool) {
	switch {
	case i == 0:
		return key, true
	case w.Long || w.Gap == words.GapOther:
		return key, false
	case w.Gap == words.GapComma:
		return append(key, ", "...), true
	}
	return append(key, ' '), true
}

// fits says whether the words' case is that of the entry.
func (r *reading) fits(e *entry, small uint16) bool {
	return small&^e.small&^1 == 0 && (e.form != FormCode || r.isCode())
}

// isCode says whether the present word is a code and not a word in capitals:
// "US" is, "us" and the last word of "CONTACT US" are not.
func (r *reading) isCode() bool {
	w := r.word(0)
	if !w.AllUpper {
		return false
	}
	if string(w.Key()) != "us" || r.head == 0 || w.Gap != words.GapSpace || !r.word(-1).AllUpper {
		return true
	}
	switch string(r.word(-1).Key()) {
	case "contact", "follow", "join", "call", "email", "mail", "about", "tell", "let", "help", "give", "write", "reach", "like", "visit":
		return false
	}
	return true
}

// sense gives the areas meant: after "the" another than elsewhere, where the
// entry says so and no further name and no "of" follows.
func (r *reading) sense(e *entry, count int) ([]vedette.AreaID, Form) {
	if len(e.article) == 0 || r.head == 0 || r.word(0).Gap != words.GapSpace || string(r.word(-1).Key()) != "the" {
		return e.areas, e.form
	}
	if r.fill(count) {
		next := r.word(count)
		if next.Gap == words.GapSpace && (next.Upper || string(next.Key()) == "of") {
			return e.areas, e.form
		}
	}
	return e.article, FormName
}

// isPerson says whether a place's name is a person's: "Michael Jordan",
// "Israel Katz".
func (r *reading) isPerson(e *entry, count int) bool {
	w := r.word(0)
	if count > 1 || e.form != FormName {
		return false
	}
	if r.head > 0 && w.Gap == words.GapSpace {
		if before := r.word(-1); before.Upper && r.lex.given[string(before.Key())] {
			return true
		}
	}
	if w.Cut > 0 || !r.lex.alsoGiven[string(w.Key())] || !r.fill(1) {
		return false
	}
	next := r.word(1)
	return next.Gap == words.GapSpace && next.Upper && (r.lex.family[string(next.Key())] || next.Cut > 0 && r.lex.family[string(next.Short())])
}
