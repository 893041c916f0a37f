// Package figure prints what was measured: each figure beside what was asked
// of it, and beside a limit of the same run.
package figure

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"runtime"
)

// Figure is one measured figure.
type Figure struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Asked  float64 `json:"asked,omitempty"` // the figure asked of it, 0 for none
	AtMost bool    `json:"at_most,omitempty"`
	Limit  float64 `json:"limit,omitempty"` // the same without Vedette in between
	Of     string  `json:"of,omitempty"`    // what the limit is
	Note   string  `json:"note,omitempty"`
}

// Missed says whether it is not what was asked.
func (f Figure) Missed() bool {
	switch {
	case f.Asked == 0:
		return false
	case f.AtMost:
		return f.Value > f.Asked
	}
	return f.Value < f.Asked
}

// asked is the figure asked, in words.
func (f Figure) asked() string {
	if f.Asked == 0 {
		return ""
	}
	sign := "≥"
	if f.AtMost {
		sign = "≤"
	}
	if f.Missed() {
		return fmt.Sprintf("%s %.0f MISSED", sign, f.Asked)
	}
	return fmt.Sprintf("%s %.0f", sign, f.Asked)
}

// Table prints figures for people, on what machine they were measured before
// them.
func Table(w io.Writer, list []Figure) {
	fmt.Fprintf(w, "%s, %d cores, %s\n\n", runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Fprintf(w, "%-48s %12s %-12s %-16s %s\n", "", "", "", "asked", "of the limit")
	for _, f := range list {
		limit := ""
		if f.Limit != 0 {
			limit = fmt.Sprintf("%.0f %% of %.0f, %s", 100*f.Value/f.Limit, f.Limit, f.Of)
		}
		fmt.Fprintf(w, "%-48s %12.2f %-12s %-16s %s\n", f.Name, f.Value, f.Unit, f.asked(), limit)
		if f.Note != "" {
			fmt.Fprintf(w, "    %s\n", f.Note)
		}
	}
}

// JSON prints them as one object, with what else is to stand in it.
func JSON(w io.Writer, list []Figure, with map[string]any) error {
	all := map[string]any{"cores": runtime.NumCPU(), "go": runtime.Version(), "results": list}
	maps.Copy(all, with)
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}
