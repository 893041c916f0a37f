package place

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// signed says whether a name that alone is no sign of a place is one here. It
// must lie in a country the text is about; a name that is also a word needs
// besides a word that leads to places before it, or one for a sort of place
// after it.
func (f *Finder) signed(text string, ts []phrase.Token, m gazetteer.Mention, follows bool, flies func() bool, near []vedette.AreaID) bool {
	name := text[m.Span[0]:m.Span[1]]
	if f.told[name] != "" {
		return true
	}
	s := phrase.Sentence{Tokens: ts}
	from, to := s.At(m.Span[0]), s.At(m.Span[1])
	led := follows || f.leads(ts, from) || f.t.Shapes.Is(ts, to, "sort") || f.attached(text, m)
	if m.Form == gazetteer.FormAirport {
		if f.t.Metonyms.Is(ts, from, "notport") {
			return false
		}
		about := f.about(m.Areas[0], near)
		return led && about || (led || about) && flies()
	}
	if f.capitalAbout(m.Areas, near) && !besideName(text, m.Span) && !beforeName(text, m.Span[1]) {
		return true
	}
	if !led && (m.Word && ascii(name) || besideName(text, m.Span)) || beforeName(text, m.Span[1]) && !f.t.Shapes.Is(ts, to, "sort") {
		return false
	}
	if a, ok := f.area(m.Areas[0]); ok && led && a.People >= sureFrom {
		return true
	}
	return f.anyAbout(name, m.Areas, near)
}

// called says whether a name is that of something else: a month, a street, or a
// thing called by a place that the text is not about.
func (f *Finder) called(text string, ts []phrase.Token, m gazetteer.Mention, near []vedette.AreaID) bool {
	s := phrase.Sentence{Tokens: ts}
	from, to := s.At(m.Span[0]), s.At(m.Span[1])
	if h, ok := f.t.Months.At(ts, from); ok && h.To == to && strings.HasPrefix(h.Label, "month ") && !f.attached(text, m) {
		return true
	}
	if f.inStreet(ts, from) || f.ofWater(ts, from, to, m) || f.ofCounty(ts, to, m) || m.Form == gazetteer.FormCode && numbered(text[m.Span[1]:]) {
		return true
	}
	for to < len(ts) && (ts[to].Upper || ts[to].Word == "and" || ts[to].Word == ",") && to-from < 8 && !f.t.Shapes.Is(ts, to, "thing") {
		to++
	}
	if !f.t.Shapes.Is(ts, to, "thing") {
		return false
	}
	return !f.anyAbout(text[m.Span[0]:m.Span[1]], m.Areas, near) && !f.famous(m.Areas[0])
}

// quarter says whether a name is that of a quarter or street of the town behind
// it, called by a place of another country: "the Riyadh district of Khartoum".
func (f *Finder) quarter(ts []phrase.Token, m, next gazetteer.Mention) bool {
	s := phrase.Sentence{Tokens: ts}
	to := s.At(m.Span[1])
	if to+1 >= len(ts) || s.At(next.Span[0]) != to+2 || ts[to+1].Word != "of" && ts[to+1].Word != "in" || f.country(m.Areas[0]) == f.country(next.Areas[0]) {
		return false
	}
	if a, ok := f.area(next.Areas[0]); !ok || a.Kind != vedette.AreaCity {
		return false
	}
	switch ts[to].Word {
	case "district", "quarter", "neighborhood", "neighbourhood", "suburb", "ward", "section", "area":
		return true
	}
	return f.t.Shapes.Is(ts, to, "thing")
}

// ofWater says whether a river or a mountain is named, which is no town: "the
// Khowai River", "Mount Agung".
func (f *Finder) ofWater(ts []phrase.Token, from, to int, m gazetteer.Mention) bool {
	if a, ok := f.area(m.Areas[0]); !ok || a.Kind != vedette.AreaCity && a.Kind != vedette.AreaDivision {
		return false
	}
	if to < len(ts) && ts[to].Upper {
		switch ts[to].Word {
		case "river", "creek", "volcano", "glacier", "canal", "falls", "peak", "dam":
			return true
		}
	}
	if from > 0 && ts[from-1].Upper {
		switch ts[from-1].Word {
		case "mount", "mt", "river", "volcano", "lake":
			return true
		}
	}
	return false
}

// ofCounty says whether a county or parish of the United States is named, which
// is no town: "Orange County".
func (f *Finder) ofCounty(ts []phrase.Token, to int, m gazetteer.Mention) bool {
	if to >= len(ts) || f.country(m.Areas[0]) != "US" {
		return false
	}
	if a, ok := f.area(m.Areas[0]); !ok || a.Kind != vedette.AreaCity {
		return false
	}
	switch ts[to].Word {
	case "county", "parish", "counties", "parishes", "township":
		return true
	}
	return false
}

// numbered says whether a road's number follows: "US-171".
func numbered(rest string) bool {
	return len(rest) > 1 && rest[0] == '-' && rest[1] >= '0' && rest[1] <= '9'
}

// inStreet says whether a word for a street or square stands before a token:
// "Avenida de Mayo".
func (f *Finder) inStreet(ts []phrase.Token, i int) bool {
	for i--; i > 0; i-- {
		switch ts[i].Word {
		case "de", "du", "des", "del", "della", "la", "le", "d'":
			continue
		}
		return ts[i].Upper && f.t.Shapes.Is(ts, i, "street")
	}
	return false
}

// capitalAbout says whether a name may be that of the capital of a country the
// text is about: Kingston, in one on Jamaica.
func (f *Finder) capitalAbout(areas, near []vedette.AreaID) bool {
	return slices.ContainsFunc(areas, func(a vedette.AreaID) bool {
		_, capital := f.g.IsCapital(a)
		return capital && f.about(a, near)
	})
}

// onSea says whether a town lies on a sea that the text is about.
func (f *Finder) onSea(id vedette.AreaID, near []vedette.AreaID) bool {
	a, ok := f.area(id)
	return ok && a.Kind == vedette.AreaCity && slices.ContainsFunc(near[:min(len(near), mostNear)], func(n vedette.AreaID) bool {
		sea, ok := f.area(n)
		return ok && sea.Kind == vedette.AreaSea && f.g.OnSea(n, a.Center)
	})
}

// anyAbout says whether anything a name could mean, alone or by its context,
// lies in a country the text is about.
func (f *Finder) anyAbout(name string, areas, near []vedette.AreaID) bool {
	return slices.ContainsFunc(areas, func(a vedette.AreaID) bool { return f.about(a, near) || f.onSea(a, near) }) ||
		slices.ContainsFunc(f.namesakes(name), func(a *vedette.Area) bool { return f.about(a.ID, near) })
}

// inCapitals says whether a text has no small letter.
func inCapitals(text string) bool { return strings.IndexFunc(text, unicode.IsLower) < 0 }

// ascii says whether a name is written in plain letters: "Liege" may be the
// word, "Liège" is the city.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// besideName says whether a capitalised word stands right before or after a
// span, so that it is part of a longer name.
func besideName(text string, span vedette.Span) bool {
	if beforeName(text, span[1]) {
		return true
	}
	i := span[0] - 1
	if i < 1 || text[i] != ' ' || text[i-1] == '.' || text[i-1] == ',' || text[i-1] == ';' {
		return false
	}
	word := strings.LastIndexByte(text[:i], ' ') + 1
	if word < 2 || strings.ContainsRune(".!?:\"”", rune(text[word-2])) {
		return false // it opens a sentence
	}
	r, _ := utf8.DecodeRuneInString(text[word:])
	return unicode.IsUpper(r)
}

// beforeName says whether a capitalised word follows at once.
func beforeName(text string, i int) bool {
	if i+1 >= len(text) || text[i] != ' ' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i+1:])
	return unicode.IsUpper(r)
}

// flies says whether a statement speaks of flying, so that three capitals may
// be an airport's code.
func (f *Finder) flies(ts []phrase.Token) bool {
	for i := range ts {
		if f.t.Metonyms.Is(ts, i, "flying") {
			return true
		}
	}
	return false
}

// leads says whether a word that leads to a place stands before a token, words
// for a part or sort of it between: "in the wider", "near the city of".
func (f *Finder) leads(ts []phrase.Token, i int) bool {
	for ; i > 0; i-- {
		if f.t.Metonyms.Is(ts, i-1, "at") || f.t.Metonyms.Is(ts, i-1, "leads") {
			return true
		}
		if w := ts[i-1].Word; w != "the" && w != "of" && !f.t.Sizes(ts, i-1) {
			return false
		}
	}
	return false
}

// attached says whether a comma and a capital follow a mention, "Kandi, Benin".
func (f *Finder) attached(text string, m gazetteer.Mention) bool {
	rest := text[m.Span[1]:]
	return len(rest) > 2 && rest[0] == ',' && rest[1] == ' ' && rest[2] >= 'A' && rest[2] <= 'Z'
}
