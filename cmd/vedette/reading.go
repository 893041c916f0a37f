package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
)

// reading prints a reading in the shape of the report, findings at the end.
func (p *paper) reading(rd *vedette.Reading) {
	p.head(&rd.Content)
	p.body(&rd.Content)
	p.aside(rd)
	p.findings(rd.Findings)
}

func (p *paper) head(c *vedette.Content) {
	risk := strings.ToUpper(c.Risk.String())
	p.line("%s  %s", p.look(bold+";"+riskLook(c.Risk), "["+risk+"]"), p.look(dim, strings.ReplaceAll(string(c.Kind), "_", " ")+issued(c.IssuedAt)))
	head := c.Headline
	if head == "" {
		head = c.Title
	}
	for _, l := range wrap(clean(head), p.width) {
		p.line("%s", p.look(bold, l))
	}
	if c.CallToAction != "" {
		p.item("→ ", c.CallToAction)
	}
	p.line("")
	p.field("affected", places(c.Affected))
	p.field("urgency", c.Urgency.String())
	p.field("source", c.SourceStrength.String())
	if c.CountryRisk != vedette.RiskUnknown {
		p.field("country risk", c.CountryRisk.String())
	}
	p.field("categories", strings.Join(c.Categories, ", "))
}

func (p *paper) field(name, value string) {
	if value != "" {
		p.item(fmt.Sprintf("%-13s ", name), value)
	}
}

func issued(t *time.Time) string {
	if t == nil {
		return " · no issue time"
	}
	return " · " + t.UTC().Format("2 Jan 2006 15:04 UTC")
}

func places(ps []vedette.Place) string {
	var out []string
	for _, pl := range ps {
		switch {
		case pl.Area == "":
			out = append(out, pl.Text+" (unknown)")
		case pl.Text == "":
			out = append(out, string(pl.Area))
		default:
			out = append(out, fmt.Sprintf("%s (%s)", pl.Text, pl.Area))
		}
	}
	return strings.Join(out, ", ")
}

func (p *paper) body(c *vedette.Content) {
	if len(c.Summary) > 0 {
		p.heading("Summary")
		for i := range c.Summary {
			p.statement(&c.Summary[i])
		}
	}
	for _, t := range c.Topics {
		title := "Situation"
		if t.Title != "" {
			title += ": " + t.Title
		}
		p.heading(title)
		for i := range t.Claims {
			p.claim(&t.Claims[i])
		}
	}
	if len(c.Assessments) > 0 {
		p.heading("Assessment")
		for i := range c.Assessments {
			p.judgement(&c.Assessments[i])
		}
	}
	for _, g := range c.Recommendations {
		title := "What to do"
		if g.Heading != "" {
			title += ": " + g.Heading
		}
		p.heading(title)
		for i := range g.Advice {
			p.advice(&g.Advice[i])
		}
	}
}

func (p *paper) statement(s *vedette.Statement) {
	p.item("• ", s.Text)
	p.odds(s.Likelihoods)
}

func (p *paper) odds(ls []vedette.Likelihood) {
	var out []string
	for _, l := range ls {
		switch {
		case l.Comparative:
			out = append(out, l.Term+" (a comparison)")
		case l.Hedge:
			continue
		default:
			out = append(out, fmt.Sprintf("%s (%.0f–%.0f %%%s)", l.Term, 100*l.Low, 100*l.High, onScale(l.Scale)))
		}
	}
	if len(out) > 0 {
		p.note(2, "odds: "+strings.Join(out, ", "))
	}
}

func (p *paper) claim(c *vedette.Claim) {
	p.statement(&c.Statement)
	var voices, times []string
	for _, s := range c.Sources {
		voices = append(voices, fmt.Sprintf("%s: %s", s.Text, s.Stance))
	}
	if len(c.Sources) == 0 {
		for _, s := range c.Stances {
			voices = append(voices, string(s)+" (the report)")
		}
	}
	for _, w := range c.When {
		times = append(times, when(w))
	}
	if len(voices) > 0 {
		p.note(2, "said: "+strings.Join(voices, "; "))
	}
	if len(times) > 0 {
		p.note(2, "when: "+strings.Join(times, "; "))
	}
}

func when(w vedette.When) string {
	var out string
	switch {
	case w.At != nil:
		out = w.At.UTC().Format("2006-01-02 15:04 UTC")
	case w.Date != "":
		out = w.Date
	default:
		out = w.From + " to " + w.To
	}
	if w.Scheduled {
		out += " (scheduled)"
	}
	return out
}

func (p *paper) judgement(j *vedette.Judgement) {
	prefix := "• "
	if j.Forecast {
		prefix = "• FORECAST: "
	}
	p.item(prefix, j.Text)
	p.odds(j.Likelihoods)
	if j.Confidence != "" {
		p.note(2, "confidence: "+string(j.Confidence))
	}
}

func (p *paper) advice(a *vedette.Advice) {
	p.item("• ", a.Text)
	var out []string
	for _, act := range a.Actions {
		t := string(act.Action)
		if len(act.Kinds) > 0 {
			t += " of " + strings.Join(act.Kinds, ", ")
		}
		out = append(out, strings.ReplaceAll(t, "_", " ")+" → "+targets(act.Targets))
	}
	if len(out) > 0 {
		p.note(2, strings.Join(out, "; "))
	}
	if a.Audience != "" {
		p.note(2, "for: "+a.Audience)
	}
	if a.Condition != "" {
		p.note(2, "only: "+a.Condition)
	}
	if a.Near != nil {
		p.note(2, "near: "+near(a.Near))
	}
	if len(a.Except) > 0 {
		p.note(2, "not: "+targets(a.Except))
	}
	if a.Until != nil {
		p.note(2, "until: "+when(*a.Until))
	}
}

func near(n *vedette.Near) string {
	of := "it"
	switch {
	case n.Of.Text != "" || n.Of.Area != "":
		of = targets([]vedette.Place{n.Of})
	case n.What != "":
		of = "the"
	}
	return strings.Join(strings.Fields(fmt.Sprintf("within %g km of %s %s", n.KM, of, n.What)), " ")
}

// targets names places with their ids: in the report's words, those that an
// advice takes from its group by their usual name.
func targets(ps []vedette.Place) string {
	var out []string
	for _, t := range ps {
		switch name := t.Text; {
		case t.Area == "":
			out = append(out, name+" (unknown)")
		case name == "":
			out = append(out, fmt.Sprintf("%s (%s)", app.PlaceName(t.Area), t.Area))
		default:
			out = append(out, fmt.Sprintf("%s (%s)", name, t.Area))
		}
	}
	return strings.Join(out, ", ")
}

func (p *paper) aside(rd *vedette.Reading) {
	if len(rd.SetAside) == 0 {
		return
	}
	p.heading("Set aside")
	for _, s := range rd.SetAside {
		p.line("%s: %s", lines(s.Lines), strings.ReplaceAll(s.Reason, "_", " "))
	}
}

func lines(l vedette.Lines) string {
	if l[0] == l[1] {
		return fmt.Sprintf("line %d", l[0])
	}
	return fmt.Sprintf("lines %d–%d", l[0], l[1])
}

func (p *paper) findings(fs []vedette.Finding) {
	p.heading("Findings")
	if len(fs) == 0 {
		p.line("none: every line was read or set aside with a reason")
		return
	}
	for _, f := range fs {
		style, word := yellow, "note"
		if f.Blocks {
			style, word = red, "BLOCKS"
		}
		p.line("%s %s (%s)", p.look(style, word), f.Code, lines(f.Lines))
		p.note(2, f.Message)
	}
}

// onScale names a scale that is not the usual one.
func onScale(s vedette.Scale) string {
	if s != vedette.ScalePHIA {
		return ""
	}
	return " on " + s.Name()
}
