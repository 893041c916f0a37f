package web

import (
	"strings"
	"testing"
	"time"

	"vedette"
)

func TestMarksStandOnTheRightWordsAndLoseNone(t *testing.T) {
	const s = "“Très” — احتمال: likely, يُرجَّح."
	at := strings.Index(s, "likely")
	arabic := strings.Index(s, "احتمال")
	for name, marks := range map[string][]markup{
		"good":              {{at, at + 6, "odds", ""}},
		"two":               {{at, at + 6, "odds", ""}, {arabic, arabic + len("احتمال"), "odds", ""}},
		"over another":      {{at, at + 6, "odds", ""}, {at + 2, at + 8, "odds", ""}},
		"inside a letter":   {{arabic + 1, arabic + 4, "odds", ""}, {at, at + 6, "odds", ""}},
		"outside":           {{-3, 2, "odds", ""}, {at, 4000, "odds", ""}, {at + 6, at, "odds", ""}, {at, at + 6, "odds", ""}},
		"none and reversed": {{9, 9, "odds", ""}, {at, at + 6, "odds", ""}},
	} {
		var all string
		var odds []string
		for _, r := range cutRuns(s, marks) {
			all += r.Text
			if r.Kind == "odds" {
				odds = append(odds, r.Text)
			}
		}
		if all != s {
			t.Errorf("%s: the words became %q", name, all)
		}
		if len(odds) == 0 || odds[len(odds)-1] != "likely" {
			t.Errorf("%s: marked %q", name, odds)
		}
	}
}

func TestAHedgeCarriesNoFigure(t *testing.T) {
	marks := odds([]vedette.Likelihood{{Term: "could", Span: vedette.Span{0, 5}, Hedge: true}, {Term: "slim", Span: vedette.Span{6, 10}}})
	if len(marks) != 1 || marks[0].kind != "weighs" || strings.Contains(marks[0].note, "%") {
		t.Errorf("got %+v", marks)
	}
}

func TestTimesAreSaidInTheClockOfThePlace(t *testing.T) {
	at := time.Date(2026, 2, 5, 23, 11, 0, 0, time.UTC)
	for _, c := range []struct{ zone, day, clock string }{
		{"", "5 Feb 2026", "23:11 UTC"},
		{"UTC", "5 Feb 2026", "23:11 UTC"},
		{"no/such", "5 Feb 2026", "23:11 UTC"},
		{"Asia/Tehran", "6 Feb 2026", "02:41 IRST (5 Feb, 23:11 UTC)"},
		{"Africa/Tunis", "6 Feb 2026", "00:11 CET (5 Feb, 23:11 UTC)"},
		{"Africa/Accra", "5 Feb 2026", "23:11 GMT (23:11 UTC)"},
		{"Asia/Almaty", "6 Feb 2026", "04:11 UTC+05:00 (5 Feb, 23:11 UTC)"},
	} {
		if m := when(at, at, c.zone); m.Day.String() != c.day || m.Clock != c.clock {
			t.Errorf("%q: %s %s", c.zone, m.Day, m.Clock)
		}
	}
	for d, want := range map[time.Duration]string{0: "just now", 59 * time.Second: "just now", 3 * time.Minute: "3 min ago", 90 * time.Minute: "1 h ago",
		47 * time.Hour: "47 h ago", 72 * time.Hour: "3 days ago", -2 * time.Hour: "in 2 h", 100 * 24 * time.Hour: "3 months ago"} {
		if got := age(d).String(); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
	if when(time.Time{}, at, "").Shown() {
		t.Error("no time is shown as one")
	}
}

func TestWhatCannotBeSeenIsNamed(t *testing.T) {
	if got := visible("a\u202eb\tc\x00\xffd\u200f"); got != "a‹U+202E›b\tc‹U+0000›‹byte FF›d\u200f" {
		t.Errorf("visible: %q", got)
	}
	if got := safe("a\u202eb\nc\x00\xffd\u200f"); got != "ab c \ufffdd\u200f" {
		t.Errorf("safe: %q", got)
	}
}

func TestLinesAreCountedAsTheReaderDoes(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 1, "a\n": 1, "a\r\nb\rc\n\nd": 5, "\xff\xfea\x00\n\x00b\x00": 2, "\xef\xbb\xbfa\n": 1} {
		if got := sourceLines([]byte(text)); len(got) != want {
			t.Errorf("%q: %d lines, want %d: %q", text, len(got), want, got)
		}
	}
}

func TestTheMapShowsWhatStands(t *testing.T) {
	w := newWorld(t)
	p := &portal{Config: Config{Gaz: w.gaz}}
	c := &vedette.Content{Recommendations: []vedette.AdviceGroup{{Area: "mena", Advice: []vedette.Advice{
		{Actions: []vedette.AdviceAction{act(vedette.ReconsiderNonessentialTravel, place("Gulf states", "gulf-states"))}},
		{Actions: []vedette.AdviceAction{act(vedette.ReconsiderTravel, place("Oman", "OM"))}},
		{Actions: []vedette.AdviceAction{act(vedette.AvoidAllTravel, vedette.Place{})}, Except: []vedette.Place{place("Egypt", "EG")}},
		{Actions: []vedette.AdviceAction{act(vedette.AvoidAllTravel, place("Kuwait", "KW"))}, Condition: "if war breaks out"},
	}}}}
	stand := p.standing(c)
	for id, want := range map[vedette.AreaID]vedette.Action{"OM": vedette.ReconsiderTravel, "QA": vedette.ReconsiderNonessentialTravel,
		"KW": vedette.ReconsiderNonessentialTravel, "SY": vedette.AvoidAllTravel, "EG": "", "FR": ""} {
		if got := stand[id].action; got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	g := p.glance(c)
	if last := g[0]; last.Words != "avoid all travel" || !strings.Contains(last.Only.String()+g[1].Only.String(), "if war breaks out") || !strings.Contains(last.Only.String()+g[1].Only.String(), "not in Egypt") {
		t.Errorf("a short line dropped what it depends on: %+v", g)
	}
}
