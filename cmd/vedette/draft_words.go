package main

import (
	"fmt"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type draftWordsCmd struct {
	Draft string `arg:"" help:"The draft's id."`
}

// Help says what the names are for.
func (c *draftWordsCmd) Help() string {
	return `Everything that a draft says, each behind the name by which "vedette draft say" changes it, and after it
the report and line it is from:

  advice.1      the heading of the first group of advice
  advice.1.2    the second advice under it
  situation.1   the first topic; situation.1.1 its first claim
  assessment.1  a judgement
  summary.1     a line of the summary
  headline, call`
}

// Run prints what a draft says.
func (c *draftWordsCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		p, content := s.paper(), &d.Update.Content
		p.said("headline", content.Headline, "")
		p.said("call", content.CallToAction, "")
		var under vedette.Spot
		for i, at := range content.Spots() {
			if i == 0 || at.Section != under.Section || at.Group != under.Group {
				p.section(content, at)
			}
			under = at
			st := content.Part(at).Said()
			p.said(spotName(at), st.Text, sourceOf(d, st))
		}
		p.line("")
		p.line("after %s; --seen %d refuses a change where somebody makes another first", count(max(len(d.Update.Edits)-1, 0), "edit", "edits"), max(len(d.Update.Edits)-1, 0))
		return nil
	})
}

// said prints words behind their name.
func (p *paper) said(name, text, source string) {
	if text == "" {
		text = "(nothing)"
	}
	p.item(fmt.Sprintf("%-15s ", name), text)
	if source != "" {
		p.note(16, source)
	}
}

// sections are the headings of the sections of a draft.
var sections = map[vedette.Section]string{vedette.SectionSummary: "Summary", vedette.SectionSituation: "Situation", vedette.SectionAssessment: "Assessment", vedette.SectionAdvice: "What to do"}

// section prints the heading of what stands at a spot, behind its name where it has one.
func (p *paper) section(c *vedette.Content, at vedette.Spot) {
	p.heading(sections[at.Section])
	if head := c.Heading(at.Section, at.Group); head != nil {
		name := *head
		if name == "" {
			name = "(no heading)"
		}
		p.item(fmt.Sprintf("%-15s ", fmt.Sprintf("%s.%d", at.Section, at.Group+1)), name)
	}
}

// sourceOf says where a statement of a draft comes from.
func sourceOf(d *desk.Draft, st *vedette.Statement) string {
	if st.Report == "" {
		return "the desk's own words"
	}
	out := lineOf(d, st.Report, st.Lines)
	for _, c := range st.Also {
		out += "; " + lineOf(d, c.Report, c.Lines)
	}
	if st.Edited {
		out += ", changed by the desk"
	}
	return out
}

// lineOf names lines of a report: "line 14", "report 2, line 14".
func lineOf(d *desk.Draft, report vedette.ID, at vedette.Lines) string {
	for i := range d.Sources {
		if d.Sources[i].Report.ID == report && at[0] > 0 {
			if len(d.Sources) < 2 {
				return lines(at)
			}
			return fmt.Sprintf("report %d, %s", i+1, lines(at))
		}
	}
	return "a report"
}

// spotName names a statement: "advice.1.2", "summary.1".
func spotName(at vedette.Spot) string {
	if at.Section == vedette.SectionSummary || at.Section == vedette.SectionAssessment {
		return fmt.Sprintf("%s.%d", at.Section, at.At+1)
	}
	return fmt.Sprintf("%s.%d.%d", at.Section, at.Group+1, at.At+1)
}
