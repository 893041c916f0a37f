package desk

import (
	"regexp"
	"slices"
	"strconv"

	"vedette"
)

// Settle asks for a finding to be settled: by saying which place is meant, or why it may
// stand as it is.
type Settle struct {
	Report vedette.ID
	No     int // of the finding among those of its reading, from 0
	Area   vedette.AreaID
	Why    string
}

var quotedWords = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Doubted gives the words that a finding is about, as it quotes them.
func Doubted(f vedette.Finding) (out []string) {
	for _, q := range quotedWords.FindAllString(f.Message, 4) {
		if s, err := strconv.Unquote(q); err == nil && s != "" {
			out = append(out, s)
		}
	}
	return out
}

// settle settles a finding.
func (d *Desk) settle(dr *Draft, e *DraftEdit, edit *vedette.Edit) error {
	if e.Settle == nil {
		return nil
	}
	s, u := e.Settle, dr.Update
	i := slices.IndexFunc(dr.Sources, func(o Source) bool { return o.Report.ID == s.Report })
	if i < 0 || dr.Sources[i].Reading == nil || s.No < 0 || s.No >= len(dr.Sources[i].Reading.Findings) {
		return vedette.Errorf(vedette.CodeInvalid, "there is no such finding; open the page again")
	}
	f := dr.Sources[i].Reading.Findings[s.No]
	if u.Settles(s.Report, f) != nil {
		return vedette.Errorf(vedette.CodeConflict, "the finding was settled already; look at it again")
	}
	how := plainLine(s.Why)
	switch {
	case s.Area != "":
		name := d.placeName(s.Area)
		if _, ok := d.Gaz.Area(s.Area); !ok {
			return vedette.Errorf(vedette.CodeInvalid, "no place is known as %q", s.Area)
		}
		n := means(u, s.Report, f, s.Area, edit)
		if n == 0 {
			return vedette.Errorf(vedette.CodeInvalid, "the draft says nothing any more that this is about; mend its words, or say why it may stand as it is")
		}
		how = "it is " + name
	case how == "":
		return vedette.Errorf(vedette.CodeInvalid, "choose the place that is meant, or say why it may stand as it is")
	}
	was := slices.Clone(u.Settled)
	edit.Was.Settled = &was
	u.Settled = append(slices.Clone(u.Settled), vedette.Settled{Report: s.Report, Finding: f, How: short(how), By: edit.By})
	edit.Changes = append(edit.Changes, vedette.Change{What: "settled: " + short(f.Message), After: short(how)})
	return nil
}

// means has what a finding is about mean an area, wherever the draft says it on the
// finding's lines: as an affected area, the place of a statement or an advice, or the
// heading of some. It gives of how much that is so.
func means(u *vedette.Update, report vedette.ID, f vedette.Finding, area vedette.AreaID, edit *vedette.Edit) (n int) {
	m := meaning{words: Doubted(f), area: area}
	was := u.Content
	c := &u.Content
	c.Affected = m.places(c.Affected)
	for _, s := range c.Spots() {
		p := c.Part(s)
		if st := p.Said(); st.Report == report && overlap(st.Lines, f.Lines) {
			c.Splice(s, 1, m.part(p))
		}
	}
	for i := range c.Recommendations {
		if g := &c.Recommendations[i]; slices.Contains(m.words, g.Heading) && g.Heading != "" {
			c.Recommendations = slices.Clone(c.Recommendations)
			m.group(&c.Recommendations[i])
		}
	}
	if m.n > 0 {
		edit.Was.Content = &was
	}
	return m.n
}

func overlap(a, b vedette.Lines) bool { return a[0] <= b[1] && b[0] <= a[1] }

// meaning is what words mean.
type meaning struct {
	words []string
	area  vedette.AreaID
	n     int // places that mean it now
}

func (m *meaning) place(p vedette.Place) vedette.Place {
	if slices.Contains(m.words, p.Text) && p.Text != "" && p.Area != m.area {
		p.Area, p.Metonym = m.area, false
		m.n++
	}
	return p
}

func (m *meaning) places(list []vedette.Place) []vedette.Place {
	out := slices.Clone(list)
	for i := range out {
		out[i] = m.place(out[i])
	}
	return out
}

func (m *meaning) part(p vedette.Part) vedette.Part {
	st := p.Said()
	st.Places = m.places(st.Places)
	if a := p.Advice; a != nil {
		a.Actions = slices.Clone(a.Actions)
		for i := range a.Actions {
			a.Actions[i].Targets = m.places(a.Actions[i].Targets)
		}
		a.Except = m.places(a.Except)
		if a.Near != nil {
			near := *a.Near
			near.Of = m.place(near.Of)
			a.Near = &near
		}
	}
	return p
}

// group has a heading be for the area, and all that takes its place from it.
func (m *meaning) group(g *vedette.AdviceGroup) {
	g.Area = m.area
	m.n++
	g.Advice = slices.Clone(g.Advice)
	for i := range g.Advice {
		a := &g.Advice[i]
		a.Actions = slices.Clone(a.Actions)
		for j := range a.Actions {
			a.Actions[j].Targets = slices.Clone(a.Actions[j].Targets)
			for k := range a.Actions[j].Targets {
				if t := &a.Actions[j].Targets[k]; t.Text == "" {
					t.Area = m.area
				}
			}
		}
	}
}

// open gives the findings that block a draft still.
func (dr *Draft) open() (out []vedette.Finding) {
	for i := range dr.Sources {
		s := &dr.Sources[i]
		if s.Reading != nil {
			out = append(out, unsettled(dr.Update, s.Report.ID, s.Reading.Findings)...)
		}
	}
	return out
}

// unsettled are those findings of a report that block and nobody settled.
func unsettled(u *vedette.Update, report vedette.ID, fs []vedette.Finding) (out []vedette.Finding) {
	for _, f := range fs {
		if f.Blocks && u.Settles(report, f) == nil {
			out = append(out, f)
		}
	}
	return out
}
