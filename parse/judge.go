package parse

import (
	"slices"
	"strings"

	"vedette"
	"vedette/parse/layout"
	"vedette/parse/phrase"
)

// judge reads a judgement of the analyst.
func (r *reader) judge(b *layout.Block) {
	r.calendar.Foretells = true
	h := r.statement(b, nil)
	r.calendar.Foretells = false
	r.doubts(h)
	j := vedette.Judgement{Statement: h.Statement, Forecast: b.Marked || b.Section == layout.Forecast || r.foretells(h.sentences)}
	for _, s := range h.sentences {
		if hits := r.t.Confidence.Find(s.Tokens); len(hits) > 0 {
			j.Confidence = vedette.Confidence(hits[0].Label)
			break
		}
	}
	r.out.Assessments = append(r.out.Assessments, j)
}

// foretells says whether the author says in a main clause what will happen: a
// "will", or a likelihood of what is to come, with no "that", "if" or "which"
// before it.
func (r *reader) foretells(ss []phrase.Sentence) bool {
	for _, s := range ss {
		odds := r.t.Odds(r.o.Scale).Find(s.Tokens)
		inner := false
		for i, t := range s.Tokens {
			switch t.Word {
			case "that", "if", "whether", "which", "who", "whose", "unless", "should", "because", "where", "how", "what", `"`:
				inner = inner || !r.judges(s.Tokens, i)
			case ";", ":":
				inner = false
			case "will", "won't":
				if !inner && !noun(s.Tokens, i) {
					return true
				}
			}
			if inner {
				continue
			}
			if toCome(s.Tokens, i) {
				return true
			}
			for len(odds) > 0 && odds[0].To <= i {
				odds = odds[1:]
			}
			if len(odds) > 0 && odds[0].From == i && r.ahead(s.Tokens, odds[0]) {
				return true
			}
		}
	}
	return false
}

// noun says whether the "will" at a token is a thing: "the political will".
func noun(ts []phrase.Token, i int) bool {
	return i+1 < len(ts) && (ts[i+1].Word == "to" || ts[i+1].Word == "of")
}

// judges says whether the "that" at token i follows the author's own verb or
// odds: "we assess that", "it is likely that", "a realistic possibility that".
func (r *reader) judges(ts []phrase.Token, i int) bool {
	if ts[i].Word != "that" || i == 0 {
		return false
	}
	return r.t.Judgements.Is(ts, i-1, "assess") || endsOdds(r.t.Odds(r.o.Scale), ts, i)
}

// endsOdds says whether words of likelihood end before token i.
func endsOdds(t *phrase.Table, ts []phrase.Token, i int) bool {
	for from := max(0, i-4); from < i; from++ {
		if h, ok := t.At(ts, from); ok && h.To == i {
			return true
		}
	}
	return false
}

// toCome says whether "is expected to", "are poised to" and their like stand
// at token i.
func toCome(ts []phrase.Token, i int) bool {
	switch ts[i].Word {
	case "expected", "poised", "set", "bound", "certain", "due":
	default:
		return false
	}
	j := before(ts, i)
	if j < 0 || !stands(ts[j].Word) && !(ts[j].Word == "be" && ts[i].Word == "expected") {
		return false
	}
	return ts[i].Word == "expected" && (i+1 >= len(ts) || !ts[i+1].IsWord()) || followed(ts, i+1)
}

// followed says whether "to" and a verb that is not "have" follow, or words of
// when and where.
func followed(ts []phrase.Token, i int) bool {
	if i >= len(ts) {
		return true
	}
	switch ts[i].Word {
	case "to":
		return i+1 < len(ts) && ts[i+1].Word != "have"
	case "in", "over", "during", "throughout", "across", "this", "next", "within":
		return true
	}
	return false
}

// before gives the token before i that is no adverb, -1 for none.
func before(ts []phrase.Token, i int) int {
	for i--; i >= 0; i-- {
		switch w := ts[i].Word; {
		case ts[i].IsAdverb(), w == "very", w == "almost", w == "also", w == "not", w == "still", w == "now", w == "more", w == "less":
		default:
			return i
		}
	}
	return -1
}

func stands(w string) bool {
	switch w {
	case "is", "are", "remain", "remains", "seem", "seems", "appear", "appears", "looks", "look":
		return true
	}
	return false
}

// ahead says whether a likelihood is of what is to come: "is likely to spread",
// "is improbable", "there is a realistic possibility of", "makes a return
// unlikely". "Is likely to have been" and "was likely" are not.
func (r *reader) ahead(ts []phrase.Token, h phrase.Hit) bool {
	switch h.Label {
	case "not", "skip", "hedge", "comparative":
		return false
	}
	if r.t.Judgements.Is(ts, h.To-1, "chance") {
		return held(ts, h) && !tellsPast(ts, h.To)
	}
	if j := before(ts, h.From); j < 0 || !stands(ts[j].Word) {
		return makes(ts, h)
	}
	if h.To >= len(ts) || !ts[h.To].IsWord() {
		return !r.standing(ts, h.From)
	}
	switch ts[h.To].Word {
	case "to":
		return h.To+1 < len(ts) && ts[h.To+1].Word != "have"
	case "that":
		return !tellsPast(ts, h.To)
	case "in", "over", "during", "throughout", "across", "at", "as", "for", "before", "within", "on", "until", "while", "if", "this", "and", "or", "given", "without", "unless", "by", "near", "around", "along", "among", "between", "but", "through", "once", "after", "when", "even", "today", "tomorrow", "tonight", "because", "since":
		return true
	}
	return false
}

// held says whether a chance is said to be there: "there is a real chance",
// "we see a realistic possibility", "a walkout has a remote chance".
func held(ts []phrase.Token, h phrase.Hit) bool {
	if h.To < len(ts) && (ts[h.To].Word == "exists" || ts[h.To].Word == "remains") {
		return true
	}
	for i := h.From - 1; i >= 0 && h.From-i < 5; i-- {
		switch ts[i].Word {
		case "is", "are", "remains", "remain", "has", "have", "see", "assess", "judge", "poses", "carries", "stands":
			return true
		case ".", ",", ";", "of", "and":
			return false
		}
	}
	return false
}

// makes says whether "makes X unlikely" or "renders X likely" ends at a hit.
func makes(ts []phrase.Token, h phrase.Hit) bool {
	if h.To < len(ts) && ts[h.To].IsWord() {
		return false
	}
	for i := h.From - 1; i >= 0 && h.From-i < 14; i-- {
		switch ts[i].Word {
		case "makes", "make", "renders", "render", "making", "rendering":
			return true
		}
	}
	return false
}

// tellsPast says whether a clause that follows tells of what was or is, or only
// of what would be: "that the fire was set on purpose", "that they agreed".
func tellsPast(ts []phrase.Token, from int) bool {
	for i := from; i < len(ts) && i < from+14; i++ {
		switch w := ts[i].Word; w {
		case "will", "to", "may", "could":
			return false
		case "would":
			return slices.ContainsFunc(ts[i:], func(t phrase.Token) bool { return t.Word == "if" })
		case "was", "were", "had", "did", "has", "have", "already":
			return true
		default:
			if len(w) > 4 && strings.HasSuffix(w, "ed") && i > from+1 && !describes(ts, i) {
				return true
			}
		}
	}
	return false
}

// describes says whether a word like "planned" belongs to a noun: it follows an
// article, a preposition or "be".
func describes(ts []phrase.Token, i int) bool {
	switch ts[i-1].Word {
	case "the", "a", "an", "of", "by", "for", "with", "be", "is", "are", "being", "any", "more", "further", "and":
		return true
	}
	return false
}

// standing says whether the words before a likelihood are of what lies behind
// an event rather than of what will happen.
func (r *reader) standing(ts []phrase.Token, at int) bool {
	behind := false
	for i := max(0, at-16); i < at; i++ {
		switch ts[i].Word {
		case ",", ";", ":":
			behind = false
		case "will", "would", "to":
			return false
		}
		behind = behind || r.t.Judgements.Is(ts, i, "behind")
	}
	return behind
}
