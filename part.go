package vedette

import "slices"

// Section is a part of a content that holds statements.
type Section string

// The sections.
const (
	SectionSummary    Section = "summary"
	SectionSituation  Section = "situation"
	SectionAssessment Section = "assessment"
	SectionAdvice     Section = "advice"
)

// Word names a statement of a section.
func (s Section) Word() string {
	switch s {
	case SectionSummary:
		return "summary"
	case SectionSituation:
		return "claim"
	case SectionAssessment:
		return "judgement"
	case SectionAdvice:
		return "advice"
	}
	return "statement"
}

// Spot is where a statement stands in a content: its section, the topic or group of
// advice in that, and its place there, from 0.
type Spot struct {
	Section Section `json:"section"`
	Group   int     `json:"group,omitempty"`
	At      int     `json:"at"`
}

// Part is a statement of any section: one of the four is there.
type Part struct {
	Summary   *Statement `json:"summary,omitempty"`
	Claim     *Claim     `json:"claim,omitempty"`
	Judgement *Judgement `json:"judgement,omitempty"`
	Advice    *Advice    `json:"advice,omitempty"`
}

// Said is the statement of a part, nil for none.
func (p Part) Said() *Statement {
	switch {
	case p.Summary != nil:
		return p.Summary
	case p.Claim != nil:
		return &p.Claim.Statement
	case p.Judgement != nil:
		return &p.Judgement.Statement
	case p.Advice != nil:
		return &p.Advice.Statement
	}
	return nil
}

// Part gives a copy of the part at a spot; none where nothing stands there.
func (c *Content) Part(s Spot) (p Part) {
	switch s.Section {
	case SectionSummary:
		p.Summary = at(c.Summary, s.At)
	case SectionSituation:
		if t := at(c.Topics, s.Group); t != nil {
			p.Claim = at(t.Claims, s.At)
		}
	case SectionAssessment:
		p.Judgement = at(c.Assessments, s.At)
	case SectionAdvice:
		if g := at(c.Recommendations, s.Group); g != nil {
			p.Advice = at(g.Advice, s.At)
		}
	}
	return p
}

func at[T any](list []T, i int) *T {
	if i < 0 || i >= len(list) {
		return nil
	}
	x := list[i]
	return &x
}

// Splice takes so many parts out at a spot, and puts some in. Lists that others may
// hold are not written to. A spot without its group, or beyond its end, takes nothing.
func (c *Content) Splice(s Spot, out int, in ...Part) {
	switch s.Section {
	case SectionSummary:
		c.Summary = splice(c.Summary, s.At, out, in, func(p Part) *Statement { return p.Summary })
	case SectionSituation:
		if at(c.Topics, s.Group) != nil {
			c.Topics = slices.Clone(c.Topics)
			t := &c.Topics[s.Group]
			t.Claims = splice(t.Claims, s.At, out, in, func(p Part) *Claim { return p.Claim })
		}
	case SectionAssessment:
		c.Assessments = splice(c.Assessments, s.At, out, in, func(p Part) *Judgement { return p.Judgement })
	case SectionAdvice:
		if at(c.Recommendations, s.Group) != nil {
			c.Recommendations = slices.Clone(c.Recommendations)
			g := &c.Recommendations[s.Group]
			g.Advice = splice(g.Advice, s.At, out, in, func(p Part) *Advice { return p.Advice })
		}
	}
}

func splice[T any](list []T, from, out int, in []Part, of func(Part) *T) []T {
	if from < 0 || from > len(list) {
		return list
	}
	next := slices.Clone(list[:from])
	if next == nil {
		next = []T{}
	}
	for _, p := range in {
		if x := of(p); x != nil {
			next = append(next, *x)
		}
	}
	return append(next, list[min(from+out, len(list)):]...)
}

// Spots gives every spot of a content on which something stands, in its order.
func (c *Content) Spots() (out []Spot) {
	add := func(section Section, group, n int) {
		for i := range n {
			out = append(out, Spot{section, group, i})
		}
	}
	add(SectionSummary, 0, len(c.Summary))
	for i := range c.Topics {
		add(SectionSituation, i, len(c.Topics[i].Claims))
	}
	add(SectionAssessment, 0, len(c.Assessments))
	for i := range c.Recommendations {
		add(SectionAdvice, i, len(c.Recommendations[i].Advice))
	}
	return out
}

// WasPart is a part that an edit changed, as it was before.
type WasPart struct {
	Spot
	Part      // none where nothing stood there: the edit put it in
	Gone bool `json:"gone,omitempty"` // the edit took it out
}

// undo puts a part back as it was.
func (w WasPart) undo(c *Content) {
	switch {
	case w.Said() == nil:
		c.Splice(w.Spot, 1)
	case w.Gone:
		c.Splice(w.Spot, 0, w.Part)
	default:
		c.Splice(w.Spot, 1, w.Part)
	}
}

// Heading gives the heading of a topic or of a group of advice, "" for one without; nil
// where there is no such one.
func (c *Content) Heading(section Section, group int) *string {
	switch section {
	case SectionSituation:
		if t := at(c.Topics, group); t != nil {
			return &t.Title
		}
	case SectionAdvice:
		if g := at(c.Recommendations, group); g != nil {
			return &g.Heading
		}
	}
	return nil
}

// WasHead is a heading that an edit changed, as it was before, and of advice all that
// stood under it: where it is for goes by the heading.
type WasHead struct {
	Section Section      `json:"section"`
	Group   int          `json:"group,omitempty"`
	Title   string       `json:"title,omitempty"`
	Advice  *AdviceGroup `json:"advice,omitempty"`
}

// undo puts a heading back as it was.
func (w WasHead) undo(c *Content) {
	switch {
	case w.Section == SectionSituation && at(c.Topics, w.Group) != nil:
		c.Topics = slices.Clone(c.Topics)
		c.Topics[w.Group].Title = w.Title
	case w.Section == SectionAdvice && w.Advice != nil && at(c.Recommendations, w.Group) != nil:
		c.Recommendations = slices.Clone(c.Recommendations)
		c.Recommendations[w.Group] = *w.Advice
	}
}
