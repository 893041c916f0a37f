// Command people measures what somebody waits for who looks through the people of
// an organisation: the list by name, by place, by how they are reached, what is
// looked for, and somebody's own page, through the portal.
//
//	go run ./bench/people                     5,000 people: that it runs
//	go run ./bench/people --people 100000 --check    the figures asked
//
// Names are put together from a fixed seed, some with accents, some Arabic.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"time"

	"vedette"
	"vedette/app"
	"vedette/bench/figure"
	"vedette/desk"
	"vedette/web"
)

// asked is within how many milliseconds 99 of 100 pages are to be there.
const asked = 25

func main() {
	people := flag.Int("people", 5_000, "people of the organisation")
	check := flag.Bool("check", false, "end with 1 when a figure asked is missed")
	looks := flag.Int("looks", 200, "how often each page is looked at")
	flag.Parse()
	list, err := measure(context.Background(), *people, *looks)
	if err != nil {
		fmt.Fprintln(os.Stderr, "people:", err)
		os.Exit(1)
	}
	figure.Table(os.Stdout, list)
	if *check && slices.ContainsFunc(list, figure.Figure.Missed) {
		os.Exit(1)
	}
}

func measure(ctx context.Context, people, looks int) (list []figure.Figure, err error) {
	dir, err := os.MkdirTemp("", "vedette-bench-people-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	log := slog.New(slog.DiscardHandler)
	a, err := app.Open(ctx, app.Config{Data: dir, Log: log})
	if err != nil {
		return nil, err
	}
	defer a.Close()
	if err := fill(ctx, a, people); err != nil {
		return nil, err
	}
	portal, err := web.New(web.Config{Desk: a.Desk, Gaz: a.Gaz, Now: time.Now, Log: log})
	if err != nil {
		return nil, err
	}
	first, err := look(portal, "/people")
	if err != nil {
		return nil, err
	}
	list = append(list, figure.Figure{Name: fmt.Sprintf("first look at %d people, names read", people), Value: first.Seconds() * 1000, Unit: "ms"})
	one, err := anybody(portal)
	if err != nil {
		return nil, err
	}
	for _, p := range []struct{ name, path string }{
		{"by name", "/people"}, {"the last page", fmt.Sprintf("/people?page=%d", max(people/50, 1))}, {"by place", "/people?sort=where"}, {"by how they are reached", "/people?sort=reached"},
		{"looked for by name", "/people?q=muller+12"}, {"looked for in Arabic", "/people?q=احمد"}, {"nobody found", "/people?q=xyzzy"},
		{"kept in a country", "/people?area=Germany"}, {"without an address", "/people?only=no-address"}, {"somebody's page", one},
	} {
		took := make([]time.Duration, looks)
		for i := range took {
			if took[i], err = look(portal, p.path); err != nil {
				return nil, err
			}
		}
		slices.Sort(took)
		list = append(list, figure.Figure{Name: p.name + ", p99", Value: took[looks*99/100].Seconds() * 1000, Unit: "ms", Asked: asked, AtMost: true,
			Note: fmt.Sprintf("half within %.1f ms", took[looks/2].Seconds()*1000)})
	}
	return list, nil
}

var leads = regexp.MustCompile(`<th scope="row"><a href="([^"]+)"`)

// anybody is the page of the first of the list.
func anybody(portal http.Handler) (string, error) {
	rec := httptest.NewRecorder()
	portal.ServeHTTP(rec, httptest.NewRequest("GET", "http://localhost/people", nil))
	body, err := io.ReadAll(rec.Body)
	m := leads.FindSubmatch(body)
	if err != nil || m == nil {
		return "", fmt.Errorf("the list leads to nobody: %w", err)
	}
	return string(m[1]), nil
}

func look(portal http.Handler, path string) (time.Duration, error) {
	r, at := httptest.NewRequest("GET", "http://localhost"+path, nil), time.Now()
	rec := httptest.NewRecorder()
	portal.ServeHTTP(rec, r)
	took := time.Since(at)
	if rec.Code != http.StatusOK {
		return took, fmt.Errorf("%s: %d", path, rec.Code)
	}
	return took, nil
}

var (
	given  = []string{"Amal", "Zoë", "Jürgen", "Søren", "Łukasz", "أحمد", "فاطمة", "Chiara", "Øyvind", "Dawit", "Nguyễn", "Grace"}
	family = []string{"Müller", "Haddad", "Ångström", "السيد", "O'Neil", "Lindqvist", "Şahin", "Bekele", "Núñez", "Tran"}
)

func fill(ctx context.Context, a *app.App, people int) error {
	r := rand.New(rand.NewPCG(4, 2))
	var towns []vedette.Area
	a.Gaz.Cities(-180, -90, 180, 90, 100_000, func(c vedette.Area) { towns = append(towns, c) })
	const batch = 10_000
	for n := 0; n < people; n += batch {
		list := make([]desk.NewPerson, min(batch, people-n))
		for i := range list {
			no := n + i
			p := desk.NewPerson{Record: vedette.PersonRecord{Name: fmt.Sprintf("%s %s %d", given[r.IntN(len(given))], family[r.IntN(len(family))], no)},
				Presence: []vedette.Presence{{Area: towns[r.IntN(len(towns))].ID, Because: vedette.BecauseHome}}}
			if no%50 != 0 {
				p.Record.Addresses = []vedette.Address{{No: vedette.AddressEmail, Channel: vedette.ChannelEmail, Value: fmt.Sprintf("p%d@example.org", no)}}
			}
			list[i] = p
		}
		if err := a.Desk.AddPeople(ctx, nil, list); err != nil {
			return err
		}
	}
	return nil
}
