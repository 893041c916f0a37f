package parse

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"vedette/gazetteer"
	"vedette/testdata/reports"
)

var update = flag.Bool("update", false, "rewrite the readings of testdata/*.txtar")

// golden is a report and the reading it should give. The archive of the demo's
// report holds no text of its own.
type golden struct {
	name string
	text []byte
	want []byte
}

func goldens(t testing.TB) []golden {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no golden reports: %v", err)
	}
	var out []golden
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		g := golden{name: name, text: []byte(reports.Gulf)}
		for _, f := range a.Files {
			switch f.Name {
			case "report.txt":
				g.text = f.Data
			case "reading.json":
				g.want = f.Data
			}
		}
		out = append(out, g)
	}
	return out
}

func TestGoldenReadings(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(filepath.Base(g.name), func(t *testing.T) {
			r := Read(gazetteer.Default(), g.text, Options{})
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(r); err != nil {
				t.Fatal(err)
			}
			if *update {
				rewrite(t, g.name, b.Bytes())
				return
			}
			if diff := cmp.Diff(string(g.want), b.String()); diff != "" {
				t.Errorf("the reading differs (-want +got):\n%s", diff)
			}
		})
	}
}

func rewrite(t *testing.T, name string, reading []byte) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := a.Files[:0]
	for _, f := range a.Files {
		if f.Name != "reading.json" {
			files = append(files, f)
		}
	}
	a.Files = append(files, txtar.File{Name: "reading.json", Data: reading})
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
