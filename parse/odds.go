package parse

import (
	"slices"
	"strconv"
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

// odds finds the estimative words of a statement; off are those meant as odds
// on neither scale.
func (r *reader) odds(text string, ts []phrase.Token) (out []vedette.Likelihood, off []string) {
	negated := -1 // token after the negation
	for _, h := range r.t.Odds(r.o.Scale).Find(ts) {
		span := vedette.Span{ts[h.From].Start, ts[h.To-1].End}
		l := vedette.Likelihood{Term: text[span[0]:span[1]], Span: span}
		switch h.Label {
		case "not":
			negated = h.To
			continue
		case "skip":
			continue
		case "comparative":
			l.Comparative = true
		case "hedge":
			l.Hedge = true
			if ts[h.From].Word == "may" && ts[h.From].Upper && h.From > 0 {
				continue // the month
			}
		case "off":
			l.Hedge = true
			off = append(off, l.Term)
		default:
			f := strings.Fields(h.Label)
			l.Scale = vedette.Scale(f[0])
			l.Low, l.High = percent(f[1]), percent(f[2])
			if l.Negated = negates(ts, negated, h.From) || deniedAfter(ts, h.To); l.Negated {
				l.Low, l.High = percent100(f[2]), percent100(f[1])
			}
		}
		out = append(out, l)
	}
	if l, ok := r.remote(text, ts); ok {
		out = append(out, l)
		slices.SortFunc(out, func(a, b vedette.Likelihood) int { return a.Span[0] - b.Span[0] })
	}
	return out, off
}

// negates says whether a negation stands right before token i, at most one
// adverb or "be" between; "neither is likely" has its verb there.
func negates(ts []phrase.Token, after, i int) bool {
	if after < 0 || after > i || i-after > 1 {
		return false
	}
	if after == i {
		return true
	}
	w := ts[after].Word
	if ts[after-1].Word == "neither" || ts[after-1].Word == "nor" {
		return w == "is" || w == "are" || w == "was" || w == "seems" || w == "appears"
	}
	return w == "be" || w == "considered" || ts[after].IsAdverb()
}

// deniedAfter says whether "not" follows an adverb of likelihood that ends at
// a token: "almost certainly not", "probably will not".
func deniedAfter(ts []phrase.Token, i int) bool {
	if i >= len(ts) {
		return false
	}
	switch ts[i].Word {
	case "will", "would", "does", "do", "did", "is", "are", "has", "have":
		i++
	case "won't", "isn't", "aren't", "doesn't":
		return true
	}
	return i < len(ts) && ts[i].Word == "not"
}

// remote reads "the chance is remote", which is ICD 203's word alone in its
// predicate.
func (r *reader) remote(text string, ts []phrase.Token) (vedette.Likelihood, bool) {
	for i := 2; i < len(ts); i++ {
		if ts[i].Word != "remote" || ts[i-1].Word != "is" && ts[i-1].Word != "are" && ts[i-1].Word != "remains" {
			continue
		}
		for j := i - 2; j >= 0 && i-j < 16 && ts[j].Word != "."; j-- {
			if r.t.Judgements.Is(ts, j, "chance") {
				return vedette.Likelihood{Term: text[ts[i].Start:ts[i].End], Span: vedette.Span{ts[i].Start, ts[i].End}, Scale: vedette.ScaleICD203, Low: 0.01, High: 0.05}, true
			}
		}
	}
	return vedette.Likelihood{}, false
}

func percent(s string) float64 {
	n, _ := strconv.Atoi(s)
	return float64(n) / 100
}

// percent100 is the other side of a bound: what is not 55 % is 45 %.
func percent100(s string) float64 {
	n, _ := strconv.Atoi(s)
	return float64(100-n) / 100
}
