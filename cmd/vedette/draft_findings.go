package main

import (
	"fmt"
	"slices"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

// findingLines is how many lines of a report are shown with a finding, and maxMeant how
// many places its words may mean.
const findingLines, maxMeant = 3, 8

type draftFindingsCmd struct {
	Draft string `arg:"" help:"The draft's id."`
}

// Help says what is done about them.
func (c *draftFindingsCmd) Help() string {
	return `What the reader doubts of the reports that a draft is made of, each with its number, its lines as they
came, and how it was settled. What BLOCKS is settled one by one, or accepted by its code when the draft
is published (vedette publish --draft DRAFT --accept CODE):

  vedette draft settle DRAFT 2 --place 'Tripoli, Lebanon'
  vedette draft settle DRAFT 3 --why 'the sender confirmed the date'`
}

// Run prints the findings of a draft.
func (c *draftFindingsCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		list := findingsOf(d)
		if len(list) == 0 {
			s.printf("the reader doubts nothing: every line was read or set aside with a reason\n")
			return nil
		}
		p, open := s.paper(), 0
		for i, f := range list {
			if p.doubt(a, d, i+1, f) {
				open++
			}
		}
		if p.line(""); open > 0 {
			p.line("%s until settled or accepted", count(open, "finding blocks", "findings block"))
			return nil
		}
		p.line("nothing blocks")
		return nil
	})
}

// doubted is a finding of a draft with the report it is of.
type doubted struct {
	vedette.Finding
	source *desk.Source
	no     int // among those of its report, from 0
}

// findingsOf lists the findings of a draft's reports, in their order.
func findingsOf(d *desk.Draft) (out []doubted) {
	for i := range d.Sources {
		s := &d.Sources[i]
		if s.Reading == nil {
			continue
		}
		for k, f := range s.Reading.Findings {
			out = append(out, doubted{f, s, k})
		}
	}
	return out
}

// doubt prints a finding, and says whether it blocks still.
func (p *paper) doubt(a *app.App, d *desk.Draft, no int, f doubted) bool {
	u := d.Update
	how, style, word := u.Settles(f.source.Report.ID, f.Finding), yellow, "note"
	blocks := f.Blocks && how == nil
	switch {
	case blocks:
		style, word = red, "BLOCKS"
	case how != nil:
		word = "settled"
	}
	p.line("%d. %s %s (%s)", no, p.look(style, word), f.Code, lineOf(d, f.source.Report.ID, f.Lines))
	p.note(3, f.Message)
	for _, l := range app.ReportLines(f.source, f.Lines, findingLines) {
		p.item(fmt.Sprintf("   %4d | ", l.No), short(l.Text, 400))
	}
	if how != nil {
		p.note(3, fmt.Sprintf("settled by %s: %s", how.By, how.How))
	} else if means := meant(a, f.Finding); blocks && len(means) > 0 {
		p.note(3, "it may be: "+strings.Join(means, "; "))
	}
	return blocks
}

// meant are the places that the words of a finding may mean, as --place takes them.
func meant(a *app.App, f vedette.Finding) []string {
	words := desk.Doubted(f)
	if len(words) == 0 || f.Code != vedette.FindAmbiguousPlace && f.Code != vedette.FindUnknownPlace {
		return nil
	}
	found := a.Gaz.Named(words[0])
	if len(found) == 0 {
		found = a.Gaz.Suggest(words[0])
	}
	labels := a.Gaz.Labels(found[:min(len(found), maxMeant)])
	slices.Sort(labels)
	return slices.Compact(labels)
}

type draftSettleCmd struct {
	Draft string `arg:"" help:"The draft's id."`
	No    int    `arg:"" help:"The finding's number (\"vedette draft findings\")." placeholder:"N"`
	Place string `help:"The place that is meant, wherever the draft says it on the finding's lines." placeholder:"PLACE" xor:"how"`
	Why   string `help:"Why it may stand as it is; kept on record." placeholder:"WHY" xor:"how"`
	Seen  *int   `help:"How many edits the draft had when you looked; a newer one refuses yours." placeholder:"N"`
	By    string `help:"Who settles it." default:"${user}"`
}

// Help says what settling does.
func (c *draftSettleCmd) Help() string {
	return `A place that could be several, or is not known, is settled by saying which is meant:

  vedette draft settle DRAFT 2 --place 'Tripoli, Lebanon'

That place is meant then wherever the draft says those words on the finding's lines, and whom it would
tell follows. Anything else is settled with a reason, or mended by other words (vedette draft say):

  vedette draft settle DRAFT 3 --why 'the sender confirmed the date'`
}

// Run settles a finding and shows what that does.
func (c *draftSettleCmd) Run(s *session) error {
	if c.Place == "" && strings.TrimSpace(c.Why) == "" {
		return errUsage{fmt.Errorf("say which place is meant (--place), or why it may stand as it is (--why)")}
	}
	return s.open(func(a *app.App) error {
		d, err := a.Desk.Draft(s.ctx, vedette.ID(c.Draft))
		if err != nil {
			return err
		}
		list := findingsOf(d)
		if c.No < 1 || c.No > len(list) {
			return vedette.Errorf(vedette.CodeInvalid, "the draft has %s; \"vedette draft findings %s\" numbers them", count(len(list), "finding", "findings"), c.Draft)
		}
		f := list[c.No-1]
		e := desk.DraftEdit{Draft: d.Update.ID, By: c.By, Seen: len(d.Update.Edits), Settle: &desk.Settle{Report: f.source.Report.ID, No: f.no, Why: c.Why}}
		if c.Seen != nil {
			e.Seen = *c.Seen + 1 // the first is that it was made
		}
		if c.Place != "" {
			area, err := a.Gaz.Find(c.Place)
			if err != nil {
				return err
			}
			e.Settle.Area = area.ID
		}
		return s.edited(a, e, "before this edit")
	})
}
