package main

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/cluster"
	"vedette/desk"
	"vedette/testdata/reports"
)

// installation opens a fresh installation on an engine, with people who are
// all concerned by the sample report.
func installation(ctx context.Context, c config, engine string, people int) (*app.App, func(), error) {
	dir, err := os.MkdirTemp("", "vedette-bench-")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { os.RemoveAll(dir) }
	cfg := app.Config{Data: dir, Now: time.Now, Log: quiet()}
	if engine == "postgres" {
		u, drop, err := cluster.Database(ctx, c.postgres)
		if err != nil {
			clean()
			return nil, nil, err
		}
		cfg.Database = u
		clean = func() { drop(); os.RemoveAll(dir) }
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		clean()
		return nil, nil, err
	}
	end := func() { a.Close(); clean() }
	if err := a.Desk.AddPeople(ctx, nil, concerned(a, people)); err != nil {
		end()
		return nil, nil, err
	}
	set := vedette.DefaultSettings()
	set.CountAbove = people // nobody is here to type their number
	if err := a.Desk.SaveSettings(ctx, set, "the measuring program"); err != nil {
		end()
		return nil, nil, err
	}
	return a, end, nil
}

// concerned makes up people in the countries the sample report is about.
func concerned(a *app.App, n int) []desk.NewPerson {
	var places []vedette.AreaID
	for _, m := range a.Gaz.Members("mena") {
		if ar, ok := a.Gaz.Area(m); ok && ar.Kind == vedette.AreaCountry {
			places = append(places, m)
			if ar.Capital != "" {
				places = append(places, ar.Capital)
			}
		}
	}
	out := make([]desk.NewPerson, n)
	for i := range out {
		out[i] = desk.NewPerson{
			Record: vedette.PersonRecord{Name: fmt.Sprintf("Person %d", i),
				Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@example.org", i)}}},
			Presence: []vedette.Presence{{Area: places[i%len(places)], Because: vedette.BecauseHome}},
		}
		if i%3 == 0 {
			out[i].Record.Citizenship = []vedette.AreaID{"IR"}
		}
	}
	return out
}

func publish(ctx context.Context, a *app.App) (*vedette.Update, error) {
	d, err := a.Desk.Compose(ctx, desk.DraftOrder{Text: []byte(reports.Gulf), Origin: "bench"})
	if err != nil {
		return nil, err
	}
	return a.Desk.PublishDraft(ctx, d, desk.PublishOrder{Again: true})
}

// peak is the most memory the process held, in kB.
func peak() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss
}
