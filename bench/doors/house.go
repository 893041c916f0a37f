package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/load"
	"vedette/desk"
	"vedette/httpd"
	"vedette/web"
)

const password = "quiet heron ledger 41"

// house is an installation that is served, with somebody signed in to each organisation.
type house struct {
	dir     string
	app     *app.App
	server  *httpd.Server
	base    string
	client  *http.Client
	handles []string
	cookies []string
}

func newHouse(ctx context.Context, orgs, people int) (h *house, err error) {
	h = &house{client: load.Client()}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	if h.dir, err = os.MkdirTemp("", "vedette-bench-doors-"); err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	if h.app, err = app.Open(ctx, app.Config{Data: h.dir, Log: log, Any: true}); err != nil {
		return nil, err
	}
	if err := h.fill(ctx, orgs, people); err != nil {
		return nil, err
	}
	c := web.Config{Desks: h.app.Desks, Gaz: h.app.Gaz, Now: time.Now, Log: log, Loopback: true}
	if h.base, h.server, err = load.Serve(c, httpd.Usual.Conns); err != nil {
		return nil, err
	}
	for i := range h.handles {
		cookie, err := h.signIn(i, fmt.Sprintf("10.1.%d.%d", i/250, i%250+1))
		if err != nil {
			return nil, err
		}
		h.cookies = append(h.cookies, cookie)
	}
	return h, nil
}

func (h *house) close() {
	if h.server != nil {
		h.server.Close()
	}
	if h.app != nil {
		h.app.Close()
	}
	os.RemoveAll(h.dir)
}

var (
	given  = []string{"Amal", "Zoë", "Jürgen", "Søren", "أحمد", "Chiara", "Dawit", "Nguyễn", "Grace"}
	family = []string{"Müller", "Haddad", "Ångström", "السيد", "O'Neil", "Lindqvist", "Bekele", "Tran"}
)

// fill makes the organisations, with people, and a user in each.
func (h *house) fill(ctx context.Context, orgs, people int) error {
	ctx = vedette.Acting(ctx, vedette.Actor{Via: vedette.ViaCommand, Name: "bench"})
	for i := 1; i < orgs; i++ {
		if _, err := h.app.Desk.AddOrganisation(ctx, fmt.Sprintf("Organisation %d", i), fmt.Sprintf("org-%d", i)); err != nil {
			return err
		}
	}
	h.app.Desks.Fresh()
	list, err := h.app.Desks.All(ctx)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(4, 2))
	var towns []vedette.Area
	h.app.Gaz.Cities(-180, -90, 180, 90, 100_000, func(c vedette.Area) { towns = append(towns, c) })
	for n, d := range list {
		some := make([]desk.NewPerson, people/orgs)
		for i := range some {
			some[i] = desk.NewPerson{Record: vedette.PersonRecord{Name: fmt.Sprintf("%s %s %d", given[r.IntN(len(given))], family[r.IntN(len(family))], i),
				Addresses: []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@o%d.example.org", i, n)}}},
				Presence: []vedette.Presence{{Area: towns[r.IntN(len(towns))].ID, Because: vedette.BecauseHome}}}
		}
		if err := d.AddPeople(ctx, nil, some); err != nil {
			return err
		}
		_, link, err := d.AddUser(ctx, desk.UserOrder{Name: "Ada", Login: "ada", Role: vedette.RoleAdministrator, By: "bench"})
		if err == nil {
			_, err = d.SetPassword(ctx, link, password)
		}
		if err != nil {
			return err
		}
		h.handles = append(h.handles, d.Org.Handle)
	}
	return nil
}

// signIn signs the user of an organisation in from an address, and gives their cookie.
func (h *house) signIn(org int, from string) (cookie string, err error) {
	res, err := h.post(h.handles[org], "ada", password, from)
	if err != nil {
		return "", err
	}
	for _, c := range res.Cookies() {
		if strings.HasSuffix(c.Name, "vedette-session") && c.Value != "" {
			return c.Name + "=" + c.Value, nil
		}
	}
	return "", fmt.Errorf("a right password was answered %s", res.Status)
}

// post tries to sign in.
func (h *house) post(org, login, word, from string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodPost, h.base+"/sign-in", strings.NewReader(url.Values{"org": {org}, "login": {login}, "password": {word}}.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", h.base)
	r.Header.Set("X-Forwarded-For", from)
	res, err := h.client.Do(r)
	if err != nil {
		return nil, load.Turned(err)
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res, load.Turned(err)
}

// get asks for a page as the user of an organisation, and gives how long it is.
func (h *house) get(path string, org int) (int, error) {
	r, err := http.NewRequest(http.MethodGet, h.base+path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Cookie", h.cookies[org])
	return load.Ask(h.client, r)
}

// alone is a page asked for a hundred times, one after the other.
func (h *house) alone(path string) ([]time.Duration, error) {
	return load.Each(100, func(i int) error { _, err := h.get(path, i%len(h.cookies)); return err })
}

// load begins something at the rate, and gives how long each took from when it was due.
func (h *house) load(lasts time.Duration, do func(i int) error) ([]time.Duration, error) {
	return load.Every(time.Second/rate, lasts, do)
}
