package advise_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
)

// an update of a situation of its own, published so many hours ago.
func issued(key int64, hours int, urgency vedette.Urgency, risk vedette.Risk, advice ...vedette.Advice) *vedette.Update {
	u := &vedette.Update{Key: key, ID: vedette.ID(fmt.Sprintf("u%d", key)), Number: 1, State: vedette.UpdatePublished, PublishedAt: now.Add(-time.Duration(hours) * time.Hour)}
	u.Situation = vedette.Situation{ID: vedette.ID(fmt.Sprintf("s%d", key)), Title: fmt.Sprintf("Situation %d", key)}
	u.Content = vedette.Content{Urgency: urgency, Risk: risk, Recommendations: []vedette.AdviceGroup{{Advice: advice}}}
	return u
}

func declare(update int64, item int, state vedette.ConditionState) vedette.Declared {
	return vedette.Declared{Update: update, Item: item, State: state, At: time.Date(2026, 2, 3, 10, 2, 0, 0, time.UTC), By: "Ada Vance"}
}

// all writes own lines, then the others behind a bar; "+" is a condition met,
// "-" is suspended.
func all(us []*vedette.Update, v vedette.Variant) string {
	var out []string
	for i, l := range slices.Concat(v.Lines, v.Others) {
		u := us[0]
		if n := slices.IndexFunc(us, func(u *vedette.Update) bool { return u.ID == l.Update }); n >= 0 {
			u = us[n]
		}
		w := told(u, vedette.Variant{Lines: []vedette.NoticeLine{l}})
		if l.Met {
			w = "+" + w
		}
		if l.Suspended {
			w = "-" + w
		}
		if i == len(v.Lines) {
			w = "| " + w
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

func TestConditions(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	u := issued(1, 0, vedette.UrgencyExpected, vedette.RiskHigh,
		say("Monitor: follow the news.", vedette.Monitor, basra),
		say("Leave: leave Iraq.", vedette.Leave, "IQ"),
		say("Caution: travel may continue.", vedette.TravelWithCaution, "IQ"),
		given("In the event of strikes", say("Shelter: in the event of strikes, shelter.", vedette.Shelter, "IQ")),
		given("Should the airport close", say("Avoid: should the airport close, avoid all travel.", vedette.AvoidAllTravel, "IQ")))
	later := func(d vedette.Declared) vedette.Declared { d.At = d.At.Add(time.Hour); return d }
	for _, c := range []struct {
		what     string
		declared []vedette.Declared
		told     string
		posture  vedette.Action
		withheld string
	}{
		{"nothing declared", nil, "Monitor Leave Caution Shelter Avoid", vedette.TravelWithCaution, ""},
		{"strikes: to shelter comes first and sets leaving and travel aside", []vedette.Declared{declare(1, 3, vedette.ConditionMet)},
			"+Shelter Monitor Avoid -Leave -Caution", "", ""},
		{"the airport closed: its posture is the headline", []vedette.Declared{declare(1, 4, vedette.ConditionMet)},
			"Leave Caution +Avoid Monitor Shelter", vedette.AvoidAllTravel, ""},
		{"both", []vedette.Declared{declare(1, 3, vedette.ConditionMet), declare(1, 4, vedette.ConditionMet)},
			"+Shelter +Avoid Monitor -Leave -Caution", vedette.AvoidAllTravel, ""},
		{"no strikes will come", []vedette.Declared{declare(1, 3, vedette.ConditionPassed)}, "Monitor Leave Caution Avoid", vedette.TravelWithCaution,
			"condition declared passed 3 Feb 10:02 UTC by Ada Vance"},
		{"met, then passed", []vedette.Declared{later(declare(1, 3, vedette.ConditionPassed)), declare(1, 3, vedette.ConditionMet)}, "Monitor Leave Caution Avoid", vedette.TravelWithCaution,
			"condition declared passed 3 Feb 11:02 UTC by Ada Vance"},
		{"met, then taken back", []vedette.Declared{declare(1, 3, vedette.ConditionMet), later(declare(1, 3, vedette.ConditionAwaited))}, "Monitor Leave Caution Shelter Avoid", vedette.TravelWithCaution, ""},
		{"declared of another update", []vedette.Declared{declare(2, 3, vedette.ConditionMet)}, "Monitor Leave Caution Shelter Avoid", vedette.TravelWithCaution, ""},
		{"declared of an advice without a condition", []vedette.Declared{declare(1, 1, vedette.ConditionPassed)}, "Monitor Leave Caution Shelter Avoid", vedette.TravelWithCaution, ""},
		{"declared of no advice", []vedette.Declared{declare(1, 9, vedette.ConditionMet), declare(1, -1, vedette.ConditionMet)}, "Monitor Leave Caution Shelter Avoid", vedette.TravelWithCaution, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			a := advise.For(g, u, c.declared, advise.Person{Presences: []vedette.Presence{home(basra)}}, now)
			if got := all([]*vedette.Update{u}, a.Variant); got != c.told || a.Variant.Posture != c.posture {
				t.Errorf("told %q under %q, want %q under %q", got, a.Variant.Posture, c.told, c.posture)
			}
			var reasons []string
			for _, w := range a.Withheld {
				reasons = append(reasons, w.Reason.String())
			}
			if got := strings.Join(reasons, "; "); got != c.withheld {
				t.Errorf("withheld %q, want %q", got, c.withheld)
			}
		})
	}
}

// An advice whose posture stands before its condition holds on when that has
// passed: only what waited for it goes.
func TestWhatStoodBeforeAConditionHolds(t *testing.T) {
	g := gazetteer.Default()
	a := given("If clashes resume", say("Avoid all travel to Iraq. If clashes resume, shelter in place.", vedette.AvoidAllTravel, "IQ"))
	a.Actions = append(a.Actions, vedette.AdviceAction{Action: vedette.Shelter, Targets: places([]vedette.AreaID{"IQ"})})
	got := advise.For(g, issued(1, 0, vedette.UrgencyImmediate, 0, a), []vedette.Declared{declare(1, 0, vedette.ConditionPassed)}, advise.Person{Presences: []vedette.Presence{home("IQ")}}, now)
	if len(got.Variant.Lines) != 1 || got.Variant.Posture != vedette.AvoidAllTravel || len(got.Withheld) != 0 {
		t.Errorf("%+v", got)
	}
}

// What a condition met sets aside, person by person: to shelter in Basra.
func TestWhatIsSuspended(t *testing.T) {
	g := gazetteer.Default()
	basra, erbil := city(t, g, "Basra", "IQ"), city(t, g, "Erbil", "IQ")
	strikes := given("In the event of strikes", say("Shelter: shelter.", vedette.Shelter, basra))
	residents := only("Residents", strikes)
	both := say("Both: leave, and avoid all travel.", vedette.Leave, "IQ")
	both.Actions = append(both.Actions, vedette.AdviceAction{Action: vedette.AvoidAllTravel, Targets: places([]vedette.AreaID{"IQ"})})
	for _, c := range []struct {
		what    string
		shelter vedette.Advice
		other   vedette.Advice
		at      []vedette.AreaID
		told    string
	}{
		{"in Basra", strikes, say("Leave: leave Iraq.", vedette.Leave, "IQ"), []vedette.AreaID{basra}, "+Shelter -Leave"},
		{"in Erbil, where it does not hold", strikes, say("Leave: leave Iraq.", vedette.Leave, "IQ"), []vedette.AreaID{erbil}, "Leave"},
		{"kept as Iraq: may be in Basra", strikes, say("Leave: leave Iraq.", vedette.Leave, "IQ"), []vedette.AreaID{"IQ"}, "+~Shelter Leave"},
		{"in Basra and in Erbil", strikes, say("Leave: leave Iraq.", vedette.Leave, "IQ"), []vedette.AreaID{basra, erbil}, "+Shelter Leave"},
		{"it is not known to be for them", residents, say("Leave: leave Iraq.", vedette.Leave, "IQ"), []vedette.AreaID{basra}, "Leave +?Shelter"},
		{"a posture that holds back goes on", strikes, say("Avoid: avoid all travel.", vedette.AvoidAllTravel, "IQ"), []vedette.AreaID{basra}, "+Shelter Avoid"},
		{"leave and avoid in one", strikes, both, []vedette.AreaID{basra}, "+Shelter -Both"},
		{"evacuate", strikes, say("Evacuate: evacuate.", vedette.Evacuate, basra), []vedette.AreaID{basra}, "+Shelter -Evacuate"},
		{"stay put is no opposite", strikes, say("Stay: stay put.", vedette.StayPut, basra), []vedette.AreaID{basra}, "Stay +Shelter"},
	} {
		u := issued(1, 0, vedette.UrgencyExpected, 0, c.other, c.shelter)
		who := advise.Person{}
		for _, a := range c.at {
			who.Presences = append(who.Presences, home(a))
		}
		v := advise.For(g, u, []vedette.Declared{declare(1, 1, vedette.ConditionMet)}, who, now).Variant
		if got := all([]*vedette.Update{u}, v); got != c.told {
			t.Errorf("%s: %q, want %q", c.what, got, c.told)
		}
		if c.what == "leave and avoid in one" && v.Posture != vedette.AvoidAllTravel {
			t.Errorf("the posture fell to %q", v.Posture)
		}
	}
}

func TestEverythingThatStands(t *testing.T) {
	g := gazetteer.Default()
	basra := city(t, g, "Basra", "IQ")
	own := issued(1, 0, vedette.UrgencyExpected, vedette.RiskModerate,
		say("Plans: update plans.", vedette.UpdatePlans, "IQ"),
		say("Reconsider: reconsider travel to Iraq.", vedette.ReconsiderTravel, "IQ"))
	older := issued(2, 20, vedette.UrgencyExpected, vedette.RiskHigh,
		say("Reconsider: reconsider  travel to IRAQ.", vedette.ReconsiderTravel, "IQ"),
		say("Masks: wear masks.", vedette.TakePrecautions, "middle-east"),
		say("Avoid: avoid all travel to Basra.", vedette.AvoidAllTravel, basra))
	newer := issued(3, 2, vedette.UrgencyExpected, vedette.RiskLow,
		say("Masks: wear masks.", vedette.TakePrecautions, "middle-east"),
		given("If the dam breaks", say("Dam: evacuate.", vedette.Evacuate, basra)))
	fire := issued(4, 1, vedette.UrgencyImmediate, vedette.RiskExtreme, say("Indoors: stay indoors.", vedette.Shelter, basra))
	drill := issued(5, 1, vedette.UrgencyImmediate, vedette.RiskExtreme, say("Drill: evacuate.", vedette.Evacuate, basra))
	drill.Status = vedette.StatusExercise
	before := issued(6, 9, vedette.UrgencyImmediate, vedette.RiskExtreme, say("Before: leave.", vedette.Leave, "IQ"))
	before.Situation = own.Situation
	board := []vedette.Posture{{Area: "middle-east", Action: vedette.AvoidNonessentialTravel, Since: now}, {Area: "IR", Action: vedette.AvoidAllTravel, Since: now},
		{Area: "IQ", Provider: "fcdo", Action: vedette.AvoidAllTravel, Since: now}}

	for _, c := range []struct {
		what     string
		at       vedette.AreaID
		others   []*vedette.Update
		declared []vedette.Declared
		board    []vedette.Posture
		told     string
		posture  string
		risk     vedette.Risk
	}{
		{"alone", basra, nil, nil, nil, "Plans Reconsider", "reconsider_travel IQ", vedette.RiskModerate},
		{"with an older one: its twin is told once, its posture and risk are stronger", basra, []*vedette.Update{older}, nil, nil,
			"Plans Reconsider | Avoid Masks", "avoid_all_travel " + string(basra), vedette.RiskHigh},
		{"with two: the newer one's masks", basra, []*vedette.Update{older, newer}, nil, nil,
			"Plans Reconsider | Dam Avoid Masks", "avoid_all_travel " + string(basra), vedette.RiskHigh},
		{"a lower risk of another changes nothing", basra, []*vedette.Update{newer}, nil, nil, "Plans Reconsider | Dam Masks", "reconsider_travel IQ", vedette.RiskModerate},
		{"the dam broke: everything goes by what saves first", basra, []*vedette.Update{older, newer}, []vedette.Declared{declare(3, 1, vedette.ConditionMet)}, nil,
			"Reconsider Plans | +Dam Avoid Masks", "avoid_all_travel " + string(basra), vedette.RiskHigh},
		{"another is immediate where they are", basra, []*vedette.Update{fire}, nil, nil, "Reconsider Plans | Indoors", "reconsider_travel IQ", vedette.RiskExtreme},
		{"another is immediate elsewhere", "IQ-AR", []*vedette.Update{fire}, nil, nil, "Plans Reconsider", "reconsider_travel IQ", vedette.RiskModerate},
		{"met in one suspends in the other", basra, []*vedette.Update{fire, newer}, []vedette.Declared{declare(3, 1, vedette.ConditionMet)}, nil,
			"Reconsider Plans | +Dam Masks -Indoors", "reconsider_travel IQ", vedette.RiskExtreme},
		{"an exercise never mixes with what is real", basra, []*vedette.Update{drill}, nil, nil, "Plans Reconsider", "reconsider_travel IQ", vedette.RiskModerate},
		{"an earlier one of its situation is replaced", basra, []*vedette.Update{before, own}, nil, nil, "Plans Reconsider", "reconsider_travel IQ", vedette.RiskModerate},
		{"the board is stronger", basra, nil, nil, board, "Plans Reconsider", "avoid_nonessential_travel middle-east", vedette.RiskModerate},
		{"the board is weaker", basra, []*vedette.Update{older}, nil, board, "Plans Reconsider | Avoid Masks", "avoid_all_travel " + string(basra), vedette.RiskHigh},
		{"who is out hears what else stands", "IR", []*vedette.Update{older}, nil, board, "| Masks", "", vedette.RiskUnknown},
		{"far away", "FR", []*vedette.Update{older, fire}, nil, board, "", "", vedette.RiskUnknown},
	} {
		t.Run(c.what, func(t *testing.T) {
			var others []*advise.Prepared
			for _, o := range c.others {
				others = append(others, advise.Prepare(g, o, c.declared))
			}
			v := advise.Over(advise.Prepare(g, own, c.declared), others, c.board).For(advise.Person{Presences: []vedette.Presence{home(c.at)}}, now).Variant
			if got := all(append([]*vedette.Update{own}, c.others...), v); got != c.told {
				t.Errorf("told %q, want %q", got, c.told)
			}
			if p := strings.TrimSpace(string(v.Posture) + " " + string(v.Area)); p != c.posture || v.Risk != c.risk {
				t.Errorf("posture %q, risk %s; want %q, %s", p, v.Risk, c.posture, c.risk)
			}
		})
	}
}

// A drill is held against the drills that stand, and no board.
func TestADrillStandsAmongDrills(t *testing.T) {
	g := gazetteer.Default()
	drill := issued(1, 0, vedette.UrgencyExpected, 0, say("Drill: gather.", vedette.CheckIn, "IQ"))
	other := issued(2, 0, vedette.UrgencyExpected, 0, say("Too: gather again.", vedette.CheckIn, "IQ"))
	actual := issued(3, 0, vedette.UrgencyExpected, 0, say("Real: leave.", vedette.Leave, "IQ"))
	drill.Status, other.Status = vedette.StatusExercise, vedette.StatusExercise
	board := []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel, Since: now}}
	v := advise.Over(advise.Prepare(g, drill, nil), []*advise.Prepared{advise.Prepare(g, actual, nil), advise.Prepare(g, other, nil)}, board).
		For(advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant
	if got := all([]*vedette.Update{drill, other, actual}, v); got != "Drill | Too" || v.Posture != "" {
		t.Errorf("%q under %q", got, v.Posture)
	}
}

// A missing risk passes every threshold: a low one of another update must not
// take its place.
func TestARiskNotKnownIsNotLowered(t *testing.T) {
	g := gazetteer.Default()
	own := issued(1, 0, vedette.UrgencyExpected, vedette.RiskUnknown, say("Own.", vedette.Monitor, "IQ"))
	for risk, want := range map[vedette.Risk]vedette.Risk{vedette.RiskLow: vedette.RiskUnknown, vedette.RiskHigh: vedette.RiskUnknown, vedette.RiskExtreme: vedette.RiskExtreme} {
		other := advise.Prepare(g, issued(2, 0, vedette.UrgencyExpected, risk, say("Other.", vedette.Monitor, "IQ")), nil)
		v := advise.Over(advise.Prepare(g, own, nil), []*advise.Prepared{other}, nil).For(advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant
		if v.Risk != want {
			t.Errorf("beside %s: %s, want %s", risk, v.Risk, want)
		}
	}
}

// Where somebody stands: "resident" on file is of the country they live in.
func TestStandingIsOfTheCountryTheyLiveIn(t *testing.T) {
	g := gazetteer.Default()
	basra, dubai := city(t, g, "Basra", "IQ"), city(t, g, "Dubai", "AE")
	u := issued(1, 0, vedette.UrgencyExpected, 0,
		only("Residents", say("Residents: stay home.", vedette.Monitor, "IQ")),
		only("Short-term travellers", say("Visitors: go home.", vedette.Leave, "IQ")),
		only("Families", say("Families: go home.", vedette.Leave, "IQ")))
	trip := vedette.Presence{Area: basra, Because: vedette.BecauseTrip, From: now.Add(-time.Hour)}
	leg := vedette.Presence{Area: basra, Because: vedette.BecauseLeg, From: now.Add(-time.Hour)}
	checkin := vedette.Presence{Area: basra, Because: vedette.BecauseCheckin}
	for _, c := range []struct {
		what     string
		standing vedette.Standing
		kin      bool
		at       []vedette.Presence
		told     string
		withheld string
	}{
		{"nothing on file", "", false, []vedette.Presence{home(basra)}, "?Residents ?Visitors ?Families", ""},
		{"a resident of Iraq", vedette.StandingResident, false, []vedette.Presence{home(basra)}, "Residents ?Families", "for short-term travellers; their standing on file: resident"},
		{"a visitor with a family", vedette.StandingVisitor, true, []vedette.Presence{home(basra)}, "Visitors Families", "for residents; their standing on file: visitor"},
		{"hired there", vedette.StandingLocal, false, []vedette.Presence{home(basra)}, "Residents ?Families", "for short-term travellers; their standing on file: local"},
		{"a resident of Dubai on a trip to Basra", vedette.StandingResident, false, []vedette.Presence{home(dubai), trip}, "?Residents Visitors ?Families", ""},
		{"on the way there", vedette.StandingResident, false, []vedette.Presence{home(dubai), leg}, "?Residents Visitors ?Families", ""},
		{"a resident of Dubai who checked in from Basra", vedette.StandingResident, false, []vedette.Presence{home(dubai), checkin}, "?Residents ?Visitors ?Families", ""},
		{"a resident of Iraq on a trip within it", vedette.StandingResident, false, []vedette.Presence{home("IQ-BG"), trip}, "Residents ?Families", "for short-term travellers; their standing on file: resident"},
		{"at home in Dubai and at a site in Basra", vedette.StandingResident, false, []vedette.Presence{home(dubai), {Area: basra, Because: vedette.BecauseSite}}, "?Residents ?Visitors ?Families", ""},
		{"only a trip is known", vedette.StandingResident, false, []vedette.Presence{trip}, "?Residents ?Visitors ?Families", ""},
	} {
		a := advise.For(g, u, nil, advise.Person{Standing: c.standing, Dependants: c.kin, Presences: c.at}, now)
		var reasons []string
		for _, w := range a.Withheld {
			reasons = append(reasons, w.Reason.String())
		}
		if got := told(u, a.Variant); got != c.told || strings.Join(reasons, "; ") != c.withheld {
			t.Errorf("%s: told %q, withheld %q; want %q, %q", c.what, got, reasons, c.told, c.withheld)
		}
	}
}

// One prepared update serves people of every standing, each by their own.
func TestSharedByStandingAndFamily(t *testing.T) {
	g := gazetteer.Default()
	u := issued(1, 0, vedette.UrgencyExpected, 0, only("Residents", say("Residents: stay.", vedette.Monitor, "IQ")), only("Families", say("Families: go home.", vedette.Leave, "IQ")))
	p := advise.Prepare(g, u, nil)
	for range 2 {
		for _, c := range []struct {
			who  advise.Person
			told string
		}{
			{advise.Person{}, "?Residents ?Families"},
			{advise.Person{Standing: vedette.StandingResident}, "Residents ?Families"},
			{advise.Person{Standing: vedette.StandingVisitor}, "?Families"},
			{advise.Person{Standing: vedette.StandingVisitor, Dependants: true}, "Families"},
			{advise.Person{Dependants: true}, "?Residents Families"},
		} {
			c.who.Presences = []vedette.Presence{home("IQ")}
			if got := told(u, p.For(c.who, now).Variant); got != c.told {
				t.Errorf("%+v: %q, want %q", c.who, got, c.told)
			}
		}
	}
}

// What only holds near something suspends nothing, for they may not be near.
// A line that is asked may lead where all others are set aside.
func TestWhatSuspendsNothing(t *testing.T) {
	g := gazetteer.Default()
	near := given("In the event of strikes", say("Near: shelter near the border.", vedette.Shelter, "IQ"))
	near.Near = &vedette.Near{KM: 5, What: "border", Of: vedette.Place{Area: "IR"}}
	leave := say("Leave: leave Iraq.", vedette.Leave, "IQ")
	met := []vedette.Declared{declare(1, 1, vedette.ConditionMet)}
	u := issued(1, 0, vedette.UrgencyExpected, 0, leave, near)
	if got := all([]*vedette.Update{u}, advise.For(g, u, met, advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant); got != "+Near Leave" {
		t.Errorf("near a border: %q", got)
	}

	u = issued(1, 0, vedette.UrgencyImmediate, 0, say("Inside: stay inside.", vedette.Shelter, "IQ"), only("Families", say("Families: call the embassy.", vedette.ContactEmbassy, "IQ")))
	other := issued(2, 1, vedette.UrgencyImmediate, 0, given("Should flights resume", say("Evacuate: go now.", vedette.Evacuate, "IQ")))
	v := advise.Over(advise.Prepare(g, u, nil), []*advise.Prepared{advise.Prepare(g, other, []vedette.Declared{declare(2, 0, vedette.ConditionMet)})}, nil).
		For(advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant
	if got := all([]*vedette.Update{u, other}, v); got != "?Families -Inside | +Evacuate" {
		t.Errorf("all but one set aside: %q", got)
	}
}

// The board's word, which surely holds for them, comes before an advice that
// only may.
func TestTheBoardBeforeWhatMayHold(t *testing.T) {
	g := gazetteer.Default()
	u := issued(1, 0, vedette.UrgencyExpected, 0, say("Avoid: avoid all travel to Basra.", vedette.AvoidAllTravel, city(t, g, "Basra", "IQ")))
	board := []vedette.Posture{{Area: "IQ", Action: vedette.ReconsiderTravel, Since: now}}
	v := advise.Over(advise.Prepare(g, u, nil), nil, board).For(advise.Person{Presences: []vedette.Presence{home("IQ")}}, now).Variant
	if v.Posture != vedette.ReconsiderTravel || v.Area != "IQ" {
		t.Errorf("%s for %s", v.Posture, v.Area)
	}
}

// A leg ahead is a trip ahead.
func TestALegAheadCountsAsATrip(t *testing.T) {
	g := gazetteer.Default()
	u := issued(1, 0, vedette.UrgencyExpected, 0, say("Avoid: avoid all travel.", vedette.AvoidAllTravel, "IQ"), say("Monitor.", vedette.Monitor, "IQ"))
	leg := vedette.Presence{Area: "iata:BGW", Because: vedette.BecauseLeg, From: now.Add(time.Hour)}
	if got := told(u, advise.For(g, u, nil, advise.Person{Presences: []vedette.Presence{leg}}, now).Variant); got != ">Avoid" {
		t.Errorf("%q", got)
	}
}
