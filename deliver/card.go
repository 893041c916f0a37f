package deliver

import (
	"vedette"
	"vedette/deliver/words"
)

// Card is a notice as somebody's own page shows it: what it is, and what to do. Of whoever
// is told discreetly it says only what to do, and nothing that names a place.
type Card struct {
	Mark            string // "EXERCISE", "TEST", ""
	RiskWord        string // "" where it is told discreetly
	Risk            vedette.Risk
	Place, Headline string
	HeadIn          string // language of the headline, "" for a report's words
	Known           string
	Posture         string // the travel advice in plain words, "" for none
	NoAdvice        string // said where nothing is to be done
	Groups          []CardGroup
	Also            []CardGroup // what stands by other updates
	Urgency, Source string
	Discreet        bool
}

// CardGroup is a run of advice for one place, or of one other update.
type CardGroup struct {
	Head  string
	Lines []CardLine
}

// CardLine is an advice: our opening, and the report's words with their condition.
type CardLine struct{ Opening, Text, Language string }

// RenderCard makes the card of a notice. It fails only when the variant points at advice
// that the update does not have.
func RenderCard(n Notice) (*Card, error) {
	w := n.words()
	switch {
	case n.Update.Drill != nil:
		return &Card{Mark: n.status(), Headline: w.Say("drill.subject"), NoAdvice: w.Say("drill.what"), HeadIn: w.Language, Discreet: n.Discreet}, nil
	case n.Discreet:
		return n.discreetCard(w)
	}
	s, err := n.sheet()
	if err != nil {
		return nil, err
	}
	c := &Card{Mark: s.Mark, RiskWord: s.RiskWord, Risk: s.Risk, Place: s.Place, Headline: s.Headline, HeadIn: s.HeadIn, Known: s.Known,
		Posture: s.Posture, NoAdvice: s.NoAdvice, Urgency: s.Urgency, Source: s.Source}
	for _, g := range s.Groups {
		c.Groups = append(c.Groups, cardGroup(g.Area, g.Lines))
	}
	for _, g := range s.Also {
		c.Also = append(c.Also, cardGroup(g.From, g.Lines))
	}
	return c, nil
}

func cardGroup(head string, lines []adviceLine) CardGroup {
	g := CardGroup{Head: head}
	for _, l := range lines {
		g.Lines = append(g.Lines, CardLine(l))
	}
	return g
}

func (n Notice) discreetCard(w *words.Table) (*Card, error) {
	told, err := n.discreetly()
	if err != nil {
		return nil, err
	}
	c := &Card{Mark: n.status(), Headline: n.mark() + w.Say("discreet.subject"), HeadIn: w.Language, Discreet: true}
	if len(told) > 0 {
		g := CardGroup{}
		for _, t := range told {
			g.Lines = append(g.Lines, CardLine{Text: t, Language: w.Language})
		}
		c.Groups = []CardGroup{g}
	}
	return c, nil
}
