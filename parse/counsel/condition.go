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
		opens := c.clauseOpens(i)
		if !c.conditional(hit, opens) {
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

// clauseOpens says whether a clause begins at a token.
func (c *counsel) clauseOpens(i int) bool {
	if i == 0 {
		return true
	}
	switch c.s.Tokens[i-1].Word {
	case ",", ";", "–", ":":
		return true
	case "and":
		return i > 1 && c.s.Tokens[i-2].Word == ","
	}
	return c.inverted(i)
}

// conditional says whether a turn of the table opens a condition here.
func (c *counsel) conditional(h phrase.Hit, opens bool) bool {
	ts, i := c.s.Tokens, h.From
	switch {
	case h.Label == "not":
		return false
	case h.Label == "while": // "travel may continue while calm holds", not "while remaining vigilant"
		return i > 0 && h.To < len(ts) && !strings.HasSuffix(ts[h.To].Word, "ing") && slices.ContainsFunc(c.hits, func(a phrase.Hit) bool {
			return a.Label == string(vedette.TravelWithCaution) && a.From < i
		})
	case h.Label != "lead":
		return true
	}
	switch ts[i].Word {
	case "should":
		return opens && (i == 0 || !c.tells(i+1))
	case "when", "whenever":
		if i > 1 && ts[i-1].Word == "," && (c.calendar.PartOfDate(ts, i-2) || c.dayName(i-2)) {
			return false // "until March 19, when the inquiry reports"
		}
		return opens || len(c.hits) > 0 && c.hits[0].From < i && h.To < len(ts) && c.finite(h.To)
	}
	return opens && i == 0
}

// finite says whether a clause with a subject and a verb follows, "smoke is
// visible", rather than "travelling" or "possible".
func (c *counsel) finite(i int) bool {
	if w := c.s.Tokens[i].Word; strings.HasSuffix(w, "ing") || w == "possible" || w == "necessary" || w == "in" || w == "on" || w == "at" {
		return false
	}
	for j := i + 1; j < len(c.s.Tokens) && j < i+8; j++ {
		switch w := c.s.Tokens[j].Word; w {
		case "is", "are", "has", "have", "sounds", "sound", "begins", "begin", "starts", "start", "occurs", "occur", "resumes", "resume", "comes", "come", "falls", "fall", "goes", "go", "breaks", "break", "rises", "rise", "ends", "end", "subsides", "subside", "reopens", "reopen", "lifts", "allows", "allow", "permits", "permit":
			return true
		case ",", ".", ";":
			return false
		}
	}
	return false
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
	if ts[i].Word != "should" || i+2 >= len(ts) || ts[i-1].Word == "as" || len(c.hits) == 0 || c.hits[0].From >= i {
		return false
	}
	if n := len(c.hits) - len(c.hitsFrom(i)); n > 0 && c.hits[n-1].To > i {
		return false // "only essential trips should go ahead"
	}
	switch ts[i-1].Word {
	case "and", "or", "but", "also", "that", "which", "who", "they", "you", "it", "this", "these", "those":
		return false
	}
	switch ts[i+1].Word {
	case "be", "not", "also", "likewise", "still", "have", "only", "continue", "do", "take", "make":
		return false
	}
	if ts[i+1].IsAdverb() {
		return false
	}
	_, told := c.t.Actions.At(ts, i+1)
	return !told && !c.isWho(c.nounFrom(i), i) && !c.subjectOf(i)
}

// subjectOf says whether those whom "should" at a token tells something stand at
// the head of its clause: "staff in Goma who hold visas should cross".
func (c *counsel) subjectOf(i int) bool {
	ts, from := c.s.Tokens, i
	for from > 0 && i-from < phrase.FarBack && !c.off[from-1] && ts[from-1].Word != "," && ts[from-1].Word != ";" && ts[from-1].Word != "while" && ts[from-1].Word != "but" {
		if from--; c.t.Advised.Is(ts, from, "to") {
			return false // it has its verb: "staff should leave should shelling resume"
		}
	}
	_, verb := c.t.Actions.At(ts, from)
	return !verb && !c.t.Advised.Is(ts, from, "tell") && c.isWho(from, i)
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
	opens = opens && (from == 0 || ts[from-1].Word == ":" || c.off[from-1])
	for i := from + 1; i < len(ts); i++ {
		switch ts[i].Word {
		case ".", "!", "?":
			if i+1 < len(ts) {
				continue // of an abbreviation
			}
			if opens && first > 0 {
				return first
			}
			if n := c.uncommaed(from); opens && n > 0 {
				return n
			}
			return i
		case ";":
			if opens && first > 0 {
				return first
			}
			return i
		case "and":
			if !opens && i > from+2 && c.toldAfter(from, i) {
				return i
			}
		case ",", "–", ":":
			if from > 1 && ts[from-1].Word == "," && (ts[from-2].Word == "and" || ts[from-2].Word == "or") && c.placeAt(i+1) < 0 && c.lists(i+1) {
				return i // "to Ituri and, unless essential, to Goma"
			}
			if c.tells(i + 1) {
				if opens && first > 0 && c.clause(first+1, i) {
					return first
				}
				return i
			}
			if first < 0 {
				first = i
			}
		}
	}
	if opens && first > 0 {
		return first
	}
	if opens {
		if i := c.uncommaed(from); i > 0 {
			return i
		}
	}
	return len(ts)
}

// uncommaed gives the token of the action that follows a condition without a comma,
// "if a blockade is declared leave Kinmen", 0 for none: it stands behind a verb of
// what happens, "then" or a dash.
func (c *counsel) uncommaed(from int) int {
	ts := c.s.Tokens
	for _, h := range c.hitsFrom(from + 3) {
		w := ts[h.From-1].Word
		switch {
		case h.Label == "reason" || h.Label == "skip":
		case w == "then":
			return h.From - 1
		case happens(w), strings.HasSuffix(w, "ed") && len(w) > 4, strings.Contains(c.text[ts[h.From-1].End:ts[h.From].Start], " - "):
			return h.From
		}
	}
	return 0
}

// happens says whether a verb, in the singular, tells that something comes about.
func happens(w string) bool {
	switch w {
	case "starts", "begins", "resumes", "stops", "closes", "fails", "continues", "escalates", "worsens", "spreads", "occurs", "happens", "sounds", "erupts", "deteriorates":
		return true
	}
	return false
}

// toldAfter says whether "and" at a token leads back to what is told, "evacuate if
// sirens sound and follow instructions", rather than on with what a condition says
// others do, "if police ask you to leave and avoid the area".
func (c *counsel) toldAfter(from, and int) bool {
	next, ok := c.hitAt(and + 1)
	if !ok || next.Label == "plain" || next.Label == "reason" || next.Label == "skip" || strings.HasPrefix(next.Label, "passive ") {
		return false
	}
	for _, h := range c.hitsFrom(from) {
		if h.From >= and {
			return true
		}
		if h.Label != "reason" {
			return false
		}
	}
	return true
}

// clause says whether the words between two commas tell something in a verb
// the tables do not know, "muster all hands in the citadel", rather than go on
// with a list, "riots or explosions".
func (c *counsel) clause(from, to int) bool {
	if to-from < 3 || to+1 < len(c.s.Tokens) && (c.s.Tokens[to+1].Word == "or" || c.s.Tokens[to+1].Word == "and") {
		return false
	}
	switch c.s.Tokens[from].Word {
	case "a", "an", "the", "or", "and", "including", "such", "especially", "particularly", "which", "who", "whether", "in", "on", "at", "for", "during", "as", "with", "due", "but", "if", "when", "where":
		return false
	}
	for i := from; i < to; i++ {
		switch c.s.Tokens[i].Word {
		case "the", "all", "your", "their", "any", "every", "down", "up", "away", "back":
			return i > from
		case "is", "are", "was", "were", "fall", "fails", "occur":
			return false
		}
	}
	return false
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
		if w != "and" && w != "or" && w != "to" && w != "please" && w != "then" && !c.s.Tokens[i+n].IsAdverb() {
			break
		}
	}
	for j := i; j < len(c.s.Tokens) && j < i+14 && c.s.Tokens[j].Word != ","; j++ {
		if h, ok := c.t.Advised.At(c.s.Tokens, j); ok && h.Label == "to" {
			return j == i || c.isWho(i, j)
		}
	}
	return false
}

// reasons takes the giving of reasons out of the sentence: up to the comma
// after which someone is told to do something.
func (c *counsel) reasons() {
	for _, h := range c.hits {
		if h.Label != "reason" || c.off[h.From] || c.scheduled(h) {
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

// scheduled says whether "due to" tells what is planned: "those due to fly".
func (c *counsel) scheduled(h phrase.Hit) bool {
	ts := c.s.Tokens
	if ts[h.From].Word != "due" || h.From == 0 {
		return false
	}
	switch ts[h.From-1].Word {
	case "is", "are", "was", "were", "those", "anyone":
		return true
	}
	return c.t.Advised.Is(ts, h.From-1, "who") || c.agents(h.From-1)
}

func (c *counsel) hide(from, to int) {
	for i := from; i < to; i++ {
		c.off[i] = true
	}
}
