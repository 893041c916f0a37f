package parse

import (
	"vedette"
	"vedette/parse/layout"
	"vedette/parse/phrase"
)

// judge reads a judgement of the analyst.
func (r *reader) judge(b layout.Block) {
	h := r.statement(b, nil)
	r.doubts(h)
	j := vedette.Judgement{Statement: h.Statement, Forecast: b.Marked || b.Section == layout.Forecast || foretells(h.sentences)}
	for _, s := range h.sentences {
		if hits := r.t.Confidence.Find(s.Tokens); len(hits) > 0 {
			j.Confidence = vedette.Confidence(hits[0].Label)
			break
		}
	}
	r.out.Assessments = append(r.out.Assessments, j)
}

// foretells says whether the author says in a main clause what will happen: a
// "will", or "is likely to", with no "that", "if" or "which" before it.
func foretells(ss []phrase.Sentence) bool {
	for _, s := range ss {
		inner := false
		for i, t := range s.Tokens {
			switch t.Word {
			case "that", "if", "whether", "which", "who", "whose", "unless", "should", "because", "where", "how", "what", `"`:
				inner = inner || !judges(s.Tokens, i)
			case ";":
				inner = false
			case "will", "won't":
				if !inner {
					return true
				}
			case "likely", "unlikely", "expected", "poised", "set", "bound", "certain", "probable":
				if !inner && present(s.Tokens, i) {
					return true
				}
			}
		}
	}
	return false
}

// judges says whether the "that" at token i follows the author's own verb: "we
// assess that", "it is likely that".
func judges(ts []phrase.Token, i int) bool {
	if ts[i].Word != "that" || i == 0 {
		return false
	}
	switch ts[i-1].Word {
	case "assess", "judge", "expect", "believe", "assessed", "likely", "unlikely", "probable", "expected", "anticipate", "estimate", "confidence":
		return true
	}
	return false
}

// present says whether the word at i is "are likely to …" or "remain likely
// in …", of what is to come.
func present(ts []phrase.Token, i int) bool {
	j := i - 1
	for j > 0 && (len(ts[j].Word) > 3 && ts[j].Word[len(ts[j].Word)-2:] == "ly" || ts[j].Word == "very" || ts[j].Word == "almost" || ts[j].Word == "highly" || ts[j].Word == "also" || ts[j].Word == "not") {
		j--
	}
	if j < 0 {
		return false
	}
	switch ts[j].Word {
	case "is", "are", "remain", "remains":
	default:
		return false
	}
	if i+1 >= len(ts) {
		return true
	}
	switch ts[i+1].Word {
	case "to":
		return i+2 < len(ts) && ts[i+2].Word != "have"
	case "in", "over", "during", "throughout", "across", ".", ",", "at", "as", "for":
		return ts[i].Word != "set" && ts[i].Word != "bound" && (ts[i].Word != "certain" || j < i-1)
	}
	return false
}
