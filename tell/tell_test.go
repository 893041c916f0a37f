package tell_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/advise/news"
	"vedette/gazetteer"
	"vedette/tell"
)

var now = time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC)

func city(t *testing.T, name string) vedette.AreaID {
	t.Helper()
	a, err := gazetteer.Default().Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func place(ids ...vedette.AreaID) (out []vedette.Place) {
	for _, id := range ids {
		out = append(out, vedette.Place{Text: string(id), Area: id})
	}
	return out
}

// ashdod warns of one city; its risk is what the case sets.
func ashdod(t *testing.T, risk vedette.Risk, urgency vedette.Urgency) *vedette.Update {
	at := city(t, "Ashdod")
	shelter := vedette.Advice{Actions: []vedette.AdviceAction{{Action: vedette.Shelter, Targets: place(at)}}}
	shelter.Text = "Shelter in Ashdod."
	return &vedette.Update{ID: "u-2", Situation: vedette.Situation{ID: "s-1"}, Number: 1, Content: vedette.Content{Title: "Ashdod", Risk: risk, Urgency: urgency,
		SourceStrength: vedette.SourceCredible, Categories: []string{"rocket_mortar"}, Affected: place(at),
		Recommendations: []vedette.AdviceGroup{{Area: at, Advice: []vedette.Advice{shelter}}}}}
}

func home(area vedette.AreaID) advise.Person {
	return advise.Person{Presences: []vedette.Presence{{Area: area, Because: vedette.BecauseHome, Recorded: now}}}
}

func TestWhoIsToldAtFirst(t *testing.T) {
	depot := advise.Person{Presences: []vedette.Presence{{Area: city(t, "Rehovot, Israel"), Because: vedette.BecauseSite, Site: "depot", Recorded: now}}}
	for _, c := range []struct {
		who      string
		person   advise.Person
		watches  []vedette.Watch
		risk     vedette.Risk
		urgency  vedette.Urgency
		relation vedette.Relation
		told     bool
		lines    int
		areas    string
		reason   string
	}{
		{"at home in Ashdod", home(city(t, "Ashdod")), nil, vedette.RiskLow, vedette.UrgencyExpected, vedette.RelationIn, true, 1, "IL", "they are in"},
		{"kept as Israel, high", home("IL"), nil, vedette.RiskHigh, vedette.UrgencyExpected, vedette.RelationMayBe, true, 1, "IL", "the risk is high"},
		{"kept as Israel, low", home("IL"), nil, vedette.RiskLow, vedette.UrgencyExpected, vedette.RelationMayBe, false, 1, "IL", "only low"},
		{"kept as Israel, low and immediate", home("IL"), nil, vedette.RiskLow, vedette.UrgencyImmediate, vedette.RelationMayBe, true, 1, "IL", "immediate"},
		{"kept as Israel, no risk given", home("IL"), nil, vedette.RiskUnknown, vedette.UrgencyExpected, vedette.RelationMayBe, true, 1, "IL", "counts as extreme"},
		{"at a site 20 km off, high", depot, nil, vedette.RiskHigh, vedette.UrgencyExpected, vedette.RelationIn, true, 0, "IL", "they are in"},
		{"at a site 20 km off, low", depot, nil, vedette.RiskLow, vedette.UrgencyExpected, vedette.RelationOut, false, 0, "", "nothing of it concerns them"},
		{"Paris", home(city(t, "Paris, France")), nil, vedette.RiskHigh, vedette.UrgencyImmediate, vedette.RelationOut, false, 0, "", "nothing of it concerns them"},
		{"Paris, watches Israel", home(city(t, "Paris, France")), []vedette.Watch{{Areas: []vedette.AreaID{"IL"}}}, vedette.RiskHigh, vedette.UrgencyExpected,
			vedette.RelationWatches, true, 0, "IL", "asked to be told"},
		{"Paris, watches Israel for what is extreme", home(city(t, "Paris, France")), []vedette.Watch{{Areas: []vedette.AreaID{"IL"}, Risk: vedette.RiskExtreme}}, vedette.RiskHigh,
			vedette.UrgencyExpected, vedette.RelationOut, false, 0, "", "nothing of it concerns them"},
	} {
		tl := tell.Prepare(gazetteer.Default(), tell.Given{Update: ashdod(t, c.risk, c.urgency), Settings: vedette.DefaultSettings(), Now: now})
		o := tl.Of(c.person, c.watches, nil)
		var areas []string
		for _, a := range o.Advised.Variant.Areas {
			areas = append(areas, string(a))
		}
		if o.Relation != c.relation || o.Tell != c.told || len(o.Advised.Variant.Lines) != c.lines || strings.Join(areas, " ") != c.areas || !strings.Contains(o.Reason, c.reason) {
			t.Errorf("%s: %s, told %t, %d lines, areas %v: %q\nwant %s, %t, %d, %q: %q", c.who, o.Relation, o.Tell, len(o.Advised.Variant.Lines), areas, o.Reason,
				c.relation, c.told, c.lines, c.areas, c.reason)
		}
	}
}

func TestWhoHearsLater(t *testing.T) {
	g := gazetteer.Default()
	u := ashdod(t, vedette.RiskHigh, vedette.UrgencyExpected)
	u.Number = 2
	over := *u
	over.Cancels, over.Corrects = vedette.CancelOver, "u-1"
	given := func(u *vedette.Update, m tell.Mode) tell.Given {
		return tell.Given{Update: u, Settings: vedette.DefaultSettings(), Mode: m, Now: now}
	}
	was := tell.Prepare(g, given(u, tell.Published)).Of(home(city(t, "Ashdod")), nil, nil)
	seen := &tell.Held{Told: news.Tell(g, u, was.Advised.Variant), Heard: news.Heard{State: vedette.DeliverySeen, At: now.Add(-time.Hour)}}
	for _, c := range []struct {
		what   string
		update *vedette.Update
		mode   tell.Mode
		who    advise.Person
		held   *tell.Held
		news   vedette.News
		told   bool
	}{
		{"unchanged and seen", u, tell.Published, home(city(t, "Ashdod")), seen, vedette.NewsUnchanged, false},
		{"never told", u, tell.Published, home(city(t, "Ashdod")), nil, vedette.NewsNew, true},
		{"gone to Paris", u, tell.Published, home(city(t, "Paris, France")), seen, vedette.NewsWithdrawn, true},
		{"told again", u, tell.Again, home(city(t, "Ashdod")), seen, vedette.NewsUnchanged, true},
		{"told again, gone to Paris", u, tell.Again, home(city(t, "Paris, France")), seen, vedette.NewsUnchanged, false},
		{"a condition changed nothing for them", u, tell.Changed, home(city(t, "Ashdod")), seen, vedette.NewsUnchanged, false},
		{"cancelled, still there", &over, tell.Published, home(city(t, "Ashdod")), seen, vedette.NewsWithdrawn, true},
		{"cancelled, gone to Paris", &over, tell.Published, home(city(t, "Paris, France")), seen, vedette.NewsWithdrawn, true},
		{"cancelled, never told", &over, tell.Published, home(city(t, "Ashdod")), nil, vedette.NewsUnchanged, false},
	} {
		o := tell.Prepare(g, given(c.update, c.mode)).Of(c.who, nil, c.held)
		if o.News != c.news || o.Tell != c.told || o.Reason == "" {
			t.Errorf("%s: %s, told %t: %q; want %s, %t", c.what, o.News, o.Tell, o.Reason, c.news, c.told)
		}
	}
}

// What else stands for somebody is told besides; of another situation, and of
// the same status.
func TestWhatElseStands(t *testing.T) {
	u, other := ashdod(t, vedette.RiskHigh, vedette.UrgencyExpected), ashdod(t, vedette.RiskLow, vedette.UrgencyExpected)
	other.ID, other.Situation.ID = "u-9", "s-9"
	other.Content.Recommendations[0].Advice[0].Text = "Stay indoors in Ashdod."
	drill := *other
	drill.ID, drill.Status = "u-10", vedette.StatusExercise
	g := gazetteer.Default()
	tl := tell.Prepare(g, tell.Given{Update: u, Settings: vedette.DefaultSettings(), Now: now,
		Others: []*advise.Prepared{advise.Prepare(g, other, nil), advise.Prepare(g, &drill, nil), advise.Prepare(g, u, nil)}})
	v := tl.Of(home(city(t, "Ashdod")), nil, nil).Advised.Variant
	if len(v.Lines) != 1 || len(v.Others) != 1 || v.Others[0].Update != "u-9" {
		t.Errorf("%+v", v)
	}
}
