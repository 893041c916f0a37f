package voice

import (
	"strings"

	"vedette/parse/phrase"
)

// subject finds the words before a verb that say who: tokens from up to to,
// and an apposition between commas to be shown after them.
func (h *hearing) subject(verb int) (from, to int, insert string) {
	to = verb
	for to > 0 && (helps(h.ts[to-1]) || to > 1 && (h.ts[to-1].Word == "all" || h.ts[to-1].Word == "both") && helps(h.ts[to-2])) {
		to--
	}
	if to > 1 && h.ts[to-1].Word == "," {
		open := to - 2
		for open > 0 && h.ts[open].Word != "," && to-open < 16 {
			open--
		}
		if open > 0 && h.ts[open].Word == "," && !h.adjunct(open) {
			insert = h.apposition(open, to)
			to = open
		} else {
			return to, to, ""
		}
	}
	from = to
	for from > 0 && to-from < 16 && (!h.bounds(from-1, to) || h.lists(from-1, to)) {
		if from--; from < to-1 && owned(h.ts[from].Word) && from > 0 && h.ts[from-1].IsWord() {
			break // "an account his lawyer denied"
		}
		if account(h.ts[from].Word) && from > 0 && (h.ts[from-1].Word == "a" || h.ts[from-1].Word == "an") && from+1 < to {
			from++
			break
		}
	}
	for i := from; i < to; i++ { // "a report quoting two officials"
		if hit, ok := h.t.Voices.At(h.ts, i); ok && hit.Label == "citing" {
			to = i
		}
	}
	for from < to && (h.isDay(from) || from+1 < to && h.isDay(from+1) && leads(h.ts[from].Word)) && !h.dayOfNoun(from, to) {
		from++
	}
	return from, to, insert
}

// lists says whether the comma at a token parts names in a list that ends before
// the verb: "airports in Japan, Germany and Portugal".
func (h *hearing) lists(i, to int) bool {
	if h.ts[i].Word != "," || i == 0 || !h.ts[i-1].Upper || i+1 >= to || !h.ts[i+1].Upper {
		return false
	}
	last := i + 1
	for last < to && (h.ts[last].Upper || h.ts[last].Word == ",") {
		last++
	}
	first := i - 1
	for first > 0 && h.ts[first].Upper {
		first--
	}
	return last+1 < to && h.ts[last].Word == "and" && h.ts[last+1].Upper && (h.ts[first].Word == "in" || h.ts[first].Word == "of" || h.ts[first].Word == "from")
}

func owned(w string) bool { return w == "his" || w == "her" || w == "their" }

// dayOfNoun says whether the day belongs to the noun: "a February 4 report".
func (h *hearing) dayOfNoun(from, to int) bool {
	return from > 0 && (h.ts[from-1].Word == "a" || h.ts[from-1].Word == "an")
}

func leads(w string) bool {
	return w == "on" || w == "in" || w == "since" || w == "late" || w == "early"
}

// adjunct says whether the comma at token i closes an opening phrase ("On
// February 4,") rather than opens an apposition.
func (h *hearing) adjunct(i int) bool {
	return i < 4 && (leads(h.ts[0].Word) || h.isDay(0))
}

// apposition is the text between the commas at open and to-1, unless it cites
// or tells when.
func (h *hearing) apposition(open, to int) string {
	switch h.ts[open+1].Word {
	case "citing", "quoting", "who", "which", "on", "in", "speaking", "during", "following", "however", "meanwhile", "for", "as", "at", "while", "also", "therefore":
		return ""
	}
	return h.text[h.ts[open].Start:h.ts[to-2].End]
}

// helps says whether a word may stand between subject and verb.
func helps(t phrase.Token) bool {
	switch t.Word {
	case "has", "have", "had", "also", "later", "then", "again", "further", "since", "reportedly", "allegedly", "did", "not", "never", "to", "first", "now", "himself", "herself", "themselves", "previously", "neither", "nor", "yet", "both":
		return true
	}
	return t.IsAdverb()
}

// bounds says whether token i stands before the subject.
func (h *hearing) bounds(i, to int) bool {
	t := h.ts[i]
	if t.Upper && t.IsWord() && (i > 0 || phrase.Capitals(h.text[t.Start:t.End])) {
		return false // "(WHO)", "IS claimed"
	}
	switch t.Word {
	case "that", "while", "but", "after", "before", "when", "as", "whereas", "although", "though", "which", "who", "if", "because", "where", "however", "since", "until", "following", "is", "are", "was", "were", "will", "would":
		return true
	case "with":
		return i == 0 || !h.ts[i-1].IsWord()
	case "by": // "residents reached by phone"
		return i < 2 || !strings.HasSuffix(h.ts[i-1].Word, "ed") || helps(h.ts[i-2]) || h.ts[i-2].Word == "was" || h.ts[i-2].Word == "were"
	case `"`: // "a group calling itself “Frostline” claimed"
		return !h.styled(i, to)
	case ".": // of an abbreviation: the sentence is one
		return false
	case "and", "or":
		return i > 0 && h.ts[i-1].Word == "," || i+1 < to && pronounWord(h.ts[i+1].Word)
	case "'s", "(", ")", "/", "&", "'":
		return false
	}
	return !t.IsWord()
}

// styled says whether the quotation mark at token i is of a name in quotation
// marks right before a verb, after "itself" or a noun.
func (h *hearing) styled(i, to int) bool {
	if h.ts[to-1].Word != `"` {
		return false
	}
	open := to - 2
	for open > 0 && h.ts[open].Word != `"` && to-open < 6 {
		open--
	}
	if open < 1 || h.ts[open].Word != `"` || i != open && i != to-1 {
		return false
	}
	switch h.ts[open-1].Word {
	case "itself", "themselves", "called", "named", "group", "channel", "as":
		return true
	}
	return false
}

func pronounWord(w string) bool { return w == "he" || w == "she" || w == "they" || w == "it" }

func pronoun(ts []phrase.Token) bool { return len(ts) == 1 && pronounWord(ts[0].Word) }

// speaker says what kind of source the words are: anonymous, office, medium,
// or "name" for a person, a country or a body with a name; "" for none.
func (h *hearing) speaker(ts []phrase.Token) string {
	if len(ts) == 0 {
		return ""
	}
	kind, proper, next := "", false, 0
	for i, w := range ts {
		if i < next {
			proper = proper || w.Upper
			continue
		}
		if w.Word == "(" {
			break
		}
		if w.Word == "of" || w.Word == "in" || w.Word == "from" || w.Word == "for" || w.Word == "to" || w.Word == "on" || w.Word == "close" || w.Word == "at" || w.Word == "near" || w.Word == "with" {
			if i > 0 && kind != "" {
				break
			}
			continue
		}
		if hit, ok := h.t.Speakers.At(ts, i); ok && hit.Label != "unowned" && hit.Label != "thing" {
			kind, next = hit.Label, hit.To
		} else if w.Upper && w.Word[0] > '9' {
			proper = true
			if kind == "anonymous" || kind == "office" {
				kind = "name"
			}
		}
	}
	if kind == "" && proper {
		kind = "name"
	}
	return kind
}

// unowned says whether a report belongs to nobody: "a February 4 report".
func (h *hearing) unowned(ts []phrase.Token) bool {
	head := false
	for i, w := range ts {
		switch {
		case h.t.Speakers.Is(ts, i, "unowned"):
		case h.t.Speakers.Is(ts, i, "medium"):
			head = head || strings.HasPrefix(w.Word, "report") || strings.HasPrefix(w.Word, "rumo")
			if !strings.HasPrefix(w.Word, "report") && !strings.HasPrefix(w.Word, "rumo") {
				return false
			}
		case h.c.PartOfDate(ts, i), w.Word == ",":
		case head: // "reports of an attack"
			return true
		default:
			return false
		}
	}
	return head
}

// named says whether a word in the middle carries a capital: a medium with a
// name rather than "local media".
func named(ts []phrase.Token) bool {
	for i, t := range ts {
		if t.Upper && t.Word[0] > '9' && i > 0 || t.Upper && len(ts) == 1 {
			return true
		}
	}
	return false
}
