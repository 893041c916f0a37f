package main

import (
	"fmt"
	"io"
	"os"

	"vedette"
	"vedette/app"
	"vedette/desk"
	"vedette/wording"
)

type whoCmd struct {
	Area  []string `help:"A place by name or id: \"Basra\", \"IQ\", \"red-sea\". Several may be given." placeholder:"PLACE" sep:"none"`
	Shape string   `help:"A GeoJSON file: polygons, or points with radius_km; - for standard input." placeholder:"FILE"`
	Days  int      `help:"Count those who arrive within so many days (default: the organisation's setting)." placeholder:"N"`
	List  bool     `help:"List the people, with why."`
	Csv   string   `help:"Write the list to a CSV file." placeholder:"FILE"`
}

// Run says who is somewhere, may be there, or arrives soon.
func (c *whoCmd) Run(s *session) error {
	if len(c.Area) == 0 && c.Shape == "" {
		return errUsage{fmt.Errorf("say where: --area PLACE or --shape FILE")}
	}
	return s.open(func(a *app.App) error {
		q := desk.WhoQuestion{Days: c.Days}
		for _, name := range c.Area {
			area, err := a.Gaz.Find(name)
			if err != nil {
				return err
			}
			q.Areas = append(q.Areas, area.ID)
		}
		if c.Shape != "" {
			shapes, err := s.shapes(c.Shape)
			if err != nil {
				return err
			}
			q.Shapes = shapes
		}
		w, err := a.Desk.Who(s.ctx, q)
		if err != nil {
			return err
		}
		s.paper().who(w)
		switch {
		case c.Csv != "":
			return c.write(s, a, q)
		case c.List:
			return c.list(s, a, q)
		}
		return nil
	})
}

func (s *session) shapes(file string) ([]vedette.Shape, error) {
	in := s.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, vedette.Wrap(err, vedette.CodeInvalid, "cannot read the shape")
		}
		defer f.Close()
		in = f
	}
	return app.ReadShapes(in)
}

func (p *paper) who(w *desk.Who) {
	p.line("%s", p.look(bold, fmt.Sprintf("%s: %d in, %d may be in, %d arriving within %s", count(w.All(), "person", "people"), w.In, w.MayBe, w.Arriving, count(w.Days, "day", "days"))))
	if w.Unreachable > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s cannot be reached: no address that a channel sends to", count(w.Unreachable, "person", "people"))))
	}
	if n := len(w.Broken); n > 0 {
		p.line("%s", p.look(red, fmt.Sprintf("%s cannot be opened with this key (%s)", count(n, "person's record", "people's records"), w.Broken[0])))
	}
	p.whoPlaces("By country or sea", w.Countries)
	p.whoPlaces("By site", w.Sites)
}

func (p *paper) whoPlaces(heading string, places []desk.WhoPlace) {
	if len(places) == 0 {
		return
	}
	p.heading(heading)
	rows := [][]string{{"", "IN", "MAY BE", "ARRIVING", "NO ADDRESS"}}
	for _, pl := range places {
		rows = append(rows, []string{pl.Name, fmt.Sprint(pl.In), fmt.Sprint(pl.MayBe), fmt.Sprint(pl.Arriving), fmt.Sprint(pl.Unreachable)})
	}
	p.table(rows)
}

func (c *whoCmd) list(s *session, a *app.App, q desk.WhoQuestion) error {
	p := s.paper()
	p.heading("People")
	return a.Desk.EachWho(s.ctx, q, func(w desk.WhoPerson) error {
		p.item("• ", fmt.Sprintf("%s: %s", clean(w.Person.Record.Name), w.Words()))
		for _, r := range w.Reasons {
			p.note(2, clean(r.String()))
		}
		return nil
	})
}

// english are sentences in a line.
func english(list []wording.Said) string {
	var all wording.Said
	for _, s := range list {
		all = all.Then(s)
	}
	return all.String()
}

func (c *whoCmd) write(s *session, a *app.App, q desk.WhoQuestion) error {
	if err := a.Desk.NoteExport(s.ctx, desk.ExportWho, ""); err != nil {
		return err
	}
	return writeFile(c.Csv, func(out io.Writer) error {
		left := 0
		rows := [][]string{{"name", "email", "phone", "stands", "why", "id"}}
		err := a.Desk.EachWho(s.ctx, q, func(w desk.WhoPerson) error {
			if w.Person.Record.Restricted {
				left++
				return nil
			}
			phone := w.Person.Record.Phone()
			rows = append(rows, []string{w.Person.Record.Name, w.Person.Record.Email(), phone, w.Words(), english(w.Reasons), string(w.Person.ID)})
			return nil
		})
		if err != nil {
			return err
		}
		s.left(left)
		return app.WriteCSV(out, rows)
	})
}

// writeFile writes a new file that only its owner reads, whole or not at all.
func writeFile(name string, do func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return vedette.Wrap(err, vedette.CodeInvalid, "cannot write the file")
	}
	if err = do(f); err == nil {
		err = f.Close()
	} else {
		f.Close()
	}
	if err != nil {
		os.Remove(name)
	}
	return err
}
