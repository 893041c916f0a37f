package until_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise/until"
	"vedette/gazetteer"
)

func TestWhenAdviceEnds(t *testing.T) {
	g := gazetteer.Default()
	at := time.Date(2026, 2, 6, 15, 0, 0, 0, time.UTC)
	day := func(text string) *vedette.When { return &vedette.When{Text: text, Date: "2026-02-07"} }
	for _, c := range []struct {
		text    string
		until   *vedette.When
		area    vedette.AreaID
		actions int
		want    string // "" where it holds on
	}{
		{"Avoid all travel to Iraq until February 7.", day("February 7"), "IQ", 1, "2026-02-07 21:00"},
		{"Stay indoors until 18:00 on February 6.", &vedette.When{Text: "18:00 on February 6", At: &at}, "IQ", 1, "2026-02-06 15:00"},
		{"Avoid the border from February 5 to 7.", &vedette.When{Text: "February 5 to 7", From: "2026-02-05", To: "2026-02-07"}, "IQ", 1, "2026-02-07 21:00"},
		{"Avoid all travel to the US until February 7.", day("February 7"), "US", 1, "2026-02-08 10:00"}, // in Hawaii, or further west
		{"Avoid all travel until February 7.", day("February 7"), "", 1, "2026-02-08 12:00"},             // everywhere
		{"Avoid all travel to Iraq until further notice.", nil, "IQ", 1, ""},
		// Of which words it is the end is not known.
		{"Avoid all travel to Iraq. Shelter in place until February 7.", day("February 7"), "IQ", 2, ""},
		{"Shelter in place until February 7 and avoid all travel to Iraq.", day("February 7"), "IQ", 2, ""},
		{"Avoid all travel to Iraq, where the airports are closed until February 7.", day("February 7"), "IQ", 1, ""},
		{"Avoid all travel to Iraq as the border is shut until February 7.", day("February 7"), "IQ", 1, ""},
		// It lies before the issue: it was misread, or miswritten.
		{"Avoid all travel to Iraq until February 3.", &vedette.When{Text: "February 3", Date: "2026-02-03"}, "IQ", 1, ""},
		{"Avoid all travel to Iraq until then.", &vedette.When{Text: "then", Date: "no day"}, "IQ", 1, ""},
	} {
		issued := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
		a := vedette.Advice{Statement: vedette.Statement{Text: c.text}, Until: c.until}
		for range c.actions {
			a.Actions = append(a.Actions, vedette.AdviceAction{Action: vedette.AvoidAllTravel})
		}
		u := &vedette.Update{Content: vedette.Content{IssuedAt: &issued, Recommendations: []vedette.AdviceGroup{{Area: c.area, Advice: []vedette.Advice{a}}}}}
		end, ok := until.End(g, u, 0, 0)
		got := ""
		if ok {
			got = end.UTC().Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%q ends %q, want %q", c.text, got, c.want)
		}
		if !ok {
			continue
		}
		if live := until.Live(g, u, end.Add(-time.Second)); live != u {
			t.Errorf("%q is over before its end", c.text)
		}
		live := until.Live(g, u, end)
		if len(live.Content.Recommendations[0].Advice[0].Actions) != 0 || len(u.Content.Recommendations[0].Advice[0].Actions) == 0 {
			t.Errorf("%q at its end: it tells something, or the update was changed", c.text)
		}
		if next := until.Next(g, u, issued); !next.Equal(end) {
			t.Errorf("%q: next %v", c.text, next)
		}
	}
}
