// Command doors measures what somebody waits for who comes in, and who is in, while
// others try the doors: the page one signs in at and the lists, at 300 requests a second,
// of 50 organisations with 100,000 people; then the same beside 1,000 wrong passwords a
// second from as many addresses, and how long a right one takes meanwhile.
//
//	go run ./bench/doors                     small: that it runs
//	go run ./bench/doors --organisations 50 --people 100000 --check    the figures asked
//
// A request is begun when it is due, whatever became of those before it, and its time
// counts from then: whoever waits in line waits. The server is a process of its own; it
// and the clients share the machine. The limit is a server of the clients' process that
// answers the same load with a page of the same size out of memory.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"vedette/app"
	"vedette/bench/child"
	"vedette/bench/figure"
	"vedette/bench/load"
)

const (
	rate       = 300   // requests a second
	wrongs     = 1_000 // wrong passwords a second
	askedPage  = 25    // ms within which 99 of 100 pages are there
	askedTimes = 2     // as much slower may whoever is signed in be meanwhile
	askedRight = 3_000 // ms within which a right password gets in
)

// asServer is what this program is called with to be the process that serves.
const asServer = "serve"

func main() {
	if app.AsksForHashes(os.Args[1:]) {
		if err := app.MakeHashes(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	if len(os.Args) == 4 && os.Args[1] == asServer {
		if err := serve(context.Background(), os.Args[2], os.Args[3]); err != nil {
			child.Say(map[string]string{"error": err.Error()})
			os.Exit(1)
		}
		return
	}
	orgs := flag.Int("organisations", 5, "organisations")
	people := flag.Int("people", 1_000, "people in all")
	lasts := flag.Duration("for", 3*time.Second, "how long each load lasts")
	check := flag.Bool("check", false, "end with 1 when a figure asked is missed")
	flag.Parse()
	if *orgs < 2 || *people < *orgs || *lasts < time.Second {
		fmt.Fprintln(os.Stderr, "doors: two organisations at least, somebody in each, and a second of load")
		os.Exit(2)
	}
	list, err := measure(context.Background(), *orgs, *people, *lasts)
	if err != nil {
		fmt.Fprintln(os.Stderr, "doors:", err)
		os.Exit(1)
	}
	figure.Table(os.Stdout, list)
	if *check && slices.ContainsFunc(list, figure.Figure.Missed) {
		os.Exit(1)
	}
}

func measure(ctx context.Context, orgs, people int, lasts time.Duration) (list []figure.Figure, err error) {
	h, err := newHouse(ctx, orgs, people)
	if err != nil {
		return nil, err
	}
	defer h.close()
	pages := []string{"/sign-in", "/people", "/people?q=muller+12", "/people?sort=where", "/trips", "/who?area=Germany", "/"}
	for _, p := range pages { // each organisation's names are read by who looks first
		for i := range h.cookies {
			if _, err := h.get(p, i); err != nil {
				return nil, err
			}
		}
	}
	size, err := h.get("/people", 0)
	if err != nil {
		return nil, err
	}
	limit, err := load.Echo(h.client, size, time.Second/rate, lasts)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		alone, err := h.alone(p)
		if err != nil {
			return nil, err
		}
		took, err := h.load(lasts, func(i int) error { _, err := h.get(p, i%orgs); return err })
		if err != nil {
			return nil, err
		}
		list = append(list, figure.Figure{Name: p + ", p99", Value: load.At(took, 99), Unit: "ms", Asked: askedPage, AtMost: true, Note: fmt.Sprintf("half within %.1f ms; one at a time %.1f ms", load.At(took, 50), load.At(alone, 50)),
			Limit: load.At(limit, 99), Of: "a page out of memory"})
	}
	under, err := h.besieged(pages, lasts)
	return append(list, under...), err
}
