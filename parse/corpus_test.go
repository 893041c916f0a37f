package parse

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vedette/gazetteer"
)

var outside = flag.String("corpus", "", "folder of NAME.txt with NAME.json to score besides the corpus")

// TestOutsideCorpus scores reports that are not of the corpus, with -corpus
// DIR. It fails on nothing but what cannot be read.
func TestOutsideCorpus(t *testing.T) {
	if *outside == "" {
		t.Skip("no -corpus DIR")
	}
	names, err := filepath.Glob(filepath.Join(*outside, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no labelled reports in %s: %v", *outside, err)
	}
	s := newScore()
	for _, name := range names {
		text, err := os.ReadFile(strings.TrimSuffix(name, ".json") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var want wanted
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s.reading(Read(gazetteer.Default(), text, Options{}), want)
		t.Logf("%s\n  %s", filepath.Base(name), strings.Join(s.misses, "\n  "))
	}
	s.print(t)
}
