package trip

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette/intake/sheet"
)

var update = flag.Bool("update", false, "rewrite what the samples in testdata came to")

// golden holds a text against the file that says what it was read as.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// accounts fails unless every line of a table that is not blank is in a row
// or has a problem, and none both.
func accounts(t *testing.T, in *sheet.Reader, rows []int, problems []sheet.Problem) {
	t.Helper()
	said := map[int]string{}
	for _, line := range rows {
		said[line] = "row"
	}
	for _, p := range problems {
		if said[p.Line] == "row" {
			t.Fatalf("line %d is a row and has a problem: %v", p.Line, p)
		}
		said[p.Line] = "problem"
	}
	for more, _ := in.Next(); more; more, _ = in.Next() {
		if said[in.Line()] == "" {
			t.Fatalf("line %d is neither a row nor a problem", in.Line())
		}
	}
}
