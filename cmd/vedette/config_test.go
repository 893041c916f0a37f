package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func parserOf(t *testing.T) *kong.Kong {
	t.Helper()
	k, err := newParser(&cli{}, world{out: io.Discard, err: io.Discard}, &book{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// without says of each setting why the environment has none of it.
var without = map[string]string{}

func TestEverySettingIsInTheEnvironment(t *testing.T) {
	k := parserOf(t)
	of := map[string]string{}
	for _, f := range settings(k) {
		if without[f.Name] != "" {
			continue
		}
		if len(f.Envs) != 1 || !strings.HasPrefix(f.Envs[0], "VEDETTE_") {
			t.Errorf("--%s has no variable of its own: %q", f.Name, f.Envs)
			continue
		}
		if other := of[f.Envs[0]]; other != "" && other != f.Name {
			t.Errorf("%s is for --%s and for --%s", f.Envs[0], f.Name, other)
		}
		of[f.Envs[0]] = f.Name
		if f.Help == "" {
			t.Errorf("--%s says not what it is", f.Name)
		}
	}
	if len(of) < 30 {
		t.Errorf("%d settings: those of serve and work are not among them", len(of))
	}
}

// What serve and work both have means one thing in a file.
func TestOneNameIsOneSetting(t *testing.T) {
	seen := map[string]*kong.Flag{}
	for _, f := range settings(parserOf(t)) {
		if o := seen[f.Name]; o != nil && (o.Target.Type() != f.Target.Type() || o.Envs[0] != f.Envs[0] || o.Default != f.Default) {
			t.Errorf("--%s is another thing of two commands", f.Name)
		}
		seen[f.Name] = f
	}
}

func TestThePageOfSettings(t *testing.T) {
	want, err := reference()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", "..", "doc", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("doc/configuration.md is not what the command line knows: go run ./cmd/vedette check-config --reference > doc/configuration.md")
	}
}
