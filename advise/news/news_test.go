package news_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/news"
	"vedette/gazetteer"
)

var now = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func at(day, hour int) time.Time { return time.Date(2026, 2, day, hour, 0, 0, 0, time.UTC) }

func places(ids ...vedette.AreaID) (out []vedette.Place) {
	for _, id := range ids {
		out = append(out, vedette.Place{Text: string(id), Area: id})
	}
	return out
}

func advice(text string, act vedette.Action, area vedette.AreaID) vedette.Advice {
	a := vedette.Advice{Actions: []vedette.AdviceAction{{Action: act, Targets: places(area)}}}
	a.Text = text
	return a
}

// The situation's word on Iraq, as most of the table has it before and after.
func word(change func(u *vedette.Update)) *vedette.Update {
	shelter := advice("In the event of strikes, shelter in place.", vedette.Shelter, "IQ")
	shelter.Condition = "In the event of strikes"
	u := &vedette.Update{Key: 2, Content: vedette.Content{Kind: vedette.KindSituationUpdate, Risk: vedette.RiskHigh, Urgency: vedette.UrgencyExpected,
		Affected: places("IQ", "SY"), Categories: []string{"armed_conflict"},
		Recommendations: []vedette.AdviceGroup{{Area: "IQ", Advice: []vedette.Advice{
			advice("Avoid all travel to Iraq.", vedette.AvoidAllTravel, "IQ"), shelter,
			advice("Keep a low profile.", vedette.LowProfile, "IQ"), advice("Stay out of Syria.", vedette.AvoidAllTravel, "SY")}}}}}
	if change != nil {
		change(u)
	}
	return u
}

func first(u *vedette.Update) *[]vedette.Advice { return &u.Content.Recommendations[0].Advice }

func told(u *vedette.Update, home vedette.AreaID, declared ...vedette.Declared) *news.Told {
	g := gazetteer.Default()
	who := advise.Person{Presences: []vedette.Presence{{Area: home, Because: vedette.BecauseHome}}}
	return news.Tell(g, u, advise.For(g, u, declared, who, now).Variant)
}

// Somebody in Iraq was told the word above; seen on 4 February at ten. The
// risk there is high: fresh for seven days.
func TestWhoHearsAgain(t *testing.T) {
	seen := news.Heard{State: vedette.DeliverySeen, At: at(4, 10)}
	met := []vedette.Declared{{Update: 2, Group: 0, Item: 1, State: vedette.ConditionMet, At: now}}
	for _, c := range []struct {
		what     string
		before   string // where they were told to be; "" never told
		after    string
		change   func(*vedette.Update)
		declared []vedette.Declared
		heard    news.Heard
		news     vedette.News
		tell     bool
		reason   string
	}{
		{what: "never told of it", before: "", after: "IQ", news: vedette.NewsNew, tell: true, reason: "they have no notice of the situation"},
		{what: "never told and not concerned", before: "", after: "FR", news: vedette.NewsUnchanged, reason: "nothing of it applies to them, and they have no notice"},
		{what: "the same, seen yesterday", before: "IQ", after: "IQ", heard: seen, news: vedette.NewsUnchanged,
			reason: "unchanged; last notice seen 4 Feb 10:00, fresh until 11 Feb 10:00"},
		{what: "the same, broken into other lines and in another order", before: "IQ", after: "IQ", heard: seen, news: vedette.NewsUnchanged,
			change: func(u *vedette.Update) {
				(*first(u))[2].Text = "Keep a\n  low profile."
				slices.Reverse((*first(u))[2:])
			}, reason: "unchanged; last"},
		{what: "the same, answered", before: "IQ", after: "IQ", heard: news.Heard{State: vedette.DeliveryAnswered, At: at(5, 9)}, news: vedette.NewsUnchanged,
			reason: "unchanged; last notice answered 5 Feb 09:00, fresh until 12 Feb 09:00"},
		{what: "the same, only accepted by a mail server", before: "IQ", after: "IQ", heard: news.Heard{State: vedette.DeliveryAccepted}, news: vedette.NewsUnchanged, tell: true,
			reason: "unchanged, but their last notice is not known received (accepted)"},
		{what: "the same, nobody could send to them", before: "IQ", after: "IQ", news: vedette.NewsUnchanged, tell: true, reason: "unchanged, but their last notice is not known received (it had no delivery)"},
		{what: "the same, seen eight days ago", before: "IQ", after: "IQ", heard: news.Heard{State: vedette.DeliverySeen, At: time.Date(2026, 1, 28, 11, 0, 0, 0, time.UTC)},
			news: vedette.NewsUnchanged, tell: true, reason: "unchanged, but their last notice, seen 28 Jan 11:00, was fresh only until 4 Feb 11:00"},
		{what: "the same, seen seven days ago to the hour", before: "IQ", after: "IQ", heard: news.Heard{State: vedette.DeliverySeen, At: time.Date(2026, 1, 29, 12, 0, 0, 0, time.UTC)},
			news: vedette.NewsUnchanged, tell: true, reason: "unchanged, but their last notice"},
		{what: "the same, but a correction", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Corrects = "x" },
			news: vedette.NewsUnchanged, tell: true, reason: "unchanged, but told to everyone: it corrects what was told"},
		{what: "it became immediate", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Urgency = vedette.UrgencyImmediate },
			news: vedette.NewsChanged, tell: true, reason: "the urgency rose from expected to immediate"},
		{what: "an urgency not known counts as expected", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Urgency = vedette.UrgencyUnknown },
			news: vedette.NewsUnchanged, reason: "unchanged; last"},
		{what: "the risk fell", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Risk = vedette.RiskModerate },
			news: vedette.NewsChanged, tell: true, reason: "the risk of their area fell from high to moderate"},
		{what: "the risk of another place rose", before: "IQ", after: "IQ", heard: seen,
			change: func(u *vedette.Update) { u.AreaRisks = []vedette.AreaRisk{{Area: "SY", Risk: vedette.RiskExtreme}} },
			news:   vedette.NewsUnchanged, reason: "unchanged; last"},
		{what: "advice for another place changed", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { (*first(u))[3].Text = "Leave Syria." },
			news: vedette.NewsUnchanged, reason: "unchanged; last"},
		{what: "one word of an advice", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { (*first(u))[2].Text = "Keep a very low profile." },
			news: vedette.NewsChanged, tell: true, reason: "advice changed: “Keep a very low profile.”"},
		{what: "until when", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { (*first(u))[2].Until = &vedette.When{Date: "2026-02-09"} },
			news: vedette.NewsChanged, tell: true, reason: "advice changed: “Keep a low profile.”"},
		{what: "a new advice", before: "IQ", after: "IQ", heard: seen,
			change: func(u *vedette.Update) { *first(u) = append(*first(u), advice("Leave Iraq.", vedette.Leave, "IQ")) },
			news:   vedette.NewsChanged, tell: true, reason: "a new advice: “Leave Iraq.”"},
		{what: "an advice left out", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { *first(u) = slices.Delete(*first(u), 2, 3) },
			news: vedette.NewsChanged, tell: true, reason: "an advice no longer stands: “Keep a low profile.”"},
		{what: "a weaker posture", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) {
			(*first(u))[0] = advice("Reconsider travel to Iraq.", vedette.ReconsiderTravel, "IQ")
		},
			news: vedette.NewsChanged, tell: true, reason: "a new advice: “Reconsider travel to Iraq.”; an advice no longer stands: “Avoid all travel to Iraq.”; the posture was “avoid all travel” (Iraq), is “reconsider travel” (Iraq)"},
		{what: "its condition was declared met", before: "IQ", after: "IQ", heard: seen, declared: met,
			news: vedette.NewsChanged, tell: true, reason: "its condition was declared met: “In the event of strikes, shelter in place.”"},
		{what: "another hazard", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Categories = []string{"rocket_mortar"} },
			news: vedette.NewsChanged, tell: true, reason: "the hazard changed: now also rocket mortar, no longer armed conflict"},
		{what: "the affected area", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Affected = places("middle-east", "SY") },
			news: vedette.NewsChanged, tell: true, reason: "the affected area changed: now also Middle East, no longer Iraq"},
		{what: "an affected area elsewhere", before: "IQ", after: "IQ", heard: seen, change: func(u *vedette.Update) { u.Content.Affected = places("IQ", "SY", "LB") },
			news: vedette.NewsUnchanged, reason: "unchanged; last"},
		{what: "they moved from Iraq to Syria", before: "IQ", after: "SY", heard: seen, news: vedette.NewsChanged, tell: true, reason: "a new advice: “Stay out of Syria.”"},
		{what: "nothing applies any more", before: "IQ", after: "FR", heard: seen, news: vedette.NewsWithdrawn, tell: true,
			reason: "nothing of it applies to them any more, and they hold an earlier word that did"},
		{what: "cancelled", before: "IQ", after: "FR", heard: seen, change: func(u *vedette.Update) { u.Cancels, u.Corrects = vedette.CancelError, "x" },
			news: vedette.NewsWithdrawn, tell: true, reason: "nothing of it applies to them any more, and it cancels what was told"},
		{what: "told before that nothing applies", before: "FR", after: "FR", heard: news.Heard{State: vedette.DeliveryAccepted},
			news: vedette.NewsUnchanged, reason: "nothing of it applies to them; they were told so before"},
		{what: "that did not reach them", before: "FR", after: "FR", heard: news.Heard{State: vedette.DeliveryFailed},
			news: vedette.NewsWithdrawn, tell: true, reason: "did not reach them (failed)"},
		{what: "it applies again", before: "FR", after: "IQ", heard: seen, news: vedette.NewsChanged, tell: true, reason: "it applies to them again"},
	} {
		t.Run(c.what, func(t *testing.T) {
			var before *news.Told
			if c.before != "" {
				before = told(word(nil), vedette.AreaID(c.before))
			}
			after := told(word(c.change), vedette.AreaID(c.after), c.declared...)
			v := news.Compare(before, after, c.heard, vedette.DefaultSettings().Review, now)
			if v.News != c.news || v.Tell != c.tell || !strings.Contains(v.Reason, c.reason) {
				t.Errorf("%s, told %t: %q\nwant %s, told %t: %q", v.News, v.Tell, v.Reason, c.news, c.tell, c.reason)
			}
		})
	}
}

// What is immediate is told again though it is the same and was just seen.
func TestImmediateLeavesNobodyOut(t *testing.T) {
	u := word(func(u *vedette.Update) { u.Content.Urgency = vedette.UrgencyImmediate })
	v := news.Compare(told(u, "IQ"), told(u, "IQ"), news.Heard{State: vedette.DeliverySeen, At: now}, vedette.DefaultSettings().Review, now)
	if v.News != vedette.NewsUnchanged || !v.Tell || v.Reason != "unchanged, but told to everyone: it is immediate" {
		t.Errorf("%+v", v)
	}
}

func TestWhatIsNewOnArrival(t *testing.T) {
	u := word(func(u *vedette.Update) { (*first(u))[0].Audience = "Residents" })
	g := gazetteer.Default()
	tell := func(who advise.Person) *news.Told { return news.Tell(g, u, advise.For(g, u, nil, who, now).Variant) }
	trip := vedette.Presence{Area: "IQ", Because: vedette.BecauseTrip, From: now.Add(time.Hour)}
	here := trip
	here.From = now.Add(-time.Hour)
	home := vedette.Presence{Area: "FR", Because: vedette.BecauseHome}
	ahead, arrived := tell(advise.Person{Presences: []vedette.Presence{home, trip}}), tell(advise.Person{Presences: []vedette.Presence{home, here}})
	for _, c := range []struct {
		what          string
		before, after *news.Told
		fresh         bool
		reason        string
	}{
		{"arrived", ahead, arrived, true, "it holds where they are now: “Avoid all travel to Iraq.”; a new advice: “In the event of strikes, shelter in place.”"},
		{"still there", arrived, arrived, false, "nothing changed for them"},
		{"newly concerned", nil, arrived, true, "they have no notice of it"},
		{"gone home", arrived, told(u, "FR"), false, "nothing of it applies to them any more; the next update tells them"},
		{"never concerned", nil, told(u, "FR"), false, "nothing of it applies to them"},
		{"back again", told(u, "FR"), arrived, true, "it applies to them again"},
		{"moved in for good", arrived, tell(advise.Person{Standing: vedette.StandingResident, Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseHome}}}),
			true, "it is now known to be for them: “Avoid all travel to Iraq.”"},
	} {
		if fresh, reason := news.Fresh(c.before, c.after); fresh != c.fresh || !strings.Contains(reason, c.reason) {
			t.Errorf("%s: %t, %q", c.what, fresh, reason)
		}
	}
}

func BenchmarkCompareUnchanged(b *testing.B) {
	u := word(nil)
	before, after := told(u, "IQ"), told(u, "IQ")
	heard := news.Heard{State: vedette.DeliverySeen, At: at(4, 10)}
	for b.Loop() {
		news.Compare(before, after, heard, vedette.DefaultSettings().Review, now)
	}
}

func BenchmarkCompareChanged(b *testing.B) {
	before := told(word(nil), "IQ")
	after := told(word(func(u *vedette.Update) { (*first(u))[2].Text = "Keep a very low profile." }), "IQ")
	for b.Loop() {
		news.Compare(before, after, news.Heard{}, vedette.DefaultSettings().Review, now)
	}
}
