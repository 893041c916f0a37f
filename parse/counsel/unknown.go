package counsel

import (
	"fmt"
	"sort"
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

// unknown gives the capitalised words after "to" or "in", or in a list, that
// are no known place, each with a finding that blocks.
func (c *counsel) unknown(h phrase.Hit, end int) []vedette.Place {
	return c.unknownIn(h.To, end, c.leadsToPlace)
}

// unknownIn gives the names among tokens that lead says are of places and that
// are none that is known, each with a finding that blocks.
func (c *counsel) unknownIn(from, to int, leads func(int) bool) []vedette.Place {
	var out []vedette.Place
	ts := c.s.Tokens
	for i := from; i < to; i++ {
		if !ts[i].Upper || c.off[i] || c.covered(ts[i].Start) || i == 0 || !leads(i) {
			continue
		}
		if _, ok := c.t.Placekinds.At(ts, i); ok || c.calendar.PartOfDate(ts, i) || c.dayName(i) || ts[i].Word[0] <= '9' {
			continue
		}
		j := i + 1
		for j < to && ts[j].Upper && !c.covered(ts[j].Start) {
			j++
		}
		p := vedette.Place{Text: phrase.Of(c.text, ts, i, j), Span: vedette.Span{ts[i].Start, ts[j-1].End}}
		c.find(vedette.FindUnknownPlace, "the advice is for %q, which is no place that is known", p.Text)
		out = append(out, p)
		i = j - 1
	}
	return out
}

// unknownHome gives the places that are not known where people are whom an
// action is for, who are named between two tokens: "residents of Ruritania".
func (c *counsel) unknownHome(from, to int) []vedette.Place {
	return c.unknownIn(from, to, func(i int) bool { return c.homeAt(i) && !c.placed(c.nameEnds(i)) })
}

// nameEnds gives the token after the capitalised words at a token and a word for
// a sort of place behind them.
func (c *counsel) nameEnds(i int) int {
	ts := c.s.Tokens
	for i < len(ts) && ts[i].Upper && !c.covered(ts[i].Start) {
		i++
	}
	if i < len(ts) && (c.t.Shapes.Is(ts, i, "sort") || c.t.Shapes.Is(ts, i, "sorts")) {
		i++
	}
	return i
}

// placed says whether a name that ends at a token is said to lie in a place that
// is known: "the Karrada district of Baghdad", "Karrada, Baghdad".
func (c *counsel) placed(t int) bool {
	if t >= len(c.s.Tokens) {
		return false
	}
	switch c.s.Tokens[t].Word {
	case "of", "in", "near", ",", "(":
		return c.placeAt(t+1) >= 0
	}
	return false
}

// homeAt says whether a name at a token is where people are: "in Ruritania", "of
// the Jebel Aulia area". The name of a body, or one that only tells whose thing
// is meant, is none: "in KFOR camps".
func (c *counsel) homeAt(i int) bool {
	ts := c.s.Tokens
	next := c.nameEnds(i)
	for n := i; n < next; n++ {
		if c.kindAt(n).To > n || c.t.Shapes.Is(ts, n, "thing") { // "around Rama I Road"
			return false
		}
	}
	if phrase.Capitals(c.text[ts[i].Start:ts[i].End]) || i == 0 {
		return false
	}
	if next < len(ts) && next > i && ts[next-1].Upper && !c.t.Advised.Is(ts, next, "to") && c.ofNoun(i, len(ts)) {
		return false
	}
	if i--; i > 0 && ts[i].Word == "the" {
		i--
	}
	switch ts[i].Word {
	case "in", "near", "around", "across", "inside", "throughout":
		return true
	case "of":
		return c.t.Advised.Is(ts, i-1, "live")
	}
	return false
}

// nameAt says whether a name that is no known place stands at a token, and
// notes it: the advice is then for the whole group.
func (c *counsel) nameAt(t, end int) bool {
	if t < end && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= end || !c.s.Tokens[t].Upper || c.s.Tokens[t].Word[0] <= '9' {
		return false
	}
	if c.isRoad(t) { // "the N380"
		return true
	}
	to := t + 1
	for to < end && c.s.Tokens[to].Upper {
		to++
	}
	if to < len(c.s.Tokens) && c.kindAt(to).To > to { // "Rustaveli Avenue"
		return true
	}
	c.findings = append(c.findings, vedette.Finding{Code: vedette.FindUnknownPlace, Lines: c.lines, Blocks: true,
		Message: fmt.Sprintf("%q is no place that is known; the advice is read for its whole group", phrase.Of(c.text, c.s.Tokens, t, to))})
	return true
}

// unheard notes a name right after "do not enter" and its like that is neither a
// place that is known nor a word for a kind of place.
func (c *counsel) unheard(t, end int) {
	if t < end && c.s.Tokens[t].Word == "the" {
		t++
	}
	if t >= end || c.off[t] || c.placeAt(t) >= 0 || c.kindAt(t).To > t || c.calendar.PartOfDate(c.s.Tokens, t) || c.dayName(t) || c.ofNoun(t, end) {
		return
	}
	if !phrase.Capitals(c.text[c.s.Tokens[t].Start:c.s.Tokens[t].End]) { // "KFOR" is a body
		c.nameAt(t, end)
	}
}

// ofNoun says whether a name only tells whose thing is meant: "KFOR patrols".
func (c *counsel) ofNoun(t, end int) bool {
	for t < end && c.s.Tokens[t].Upper {
		t++
	}
	if t >= end || !c.s.Tokens[t].IsWord() {
		return false
	}
	switch c.s.Tokens[t].Word {
	case "and", "or", "until", "till", "for", "at", "in", "on", "after", "before", "during", "unless", "through", "between", "to", "from", "as", "where", "which", "if", "while", "when", "altogether", "entirely", "completely", "today", "tonight", "tomorrow", "this", "by":
		return false
	}
	return true
}

// afterUnknown says whether the place at a token follows, in a list, a name
// that is no known place: "travel to Ruritania and Basra".
func (c *counsel) afterUnknown(t int) bool {
	ts := c.s.Tokens
	if t < 2 || ts[t-1].Word != "and" && ts[t-1].Word != "or" && ts[t-1].Word != "," {
		return false
	}
	for t -= 2; t > 0 && ts[t].Upper && ts[t].IsWord() && ts[t].Word[0] > '9' && !c.covered(ts[t].Start); t-- {
		if !ts[t-1].Upper {
			return c.leadsToPlace(t) || c.homeAt(t)
		}
	}
	return false
}

func (c *counsel) leadsToPlace(i int) bool {
	ts := c.s.Tokens
	i--
	if i > 0 && ts[i].Word == "the" {
		i--
	}
	switch ts[i].Word {
	case "to", "in", "including", "across", "leave", "depart":
		return true
	case "of": // "the districts of Bajaur and Khyber"
		return c.t.Shapes.Is(ts, i-1, "sort") || c.t.Shapes.Is(ts, i-1, "sorts")
	case "and", "or", ",":
		return i > 0 && ts[i-1].Upper || i > 1 && ts[i-1].Word == "," && ts[i-2].Upper
	}
	return false
}

// dayName says whether a weekday stands at a token.
func (c *counsel) dayName(i int) bool {
	h, ok := c.t.Months.At(c.s.Tokens, i)
	return ok && strings.HasPrefix(h.Label, "day ")
}

func (c *counsel) covered(at int) bool {
	i := sort.Search(len(c.Places), func(i int) bool { return c.Places[i].Span[1] > at })
	return i < len(c.Places) && c.Places[i].Span[0] <= at
}
