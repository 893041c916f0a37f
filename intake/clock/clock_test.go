package clock

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func mustZone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, reason := Zone(name)
	if reason != nil {
		t.Fatal(name, reason)
	}
	return loc
}

// told reads a date as in Paris and prints it as a duty officer would note it.
func told(t *testing.T, s string, o Order) string {
	m, reason := Read(s, o)
	if reason != nil {
		return reason.Error()
	}
	at, reason := m.At([]*time.Location{mustZone(t, "Europe/Paris")}, Start)
	if reason != nil {
		return reason.Error()
	}
	if !m.HasTime {
		return m.Date.String()
	}
	return at.Format("2 Jan 2006 15:04:05 UTC")
}

func TestDatesAsPeopleWriteThem(t *testing.T) {
	for in, want := range map[string]string{
		"2026-02-10": "10 Feb 2026", "2026/2/10": "10 Feb 2026", "20260210": "10 Feb 2026", "10.02.2026": "10 Feb 2026", "3.4.2026": "3 Apr 2026",
		"25/12/2026": "25 Dec 2026", "12/25/2026": "25 Dec 2026", "04/04/2026": "4 Apr 2026", "10 Feb 2026": "10 Feb 2026", "10-Feb-26": "10 Feb 2026",
		"10FEB26": "10 Feb 2026", "10FEB2026": "10 Feb 2026", "Feb 10, 2026": "10 Feb 2026", "February 10th 2026": "10 Feb 2026", "Tue, 10 Feb 2026": "10 Feb 2026",
		"le 10 février 2026": "10 Feb 2026", "mardi 10 février 2026": "10 Feb 2026", "1er mars 2026": "1 Mar 2026", "10. März 2026": "10 Mar 2026",
		"Dienstag, 10. Februar 2026": "10 Feb 2026", "10 de febrero de 2026": "10 Feb 2026", "Sept. 3, 2026": "3 Sep 2026",
		"2026-02-10 14:05": "10 Feb 2026 13:05:00 UTC", "2026-02-10T14:05:09+03:00": "10 Feb 2026 11:05:09 UTC", "2026-02-10T14:05:00.000Z": "10 Feb 2026 14:05:00 UTC",
		"20260210T140500Z": "10 Feb 2026 14:05:00 UTC", "10 Feb 2026, 2:05 PM": "10 Feb 2026 13:05:00 UTC", "10 Feb 2026 at 12:05 a.m.": "9 Feb 2026 23:05:00 UTC",
		"10 février 2026 à 14h05": "10 Feb 2026 13:05:00 UTC", "10.02.2026 14.05 Uhr": "10 Feb 2026 13:05:00 UTC", "10 Feb 2026 14:05 (UTC+3)": "10 Feb 2026 11:05:00 UTC",
		"10 Feb 2026 14:05 Asia/Baghdad": "10 Feb 2026 11:05:00 UTC", "10 Feb 2026 14:05 Arabic Standard Time": "10 Feb 2026 11:05:00 UTC",
		"10 Feb 2026 1405": "10 Feb 2026 13:05:00 UTC", "10FEB26 1405": "10 Feb 2026 13:05:00 UTC", "2026-02-10 24:00": "10 Feb 2026 23:00:00 UTC",
		"10 Feb 2026 14:05 local time": "10 Feb 2026 13:05:00 UTC",
	} {
		if got := told(t, in, Unsettled); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestDatesThatAreNotGuessedAt(t *testing.T) {
	for in, want := range map[string]string{
		"03/04/2026":                  "may be 3 Apr 2026 or 4 Mar 2026, nothing in the column tells which",
		"03-04-2026 10:00":            "may be 3 Apr 2026 or 4 Mar 2026",
		"03/04/26":                    "has a year of two digits",
		"10 Feb":                      "has no year",
		"Feb 10 14:05":                "has no year",
		"46063":                       "was turned into a number by a spreadsheet",
		"46063.58":                    "was turned into a number by a spreadsheet",
		"2026-02-30":                  "is no day of the calendar",
		"13/13/2026":                  "is no day of the calendar",
		"0210-02-10":                  "of no year one travels in",
		"Mon, 10 Feb 2026":            "is a Tuesday, not a Monday",
		"next Tuesday":                "is no date we can read",
		"":                            "is no date we can read",
		"2026-02-10 25:00":            "a time no clock shows",
		"2026-02-10 14:65":            "a time no clock shows",
		"2026-02-10 13:05 PM":         "a time no clock shows",
		"2026-02-10 06:15+1":          "may be days or hours",
		"2026-02-10 14:05 IST":        "is an abbreviation, which several time zones may share",
		"2026-02-10 14:05 Mars/Phobo": "is no time zone we know",
		"2026-02-10 noon":             `has "noon" for a time`,
		"2026-02-10 afternoon":        `has "afternoon", which is no time`,
		"2026-03-29 02:30":            "a time that clocks in Europe/Paris leap over",
		strings.Repeat("9", 100):      "too long",
	} {
		if got := told(t, in, Unsettled); !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// One day over 12 tells how all of a column are to be read; two that disagree
// tell nothing.
func TestAColumnSettlesTheOrder(t *testing.T) {
	for _, c := range []struct {
		column []string
		want   string
	}{
		{[]string{"03/04/2026", "25/04/2026"}, "3 Apr 2026"},
		{[]string{"03/04/2026", "", "Fri 04/25/2026 10:00"}, "4 Mar 2026"},
		{[]string{"03/04/2026", "04/04/2026", "2026-04-25"}, "nothing in the column tells which"},
		{[]string{"03/04/2026", "25/04/2026", "04/25/2026"}, "the column has both orders"},
	} {
		o := Unsettled
		for _, s := range c.column {
			o = o.Settle(s)
		}
		if got := told(t, "03/04/2026", o); !strings.Contains(got, c.want) {
			t.Errorf("%v: %s, want %s", c.column, got, c.want)
		}
	}
}

// A local time that comes twice, and a day in a country of several zones, are
// taken so that nobody is held to be gone too early.
func TestTheWiderSide(t *testing.T) {
	paris, chicago, york := mustZone(t, "Europe/Paris"), mustZone(t, "America/Chicago"), mustZone(t, "America/New_York")
	twice, _ := Read("2026-10-25 02:30", Unsettled)
	day, _ := Read("2026-02-10", Unsettled)
	for _, c := range []struct {
		name  string
		m     Moment
		zones []*time.Location
		side  Side
		want  string
	}{
		{"the hour that comes twice, leaving", twice, []*time.Location{paris}, Start, "25T00:30"},
		{"the hour that comes twice, arriving", twice, []*time.Location{paris}, End, "25T01:30"},
		{"a day begins", day, []*time.Location{paris}, Start, "09T23:00"},
		{"a day ends", day, []*time.Location{paris}, End, "10T23:00"},
		{"a day begins where it begins first", day, []*time.Location{york, chicago}, Start, "10T05:00"},
		{"a day ends where it ends last", day, []*time.Location{york, chicago}, End, "11T06:00"},
	} {
		at, reason := c.m.At(c.zones, c.side)
		if got := at.UTC().Format("02T15:04"); got != c.want || reason != nil {
			t.Errorf("%s: %s %s, want %s", c.name, got, reason, c.want)
		}
	}
	at, reason := Moment{Date: day.Date, HasTime: true}.At([]*time.Location{york, chicago}, Start)
	if !strings.Contains(fmt.Sprint(reason), "several time zones") {
		t.Errorf("a time where zones differ: %v %q", at, reason)
	}
	if _, reason = day.At(nil, Start); !strings.Contains(fmt.Sprint(reason), "has no zone") {
		t.Errorf("at sea: %q", reason)
	}
}

func TestEveryWindowsZoneIsKnown(t *testing.T) {
	for name := range windows {
		if _, reason := Zone(name); reason != nil {
			t.Errorf("%s %s", name, reason)
		}
	}
	for name, want := range map[string]string{"Romance Standard Time": "Europe/Paris", "europe/PARIS": "Europe/Paris", "GMT Standard Time": "Europe/London", "UTC+05:30": "+05:30"} {
		if got := mustZone(t, name).String(); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, name := range []string{"", "CET", "../../etc/passwd", "/etc/localtime", "Local", strings.Repeat("x/", 1000), "Klingon Standard Time"} {
		if loc, reason := Zone(name); reason == nil {
			t.Errorf("%q is %s", name, loc)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"2026-02-10T14:05:00+01:00", "10 de febrero de 2026 14h05", "03/04/2026", "Feb 10, 2026 2:05 p.m. UTC+3", "10FEB26 1405"} {
		f.Add(s)
	}
	paris, _ := Zone("Europe/Paris")
	f.Fuzz(func(t *testing.T, s string) {
		Unsettled.Settle(s)
		ReadTime(s)
		m, reason := Read(s, Unsettled)
		if reason != nil {
			return
		}
		at, reason := m.At([]*time.Location{paris}, Start)
		if reason == nil && (at.Year() < 1989 || at.Year() > 2101) {
			t.Fatalf("%q is %v", s, at)
		}
	})
}
