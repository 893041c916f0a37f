package match_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/gazetteer"
	"vedette/match"
)

// said is a presence by somebody's word, recorded so many hours ago.
func said(b vedette.Because, area vedette.AreaID, hoursAgo int) vedette.Presence {
	t := now.Add(-time.Duration(hoursAgo) * time.Hour)
	return vedette.Presence{Area: area, Because: b, From: t, Recorded: t, To: t.Add(48 * time.Hour)}
}

// stay is a trip's stay, from and to so many days from now.
func stay(area vedette.AreaID, from, to int) vedette.Presence {
	return vedette.Presence{Area: area, Because: vedette.BecauseTrip, Trip: 7, From: now.AddDate(0, 0, from), To: now.AddDate(0, 0, to)}
}

func confirmed(p vedette.Presence, daysAgo int) vedette.Presence {
	p.Recorded = now.AddDate(0, 0, -daysAgo)
	return p
}

// No presence takes another away: a better word that speaks against one makes
// "in" a "may be in", and no more.
func TestOldAndContradictedWords(t *testing.T) {
	g := gazetteer.Default()
	paris, baghdad, beirut := city(t, g, "Paris", "FR"), city(t, g, "Baghdad", "IQ"), city(t, g, "Beirut", "LB")
	versailles, basra := city(t, g, "Versailles", "FR"), city(t, g, "Basra", "IQ")
	office := site("Paris office", paris)
	for _, c := range []struct {
		who  string
		ps   []vedette.Presence
		on   vedette.AreaID
		want vedette.Relation
		why  []string
	}{
		{"lives in Paris, no more known", []vedette.Presence{home(paris)}, paris, "in", []string{"based in Paris, France, which is an affected area"}},
		{"lives in Paris, on a trip in Baghdad", []vedette.Presence{home(paris), stay(baghdad, -1, 4)}, paris, "may_be_in",
			[]string{"based in Paris, France, which is an affected area; on a trip in Baghdad, Iraq until 9 Feb 2026, so perhaps not at home"}},
		{"the same, for Baghdad", []vedette.Presence{home(paris), stay(baghdad, -1, 4)}, baghdad, "in", []string{"on a trip in Baghdad"}},
		{"the same, for both", []vedette.Presence{home(paris), stay(baghdad, -1, 4)}, "", "in", []string{"on a trip in Baghdad", "so perhaps not at home"}},
		{"the trip is still ahead", []vedette.Presence{home(paris), stay(baghdad, 1, 4)}, paris, "in", nil},
		{"the trip is over", []vedette.Presence{home(paris), stay(baghdad, -4, -1)}, paris, "in", nil},
		{"works in Paris, on a trip in Baghdad", []vedette.Presence{office, stay(baghdad, -1, 4)}, paris, "may_be_in", []string{"so perhaps not at Paris office"}},
		{"lives in Paris, works in Beirut: both are on file", []vedette.Presence{home(paris), site("Beirut office", beirut)}, paris, "in", nil},
		{"two bookings", []vedette.Presence{stay(paris, -1, 4), stay(baghdad, -1, 4)}, paris, "in", nil},
		{"on a trip in Baghdad, checked in from Beirut", []vedette.Presence{stay(baghdad, -1, 4), said(vedette.BecauseCheckin, beirut, 2)}, baghdad, "may_be_in",
			[]string{"on a trip in Baghdad, Iraq until 9 Feb 2026, which is an affected area; checked in 5 Feb 10:30 UTC from Beirut, Lebanon, so perhaps not there"}},
		{"the trip does not speak against the check-in", []vedette.Presence{stay(baghdad, -1, 4), said(vedette.BecauseCheckin, beirut, 2)}, beirut, "in", nil},
		{"the newer of two answers", []vedette.Presence{said(vedette.BecauseAnswer, baghdad, 5), said(vedette.BecauseDesk, beirut, 2)}, beirut, "in", nil},
		{"the older of two answers", []vedette.Presence{said(vedette.BecauseAnswer, baghdad, 5), said(vedette.BecauseDesk, beirut, 2)}, baghdad, "may_be_in",
			[]string{"in Beirut, Lebanon (the desk was told 5 Feb 10:30 UTC), so perhaps not there"}},
		{"the newest of three is named", []vedette.Presence{home(paris), said(vedette.BecauseAnswer, baghdad, 5), said(vedette.BecauseCheckin, beirut, 2)}, paris, "may_be_in",
			[]string{"checked in 5 Feb 10:30 UTC from Beirut"}},
		{"kept as Iraq, on a trip in Baghdad: no conflict", []vedette.Presence{home("IQ"), stay(baghdad, -1, 4)}, "IQ", "in", nil},
		{"lives in Basra, trip kept as Iraq: no conflict", []vedette.Presence{home(basra), stay("IQ", -1, 4)}, basra, "in", nil},
		{"lives in Paris, checked in from Versailles, 17 km off", []vedette.Presence{home(paris), said(vedette.BecauseCheckin, versailles, 1)}, paris, "in", nil},
		{"points 60 km apart", []vedette.Presence{at(home(paris), 48.9, 2.4, 0), at(said(vedette.BecauseCheckin, versailles, 1), 48.5, 1.9, 0)}, paris, "may_be_in", nil},
		{"an answer without a place says nothing", []vedette.Presence{home(paris), said(vedette.BecauseAnswer, "", 1)}, paris, "in", nil},
		{"home confirmed 500 days ago", []vedette.Presence{confirmed(home(paris), 500)}, paris, "may_be_in", []string{"which is an affected area; last confirmed 500 days ago"}},
		{"home confirmed 400 days ago", []vedette.Presence{confirmed(home(paris), 400)}, paris, "in", nil},
		{"site confirmed 401 days ago", []vedette.Presence{confirmed(office, 401)}, paris, "may_be_in", []string{"last confirmed 401 days ago"}},
		{"a long trip is not old", []vedette.Presence{confirmed(stay(paris, -450, 4), 450)}, paris, "in", nil},
		{"old and spoken against", []vedette.Presence{confirmed(home(paris), 500), stay(baghdad, -1, 4)}, paris, "may_be_in",
			[]string{"last confirmed 500 days ago; on a trip in Baghdad"}},
		{"old, and out", []vedette.Presence{confirmed(home(paris), 500)}, baghdad, "out", []string{"not in Baghdad"}},
	} {
		t.Run(c.who, func(t *testing.T) {
			u := &vedette.Update{Content: vedette.Content{Affected: affected(c.on)}}
			if c.on == "" {
				u.Content.Affected = affected(paris, baghdad)
			}
			expect(t, match.Relate(g, u, house, c.ps, nil, now), c.want, c.why...)
		})
	}
}

// A settings page may say when a word is old.
func TestOldByTheSettings(t *testing.T) {
	g := gazetteer.Default()
	u := &vedette.Update{Content: vedette.Content{Affected: affected("FR")}}
	ps := []vedette.Presence{confirmed(home("FR"), 31)}
	s := house
	s.StaleDays = 30
	expect(t, match.Relate(g, u, s, ps, nil, now), "may_be_in", "last confirmed 31 days ago")
}

// What was ended by somebody's word says so.
func TestEndedPresence(t *testing.T) {
	g := gazetteer.Default()
	p := stay(city(t, g, "Baghdad", "IQ"), -3, 2)
	p.To, p.Ended = now.Add(-2*time.Hour), "by their answer at 10:30"
	u := &vedette.Update{Content: vedette.Content{Affected: affected("IQ")}}
	expect(t, match.Relate(g, u, house, []vedette.Presence{p}, nil, now), "out", "trip to Baghdad, Iraq: ended 5 Feb 2026 10:30 UTC, by their answer at 10:30")
}

// A leg counts like a stay, at each of its places, and is said as what it is.
func TestOnTheWay(t *testing.T) {
	g := gazetteer.Default()
	day := func(d, h int) time.Time { return time.Date(2026, 2, d, h, 0, 0, 0, time.UTC) }
	trip := vedette.Trip{Key: 3, Person: 1, Legs: []vedette.Leg{
		{Mode: vedette.ModeAir, From: "iata:CDG", To: "iata:DOH", Departs: day(10, 5), Arrives: day(10, 15)},
		{Mode: vedette.ModeAir, From: "iata:DOH", To: "iata:BGW", Departs: day(10, 18), Arrives: day(10, 21)},
		{Mode: vedette.ModeSea, From: city(t, g, "Jeddah", "SA"), To: city(t, g, "Port Sudan", "SD"), Departs: day(20, 6), Arrives: day(21, 9), Through: []vedette.AreaID{"red-sea"}},
	}}
	ps := trip.Presences()
	for _, c := range []struct {
		on   vedette.AreaID
		when time.Time
		want vedette.Relation
		why  string
	}{
		{"FR", day(10, 3), "in", "leaving from Charles de Gaulle International Airport (CDG), France 10 Feb 05:00 UTC, which lies in France"},
		{"QA", day(10, 16), "in", "in transit at Hamad International Airport (DOH), Qatar 10 Feb 15:00–18:00 UTC, which lies in Qatar"},
		{"IQ", day(10, 21), "in", "arriving at Baghdad International Airport / New Al Muthana Air Base (BGW), Iraq 10 Feb 21:00 UTC"},
		{"red-sea", day(20, 12), "in", "aboard in the Red Sea 20 Feb 06:00 – 21 Feb 09:00 UTC, which is an affected area"},
		{"SA", day(20, 4), "in", "leaving from Jeddah, Saudi Arabia 20 Feb 06:00 UTC"},
		{"QA", day(10, 3), "out", ""},
	} {
		u := &vedette.Update{Content: vedette.Content{Affected: affected(c.on)}}
		expect(t, match.Relate(g, u, house, ps, nil, c.when), c.want, c.why)
	}
	u := &vedette.Update{Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{
		advice("Reconsider travel to Qatar.", vedette.ReconsiderTravel, "QA")}}}}}
	e := match.Relate(g, u, house, ps, nil, now)
	expect(t, e, "in", "in transit at Hamad International Airport (DOH), Qatar 10 Feb 15:00–18:00 UTC: Qatar is a target of")
	if !e.Reasons[0].Trip {
		t.Error("a leg ahead is no trip")
	}
}
