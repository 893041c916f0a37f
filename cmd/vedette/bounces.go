package main

import (
	"io"
	"os"

	"vedette/app"
)

type bouncesCmd struct {
	Read bouncesReadCmd `cmd:"" help:"Read mails that came back, and note in the ledger what they say."`
	List bouncesListCmd `cmd:"" help:"Addresses that are not written to any more, or only to warn, and why."`
	Lift bouncesLiftCmd `cmd:"" help:"Write to an address again."`
}

type bouncesReadCmd struct {
	Files []string `arg:"" help:"Files of one mail each, directories of such (a Maildir's new, too), - for standard input." name:"file"`
}

// Help says how mails get there.
func (c *bouncesReadCmd) Help() string {
	return `Reads delivery status notifications (RFC 3464) and what older mail servers write. A mail that
failed is failed in the ledger; an address that is no mailbox is not written to any more. Of a
complaint (RFC 5965) the address gets only what warns, and the desk a task. A mail that somebody
wrote back is their answer, where it came to the address in the mail's Reply-To.

"vedette serve --bounces" reads a Maildir, or a mailbox over IMAP, by itself. A mail server can hand each over:
  bounces: "|vedette --data /srv/vedette bounces read -"`
}

// Run reads mails.
func (c *bouncesReadCmd) Run(s *session) error {
	return s.openAll(func(a *app.App) error { // each mail is of the organisation that it names
		bad := 0
		for _, name := range c.Files {
			files, err := app.MailFiles(name)
			if err != nil {
				return err
			}
			for _, f := range files {
				raw, err := s.rawMail(f)
				if err != nil {
					return err
				}
				d, err := a.Desks.OfMail(s.ctx, raw)
				if err != nil {
					return err
				}
				b, err := d.Bounce(s.ctx, raw)
				if err != nil {
					bad++
					s.printf("%s: left alone: %s\n", clean(f), clean(err.Error()))
					continue
				}
				if b.Early {
					bad++
				}
				s.printf("%s: %s\n", clean(f), clean(b.Said()))
			}
		}
		if bad > 0 {
			return errSaid
		}
		return nil
	})
}

func (s *session) rawMail(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(s.in, app.MaxMail+1))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, app.MaxMail+1))
}

type bouncesListCmd struct{}

// Run lists dead addresses.
func (c *bouncesListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.DeadAddresses(s.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no address is dead, as far as is known\n")
			return nil
		}
		rows := [][]string{{"NAME", "ADDRESS", "SINCE", "GETS", "WHY"}}
		for _, d := range list {
			gets := "nothing"
			if d.WarnOnly {
				gets = "warnings only"
			}
			rows = append(rows, []string{d.Person.Record.Name, d.Address, d.Since.UTC().Format(minute), gets, d.Reason})
		}
		s.paper().table(rows)
		return nil
	})
}

type bouncesLiftCmd struct {
	Whose string `arg:"" help:"The address, or the person by name, address or id."`
	By    string `help:"Who lifts it." default:"${user}"`
}

// Run lets an address be written to again.
func (c *bouncesLiftCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		n, err := a.Desk.LiftDead(s.ctx, c.Whose, c.By)
		if err != nil {
			return err
		}
		s.printf("%s written to again; tell them what they missed: vedette tell-again UPDATE\n", count(n, "address is", "addresses are"))
		return nil
	})
}
