package world

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/gazetteer"
	"vedette/intake"
)

var now = time.Date(2026, 2, 5, 11, 56, 30, 0, time.UTC)

func TestEveryPlaceOfTheListsIsKnown(t *testing.T) {
	g := gazetteer.Default()
	m := &maker{g: g}
	if len(sites) != 30 {
		t.Errorf("%d sites", len(sites))
	}
	for _, s := range sites {
		if a := m.city(s.city, s.country); a.Kind != vedette.AreaCity {
			t.Errorf("no city %s in %s", s.city, s.country)
		}
		if _, ok := nations[string(s.country)]; !ok {
			t.Errorf("no names for %s", s.country)
		}
	}
	for _, j := range journeys {
		if a := m.city(j.city, j.country); a.Kind != vedette.AreaCity {
			t.Errorf("no city %s in %s", j.city, j.country)
		}
	}
	for _, v := range vessels {
		if a, ok := g.Area(v.sea); !ok || a.Kind != vedette.AreaSea {
			t.Errorf("no sea %s", v.sea)
		}
	}
	for _, n := range abroad {
		if _, ok := nations[n]; !ok {
			t.Errorf("no names for %s", n)
		}
	}
}

func TestTheDemoHasSomeoneForEveryCase(t *testing.T) {
	g := gazetteer.Default()
	w := New(g, 1000, 1, now)
	got := map[string]int{}
	for _, p := range w.People {
		home, ok := g.Area(p.Home)
		if !ok {
			t.Fatalf("%s is nowhere: %q", p.Record.Name, p.Home)
		}
		if g.Contains("mena", p.Home) {
			got["in the region"]++
		}
		got["kind "+string(home.Kind)]++
		if home.Country == "IR" {
			switch c := p.Record.Citizenship; {
			case len(c) == 0:
				got["in Iran, citizenship unknown"]++
			case c[0] == "IR":
				got["Iranian in Iran"]++
			default:
				got["foreigner in Iran"]++
			}
		}
		if (p.Site == "") != (home.Kind != vedette.AreaCity) {
			t.Errorf("%s: site %q but %s", p.Record.Name, p.Site, home.Kind)
		}
		for _, s := range p.Trips {
			into := g.Contains("mena", s.Area)
			switch {
			case !s.To.After(s.From):
				t.Errorf("%s: a trip that ends before it begins", p.Record.Name)
			case s.From.After(now):
				got[fmt.Sprint("trip ahead, into the region ", into)]++
			case s.To.After(now):
				got[fmt.Sprint("trip under way, in the region ", into)]++
			}
		}
	}
	t.Log(got)
	if n := got["in the region"]; n < 300 || n > 600 {
		t.Errorf("in the region are %d, want a few hundred", n)
	}
	for _, want := range []string{"kind sea", "kind country", "Iranian in Iran", "foreigner in Iran", "in Iran, citizenship unknown",
		"trip ahead, into the region true", "trip ahead, into the region false", "trip under way, in the region true", "trip under way, in the region false"} {
		if got[want] == 0 {
			t.Errorf("nobody: %s", want)
		}
	}
}

func TestSameWorldForSameSeed(t *testing.T) {
	g := gazetteer.Default()
	a, b, c := New(g, 200, 7, now), New(g, 200, 7, now), New(g, 200, 8, now)
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(a, c) {
		t.Error("another seed gives the same people")
	}
}

func TestNobodyRealCanBeReached(t *testing.T) {
	w := New(gazetteer.Default(), 100_000, 1, now)
	email := regexp.MustCompile(`^[a-z]+\.[a-z]+(\.\d+)?@example\.org$`)
	phone := regexp.MustCompile(`^\+447700900\d{3}$`)
	seen := map[string]bool{}
	for _, p := range w.People {
		if !email.MatchString(p.Record.Email()) {
			t.Fatalf("%s has %q", p.Record.Name, p.Record.Email())
		}
		for _, a := range p.Record.Addresses {
			if seen[a.Value] {
				t.Fatalf("two people have %s", a.Value)
			}
			seen[a.Value] = true
			if a.No == vedette.AddressPhone && !phone.MatchString(a.Value) {
				t.Fatalf("%s has %q", p.Record.Name, a.Value)
			}
		}
	}
	for _, p := range w.People {
		if m := p.Record.Manager; m != "" && !seen[m] {
			t.Fatalf("%s has a manager who is not there: %s", p.Record.Name, m)
		}
	}
}

func TestPeopleFileComesBackAsItWent(t *testing.T) {
	g := gazetteer.Default()
	w := New(g, 1000, 1, now)
	var file bytes.Buffer
	if err := w.CSV(g, &file); err != nil {
		t.Fatal(err)
	}
	p, err := intake.ReadPeople(g, &file)
	if err != nil || len(p.Problems) > 0 || len(p.Ignored) > 0 {
		t.Fatalf("%v, ignored %v, problems %v", err, p.Ignored, p.Problems[:min(5, len(p.Problems))])
	}
	if len(p.Rows) != len(w.People) {
		t.Fatalf("%d rows", len(p.Rows))
	}
	for i, r := range p.Rows {
		want := w.People[i]
		phone, _ := want.Record.Address(vedette.AddressPhone)
		diff := cmp.Diff(intake.Row{
			Line: i + 2, Name: want.Record.Name, Email: want.Record.Email(), Phone: phone.Value, Language: want.Record.Language,
			Manager: want.Record.Manager, Citizenship: want.Record.Citizenship, Site: want.Site, Area: want.Home,
		}, r)
		if diff != "" {
			t.Fatal(diff)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestPeopleFileThatCannotBeWritten(t *testing.T) {
	g := gazetteer.Default()
	err := New(g, 10, 1, now).CSV(g, full{})
	if err == nil || !strings.Contains(err.Error(), "cannot be written") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkWorld100k(b *testing.B) {
	g := gazetteer.Default()
	for b.Loop() {
		New(g, 100_000, 1, now)
	}
}
