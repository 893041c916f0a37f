package place

import (
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

func (f *Finder) capital(m gazetteer.Mention) (vedette.AreaID, bool) {
	if m.Form != gazetteer.FormName {
		return "", false
	}
	for _, a := range m.Areas {
		if country, ok := f.g.IsCapital(a); ok {
			return country, true
		}
	}
	return "", false
}

// paired says whether a mention stands in "X and Y" with a country or another
// capital.
func (f *Finder) paired(text string, ms []gazetteer.Mention, i int) bool {
	state := func(m gazetteer.Mention) bool {
		_, capital := f.capital(m)
		a, ok := f.area(m.Areas[0])
		return capital || ok && a.Kind == vedette.AreaCountry
	}
	return i > 0 && strings.TrimSpace(text[ms[i-1].Span[1]:ms[i].Span[0]]) == "and" && state(ms[i-1]) ||
		i+1 < len(ms) && strings.TrimSpace(text[ms[i].Span[1]:ms[i+1].Span[0]]) == "and" && state(ms[i+1])
}

// metonym says whether a capital's name stands for its government: by the
// word before it, the verb after it, or what it is said to own.
func (f *Finder) metonym(ts []phrase.Token, span vedette.Span, paired bool) bool {
	s := phrase.Sentence{Tokens: ts}
	from, to := s.At(span[0]), s.At(span[1])
	if from >= len(ts) || to > len(ts) {
		return false
	}
	if f.t.Metonyms.Is(ts, to, "site") {
		return false
	}
	at := from > 0 && f.t.Metonyms.Is(ts, from-1, "at") || f.between(ts, from, true)
	if from > 1 && ts[from-1].Word == "from" && f.t.Metonyms.Is(ts, from-2, "wrested") { // "concessions from Bogotá"
		return true
	}
	if from > 1 && f.relayed(ts, from) {
		return true
	}
	if from > 1 && ts[from-1].Word == "of" && f.t.Metonyms.Is(ts, from-2, "wish") { // "the wish of Naypyidaw"
		return true
	}
	if to < len(ts) && ts[to].Word == "'s" {
		return f.owns(ts, to) && (!at || ts[from-1].Word == "of" || ts[from-1].Word == "to" || ts[from-1].Word == "from")
	}
	if at || from > 1 && f.t.Metonyms.Is(ts, from-2, "away") || f.bound(ts, from) {
		return false
	}
	to = pastApposition(ts, to)
	for to < len(ts) && (ts[to].IsAdverb() || ts[to].Word == "first" || ts[to].Word == "both" || ts[to].Word == "each" || ts[to].Word == "now") { // "Tehran reportedly rejected"
		to++
	}
	if f.t.Metonyms.Is(ts, to, "does") || from > 0 && f.t.Metonyms.Is(ts, from-1, "moved") {
		return true
	}
	return f.between(ts, from, false) && (paired || f.dealing(ts, from))
}

// dealing says whether talks or the like stand before the "between" before a
// token: "talks between Bogotá and the faction".
func (f *Finder) dealing(ts []phrase.Token, from int) bool {
	for i := from - 1; i > 0 && i >= from-6; i-- {
		if ts[i].Word == "between" {
			return f.t.Metonyms.Is(ts, i-1, "dealings")
		}
	}
	return false
}

// pastApposition gives the token after what stands between commas behind a name:
// "Ankara, their main patron, has refrained".
func pastApposition(ts []phrase.Token, to int) int {
	if to+2 >= len(ts) || ts[to].Word != "," {
		return to
	}
	switch ts[to+1].Word {
	case "the", "a", "an", "its", "their", "whose", "long", "which":
	default:
		return to
	}
	for i := to + 2; i < len(ts) && i-to < 10; i++ {
		if ts[i].Word == "," {
			return i + 1
		}
	}
	return to
}

// bound says whether somebody leaves for a capital: "convoys left Zintan and
// Zawiya for Tripoli".
func (f *Finder) bound(ts []phrase.Token, from int) bool {
	if from < 2 || ts[from-1].Word != "for" {
		return false
	}
	for i := from - 2; i >= 0 && from-i < 10 && !ts[i].Ends(); i-- {
		if f.t.Metonyms.Is(ts, i, "leaves") {
			return true
		}
	}
	return false
}

// relayed says whether something was passed on through the government of a
// capital: "a message through Beijing".
func (f *Finder) relayed(ts []phrase.Token, from int) bool {
	if w := ts[from-1].Word; w != "through" && w != "via" {
		return false
	}
	for i := from - 2; i >= 0 && from-i < 5; i-- {
		if f.t.Metonyms.Is(ts, i, "relayed") {
			return true
		}
	}
	return false
}

// owns says whether what follows the possessive at a token is a government's:
// its policy, its refusal.
func (f *Finder) owns(ts []phrase.Token, possessive int) bool {
	for i := possessive + 1; i < len(ts) && i <= possessive+3; i++ {
		if f.t.Metonyms.Is(ts, i, "owns") {
			return true
		}
	}
	return false
}

// between says whether the words before a token are "between" or "between X
// and", and whether a road or flight stands before them, or none.
func (f *Finder) between(ts []phrase.Token, from int, way bool) bool {
	for i := from - 1; i >= 0 && i >= from-6; i-- {
		if ts[i].Word == "between" {
			return f.t.Metonyms.Is(ts, i-1, "way") == way
		}
		if !ts[i].Upper && ts[i].Word != "and" && ts[i].Word != "," {
			return false
		}
	}
	return false
}

// pairs makes a government of a capital that is joined to one: "Brussels and
// Berlin have summoned", "neither Kabul nor Islamabad wants".
func (f *Finder) pairs(text string, out []Found) {
	for i := len(out) - 2; i >= 0; i-- {
		a, b := &out[i], &out[i+1]
		if w := strings.TrimSpace(text[a.Span[1]:b.Span[0]]); a.Metonym && !b.Metonym && (w == "or" || w == "nor") {
			a, b = b, a // "orders from Islamabad or Kabul"
		}
		if a.Metonym || !b.Metonym || a.Form != gazetteer.FormName {
			continue
		}
		switch strings.TrimSpace(text[min(a.Span[1], b.Span[1]):max(a.Span[0], b.Span[0])]) {
		case "and", "nor", "or", ",":
			if country, ok := f.g.IsCapital(a.Area); ok {
				a.Area, a.Metonym, a.Areas = country, true, nil
			}
		}
	}
}
