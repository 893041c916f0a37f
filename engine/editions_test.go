package engine

import (
	"strings"
	"testing"

	"vedette"
	"vedette/deliver"
)

// However many advices and languages there are, what is held rendered stays
// within its bytes, and what was rendered last is held.
func TestEditionsAreBoundedByBytes(t *testing.T) {
	u := &vedette.Update{Content: vedette.Content{Headline: "Storm", Summary: []vedette.Statement{{Text: strings.Repeat("Rain. ", 200)}}}}
	r, err := deliver.Render(deliver.Notice{Update: u})
	if err != nil {
		t.Fatal(err)
	}
	const max = 200 << 10
	p := newEditions[*deliver.Rendered](max)
	for i := range 1000 {
		key := edition{update: 1, variant: i, language: "ar"}
		p.hold(key, r)
		total := 0
		for _, h := range p.held {
			total += h.Size()
		}
		if total > max || total != p.bytes {
			t.Fatalf("after %d there are %d bytes held, counted as %d; at most %d may be", i+1, total, p.bytes, max)
		}
		if _, ok := p.of(key); !ok {
			t.Fatalf("the %dth is not held", i+1)
		}
	}
	if len(p.held) < 3 {
		t.Errorf("only %d are held", len(p.held))
	}
}
