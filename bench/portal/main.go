// Command portal measures what somebody waits for who works with the portal: pages under
// load, what they weigh on the line, words looked for among many updates, and a board
// that many follow.
//
//	go run ./bench/portal                  small: that it runs
//	go run ./bench/portal --lighthouse node_modules/.bin/lighthouse   what Lighthouse (npm, version 12) says of an update's page, instead; takes Chromium (CHROME_PATH)
//	go run ./bench/portal --updates 10000 --people 1000000 --found 100000 --followers 5000 --check    the figures asked
//
// Server and clients share the machine and the process. A request is begun when it is
// due, and its time counts from then. The limit of the pages is a server that answers the
// same load out of memory.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"vedette/bench/figure"
)

// What is asked.
const (
	rate        = 300     // requests a second
	askedPage   = 25      // ms within which 99 of 100 pages are there
	askedFound  = 50      // ms within which 95 of 100 questions are answered
	askedFirst  = 120_000 // bytes of an update's page with all it needs, compressed
	askedSecond = 40_000  // the second time
	askedChange = 1_000   // ms within which a change is with everybody who follows
	askedMemory = 60_000  // bytes of a follower
)

// size is how much is measured with.
type size struct {
	updates, people, found, followers int
	lasts                             time.Duration
}

func main() {
	var s size
	flag.IntVar(&s.updates, "updates", 200, "published updates, while pages are asked for")
	flag.IntVar(&s.people, "people", 1_000, "people")
	flag.IntVar(&s.found, "found", 400, "published updates, while words are looked for")
	flag.IntVar(&s.followers, "followers", 100, "who follow a board")
	flag.DurationVar(&s.lasts, "for", 3*time.Second, "how long each load lasts")
	lighthouse := flag.String("lighthouse", "", "the program of Lighthouse (npm install lighthouse@12): measure with it instead")
	check := flag.Bool("check", false, "end with 1 when a figure asked is missed")
	flag.Parse()
	if s.updates < 10 || s.people < 10 || s.found < s.updates || s.followers < 1 || s.lasts < time.Second {
		fmt.Fprintln(os.Stderr, "portal: 10 updates and people at least, no fewer to look among, somebody who follows, and a second of load")
		os.Exit(2)
	}
	list, err := measure(context.Background(), s, *lighthouse)
	if err != nil {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
	figure.Table(os.Stdout, list)
	if *check && slices.ContainsFunc(list, figure.Figure.Missed) {
		os.Exit(1)
	}
}

func measure(ctx context.Context, s size, lighthouse string) (list []figure.Figure, err error) {
	h, err := newHouse(ctx, s)
	if err != nil {
		return nil, err
	}
	defer h.close()
	if lighthouse != "" {
		return h.lighthouse(ctx, lighthouse)
	}
	for _, part := range []func(context.Context, size) ([]figure.Figure, error){h.weighed, h.pages, h.followed, h.looked} {
		more, err := part(ctx, s)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}
