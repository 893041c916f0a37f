// Command deliver measures how fast, in how much memory and how faithfully
// everyone concerned is told. Sink (a mail server on loopback), sender (what
// vedette serve runs) and the bare client beside it are processes of their
// own; every recipient has a row in the ledger.
//
//	go run ./bench/deliver                          2,000 recipients on both engines: that it runs
//	go run ./bench/deliver --recipients 50000 --check
//	go run ./bench/deliver --recipients 1000000 --check
//	go run ./bench/deliver --tls                    with STARTTLS and DKIM as well
//	go run ./bench/deliver --kill --recipients 50000   what is lost or repeated when it is disturbed
//	go run ./bench/deliver --ring       until 1,000 phones ring
//	go run ./bench/deliver --webhooks   how fast 100 systems are told, and how fast while one hangs
//	go run ./bench/deliver --cpuprofile FILE        where the sender's time goes
//	go run ./bench/deliver --postgres none          SQLite alone; --postgres-only leaves it out
//
// The limit beside a figure is a bare client of the same run that hands the
// same bytes to the same sink over as many connections, and keeps no ledger.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"

	"vedette/bench/figure"
)

type config struct {
	recipients  int
	postgres    string
	only        bool // PostgreSQL alone
	tls         bool
	json, check bool
	profile     string
	kill        bool
	times       int
	ring, hooks bool
}

func main() {
	if len(os.Args) > 1 {
		if role, ok := roles[os.Args[1]]; ok {
			end(role(os.Args[2:]))
			return
		}
	}
	var c config
	flag.IntVar(&c.recipients, "recipients", 2000, "people who are told")
	flag.StringVar(&c.postgres, "postgres", env("VEDETTE_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable"), "server to make a database on; \"none\" leaves it out")
	flag.BoolVar(&c.only, "postgres-only", false, "leave SQLite out")
	flag.BoolVar(&c.tls, "tls", false, "measure with STARTTLS and DKIM as well")
	flag.BoolVar(&c.json, "json", false, "print one JSON object")
	flag.BoolVar(&c.check, "check", false, "end with 1 when a figure asked is missed")
	flag.StringVar(&c.profile, "cpuprofile", "", "file for a CPU profile of the sender; the engine's name is added")
	flag.BoolVar(&c.kill, "kill", false, "disturb it instead: kill -9, a moody mail server, a full disk, a database that crashes, a clock that jumps")
	flag.BoolVar(&c.ring, "ring", false, "measure instead how long it takes until 1,000 phones ring")
	flag.BoolVar(&c.hooks, "webhooks", false, "measure instead how fast 100 systems are told")
	flag.IntVar(&c.times, "times", 1, "how often each kill is tried")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	end(run(ctx, c))
}

// roles are what a process of this program may be instead.
var roles = map[string]func(args []string) error{"sink": sinkRole, "sender": senderRole, "bare": bareRole, "posts": postsRole}

var errMissed = errors.New("a figure asked was missed")

func run(ctx context.Context, c config) error {
	if c.kill {
		return kill(ctx, c)
	}
	measure := speed
	switch {
	case c.ring:
		measure = ring
	case c.hooks:
		measure = hooks
	}
	rs, err := measure(ctx, c)
	if err != nil {
		return err
	}
	if c.json {
		err = figure.JSON(os.Stdout, rs, map[string]any{"recipients": c.recipients})
	} else {
		figure.Table(os.Stdout, rs)
		fmt.Println(peer)
	}
	if err == nil && c.check && slices.ContainsFunc(rs, figure.Figure.Missed) {
		err = errMissed
	}
	return err
}

// peer is a fact to hold the figures against.
const peer = "\nFor comparison: listmonk, which keeps no row for each recipient, sent 3,600 to 4,700 mails/s with 0.5 to 1.45 GB."

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "deliver:", err)
		os.Exit(1)
	}
}

func env(name, or string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return or
}
