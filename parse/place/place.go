// Package place finds the places of a text and decides which area is meant:
// by what stands beside the name, and by what the text is about. What it
// cannot decide it says.
package place

import (
	"slices"
	"strings"
	"sync"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
	"vedette/parse/words"
)

// Finder finds places. Context are the areas the whole text is about.
type Finder struct {
	Context []vedette.AreaID

	g       *gazetteer.Gazetteer
	t       *words.Tables
	heading []vedette.AreaID          // of the statement that is being read
	told    map[string]vedette.AreaID // what a name was said to mean: "Moscow, Idaho"
}

// New gives a finder.
func New(g *gazetteer.Gazetteer, t *words.Tables) *Finder {
	return &Finder{g: g, t: t, told: map[string]vedette.AreaID{}}
}

// Doubt is a name of which it is not sure what area it means.
type Doubt struct {
	Code    vedette.FindingCode // ambiguous_place or unknown_place
	Message string
	Area    vedette.AreaID // what it was read as all the same, "" for nothing
}

// Found is a place of a statement with how it was said, and what it could
// mean where that is not sure.
type Found struct {
	vedette.Place
	Form  gazetteer.Form
	Areas []vedette.AreaID // what it could mean, nil when that is sure
}

// Places finds the places of a statement. heading are the areas of the heading of
// advice that it stands under, near all that it is about (those, the affected ones,
// the title's), by which an ambiguous name is told.
func (f *Finder) Places(text string, ts []phrase.Token, heading, near []vedette.AreaID) []Found {
	f.heading = heading
	defer func() { f.heading = nil }()
	mentions, divided := f.plurals(text, ts, f.persons(text, f.g.Mentions(text)))
	near = near[:min(len(near), mostNear)]
	near = append(f.surely(mentions, near), near...)
	near = near[:min(len(near), mostNear)]
	mentions = f.signs(text, ts, mentions, append(near, f.large(mentions)...))
	out := make([]Found, 0, len(mentions))
	at := false // the mention before is where something is: "to Medellín and Bogotá"
	for i, m := range mentions {
		p := Found{Place: vedette.Place{Text: text[m.Span[0]:m.Span[1]], Span: m.Span}, Form: m.Form}
		larger := i+1 < len(mentions) && strings.TrimSpace(text[m.Span[1]:mentions[i+1].Span[0]]) == ","
		switch {
		case divided[m.Span[0]]: // "Dhi Qar and Basra governorates"
			p.Area = f.choose(m.Areas, near)
		case f.sorted(ts, m.Span):
			p.Area = f.meant(p.Text, m, near, larger)
		default:
			p.Area = f.townOf(f.meant(p.Text, m, near, larger), p.Text)
		}
		if p.Area == "" {
			p.Areas = m.Areas
		} else if m.Form == gazetteer.FormAirport || larger && f.g.Contains(mentions[i+1].Areas[0], p.Area) {
			f.told[p.Text] = p.Area
		}
		if p.Area == "" && besideName(text, m.Span) && !f.where(ts, m.Span) {
			continue // of a person: "Aleksandr Brest"
		}
		listedAt := at && i > 0 && listed(text[mentions[i-1].Span[1]:m.Span[0]])
		at = listedAt || f.where(ts, m.Span)
		if country, ok := f.capital(m); ok && !listedAt && f.metonym(ts, m.Span, f.paired(text, mentions, i)) {
			p.Area, p.Metonym, p.Areas = country, true, nil
		}
		out = append(out, p)
	}
	f.pairs(text, out)
	return f.halves(text, out)
}

// where says whether a word that leads to a place stands right before a span.
func (f *Finder) where(ts []phrase.Token, span vedette.Span) bool {
	s := phrase.Sentence{Tokens: ts}
	from := s.At(span[0])
	return from > 0 && f.t.Metonyms.Is(ts, from-1, "at")
}

// sorted says whether a word for a sort of division stands beside a span:
// "Esmeraldas province", "the state of Sinaloa".
func (f *Finder) sorted(ts []phrase.Token, span vedette.Span) bool {
	s := phrase.Sentence{Tokens: ts}
	from, to := s.At(span[0]), s.At(span[1])
	return f.t.Shapes.Is(ts, to, "sort") || f.t.Shapes.Is(ts, to, "sorts") || from > 1 && ts[from-1].Word == "of" && f.t.Shapes.Is(ts, from-2, "sort")
}

// signs leaves out the slight mentions that nothing shows to be places.
func (f *Finder) signs(text string, ts []phrase.Token, ms []gazetteer.Mention, near []vedette.AreaID) []gazetteer.Mention {
	out := ms[:0]
	shouts := inCapitals(text)
	flies := sync.OnceValue(func() bool { return f.flies(ts) }) // seldom asked
	for i, m := range ms {
		if (phrase.Sentence{Tokens: ts}).At(m.Span[0]) == len(ts) {
			continue // in the middle of the last token: "A.Bera"
		}
		if i+1 < len(ms) && f.quarter(ts, m, ms[i+1]) {
			continue
		}
		if !shouts {
			f.airport(text, &m)
		}
		follows := false
		if n := len(out); n > 0 {
			between := text[out[n-1].Span[1]:m.Span[0]]
			follows = listed(between) || between == "-" || between == "–" || between == "/"
		}
		if (!m.Slight || f.signed(text, ts, m, follows, flies, near)) && !f.called(text, ts, m, near) {
			out = append(out, m)
		}
	}
	return out
}

// airport makes a mention written as three capitals an airport's that has that
// code, unless it is a country's or region's: "NAN" is no town.
func (f *Finder) airport(text string, m *gazetteer.Mention) {
	name := text[m.Span[0]:m.Span[1]]
	if len(name) != 3 || m.Form == gazetteer.FormCode || m.Form == gazetteer.FormAirport || !phrase.Capitals(name) {
		return
	}
	if a, ok := f.g.Airport(name); ok {
		*m = gazetteer.Mention{Span: m.Span, Form: gazetteer.FormAirport, Areas: []vedette.AreaID{a.ID}, Slight: true, Word: true}
	}
}

// persons leaves out two names of places that only a blank parts, neither in
// the other: they are a person's ("Chad Holland", "Georgia London").
func (f *Finder) persons(text string, ms []gazetteer.Mention) []gazetteer.Mention {
	out := ms[:0]
	for i := 0; i < len(ms); i++ {
		if i+1 < len(ms) && text[ms[i].Span[1]:ms[i+1].Span[0]] == " " && f.isPerson(ms[i], ms[i+1]) && !f.common(text[ms[i+1].Span[0]:ms[i+1].Span[1]]) {
			i++
			continue
		}
		if ms[i].Form == gazetteer.FormName && f.ofBody(text[ms[i].Span[1]:]) {
			continue
		}
		out = append(out, ms[i])
	}
	return out
}

// ofBody says whether capitalised words follow a name at once, the last of
// them one for a body or a thing: "Cartel", "Policy Forum".
func (f *Finder) ofBody(rest string) bool {
	for n := 0; n < 3 && len(rest) > 1 && rest[0] == ' ' && rest[1] >= 'A' && rest[1] <= 'Z'; n++ {
		end := 1
		for end < len(rest) && (rest[end]|0x20 >= 'a' && rest[end]|0x20 <= 'z') {
			end++
		}
		if f.t.Metonyms.Is(phrase.Tokens(rest[1:end]), 0, "body") {
			return true
		}
		rest = rest[end:]
	}
	return false
}

// common says whether a name is rather a word for a sort of place or for an
// office: "Nairobi Central", "Kosovo Police".
func (f *Finder) common(name string) bool {
	ts := phrase.Tokens(name)
	return f.t.Sizes(ts, 0) || f.t.Speakers.Is(ts, 0, "office")
}

func (f *Finder) isPerson(a, b gazetteer.Mention) bool {
	if a.Form != gazetteer.FormName || b.Form != gazetteer.FormName {
		return false
	}
	for _, x := range a.Areas {
		for _, y := range b.Areas {
			if x == y || f.g.Contains(x, y) || f.g.Contains(y, x) {
				return false
			}
		}
	}
	return true
}

// Sure gives the areas that words name without doubt.
func (f *Finder) Sure(s string) []vedette.AreaID { return f.surely(f.g.Mentions(s), f.Context) }

// mentions gives the places that a heading or a value of the panel names.
// Nothing else is expected there, so that a slight name counts too where it is
// no word, or lies in a country the text is about.
func (f *Finder) mentions(text string) (ms []gazetteer.Mention, divided map[int]bool) {
	ms, divided = f.plurals(text, phrase.Tokens(text), f.g.Mentions(text))
	ms = slices.DeleteFunc(ms, func(m gazetteer.Mention) bool {
		return m.Slight && m.Word && !f.anyAbout(text[m.Span[0]:m.Span[1]], m.Areas, f.Context)
	})
	return ms, divided
}

// usual gives the country of a name that means a country and lesser places;
// "" when none of them is a country, or two are: "Congo".
func (f *Finder) usual(name string) (only vedette.AreaID) {
	for _, a := range f.g.Lookup(name) {
		switch {
		case a.Kind != vedette.AreaCountry:
		case only != "":
			return ""
		default:
			only = a.ID
		}
	}
	return only
}

// joins says whether words only join the names of areas, or tell their sort.
func (f *Finder) joins(s string) bool {
	ts := phrase.Tokens(s)
	for i, t := range ts {
		switch t.Word {
		case "and", "the", "of", "countries":
			continue
		case ";", `"`:
			return false
		}
		if t.IsWord() && !f.t.Sizes(ts, i) {
			return false
		}
	}
	return true
}

// sortOf gives the word for a sort of division in the plural that a value
// holds, in the singular and with a blank before it: "departments".
func (f *Finder) sortOf(value string) string {
	ts := phrase.Tokens(value)
	for i := range ts {
		if !f.t.Shapes.Is(ts, i, "sorts") {
			continue
		}
		w := strings.TrimSuffix(value[ts[i].Start:ts[i].End], "s")
		if stem, ok := strings.CutSuffix(w, "ie"); ok {
			w = stem + "y"
		}
		return " " + w
	}
	return ""
}

// shape says whether a word only says what sort or part of a place a value of
// the panel means, or joins the names in it.
func (f *Finder) shape(word []phrase.Token) bool {
	if label, ok := f.t.Shapes.Whole(word); !ok || label == "group" {
		return ok && f.t.Shapes.Is(word, 0, "part") // "all" is both
	}
	return true
}

// Candidates gives areas as a person reads them, five at most; those that would
// read alike by words that tell them apart.
func (f *Finder) Candidates(areas []vedette.AreaID) string {
	areas = areas[:min(len(areas), 5)]
	names := make([]string, len(areas))
	for i, a := range areas {
		names[i] = f.g.Name(a)
		if area, ok := f.area(a); ok && area.Country != "" && area.Country != a {
			names[i] += " (" + f.g.Name(area.Country) + ")"
		}
	}
	apart := slices.Clone(names)
	for i, a := range areas {
		alike := func(o string) bool { return o == names[i] }
		if area, ok := f.area(a); ok && (slices.ContainsFunc(names[:i], alike) || slices.ContainsFunc(names[i+1:], alike)) {
			apart[i] = f.g.Labels([]vedette.Area{*area})[0]
		}
	}
	return strings.Join(apart, " or ")
}
