// Package place finds the places of a text and decides which area is meant:
// by what stands beside the name, and by what the text is about. What it
// cannot decide it says.
package place

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
	"vedette/parse/words"
)

// Finder finds places. Context are the areas the whole text is about.
type Finder struct {
	Context []vedette.AreaID

	g *gazetteer.Gazetteer
	t *words.Tables
}

// New gives a finder.
func New(g *gazetteer.Gazetteer, t *words.Tables) *Finder { return &Finder{g: g, t: t} }

// Doubt is a name of which it is not sure what area it means.
type Doubt struct {
	Code    vedette.FindingCode // ambiguous_place or unknown_place
	Message string
}

// Found is a place of a statement with how it was said, and what it could
// mean where that is not sure.
type Found struct {
	vedette.Place
	Form  gazetteer.Form
	Areas []vedette.AreaID // what it could mean, nil when that is sure
}

// Places finds the places of a statement. near are the areas it is about
// (those of its group, the affected ones, the title's), by which an ambiguous
// name is told.
func (f *Finder) Places(text string, ts []phrase.Token, near []vedette.AreaID) []Found {
	var out []Found
	mentions := f.g.Mentions(text)
	near = append(f.surely(mentions), near...)
	mentions = slices.DeleteFunc(mentions, func(m gazetteer.Mention) bool { return m.Slight && !f.signed(text, ts, m, near) })
	for i, m := range mentions {
		p := Found{Place: vedette.Place{Text: text[m.Span[0]:m.Span[1]], Span: m.Span}, Form: m.Form}
		if p.Area = f.choose(m.Areas, near); p.Area == "" {
			p.Areas = m.Areas
		}
		if country, ok := f.capital(m); ok && f.metonym(ts, m.Span, f.paired(text, mentions, i)) {
			p.Area, p.Metonym, p.Areas = country, true, nil
		}
		out = append(out, p)
	}
	return out
}

// mentions gives the places named in a text, without the slight ones.
func (f *Finder) mentions(text string) []gazetteer.Mention {
	return slices.DeleteFunc(f.g.Mentions(text), func(m gazetteer.Mention) bool { return m.Slight })
}

// surely gives the areas that mentions name without doubt.
func (f *Finder) surely(ms []gazetteer.Mention) []vedette.AreaID {
	var out []vedette.AreaID
	for _, m := range ms {
		if !m.Slight && (len(m.Areas) == 1 || f.ofOneName(m.Areas)) {
			out = append(out, m.Areas[0])
		}
	}
	return out
}

// signed says whether a name that alone is no sign of a place is one here: a
// word that leads to places stands before it, or one for a sort of place after
// it, and it lies in a country the text is about.
func (f *Finder) signed(text string, ts []phrase.Token, m gazetteer.Mention, near []vedette.AreaID) bool {
	s := phrase.Sentence{Tokens: ts}
	from, to := s.At(m.Span[0]), s.At(m.Span[1])
	if !f.leads(ts, from) && !f.t.Shapes.Is(ts, to, "sort") && !f.attached(text, m) {
		return false
	}
	return slices.ContainsFunc(m.Areas, func(a vedette.AreaID) bool { return f.about(a, near) })
}

// leads says whether a word that leads to a place stands before a token.
func (f *Finder) leads(ts []phrase.Token, i int) bool {
	for i > 0 && (ts[i-1].Word == "the" || f.t.Shapes.Is(ts, i-1, "sort")) {
		i--
	}
	return i > 0 && f.t.Metonyms.Is(ts, i-1, "at")
}

// attached says whether a comma and a capital follow a mention, "Kandi, Benin".
func (f *Finder) attached(text string, m gazetteer.Mention) bool {
	rest := text[m.Span[1]:]
	return len(rest) > 2 && rest[0] == ',' && rest[1] == ' ' && rest[2] >= 'A' && rest[2] <= 'Z'
}

// about says whether an area lies in a country or a lesser area that the text
// is about.
func (f *Finder) about(a vedette.AreaID, near []vedette.AreaID) bool {
	home := f.country(a)
	return slices.ContainsFunc(near[:min(len(near), mostNear)], func(n vedette.AreaID) bool {
		area, ok := f.g.Area(n)
		return ok && area.Kind != vedette.AreaRegion && area.Kind != vedette.AreaSea && f.country(n) == home
	})
}

// country gives the country an area is or lies in, "" for a region or sea.
func (f *Finder) country(id vedette.AreaID) vedette.AreaID {
	area, ok := f.g.Area(id)
	switch {
	case !ok:
		return ""
	case area.Kind == vedette.AreaCountry:
		return id
	}
	return area.Country
}

// mostNear bounds how many areas a name is compared with.
const mostNear = 32

// choose picks the one area meant: the only one; else the first that lies in,
// or holds, an area the text is about; else the first that lies in the same
// country as one; else the first where it outweighs all others. "" when it
// cannot be told.
func (f *Finder) choose(areas, near []vedette.AreaID) vedette.AreaID {
	if len(areas) == 1 || f.ofOneName(areas) {
		return areas[0]
	}
	near = near[:min(len(near), mostNear)]
	for _, n := range near {
		for _, a := range areas {
			if a == n || f.g.Contains(n, a) || f.g.Contains(a, n) {
				return a
			}
		}
	}
	for _, n := range near {
		home := f.country(n)
		for _, a := range areas {
			if home != "" && f.country(a) == home {
				return a
			}
		}
	}
	return f.outweighs(areas)
}

// outweighs gives the first area where no other can well be meant: a country,
// or a division and its own chief town, or a city ten times as large as the
// next.
func (f *Finder) outweighs(areas []vedette.AreaID) vedette.AreaID {
	first, ok := f.g.Area(areas[0])
	if !ok {
		return ""
	}
	for _, id := range areas[1:] {
		other, ok := f.g.Area(id)
		switch {
		case !ok, other.Country == areas[0], other.Country == first.Country && first.Country != "":
		case first.Kind == vedette.AreaCity && other.Kind == vedette.AreaCity && first.People >= tenfold*other.People:
		default:
			return ""
		}
	}
	return areas[0]
}

const tenfold = 10

// ofOneName says whether areas are a city and divisions of its country that
// share its name, as Basra: then the city is meant.
func (f *Finder) ofOneName(areas []vedette.AreaID) bool {
	first, _ := f.g.Area(areas[0])
	return first.Kind == vedette.AreaCity && !slices.ContainsFunc(areas[1:], func(id vedette.AreaID) bool {
		a, _ := f.g.Area(id)
		return a.Kind != vedette.AreaDivision || a.Country != first.Country
	})
}

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
		a, ok := f.g.Area(m.Areas[0])
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
	at := from > 0 && f.t.Metonyms.Is(ts, from-1, "at")
	if to < len(ts) && ts[to].Word == "'s" {
		return f.owns(ts, to) && (!at || ts[from-1].Word == "of" || ts[from-1].Word == "to" || ts[from-1].Word == "from")
	}
	if at || from > 1 && f.t.Metonyms.Is(ts, from-2, "away") {
		return false
	}
	for to < len(ts) && strings.HasSuffix(ts[to].Word, "ly") { // "Tehran reportedly rejected"
		to++
	}
	if f.t.Metonyms.Is(ts, to, "does") || from > 0 && f.t.Metonyms.Is(ts, from-1, "moved") {
		return true
	}
	return paired && f.between(ts, from)
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
// and", and no road or flight stands before them.
func (f *Finder) between(ts []phrase.Token, from int) bool {
	for i := from - 1; i >= 0 && i >= from-5; i-- {
		if ts[i].Word == "between" {
			return !f.t.Metonyms.Is(ts, i-1, "way")
		}
	}
	return false
}

// Named reads words that are nothing but the name of an area, or of
// several: "Iran", "MENA region", "Lebanon & Jordan". None when anything else
// stands there.
func (f *Finder) Named(s string) []vedette.Place {
	s = strings.Trim(s, " :–—-.")
	if s == "" || len(s) > 100 {
		return nil
	}
	var out []vedette.Place
	at := 0
	for _, m := range f.mentions(s) {
		if m.Form == gazetteer.FormAdjective && m.Span[1] == len(s) || !joins(s[at:m.Span[0]]) {
			return nil
		}
		a := f.choose(m.Areas, f.Context)
		if a == "" {
			a = f.usual(s[m.Span[0]:m.Span[1]])
		}
		out = append(out, vedette.Place{Text: s[m.Span[0]:m.Span[1]], Area: a, Span: m.Span})
		at = m.Span[1]
	}
	if len(out) == 0 {
		if all := f.g.Lookup(s); len(all) > 0 && all[0].Kind != vedette.AreaCity {
			return []vedette.Place{{Text: s, Area: all[0].ID}}
		}
		return nil
	}
	if !joins(s[at:]) {
		return nil
	}
	return out
}

// usual gives the country of a name that means a country and lesser places;
// "" when none of them is a country.
func (f *Finder) usual(name string) vedette.AreaID {
	for _, a := range f.g.Lookup(name) {
		if a.Kind == vedette.AreaCountry {
			return a.ID
		}
	}
	return ""
}

var joiners = []string{"and", "the", "of", "region", "area", "wider", "broader", "greater", "states", "countries", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"}

// joins says whether words only join the names of areas.
func joins(s string) bool {
	for _, t := range phrase.Tokens(s) {
		if t.IsWord() && !slices.Contains(joiners, t.Word) || t.Word == ";" || t.Word == `"` {
			return false
		}
	}
	return true
}

// Read reads free text at any granularity, "Port of Ashdod, Israel":
// of a place and what contains it, the place counts.
func (f *Finder) Read(value string) (out []vedette.Place, doubts []Doubt) {
	ms := f.mentions(value)
	near := append(f.surely(ms), f.Context...)
	for _, m := range ms {
		p := vedette.Place{Text: value[m.Span[0]:m.Span[1]], Area: f.choose(m.Areas, near)}
		if p.Area == "" {
			p.Area = f.usual(p.Text)
		}
		if p.Area == "" {
			doubts = append(doubts, Doubt{vedette.FindAmbiguousPlace, fmt.Sprintf("the affected area %q could be %s", p.Text, f.Candidates(m.Areas))})
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		if all := f.g.Lookup(value); len(all) > 0 {
			return []vedette.Place{{Text: value, Area: all[0].ID}}, nil
		}
		doubts = append(doubts, Doubt{vedette.FindUnknownPlace, fmt.Sprintf("the affected area %q is no place that is known", value)})
		return []vedette.Place{{Text: value}}, doubts
	}
	if rest := f.leftover(value, ms); rest != "" {
		doubts = append(doubts, Doubt{vedette.FindUnknownPlace, fmt.Sprintf("%q in the affected area %q is no place that is known", rest, value)})
	}
	held := func(p vedette.Place) bool {
		return slices.ContainsFunc(out, func(q vedette.Place) bool { return q.Area != p.Area && p.Area != "" && f.g.Contains(p.Area, q.Area) })
	}
	out = slices.DeleteFunc(slices.Clone(out), held)
	if len(out) == 1 {
		out[0].Text = value
	}
	return out, doubts
}

// leftover gives the first capitalised word of an area that is neither in a
// known place nor a word for a sort of place.
func (f *Finder) leftover(value string, ms []gazetteer.Mention) string {
	for _, t := range phrase.Tokens(value) {
		inside := slices.ContainsFunc(ms, func(m gazetteer.Mention) bool { return t.Start >= m.Span[0] && t.Start < m.Span[1] })
		if !inside && t.Upper && t.Word[0] > '9' && !f.t.Shapes.Is([]phrase.Token{t}, 0, "sort") {
			return value[t.Start:t.End]
		}
	}
	return ""
}

// Candidates gives areas as a person reads them, five at most.
func (f *Finder) Candidates(areas []vedette.AreaID) string {
	var names []string
	for _, a := range areas[:min(len(areas), 5)] {
		n := f.g.Name(a)
		if area, ok := f.g.Area(a); ok && area.Country != "" && area.Country != a {
			n += " (" + f.g.Name(area.Country) + ")"
		}
		names = append(names, n)
	}
	return strings.Join(names, " or ")
}
