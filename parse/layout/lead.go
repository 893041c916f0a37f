package layout

import (
	"strings"

	"vedette"
	"vedette/parse/page"
	"vedette/parse/phrase"
)

// lead is a line of advice that its items finish: "The ministry advises against
// all travel to:", "Staff in Lagos should:".
type lead struct {
	words string // "" outside a list
	outer string // the group the line stands in
	items bool   // a bullet was seen below it

	mark   string // the bullet it has itself, "" for none
	indent int
}

// takeLeadIn begins the list of a lead, and gives what heads its items: its own
// words, after the area they stand under.
func (s *scanner) takeLeadIn(name string) string {
	outer, words := s.group, name
	if s.lead.words != "" {
		outer = s.lead.outer
	}
	if left, right, ok := strings.Cut(name, ": "); ok && s.isArea(left) {
		outer, words = left, right
	}
	words = leads(s.t.Actions, s.t.Advised, words)
	if words == "" {
		s.lead = lead{}
		return name
	}
	s.lead = lead{words: words, outer: outer}
	if outer != "" && !strings.HasPrefix(name, outer+": ") {
		return outer + ": " + name
	}
	return name
}

// takeNested begins the list of a lead that is an item itself: "- Those in Odesa
// should:" over items with more indent, another bullet or a small letter.
func (s *scanner) takeNested(l page.Line, text string) bool {
	name := strings.TrimRight(text, " :")
	if s.sec != Advice || !endsWith(text, ':') || leads(s.t.Actions, s.t.Advised, name) == "" {
		return false
	}
	s.group = s.takeLeadIn(name)
	s.lead.mark, s.lead.indent = bulletOf(l.Text), l.Indent
	s.put(Heading, l, l.Text)
	return true
}

// bulletOf gives the mark an item opens with.
func bulletOf(text string) string {
	mark, _, _ := strings.Cut(text, " ")
	if mark != "" && mark[0] >= '0' && mark[0] <= '9' {
		return "1"
	}
	return mark
}

// endLeadIn ends the list of a lead at the first line after its bullets that
// has none; that of a lead with a bullet at the next item like it.
func (s *scanner) endLeadIn(l page.Line, text string, bulleted bool) {
	switch {
	case s.lead.words == "" || s.sec != Advice:
	case s.lead.mark != "" && bulleted && bulletOf(l.Text) == s.lead.mark && l.Indent <= s.lead.indent && !lowerStart(text):
		s.group, s.lead = s.lead.outer, lead{}
	case bulleted:
		s.lead.items = true
	case s.lead.items:
		s.group, s.lead = s.lead.outer, lead{}
	}
}

// leads gives the words that items finish, "" where a heading has none: it ends
// with "should" or "are advised to", or with what to avoid left open. Of "staff
// should take the following steps" only "staff should" leads.
func leads(actions, advised *phrase.Table, heading string) string {
	ts := phrase.Tokens(heading)
	for i := len(ts) - 1; i > 0; i-- {
		h, ok := advised.At(ts, i)
		switch {
		case !ok:
		case h.Label == "that" && h.To < len(ts): // "it is recommended that clients"
			return heading
		case h.Label == "to" && (h.To == len(ts) || hasWord(ts[h.To:], "following", "these")):
			return heading[:ts[h.To-1].End]
		}
	}
	hits := actions.Find(ts)
	if len(hits) == 0 {
		return ""
	}
	last := hits[len(hits)-1]
	action := vedette.Action(last.Label)
	open := action.Posture() > 0 || action == vedette.AvoidPlaces || ts[last.From].Word == "avoid"
	if !open || !hasOnly(ts[last.To:], "to", "from", "in", "near", "within", "the", "following", "areas", "places", "locations") {
		return ""
	}
	return heading
}

func hasWord(ts []phrase.Token, words ...string) bool {
	for _, t := range ts {
		for _, w := range words {
			if t.Word == w {
				return true
			}
		}
	}
	return false
}

func hasOnly(ts []phrase.Token, words ...string) bool {
	for i := range ts {
		if !hasWord(ts[i:i+1], words...) {
			return false
		}
	}
	return true
}
