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

	// Word says that the name is also an ordinary word or a person's.
	Word bool
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
// phrases.txt).
//
// A word for its sort beside it ("Kherson Oblast", "Province of Neuquén")
// makes a name a division's, and a comma and a larger place after it ("Paris,
// Texas") narrows it to what lies there. An airport's code counts only in
// parentheses after a place, or beside the word airport. The time is linear
// in the length of the text.
func (g *Gazetteer) Mentions(text string) []Mention {
	r := reading{g: g, text: text, scanner: words.NewScanner(text)}
	for r.fill(0) {
		n := r.step()
		r.head += max(n, 1)
	}
	return r.out
}

// ringSize has room for a phrase and the words beside it; a power of two.
const ringSize = 32

// reading is a text being searched, with a window of words about the present
// one.
type reading struct {
	g       *Gazetteer
	text    string
	scanner words.Scanner
	ring    [ringSize]words.Word // words by number modulo its length
	head    int                  // number of the present word
	read    int                  // how many words were read
	key     [maxPhrase * (words.MaxBytes + 16)]byte
	out     []Mention
	keys    [2]int // number of the last mention's key and of the one before
}

// word gives the i-th word from the present one; -1 is the one before.
func (r *reading) word(i int) *words.Word { return &r.ring[uint(r.head+i)%ringSize] }

// fill reads up to the i-th word from the present one.
func (r *reading) fill(i int) bool {
	for r.read <= r.head+i {
		if !r.scanner.Read(&r.ring[uint(r.read)%ringSize]) {
			return false
		}
		r.read++
	}
	return true
}

// step reads what begins at the present word and gives how many words that
// are, 0 for none.
func (r *reading) step() int {
	found := r.match()
	if found.count == 0 || r.isShort(found) {
		return r.code()
	}
	if n := r.person(found); n > 0 {
		return n
	}
	m, n := r.meaning(found)
	if len(m.Areas) > 0 {
		r.keep(m, found.key)
	}
	return n
}

// isShort says whether a phrase is a short word in capitals that is some
// town's name, in a text that is not in capitals: an abbreviation.
func (r *reading) isShort(f found) bool {
	w := r.word(0)
	if f.count > 1 || !w.AllUpper || len(w.Key()) > 4 || r.g.names.entryOf(f.key) != nil {
		return false
	}
	return (r.head == 0 || !r.word(-1).AllUpper) && !(r.fill(1) && r.word(1).AllUpper)
}

// keep appends a mention and lets it narrow the one before.
func (r *reading) keep(m Mention, key int) {
	if len(r.out) == cap(r.out) {
		r.out = slices.Grow(r.out, max(8, len(r.out))) // doubled: append grows a long list by a quarter, and copies it again and again
	}
	r.out = append(r.out, m)
	r.keys = [2]int{key, r.keys[0]}
	r.narrow()
}

// found is a phrase in the text.
type found struct {
	key   int // its number among the names
	count int // words
	end   int // byte after it
}

// match gives the longest phrase at the present word.
func (r *reading) match() found {
	var best found
	most := r.most()
	var small uint16
	key, h := r.key[:0], hashStart
	for i := range most {
		if !r.fill(i) {
			break
		}
		w := r.word(i)
		before := len(key)
		var ok bool
		if key, ok = join(key, w, i); !ok {
			break
		}
		h = hashOn(h, key[before:])
		if !w.Upper {
			small |= 1 << i
		}
		before = len(key)
		key = append(key, w.Key()...)
		whole := r.find(hashOn(h, w.Key()), key, small)
		if w.Cut > 0 {
			if k := r.find(hashOn(h, w.Short()), key[:before+len(w.Short())], small); k >= 0 && (whole < 0 || r.g.weightier(k, whole)) {
				best, whole = found{k, i + 1, w.Cut}, -1
			}
		}
		if whole >= 0 {
			best = found{whole, i + 1, w.End}
		}
		h = hashOn(h, w.Key())
	}
	return best
}

// find gives the number of a name that fits the words' case, -1 for none.
func (r *reading) find(h uint32, key []byte, small uint16) int {
	if k := r.g.names.find(h, key); k >= 0 && r.fits(k, small) {
		return k
	}
	return -1
}

// most gives the most words of a phrase that begins with the present word.
func (r *reading) most() int {
	w := r.word(0)
	if !w.Upper && !compass[string(w.Key())] || w.Long || len(w.Key()) == 0 || w.Key()[0] >= 0x80 { // names in other scripts are Lookup's alone
		return 0
	}
	first := &r.g.names.first
	most := (*first)[spread(hashOn(hashStart, w.Key()), firstBits)]
	if w.Cut > 0 {
		most = max(most, (*first)[spread(hashOn(hashStart, w.Short()), firstBits)])
	}
	return min(int(most), maxPhrase)
}

// compass has the words that a name may open with in small letters, where it is
// written so: "northeast Syria".
var compass = map[string]bool{"north": true, "south": true, "east": true, "west": true, "northeast": true, "northwest": true, "southeast": true, "southwest": true,
	"northern": true, "southern": true, "eastern": true, "western": true, "northeastern": true, "northwestern": true, "southeastern": true, "southwestern": true, "north-east": true, "north-eastern": true}

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

// fits says whether the words' case is that of the name.
func (r *reading) fits(key int, small uint16) bool {
	e := r.g.names.entryOf(key)
	if !r.word(0).Upper && (e == nil || e.small&1 == 0) {
		return false
	}
	if e == nil {
		return small&^uint16(r.g.names.small[key])&^1 == 0
	}
	may := e.small
	if e.towns >= 0 {
		may |= uint16(r.g.names.small[e.towns])
	}
	return small&^may&^1 == 0 && (e.form != FormCode || r.isCode())
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

// meaning gives the mention of a phrase, without areas where it is no place,
// and the number of words it takes.
func (r *reading) meaning(f found) (Mention, int) {
	s := r.g.sense(f.key)
	m := Mention{Span: [2]int{r.word(0).Start, f.end}, Form: s.form, Areas: s.areas, Slight: s.slight, Word: s.word}
	if len(s.divisions) > 0 {
		if n, end := r.sortAfter(f, s); n > 0 {
			m.Areas, m.Slight, m.Form = s.divisions, false, FormName
			if end > 0 {
				m.Span[1] = end
			}
			return r.capped(m), f.count + n
		}
		if start, ok := r.sortBefore(); ok {
			m.Areas, m.Slight, m.Form = s.divisions, false, FormName
			m.Span[0] = start
			return r.capped(m), f.count
		}
	}
	if len(s.article) > 0 && r.afterArticle(f.count) {
		m.Areas, m.Form, m.Slight = s.article, FormName, false
	}
	return r.capped(m), f.count
}

// mostAreas is the most candidates of a mention.
const mostAreas = 12

func (r *reading) capped(m Mention) Mention {
	n := min(len(m.Areas), mostAreas)
	m.Areas = m.Areas[:n:n]
	return m
}

// afterArticle says whether "the" stands before the phrase, and no further
// name and no "of" after it.
func (r *reading) afterArticle(count int) bool {
	if r.head == 0 || r.word(0).Gap != words.GapSpace || string(r.word(-1).Key()) != "the" {
		return false
	}
	if r.fill(count) {
		next := r.word(count)
		if next.Gap == words.GapSpace && (next.Upper || string(next.Key()) == "of") {
			return false
		}
	}
	return true
}

// sortAfter says how many words after the phrase are the word for the sort of
// a division, and where they end if they have a capital and so belong to the
// name.
func (r *reading) sortAfter(f found, s *sense) (n, end int) {
	if f.end != r.word(f.count-1).End { // a possessive
		return 0, 0
	}
	if !r.fill(f.count) || !r.spaced(f.count, 1) {
		return 0, 0
	}
	w, last := r.word(f.count), r.word(f.count)
	n = 1
	switch {
	case r.g.lexicon.sortHeads[string(w.Key())] && r.fill(f.count+1) && r.spaced(f.count+1, 1) &&
		r.g.lexicon.after[string(w.Key())+" "+string(r.word(f.count+1).Key())]:
		n, last = 2, r.word(f.count+1)
	case w.Cut > 0 && r.g.lexicon.after[string(w.Short())]:
	case !r.g.lexicon.after[string(w.Key())]:
		return 0, 0
	}
	if !w.Upper {
		if s.strict && string(w.Key()) != "state" && string(w.Key()) != "province" {
			return 0, 0
		}
		return n, 0
	}
	return n, wordEnd(last)
}

// wordEnd is the end of a word without a possessive.
func wordEnd(w *words.Word) int {
	if w.Cut > 0 {
		return w.Cut
	}
	return w.End
}

// spaced says whether n words from the i-th follow with spaces only.
func (r *reading) spaced(i, n int) bool {
	for k := i; k < i+n; k++ {
		w := r.word(k)
		if w.Gap != words.GapSpace || w.Start == 0 || r.text[w.Start-1] == '-' || r.text[w.Start-1] == '/' {
			return false
		}
	}
	return true
}

// sortBefore says whether "Province of" or the like stands before the phrase,
// and where the name then begins.
func (r *reading) sortBefore() (start int, ok bool) {
	if r.head < 2 || r.word(0).Gap != words.GapSpace || string(r.word(-1).Key()) != "of" || r.word(-1).Gap != words.GapSpace {
		return 0, false
	}
	w := r.word(-2)
	if !r.g.lexicon.before[string(w.Key())] {
		return 0, false
	}
	if !w.Upper {
		return r.word(0).Start, true
	}
	if n := len(r.out); n > 0 && r.out[n-1].Span[1] > w.Start {
		if r.out[n-1].Span[0] < w.Start {
			return r.word(0).Start, true
		}
		r.out, r.keys[0] = r.out[:n-1], r.keys[1] // a town that is called Republic
	}
	return w.Start, true
}
