package gazetteer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The places of every statement of the seed report are those its reading has,
// after a capital that stands for its government is taken for its country.
func TestSeedReport(t *testing.T) {
	shared := os.Getenv("VEDETTE_SHARED")
	if shared == "" {
		t.Skip("VEDETTE_SHARED is not set")
	}
	b, err := os.ReadFile(filepath.Join(shared, "data", "seed-report.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var reading any
	if err := json.Unmarshal(b, &reading); err != nil {
		t.Fatal(err)
	}
	n := eachStatement(reading, func(text string, want []string) {
		if got := areasOf(text, want); !slices.Equal(got, want) {
			t.Errorf("%s\n got %v\nwant %v", text, got, want)
		}
	})
	if n < 25 {
		t.Errorf("only %d statements", n)
	}
}

// eachStatement calls check with every statement's text and sorted areas.
func eachStatement(v any, check func(string, []string)) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += eachStatement(e, check)
		}
	case map[string]any:
		text, _ := v["text"].(string)
		if areas, ok := v["areas"].([]any); ok {
			var want []string
			for _, a := range areas {
				want = append(want, a.(string))
			}
			slices.Sort(want)
			check(text, want)
			n++
		}
		for _, e := range v {
			n += eachStatement(e, check)
		}
	}
	return n
}

// areasOf gives the first candidates of all that are not slight; a capital not wanted as a city stands
// for its country.
func areasOf(text string, want []string) []string {
	var got []string
	for _, m := range Default().Mentions(text) {
		if m.Slight {
			continue
		}
		id := m.Areas[0]
		if country, ok := Default().IsCapital(id); ok && !slices.Contains(want, string(id)) {
			id = country
		}
		if !slices.Contains(got, string(id)) {
			got = append(got, string(id))
		}
	}
	slices.Sort(got)
	return got
}
