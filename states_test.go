package vedette_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vedette"
)

// TestStatesAreAsDocumented compares the tables of doc/states.md with the
// machines of the code, both ways.
func TestStatesAreAsDocumented(t *testing.T) {
	b, err := os.ReadFile("doc/states.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := tables(string(b))
	compare(t, doc, "Update", vedette.Updates)
	compare(t, doc, "Fan-out", vedette.Fanouts)
	compare(t, doc, "Delivery", vedette.Deliveries)
	compare(t, doc, "Condition", vedette.Conditions)
	compare(t, doc, "Task", vedette.Tasks)
	compare(t, doc, "Case", vedette.Cases)
	compare(t, doc, "Roll-call", vedette.Rollcalls)
	compare(t, doc, "Escalation", vedette.Escalations)
	compare(t, doc, "Key", vedette.Keys)
	compare(t, doc, "Approval", vedette.Approvals)
	compare(t, doc, "Signal", vedette.Signals)
}

func compare[S ~string](t *testing.T, doc map[string]map[string]bool, name string, m vedette.Machine[S]) {
	t.Helper()
	code := map[string]bool{}
	for _, mv := range m {
		code[mv.Event+": "+string(mv.From)+" → "+string(mv.To)] = true
	}
	if d := cmp.Diff(code, doc[name]); d != "" {
		t.Errorf("%s: doc/states.md differs from the code (- code, + doc):\n%s", name, d)
	}
}

var row = regexp.MustCompile(`^\| (\w+) \| ([\w, ]+) \| (\w+) \|`)

// tables reads "| event | from, from | to |" rows under each "## Name".
func tables(md string) map[string]map[string]bool {
	out, name := map[string]map[string]bool{}, ""
	for _, l := range strings.Split(md, "\n") {
		if h, ok := strings.CutPrefix(l, "## "); ok {
			name, out[strings.TrimSpace(h)] = strings.TrimSpace(h), map[string]bool{}
		}
		m := row.FindStringSubmatch(l)
		if m == nil || m[1] == "event" {
			continue
		}
		for _, from := range strings.Split(m[2], ", ") {
			out[name][m[1]+": "+from+" → "+m[3]] = true
		}
	}
	return out
}
