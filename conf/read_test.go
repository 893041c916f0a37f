package conf

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	lines, faults := Read([]byte("\ufeff# Our desk\r\nlisten = 0.0.0.0:443\r\n\n  from=\"Our desk\" <alerts@example.org>\nbase-url = \"https://desk.example.org\"\nsmtp = smtp://u:p=1#x@mail.example.org\norg =\nno equals\n[serve]\nBase_URL = x\nbad = \xff\n"))
	if d := cmp.Diff([]Line{{2, "listen", "0.0.0.0:443"}, {4, "from", `"Our desk" <alerts@example.org>`}, {5, "base-url", "https://desk.example.org"}, {6, "smtp", "smtp://u:p=1#x@mail.example.org"}, {7, "org", ""}}, lines); d != "" {
		t.Error(d)
	}
	var at []int
	for _, f := range faults {
		at = append(at, f.Number)
	}
	if !slices.Equal(at, []int{8, 9, 10, 11}) {
		t.Errorf("%+v", faults)
	}
	if _, faults := Read(make([]byte, MaxFile+1)); len(faults) != 1 {
		t.Errorf("a file that is too long: %v", faults)
	}
}

func TestNearest(t *testing.T) {
	known := []string{"listen", "listen-http", "base-url", "bounces", "workers"}
	for name, want := range map[string]string{"listn": "listen", "baseurl": "base-url", "worker": "workers", "bounce": "bounces", "password": "", "x": ""} {
		if got := Nearest(name, known); got != want {
			t.Errorf("%s is like %q, want %q", name, got, want)
		}
	}
}

// FuzzRead: whatever the file holds, each line gives at most one thing, in order, and no
// value is in a fault.
func FuzzRead(f *testing.F) {
	f.Add([]byte("listen = 127.0.0.1:8075\n# x\n[x]\nfrom = \"a\" <b>\nsmtp = \"x\"\n\xff=\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		lines, faults := Read(text)
		seen, last := map[int]bool{}, 0
		for _, l := range lines {
			if !isName(l.Name) || strings.Contains(l.Value, "\n") || l.Number <= last {
				t.Errorf("%+v", l)
			}
			seen[l.Number], last = true, l.Number
		}
		for _, f := range faults {
			if seen[f.Number] && len(text) <= MaxFile || f.Says == "" {
				t.Errorf("%+v", f)
			}
		}
	})
}
