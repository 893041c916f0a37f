package place

import (
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// surely gives the areas that mentions name without doubt: countries and what
// else everybody knows, and lesser places of the countries the text is about.
func (f *Finder) surely(ms []gazetteer.Mention, near []vedette.AreaID) []vedette.AreaID {
	var out []vedette.AreaID
	for _, m := range ms {
		if m.Slight || len(m.Areas) > 1 && !f.ofOneName(m.Areas) {
			continue
		}
		if a := m.Areas[0]; f.famous(a) || f.about(a, near) {
			out = append(out, a)
		}
	}
	return out
}

// signed says whether a name that alone is no sign of a place is one here. It
// must lie in a country the text is about; a name that is also a word needs
// besides a word that leads to places before it, or one for a sort of place
// after it.
func (f *Finder) signed(text string, ts []phrase.Token, m gazetteer.Mention, follows bool, near []vedette.AreaID) bool {
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
		flies := f.flies(ts)
		return flies && led || (flies || led) && f.about(m.Areas[0], near)
	}
	if !led && (m.Word && ascii(name) || besideName(text, m.Span)) || beforeName(text, m.Span[1]) && !f.t.Shapes.Is(ts, to, "sort") {
		return false
	}
	if a, ok := f.g.Area(m.Areas[0]); ok && led && a.People >= rivalFrom {
		return true
	}
	about := func(a vedette.AreaID) bool { return f.about(a, near) }
	return slices.ContainsFunc(m.Areas, about) || slices.ContainsFunc(f.g.Namesakes(name), about)
}

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
	return word > 0 && text[word] >= 'A' && text[word] <= 'Z'
}

// beforeName says whether a capitalised word follows at once.
func beforeName(text string, i int) bool {
	return i+1 < len(text) && text[i] == ' ' && text[i+1] >= 'A' && text[i+1] <= 'Z'
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

// leads says whether a word that leads to a place stands before a token.
func (f *Finder) leads(ts []phrase.Token, i int) bool {
	for ; i > 0; i-- {
		if f.t.Metonyms.Is(ts, i-1, "at") {
			return true
		}
		if ts[i-1].Word != "the" && !f.t.Shapes.Is(ts, i-1, "sort") {
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

// about says whether an area lies in a country or a lesser area that the text
// is about.
func (f *Finder) about(a vedette.AreaID, near []vedette.AreaID) bool {
	home := f.country(a)
	return home != "" && slices.ContainsFunc(near, func(n vedette.AreaID) bool { return f.country(n) == home })
}

// InContext says whether an area lies in a country the whole text is about.
func (f *Finder) InContext(a vedette.AreaID) bool {
	return f.about(a, f.Context[:min(len(f.Context), mostNear)])
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

// meant picks the one area a name means here: what the text said it means,
// what lies in the countries the text is about, its likeliest bearer. Where
// none of those it means alone lies there, a lesser namesake that does wins,
// unless the name is that of a country, a capital or a very large city. "" when
// it cannot be told.
func (f *Finder) meant(name string, m gazetteer.Mention, near []vedette.AreaID, larger bool) vedette.AreaID {
	if a := f.told[name]; a != "" && !larger && (slices.Contains(m.Areas, a) || !f.divided(m.Areas)) {
		return a
	}
	if m.Form == gazetteer.FormName && !larger && !f.famous(m.Areas[0]) && !slices.ContainsFunc(m.Areas, func(a vedette.AreaID) bool { return f.about(a, near) }) {
		if a := f.namesake(name, near, 0); a != "" {
			return a
		}
	}
	if _, capital := f.g.IsCapital(m.Areas[0]); m.Form == gazetteer.FormName && !larger && !capital && !slices.ContainsFunc(m.Areas, func(a vedette.AreaID) bool { return f.about(a, near) }) {
		if first, _ := f.g.Area(m.Areas[0]); first.Kind == vedette.AreaCity {
			if a := f.namesake(name, near, rivalFrom); a != "" {
				return a
			}
		}
	}
	return f.choose(m.Areas, near)
}

// rivalFrom is the inhabitants from which a namesake in a country the text is
// about is meant rather than a very large city elsewhere: Alexandria, Virginia.
const rivalFrom = 100_000

// namesake gives the first place of a name that lies in a country the text is
// about and has at least so many inhabitants, "" for none.
func (f *Finder) namesake(name string, near []vedette.AreaID, people int) vedette.AreaID {
	for _, n := range near {
		home := f.country(n)
		for _, id := range f.g.Namesakes(name) {
			if a, ok := f.g.Area(id); ok && home != "" && a.Country == home && a.People >= people {
				return id
			}
		}
	}
	return ""
}

// townOf gives the town that bears a division's name in the same country, where
// a text names it without a word for its sort; the division where there is
// none.
func (f *Finder) townOf(id vedette.AreaID, name string) vedette.AreaID {
	d, ok := f.g.Area(id)
	if !ok || d.Kind != vedette.AreaDivision {
		return id
	}
	for _, n := range f.g.Namesakes(name) {
		if a, ok := f.g.Area(n); ok && a.Kind == vedette.AreaCity && a.Country == d.Country && a.People >= townFrom {
			return n
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
		a, ok := f.g.Area(id)
		return !ok || a.Kind != vedette.AreaDivision
	})
}

// famousFrom is the inhabitants from which a city is meant whatever a text is
// about, unless it says otherwise.
const famousFrom = 1_000_000

func (f *Finder) famous(id vedette.AreaID) bool {
	a, ok := f.g.Area(id)
	if !ok || a.Kind != vedette.AreaCity {
		return a.Kind != vedette.AreaDivision
	}
	_, capital := f.g.IsCapital(id)
	return capital || a.People >= famousFrom
}

// choose picks the one area meant: the only one; else the first that lies in,
// or holds, an area the text is about; else the first that lies in the same
// country as one; else the first where it outweighs all others; else the one
// that lies by far the nearest. "" when it cannot be told.
func (f *Finder) choose(areas, near []vedette.AreaID) vedette.AreaID {
	if len(areas) == 1 || f.ofOneName(areas) {
		return areas[0]
	}
	if first, ok := f.g.Area(areas[0]); ok && first.Kind == vedette.AreaSea {
		return areas[0] // "the Red Sea", though governorates bear its name
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
	if a := f.outweighs(areas); a != "" {
		return a
	}
	return f.nearest(areas, near)
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

// nearest gives the area that lies four times as near to the first country or
// sea the text is about as any other, and within reach of it: "the Dominican border"
// in a text on Haiti.
func (f *Finder) nearest(areas, near []vedette.AreaID) vedette.AreaID {
	const reach, times = 1500, 4
	for _, n := range near {
		home, ok := f.g.Area(n)
		if country := f.country(n); country != "" {
			home, ok = f.g.Area(country)
		}
		if !ok || home.Kind == vedette.AreaRegion {
			continue
		}
		best, first, second := vedette.AreaID(""), float64(reach), float64(1e9)
		for _, id := range areas {
			a, _ := f.g.Area(id)
			switch d := gazetteer.Distance(home.Center, a.Center); {
			case d < first:
				if best == "" || f.country(best) != f.country(id) {
					second = first
				}
				best, first = id, d
			case d < second && f.country(best) != f.country(id):
				second = d
			}
		}
		if best != "" && second < 1e9 && first*times <= second {
			return best
		}
		return ""
	}
	return ""
}

// ofOneName says whether areas are a city and divisions of its country that
// share its name, as Basra: then the city is meant.
func (f *Finder) ofOneName(areas []vedette.AreaID) bool {
	first, _ := f.g.Area(areas[0])
	return first.Kind == vedette.AreaCity && !slices.ContainsFunc(areas[1:], func(id vedette.AreaID) bool {
		a, _ := f.g.Area(id)
		return a.Kind != vedette.AreaDivision || a.Country != first.Country
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
func (f *Finder) divisions(name string) []vedette.AreaID {
	return slices.DeleteFunc(f.g.Namesakes(name), func(id vedette.AreaID) bool {
		a, ok := f.g.Area(id)
		return !ok || a.Kind != vedette.AreaDivision
	})
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
	for _, id := range f.g.Namesakes(word + " " + rest) {
		if f.country(id) == f.country(p.Area) {
			at := len(before) - len(word)
			return Found{Place: vedette.Place{Text: word, Area: id, Span: vedette.Span{at, at + len(word)}}}, true
		}
	}
	return Found{}, false
}
