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
			if n+1 < len(hits) && h.ofSubject(hit, hits[n+1]) {
				continue // "the purported leader told"
			}
			adverb = vedette.Stance(stance)
			if n+1 >= len(hits) || !h.beside(hit, hits[n+1]) {
				h.stance(adverb)
				adverb = ""
			}
		case "according":
			h.according(hit)
		case "citing":
			h.cited(hit)
		case "skip":
		case "again":
			h.again(vedette.Stance(stance))
		case "reported?":
			if w := h.ts[max(0, hit.From-1)]; hit.From > 0 && strings.HasSuffix(w.Word, "s") && w.Word != "'s" && h.verb(hit, "reported", adverb, open >= 0) {
				open = hit.To
			}
		case "bare":
			h.stance(vedette.Stance(stance))
		default:
			if open >= 0 && !h.reopens(open, hit.From) && !h.chained(hit.From) && !h.byNext(hit) {
				continue
			}
			if h.verb(hit, label, adverb, open >= 0) {
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

// ofSubject says whether a word such as "purported" belongs to the noun that is
// the subject of the verb after it.
func (h *hearing) ofSubject(adverb, verb phrase.Hit) bool {
	w := h.ts[adverb.To-1].Word
	if w != "purported" && w != "alleged" || verb.From-adverb.To < 1 || verb.From-adverb.To > 3 || adverb.From > 0 && helps(h.ts[adverb.From-1].Word) {
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
	for i := from; i+1 < to; i++ {
		if h.ts[i].Word == ";" {
			return true
		}
		if h.ts[i].Word != "," && h.ts[i].Word != `"` {
			continue
		}
		switch h.ts[i+1].Word {
		case "while", "with", "but", "and", "whereas", "although", "though", "which", "as":
			return to-i > 2
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

// account says whether a word is for what someone said, of which another may
// speak: "a version protest leaders deny".
func account(w string) bool {
	switch w {
	case "version", "account", "claim", "charge", "assertion", "figure", "allegation", "statement":
		return true
	}
	return false
}

// verb takes a verb of saying: its subject is the source. False when nobody
// is its subject: "confirmed cases".
func (h *hearing) verb(hit phrase.Hit, label string, adverb vedette.Stance, heard bool) bool {
	stance := vedette.Stance(label)
	if h.passive(hit) {
		return h.agent(hit, stance)
	}
	if h.negated(hit.From) {
		return false // "has not commented"
	}
	if h.chained(hit.From) {
		return h.chain(label, pick(adverb, stance), heard)
	}
	from, to, insert := h.subject(hit.From)
	if from == to && h.follows(hit) {
		return h.nounAfter(hit.To, pick(adverb, stance))
	}
	ok := h.spoken(h.ts[from:to], from, insert, label, adverb)
	if w := h.ts[hit.From].Word; ok && (w == "cited" || w == "quoted" || w == "cites" || w == "quotes") {
		h.nounAfter(hit.To, vedette.StanceReported)
	}
	return ok
}

// spoken takes the words of a subject as the source of what its verb says.
func (h *hearing) spoken(ts []phrase.Token, from int, insert, label string, adverb vedette.Stance) bool {
	stance, kind := vedette.Stance(label), h.speaker(ts)
	switch {
	case len(ts) == 0 || counts(ts[len(ts)-1].Word) || nobody(ts[0].Word):
		return false
	case pronoun(ts):
		if label == "medium" {
			stance = vedette.StanceStated
		}
		h.again(pick(adverb, stance))
		return true
	case kind == "medium":
		stance = pick(adverb, vedette.StanceReported)
		if label == "denied" || label == "alleged" || label == "claimed" && !h.reports(ts) {
			stance = pick(adverb, vedette.Stance(label))
		}
		if h.unowned(ts) {
			h.stance(stance)
			return true
		}
	case label == "medium":
		return false
	case kind == "" && !h.people(ts):
		return false
	}
	unnamed := kind == "anonymous" || kind == "" || kind == "medium" && !named(ts)
	h.source(ts[0].Start, phrase.Of(h.text, ts, 0, len(ts))+insert, pick(adverb, stance), unnamed)
	return true
}

func nobody(w string) bool { return w == "no" || w == "nobody" || w == "none" || w == "neither" }

// reports says whether words are reports, which have no stake: "reports claim".
func (h *hearing) reports(ts []phrase.Token) bool {
	last := ts[len(ts)-1].Word
	return last == "reports" || last == "report"
}

// people says whether the words before a verb of saying can be people though
// no table names them: they open like a noun's ("a village elder", "two
// hydrologists", "hotel owners"), and are no thing.
func (h *hearing) people(ts []phrase.Token) bool {
	if len(ts) > 9 {
		return false
	}
	head := len(ts) - 1
	for i, t := range ts { // the head stands before the first preposition
		if !t.IsWord() && t.Word != "'s" && t.Word != `"` {
			return false
		}
		if head == len(ts)-1 && i > 0 && leaves(t.Word) {
			head = i - 1
		}
	}
	if h.t.Speakers.Is(ts, head, "thing") || h.t.Speakers.Is(ts, 0, "thing") {
		return false
	}
	switch ts[0].Word {
	case "a", "an", "the", "one", "two", "three", "four", "five", "several", "some", "many", "his", "her", "their", "its", "another", "both":
		return len(ts) > 1
	}
	w := ts[head].Word
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

// leaves says whether a word goes on from a noun to what only describes it.
func leaves(w string) bool {
	switch w {
	case "in", "of", "from", "at", "near", "on", "for", "with", "reached", "involved", "familiar", "close":
		return true
	}
	return false
}

// chained says whether a verb goes on with the speaker before it: "and
// claimed", "but added", "but also denied".
func (h *hearing) chained(verb int) bool {
	i := verb - 1
	for i >= 0 && helps(h.ts[i].Word) && h.ts[i].Word != "to" {
		i--
	}
	return i > 0 && (h.ts[i].Word == "and" || h.ts[i].Word == "but")
}

// chain takes a verb after "and": its source is the one before, or the subject
// of the sentence where none was heard in it.
func (h *hearing) chain(label string, stance vedette.Stance, heard bool) bool {
	if label == "medium" {
		return false
	}
	if heard {
		h.again(stance)
		return true
	}
	for i, t := range h.ts {
		switch t.Word {
		case "has", "have", "had", "is", "are", "was", "were", "will", "also":
			return h.spoken(h.ts[:i], 0, "", label, stance)
		}
		if i > 12 || t.Word == "," || t.Word == "that" {
			return false
		}
	}
	return false
}

// follows says whether the subject stands after its verb: "...", said X.
func (h *hearing) follows(hit phrase.Hit) bool {
	if hit.From < 2 || hit.To >= len(h.ts) || h.ts[hit.From-1].Word != `"` && (h.ts[hit.From-1].Word != "," || h.ts[hit.From-2].Word != `"`) {
		return false
	}
	w := h.ts[hit.To]
	return w.Upper || w.Word == "a" || w.Word == "an" || w.Word == "the"
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
		if w := h.ts[i].Word; w == "not" || w == "never" || w == "neither" || w == "nor" || w == "yet" {
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
	if h.byNext(hit) {
		return true
	}
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

// byNext says whether "by" follows a verb: "first reported by".
func (h *hearing) byNext(hit phrase.Hit) bool { return hit.To < len(h.ts) && h.ts[hit.To].Word == "by" }

// agent takes the "by X" after a passive.
func (h *hearing) agent(hit phrase.Hit, stance vedette.Stance) bool {
	if hit.To >= len(h.ts) || h.ts[hit.To].Word != "by" || stance == "medium" {
		return false
	}
	return h.nounAfter(hit.To+1, stance)
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
