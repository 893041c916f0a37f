package main

import (
	"vedette/app"
)

type peopleLinkCmd struct {
	Person  string `arg:"" help:"Id, e-mail address or whole name."`
	BaseURL string `help:"Where the portal is." env:"VEDETTE_BASE_URL" default:"http://127.0.0.1:8075" placeholder:"URL" name:"base-url"`
	Mail    bool   `help:"Send it to their addresses, and show none here." xor:"how"`
	End     bool   `help:"Have all links to their page that were made so far open nothing any more." xor:"how"`
}

// Help says what the page is.
func (c *peopleLinkCmd) Help() string {
	return `Behind it they read what concerns them now, also without a line, answer, and say how they wish to be told.
Whoever has the link sees it: give it to them alone. It is good for 90 days, and dies at once when they are
compromised or erased. Every message to them leads there, too, for three days.`
}

// Run makes a link, sends one, or ends those there are.
func (c *peopleLinkCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		switch {
		case c.End:
			p, err := a.Desk.EndPages(s.ctx, c.Person)
			if err == nil {
				s.printf("no link to the page of %s that was made so far opens anything any more\n", clean(p.Record.Name))
			}
			return err
		case c.Mail:
			n, err := a.Desk.MailPage(s.ctx, c.Person)
			if err == nil {
				s.printf("a link to their page is on its way to %s of theirs\n", count(n, "address", "addresses"))
			}
			return err
		}
		l, err := a.Desk.MakePage(s.ctx, c.Person)
		if err != nil {
			return err
		}
		to, err := app.PageLink(c.BaseURL, l.Token)
		if err != nil {
			return err
		}
		s.printf("the page of %s, for them alone, until %s:\n%s\n", clean(l.Person.Record.Name), l.Until.UTC().Format("2 Jan 2006"), to)
		return nil
	})
}
