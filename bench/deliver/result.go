package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
)

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

// asked is the figure asked, in words.
func (r result) asked() string {
	if r.Asked == 0 {
		return ""
	}
	sign := "≥"
	if r.AtMost {
		sign = "≤"
	}
	if r.missed() {
		return fmt.Sprintf("%s %.0f MISSED", sign, r.Asked)
	}
	return fmt.Sprintf("%s %.0f", sign, r.Asked)
}

// peer is a fact to hold the figures against.
const peer = "For comparison: listmonk, which keeps no row for each recipient, sent 3,600 to 4,700 mails/s with 0.5 to 1.45 GB."

func printTable(w io.Writer, rs []result) {
	fmt.Fprintf(w, "%s, %d cores, Go %s\n\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Fprintf(w, "%s\n\n", peer)
	fmt.Fprintf(w, "%-48s %12s %-12s %-16s %s\n", "", "", "", "asked", "of the limit")
	for _, r := range rs {
		limit := ""
		if r.Limit != 0 {
			limit = fmt.Sprintf("%.0f %% of %.0f, %s", 100*r.Value/r.Limit, r.Limit, r.Of)
		}
		fmt.Fprintf(w, "%-48s %12.2f %-12s %-16s %s\n", r.Name, r.Value, r.Unit, r.asked(), limit)
		if r.Note != "" {
			fmt.Fprintf(w, "    %s\n", r.Note)
		}
	}
}

func printJSON(w io.Writer, c config, rs []result) {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	_ = enc.Encode(map[string]any{"cores": runtime.NumCPU(), "go": runtime.Version(), "recipients": c.recipients, "results": rs})
}
