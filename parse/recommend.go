package parse

import (
	"strings"

	"vedette"
	"vedette/parse/counsel"
	"vedette/parse/layout"
)

// recommend reads an advice into its group.
func (r *reader) recommend(b *layout.Block, groups map[string]*group) {
	in := groups[b.Group]
	if in == nil {
		in = r.group(b)
		groups[b.Group] = in
	}
	g := &r.out.Recommendations[in.index]
	r.calendar.Ahead = true
	h := r.statement(b, in.areas)
	a := vedette.Advice{Statement: h.Statement}
	var found []vedette.Finding
	if b.Lead != "" {
		found = r.led(&a, b, in.areas)
	} else {
		found = r.counsel(&a, h, in.areas)
	}
	in.head(&a)
	r.calendar.Ahead = false
	if len(found) == 0 {
		r.doubts(h)
	}
	r.out.Findings = append(r.out.Findings, found...)
	g.Advice = append(g.Advice, a)
}

func (r *reader) counsel(a *vedette.Advice, h half, areas []vedette.Place) []vedette.Finding {
	c := counsel.Reader{Tables: r.t, Places: r.g, Finder: r.finder, Calendar: r.calendar}
	return c.Read(a, counsel.Item{Sentences: h.sentences, Places: h.places, Group: areas, Zone: r.groupZone(areas)})
}

// led reads an advice that finishes the words of its lead, "staff should", as
// if both were one sentence. Its spans are those of its own text.
func (r *reader) led(a *vedette.Advice, b *layout.Block, areas []vedette.Place) []vedette.Finding {
	whole := layout.Block{Kind: b.Kind, Section: b.Section, Group: b.Group, Lines: b.Lines, Text: b.Lead + " " + b.Text}
	h := r.statement(&whole, areas)
	full := vedette.Advice{Statement: h.Statement}
	found := r.counsel(&full, h, areas)
	off := len(b.Lead) + 1
	own := func(places []vedette.Place) []vedette.Place {
		for i := range places {
			places[i] = moved(places[i], off)
		}
		return places
	}
	for i := range full.Actions {
		full.Actions[i].Targets = own(full.Actions[i].Targets)
	}
	if full.Near != nil {
		full.Near.Of = moved(full.Near.Of, off)
	}
	full.Except = own(full.Except)
	full.Audience = oneSide(full.Audience, b.Lead, b.Text)
	full.Condition = oneSide(full.Condition, b.Lead, b.Text)
	full.Statement = a.Statement
	*a = full
	return found
}

// oneSide is a phrase that runs over the end of a lead without its words in the
// lead: no line holds them both.
func oneSide(words, lead, text string) string {
	for at := min(len(words), len(lead)+1); at > 0; at-- {
		if before, ok := strings.CutSuffix(words[:at], " "); ok && before != "" && strings.HasSuffix(lead, before) && strings.HasPrefix(text, words[at:]) {
			return words[at:]
		}
	}
	return words
}

// moved is a place of a text whose first off bytes are taken away; one that
// stood there keeps its area and has no words of its own.
func moved(p vedette.Place, off int) vedette.Place {
	switch {
	case p.Span == vedette.Span{}:
	case p.Span[0] >= off:
		p.Span[0], p.Span[1] = p.Span[0]-off, p.Span[1]-off
	default:
		p = vedette.Place{Area: p.Area}
	}
	return p
}
