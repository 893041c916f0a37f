package wish

import (
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
)

// Whose night counts: that of where they are, home only where nothing else is
// known.
func TestQuietIsWhereTheyAre(t *testing.T) {
	g := gazetteer.Default()
	now := time.Date(2026, 2, 5, 21, 0, 0, 0, time.UTC) // 22:00 in Paris, 00:00 in Baghdad, 16:00 in New York
	home := vedette.Presence{Area: "FR", Because: vedette.BecauseHome}
	night := vedette.Quiet{From: 23 * 60, To: 7 * 60}
	for _, c := range []struct {
		what string
		ps   []vedette.Presence
		want string
	}{
		{"at home in France it is not night yet", []vedette.Presence{home}, ""},
		{"travelling in Iraq it is", []vedette.Presence{home, {Area: "IQ", Because: vedette.BecauseTrip, From: now.AddDate(0, 0, -1), To: now.AddDate(0, 0, 1)}}, "04:00 UTC"},
		{"the trip to Iraq is over", []vedette.Presence{home, {Area: "IQ", Because: vedette.BecauseTrip, From: now.AddDate(0, 0, -9), To: now.AddDate(0, 0, -1)}}, ""},
		{"what they said counts before an itinerary", []vedette.Presence{home, {Area: "IQ", Because: vedette.BecauseTrip}, {Area: "FR", Because: vedette.BecauseCheckin, From: now.Add(-time.Hour)}}, ""},
		{"a site counts before the home", []vedette.Presence{home, {Area: "IQ", Because: vedette.BecauseSite}}, "04:00 UTC"},
		{"at one of two sites, night in one alone", []vedette.Presence{{Area: "IQ", Because: vedette.BecauseSite}, {Area: "US-NY", Because: vedette.BecauseSite}}, ""},
		{"at sea nobody knows the hour", []vedette.Presence{home, {Area: "red-sea", Because: vedette.BecauseTrip}}, ""},
		{"nothing is known", nil, ""},
	} {
		end, quiet := Until(night, Zones(g, c.ps, now), now)
		got := ""
		if quiet {
			got = end.UTC().Format("15:04 UTC")
		}
		if got != c.want {
			t.Errorf("%s: until %q, want %q", c.what, got, c.want)
		}
	}
}

func TestQuietHours(t *testing.T) {
	for _, c := range []struct {
		from, to int
		now      string
		want     string
	}{
		{22 * 60, 7 * 60, "2026-02-05T21:59", ""},
		{22 * 60, 7 * 60, "2026-02-05T22:00", "2026-02-06T07:00"},
		{22 * 60, 7 * 60, "2026-02-28T23:30", "2026-03-01T07:00"},
		{22 * 60, 7 * 60, "2026-02-05T06:59", "2026-02-05T07:00"},
		{22 * 60, 7 * 60, "2026-02-05T07:00", ""},
		{13 * 60, 14*60 + 30, "2026-02-05T13:10", "2026-02-05T14:30"},
		{13 * 60, 14*60 + 30, "2026-02-05T15:10", ""},
		{0, 0, "2026-02-05T00:00", ""},
		{22 * 60, 7 * 60, "2026-03-28T23:00", "2026-03-29T07:00"}, // the clocks go forward
	} {
		zone, _ := time.LoadLocation("Europe/Paris")
		now, err := time.ParseInLocation("2006-01-02T15:04", c.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		end, quiet := Until(vedette.Quiet{From: c.from, To: c.to}, []*time.Location{zone}, now)
		got := ""
		if quiet {
			got = end.Format("2006-01-02T15:04")
		}
		if got != c.want {
			t.Errorf("%d–%d at %s: until %q, want %q", c.from, c.to, c.now, got, c.want)
		}
	}
}

// The rule, by urgency with risk, never risk alone.
func TestWhatMerelyInforms(t *testing.T) {
	for u, want := range map[vedette.Urgency]string{
		vedette.UrgencyImmediate: "",
		vedette.UrgencyExpected:  "low moderate ",
		vedette.UrgencyUnknown:   "low moderate ",
		vedette.UrgencyFuture:    "unknown low moderate high extreme ",
		vedette.UrgencyPast:      "unknown low moderate high extreme ",
	} {
		got := ""
		for r := vedette.RiskUnknown; r <= vedette.RiskExtreme; r++ {
			if vedette.Informs(u, r) {
				got += r.String() + " "
			}
		}
		if got != want {
			t.Errorf("of what is %s, what merely informs is %q; want %q", u, got, want)
		}
	}
}

func TestTheNextDigest(t *testing.T) {
	paris, _ := time.LoadLocation("Europe/Paris")
	baghdad, _ := time.LoadLocation("Asia/Baghdad")
	seven := vedette.DailyAt(7 * 60)
	for _, c := range []struct {
		now   string
		zones []*time.Location
		want  string
	}{
		{"2026-02-05T05:59:00Z", []*time.Location{paris}, "2026-02-05T06:00:00Z"},
		{"2026-02-05T06:00:00Z", []*time.Location{paris}, "2026-02-06T06:00:00Z"},
		{"2026-02-05T12:00:00Z", []*time.Location{baghdad}, "2026-02-06T04:00:00Z"},
		{"2026-02-05T12:00:00Z", []*time.Location{paris, baghdad}, "2026-02-06T04:00:00Z"}, // where it comes first
		{"2026-03-28T12:00:00Z", []*time.Location{paris}, "2026-03-29T05:00:00Z"},          // the clocks go forward
		{"2026-02-05T12:00:00Z", nil, ""},
	} {
		now, _ := time.Parse(time.RFC3339, c.now)
		got := ""
		if at, ok := Next(seven, c.zones, now); ok {
			got = at.UTC().Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("after %s: %q, want %q", c.now, got, c.want)
		}
	}
}
