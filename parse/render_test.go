package parse

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/feed"
	"vedette/gazetteer"
)

// linesAside is what a reading says, as JSON, without where it stands.
func linesAside(t testing.TB, r vedette.Reading) string {
	t.Helper()
	c := r.Content
	for i := range c.Summary {
		c.Summary[i].Lines = vedette.Lines{}
	}
	for i := range c.Topics {
		for j := range c.Topics[i].Claims {
			c.Topics[i].Claims[j].Lines = vedette.Lines{}
		}
	}
	for i := range c.Assessments {
		c.Assessments[i].Lines = vedette.Lines{}
	}
	for i := range c.Recommendations {
		for j := range c.Recommendations[i].Advice {
			c.Recommendations[i].Advice[j].Lines = vedette.Lines{}
		}
	}
	b, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A reading written as a report and read again is the same reading.
func TestARenderedReadingReadsTheSame(t *testing.T) {
	received := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	for _, r := range corpus(t) {
		one := Read(gazetteer.Default(), r.text, Options{Received: received})
		if one.Title == "" {
			continue // no report
		}
		two := Read(gazetteer.Default(), []byte(feed.Report(&one.Content)), Options{Received: received})
		if diff := cmp.Diff(linesAside(t, one), linesAside(t, two)); diff != "" {
			t.Errorf("%s: rendered and read again (-once +twice):\n%s", filepath.Base(r.name), diff)
		}
	}
}

// FuzzRendered holds that of any bytes: what was read, written as a report and
// read again, settles.
func FuzzRendered(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.text)
	}
	f.Add([]byte("A ALERT: b\nAdvice:\n- FORECAST: - Advice: avoid Iran"))
	g := gazetteer.Default()
	o := Options{Received: time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4<<10 {
			return
		}
		r := Read(g, text, o)
		for range 6 {
			next := Read(g, []byte(feed.Report(&r.Content)), o)
			sound(t, next)
			if linesAside(t, next) == linesAside(t, r) {
				return
			}
			r = next
		}
		t.Fatalf("six times rendered and read, and still another reading each time")
	})
}
