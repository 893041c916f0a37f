// Package voice reads who says a claim, and how: sources and stances.
package voice

import (
	"slices"
	"sort"
	"strings"
	"unicode"

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
	named   int // token after the last source named behind its verb
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
	h.named = 0
	open := -1 // token where the words of a speaker begin
	var adverb vedette.Stance
	hits := h.t.Voices.Find(h.ts)
	quoted := quotes(h.ts)
	for n, hit := range hits {
		if quoted[hit.From] || h.ofName(hit) {
			continue
		}
		label, stance, _ := strings.Cut(hit.Label, " ")
		switch {
		case label == "adverb":
			adverb = h.adverb(hits[n:], vedette.Stance(stance), adverb)
		case h.turn(label, vedette.Stance(stance), hit):
		case label == "reported?" && !h.plural(hit.From):
		case open >= 0 && !h.reopens(open, hit.From) && !h.chained(hit.From) && !h.byNext(hit) && !h.who(hit.From):
		default:
			if h.verb(hit, strings.TrimSuffix(label, "?"), adverb, open >= 0) {
				open = hit.To
			}
			adverb = ""
		}
	}
}

// ofName says whether a verb is a word of a name instead: "Islamic State", "the
// Claims Commission".
func (h *hearing) ofName(hit phrase.Hit) bool {
	i := hit.From
	return i > 0 && h.ts[i].Upper && h.ts[i-1].IsWord() && strings.ContainsFunc(h.text, unicode.IsLower)
}

// turn takes what is no verb with a subject before it: "according to", "citing",
// "it is reported"; false for anything else.
func (h *hearing) turn(label string, stance vedette.Stance, hit phrase.Hit) bool {
	switch label {
	case "according":
		h.according(hit)
	case "citing":
		h.cited(hit)
	case "again":
		h.again(stance)
	case "bare":
		h.stance(stance)
	case "skip":
	default:
		return false
	}
	return true
}

// adverb takes "reportedly" and its like, the first of the hits: it gives the
// stance that the verb beside it is to have, or notes it where none is.
func (h *hearing) adverb(hits []phrase.Hit, stance, before vedette.Stance) vedette.Stance {
	if len(hits) > 1 && h.ofSubject(hits[0], hits[1]) {
		return before // "the purported leader told"
	}
	if len(hits) > 1 && h.beside(hits[0], hits[1]) {
		return stance
	}
	h.stance(stance)
	return ""
}

// plural says whether a plural stands before a verb: "passengers report".
func (h *hearing) plural(verb int) bool {
	if verb == 0 {
		return false
	}
	w := h.ts[verb-1].Word
	return strings.HasSuffix(w, "s") && w != "'s"
}

// beside says whether a verb follows the adverb, helping words between.
func (h *hearing) beside(adverb, verb phrase.Hit) bool {
	if strings.HasPrefix(verb.Label, "adverb") || verb.Label == "according" || verb.Label == "citing" {
		return false
	}
	return verb.From-adverb.To <= 1
}

// ofSubject says whether a word such as "purported" belongs to the noun that is
// the subject of the verb after it.
func (h *hearing) ofSubject(adverb, verb phrase.Hit) bool {
	w := h.ts[adverb.To-1].Word
	if w != "purported" && w != "alleged" || verb.From-adverb.To < 1 || verb.From-adverb.To > 3 || adverb.From > 0 && helps(h.ts[adverb.From-1]) {
		return false
	}
	kind := h.speaker(h.ts[adverb.To:verb.From])
	return kind == "anonymous" || kind == "office"
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
	if h.closes(from, to) {
		return true
	}
	for i := max(from, to-phrase.FarBack); i+1 < to; i++ {
		if h.ts[i].Word == ";" {
			return true
		}
		if h.ts[i].Word != "," && h.ts[i].Word != `"` {
			continue
		}
		switch h.ts[i+1].Word {
		case "while", "with", "but", "and", "whereas", "although", "though", "which", "as":
			return to-i > 2
		case "of":
			return i+2 < to && h.ts[i+2].Word == "which" // ", of which it claimed to have downed 287"
		case "a", "an": // "a version protest leaders deny"
			return i+2 < to && account(h.ts[i+2].Word)
		}
	}
	return false
}

// closes says whether the sentence ends with the verb at a token and a comma
// stands before its subject: "…, a wire agency reported."
func (h *hearing) closes(from, to int) bool {
	if to+1 < len(h.ts) && !h.ts[to+1].Ends() {
		return false
	}
	for i := to - 1; i > from && to-i < 9; i-- {
		if h.ts[i].Word == "," {
			return true
		}
	}
	return false
}

func (h *hearing) according(hit phrase.Hit) { h.nounAfter(hit.To, vedette.StanceStated) }

// cited takes whom a report cites. What an office says citing others is its
// own word still.
func (h *hearing) cited(hit phrase.Hit) {
	stance := vedette.StanceReported
	from := hit.From
	for from > 0 && hit.From-from < 12 && !h.bounds(from-1, hit.From) {
		from--
	}
	if h.ts[max(0, hit.From-1)].Word == "," {
		from = max(0, hit.From-1)
		for from > 0 && hit.From-from < 12 && !h.bounds(from-1, hit.From) {
			from--
		}
	}
	subject := h.ts[from:max(from, hit.From)]
	if n := len(subject); n > 0 && subject[n-1].Word == "," {
		subject = subject[:n-1]
	}
	if kind := h.speaker(subject); kind == "name" || kind == "office" {
		stance = vedette.StanceStated
	}
	h.nounAfter(hit.To, stance)
}

// nounAfter takes the words from a token up to the next mark or verb as a
// source.
func (h *hearing) nounAfter(from int, stance vedette.Stance) bool {
	to := from
	for to < len(h.ts) && to-from < 14 && !h.stops(from, to) {
		to++
	}
	subject := phrase.Of(h.text, h.ts, from, to)
	kind := h.speaker(h.ts[from:to])
	if subject == "" || kind == "" && !h.people(h.ts[from:to]) || h.t.Speakers.Is(h.ts, from, "thing") {
		return false
	}
	if kind == "medium" {
		stance = vedette.StanceReported
		if h.unowned(h.ts[from:to]) || h.isDay(from) {
			h.stance(stance)
			return true
		}
	}
	h.named = to
	h.source(h.ts[from].Start, subject, stance, kind == "anonymous" || kind == "" || kind == "medium" && !named(h.ts[from:to]))
	return true
}

func (h *hearing) stops(from, i int) bool {
	t := h.ts[i]
	if !t.IsWord() && t.Word != "'s" && t.Word != "(" && t.Word != ")" {
		return true
	}
	switch t.Word {
	case "that", "who", "which", "on", "while", "at", "as", "after", "when", "during", "following", "and", "but", "was", "were", "has", "have":
		return i > from
	case "in": // "shopkeepers in Spin Boldak", not "in 2025"
		return i > from && (i+1 >= len(h.ts) || !h.ts[i+1].Upper || h.isDay(i+1))
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
