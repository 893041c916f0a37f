package phrase

import (
	"strings"
	"testing"
)

func TestPhrasesMatch(t *testing.T) {
	table := Load("# a comment\nshelter: take shelter; stay/remain indoors\nlow: keep ... low profile\nplan: plan ?for delays; \\\n  contingenc*\nhours: # hours\nopen: plan")
	for _, c := range []struct{ text, want string }{
		{"Take shelter now", "shelter:Take shelter"},
		{"remain indoors, and stay  indoors", "shelter:remain indoors shelter:stay  indoors"},
		{"keep, for the time being, a low profile", "low:keep, for the time being, a low profile"},
		{"keep still. A low profile", ""},
		{"plan delays, plan for delays", "plan:plan delays plan:plan for delays"},
		{"plan B", "open:plan"},
		{"contingencies", "plan:contingencies"},
		{"48 hours", "hours:48 hours"},
		{"shelters", ""},
	} {
		ts := Tokens(c.text)
		var got []string
		for _, h := range table.Find(ts) {
			got = append(got, h.Label+":"+c.text[ts[h.From].Start:ts[h.To-1].End])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Iran’s pre-negotiation posture", "iran 's pre negotiation posture"},
		{"the parties’ views, “so-called”", `the parties ' views , " so called "`},
		{"U.S. troops at 10:00 a.m. on 3.5 ha", "u.s . troops at 10 : 00 a.m . on 3.5 ha"},
		{"40,000 people, 3,40", "40,000 people , 3 , 40"},
		{"end.Next", "end . next"},
		{"don't", "don't"},
	} {
		var words []string
		for _, tok := range Tokens(c.text) {
			words = append(words, tok.Word)
		}
		if got := strings.Join(words, " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("Iran’s “x” U.S. 3.5 don't")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range Tokens(text) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %+v after byte %d", tok, last)
			}
			last = tok.End
		}
	})
}
