package counsel

import (
	"sort"
	"strings"

	"vedette/parse/phrase"
)

// hitsFrom gives the actions whose words begin at a token or after it.
func (c *counsel) hitsFrom(i int) []phrase.Hit {
	return c.hits[sort.Search(len(c.hits), func(n int) bool { return c.hits[n].From >= i }):]
}

// hitAt gives the action whose words begin at a token.
func (c *counsel) hitAt(i int) (phrase.Hit, bool) {
	if rest := c.hitsFrom(i); len(rest) > 0 && rest[0].From == i {
		return rest[0], true
	}
	return phrase.Hit{}, false
}

// endOf gives the token where the words of an action end: where its clause does,
// or where the next action begins.
func (c *counsel) endOf(told []phrase.Hit, i int) int {
	h, end := told[i], c.reach(told[i+1:])
	if stop, ok := c.passives[h.From]; ok {
		return min(end, stop)
	}
	end = c.subject(h.To, end)
	if c.closed(h) {
		end = min(end, c.clauseStops(h.To))
	}
	return end
}

// reach gives the token where the words of an action end: where the next
// begins, one that is not read too.
func (c *counsel) reach(rest []phrase.Hit) int {
	for _, next := range rest {
		if next.Label != "plain" || c.commands(next) {
			return next.From
		}
	}
	return c.last
}

// active reads "X should be avoided" as it reads "avoid X": the action's words
// are those of its clause.
func (c *counsel) active(h phrase.Hit) phrase.Hit {
	action, passive := strings.CutPrefix(h.Label, "passive ")
	if !passive {
		return h
	}
	h.Label = action
	from := h.From
	for from > 0 && h.From-from < phrase.FarBack && !c.off[from-1] && !c.inAudience(from-1) && !c.clauseStarts(from) {
		from--
	}
	if from < h.From && c.s.Tokens[from].Word == "both" {
		from++
	}
	c.passives[from] = c.clauseStops(h.To)
	if from < h.From { // else whom it is for is the subject: "staff should be relocated"
		h.From, h.To = from, from
	}
	return h
}

// closed says whether an action's words end with its verb, "travel to Pemba
// should be avoided": what follows in another clause is none of its own.
func (c *counsel) closed(h phrase.Hit) bool {
	if h.To-h.From < 3 {
		return false
	}
	switch c.s.Tokens[h.To-1].Word {
	case "avoided", "postponed", "deferred", "reconsidered", "advised", "recommended", "undertaken", "attempted", "discouraged", "suspended":
		return true
	}
	return false
}

// clauseStops gives the token where the clause of a verb before a token ends.
func (c *counsel) clauseStops(i int) int {
	ts := c.s.Tokens
	for most := min(len(ts), i+phrase.FarBack); i < most; i++ {
		switch ts[i].Word {
		case ";":
			return i
		case ",":
			if i+2 < len(ts) && (ts[i+1].Word == "and" || ts[i+1].Word == "but" || ts[i+1].Word == "while" || ts[i+1].Word == "whereas") && !c.lists(i+2) {
				return i
			}
		}
	}
	return len(ts)
}

// clauseStarts says whether a clause begins at a token: after a semicolon, or
// after the comma of an opening phrase.
func (c *counsel) clauseStarts(i int) bool {
	switch c.s.Tokens[i-1].Word {
	case ";", ":", "–", "but", "while", "whereas", "though", "although":
		return true
	case ",":
		return c.phraseOpens(i - 1)
	case "and":
		if c.t.Advised.Is(c.s.Tokens, i, "who") && c.verbBefore(i-1) {
			return true
		}
	}
	n := sort.Search(len(c.hits), func(n int) bool { return c.hits[n].To >= i })
	return n < len(c.hits) && c.hits[n].To == i && c.hits[n].Label != "plain"
}

// verbBefore says whether "should" or its like stands before a token in its clause:
// "sites in Dnipro should test generators and those in Sumy should close".
func (c *counsel) verbBefore(i int) bool {
	for n := i - 1; n >= 0 && i-n < phrase.FarBack; n-- {
		if c.verbAt(n) {
			return true
		}
		if w := c.s.Tokens[n].Word; w == ";" || w == ":" {
			return false
		}
	}
	return false
}

// subject gives where the words of an action end before a later clause, or before
// others are told something.
func (c *counsel) subject(from, end int) int {
	for i := from; i < end; i++ {
		next := i + 1
		if next < end && c.s.Tokens[next].Word == "and" {
			next++
		}
		switch c.s.Tokens[i].Word {
		case ";":
			if !c.lists(next) || c.opensWith(next, end) {
				end = i
			}
		case ",": // "avoid protests, and in Bukavu, stay indoors"
			if next > i+1 && next < end && c.placeAt(next) < 0 && c.s.Tokens[end-1].Word != "and" && c.opensWith(next, end) {
				end = i
			}
		}
	}
	return c.newSubject(from, end)
}

// opensWith says whether nothing but places stands from a token up to the next
// action, so that they are where that one is told: "; in Bukavu, leave".
func (c *counsel) opensWith(from, end int) bool {
	if end >= len(c.s.Tokens) {
		return false
	}
	for t := from; t < end; {
		if p := c.placeAt(t); p >= 0 {
			t = max(t+1, c.s.At(c.Places[p].Span[1]))
			continue
		}
		switch c.s.Tokens[t].Word {
		case "in", "at", "near", "within", "around", "the", "and", "or", ",", ":":
			t++
		default:
			return false
		}
	}
	return true
}

// newSubject gives the token where others than before are named who are told
// something: "evacuate, and those in Bauchi should"; end where none are.
func (c *counsel) newSubject(from, end int) int {
	for i := from; i <= end && i < len(c.s.Tokens); i++ {
		if c.off[i] && !c.inDistance(i) || !(i < end && c.t.Advised.Is(c.s.Tokens, i, "to")) && !c.toldTo(i) {
			continue
		}
		for n := i; n > from; n-- {
			switch c.s.Tokens[n-1].Word {
			case ",", ";", "and", "while", "but", "whereas":
				if c.opensWith(n, i) && n < i {
					continue // "travel between Lahore and Multan should"
				}
				return n - 1
			}
		}
	}
	return end
}

// toldTo says whether an action, or the "to" before it, at a token stands behind
// people after "and", who are told it: "tell staff in Bannu to leave and staff in
// Peshawar to stay indoors", "and those in Peshawar stay indoors".
func (c *counsel) toldTo(i int) bool {
	ts, verb := c.s.Tokens, i
	if ts[i].Word == "to" {
		verb++
	}
	if h, ok := c.hitAt(verb); !ok || h.Label == "reason" || h.Label == "skip" {
		return false
	}
	for n := i - 1; n > 0 && i-n < 10; n-- {
		switch ts[n].Word {
		case "with":
			if c.isWho(n+1, i) {
				return true
			}
		case "and", "but", "while", "whereas", ",", ";":
			return c.isWho(n+1, i)
		}
	}
	return false
}

// lists says whether a list goes on at a token, with a place, or with one after a
// preposition.
func (c *counsel) lists(t int) bool {
	return c.placeAt(t) >= 0 || t+1 < len(c.s.Tokens) && c.t.Metonyms.Is(c.s.Tokens, t, "at") && c.placeAt(t+1) >= 0
}

// parted says whether a semicolon stands between two tokens.
func (c *counsel) parted(from, to int) bool {
	for i := from; i < to; i++ {
		if c.s.Tokens[i].Word == ";" {
			return true
		}
	}
	return false
}
