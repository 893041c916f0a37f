package match_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

func TestWhoMayBeInAnArea(t *testing.T) {
	g := gazetteer.Default()
	now := time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	tehran, err := g.Find("Tehran")
	if err != nil {
		t.Fatal(err)
	}
	home := vedette.Presence{Area: "FR", Because: vedette.BecauseHome}
	for _, c := range []struct {
		what  string
		areas []vedette.AreaID
		ps    []vedette.Presence
		want  bool
	}{
		{"at home elsewhere", []vedette.AreaID{"IR", "SY"}, []vedette.Presence{home}, false},
		{"in a town of the country", []vedette.AreaID{"SY", "IR"}, []vedette.Presence{{Area: tehran.ID, Because: vedette.BecauseSite}}, true},
		{"somewhere in the country, of which a part is meant", []vedette.AreaID{"IR-23"}, []vedette.Presence{{Area: "IR", Because: vedette.BecauseHome}}, true},
		{"in another part", []vedette.AreaID{"IR-23"}, []vedette.Presence{{Area: "IR-10", Because: vedette.BecauseHome}}, false},
		{"on file there long ago, and said to be elsewhere", []vedette.AreaID{"IR"}, []vedette.Presence{{Area: "IR", Because: vedette.BecauseHome, Recorded: day(-4000)}, {Area: "FR", Because: vedette.BecauseCheckin, From: day(-1)}}, true},
		{"travelling there", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseTrip, From: day(-2), To: day(2)}}, true},
		{"leaving tonight", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseTrip, From: now.Add(9 * time.Hour), To: day(9)}}, true},
		{"leaving in a week", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseTrip, From: day(7), To: day(9)}}, false},
		{"back since this morning, if the flight went", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseLeg, From: day(-7), To: now.Add(-4 * time.Hour)}}, true},
		{"back for a week", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseTrip, From: day(-9), To: day(-7)}}, false},
		{"said so, and the word has ended", []vedette.AreaID{"IR"}, []vedette.Presence{home, {Area: "IR", Because: vedette.BecauseCheckin, From: day(-1), To: now.Add(-time.Hour)}}, false},
		{"nowhere that is known", []vedette.AreaID{"IR"}, []vedette.Presence{{Because: vedette.BecauseDesk}}, false},
		{"nothing is asked", nil, []vedette.Presence{{Area: "IR", Because: vedette.BecauseHome}}, false},
	} {
		if got := match.MayBeIn(g, c.areas, c.ps, now); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
