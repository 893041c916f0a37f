package gazetteer

import (
	"slices"

	"vedette/gazetteer/words"
)

// person says how many words from the present one are a person's name that
// holds a place's, 0 for none: "Michael Jordan", "Israel Katz", "President
// Chad Holland".
func (r *reading) person(f found) int {
	w := r.word(0)
	if f.count > 1 {
		return 0
	}
	if e := r.g.names.entryOf(f.key); e != nil && e.form != FormName {
		return 0
	}
	x := &r.g.lexicon
	if r.head > 0 && r.nextTo(w, r.word(-1)) {
		before := r.word(-1)
		if before.Upper && x.given[string(before.Key())] {
			return 1
		}
	}
	if w.Cut > 0 || !r.fill(1) {
		return 0
	}
	next := r.word(1)
	if !next.Upper || next.AllUpper && !w.AllUpper || !r.nextTo(next, w) {
		return 0
	}
	family := x.family[string(next.Key())] || next.Cut > 0 && x.family[string(next.Short())]
	if x.alsoGiven[string(w.Key())] && family {
		return 2
	}
	if r.titled() && !x.institutions[string(next.Key())] && !x.after[string(next.Key())] {
		return 2
	}
	return 0
}

// nextTo says whether a word follows another with nothing but one space.
func (r *reading) nextTo(w, before *words.Word) bool {
	return w.Gap == words.GapSpace && w.Start == before.End+1 && r.text[before.End] == ' '
}

// titled says whether a title stands before the present word: "Gen.",
// "President". A title that belongs to a place before ("US President") is one
// too.
func (r *reading) titled() bool {
	if r.head == 0 {
		return false
	}
	w, before := r.word(0), r.word(-1)
	if !r.g.lexicon.titles[string(before.Key())] || before.Cut > 0 {
		return false
	}
	between := r.text[before.End:w.Start]
	return slices.Contains([]string{" ", ". ", "."}, between)
}
