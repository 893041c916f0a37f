package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/desk"
)

type tripsCmd struct {
	Import tripsImportCmd `cmd:"" help:"Take in trips: a CSV file with a leg or a stay a line, or one person's calendar (.ics)."`
	Add    tripsAddCmd    `cmd:"" help:"Add a trip of someone."`
	List   tripsListCmd   `cmd:"" help:"The trips of someone, cancelled ones too."`
	Cancel tripsCancelCmd `cmd:"" help:"Cancel a trip: it puts nobody anywhere any more."`
}

type tripsImportCmd struct {
	File   string `arg:"" help:"The CSV or .ics file, - for standard input. A CSV line holds: who (email, personnel number or name), trip number, mode, from, to, departs, arrives, carrier, flight; or hotel, city, country, first and last day."`
	Person string `help:"Whose calendar it is: id, e-mail address or whole name. Only with a calendar." placeholder:"WHO"`
	fileArgs
}

// Run imports trips, or says line by line what is wrong.
func (c *tripsImportCmd) Run(s *session) error {
	calendar := strings.EqualFold(filepath.Ext(c.File), ".ics")
	switch {
	case calendar && c.Person == "":
		return errUsage{fmt.Errorf("whose calendar is it? say --person WHO")}
	case !calendar && c.Person != "" && c.File != "-":
		return errUsage{fmt.Errorf("--person goes with a calendar (.ics); a table names the travellers itself")}
	}
	in, err := s.file(c.File, "trips file")
	if err != nil {
		return err
	}
	defer in.Close()
	return s.open(func(a *app.App) error {
		im, err := c.take(s, a, in)
		if err != nil {
			return err
		}
		return s.tripsImported(a, im, c)
	})
}

func (c *tripsImportCmd) take(s *session, a *app.App, in io.Reader) (*desk.TripsImport, error) {
	if c.Person != "" {
		return a.Desk.ImportItinerary(s.ctx, c.Person, in, c.options())
	}
	return a.Desk.ImportTrips(s.ctx, in, c.options())
}

func (s *session) tripsImported(a *app.App, im *desk.TripsImport, c *tripsImportCmd) error {
	o := outcomeOf(im.Problems, im.Ignored, im.Saved)
	for _, r := range im.Remarks {
		o.remarks = append(o.remarks, "note: "+r.Error())
	}
	for _, u := range im.Unverified {
		o.remarks = append(o.remarks, "note: "+u.Error())
	}
	for _, l := range im.LeftOut {
		o.remarks = append(o.remarks, "left out: "+l.Error())
	}
	verb, err := s.verdict(&c.fileArgs, o)
	if err != nil {
		return err
	}
	s.printf("%s of %s %s: %d new, %d changed, %d unchanged, %d cancelled", count(im.Trips, "trip", "trips"), count(im.People, "person", "people"),
		verb, im.Added, im.Changed, im.Unchanged, im.Cancelled)
	s.leftOut(o)
	for i, l := range im.Lines {
		if i == maxShown {
			s.printf("  … and %d more\n", len(im.Lines)-i)
			break
		}
		s.printf("  %-9s  %s: %s\n", l.What, clean(l.Name), clean(tripWords(a, &l.Trip)))
	}
	return nil
}

// tripWords say where a trip goes, in one line: its places in order of time,
// first and last day there.
func tripWords(a *app.App, t *vedette.Trip) string {
	var names []string
	var first, last string
	var end time.Time
	for _, p := range t.Presences() {
		if n := a.Gaz.Name(p.Area); len(names) == 0 || names[len(names)-1] != n {
			names = append(names, n)
		}
		zone := zoneOf(a, p.Area)
		if first == "" {
			first = p.From.In(zone).Format("2 Jan 2006")
		}
		if p.To.After(end) {
			end, last = p.To, " to "+p.To.In(zone).Add(-time.Second).Format("2 Jan 2006")
		}
	}
	if len(names) == 0 {
		return "nothing of it is kept"
	}
	return strings.Join(names, " – ") + ", " + first + last
}

// zoneOf is the time zone of a place, UTC where it has none.
func zoneOf(a *app.App, id vedette.AreaID) *time.Location {
	if z, err := time.LoadLocation(a.Gaz.Zone(id)); err == nil {
		return z
	}
	return time.UTC
}

type tripsListCmd struct {
	Person string `arg:"" help:"Id, e-mail address or whole name."`
}

// Run lists the trips of someone.
func (c *tripsListCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		list, err := a.Desk.Trips(s.ctx, c.Person)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			s.printf("no trips\n")
			return nil
		}
		rows := [][]string{{"ID", "NUMBER", "STATE", "WHERE AND WHEN"}}
		for i := range list {
			t := &list[i]
			state := "booked"
			if t.Cancelled {
				state = "cancelled"
			}
			words := *t
			words.Cancelled = false
			rows = append(rows, []string{string(t.ID), t.External, state, tripWords(a, &words)})
		}
		s.paper().table(rows)
		return nil
	})
}

type tripsCancelCmd struct {
	ID string `arg:"" help:"The trip's id, as \"vedette trips list PERSON\" shows it."`
}

// Run cancels a trip.
func (c *tripsCancelCmd) Run(s *session) error {
	return s.open(func(a *app.App) error {
		if err := a.Desk.CancelTrip(s.ctx, vedette.ID(c.ID)); err != nil {
			return err
		}
		s.printf("cancelled\n")
		return nil
	})
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
		zone := zoneOf(a, area.ID)
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
