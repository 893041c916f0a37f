package place

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// townOf gives the town that bears a division's name in the same country, where
// a text names it without a word for its sort; the division where there is
// none.
func (f *Finder) townOf(id vedette.AreaID, name string) vedette.AreaID {
	d, ok := f.area(id)
	if !ok || d.Kind != vedette.AreaDivision {
		return id
	}
	for _, a := range f.namesakes(name) {
		if a.Kind == vedette.AreaCity && a.Country == d.Country && a.People >= townFrom && f.g.Contains(id, a.ID) {
			return a.ID
		}
	}
	return id
}

// townFrom is the inhabitants from which a town goes before the division that
// bears its name.
const townFrom = 15_000

// divided says whether all areas are divisions.
func (f *Finder) divided(areas []vedette.AreaID) bool {
	return !slices.ContainsFunc(areas, func(id vedette.AreaID) bool {
		a, ok := f.area(id)
		return !ok || a.Kind != vedette.AreaDivision
	})
}

// plurals makes divisions of the names in a list that ends with a word for
// their sort: "the Kherson, Mykolaiv and Zaporizhzhia oblasts".
// The mentions made so are given by where they begin.
func (f *Finder) plurals(text string, ts []phrase.Token, ms []gazetteer.Mention) ([]gazetteer.Mention, map[int]bool) {
	ms = f.bare(text, ts, ms)
	s, made := phrase.Sentence{Tokens: ts}, map[int]bool{}
	for i := range ms { // "the regions of Tarapacá and Antofagasta"
		from := s.At(ms[i].Span[0])
		of := from > 1 && ts[from-1].Word == "of" && f.t.Shapes.Is(ts, from-2, "sorts")
		if !of && (from < 1 || !f.t.Shapes.Is(ts, from-1, "sorts")) { // "counties Mayo and Clare"
			continue
		}
		for ; i < len(ms); i++ {
			made[ms[i].Span[0]] = f.divide(text, &ms[i])
			if i+1 == len(ms) || !listed(text[ms[i].Span[1]:ms[i+1].Span[0]]) {
				break
			}
		}
	}
	for last := len(ms) - 1; last > 0; last-- {
		to := s.At(ms[last].Span[1])
		if to >= len(ts) || !f.t.Shapes.Is(ts, to, "sorts") {
			continue
		}
		for i := last; i >= 0; i-- {
			if i < last && !listed(text[ms[i].Span[1]:ms[i+1].Span[0]]) {
				break
			}
			made[ms[i].Span[0]] = f.divide(text, &ms[i])
		}
	}
	return ms, made
}

// bare adds the names in such a list that alone name no place: "the Northwest and
// Southwest regions", where the text or the list's words are of their country.
func (f *Finder) bare(text string, ts []phrase.Token, ms []gazetteer.Mention) []gazetteer.Mention {
	added := false
	for to := 1; to < len(ts); to++ {
		if !f.t.Shapes.Is(ts, to, "sorts") {
			continue
		}
		for end := to; end > 0 && to-end < 64; {
			from := nameFrom(ts, end)
			if from == end {
				break
			}
			span, ds := f.longest(text, ts, from, end, ms)
			if len(ds) == 1 && !slices.ContainsFunc(ms, func(m gazetteer.Mention) bool { return m.Span[0] < span[1] && m.Span[1] > span[0] && !m.Slight }) {
				ms = slices.DeleteFunc(slices.Clone(ms), func(m gazetteer.Mention) bool { return m.Span[0] < span[1] && m.Span[1] > span[0] })
				ms, added = append(ms, gazetteer.Mention{Span: span, Areas: ds}), true
			}
			for end = from; end > 0 && (listed(ts[end-1].Word) || ts[end-1].Word == "the"); end-- {
			}
			if end == from {
				break
			}
		}
	}
	if added {
		slices.SortFunc(ms, func(a, b gazetteer.Mention) int { return a.Span[0] - b.Span[0] })
	}
	return ms
}

// longest gives the longest name of the words with capitals from a token up to
// another that is a division's of the text's countries: "Avoid Northwest and
// Southwest regions".
func (f *Finder) longest(text string, ts []phrase.Token, from, end int, ms []gazetteer.Mention) (vedette.Span, []vedette.AreaID) {
	for ; from < end; from++ {
		span := vedette.Span{ts[from].Start, ts[end-1].End}
		if ds := f.ours(text[span[0]:span[1]], ms); len(ds) == 1 {
			return span, ds
		}
	}
	return vedette.Span{}, nil
}

// nameFrom gives the token where the words with capitals that end before a token
// begin, four at most; the token itself where there is none.
func nameFrom(ts []phrase.Token, end int) int {
	from := end
	for from > 0 && end-from < 4 && ts[from-1].Upper && ts[from-1].IsWord() && ts[from-1].Word[0] > '9' && (from == end || ts[from].Start-ts[from-1].End <= 1) {
		from--
	}
	return from
}

// ours gives the divisions of a name in the countries of the text's areas and of
// what is named beside it.
func (f *Finder) ours(name string, ms []gazetteer.Mention) []vedette.AreaID {
	return slices.DeleteFunc(f.divisions(name), func(d vedette.AreaID) bool {
		home := f.country(d)
		return !slices.ContainsFunc(f.Context, func(a vedette.AreaID) bool { return f.country(a) == home }) &&
			!slices.ContainsFunc(ms, func(m gazetteer.Mention) bool { return !m.Slight && f.country(m.Areas[0]) == home })
	})
}

// divide makes a mention one of a division, where one bears its name.
func (f *Finder) divide(text string, m *gazetteer.Mention) bool {
	d := f.divisions(text[m.Span[0]:m.Span[1]])
	if len(d) > 0 {
		m.Areas, m.Slight, m.Form = d, false, gazetteer.FormName
	}
	return len(d) > 0
}

// listed says whether only a comma or "and" parts two names.
func listed(between string) bool {
	switch strings.TrimSpace(between) {
	case ",", "and", ", and", "&", "or":
		return true
	}
	return false
}

// divisions gives the first-level divisions that bear a name.
func (f *Finder) divisions(name string) (out []vedette.AreaID) {
	for _, a := range f.namesakes(name) {
		if a.Kind == vedette.AreaDivision {
			out = append(out, a.ID)
		}
	}
	return out
}

var halves = []string{"North", "South", "East", "West", "Upper", "Lower", "Northern", "Southern", "Eastern", "Western"}

// halves adds the first of two places that share the rest of their names:
// "North and South Kivu".
func (f *Finder) halves(text string, found []Found) []Found {
	out := found[:0:0]
	for _, p := range found {
		if h, ok := f.half(text, p); ok {
			out = append(out, h)
		}
		out = append(out, p)
	}
	return out
}

func (f *Finder) half(text string, p Found) (Found, bool) {
	_, rest, ok := strings.Cut(p.Text, " ")
	before := text[:p.Span[0]]
	if !ok || !strings.HasSuffix(before, " and ") {
		return Found{}, false
	}
	before = strings.TrimSuffix(before, " and ")
	word := before[strings.LastIndexByte(before, ' ')+1:]
	if !slices.Contains(halves, word) {
		return Found{}, false
	}
	for _, a := range f.namesakes(word + " " + rest) {
		if f.country(a.ID) == f.country(p.Area) {
			at := len(before) - len(word)
			return Found{Place: vedette.Place{Text: word, Area: a.ID, Span: vedette.Span{at, at + len(word)}}}, true
		}
	}
	return Found{}, false
}
