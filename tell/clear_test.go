package tell_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/tell"
)

// clearOf is an all-clear for an area, of the situation of ashdod, an hour after it.
func clearOf(area vedette.AreaID) *vedette.Update {
	return &vedette.Update{ID: "c-1", Key: 9, State: vedette.UpdatePublished, PublishedAt: now.Add(-time.Hour), Situation: vedette.Situation{ID: "s-c"}, Number: 1,
		Clears:  &vedette.AllClear{Area: area, By: "Ada Vance", Basis: "sirens ended", Of: []vedette.ID{"s-1"}},
		Content: vedette.Content{Title: "All-clear", Urgency: vedette.UrgencyPast, Affected: place(area)}}
}

func TestWhoHearsAnAllClear(t *testing.T) {
	warning := ashdod(t, vedette.RiskHigh, vedette.UrgencyImmediate)
	warning.State, warning.PublishedAt = vedette.UpdatePublished, now.Add(-2*time.Hour)
	warning.Content.Affected = place("IL")
	warning.Content.Recommendations[0].Advice[0].Actions[0].Targets = place("IL")
	at := city(t, "Ashdod")
	clear := clearOf(at)
	g := gazetteer.Default()
	tl := tell.Prepare(g, tell.Given{Update: clear, Clears: []*vedette.Update{clear}, Others: []*advise.Prepared{advise.Prepare(g, warning, nil, clear)}, Settings: vedette.DefaultSettings(), Now: now})
	told, warned := &tell.Held{}, &tell.Held{Warned: true}
	for _, c := range []struct {
		who    string
		person advise.Person
		held   *tell.Held
		told   bool
		others int // of what else stands
		reason string
	}{
		{"in its area, told", home(at), told, true, 0, "they were told of what it ends, and are, or may be, in its area"},
		{"may be in its area, told", home("IL"), told, true, 1, "they were told of what it ends, and are, or may be, in its area"},
		{"in its area, never told", home(at), nil, false, 0, "they were told nothing that it ends"},
		{"left it since", home("JO"), warned, true, 0, "they had an immediate warning for its area"},
		{"moved to where the warning stands", home(city(t, "Haifa")), warned, true, 1, "they had an immediate warning for its area"},
		{"told elsewhere, and shelters on", home(city(t, "Haifa")), told, false, 1, "they are not in its area, and had no immediate warning for it"},
	} {
		o := tl.Of(c.person, nil, c.held)
		if o.Tell != c.told || o.Reason != c.reason || len(o.Advised.Variant.Others) != c.others {
			t.Errorf("%s: told %v, %d others, %q", c.who, o.Tell, len(o.Advised.Variant.Others), o.Reason)
		}
	}
}

func TestWhatAnAllClearEnds(t *testing.T) {
	g := gazetteer.Default()
	at := city(t, "Ashdod")
	clear := clearOf(at)
	warning := func(change func(*vedette.Update)) *vedette.Update {
		u := ashdod(t, vedette.RiskHigh, vedette.UrgencyImmediate)
		u.State, u.Key, u.PublishedAt = vedette.UpdatePublished, 1, now.Add(-2*time.Hour)
		change(u)
		return u
	}
	advice := func(u *vedette.Update) *vedette.Advice { return &u.Content.Recommendations[0].Advice[0] }
	met := func(before time.Duration) []vedette.Declared {
		return []vedette.Declared{{Update: 1, State: vedette.ConditionMet, At: clear.PublishedAt.Add(-before), By: "Ada"}}
	}
	conditional := func(u *vedette.Update) { advice(u).Condition = "Shelter in Ashdod." }
	for _, c := range []struct {
		what     string
		update   *vedette.Update
		declared []vedette.Declared
		at       vedette.AreaID
		lines    int
		cleared  bool
		withheld string
	}{
		{"shelter, in its area", warning(func(*vedette.Update) {}), nil, at, 0, false, "all-clear for Ashdod since 5 Feb 11:30 UTC by Ada Vance: sirens ended"},
		{"shelter there, for somebody who may be", warning(func(*vedette.Update) {}), nil, "IL", 0, false, "all-clear for Ashdod since 5 Feb 11:30 UTC by Ada Vance: sirens ended"},
		{"of the whole country, for somebody who may be", warning(func(u *vedette.Update) { advice(u).Actions[0].Targets = place("IL") }), nil, "IL", 1, false, ""},
		{"of the whole country, elsewhere", warning(func(u *vedette.Update) { advice(u).Actions[0].Targets = place("IL") }), nil, city(t, "Haifa"), 1, false, ""},
		{"published since", warning(func(u *vedette.Update) { u.PublishedAt = now }), nil, at, 1, false, ""},
		{"of another situation", warning(func(u *vedette.Update) { u.Situation.ID = "s-2" }), nil, at, 1, false, ""},
		{"a drill", warning(func(u *vedette.Update) { u.Status = vedette.StatusExercise }), nil, at, 1, false, ""},
		{"leave goes on", warning(func(u *vedette.Update) { advice(u).Actions[0].Action = vedette.Leave }), nil, at, 1, false, ""},
		{"what it tells besides goes on", warning(func(u *vedette.Update) {
			advice(u).Actions = append(advice(u).Actions, vedette.AdviceAction{Action: vedette.AvoidAllTravel, Targets: place(at)})
		}), nil, at, 1, true, ""},
		{"awaited goes on waiting", warning(conditional), nil, at, 1, false, ""},
		{"met before", warning(conditional), met(time.Minute), at, 0, false, "all-clear for Ashdod since 5 Feb 11:30 UTC by Ada Vance: sirens ended"},
		{"met since", warning(conditional), met(-time.Minute), at, 1, false, ""},
	} {
		a := advise.Prepare(g, c.update, c.declared, clear).For(home(c.at), now)
		why := ""
		if len(a.Withheld) > 0 {
			why = a.Withheld[0].Reason.String()
		}
		if len(a.Variant.Lines) != c.lines || why != c.withheld || c.lines > 0 && a.Variant.Lines[0].Cleared != c.cleared {
			t.Errorf("%s: %+v, withheld %q", c.what, a.Variant.Lines, why)
		}
	}
}
