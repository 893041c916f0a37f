package until_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise/until"
)

func TestWhenWhatIsForeseenIsPast(t *testing.T) {
	at := time.Date(2026, 2, 6, 6, 0, 0, 0, time.UTC)
	forecast := func(w ...vedette.When) vedette.Judgement {
		return vedette.Judgement{Statement: vedette.Statement{When: w}, Forecast: true}
	}
	claim := func(w ...vedette.When) vedette.Claim { return vedette.Claim{Statement: vedette.Statement{When: w}} }
	meets := vedette.When{At: &at, Scheduled: true}
	for _, c := range []struct {
		what   string
		judged []vedette.Judgement
		claims []vedette.Claim
		want   string // "" where it is not sure
	}{
		{"a forecast for a day", []vedette.Judgement{forecast(vedette.When{Date: "2026-02-06"})}, nil, "2026-02-07 12:00"},
		{"for days", []vedette.Judgement{forecast(vedette.When{From: "2026-02-06", To: "2026-02-08"})}, nil, "2026-02-09 12:00"},
		{"of two, one without a time", []vedette.Judgement{forecast(vedette.When{Date: "2026-02-06"}), forecast()}, nil, ""},
		{"a meeting", nil, []vedette.Claim{claim(meets)}, "2026-02-06 06:00"},
		{"what has been, beside it", nil, []vedette.Claim{claim(meets), claim(vedette.When{Date: "2026-02-04"}), claim()}, "2026-02-06 06:00"},
		{"what has been", nil, []vedette.Claim{claim(vedette.When{Date: "2026-02-04"})}, ""},
		{"the last of them", []vedette.Judgement{forecast(vedette.When{Date: "2026-02-06"})}, []vedette.Claim{claim(meets)}, "2026-02-07 12:00"},
		{"before it was issued: misread", []vedette.Judgement{forecast(vedette.When{Date: "2026-02-01"})}, nil, ""},
		{"no day", []vedette.Judgement{forecast(vedette.When{Date: "soon"})}, nil, ""},
		{"nothing", nil, nil, ""},
	} {
		issued := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
		u := &vedette.Update{Content: vedette.Content{IssuedAt: &issued, Assessments: c.judged, Topics: []vedette.Topic{{Claims: c.claims}}}}
		end, ok := until.Window(u)
		got := ""
		if ok {
			got = end.UTC().Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%s is past at %q, want %q", c.what, got, c.want)
		}
	}
}
