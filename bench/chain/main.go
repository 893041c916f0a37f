// Command chain measures the chain: reading the sample report, planning the
// notices of 100,000 people on both engines, and delivering 10,000 mails to
// a sink of its own. Beside each figure stands a limit measured in the same
// run: what the engine could do at best if the work between were free.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"time"
)

type config struct {
	people, mails int
	postgres      string
	json, check   bool
}

// result is one measured figure.
type result struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Asked  float64 `json:"asked,omitempty"` // the figure asked of it, 0 for none
	AtMost bool    `json:"at_most,omitempty"`
	Limit  float64 `json:"limit,omitempty"` // the same without Vedette in between
	Of     string  `json:"of,omitempty"`    // what the limit is
	Note   string  `json:"note,omitempty"`
}

func (r result) missed() bool {
	switch {
	case r.Asked == 0:
		return false
	case r.AtMost:
		return r.Value > r.Asked
	}
	return r.Value < r.Asked
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
		printJSON(os.Stdout, c, rs)
	} else {
		printTable(os.Stdout, rs)
	}
	for _, r := range rs {
		if c.check && r.missed() {
			os.Exit(1)
		}
	}
}

func env(name, or string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return or
}

func measure(ctx context.Context, c config) ([]result, error) {
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
	return append(out, result{Name: "memory of the process, most", Value: float64(peak()) / 1024, Unit: "MB", Note: "sink and sample world included"}), nil
}

func printTable(w io.Writer, rs []result) {
	fmt.Fprintf(w, "%s, %d cores, Go %s\n\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Fprintf(w, "%-46s %12s %-12s %-16s %s\n", "", "", "", "asked", "of the limit")
	for _, r := range rs {
		asked, limit := "", ""
		if r.Asked != 0 {
			sign := "≥"
			if r.AtMost {
				sign = "≤"
			}
			asked = fmt.Sprintf("%s %.0f", sign, r.Asked)
			if r.missed() {
				asked += " MISSED"
			}
		}
		if r.Limit != 0 {
			limit = fmt.Sprintf("%.0f %% of %.0f, %s", 100*r.Value/r.Limit, r.Limit, r.Of)
		}
		fmt.Fprintf(w, "%-46s %12.2f %-12s %-16s %s\n", r.Name, r.Value, r.Unit, asked, limit)
		if r.Note != "" {
			fmt.Fprintf(w, "    %s\n", r.Note)
		}
	}
}

func printJSON(w io.Writer, c config, rs []result) {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	_ = enc.Encode(map[string]any{"cores": runtime.NumCPU(), "go": runtime.Version(), "people": c.people, "mails": c.mails, "results": rs})
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// seconds runs do and gives how long it took.
func seconds(do func() error) (float64, error) {
	begin := time.Now()
	err := do()
	return time.Since(begin).Seconds(), err
}
