package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"vedette"
	"vedette/app"
	"vedette/bench/cluster"
	"vedette/desk"
)

// report makes mails of about 2.5 kB of HTML.
const report = `05 Feb 2026
11:56 UTC
Iraq Alert: Strike on a power station reported near Basra; defer travel
Current Situation:
- On February 5, local reports stated that a power station near Basra was hit, and that parts of the city are without electricity.
- On February 5, residents stated that fuel stations in Basra closed early.
Recommendations:
- Avoid all travel to Iraq until further notice.
- Those in Iraq are advised to stay indoors and to keep phones charged.
AFFECTED AREA
Iraq
INCIDENT RISK LEVEL
High
STRENGTH OF SOURCE
Credible
`

// place is an installation on one engine, with people who are all concerned
// by the report.
type place struct {
	engine   string
	dir      string // of data, key and files
	database string // "" on SQLite
	drop     func()
}

func (c config) engines() []string {
	switch {
	case c.postgres == "none":
		return []string{"sqlite"}
	case c.only:
		return []string{"postgres"}
	}
	return []string{"sqlite", "postgres"}
}

func (c config) place(ctx context.Context, engine string) (*place, error) {
	dir, err := os.MkdirTemp("", "vedette-bench-")
	if err != nil {
		return nil, err
	}
	p := &place{engine: engine, dir: dir, drop: func() {}}
	if engine == "postgres" {
		if p.database, p.drop, err = cluster.Database(ctx, c.postgres); err != nil {
			os.RemoveAll(dir)
			return nil, err
		}
	}
	return p, nil
}

func (p *place) end() {
	p.drop()
	os.RemoveAll(p.dir)
}

// open opens the installation in this process.
func (p *place) open(ctx context.Context) (*app.App, error) {
	return app.Open(ctx, app.Config{Data: p.dir, Database: p.database, Log: slog.New(slog.DiscardHandler)})
}

// fill makes so many people.
func (p *place) fill(ctx context.Context, n int) error {
	a, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	const page = 50_000
	for from := 0; from < n; from += page {
		if err := a.Desk.AddPeople(ctx, nil, concerned(a, from, min(from+page, n))); err != nil {
			return err
		}
	}
	return nil
}

// concerned makes up people in the country the report is about, one in three
// elsewhere with a citizenship that changes nothing.
func concerned(a *app.App, from, to int) []desk.NewPerson {
	places := append([]vedette.AreaID{"IQ"}, a.Gaz.Members("IQ")...)
	out := make([]desk.NewPerson, 0, to-from)
	for i := from; i < to; i++ {
		p := desk.NewPerson{
			Record: vedette.PersonRecord{Name: fmt.Sprintf("Person %d of Many", i),
				Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@example.org", i)}}},
			Presence: []vedette.Presence{{Area: places[i%len(places)], Because: vedette.BecauseHome}},
		}
		if i%3 == 0 {
			p.Record.Citizenship = []vedette.AreaID{"IR"}
		}
		out = append(out, p)
	}
	return out
}
