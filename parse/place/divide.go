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
	s, made := phrase.Sentence{Tokens: ts}, map[int]bool{}
	for i := range ms { // "the regions of Tarapacá and Antofagasta"
		from := s.At(ms[i].Span[0])
		if from < 2 || ts[from-1].Word != "of" || !f.t.Shapes.Is(ts, from-2, "sorts") {
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
