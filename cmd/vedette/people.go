package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type peopleCmd struct {
	Import peopleImportCmd `cmd:"" help:"Take in a CSV file: name, email, phone, language, manager, citizenship, site, country or city, latitude/longitude."`
	List   peopleListCmd   `cmd:"" help:"List everyone, with where they are kept."`
	Keep   peopleKeepCmd   `cmd:"" help:"Keep where someone is less exactly, or exactly again; what is held already is kept so too."`
	Erase  peopleEraseCmd  `cmd:"" help:"Say what is lost with someone, and with --yes delete their key and records for good; counts and ledger stay."`
	Link   peopleLinkCmd   `cmd:"" help:"Make a link to someone's own page, or end those there are."`
	File   peopleFileCmd   `cmd:"" help:"Write everything that is kept about someone into one file: to give it to them, or to see what it is."`
}

type peopleImportCmd struct {
	File string `arg:"" help:"The CSV file, - for standard input."`
	fileArgs
	Prune     bool `help:"The file is the list of all people: show who is kept and not in it. With --yes they are removed."`
	Yes       bool `help:"With --prune: remove them. They are told nothing more; their records stay sealed until erased."`
	PruneMany bool `help:"With --prune --yes: remove them even if they are more than a fifth of all."`
}

func (c *peopleImportCmd) order() desk.ImportOptions {
	o := c.options()
	o.Prune, o.Remove, o.PruneMany = c.Prune, c.Prune && c.Yes && !c.DryRun, c.PruneMany
	return o
}

// Run imports people, or says row by row what is wrong.
func (c *peopleImportCmd) Run(s *session) error {
	if (c.Yes || c.PruneMany) && !c.Prune {
		return errUsage{fmt.Errorf("--yes and --prune-many go with --prune")}
	}
	in, err := s.file(c.File, "people file")
	if err != nil {
		return err
	}
	defer in.Close()
	return s.open(func(a *app.App) error {
		im, err := a.Desk.ImportPeople(s.ctx, in, c.order())
		if err != nil {
			return err
		}
		return s.imported(im, c)
	})
}

// maxShown bounds how many lines of a list are printed one by one.
const maxShown = 20

func (s *session) imported(im *desk.Import, c *peopleImportCmd) error {
	o := outcomeOf(im.Problems, im.Ignored, im.Saved)
	verb, err := s.verdict(&c.fileArgs, o)
	if err != nil {
		return err
	}
	s.printf("%s %s: %d new, %d changed, %d unchanged", count(im.Rows, "person", "people"), verb, im.Added, im.Changed, im.Unchanged)
	s.leftOut(o)
	if im.Back > 0 {
		s.printf("of the new, %s back\n", count(im.Back, "person had left and is", "people had left and are"))
	}
	if len(im.NewSites) > 0 {
		s.printf("new sites: %s\n", clean(strings.Join(im.NewSites, ", ")))
	}
	if c.Prune {
		s.pruned(im, c)
	}
	return nil
}

// pruned tells who is kept and not in the file, and what becomes of them.
func (s *session) pruned(im *desk.Import, c *peopleImportCmd) {
	n := count(len(im.Gone), "person", "people")
	switch {
	case len(im.Problems) > 0:
		s.printf("nobody was removed: the file has bad rows, and one of them may be theirs\n")
		return
	case len(im.Gone) == 0:
		s.printf("everyone kept is in the file: nobody to remove\n")
		return
	case c.Yes && !c.DryRun:
		s.printf("%s not in the file removed:\n", count(im.Removed, "person", "people"))
	default:
		s.printf("%s not in the file would be removed; say --yes to do it:\n", n)
	}
	for i, g := range im.Gone {
		if i == maxShown {
			s.printf("  … and %d more\n", len(im.Gone)-i)
			return
		}
		s.printf("  %s\n", clean(strings.TrimSpace(g.Name+" "+g.Email)))
	}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

type peopleListCmd struct {
	Csv string `help:"Write the list to a CSV file." placeholder:"FILE"`
}

// Run lists everyone.
func (c *peopleListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		rows := [][]string{{"NAME", "E-MAIL", "PHONE", "WHERE", "ID", "REACHED", "WISHES"}}
		if c.Csv != "" {
			rows[0] = []string{"name", "email", "phone", "where", "id", "reached", "quiet hours", "channels", "digest"}
		}
		left := 0
		_, err := a.Desk.Reach(s.ctx, desk.ReachQuestion{}, func(r desk.Reached) error {
			p := r.Person
			if p.Record.Restricted && c.Csv != "" {
				left++
				return nil
			}
			phone, _ := p.Record.Address(vedette.AddressPhone)
			if phone.Blocked != "" && c.Csv == "" {
				phone.Value += " (" + phone.Blocked + ")"
			}
			name := p.Record.Name
			if p.Record.Restricted {
				name += " (restricted)"
			}
			row := []string{name, p.Record.Email(), phone.Value, where(a, p.Presence), string(p.ID), r.Words()}
			if w := &p.Record.Wishes; c.Csv != "" {
				row = append(row, w.Quiet.String(), strings.Join(strings.Fields(string(w.Order)), ", "), w.Digest.String())
			} else {
				row = append(row, wishes(w))
			}
			rows = append(rows, row)
			return nil
		})
		switch {
		case err != nil:
			return err
		case c.Csv != "":
			if err := a.Desk.NoteExport(s.ctx, desk.ExportPeople, ""); err != nil {
				return err
			}
			if err := writeFile(c.Csv, func(out io.Writer) error { return app.WriteCSV(out, rows) }); err != nil {
				return err
			}
			s.printf("%s written to %s\n", count(len(rows)-1, "person", "people"), clean(c.Csv))
			s.left(left)
		case len(rows) == 1:
			s.printf("nobody yet; add people with: vedette people import FILE.csv\n")
		default:
			s.paper().table(rows)
		}
		return nil
	})
}

// left says how many restricted people a file leaves out.
func (s *session) left(n int) {
	if words := desk.LeftOut(n); words != "" {
		s.printf("%s: no file holds them\n", words)
	}
}

// wishes says how somebody wishes to be told what merely informs.
func wishes(w *vedette.Wishes) string {
	var out []string
	for _, x := range []struct{ what, is string }{{"quiet ", w.Quiet.String()}, {"by ", w.Order.String()}, {"digest at ", w.Digest.String()}} {
		if x.is != "" {
			out = append(out, x.what+x.is)
		}
	}
	return strings.Join(out, "; ")
}

// where names someone's places, trips with their days.
func where(a *app.App, ps []vedette.Presence) string {
	var out []string
	for _, pr := range ps {
		w := a.Gaz.Name(pr.Area)
		if ar, ok := a.Gaz.Area(pr.Area); ok && ar.Country != "" {
			w += ", " + a.Gaz.Name(ar.Country)
		}
		switch {
		case pr.Because == vedette.BecauseTrip:
			w = fmt.Sprintf("trip to %s, %s to %s", w, pr.From.Format("2 Jan 2006"), pr.To.Add(-time.Second).Format("2 Jan 2006"))
		case pr.Site != "":
			w = pr.Site + ", " + w
		}
		out = append(out, w)
	}
	return strings.Join(out, "; ")
}

type peopleKeepCmd struct {
	Person    string `arg:"" help:"Id, e-mail address or whole name."`
	Precision string `arg:"" help:"exact, city or country."`
}

// Run keeps someone as closely as they wish.
func (c *peopleKeepCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		p, n, err := a.Desk.KeepPrecision(s.ctx, c.Person, vedette.Precision(strings.ToLower(c.Precision)))
		if err != nil {
			return err
		}
		name := clean(p.Record.Name)
		switch p.Record.Precision {
		case vedette.PrecisionExact:
			s.printf("%s is kept exactly from the next file, trip or check-in on; what was kept less exactly stays so until then\n", name)
		default:
			s.printf("%s is kept by %s from now on: %s made less exact; what they were told stays on record\n", name, p.Record.Precision, count(n, "place", "places"))
		}
		return nil
	})
}
