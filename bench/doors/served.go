package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/child"
	"vedette/bench/load"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web"
)

const password = "quiet heron ledger 41"

// served is what the process that serves says of itself.
type served struct {
	Base    string   `json:"base"`
	Handles []string `json:"handles"` // of the organisations, each with a user "ada"
}

// serve is the process that serves an installation, until its input is at an end.
func serve(ctx context.Context, organisations, everybody string) error {
	orgs, err := strconv.Atoi(organisations)
	if err != nil {
		return err
	}
	people, err := strconv.Atoi(everybody)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "vedette-bench-doors-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	log := slog.New(slog.DiscardHandler)
	a, err := app.Open(ctx, app.Config{Data: dir, Log: log, Any: true, HashesAside: true})
	if err != nil {
		return err
	}
	defer a.Close()
	handles, err := fill(ctx, a, orgs, people)
	if err != nil {
		return err
	}
	go app.Frugal(ctx, a.Store.Engine())
	c := web.Config{Desks: a.Desks, Gaz: a.Gaz, Now: time.Now, Log: log, Loopback: true}
	base, server, err := load.Serve(c, httpd.Usual.Conns)
	if err != nil {
		return err
	}
	defer server.Close()
	child.Say(served{base, handles})
	return child.Serve(func([]string) (any, error) { return nil, errors.New("it is asked nothing") })
}

var (
	given  = []string{"Amal", "Zoë", "Jürgen", "Søren", "أحمد", "Chiara", "Dawit", "Nguyễn", "Grace"}
	family = []string{"Müller", "Haddad", "Ångström", "السيد", "O'Neil", "Lindqvist", "Bekele", "Tran"}
)

// fill makes the organisations, with people, and a user in each.
func fill(ctx context.Context, a *app.App, orgs, people int) (handles []string, err error) {
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaCommand, Name: "bench"})
	for i := 1; i < orgs; i++ {
		if _, err := a.Desk.AddOrganisation(ctx, fmt.Sprintf("Organisation %d", i), fmt.Sprintf("org-%d", i)); err != nil {
			return nil, err
		}
	}
	a.Desks.Fresh()
	list, err := a.Desks.All(ctx)
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(4, 2))
	var towns []vedette.Area
	a.Gaz.Cities(-180, -90, 180, 90, 100_000, func(c vedette.Area) { towns = append(towns, c) })
	for n, d := range list {
		some := make([]desk.NewPerson, people/orgs)
		for i := range some {
			some[i] = desk.NewPerson{Record: vedette.PersonRecord{Name: fmt.Sprintf("%s %s %d", given[r.IntN(len(given))], family[r.IntN(len(family))], i),
				Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@o%d.example.org", i, n)}}},
				Presence: []vedette.Presence{{Area: towns[r.IntN(len(towns))].ID, Because: vedette.BecauseHome}}}
		}
		if err := d.AddPeople(ctx, nil, some); err != nil {
			return nil, err
		}
		_, link, err := d.AddUser(ctx, desk.UserOrder{Name: "Ada", Login: "ada", Role: vedette.RoleAdministrator, By: "bench"})
		if err == nil {
			_, err = d.SetPassword(ctx, link, password)
		}
		if err != nil {
			return nil, err
		}
		handles = append(handles, d.Org.Handle)
	}
	return handles, nil
}
