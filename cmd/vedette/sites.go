package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type sitesCmd struct {
	Import sitesImportCmd `cmd:"" help:"Take in a CSV file: name, code, country, city, latitude/longitude, phone. A site is known again by its code, else by its name."`
	List   sitesListCmd   `cmd:"" help:"List the sites."`
}

// fileArgs are what every import of a file is told.
type fileArgs struct {
	DryRun  bool `help:"Show what would happen; save nothing."`
	SkipBad bool `help:"Save the good rows and leave out the bad; otherwise it is all or nothing."`
}

func (f *fileArgs) options() desk.ImportOptions {
	return desk.ImportOptions{DryRun: f.DryRun, SkipBad: f.SkipBad}
}

// outcome is how an import of a file went, whatever the file holds.
type outcome struct {
	problems []string
	bad      int // rows with a problem; one may have several
	remarks  []string
	ignored  []string
	saved    bool
}

// verdict prints what is to be said of a file besides its counts, and gives
// the verb for them; the error says that nothing is, or would be, saved.
func (s *session) verdict(f *fileArgs, o outcome) (verb string, err error) {
	s.some(o.problems)
	s.some(o.remarks)
	if len(o.ignored) > 0 {
		fmt.Fprintf(s.err, "columns not used: %s\n", clean(strings.Join(o.ignored, ", ")))
	}
	bad := count(o.bad, "bad row", "bad rows")
	switch {
	case len(o.problems) > 0 && !f.SkipBad && f.DryRun:
		fmt.Fprintf(s.err, "nothing would be saved: mend the %s, or take the others with --skip-bad\n", bad)
		return "", errSaid
	case f.DryRun:
		verb = "would be saved"
	case !o.saved:
		fmt.Fprintf(s.err, "nothing was saved: mend the %s, or take the others with --skip-bad\n", bad)
		return "", errSaid
	default:
		verb = "saved"
	}
	return verb, nil
}

// some prints the first lines of a list on standard error, and how many more
// there are.
func (s *session) some(lines []string) {
	for i, l := range lines {
		if i == maxShown {
			fmt.Fprintf(s.err, "… and %d more\n", len(lines)-i)
			return
		}
		fmt.Fprintln(s.err, clean(l))
	}
}

// leftOut tells how many bad rows an import passed over.
func (s *session) leftOut(o outcome) {
	if o.bad > 0 {
		s.printf("; %s left out", count(o.bad, "bad row", "bad rows"))
	}
	s.printf("\n")
}

// outcomeOf is the outcome of a file with these problems.
func outcomeOf[P interface {
	error
	Row() int
}](problems []P, ignored []string, saved bool) outcome {
	bad := map[int]bool{}
	for _, p := range problems {
		bad[p.Row()] = true
	}
	return outcome{problems: said(problems), bad: len(bad), ignored: ignored, saved: saved}
}

// said turns problems and remarks into lines.
func said[E error](list []E) (lines []string) {
	for _, p := range list {
		lines = append(lines, p.Error())
	}
	return lines
}

// file opens a file to be taken in, standard input for "-".
func (s *session) file(name, what string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(s.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the %s", what)
	}
	return f, nil
}

type sitesImportCmd struct {
	File string `arg:"" help:"The CSV file, - for standard input."`
	fileArgs
}

// Run imports sites, or says row by row what is wrong.
func (c *sitesImportCmd) Run(s *session) error {
	in, err := s.file(c.File, "sites file")
	if err != nil {
		return err
	}
	defer in.Close()
	return s.open(func(a *app.App) error {
		im, err := a.Desk.ImportSites(s.ctx, in, c.options())
		if err != nil {
			return err
		}
		o := outcomeOf(im.Problems, im.Ignored, im.Saved)
		verb, err := s.verdict(&c.fileArgs, o)
		if err != nil {
			return err
		}
		s.printf("%s %s: %d new, %d changed, %d unchanged", count(im.Rows, "site", "sites"), verb, im.Added, im.Changed, im.Unchanged)
		s.leftOut(o)
		for _, m := range im.Moved {
			s.printf("%s moves from %s to %s, and %s with it\n", clean(m.Name), a.Gaz.Name(m.From), a.Gaz.Name(m.To), count(m.People, "person", "people"))
		}
		return nil
	})
}

type sitesListCmd struct{}

// Run lists the sites.
func (c *sitesListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Sites(s.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no sites yet; add some with: vedette sites import FILE.csv\n")
			return nil
		}
		rows := [][]string{{"NAME", "CODE", "WHERE", "POINT", "PHONE", "ID"}}
		for _, t := range list {
			point := ""
			if t.Point != nil {
				point = t.Point.String()
			}
			rows = append(rows, []string{t.Name, t.External, placeWords(a, t.Area), point, t.Phone, string(t.ID)})
		}
		s.paper().table(rows)
		return nil
	})
}

// placeWords names a place with its country.
func placeWords(a *app.App, id vedette.AreaID) string {
	w := a.Gaz.Name(id)
	if ar, ok := a.Gaz.Area(id); ok && ar.Country != "" {
		w += ", " + a.Gaz.Name(ar.Country)
	}
	return w
}
