package parse

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vedette/gazetteer"
)

// TestSeedAgreesWithItsGold reads the report this project began with and
// compares with the reading made by hand.
func TestSeedAgreesWithItsGold(t *testing.T) {
	dir := os.Getenv("VEDETTE_SHARED")
	if dir == "" {
		t.Skip("VEDETTE_SHARED names no folder with the seed report")
	}
	text, err := os.ReadFile(filepath.Join(dir, "data", "seed-report.txt"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "data", "seed-report.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want wanted
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	got := Read(gazetteer.Default(), text, Options{})
	s := newScore()
	s.reading(got, want)
	s.print(t)
	for field, v := range s.fields {
		least := 1.0
		if field == "places" {
			least = 0.97
		}
		if v.f1() < least {
			t.Errorf("%s: F1 %.3f, want %.2f\n  %s", field, v.f1(), least, strings.Join(s.misses, "\n  "))
		}
	}
	for _, f := range got.Findings {
		if f.Blocks {
			t.Errorf("a finding blocks: %+v", f)
		}
	}
}

func BenchmarkReadSeed(b *testing.B) {
	dir := os.Getenv("VEDETTE_SHARED")
	if dir == "" {
		b.Skip("VEDETTE_SHARED names no folder with the seed report")
	}
	text, err := os.ReadFile(filepath.Join(dir, "data", "seed-report.txt"))
	if err != nil {
		b.Fatal(err)
	}
	g := gazetteer.Default()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(g, text, Options{})
	}
}
