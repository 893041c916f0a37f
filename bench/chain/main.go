// Command chain measures the chain: reading the sample report, planning the
// notices of 100,000 people on both engines, and delivering 10,000 mails to
// a sink of its own. Beside each figure stands a limit measured in the same
// run: what the engine could do at best if the work between were free.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"time"

	"vedette/bench/figure"
)

type config struct {
	people, mails int
	postgres      string
	json, check   bool
}

func main() {
	var c config
	flag.IntVar(&c.people, "people", 100_000, "people concerned, for planning")
	flag.IntVar(&c.mails, "mails", 10_000, "mails to deliver")
	flag.StringVar(&c.postgres, "postgres", env("VEDETTE_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres?sslmode=disable"), "server to make a database on; \"none\" leaves it out")
	flag.BoolVar(&c.json, "json", false, "print one JSON object")
	flag.BoolVar(&c.check, "check", false, "end with 1 when a figure asked of it is missed")
	flag.Parse()
	rs, err := measure(context.Background(), c)
	if err != nil {
		fmt.Fprintln(os.Stderr, "chain:", err)
		os.Exit(1)
	}
	if c.json {
		err = figure.JSON(os.Stdout, rs, map[string]any{"people": c.people, "mails": c.mails})
	} else {
		figure.Table(os.Stdout, rs)
	}
	if err != nil || c.check && slices.ContainsFunc(rs, figure.Figure.Missed) {
		os.Exit(1)
	}
}

func env(name, or string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return or
}

func measure(ctx context.Context, c config) ([]figure.Figure, error) {
	out := parsing()
	engines := []string{"sqlite", "postgres"}
	if c.postgres == "none" {
		engines = engines[:1]
	}
	for _, e := range engines {
		r, err := planning(ctx, c, e)
		if err != nil {
			return nil, fmt.Errorf("planning on %s: %w", e, err)
		}
		out = append(out, r...)
	}
	for _, e := range engines {
		r, err := delivering(ctx, c, e)
		if err != nil {
			return nil, fmt.Errorf("delivering on %s: %w", e, err)
		}
		out = append(out, r...)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return append(out, figure.Figure{Name: "memory of the process, most", Value: float64(peak()) / 1024, Unit: "MB", Note: "sink and sample world included"}), nil
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// seconds runs do and gives how long it took.
func seconds(do func() error) (float64, error) {
	begin := time.Now()
	err := do()
	return time.Since(begin).Seconds(), err
}
