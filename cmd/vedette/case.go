package main

import (
	"fmt"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type caseCmd struct {
	List     caseListCmd  `cmd:"" default:"withargs" help:"The calls for help that are not closed, what is due first."`
	Show     caseShowCmd  `cmd:"" help:"One with its log."`
	Take     caseTakeCmd  `cmd:"" help:"Take one: from now on it is yours."`
	Note     caseNoteCmd  `cmd:"" help:"Note what is known, and when the next contact is due."`
	Write    caseWriteCmd `cmd:"" help:"Write to the person, over the channels that reach them; what they answer is noted."`
	Place    casePlaceCmd `cmd:"" help:"Note where the person was last known to be."`
	HandOver caseHandCmd  `cmd:"" help:"Hand one over to somebody else."`
	Close    caseCloseCmd `cmd:"" help:"Close one, with the reason. Nothing else closes it."`
}

type caseListCmd struct {
	All bool `help:"Those closed too."`
}

// Run lists cases.
func (c *caseListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Cases(s.ctx, c.All)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no call for help is open\n")
		}
		p := s.paper()
		for i := range list {
			p.caseRow(&list[i])
			p.note(2, fmt.Sprintf("case %d: vedette case show %s", list[i].Key, list[i].ID))
		}
		return nil
	})
}

type caseShowCmd struct {
	ID string `arg:"" help:"The case's id."`
}

// Run shows a case.
func (c *caseShowCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.CaseOf(s.ctx, vedette.ID(c.ID))
		if err != nil {
			return err
		}
		s.paper().caseCard(card)
		return nil
	})
}

type caseTakeCmd struct {
	ID   string        `arg:"" help:"The case's id."`
	By   string        `help:"Who takes it." default:"${user}"`
	Next time.Duration `help:"Until the next contact is due: 15m. 30m where not given."`
}

// Run takes a case.
func (c *caseTakeCmd) Run(s *session) error {
	return s.act(desk.CaseOrder{Case: vedette.ID(c.ID), Kind: vedette.CaseTake, By: c.By, Next: c.Next})
}

type caseNoteCmd struct {
	ID   string        `arg:"" help:"The case's id."`
	Text string        `arg:"" help:"What is known."`
	By   string        `help:"Who notes it." default:"${user}"`
	Next time.Duration `help:"Until the next contact is due: 15m."`
}

// Run notes something in a case.
func (c *caseNoteCmd) Run(s *session) error {
	return s.act(desk.CaseOrder{Case: vedette.ID(c.ID), Kind: vedette.CaseNote, By: c.By, Text: c.Text, Next: c.Next})
}

type caseWriteCmd struct {
	ID   string        `arg:"" help:"The case's id."`
	Text string        `arg:"" help:"What they are to read."`
	By   string        `help:"Who writes." default:"${user}"`
	Next time.Duration `help:"Until the next contact is due: 15m."`
	Read bool          `help:"Of duress: it says nothing that whoever makes them answer may not know." name:"read-by-others"`
}

// Run writes to the person of a case.
func (c *caseWriteCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		w, err := a.Desk.WriteInCase(s.ctx, desk.CaseOrder{Case: vedette.ID(c.ID), By: c.By, Text: c.Text, Next: c.Next, Read: c.Read})
		if err != nil {
			return err
		}
		s.printf("written: %s\n", w.Takes)
		s.paper().caseRow(&w.Card.CaseRow)
		return nil
	})
}

type casePlaceCmd struct {
	ID    string `arg:"" help:"The case's id."`
	Place string `arg:"" help:"Where the person was last known to be."`
	By    string `help:"Who notes it." default:"${user}"`
}

// Run notes where the person of a case was last known to be.
func (c *casePlaceCmd) Run(s *session) error {
	return s.act(desk.CaseOrder{Case: vedette.ID(c.ID), Kind: vedette.CasePlace, By: c.By, Text: c.Place})
}

type caseHandCmd struct {
	ID   string        `arg:"" help:"The case's id."`
	To   string        `help:"Who has it from now on." required:""`
	By   string        `help:"Who hands it over." default:"${user}"`
	Text string        `help:"What they need to know." name:"note"`
	Next time.Duration `help:"Until the next contact is due: 15m. 30m where not given."`
}

// Run hands a case over.
func (c *caseHandCmd) Run(s *session) error {
	return s.act(desk.CaseOrder{Case: vedette.ID(c.ID), Kind: vedette.CaseHandOver, By: c.By, To: c.To, Text: c.Text, Next: c.Next})
}

type caseCloseCmd struct {
	ID     string `arg:"" help:"The case's id."`
	Reason string `help:"Why; kept on record." required:""`
	By     string `help:"Who closes it." default:"${user}"`
}

// Run closes a case.
func (c *caseCloseCmd) Run(s *session) error {
	return s.act(desk.CaseOrder{Case: vedette.ID(c.ID), Kind: vedette.CaseClose, By: c.By, Text: c.Reason})
}

// act does something in a case and shows how it is then.
func (s *session) act(o desk.CaseOrder) error {
	return s.open(func(a *app.App) error {
		card, err := a.Desk.ActOnCase(s.ctx, o)
		if err != nil {
			return err
		}
		s.paper().caseRow(&card.CaseRow)
		return nil
	})
}

func (p *paper) caseRow(r *desk.CaseRow) {
	mark := "• "
	if r.Late || r.State == vedette.CaseOpen {
		mark = p.look(red, "! ")
	}
	p.item(mark, r.Name+": "+r.Words())
}

func (p *paper) caseCard(c *desk.CaseCard) {
	p.caseRow(&c.CaseRow)
	if !c.Shut.Nothing() {
		p.note(2, c.Shut.String())
	}
	for _, a := range c.Who.Record.Addresses {
		if a.Channel != vedette.ChannelPush { // nobody is rung there
			p.note(2, string(a.Channel)+" "+a.Value)
		}
	}
	if c.Place != "" {
		p.note(2, "last known place: "+c.Place)
	}
	p.note(2, fmt.Sprintf("case %d, answered to update %s", c.Key, c.Update))
	for _, e := range c.Log {
		who := e.By
		if e.Kind.ByPerson() {
			who = c.Name
		}
		p.item("  ", strings.TrimSuffix(fmt.Sprintf("%s %s %s: %s", e.At.UTC().Format(minute), who, desk.EntryWords(&e), e.Text), ": "))
		for _, l := range c.SentOf(&e) {
			p.note(4, l.Standing())
		}
	}
	for i := range c.Sent {
		if c.Sent[i].Kind == vedette.LetterWritten {
			continue // beside what it says
		}
		p.note(2, c.Sent[i].MadeAt.UTC().Format(minute)+" "+c.Sent[i].Words())
	}
}
