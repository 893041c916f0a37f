package main

import (
	"strings"

	"vedette/app"
)

type peopleFileCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
	File   string `arg:"" help:"Where to write it: .json for machines, any other ending to be read. It must not exist yet; only you can read it."`
}

// Help says what is in it.
func (c *peopleFileCmd) Help() string {
	return `Their record as it was kept from when to when, addresses, trips, places, watches; what they were told, with
the words, how it was sent and how far it came; what they answered; calls for help, roll-calls, tasks,
and what was changed about them by whom. At its end stands what is not in it, and why.

It holds what others wrote about them, too: look through it before you give it away. That it was made
stands in the record.`
}

// Run writes it.
func (c *peopleFileCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		f, err := a.Desk.PersonFile(s.ctx, c.Person)
		if err != nil {
			return err
		}
		write := f.WriteText
		if strings.HasSuffix(strings.ToLower(c.File), ".json") {
			write = f.WriteJSON
		}
		if err := writeFile(c.File, write); err != nil {
			return err
		}
		s.printf("all that is kept about %s is in %s; look through it before you give it away\n", clean(f.Name), clean(c.File))
		return nil
	})
}
