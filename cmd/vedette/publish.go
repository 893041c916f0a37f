package main

import (
	"fmt"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type publishCmd struct {
	File      string   `arg:"" help:"The report, - for standard input."`
	Yes       bool     `help:"Publish. Without it you only see what would happen."`
	Situation string   `help:"The situation it continues (an id of \"vedette updates\"); else it opens a new one." placeholder:"ID"`
	Corrects  string   `help:"The update it corrects: everyone who got that one is told." placeholder:"UPDATE"`
	Status    string   `help:"actual, exercise or test. The last two stand first in every line." enum:"actual,exercise,test" default:"actual"`
	Accept    []string `help:"Accept a blocking finding by its code." placeholder:"CODE"`
	Again     bool     `help:"Publish though the very same text was published before."`
}

// Run drafts an update, shows whom it concerns, and publishes it on --yes.
func (c *publishCmd) Run(s *session) error {
	status, err := vedette.ParseStatus(c.Status)
	if err != nil {
		return errUsage{err}
	}
	for _, id := range []string{c.Situation, c.Corrects} {
		if id != "" && !vedette.ID(id).Valid() {
			return errUsage{fmt.Errorf("%q is no id; \"vedette updates\" lists them", id)}
		}
	}
	text, name, err := s.readInput(c.File)
	if err != nil {
		return err
	}
	return s.open(func(a *app.App) error {
		if !c.Yes {
			return c.look(s, a, text, name, status)
		}
		return c.publish(s, a, text, name, status)
	})
}

// look shows what publishing would do, and keeps nothing.
func (c *publishCmd) look(s *session, a *app.App, text []byte, name string, status vedette.Status) error {
	d, err := a.Desk.Compose(desk.DraftOrder{Text: text, Origin: name, Status: status})
	if err != nil {
		return err
	}
	if err := c.preview(s, a, d); err != nil {
		return err
	}
	s.printf("\nnothing was published; say --yes to do it\n")
	return nil
}

func (c *publishCmd) order() desk.PublishOrder {
	o := desk.PublishOrder{Situation: vedette.ID(c.Situation), Corrects: vedette.ID(c.Corrects), Again: c.Again}
	for _, code := range c.Accept {
		o.Accept = append(o.Accept, vedette.FindingCode(code))
	}
	return o
}

func (c *publishCmd) publish(s *session, a *app.App, text []byte, name string, status vedette.Status) error {
	d, err := a.Desk.Compose(desk.DraftOrder{Text: text, Origin: name, Status: status})
	if err != nil {
		return err
	}
	if err := c.preview(s, a, d); err != nil {
		return err
	}
	u, err := a.Desk.PublishDraft(s.ctx, d, c.order())
	if err != nil {
		return err
	}
	s.printf("\npublished %s\nupdate %d of situation %s (%s)\n", u.ID, u.Number, u.Situation.ID, clean(u.Situation.Title))
	sending, err := a.Desk.Sending(s.ctx)
	if err != nil {
		return err
	}
	if !sending {
		s.printf("NOT SENT YET: no \"vedette serve\" with a mail server is running on this database; its notices wait until one does\n")
	}
	return nil
}

func (c *publishCmd) preview(s *session, a *app.App, d *desk.Draft) error {
	pv, err := a.Desk.Preview(s.ctx, d, c.order())
	if err != nil {
		return err
	}
	p := s.paper()
	if m := d.Update.Status.Mark(); m != "" {
		p.line("%s", p.look(bold+";"+yellow, m))
	}
	p.head(&d.Update.Content)
	p.heading("Would be told")
	p.line("%s: %d in, %d may be in", count(pv.Concerned, "person", "people"), pv.In, pv.MayBe)
	for _, ct := range pv.Countries {
		p.line("  %-28s %d", clean(ct.Name), ct.N)
	}
	if pv.Corrected > 0 {
		p.line("%s told the version this corrects, and concerned no longer", count(pv.Corrected, "more person", "more people"))
	}
	if n := len(pv.Broken); n > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s cannot be opened with this key: nobody can tell them; import them again (%s)", count(n, "person's record", "people's records"), pv.Broken[0])))
	}
	if pv.Clashes > 0 {
		p.line("%s into a place it advises to avoid", count(pv.Clashes, "trip", "trips"))
	}
	if pv.Hooks > 0 {
		p.line("%s", count(pv.Hooks, "system by webhook", "systems by webhook"))
	}
	if n := len(pv.Unreachable); n > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s cannot be reached: no address that a channel sends to", count(n, "person", "people"))))
		for i, id := range pv.Unreachable {
			if i == 10 {
				p.line("  … and %d more", n-i)
				break
			}
			who, err := a.Desk.Person(s.ctx, string(id))
			if err != nil {
				return err
			}
			p.line("  %s (%s)", clean(who.Record.Name), id)
		}
	}
	if pv.Concerned+pv.Corrected == 0 {
		p.line("%s", p.look(yellow, "nobody here is concerned by this report"))
	}
	if pv.Again != nil {
		p.line("%s", p.look(yellow, fmt.Sprintf("the very same text was published %s as update %s", pv.Again.PublishedAt.UTC().Format("2 Jan 2006 15:04 UTC"), pv.Again.ID)))
	}
	c.unplaced(p, pv.Unplaced)
	c.blocking(p, pv.Blocking)
	c.notes(p, d.Reading.Findings)
	return nil
}

// unplaced shows the advice that nobody would get: no rule may drop a line in
// silence.
func (c *publishCmd) unplaced(p *paper, as []vedette.Advice) {
	if len(as) == 0 {
		return
	}
	p.heading("Told to nobody")
	p.line("%s", p.look(red, "no action or no place was read in these lines, so no mail holds them:"))
	for _, a := range as {
		p.item("• ", fmt.Sprintf("%s: %s", lines(a.Lines), a.Text))
	}
}

// notes shows the findings that do not block.
func (c *publishCmd) notes(p *paper, fs []vedette.Finding) {
	title := false
	for _, f := range fs {
		if f.Blocks {
			continue
		}
		if !title {
			p.heading("What the reader noted")
			title = true
		}
		p.item("• ", fmt.Sprintf("%s (%s): %s", f.Code, lines(f.Lines), f.Message))
	}
}

func (c *publishCmd) blocking(p *paper, fs []vedette.Finding) {
	if len(fs) == 0 {
		return
	}
	p.heading("Doubts that block")
	for _, f := range fs {
		p.item("• ", fmt.Sprintf("%s (%s): %s", f.Code, lines(f.Lines), f.Message))
	}
	p.line("accept one with --accept %s", strings.ToLower(string(fs[0].Code)))
}
