package parse

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"vedette/gazetteer"
)

var outside = flag.String("corpus", "", "folder of NAME.txt with NAME.json to score besides the corpus")

// labelledReport is a report of the corpus: its text as it came in, the
// reading that is wanted, made by hand, and what the reader still gets wrong.
type labelledReport struct {
	name   string
	text   []byte
	want   wanted
	misses string
}

// corpus gives the reports of testdata/corpus. Each archive says at its top how
// it came to be.
func corpus(t testing.TB) []labelledReport {
	names, err := filepath.Glob("testdata/corpus/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var out []labelledReport
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := labelledReport{name: name}
		for _, f := range a.Files {
			switch f.Name {
			case "report.txt":
				r.text = f.Data
			case "wanted.json":
				if err := json.Unmarshal(f.Data, &r.want); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			case "misses.txt":
				r.misses = string(f.Data)
			}
		}
		out = append(out, r)
	}
	return out
}

// least are the figures that the corpus must reach, by field.
var least = map[string]float64{
	"structure": 0.98, "dates": 0.95, "places": 0.92, "actions": 0.90, "audience and condition": 0.95, "likelihoods": 0.95, "stances": 0.90, "forecast": 0.90, "overall": 0.95,
}

// TestCorpus compares every report of the corpus with the reading made by
// hand, prints precision and recall by field, and fails where a report is read
// otherwise than before, for better or worse: -update writes the new misses.
func TestCorpus(t *testing.T) {
	s := newScore()
	for _, r := range corpus(t) {
		s.reading(Read(gazetteer.Default(), r.text, Options{}), r.want)
		got := lines(s.misses)
		if *update {
			writeMisses(t, r.name, got)
		} else if diff := cmp.Diff(r.misses, got); diff != "" {
			t.Errorf("%s is read otherwise (-before +now); if it is better, go test ./parse -update\n%s", filepath.Base(r.name), diff)
		}
	}
	s.print(t)
	for field, f1 := range least {
		if got := s.f1(field); got < f1 {
			t.Errorf("%s: F1 %.3f, must be %.2f", field, got, f1)
		}
	}
}

func lines(list []string) string {
	var b strings.Builder
	for _, l := range list {
		fmt.Fprintln(&b, l)
	}
	return b.String()
}

func writeMisses(t *testing.T, name, misses string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := a.Files[:0]
	for _, f := range a.Files {
		if f.Name != "misses.txt" {
			files = append(files, f)
		}
	}
	a.Files = files
	if misses != "" {
		a.Files = append(a.Files, txtar.File{Name: "misses.txt", Data: []byte(misses)})
	}
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every line of every report is in one entry of the accounting, and none is
// left unread but those of a second report and of what is no report.
func TestEveryLineOfTheCorpusIsAccountedFor(t *testing.T) {
	for _, r := range corpus(t) {
		rd := Read(gazetteer.Default(), r.text, Options{})
		sound(t, rd)
		if last, want := rd.Accounting[len(rd.Accounting)-1].Lines[1], bytes.Count(r.text, []byte("\n")); last != want {
			t.Errorf("%s: %d of %d lines are accounted for", r.name, last, want)
		}
		all := ReadAll(gazetteer.Default(), r.text, Options{})
		next := 1
		for _, one := range all {
			for _, a := range one.Accounting {
				if a.Lines[0] != next {
					t.Errorf("%s: the readings of all its reports account for line %d twice or not at all", r.name, next)
				}
				next = a.Lines[1] + 1
			}
		}
	}
}

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
