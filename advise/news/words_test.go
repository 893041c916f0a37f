package news_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/news"
	"vedette/gazetteer"
)

// strikes is what people were told: the word that the table changes.
func strikes(area vedette.AreaID, change func(*vedette.Update)) *vedette.Update {
	shelter := advice("In the event of strikes, shelter in place.", vedette.Shelter, area)
	shelter.Condition = "In the event of strikes"
	u := &vedette.Update{Key: 2, ID: "u2", Content: vedette.Content{Kind: vedette.KindSituationUpdate, Risk: vedette.RiskHigh, Urgency: vedette.UrgencyExpected,
		Affected: places(area), Categories: []string{"armed_conflict"},
		Recommendations: []vedette.AdviceGroup{{Area: area, Advice: []vedette.Advice{advice("Avoid all travel to the city.", vedette.AvoidAllTravel, area), shelter}}}}}
	if change != nil {
		change(u)
	}
	return u
}

// Who hears again and why, in full, as a duty officer reads it at night beside a
// name: each way in which what applies to somebody can become another. They were
// told yesterday and have seen it.
func TestWhoHearsAgainAndWhyReadsInFull(t *testing.T) {
	g := gazetteer.Default()
	const basra, baghdad = "gn:99532", "gn:98182"
	seen := news.Heard{State: vedette.DeliverySeen, At: at(4, 10)}
	home := func(area vedette.AreaID) advise.Person {
		return advise.Person{Presences: []vedette.Presence{{Area: area, Because: vedette.BecauseHome}}}
	}
	trip := func(from time.Time) advise.Person {
		return advise.Person{Presences: []vedette.Presence{{Area: "FR", Because: vedette.BecauseHome}, {Area: basra, Because: vedette.BecauseTrip, From: from, To: from.AddDate(0, 0, 3)}}}
	}
	inside := home(basra)
	inside.Drawn = []advise.Drawn{{Update: "u2", Area: basra, Risk: vedette.RiskExtreme, Own: true}}
	resident := home(basra)
	resident.Standing = vedette.StandingResident
	met := []vedette.Declared{{Update: 2, Group: 0, Item: 1, State: vedette.ConditionMet, At: now}}
	drawn := func(name string, km float64) func(*vedette.Update) {
		return func(u *vedette.Update) {
			u.Shapes = []vedette.Shape{{Name: name, Circle: &vedette.Circle{Center: vedette.Point{Lat: 30.5, Lon: 47.8}, KM: km}, Risk: vedette.RiskExtreme}}
		}
	}
	// Where no advice names a place, that is what is drawn.
	onlyDrawn := func(u *vedette.Update) {
		drawn("port fire", 5)(u)
		u.Content.Affected = nil
		u.Content.Recommendations = []vedette.AdviceGroup{{Advice: []vedette.Advice{{Statement: vedette.Statement{Text: "Avoid all travel there."},
			Actions: []vedette.AdviceAction{{Action: vedette.AvoidAllTravel}}}}}}
	}
	audience := func(u *vedette.Update) { (*first(u))[0].Audience = "Residents" }
	both := func(u *vedette.Update) {
		for i := range *first(u) {
			(*first(u))[i].Actions[0].Targets = places(basra, "KW")
		}
	}
	suspends := func(u *vedette.Update) {
		leave := advice("If the airport closes, stay where you are.", vedette.StayPut, basra)
		leave.Condition = "If the airport closes"
		*first(u) = []vedette.Advice{advice("Leave Basra.", vedette.Leave, basra), leave}
	}
	for _, c := range []struct {
		what          string
		before, after func(*vedette.Update)
		was, is       advise.Person // nobody: somebody who lives in Basra
		wasMet, isMet bool
		want          string
	}{
		{what: "the risk rose", after: func(u *vedette.Update) { u.Content.Risk = vedette.RiskExtreme },
			want: "the risk of their area rose from high to extreme"},
		{what: "the risk fell", after: func(u *vedette.Update) { u.Content.Risk = vedette.RiskLow },
			want: "the risk of their area fell from high to low"},
		{what: "no risk any more", after: func(u *vedette.Update) { u.Content.Risk = vedette.RiskUnknown },
			want: "the risk of their area went from high to unknown"},
		{what: "it is there", after: func(u *vedette.Update) { u.Content.Urgency = vedette.UrgencyImmediate },
			want: "the urgency rose from expected to immediate"},
		{what: "it is over", after: func(u *vedette.Update) { u.Content.Urgency = vedette.UrgencyPast },
			want: "the urgency fell from expected to past"},
		{what: "another kind of report", after: func(u *vedette.Update) { u.Content.Kind = vedette.KindAlert },
			want: "the kind of report changed from situation update to alert"},
		{what: "another hazard besides", after: func(u *vedette.Update) { u.Content.Categories = []string{"armed_conflict", "rocket_mortar"} },
			want: "the hazard changed: now also rocket mortar"},
		{what: "another hazard instead", after: func(u *vedette.Update) { u.Content.Categories = []string{"flood"} },
			want: "the hazard changed: now also flood, no longer armed conflict"},
		{what: "no hazard any more", after: func(u *vedette.Update) { u.Content.Categories = nil },
			want: "the hazard changed: no longer armed conflict"},
		{what: "more of the country is affected", after: func(u *vedette.Update) { u.Content.Affected = places("IQ") },
			want: "the affected area changed: now also Iraq, no longer Basra"},
		{what: "another land is affected, which is not theirs", after: func(u *vedette.Update) { u.Content.Affected = places(basra, "SY") },
			want: "unchanged; last notice seen 4 Feb 10:00, fresh until 11 Feb 10:00"},
		{what: "an area is drawn about them", after: drawn("port fire", 5), is: inside,
			want: "the risk of their area rose from high to extreme; the area drawn changed"},
		{what: "it is drawn larger", before: drawn("port fire", 5), after: drawn("port fire", 8), want: "the area drawn changed"},
		{what: "advice for the city became advice where it is drawn", after: onlyDrawn, is: inside,
			want: "a new advice: “Avoid all travel there.”; an advice no longer stands: “Avoid all travel to the city.”; an advice no longer stands: “In the event of strikes, shelter in place.”; the risk of their area rose from high to extreme; the posture was “avoid all travel” (Basra), is “avoid all travel” where it is drawn; the affected area changed: no longer Basra; the area drawn changed"},
		{what: "a word of an advice", after: func(u *vedette.Update) { (*first(u))[0].Text = "Avoid all travel to the city by night." },
			want: "advice changed: “Avoid all travel to the city by night.”"},
		{what: "a long advice is quoted in part", after: func(u *vedette.Update) {
			(*first(u))[0].Text = "Avoid all travel to the city, its airport, the port of Umm Qasr and the roads that lead there."
		}, want: "advice changed: “Avoid all travel to the city, its airport, the port of Umm Qasr and the …”"},
		{what: "an advice more", after: func(u *vedette.Update) {
			*first(u) = append(*first(u), advice("Carry your papers.", vedette.TakePrecautions, basra))
		},
			want: "a new advice: “Carry your papers.”"},
		{what: "an advice less", after: func(u *vedette.Update) { *first(u) = (*first(u))[:1] },
			want: "an advice no longer stands: “In the event of strikes, shelter in place.”"},
		{what: "a weaker posture", after: func(u *vedette.Update) {
			(*first(u))[0] = advice("Reconsider travel to the city.", vedette.ReconsiderTravel, basra)
		},
			want: "a new advice: “Reconsider travel to the city.”; an advice no longer stands: “Avoid all travel to the city.”; the posture was “avoid all travel” (Basra), is “reconsider travel” (Basra)"},
		{what: "no posture any more", after: func(u *vedette.Update) { *first(u) = (*first(u))[1:] },
			want: "an advice no longer stands: “Avoid all travel to the city.”; the posture was “avoid all travel” (Basra), is none"},
		{what: "the condition is declared met", isMet: true, want: "its condition was declared met: “In the event of strikes, shelter in place.”"},
		{what: "that is taken back", wasMet: true, want: "its condition is awaited again: “In the event of strikes, shelter in place.”"},
		{what: "a condition that is met sets another advice aside", before: suspends, after: suspends, isMet: true,
			want: "its condition was declared met: “If the airport closes, stay where you are.”; it is set aside while another, whose condition is met, holds: “Leave Basra.”"},
		{what: "what was set aside holds again", before: suspends, after: suspends, wasMet: true,
			want: "it holds again: “Leave Basra.”; its condition is awaited again: “If the airport closes, stay where you are.”"},
		{what: "they arrived", was: trip(now.Add(time.Hour)), is: trip(now.Add(-time.Hour)),
			want: "it holds where they are now: “Avoid all travel to the city.”; a new advice: “In the event of strikes, shelter in place.”"},
		{what: "they left and will be back", was: trip(now.Add(-time.Hour)), is: trip(now.Add(time.Hour)),
			want: "it now holds by a trip ahead: “Avoid all travel to the city.”; an advice no longer stands: “In the event of strikes, shelter in place.”"},
		{what: "they may be there, it was only known they are in the land", was: home(basra), is: home("IQ"),
			want: "they only may be there now: “Avoid all travel to the city.”; they only may be there now: “In the event of strikes, shelter in place.”"},
		{what: "they are known to be there", was: home("IQ"), is: home(basra),
			want: "they are now known to be there: “Avoid all travel to the city.”; they are now known to be there: “In the event of strikes, shelter in place.”"},
		{what: "it is known that they reside there", before: audience, after: audience, is: resident,
			want: "it is now known to be for them: “Avoid all travel to the city.”; the posture was none, is “avoid all travel” (Basra)"},
		{what: "it is not known any more whether they reside there", before: audience, after: audience, was: resident,
			want: "it is no longer known to be for them: “Avoid all travel to the city.”; the posture was “avoid all travel” (Basra), is none"},
		{what: "a second land of theirs", before: both, after: both, is: advise.Person{Presences: append(home(basra).Presences, home("KW").Presences...)},
			want: "where it concerns them changed: now also Kuwait"},
		{what: "they moved out of it", is: home(baghdad), want: "nothing of it applies to them any more, and they hold an earlier word that did"},
	} {
		declared := func(is bool) []vedette.Declared {
			if is {
				return met
			}
			return nil
		}
		tell := func(change func(*vedette.Update), who advise.Person, is bool) *news.Told {
			if who.Presences == nil {
				who = home(basra)
			}
			u := strikes(basra, change)
			return news.Tell(g, u, advise.For(g, u, declared(is), who, now).Variant)
		}
		v := news.Compare(tell(c.before, c.was, c.wasMet), tell(c.after, c.is, c.isMet), seen, vedette.DefaultSettings().Review, now)
		if v.Reason != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, v.Reason, c.want)
		}
		if unchanged := v.News == vedette.NewsUnchanged; v.Tell == unchanged {
			t.Errorf("%s: %s, told %t", c.what, v.News, v.Tell)
		}
	}
}
