package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type peopleCmd struct {
	Import peopleImportCmd `cmd:"" help:"Take in a CSV file: name, email, phone, language, manager, citizenship, site, country or city, latitude/longitude."`
	List   peopleListCmd   `cmd:"" help:"List everyone, with where they are kept."`
	Erase  peopleEraseCmd  `cmd:"" help:"Delete someone's key and records for good; counts and ledger stay."`
}

type peopleImportCmd struct {
	File    string `arg:"" help:"The CSV file, - for standard input."`
	DryRun  bool   `help:"Show what would happen; save nothing."`
	SkipBad bool   `help:"Save the good rows and leave out the bad; otherwise it is all or nothing."`
}

// Run imports people, or says row by row what is wrong.
func (c *peopleImportCmd) Run(s *session) error {
	in := s.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return vedette.Wrap(err, vedette.CodeInvalid, "cannot read the people file")
		}
		defer f.Close()
		in = f
	}
	return s.open(func(a *app.App) error {
		im, err := a.Desk.ImportPeople(s.ctx, in, desk.ImportOptions{DryRun: c.DryRun, SkipBad: c.SkipBad})
		if err != nil {
			return err
		}
		return s.imported(im, c)
	})
}

// maxShown bounds how many bad rows are printed one by one.
const maxShown = 20

func (s *session) imported(im *desk.Import, c *peopleImportCmd) error {
	for i, p := range im.Problems {
		if i == maxShown {
			fmt.Fprintf(s.err, "… and %d more\n", len(im.Problems)-i)
			break
		}
		fmt.Fprintln(s.err, clean(p.Error()))
	}
	if len(im.Ignored) > 0 {
		fmt.Fprintf(s.err, "columns not used: %s\n", clean(strings.Join(im.Ignored, ", ")))
	}
	bad, verb := count(len(im.Problems), "bad row", "bad rows"), "saved"
	switch {
	case len(im.Problems) > 0 && !c.SkipBad && c.DryRun:
		fmt.Fprintf(s.err, "nothing would be saved: mend the %s, or take the others with --skip-bad\n", bad)
		return errSaid
	case c.DryRun:
		verb = "would be saved"
	case !im.Saved:
		fmt.Fprintf(s.err, "nothing was saved: mend the %s, or take the others with --skip-bad\n", bad)
		return errSaid
	}
	s.printf("%s %s: %d new, %d changed, %d unchanged", count(im.Rows, "person", "people"), verb, im.Added, im.Changed, im.Unchanged)
	if len(im.Problems) > 0 {
		s.printf("; %s left out", bad)
	}
	s.printf("\n")
	if len(im.NewSites) > 0 {
		s.printf("new sites: %s\n", clean(strings.Join(im.NewSites, ", ")))
	}
	return nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

type peopleListCmd struct{}

// Run lists everyone.
func (c *peopleListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		rows := [][]string{{"NAME", "E-MAIL", "PHONE", "WHERE", "ID"}}
		err := a.Desk.EachPerson(s.ctx, func(p vedette.Person) error {
			phone, _ := p.Record.Address(vedette.AddressPhone)
			rows = append(rows, []string{p.Record.Name, p.Record.Email(), phone.Value, where(a, p.Presence), string(p.ID)})
			return nil
		})
		if err != nil {
			return err
		}
		if len(rows) == 1 {
			s.printf("nobody yet; add people with: vedette people import FILE.csv\n")
			return nil
		}
		s.paper().table(rows)
		return nil
	})
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

type peopleEraseCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
	Yes    bool   `help:"Do it. It cannot be undone."`
}

// Run erases someone.
func (c *peopleEraseCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		p, err := a.Desk.Person(s.ctx, c.Person)
		if err != nil {
			return err
		}
		if !c.Yes {
			s.printf("would erase %s (%s), for good; say --yes to do it\n", clean(p.Record.Name), p.ID)
			return nil
		}
		if _, err := a.Desk.Erase(s.ctx, string(p.ID)); err != nil {
			return err
		}
		s.printf("erased %s\n", p.ID)
		return nil
	})
}

type tripsCmd struct {
	Add tripsAddCmd `cmd:"" help:"Add a trip of someone."`
}

type tripsAddCmd struct {
	Person string    `arg:"" help:"Id, e-mail address or whole name."`
	To     string    `arg:"" help:"Where: a city, country or sea."`
	From   time.Time `help:"First day there, 2026-02-10." format:"2006-01-02" required:"" name:"from"`
	Until  time.Time `help:"Last day there." format:"2006-01-02" required:"" name:"until"`
}

// Run adds a trip. Days are those of the place.
func (c *tripsAddCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		area, err := a.Gaz.Find(c.To)
		if err != nil {
			return err
		}
		zone := time.UTC
		if z, err := time.LoadLocation(a.Gaz.Zone(area.ID)); err == nil {
			zone = z
		}
		day := func(t time.Time, add int) time.Time {
			return time.Date(t.Year(), t.Month(), t.Day()+add, 0, 0, 0, 0, zone).UTC()
		}
		t, err := a.Desk.AddTrip(s.ctx, c.Person, []vedette.Stay{{Area: area.ID, From: day(c.From, 0), To: day(c.Until, 1)}})
		if err != nil {
			return err
		}
		name := area.Name
		if area.Country != "" {
			name += ", " + a.Gaz.Name(area.Country)
		}
		if c.Until.AddDate(0, 0, 1).Before(s.now()) {
			fmt.Fprintln(s.err, "note: this trip is over already")
		}
		s.printf("trip %s: %s to %s, %s to %s\n", t.ID, c.Person, name, c.From.Format("2 Jan 2006"), c.Until.Format("2 Jan 2006"))
		return nil
	})
}
