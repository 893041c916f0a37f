// Package voice reads who says a claim, and how: sources and stances.
package voice

import (
	"slices"
	"sort"
	"strings"

	"vedette"
	"vedette/parse/phrase"
	"vedette/parse/when"
	"vedette/parse/words"
)

// hearing is the pass over one claim: who says it, and how.
type hearing struct {
	t       *words.Tables
	c       *when.Calendar
	text    string
	ts      []phrase.Token
	days    []when.Moment
	sources []vedette.Source
	places  []int // where each source stands
	stances []vedette.Stance
}

// Hear finds the sources and stances of a claim. days are the times of each
// sentence. Where nobody is named the stance is asserted.
func Hear(t *words.Tables, c *when.Calendar, text string, ss []phrase.Sentence, days [][]when.Moment) ([]vedette.Source, []vedette.Stance) {
	h := &hearing{t: t, c: c, text: text, sources: []vedette.Source{}}
	for i, s := range ss {
		h.ts, h.days = s.Tokens, days[i]
		h.sentence()
	}
	if len(h.stances) == 0 {
		h.stances = []vedette.Stance{vedette.StanceAsserted}
	}
	return h.sources, h.stances
}

func (h *hearing) sentence() {
	open := -1 // token where the words of a speaker begin
	var adverb vedette.Stance
	hits := h.t.Voices.Find(h.ts)
	quoted := quotes(h.ts)
	for n, hit := range hits {
		if quoted[hit.From] {
			continue
		}
		label, stance, _ := strings.Cut(hit.Label, " ")
		switch label {
		case "adverb":
			adverb = vedette.Stance(stance)
			if n+1 >= len(hits) || !h.beside(hit, hits[n+1]) {
				h.stance(adverb)
				adverb = ""
			}
		case "according":
			h.according(hit)
		case "citing":
			h.cited(hit)
		case "bare":
			h.stance(vedette.StanceReported)
		default:
			if open >= 0 && !h.reopens(open, hit.From) {
				continue
			}
			if h.verb(hit, label, adverb) {
				open = hit.To
			}
			adverb = ""
		}
	}
}

// beside says whether a verb follows the adverb, helping words between.
func (h *hearing) beside(adverb, verb phrase.Hit) bool {
	if strings.HasPrefix(verb.Label, "adverb") || verb.Label == "according" || verb.Label == "citing" {
		return false
	}
	return verb.From-adverb.To <= 1
}

// quotes marks the tokens inside quotation marks.
func quotes(ts []phrase.Token) []bool {
	in, out := false, make([]bool, len(ts))
	for i, t := range ts {
		if t.Word == `"` {
			in = !in
		}
		out[i] = in
	}
	return out
}

// reopens says whether the speaker's words end between two tokens: at a
// semicolon, or where "while", "with", "but", "and" opens another clause.
func (h *hearing) reopens(from, to int) bool {
	for i := from; i+1 < to; i++ {
		if h.ts[i].Word == ";" {
			return true
		}
		if h.ts[i].Word != "," && h.ts[i].Word != `"` {
			continue
		}
		switch h.ts[i+1].Word {
		case "while", "with", "but", "and", "whereas", "although", "though":
			return to-i > 2
		}
	}
	return false
}

// verb takes a verb of saying: its subject is the source. False when nobody
// is its subject: "confirmed cases".
func (h *hearing) verb(hit phrase.Hit, label string, adverb vedette.Stance) bool {
	stance := vedette.Stance(label)
	if h.passive(hit) {
		return h.agent(hit, stance)
	}
	if h.negated(hit.From) {
		return false // "has not commented"
	}
	from, to, insert := h.subject(hit.From)
	subject := phrase.Of(h.text, h.ts, from, to)
	kind := h.speaker(h.ts[from:to])
	switch {
	case subject == "" || counts(h.ts[to-1].Word):
		return false
	case pronoun(h.ts[from:to]):
		if label == "medium" {
			stance = vedette.StanceStated
		}
		h.again(pick(adverb, stance))
		return true
	case kind == "medium":
		stance = pick(adverb, vedette.StanceReported)
		if label == "denied" || label == "alleged" {
			stance = pick(adverb, vedette.Stance(label))
		}
		if h.unowned(h.ts[from:to]) {
			h.stance(stance)
			return true
		}
	case label == "medium":
		return false
	case kind == "":
		return false
	}
	stance = pick(adverb, stance)
	h.source(h.ts[from].Start, subject+insert, stance, kind == "anonymous" || kind == "medium" && !named(h.ts[from:to]))
	return true
}

// counts says whether the word before a verb makes it an adjective: "12
// confirmed cases", "the alleged attack".
func counts(w string) bool {
	switch w {
	case "the", "a", "an", "of", "no", "several", "some", "its", "their", "many", "few", "new", "any", "in":
		return true
	}
	return w[0] >= '0' && w[0] <= '9'
}

// negated says whether "not" or "never" stands among the helping words before
// a verb.
func (h *hearing) negated(verb int) bool {
	for i := verb - 1; i >= 0 && helps(h.ts[i].Word); i-- {
		if h.ts[i].Word == "not" || h.ts[i].Word == "never" {
			return true
		}
	}
	return false
}

func pick(a, b vedette.Stance) vedette.Stance {
	if a != "" {
		return a
	}
	return b
}

// passive says whether the verb is "was confirmed", "been reported".
func (h *hearing) passive(hit phrase.Hit) bool {
	for i := hit.From - 1; i >= 0 && i >= hit.From-2; i-- {
		switch h.ts[i].Word {
		case "was", "were", "been", "being", "is", "are":
			return true
		}
		if !strings.HasSuffix(h.ts[i].Word, "ly") {
			return false
		}
	}
	return false
}

// agent takes the "by X" after a passive.
func (h *hearing) agent(hit phrase.Hit, stance vedette.Stance) bool {
	if hit.To >= len(h.ts) || h.ts[hit.To].Word != "by" || stance == "medium" {
		return false
	}
	return h.nounAfter(hit.To+1, stance)
}

func (h *hearing) according(hit phrase.Hit) { h.nounAfter(hit.To, vedette.StanceStated) }

func (h *hearing) cited(hit phrase.Hit) { h.nounAfter(hit.To, vedette.StanceReported) }

// nounAfter takes the words from a token up to the next mark or verb as a
// source.
func (h *hearing) nounAfter(from int, stance vedette.Stance) bool {
	to := from
	for to < len(h.ts) && to-from < 14 && !h.stops(from, to) {
		to++
	}
	subject := phrase.Of(h.text, h.ts, from, to)
	kind := h.speaker(h.ts[from:to])
	if subject == "" || kind == "" {
		return false
	}
	if kind == "medium" {
		stance = vedette.StanceReported
		if h.unowned(h.ts[from:to]) || h.isDay(from) {
			h.stance(stance)
			return true
		}
	}
	h.source(h.ts[from].Start, subject, stance, kind == "anonymous" || kind == "medium" && !named(h.ts[from:to]))
	return true
}

func (h *hearing) stops(from, i int) bool {
	t := h.ts[i]
	if !t.IsWord() && t.Word != "'s" && t.Word != "(" && t.Word != ")" {
		return true
	}
	switch t.Word {
	case "that", "who", "which", "on", "while", "at", "as", "after", "when", "in", "during", "following":
		return i > from
	}
	if i > from && h.isDay(i) && !h.isDay(i-1) {
		return true
	}
	hit, ok := h.t.Voices.At(h.ts, i)
	return ok && i > from && hit.Label != "medium"
}

func (h *hearing) isDay(i int) bool {
	k := sort.Search(len(h.days), func(k int) bool { return h.days[k].To > i })
	return k < len(h.days) && h.days[k].From <= i
}

// source notes who says it; the same source with the same stance once.
func (h *hearing) source(at int, text string, stance vedette.Stance, anonymous bool) {
	s := vedette.Source{Text: text, Anonymous: anonymous, Stance: stance}
	if !slices.Contains(h.sources, s) {
		i := len(h.places) // the list goes by the text, not by the verbs
		for i > 0 && h.places[i-1] > at {
			i--
		}
		h.sources, h.places = slices.Insert(h.sources, i, s), slices.Insert(h.places, i, at)
	}
	h.stance(stance)
}

// again takes a verb whose subject is "he" or "they": the source before.
func (h *hearing) again(stance vedette.Stance) {
	if len(h.sources) == 0 {
		return
	}
	last := h.sources[len(h.sources)-1]
	h.source(h.places[len(h.places)-1], last.Text, stance, last.Anonymous)
}

func (h *hearing) stance(s vedette.Stance) {
	if s != "" && !slices.Contains(h.stances, s) {
		h.stances = append(h.stances, s)
	}
}
