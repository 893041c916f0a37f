package voice

import (
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

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
	if h.negated(hit.From) || h.asNoun(hit.From) {
		return false // "has not commented", "both claims were"
	}
	if h.chained(hit.From) {
		return h.chain(label, pick(adverb, stance), heard)
	}
	if heard && label != "medium" && h.who(hit.From) {
		h.again(pick(adverb, stance))
		return true
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
	for i >= 0 && helps(h.ts[i]) && h.ts[i].Word != "to" {
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
		if i > 0 && acts(t.Word) { // "dockers in Durrës walked out and said"
			return h.spoken(h.ts[:i], 0, "", label, stance)
		}
		if i > 12 || t.Word == "," || t.Word == "that" {
			return false
		}
	}
	return false
}

// acts says whether a word is, most likely, the verb of what somebody did.
func acts(w string) bool {
	switch w {
	case "took", "held", "began", "left", "met", "went", "came", "broke", "fled", "hit", "shot", "set", "cut", "struck":
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "ed")
}

// who says whether a verb goes on with the source named right before it: "said a
// spokesman, who claimed".
func (h *hearing) who(verb int) bool {
	return verb > 1 && h.ts[verb-1].Word == "who" && h.ts[verb-2].Word == "," && h.named == verb-2
}

// follows says whether the subject stands after its verb: "...", said X.
func (h *hearing) follows(hit phrase.Hit) bool {
	if hit.From < 2 || hit.To >= len(h.ts) || h.ts[hit.From-1].Word != `"` && h.ts[hit.From-1].Word != "," {
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

// asNoun says whether a verb that is also a noun is one here, by the word before
// it.
func (h *hearing) asNoun(verb int) bool {
	switch h.ts[verb].Word {
	case "claim", "claims", "report", "reports", "state", "states", "warning", "demands":
	default:
		return false
	}
	if verb == 0 {
		return false
	}
	switch h.ts[verb-1].Word {
	case "both", "these", "those", "such", "all", "two", "three", "his", "her", "rival", "competing", "territorial", "other", "earlier", "false":
		return true
	}
	return false
}

// negated says whether "not" or "never" stands among the helping words before
// a verb.
func (h *hearing) negated(verb int) bool {
	for i := verb - 1; i >= 0 && helps(h.ts[i]); i-- {
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
		if phrase.Capitals(h.text[h.ts[i].Start:h.ts[i].End]) {
			return false // "IS claimed"
		}
		switch h.ts[i].Word {
		case "was", "were", "been", "being", "is", "are":
			return true
		}
		if !h.ts[i].IsAdverb() {
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
