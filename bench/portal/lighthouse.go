package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"vedette/bench/figure"
)

// askedLight is what Lighthouse has to come to, of 100.
const askedLight = 95

// lit is what Lighthouse finds.
type lit struct {
	Version    string `json:"lighthouseVersion"`
	Categories map[string]struct {
		Title string  `json:"title"`
		Score float64 `json:"score"`
	} `json:"categories"`
}

// lighthouse has Lighthouse look at an update's page: its own throttled phone, and the
// browser there is. It runs in a process of its own.
func (h *house) lighthouse(ctx context.Context, program string) ([]figure.Figure, error) {
	cmd := exec.CommandContext(ctx, program, h.base+"/updates/"+string(h.last.ID), "--quiet", "--output=json", "--output-path=stdout",
		"--only-categories=performance,accessibility,best-practices", "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	var found lit
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, fmt.Errorf("%s says what cannot be read: %w", program, err)
	}
	var list []figure.Figure
	for _, of := range []string{"performance", "accessibility", "best-practices"} {
		c, ok := found.Categories[of]
		if !ok {
			return nil, fmt.Errorf("%s says nothing of %s", program, of)
		}
		list = append(list, figure.Figure{Name: "an update's page, " + of, Value: 100 * c.Score, Unit: "of 100", Asked: askedLight, Note: "Lighthouse " + found.Version})
	}
	return list, nil
}
