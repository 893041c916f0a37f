package wording

import (
	"testing"
	"time"
)

// What is said in parts reads as one English sentence; what is meant by a word is never
// shown, and nothing joins to nothing.
func TestASentenceInEnglish(t *testing.T) {
	at := time.Date(2026, 5, 5, 2, 41, 0, 0, time.UTC)
	for want, s := range map[string]Said{
		"Ada has it, due 5 May 2026 02:41 UTC": Of("%s has it, due %s##a case", "Ada", Minute(at)),
		"mail: opted out; a drill is out":      Said{}.Then(Of("%s: %s", Channel("email"), Word("opted out##an address"))).Then(Said{}).Then(Of("a drill is out")),
		"2 calls, EUR 3":                       Said{}.And(Of("%d calls", 2)).And(AsItIs("EUR 3")).And(Said{}),
		"100% of it":                           AsItIs("100% of it"),
		"sms: fax":                             Of("%s: %s", Way("sms"), Way("fax")),
		"":                                     {},
	} {
		if got := s.String(); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	for want, d := range map[string]time.Duration{"1 s": 0, "40 s": 40 * time.Second, "119 min": 119 * time.Minute, "47 h": 47 * time.Hour, "3 days": 72 * time.Hour} {
		if got := Length(d).String(); got != want {
			t.Errorf("%s lasts %q, want %q", d, got, want)
		}
	}
}
