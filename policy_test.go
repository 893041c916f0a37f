package vedette_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"vedette"
)

func TestPolicyInWords(t *testing.T) {
	for text, want := range map[string]string{
		"tell after 5m, 4 times, up to 20m; task after 10m":        "tell after 5m, 4 times, up to 20m; task after 10m",
		" Tell  after 90m over SMS+email 2 times ;task after 60m;": "tell after 1h30m over sms and email, 2 times; task after 1h",
		"tell 1 times after 5m over sms, email":                    "tell after 5m over sms and email",
		"once":                                                     "once",
	} {
		p, err := vedette.ParsePolicy(text)
		if err != nil || p.String() != want {
			t.Errorf("%q reads as %q, %v", text, p, err)
		}
	}
	for text, want := range map[string]string{
		"":                              "says nothing",
		"; ;":                           "says nothing",
		"shout after 5m":                "begin with tell or task",
		"tell":                          "after how long",
		"tell after soon":               `"soon" is no time`,
		"tell after -5m":                "is no time",
		"tell after 5m; tell twice":     `step 2, "tell twice": "twice" is not understood`,
		"tell after 5m up 20m":          "up to 20m",
		"tell after 5m over, 2 times":   "come channels",
		"tell after 5m 2 times forever": `"forever" is not understood`,
		strings.Repeat("x", 2000):       "longer than",
	} {
		if p, err := vedette.ParsePolicy(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q reads as %q, %v; want %q", text, p, err, want)
		}
	}
}

func TestPolicyThatCannotBeKept(t *testing.T) {
	for text, want := range map[string]string{
		"tell after 5s":                    "give 1m0s to 24h",
		"tell after 25h":                   "give 1m0s to 24h",
		"tell after 5m, 100 times":         "give 1 to 20",
		"tell after 5m, 2 times, up to 1m": "no less than the 5m0s",
		"tell after 5m over pigeon":        `"pigeon" is no channel that tells people; say [sms email]`,
		"tell after 5m over phone":         "no channel",
		"tell after 5m over sms and sms":   "named twice",
		"task after 5m, 2 times":           "asked once",
		"task after 5m; task after 5m":     "asked once",
		"tell after 5m, 20 times; tell after 5m, 20 times; tell after 5m": "40 are the most",
		"tell after 24h, 20 times":                                        "is the longest",
		strings.Repeat("tell after 1m;", 11):                              "11 steps",
	} {
		p, err := vedette.ParsePolicy(text)
		if err == nil {
			err = p.Validate(vedette.ChannelSMS, vedette.ChannelEmail)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
	p := vedette.DefaultPolicy(vedette.UrgencyImmediate)
	if err := p.Validate(); err != nil || !p.Asks() {
		t.Errorf("the default is no policy to keep: %v", err)
	}
}

// The nearest setting counts, an unknown risk is extreme, an unknown urgency
// expected; stored and read again it is the same.
func TestPolicyByUrgencyAndRisk(t *testing.T) {
	one := vedette.Policy{Steps: []vedette.Step{{Do: vedette.DeedTell, After: time.Minute, Times: 1}}}
	two := vedette.Policy{Steps: []vedette.Step{{Do: vedette.DeedTask, After: time.Hour, Times: 1}}}
	b, err := json.Marshal(vedette.Settings{Policies: []vedette.PolicyFor{{Urgency: vedette.UrgencyExpected, Policy: one}, {Urgency: vedette.UrgencyExpected, Risk: vedette.RiskExtreme, Policy: two}}})
	if err != nil {
		t.Fatal(err)
	}
	var s vedette.Settings
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		u    vedette.Urgency
		r    vedette.Risk
		want string
	}{
		{vedette.UrgencyExpected, vedette.RiskLow, one.String()},
		{vedette.UrgencyUnknown, vedette.RiskHigh, one.String()},
		{vedette.UrgencyExpected, vedette.RiskExtreme, two.String()},
		{vedette.UrgencyExpected, vedette.RiskUnknown, two.String()},
		{vedette.UrgencyFuture, vedette.RiskExtreme, vedette.NoPolicy},
		{vedette.UrgencyImmediate, vedette.RiskLow, "tell after 5m, 4 times, up to 20m; task after 10m"},
	} {
		if got := s.PolicyOf(c.u, c.r); got.String() != c.want {
			t.Errorf("%s, %s: %s, want %s", c.u, c.r, got, c.want)
		}
	}
}

// Whatever is typed, what is read as a policy reads the same once written.
func FuzzParsePolicy(f *testing.F) {
	f.Add("tell after 5m over sms and email, 4 times, up to 20m; task after 10m")
	f.Add("once")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := vedette.ParsePolicy(text)
		if err != nil || p.Validate(vedette.ChannelSMS, vedette.ChannelEmail) != nil {
			return
		}
		again, err := vedette.ParsePolicy(p.String())
		if err != nil || again.String() != p.String() {
			t.Errorf("%q is written as %q, read as %q, %v", text, p, again, err)
		}
	})
}

func TestHowOftenAPolicyTells(t *testing.T) {
	p, err := vedette.ParsePolicy("tell after 5m, 4 times, up to 20m; tell after 10m over voice, 2 times; task after 10m")
	if err != nil {
		t.Fatal(err)
	}
	for over, want := range map[vedette.Channel]int{"": 6, vedette.ChannelSMS: 4, vedette.ChannelVoice: 6} {
		if n := p.Tells(over); n != want {
			t.Errorf("over %q: %d, want %d", over, n, want)
		}
	}
}
