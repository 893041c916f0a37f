package parse

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vedette"
	"vedette/gazetteer"
	"vedette/testdata/reports"
)

// FuzzRead holds what must be true of any bytes: no panic, all lines
// accounted for once, spans that fit, the same reading twice.
func FuzzRead(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.text)
	}
	for _, s := range []string{"", "\x00", "\xef\xbb\xbf", "A ALERT: b\n- if", "\xff\xfea\x00", "<p>a<p>b", "Advice:\n- avoid travel to", "- \r\r\n-", "1.\n(1)\n1)", "Recommendations:\nX:\n- within 9 km of the border with Chad, except"} {
		f.Add([]byte(s))
	}
	g := gazetteer.Default()
	o := Options{Received: time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, text []byte) {
		r := Read(g, text, o)
		sound(t, r)
		a, _ := json.Marshal(r)
		b, _ := json.Marshal(Read(g, text, o))
		if string(a) != string(b) {
			t.Fatal("two readings of one text differ")
		}
	})
}

// sound fails the test when a reading breaks its contract.
func sound(t testing.TB, r vedette.Reading) {
	t.Helper()
	next := 1
	for _, a := range r.Accounting {
		if a.Lines[0] != next || a.Lines[1] < a.Lines[0] {
			t.Fatalf("accounting is no partition: line %d is missing or twice: %v", next, r.Accounting)
		}
		next = a.Lines[1] + 1
	}
	lines := next - 1
	for _, f := range r.Findings {
		if f.Lines[0] < 1 || f.Lines[1] < f.Lines[0] || f.Lines[1] > max(lines, 1) {
			t.Fatalf("finding %+v is outside lines 1 to %d", f, lines)
		}
	}
	for _, s := range statements(r) {
		if s.Lines[0] < 1 || s.Lines[1] < s.Lines[0] || s.Lines[1] > lines {
			t.Fatalf("statement lines %v are outside 1 to %d", s.Lines, lines)
		}
		for _, p := range s.Places {
			fits(t, s.Text, p.Text, p.Span)
		}
		for _, l := range s.Likelihoods {
			fits(t, s.Text, l.Term, l.Span)
		}
	}
	for _, g := range r.Recommendations {
		for _, a := range g.Advice {
			for _, act := range a.Actions {
				for _, p := range act.Targets {
					if p.Text != "" {
						fits(t, a.Text, p.Text, p.Span)
					}
				}
			}
			if !strings.Contains(a.Text, a.Audience) && !strings.Contains(g.Heading, a.Audience) {
				t.Fatalf("audience %q is not of %q", a.Audience, a.Text)
			}
		}
	}
}

func fits(t testing.TB, text, part string, span vedette.Span) {
	t.Helper()
	if span[0] < 0 || span[1] > len(text) || span[0] >= span[1] || text[span[0]:span[1]] != part || !utf8.ValidString(part) {
		t.Fatalf("span %v of %q is not %q", span, text, part)
	}
}

func statements(r vedette.Reading) []vedette.Statement {
	out := append([]vedette.Statement(nil), r.Summary...)
	for _, t := range r.Topics {
		for _, c := range t.Claims {
			out = append(out, c.Statement)
		}
	}
	for _, a := range r.Assessments {
		out = append(out, a.Statement)
	}
	for _, g := range r.Recommendations {
		for _, a := range g.Advice {
			out = append(out, a.Statement)
		}
	}
	return out
}

func TestEveryLineIsAccountedFor(t *testing.T) {
	for _, g := range goldens(t) {
		r := Read(gazetteer.Default(), g.text, Options{})
		sound(t, r)
		want := strings.Count(string(g.text), "\n")
		if last := r.Accounting[len(r.Accounting)-1].Lines[1]; last != want {
			t.Errorf("%s: %d of %d lines are accounted for", g.name, last, want)
		}
		for _, a := range r.Accounting {
			if a.As == vedette.AsUnread {
				t.Errorf("%s: lines %v were not read", g.name, a.Lines)
			}
		}
	}
}

func BenchmarkReadGulf(b *testing.B) {
	g, text := gazetteer.Default(), []byte(reports.Gulf)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(g, text, Options{})
	}
}

func ExampleRead() {
	r := Read(gazetteer.Default(), []byte("Iraq ALERT: Shelling near Basra\nRecommendations:\n- Avoid all travel to Basra until June 3.\n"), Options{})
	fmt.Println(r.Kind, r.Recommendations[0].Advice[0].Actions[0].Action, r.Findings[0].Code)
	// Output: alert avoid_all_travel no_issue_time
}
