package deliver_test

import (
	"strings"
	"testing"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/words"
)

// What a call says needs no eyes: no link, no page to open, in any language; a
// drill says that it is one, a roll-call asks, and who is told discreetly hears
// no place.
func TestWhatACallSays(t *testing.T) {
	for _, l := range words.Languages() {
		say := func(n deliver.Notice) string {
			t.Helper()
			n.Language = l
			s, err := deliver.RenderSpoken(n)
			if err != nil {
				t.Fatal(err)
			}
			w := words.In(l)
			for _, eyes := range []string{"http", w.Say("answer.here"), w.Say("line.open"), w.Say("drill.line")} {
				if eyes != "" && strings.Contains(s.Text, eyes) || s.Text == "" || s.Language != l || strings.HasSuffix(s.Text, " ") {
					t.Errorf("%s: %q of %q", l, s.Text, eyes)
				}
			}
			return s.Text
		}
		n := told("Avoid all travel to Freedonia.", vedette.AvoidAllTravel, nil)
		if got := say(n); !strings.Contains(got, "Port Alba") {
			t.Errorf("%s: %q names no place", l, got)
		}
		n.Discreet = true
		if got := say(n); strings.Contains(got, "Port Alba:") || strings.Contains(got, "Storm") {
			t.Errorf("%s: discreetly %q", l, got)
		}
		drill := told("x", vedette.Leave, nil)
		u := *drill.Update
		u.Drill, u.Status = &vedette.Drill{All: true}, vedette.StatusTest
		drill.Update = &u
		if got := say(drill); !strings.Contains(got, words.In(l).Say("drill.what")) {
			t.Errorf("%s: a drill says %q", l, got)
		}
		asks := told("x", vedette.Leave, nil)
		q := *asks.Update
		q.Asks = "roll"
		asks.Update = &q
		if got := say(asks); !strings.HasPrefix(got, words.In(l).Say("answer")) {
			t.Errorf("%s: a roll-call says %q", l, got)
		}
	}
}
