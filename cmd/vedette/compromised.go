package main

import (
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type shutCmd struct {
	Person string    `arg:"" optional:"" help:"Id, personnel number, e-mail address or whole name; without it all who are compromised are listed."`
	Reason string    `help:"Why; kept on record." placeholder:"WORDS"`
	Over   bool      `help:"It is over: they are trusted again. What was withheld is not sent by it."`
	Since  time.Time `help:"Since when, or when it was over, 2026-02-05T02:20:00Z (default: now)." format:"2006-01-02T15:04:05Z07:00"`
	By     string    `help:"Who says so." default:"${user}"`
}

// Run stops all that is sent to somebody, or lists to whom nothing is sent.
func (c *shutCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if c.Person == "" {
			return c.list(s, a)
		}
		done, err := a.Desk.Compromise(s.ctx, desk.CompromiseOrder{Person: c.Person, Over: c.Over, Reason: c.Reason, By: c.By, Since: c.Since})
		if err != nil {
			return err
		}
		p := s.paper()
		p.compromised(done)
		if c.Over {
			p.note(2, "what was withheld is not sent by it: see `vedette tasks`, and `vedette tell-again`")
			return nil
		}
		p.note(2, "nothing is sent to their own addresses, their links are dead, and what they answer is untrusted")
		return nil
	})
}

func (c *shutCmd) list(s *session, a *app.App) error {
	if c.Over || c.Reason != "" {
		return vedette.Errorf(vedette.CodeInvalid, "say of whom: vedette compromised PERSON --reason 'detained'")
	}
	list, err := a.Desk.Compromised(s.ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		s.printf("nobody is held to be compromised\n")
	}
	p := s.paper()
	for i := range list {
		p.compromised(&list[i])
	}
	return nil
}

// compromised names somebody, with whom to ask instead of them.
func (p *paper) compromised(c *desk.Compromised) {
	p.item(p.look(red, "! "), c.Person.Record.Name+": "+c.Words())
	for _, k := range c.Person.Record.Contacts {
		if k.Phone != "" || k.Email != "" {
			p.note(2, "ask "+string(k.Kind)+" contact "+k.Name+" "+k.Phone+" "+k.Email)
		}
	}
}
