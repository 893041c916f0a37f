package layout

import (
	"slices"
	"strings"

	"vedette"
	"vedette/parse/phrase"
)

// setAsideNoise sets aside items that are contact lines or promotion. An item
// that tells someone to do something stays: a safety word is worth more than
// a clean page.
func (l *Layout) setAsideNoise() {
	type place struct {
		section Section
		text    string
	}
	clean := map[place]bool{} // what was looked at: a second copy repeats it
	for i := range l.Blocks {
		b := &l.Blocks[i]
		if b.Kind != Item && b.Kind != Unread && !(b.Kind == Heading && b.Section == None) {
			continue
		}
		if len(b.Text) > maxItem {
			continue
		}
		if b.Section == Contact {
			b.Kind, b.Reason = Aside, vedette.AsideContact
			continue
		}
		if clean[place{b.Section, b.Text}] {
			continue
		}
		if reason := l.noise(b.Text, b.Words()); reason != "" && (b.Section != Advice || l.offers(b.Text, b.Words()) && !l.advises(b.Text, b.Words())) {
			b.Kind, b.Reason = Aside, reason
			continue
		}
		clean[place{b.Section, b.Text}] = true
	}
}

// noise says why a text is none of the report's, "" when it is. Contact wins
// over promotion.
func (l *Layout) noise(text string, ts []phrase.Token) string {
	hits := l.t.Noise.Find(ts)
	ours := l.ours(ts)
	reason := ""
	for _, h := range hits {
		label, weak := strings.CutSuffix(h.Label, " weak")
		if label != vedette.AsideContact && label != vedette.AsidePromotion || reason == vedette.AsideContact || ts[h.To-1].Word == "us" && ts[h.To-1].Upper { // "contact US envoys"
			continue
		}
		if !weak || ours || hasAddress(text) || opens(ts, h.From) && len(ts) <= shortItem {
			reason = label
		}
	}
	if reason != "" && l.reports(ts) {
		return ""
	}
	if reason == vedette.AsideContact {
		return reason
	}
	asks := slices.ContainsFunc(ts[:min(len(ts), 20)], func(t phrase.Token) bool { return t.Word == "?" })
	if reason == "" && asks && ours {
		reason = vedette.AsidePromotion // "Need a driver? Ask about our …"
	}
	if hasAddress(text) && (ours || len(ts) <= 24 || strings.ContainsAny(text, "@[") && len(text) < 160) {
		return vedette.AsideContact
	}
	return reason
}

// shortItem is the most words and marks of a line that only sells.
const shortItem = 18

// opens says whether a sentence begins at a token, or right before it.
func opens(ts []phrase.Token, i int) bool { return i <= 1 || ts[i-1].Ends() }

// reports says whether a text gives somebody's words: what others say of "our
// team" is a claim.
func (l *Layout) reports(ts []phrase.Token) bool {
	return slices.ContainsFunc(l.t.Voices.Find(ts), func(h phrase.Hit) bool {
		switch vedette.Stance(h.Label) {
		case vedette.StanceStated, vedette.StanceClaimed, vedette.StanceConfirmed, vedette.StanceDenied:
			return h.From > 0 && ts[h.From-1].IsWord()
		}
		return false
	})
}

// offers says whether a text under the recommendations is the provider's own:
// "we", "our", an address, its own words for selling. What only tells others to
// get in touch with somebody is advice.
func (l *Layout) offers(text string, ts []phrase.Token) bool {
	if l.ours(ts) || hasAddress(text) && !thirdParty(ts) {
		return true
	}
	return slices.ContainsFunc(l.t.Noise.Find(ts), func(h phrase.Hit) bool {
		return h.Label == vedette.AsidePromotion || h.Label == "furniture" || h.Label == vedette.AsidePromotion+" weak" && opens(ts, h.From)
	})
}

// ours says whether the provider speaks of itself: "we", "ask us", "our office",
// not "our assessment" or "we judge".
func (l *Layout) ours(ts []phrase.Token) bool {
	for i, t := range ts {
		if t.Word == "we" && i+1 < len(ts) && (l.t.Judgements.Is(ts, i+1, "assess") || i+2 < len(ts) && ts[i+1].IsAdverb() && l.t.Judgements.Is(ts, i+2, "assess")) {
			continue
		}
		if t.Word == "we" || t.Word == "us" && !t.Upper || t.Word == "our" && !l.t.Noise.Is(ts, i, "ours") {
			return true
		}
	}
	return false
}

// hasAddress says whether a text holds an e-mail address, plain or hidden from
// robots, or a telephone number with its country.
func hasAddress(text string) bool {
	if strings.Contains(text, "[email") || strings.Contains(text, "[at]") {
		return true
	}
	for i := range len(text) {
		switch text[i] {
		case '@':
			if i > 0 && i+3 < len(text) && text[i-1] != ' ' && strings.ContainsRune(text[i:], '.') && text[i+1] != ' ' {
				return true
			}
		case '+':
			if digitsAfter(text[i+1:]) >= 8 {
				return true
			}
		}
	}
	return false
}

func digitsAfter(s string) int {
	n := 0
	for _, c := range []byte(s[:min(len(s), 24)]) {
		switch {
		case c >= '0' && c <= '9':
			n++
		case c != ' ' && c != '-' && c != '(' && c != ')' && c != '.':
			return n
		}
	}
	return n
}

// advises says whether a sentence that is no noise itself holds an action.
func (l *Layout) advises(text string, ts []phrase.Token) bool {
	for _, h := range l.t.Actions.Find(ts) {
		switch vedette.Action(h.Label) {
		case vedette.AvoidAllTravel, vedette.AvoidNonessentialTravel, vedette.Leave, vedette.Shelter, vedette.StayPut, vedette.Evacuate:
			return true // a safety word is never lost, whatever stands beside it
		}
	}
	for _, s := range phrase.Sentences(text, ts, l.t.Abbreviations) {
		if l.noise(text[s.Start:s.End], s.Tokens) != "" && !l.tellsOthers(s.Tokens) {
			continue
		}
		for _, h := range l.t.Actions.Find(s.Tokens) {
			if h.Label != "plain" {
				return true
			}
		}
	}
	return false
}

// thirdParty says whether somebody else's address is given: an embassy's, the
// police's.
func thirdParty(ts []phrase.Token) bool {
	for _, t := range ts {
		switch t.Word {
		case "embassy", "consulate", "mission", "police", "authorities", "ministry", "hospital", "hotline", "defense", "defence", "your", "their", "airline", "un", "ukmto", "brigade":
			return true
		}
	}
	return false
}

// tellsOthers says whether a sentence is an order or tells somebody to do
// something, though words of noise stand in it.
func (l *Layout) tellsOthers(ts []phrase.Token) bool {
	for i := range ts {
		if h, ok := l.t.Actions.At(ts, i); ok && i == 0 && h.Label != "plain" && h.Label != "reason" {
			return true
		}
		if h, ok := l.t.Advised.At(ts, i); ok && (h.Label == "to" && i > 0 || h.Label == "tell" && i > 0 && (ts[i-1].Word == "we" || ts[i-1].Word == "analysts")) {
			return true
		}
	}
	return false
}
