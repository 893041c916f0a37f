package place

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/gazetteer"
	"vedette/parse/phrase"
)

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
	ms, divided := f.mentions(s)
	for _, m := range ms {
		if m.Form == gazetteer.FormAdjective && m.Span[1] == len(s) || !f.joins(s[at:m.Span[0]]) {
			return nil
		}
		a := f.choose(m.Areas, f.Context)
		if !divided[m.Span[0]] {
			a = f.meant(s[m.Span[0]:m.Span[1]], m, f.Context, false)
		}
		if a == "" {
			a = f.usual(s[m.Span[0]:m.Span[1]])
		}
		out = append(out, vedette.Place{Text: s[m.Span[0]:m.Span[1]], Area: a, Span: m.Span})
		at = m.Span[1]
	}
	if len(out) == 0 {
		if a, known := f.whole(s, false); known {
			return []vedette.Place{{Text: s, Area: a}}
		}
		return nil
	}
	if !f.joins(s[at:]) {
		return nil
	}
	f.alike(out)
	return f.narrowest(s, out)
}

// Read reads free text at any granularity, "Port of Ashdod, Israel":
// of a place and what contains it, the place counts.
func (f *Finder) Read(value string) (out []vedette.Place, doubts []Doubt) {
	ms, divided := f.mentions(value)
	near := append(f.surely(ms, f.Context), f.Context...)
	for _, m := range ms {
		p := vedette.Place{Text: value[m.Span[0]:m.Span[1]], Area: f.meant(value[m.Span[0]:m.Span[1]], m, near, false), Span: m.Span}
		if p.Area == "" {
			p.Area = f.usual(p.Text)
		}
		if n := len(out); n > 0 && value[out[n-1].Span[1]:p.Span[0]] == ", " {
			p.Area = f.holding(p, m.Areas, out[n-1].Area)
		}
		if p.Area == "" {
			doubts = append(doubts, Doubt{Code: vedette.FindAmbiguousPlace, Message: fmt.Sprintf("the affected area %q could be %s", p.Text, f.Candidates(m.Areas))})
		}
		if divided[m.Span[0]] {
			p.Text += f.sortOf(value) // so that it is one still where it stands alone
		} else if f.divided(m.Areas) {
			p.Text += f.sortAfter(value, m.Span[1])
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		if a, known := f.whole(value, !(len(value) < 4 && phrase.Capitals(value))); known { // "EU" is no town
			out = []vedette.Place{{Text: value, Area: a}}
			if a == "" {
				doubts = append(doubts, Doubt{Code: vedette.FindAmbiguousPlace, Message: fmt.Sprintf("the affected area %q could be several places", value)})
			}
			return out, append(doubts, f.doubted(out, out)...)
		}
		doubts = append(doubts, Doubt{Code: vedette.FindUnknownPlace, Message: fmt.Sprintf("the affected area %q is no place that is known", value)})
		return []vedette.Place{{Text: value}}, doubts
	}
	rest := f.leftover(value, ms)
	for n := 0; rest != "" && n < 16; n++ {
		own := f.lesser(value, rest, near)
		if own.Area == "" {
			break
		}
		out, ms = append(out, own), append(ms, gazetteer.Mention{Span: own.Span})
		rest = f.leftover(value, ms)
	}
	slices.SortStableFunc(out, func(a, b vedette.Place) int { return a.Span[0] - b.Span[0] })
	if rest != "" {
		doubts = append(doubts, Doubt{Code: vedette.FindUnknownPlace, Message: fmt.Sprintf("%q in the affected area %q is no place that is known", rest, value)})
	}
	f.alike(out)
	all := out
	out = f.narrowest(value, all)
	doubts = append(doubts, f.doubted(out, all)...)
	for i := range out {
		out[i].Span = vedette.Span{} // of a value of the panel, not of a statement
	}
	if len(out) == 1 {
		out[0].Text = value
	}
	return out, doubts
}

// whole gives the area that a name means where nothing else is expected, though it
// is no sign of a place in a sentence: that which lies in the countries the text is
// about, "Ouest" of Haiti, else the only one; "" where there are several.
func (f *Finder) whole(name string, towns bool) (vedette.AreaID, bool) {
	all := slices.DeleteFunc(f.g.Lookup(name), func(a vedette.Area) bool { return a.Kind == vedette.AreaCity && !towns })
	for _, a := range all {
		if f.about(a.ID, f.Context) {
			return a.ID, true
		}
	}
	switch {
	case len(all) == 0:
		return "", false
	case len(all) == 1, all[0].Kind == vedette.AreaCountry, all[0].Kind == vedette.AreaCity && all[0].People >= tenfold*all[1].People:
		return all[0].ID, true
	}
	return "", true
}

// holding gives the area of a name that holds the place before its comma, where
// the name has one: "Tacoma, Washington" is of the state.
func (f *Finder) holding(p vedette.Place, areas []vedette.AreaID, before vedette.AreaID) vedette.AreaID {
	for _, a := range areas {
		if f.g.Contains(a, before) {
			return a
		}
	}
	for _, a := range f.namesakes(p.Text) {
		if f.g.Contains(a.ID, before) {
			return a.ID
		}
	}
	return p.Area
}

// sortAfter gives the word for a sort of division right after a name, with the
// blank before it.
func (f *Finder) sortAfter(value string, at int) string {
	ts := phrase.Tokens(value)
	i := phrase.Sentence{Tokens: ts}.At(at)
	if i < len(ts) && ts[i].Start == at+1 && !ts[i].Upper && f.t.Shapes.Is(ts, i, "sort") {
		return value[at:ts[i].End]
	}
	return ""
}

// alike makes divisions of the cities in a list whose others are divisions, where
// they have one of their name: "Aomori, Iwate and Hokkaido". A town too small to be
// meant by the name of a division is one alone, too: Nariño. Beside a country, what
// may be one is one.
func (f *Finder) alike(places []vedette.Place) {
	divisions, countries := 0, 0
	for _, p := range places {
		switch a, ok := f.area(p.Area); {
		case ok && a.Kind == vedette.AreaDivision:
			divisions++
		case ok && a.Kind == vedette.AreaCountry:
			countries++
		}
	}
	for i := range places {
		a, ok := f.area(places[i].Area)
		if country := f.usual(places[i].Text); ok && countries > 0 && a.Kind == vedette.AreaDivision && country != "" && strings.EqualFold(f.g.Name(country), places[i].Text) { // "Benin & Niger", in a report on Niger State
			places[i].Area = country
			continue
		}
		if !ok || a.Kind != vedette.AreaCity || f.famous(a.ID) {
			continue
		}
		for _, o := range f.g.Lookup(places[i].Text) {
			if o.Kind == vedette.AreaDivision && o.Country == a.Country && (divisions > 0 || a.People < townPeople) {
				places[i].Area = o.ID
				break
			}
		}
	}
}

// narrowest leaves out what only says where the place before it lies: "Port of
// Ashdod, Israel" is Ashdod; "Israel, Lebanon and Ashdod" is all three.
func (f *Finder) narrowest(value string, places []vedette.Place) []vedette.Place {
	var out []vedette.Place
	for i, p := range places {
		if f.itemized(value, places, i) || slices.ContainsFunc(out, func(o vedette.Place) bool { return o.Area == p.Area && p.Area != "" }) {
			continue
		}
		if i > 0 && p.Area != "" && places[i-1].Span[1] <= p.Span[0] && f.g.Contains(p.Area, places[i-1].Area) && p.Area != places[i-1].Area {
			if f.onlySorts(value[places[i-1].Span[1]:p.Span[0]]) {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// itemized says whether the places behind a colon or in parentheses behind one are
// all parts of it, and so what is meant: "Northeastern Kenya (Mandera, Wajir)". Its
// capital alone is only another way to say the country.
func (f *Finder) itemized(value string, places []vedette.Place, i int) bool {
	if i+1 >= len(places) {
		return false
	}
	between := strings.TrimSpace(value[places[i].Span[1]:max(places[i].Span[1], places[i+1].Span[0])])
	if between != "(" && between != ":" {
		return false
	}
	parts := places[i+1:]
	if between == "(" {
		end := strings.IndexByte(value[places[i].Span[1]:], ')')
		n := slices.IndexFunc(parts, func(p vedette.Place) bool { return end >= 0 && p.Span[0] > places[i].Span[1]+end })
		if n > 0 {
			parts = parts[:n]
		}
	}
	for _, p := range parts {
		if p.Area == "" || !f.g.Contains(places[i].Area, p.Area) {
			return false
		}
	}
	_, capital := f.g.IsCapital(parts[0].Area)
	return len(parts) > 1 || !capital
}

// onlySorts says whether words between two places only lead from the lesser to
// the larger: ", ", " province in ", " departments, ".
func (f *Finder) onlySorts(between string) bool {
	ts := phrase.Tokens(between)
	for i, t := range ts {
		switch t.Word {
		case ",", "in", "of", "(", ")", "–", "/":
		case "the", "surrounding", "surroundings", "environs", "vicinity", "outskirts", "suburbs", "nearby", "adjacent", "its", "their":
		case "and", "&":
			next := i + 1
			if next < len(ts) && ts[next].Word == "the" {
				next++
			}
			if next == len(ts) || !around(ts[next].Word) {
				return false
			}
		case ";":
			return false
		default:
			if !f.shape(ts[i : i+1]) {
				return false
			}
		}
	}
	return true
}

// around says whether a word leads to what lies about a place rather than to
// another: "Nairobi and surrounding areas, Kenya".
func around(w string) bool {
	switch w {
	case "surrounding", "surroundings", "environs", "vicinity", "outskirts", "suburbs", "nearby", "adjacent", "its", "their":
		return true
	}
	return false
}

// lesser gives the place that a word of the panel names though it means none
// when it stands alone, "Ouest" beside Haiti.
func (f *Finder) lesser(value, word string, near []vedette.AreaID) vedette.Place {
	for _, a := range f.namesakes(word) {
		if f.about(a.ID, near) {
			at := strings.Index(value, word)
			return vedette.Place{Text: word, Area: a.ID, Span: vedette.Span{at, at + len(word)}}
		}
	}
	return vedette.Place{}
}

// leftover gives the first capitalised word of an area that is neither in a
// known place nor a word for a sort of place.
func (f *Finder) leftover(value string, ms []gazetteer.Mention) string {
	for _, t := range phrase.Tokens(value) {
		inside := slices.ContainsFunc(ms, func(m gazetteer.Mention) bool { return t.Start >= m.Span[0] && t.Start < m.Span[1] })
		if !inside && t.Upper && t.Word[0] > '9' && !f.shape([]phrase.Token{t}) {
			return value[t.Start:t.End]
		}
	}
	return ""
}

// townPeople is the inhabitants from which a town is meant by a name that a
// division of its country has too.
const townPeople = 20_000
