package counsel

import (
	"strings"

	"vedette/parse/phrase"
)

// whom finds whom the sentence is for: "X are advised to", "X should",
// "For X, ...", "Advise X to".
func (c *counsel) whom() {
	ts := c.s.Tokens
	if to := c.called(); to > 0 {
		c.forWhom(0, to)
		return
	}
	for i := range ts {
		if c.off[i] {
			continue
		}
		h, ok := c.t.Advised.At(ts, i)
		if !ok {
			continue
		}
		switch {
		case h.Label == "to":
			if i > 0 && (relative(ts[i-1].Word) || c.t.Advised.Is(ts, i-1, "notneed")) { // "those who must stay should", "no need to stay"
				continue
			}
			if from := c.nounBefore(i); c.isWho(from, i) && !c.undergoes(from, h) || c.does(from, h) {
				c.forWhom(from, i)
				return
			}
		case h.Label == "for" && ts[i].Word == "for" && c.opensAt(i):
			if to := c.comma(i + 1); to > 0 && c.isWho(i+1, to) {
				c.forWhom(i+1, to)
				return
			}
		case h.Label == "that":
			if to := c.firstTold(h.To); c.isWho(h.To, to) {
				c.forWhom(h.To, to)
				return
			}
		case h.Label == "tell" && (c.opensAt(i) || i > 0 && ts[i-1].Word == "we" || told(ts[i].Word)):
			to := i + 1
			for to < len(ts) && to < i+12 && ts[to].Word != "to" && ts[to].IsWord() {
				to++
			}
			if to < len(ts) && ts[to].Word == "to" && c.isWho(h.To, to) {
				c.forWhom(h.To, to)
				return
			}
		}
	}
}

// firstTold gives the token of the first action shortly after a token, 0 for
// none.
func (c *counsel) firstTold(from int) int {
	for _, h := range c.hitsFrom(from) {
		if h.Label != "reason" {
			if h.From-from > 12 || strings.HasPrefix(h.Label, "passive ") {
				return 0
			}
			return h.From
		}
	}
	return 0
}

// undergoes says whether what stands before a verb is a thing that something
// is to be done with, though people are named in it: "staff movements should be
// suspended".
func (c *counsel) undergoes(from int, verb phrase.Hit) bool {
	if h, ok := c.hitAt(verb.From); !ok || !strings.HasPrefix(h.Label, "passive ") {
		return false
	}
	head := c.head(from, verb.From)
	return !c.t.Advised.Is(c.s.Tokens, head, "who") && !c.agents(head)
}

// does says whether several of a kind that no table knows are told to act:
// "plants drawing more than 5 MW should suspend work". What only undergoes, or
// is a thing, is no audience.
func (c *counsel) does(from int, verb phrase.Hit) bool {
	if from >= verb.From || !c.opensAt(from) || c.undergoes(from, verb) {
		return false
	}
	head := c.head(from, verb.From)
	w := c.s.Tokens[head].Word
	if len(w) < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") || c.t.Advised.Is(c.s.Tokens, head, "things") || c.t.Placekinds.Is(c.s.Tokens, head, "protest") {
		return false
	}
	for _, h := range c.hitsFrom(verb.From) {
		if h.From > verb.To+1 {
			break
		}
		if h.Label != "plain" && h.Label != "reason" && h.Label != "skip" && !strings.HasPrefix(h.Label, "passive ") {
			return true
		}
	}
	return false
}

// head gives the token of the noun that words are about: the last before the
// first preposition or clause.
func (c *counsel) head(from, to int) int {
	for i := from + 1; i < to; i++ {
		switch w := c.s.Tokens[i].Word; w {
		case "in", "to", "of", "from", "with", "without", "near", "at", "on", "for", "by", "along", "between", "who", "that", "which", "whose", "not", ",", "(", "planned", "based", "located", "within", "outside", "inside", "around", "under", "over":
			return i - 1
		default:
			if strings.HasSuffix(w, "ing") && strings.HasSuffix(c.s.Tokens[i-1].Word, "s") {
				return i - 1 // "plants drawing more"
			}
		}
	}
	return to - 1
}

// called gives the token of the colon after whom a sentence calls: "Drivers:
// keep doors locked". 0 for none.
func (c *counsel) called() int {
	for i := 1; i < len(c.s.Tokens) && i < 14; i++ {
		if w := c.s.Tokens[i].Word; w == ":" {
			if c.isWho(0, i) && (c.tells(i+1) || i+1 < len(c.off) && c.off[i+1]) {
				return i
			}
			return 0
		} else if w == "," || w == ";" || w == "." {
			return 0
		}
	}
	return 0
}

// told says whether a verb tells of others who told someone: "authorities
// urged residents to evacuate".
func told(w string) bool {
	switch w {
	case "told", "urged", "ordered", "advised", "instructed", "asked":
		return true
	}
	return false
}

func relative(w string) bool { return w == "who" || w == "that" || w == "which" }

func (c *counsel) forWhom(from, to int) {
	if c.out.Audience == "" {
		c.out.Audience = strings.Trim(phrase.Of(c.text, c.s.Tokens, from, to), " ,")
	}
	c.audience, c.plain = [2]int{from, to}, true
}

// opensAt says whether a token opens the sentence, a condition before it or
// not.
func (c *counsel) opensAt(i int) bool {
	for i--; i >= 0; i-- {
		if !c.off[i] && c.s.Tokens[i].Word != "," {
			return false
		}
	}
	return true
}

func (c *counsel) comma(i int) int {
	for n := i; n < len(c.s.Tokens) && n < i+24; n++ {
		if w := c.s.Tokens[n].Word; (w == "," || w == ":") && c.tells(n+1) {
			return n
		}
	}
	return 0
}

// nounBefore gives the token where the words before a verb begin: after the
// condition, an opening phrase closed by a comma, or the last action.
func (c *counsel) nounBefore(i int) int {
	from := i
	for from > 0 && i-from < phrase.FarBack && (!c.off[from-1] || c.inDistance(from-1)) {
		w := c.s.Tokens[from-1].Word
		if w == ";" || w == ":" || w == "but" && !c.allBut(from-1) || w == "whereas" {
			break
		}
		if w == "," && i == from { // "Nationals, in particular those working at ports, should"
			if from = c.inserted(from - 1); from == i {
				break
			}
			continue
		}
		if w == "," && c.phraseOpens(from-1) {
			break
		}
		from--
	}
	for from < i && (c.s.Tokens[from].Word == "," || c.s.Tokens[from].Word == "and" || c.s.Tokens[from].Word == "–") {
		from++
	}
	return from
}

// allBut says whether "but" at a token leaves some of all out: "everyone but
// security teams".
func (c *counsel) allBut(i int) bool {
	switch c.s.Tokens[max(0, i-1)].Word {
	case "everyone", "everybody", "anyone", "anybody", "all", "nobody", "none", "staff", "personnel":
		return true
	}
	return i > 1 && c.s.Tokens[i-2].Word == "all"
}

// inDistance says whether a token is of a distance: "residents within 5 km of
// Baytown" is one audience.
func (c *counsel) inDistance(i int) bool { return i >= c.distance[0] && i < c.distance[1] }

// inserted gives the token of the comma that opens what the comma at a token
// closes, "in particular those working at ports"; the token after the latter
// where none does.
func (c *counsel) inserted(closes int) int {
	for i := closes - 1; i > 0 && closes-i < 24 && !c.off[i]; i-- {
		if c.s.Tokens[i].Word == "," {
			return i
		}
		if c.tellsAt(i) {
			break
		}
	}
	return closes + 1
}

// tellsAt says whether an action begins at a token.
func (c *counsel) tellsAt(i int) bool {
	h, ok := c.hitAt(i)
	return ok && h.Label != "reason" && h.Label != "plain"
}

// phraseOpens says whether the comma at token i closes a phrase such as "At
// this time," or "In Iran,".
func (c *counsel) phraseOpens(i int) bool {
	switch c.s.Tokens[0].Word {
	case "in", "at", "on", "during", "through", "throughout", "from", "over", "before", "after", "by", "with", "while", "where", "across", "along", "within", "near", "if", "when", "once", "should", "given", "due", "for", "as", "meanwhile", "however", "additionally", "furthermore", "nonetheless", "moreover", "therefore", "until", "amid", "following":
		return i < 14
	}
	return false
}

// agents says whether a word names people by what they do, in the plural:
// "hauliers", "distributors", "geologists".
func (c *counsel) agents(i int) bool {
	w := c.s.Tokens[i].Word
	for _, end := range []string{"ers", "ors", "ists", "ees", "ians", "iers"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+2 {
			return !c.t.Advised.Is(c.s.Tokens, i, "things")
		}
	}
	return false
}

// isWho says whether tokens name people, ships or firms.
func (c *counsel) isWho(from, to int) bool {
	if from >= to || to-from > 30 || c.s.Tokens[from].Word == "it" || c.s.Tokens[from].Word == "no" {
		return false
	}
	for i := from; i < to; i++ {
		if c.t.Advised.Is(c.s.Tokens, i, "who") || c.agents(i) {
			return true
		}
		switch c.s.Tokens[i].Word {
		case "in", "to", "of", "from", "with", "near":
			return false // the head stands before the first preposition
		}
	}
	return false
}
