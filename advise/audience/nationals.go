package audience

import (
	"slices"
	"strings"
	"unicode"

	"vedette"
	"vedette/gazetteer"
)

// dashes parts what is sometimes written as one word.
var dashes = strings.NewReplacer("dual-", "dual ", "Dual-", "Dual ", "passport-", "passport ")

// Read reads a phrase as it stands in a report.
func Read(g *gazetteer.Gazetteer, phrase string) Audience {
	a := Audience{Phrase: strings.TrimSpace(phrase)}
	words := strings.FieldsFunc(dashes.Replace(a.Phrase), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",/&;()", r) })
	if len(words) == 0 {
		return a
	}
	if i := slices.IndexFunc(words, func(w string) bool { return nationWords[bare(w)] }); i >= 0 {
		a.readNationals(g, words, i)
		return a
	}
	head, tail := split(words)
	a.narrower = narrows(tail)
	switch {
	case !a.narrower && all(head, func(w string) bool { return plainWords[bare(w)] || fillWords[bare(w)] }):
		a.kind = anyone
	case a.peoples(g, head):
		a.kind = nationals
	case a.readStanding(g): // who lives there, visits, is hired there, or has a family
	default:
		a.kind, a.narrower = unclear, false
	}
	return a
}

// readNationals reads a phrase whose word i is "nationals" or the like: what
// stands before it, or after it with "of", says whose.
func (a *Audience) readNationals(g *gazetteer.Gazetteer, words []string, i int) {
	before, tail := words[:i], words[i+1:]
	if len(tail) > 0 && strings.HasPrefix(bare(tail[0]), "holder") {
		tail = tail[1:]
	}
	m := marksOf(words[:i+1])
	countries, unknown := countriesIn(g, before)
	if len(countries) == 0 && len(tail) > 0 && bare(tail[0]) == "of" {
		var of []string
		of, tail = split(tail[1:])
		countries, unknown = countriesIn(g, of)
	}
	more, _ := split(tail)
	a.countries = countries
	a.wider = len(more) > 0 || m.besides || m.other && !m.foreign || m.dual && m.foreign
	a.narrower = narrows(tail) || m.foreign && unknown > 0
	a.kind = m.kind(len(countries), unknown)
}

// marks are the words that turn a group of nationals about.
type marks struct {
	foreign, dual, local bool
	other                bool // "US and other nationals"
	besides              bool // others are named before: "companies and US citizens"
	non                  int
}

func marksOf(words []string) (m marks) {
	linked := false
	for _, w := range words {
		b := bare(w)
		m.foreign = m.foreign || foreignWords[b]
		m.dual = m.dual || b == "dual"
		m.local = m.local || b == "local"
		m.other = m.other || b == "other"
		if b == "non" || b == "without" || strings.HasPrefix(b, "non-") {
			m.non++
		}
		m.besides = m.besides || plainWords[b]
		linked = linked || linkWords[b]
	}
	m.besides = m.besides && !linked // "those with US citizenship" are one group
	return m
}

// kind tells the group by its marks, how many countries it names, and how
// many words were not understood: with any of those it stays a question.
func (m marks) kind(countries, unknown int) kind {
	switch {
	case m.foreign:
		return foreign
	case unknown > 0:
		return unclear
	case m.dual && m.non == 0:
		return duals
	case m.local && countries+m.non == 0:
		return locals
	case m.non > 0 && m.non == countries:
		return others
	case m.non == 0 && countries > 0:
		return nationals
	}
	return unclear
}

// countriesIn reads a run of words as names or peoples of countries, the
// longest first ("Saudi Arabian"), and counts the words it does not know.
func countriesIn(g *gazetteer.Gazetteer, words []string) (out []vedette.AreaID, unknown int) {
	ws := parted(g, words)
	for i := 0; i < len(ws); {
		n := 0
		for k := min(4, len(ws)-i); k > 0 && n == 0; k-- {
			if c, ok := country(g, ws[i:i+k]); ok {
				out, n = append(out, c), k
			}
		}
		if n == 0 {
			if !empty(ws[i]) {
				unknown++
			}
			n = 1
		}
		i += n
	}
	return out, unknown
}

// parted takes "non-" off a word, and "US-Iranian" apart unless it is the
// name of one country.
func parted(g *gazetteer.Gazetteer, words []string) []string {
	var out []string
	for _, w := range words {
		w = strings.TrimPrefix(strings.TrimPrefix(w, "non-"), "Non-")
		if _, ok := g.Country(w); ok || !strings.Contains(w, "-") {
			out = append(out, w)
			continue
		}
		out = append(out, strings.Split(w, "-")...)
	}
	return out
}

// country reads words as one country. The gazetteer takes ISO codes in any
// case, where running text has "and" and "in": a word of our own tables is
// none, and a short one must be written large.
func country(g *gazetteer.Gazetteer, words []string) (vedette.AreaID, bool) {
	if len(words) == 1 && (empty(words[0]) || len(words[0]) < 4 && strings.ToLower(words[0]) == words[0]) {
		return "", false
	}
	c, ok := g.Country(strings.Trim(strings.Join(words, " "), ".:'’\"“”"))
	return c.ID, ok
}

// empty says whether a word tells nothing of whose citizens are meant.
func empty(w string) bool {
	b := bare(w)
	return fillWords[b] || plainWords[b] || markWords[b] || linkWords[b]
}

// peoples reads "Israelis", "Americans and Britons": words for peoples, not
// names of countries, and nothing else.
func (a *Audience) peoples(g *gazetteer.Gazetteer, head []string) bool {
	countries, unknown := countriesIn(g, head)
	if len(countries) == 0 || unknown > 0 {
		return false
	}
	for _, w := range head {
		if plainWords[bare(w)] || !fillWords[bare(w)] && !strings.HasSuffix(w, "s") {
			return false
		}
	}
	a.countries = countries
	return true
}

// split parts the people from the place: "foreign nationals | operating in
// Iran". The place is not read: the advice's targets say it.
func split(words []string) (head, tail []string) {
	i := slices.IndexFunc(words, func(w string) bool { return placeWords[bare(w)] || narrowWords[bare(w)] })
	if i < 0 {
		return words, nil
	}
	return words[:i], words[i:]
}

// narrows says whether a tail asks more than being in a place.
func narrows(tail []string) bool {
	return slices.ContainsFunc(tail, func(w string) bool { return narrowWords[bare(w)] })
}

func all(words []string, ok func(string) bool) bool {
	for _, w := range words {
		if !ok(w) {
			return false
		}
	}
	return true
}

// bare is a word as the tables have it.
func bare(w string) string { return strings.ToLower(strings.Trim(w, ".:'’\"“”")) }
