package counsel

import (
	"slices"
	"sort"
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

// condition finds what must happen first, keeps its words whole and takes
// them out of the sentence. Several are kept, joined by a semicolon.
func (c *counsel) condition() {
	ts := c.s.Tokens
	for i := 0; i < len(ts); i++ {
		hit, ok := c.t.Conditions.At(ts, i)
		if !ok || c.off[i] || ts[i].Word == "once" && i > 0 && ts[i-1].Word == "at" {
			continue
		}
		opens := i == 0 || ts[i-1].Word == "," || ts[i-1].Word == ";" || ts[i-1].Word == "–" || ts[i-1].Word == ":" || ts[i-1].Word == "and" && i > 1 && ts[i-2].Word == ","
		opens = opens || c.inverted(i)
		if hit.Label == "not" || hit.Label == "lead" && !opens || hit.Label == "lead" && ts[i].Word != "should" && i > 0 && ts[i].Word != "when" {
			i = hit.To - 1
			continue
		}
		end := c.clauseEnd(i, opens)
		words := strings.TrimRight(phrase.Of(c.text, ts, i, end), " ,.;:")
		if c.out.Condition == "" {
			c.out.Condition = words
		} else if !strings.Contains(c.out.Condition, words) {
			c.out.Condition += "; " + words
		}
		c.hide(i, end)
		i = end - 1
	}
}

// onlyRemarks says whether a sentence tells nobody to do anything, but only
// what follows from a condition: "If clashes resume, delays are likely." An
// advice has one condition, and what an earlier sentence told must not wait
// for that of a remark. A sentence that points back ("if so, this applies")
// is none.
func (c *counsel) onlyRemarks() bool {
	if !c.off[0] || c.audience[1] > 0 || slices.ContainsFunc(c.hits, func(h phrase.Hit) bool { return h.Label != "reason" }) {
		return false
	}
	words := -1 // of what follows, after the first comma
	for _, t := range c.s.Tokens {
		switch t.Word {
		case "this", "that", "these", "those", "so", "such", "above", "it", "advice", "recommendation", "recommendations", "measures", "do", "you":
			return false
		case ",":
			words = max(words, 0)
		}
		if words >= 0 && t.IsWord() {
			words++
		}
	}
	return words > 2
}

// inverted says whether "should" at a token opens a condition without a comma:
// "relocate should strikes intensify". Something is told before it, and what
// follows is no verb.
func (c *counsel) inverted(i int) bool {
	ts := c.s.Tokens
	if ts[i].Word != "should" || i+2 >= len(ts) || len(c.hits) == 0 || c.hits[0].From >= i {
		return false
	}
	switch ts[i-1].Word {
	case "and", "or", "but", "also", "that", "which", "who", "they", "you", "it", "this", "these", "those":
		return false
	}
	switch w := ts[i+1].Word; w {
	case "be", "not", "also", "have", "only", "continue", "do", "take", "make":
		return false
	default:
		if strings.HasSuffix(w, "ly") {
			return false
		}
	}
	_, told := c.t.Actions.At(ts, i+1)
	return !told && !c.isWho(c.nounFrom(i), i)
}

// nounFrom gives the token after the last comma, "and" or preposition before a
// token.
func (c *counsel) nounFrom(i int) int {
	for i > 0 {
		switch c.s.Tokens[i-1].Word {
		case ",", "and", "or", "to", "in", "of", "from", "at", "for", ";", ":":
			return i
		}
		i--
	}
	return i
}

// clauseEnd gives the token where a condition ends: at the comma after which
// someone is told to do something, else the first comma when it opens the
// sentence, else where the sentence ends.
func (c *counsel) clauseEnd(from int, opens bool) int {
	ts := c.s.Tokens
	first := -1
	for i := from + 1; i < len(ts); i++ {
		switch ts[i].Word {
		case ".", ";", "!", "?":
			return i
		case ",", "–", ":":
			if c.tells(i + 1) {
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	if opens && from == 0 && first > 0 {
		return first
	}
	return len(ts)
}

// tells says whether an action follows a token, at most an adverb, "and" or
// an audience between.
func (c *counsel) tells(i int) bool {
	for n := 0; n < 3 && i+n < len(c.s.Tokens); n++ {
		k := sort.Search(len(c.hits), func(k int) bool { return c.hits[k].From >= i+n })
		if k < len(c.hits) && c.hits[k].From == i+n && c.hits[k].Label != "reason" {
			return true
		}
		if h, ok := c.t.Actions.At(c.s.Tokens, i+n); ok && h.Label != "reason" {
			return true
		}
		w := c.s.Tokens[i+n].Word
		if w != "and" && w != "or" && w != "please" && w != "then" && !strings.HasSuffix(w, "ly") {
			break
		}
	}
	for j := i; j < len(c.s.Tokens) && j < i+14 && c.s.Tokens[j].Word != ","; j++ {
		if h, ok := c.t.Advised.At(c.s.Tokens, j); ok && h.Label == "to" {
			return c.isWho(i, j)
		}
	}
	return false
}

// reasons takes the giving of reasons out of the sentence: up to the comma
// after which someone is told to do something.
func (c *counsel) reasons() {
	for _, h := range c.hits {
		if h.Label != "reason" || c.off[h.From] {
			continue
		}
		end := h.To
		for end < len(c.s.Tokens) && !c.off[end] {
			if w := c.s.Tokens[end].Word; w == ";" || w == "," && c.tells(end+1) {
				break
			}
			end++
		}
		c.hide(h.From, end)
	}
}

func (c *counsel) hide(from, to int) {
	for i := from; i < to; i++ {
		c.off[i] = true
	}
}

// until takes the end of an advice: "until February 10".
func (c *counsel) until() {
	ts := c.s.Tokens
	for i := range ts {
		if w := ts[i].Word; w != "until" && w != "till" && w != "through" || i+1 >= len(ts) || c.out.Until != nil {
			continue
		}
		ms := c.calendar.Moments(c.text, ts[i+1:min(len(ts), i+12)])
		if len(ms) == 0 || ms[0].From > 2 {
			continue
		}
		m := ms[0]
		text := phrase.Of(c.text, ts[i+1:], m.From, m.To)
		if w, ok := c.calendar.Resolve(m, text, c.Zone); ok {
			c.out.Until = &w
		}
		if m.Vague {
			c.find(vedette.FindAmbiguousDate, "the advice holds until %q: day and month could be the other way round", text)
		}
	}
}
