package counsel

import (
	"sort"
	"strings"

	"vedette/gazetteer"
	"vedette/parse/phrase"
)

// tie is how a place of the sentence stands in it.
type tie struct {
	place, token                         int
	governed, listed, modifies, remarked bool
}

// tieUp looks once at each place of the sentence: its actions all ask.
func (c *counsel) tieUp() {
	c.ties = c.ties[:0]
	comma, seen := -1, 0 // the last comma, and up to where it was looked for
	for i := c.firstPlace(); i < len(c.Places) && c.Places[i].Span[0] < c.s.End; i++ {
		t := c.tokenOf(i)
		if t < 0 {
			continue
		}
		for ; seen < t; seen++ {
			if w := c.s.Tokens[seen].Word; w == "," || w == ";" {
				comma = seen
			}
		}
		c.ties = append(c.ties, tie{i, t, c.governed(t), c.listed(i), c.modifies(i), c.remark(comma, t)})
	}
}

// governed says whether a preposition ties the place at a token, articles and
// adjectives between: "in the north of Iraq", "across the wider MENA region".
func (c *counsel) governed(t int) bool {
	for n := 0; n < 5 && t > 0; n++ {
		t--
		switch c.s.Tokens[t].Word {
		case "to", "in", "within", "across", "throughout", "from", "near", "around", "at", "off", "into", "of", "via", "through", "including", "especially",
			"particularly", "involving", "transiting", "reach", "reaching", "entering", "crossing", "visiting", "using", "notably", "above", "inside", "along", "toward", "towards", "on", "over", "with", "between", "for", "outside", "linking", "connecting", "joining":
			return true
		case "the", "parts", "both", "whole", "mainland", "most", "any", "either", "other":
		case ",": // "Karrada, Baghdad"
			if t < 1 || !c.s.Tokens[t-1].Upper || c.covered(c.s.Tokens[t-1].Start) || n > 0 {
				return false
			}
		case "/", "(":
			n--
		default:
			if c.t.Sizes(c.s.Tokens, t) { // "in northern Mali", "in counties Mayo and Clare"
				continue
			}
			if c.s.Tokens[t].Upper && c.s.Tokens[t+1].Start-c.s.Tokens[t].End <= 1 && t > 0 && c.s.Tokens[t-1].Word != "." {
				continue // part of a name: "Arabian/Persian Gulf"
			}
			return false
		}
	}
	return false
}

// listed says whether a place follows the one before it in a list: "Iraq,
// Syria, and Lebanon".
func (c *counsel) listed(i int) bool {
	if i == 0 || c.g.Contains(c.Places[i].Area, c.Places[i-1].Area) { // "Lebanon, Pennsylvania"
		return false
	}
	between := phrase.Tokens(c.text[min(c.Places[i-1].Span[1], c.Places[i].Span[0]):c.Places[i].Span[0]])
	for n := 0; n < len(between); n++ {
		t := between[n]
		if n+2 < len(between) && t.Word == "," && between[n+1].Word == "which" && states(between[n+2].Word) { // "Goma, which is under siege, and Bukavu"
			for n++; n < len(between) && between[n].Word != ","; n++ {
			}
			continue
		}
		if c.t.Sizes(between, n) {
			continue // "the Amhara and Oromia regions and the Afar region"
		}
		if h := possible(between, n); h > 0 { // "avoid Goma if at all possible, and Bukavu altogether"
			n += h - 1
			continue
		}
		if c.day(between, n) || (t.Word == "(" || t.Word == ")") && (n+1 < len(between) && c.day(between, n+1) || n > 0 && c.day(between, n-1)) {
			continue // "Nairobi on Wednesday, and Mombasa on Friday"
		}
		if n > 0 && (t.Word == "should" || t.Word == "must") && between[n-1].Word == "as" || n > 0 && t.Word == "also" && between[n-1].Word == "but" || t.Word == "but" && n+1 < len(between) && between[n+1].Word == "also" {
			continue // "Basra should be avoided, as should Mosul", "not only Basra but also Mosul"
		}
		switch t.Word {
		case ",", "and", "or", "the", "&", "/", "–", ")", "as", "well", "both", "parts", "of":
		default:
			return false
		}
	}
	return true
}

// day says whether a word names a day, or leads to one.
func (c *counsel) day(ts []phrase.Token, i int) bool {
	named := func(i int) bool {
		h, ok := c.t.Months.At(ts, i)
		return ok && (strings.HasPrefix(h.Label, "day ") || strings.HasPrefix(h.Label, "month ")) && ts[i].Upper
	}
	if w := ts[i].Word; (w == "on" || w == "until" || w == "from" || w == "after") && i+1 < len(ts) {
		return named(i + 1)
	}
	return named(i) || i > 0 && named(i-1) && len(ts[i].Word) < 3 && ts[i].Word[0] <= '9'
}

// possible gives how many words, of those at a token, soften an advice and tell
// of no condition: "if at all possible"; 0 for none.
func possible(ts []phrase.Token, i int) int {
	if w := ts[i].Word; w != "if" && w != "where" && w != "wherever" && w != "whenever" {
		return 0
	}
	for n := i + 1; n < len(ts) && n < i+5; n++ {
		switch ts[n].Word {
		case "at", "all":
		case "possible", "feasible", "practicable":
			return n + 1 - i
		default:
			return 0
		}
	}
	return 0
}

// modifies says whether a place only tells whose thing is meant: "US military
// installations", "Iranian officials".
func (c *counsel) modifies(i int) bool {
	p := c.Places[i]
	next := c.s.At(p.Span[1])
	if next >= len(c.s.Tokens) {
		return false
	}
	w := c.s.Tokens[next].Word
	if p.Form == gazetteer.FormCode && c.ofNoun(next-1, len(c.s.Tokens)) && c.s.Tokens[next].Start == p.Span[1]+1 && !territory(w) && !c.t.Shapes.Is(c.s.Tokens, next, "sort") {
		return true // "US strikes"
	}
	if p.Form == gazetteer.FormAdjective {
		return !territory(w)
	}
	if w == "'s" && next+1 < len(c.s.Tokens) { // "instructions of Taiwan's Coast Guard"
		next++
	}
	hit, ok := c.t.Placekinds.At(c.s.Tokens, next)
	if ok {
		switch hit.Label {
		case "military", "government", "law_enforcement", "embassy", "worship":
			return true
		}
	}
	switch w {
	case "personnel", "citizens", "nationals", "forces", "interests", "troops", "assets", "linked", "affiliated", "owned", "based", "companies", "businesses", "entities", "backed", "flagged":
		return true
	}
	return false
}

// territory says whether a word is for what belongs to a country's own ground.
func territory(w string) bool {
	switch w {
	case "territory", "territories", "waters", "coast", "coastline", "airspace", "soil", "cities", "ports", "provinces", "islands", "capital":
		return true
	}
	return false
}

// delimits says whether the place at a token only bounds another: "Saskatchewan
// north of Prince Albert". "The north of Iraq" is a place.
func (c *counsel) delimits(t int) bool {
	ts := c.s.Tokens
	if t < 3 || ts[t-1].Word != "of" || ts[t-3].Word == "the" {
		return false
	}
	switch ts[t-2].Word {
	case "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest":
		return true
	}
	return false
}

// acrossBorder says whether the place at a token only tells what is beyond a
// border: "border crossings with Serbia".
func (c *counsel) acrossBorder(t int) bool {
	ts := c.s.Tokens
	if t < 2 || ts[t-1].Word != "with" {
		return false
	}
	for i := t - 2; i >= 0 && t-i < 5; i-- {
		if c.kindAt(i).Label == "border" {
			return true
		}
	}
	return false
}

// remark says whether a token stands in the relative clause after a comma that
// only says something of a thing, ", which is an offense in Russia", ", where
// traffic from Oman continues": its places are no targets.
func (c *counsel) remark(comma, t int) bool {
	ts := c.s.Tokens
	if comma < 0 || t-comma > 24 || comma+1 == t || ts[comma].Word != "," {
		return false
	}
	if ts[comma+1].Word == "where" || ts[comma+1].Word == "from" && ts[comma+2].Word == "where" {
		return true
	}
	verb := comma + 2
	for verb < t && ts[verb].IsAdverb() {
		verb++
	}
	return ts[comma+1].Word == "which" && verb < t && states(ts[verb].Word)
}

// states says whether a verb tells how things are.
func states(w string) bool {
	switch w {
	case "is", "are", "was", "were", "has", "have", "remains", "remain", "lies", "lie":
		return true
	}
	return false
}

// firstPlace gives the first place that does not stand before the sentence.
func (c *counsel) firstPlace() int {
	return sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[0] >= c.s.Start })
}

// tokenOf gives the token of the sentence where a place begins, -1 when it
// stands in another one.
func (c *counsel) tokenOf(i int) int {
	span := c.Places[i].Span
	if span[0] < c.s.Start || span[1] > c.s.End {
		return -1
	}
	if t := c.s.At(span[0]); t < len(c.s.Tokens) && c.s.Tokens[t].Start < span[1] {
		return t
	}
	return -1
}

// placeAt gives the place that begins at a token, an article before it or
// not; -1 for none.
func (c *counsel) placeAt(t int) int {
	ts := c.s.Tokens
	if t < len(ts) && ts[t].Word == "the" {
		t++
	}
	if t >= len(ts) {
		return -1
	}
	i := sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[0] >= ts[t].Start })
	if i == len(c.Places) || c.Places[i].Span[0] != ts[t].Start {
		return -1
	}
	return i
}
