package main

import (
	"vedette"
	"vedette/app"
	"vedette/desk"
)

type peopleEraseCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
	Why    string `help:"Why; the record keeps it: asked (they asked for it), left (they left), term (it was kept long enough), mistake (they were never to be here, or are here twice)." enum:",asked,left,term,mistake" default:""`
	Yes    bool   `help:"Do it. It cannot be undone."`
	Anyway bool   `help:"With --yes: though they called for help, are missed in a roll-call, did not answer what is immediate, or are compromised."`
}

// Run says what is lost with someone, and erases them when told to.
func (c *peopleEraseCmd) Run(s *session) error {
	if c.Yes && c.Why == "" {
		return errUsage{vedette.Errorf(vedette.CodeInvalid, "say why they are erased: --why asked, left, term or mistake; the record keeps it")}
	}
	return s.open(func(a *app.App) error {
		e, err := a.Desk.PreviewErase(s.ctx, c.Person)
		if err != nil {
			return err
		}
		if !c.Yes {
			s.wouldErase(e)
			return nil
		}
		p, err := a.Desk.Erase(s.ctx, desk.EraseOrder{Person: string(e.Person.ID), Why: vedette.EraseWhy(c.Why), Anyway: c.Anyway, Seen: e.Version})
		if err != nil {
			return err
		}
		s.printf("erased %s\n", p.ID)
		return nil
	})
}

func (s *session) wouldErase(e *desk.ErasePreview) {
	s.printf("would erase %s (%s), for good; say --yes and --why to do it\n", clean(e.Person.Record.Name), e.Person.ID)
	p := s.paper()
	p.line("WHAT GOES")
	for _, g := range e.Goes {
		p.item("- ", clean(g.String()))
	}
	p.line("WHAT STAYS")
	for _, g := range e.Stays {
		p.item("- ", clean(g.String()))
	}
	if len(e.Against) == 0 {
		return
	}
	p.line("WHAT SPEAKS AGAINST IT (it takes --anyway)")
	for _, g := range e.Against {
		p.item("- ", clean(g.String()))
	}
}
