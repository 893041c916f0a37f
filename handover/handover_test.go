package handover_test

import (
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/handover"
)

var t0 = time.Date(2026, 2, 5, 2, 0, 0, 0, time.UTC)

func TestWhatChangedFromShiftToShift(t *testing.T) {
	situation := func(change func(*vedette.HandSituation)) []vedette.HandSituation {
		s := vedette.HandSituation{Situation: "s", Title: "Strikes", Update: "u1", Number: 1, Concerned: 9, Silent: 4}
		change(&s)
		return []vedette.HandSituation{s}
	}
	a := func(owner string, called time.Time) vedette.HandCase {
		return vedette.HandCase{ID: "c", Person: "p", Owner: owner, CalledAt: called}
	}
	same := func(*vedette.HandSituation) {}
	for _, c := range []struct {
		what    string
		was, is vedette.Handover
		want    string
		person  vedette.ID
	}{
		{"nothing", vedette.Handover{Standing: situation(same), Cases: []vedette.HandCase{a("Ada", t0)}}, vedette.Handover{Standing: situation(same), Cases: []vedette.HandCase{a("Ada", t0)}}, "", ""},
		{"a new situation", vedette.Handover{}, vedette.Handover{Standing: situation(same)}, "“Strikes” is new", ""},
		{"a newer update", vedette.Handover{Standing: situation(same)}, vedette.Handover{Standing: situation(func(s *vedette.HandSituation) { s.Update, s.Number = "u2", 2 })}, "update 2 stands, was 1", ""},
		{"fewer silent", vedette.Handover{Standing: situation(same)}, vedette.Handover{Standing: situation(func(s *vedette.HandSituation) { s.Silent = 1 })}, "1 silent (were 4)", ""},
		{"stopped", vedette.Handover{Standing: situation(same)}, vedette.Handover{}, "stands no more", ""},
		{"a call", vedette.Handover{}, vedette.Handover{Cases: []vedette.HandCase{a("", t0)}}, "called for help; nobody has the case", "p"},
		{"taken", vedette.Handover{Cases: []vedette.HandCase{a("", t0)}}, vedette.Handover{Cases: []vedette.HandCase{a("Ben", t0)}}, "Ben has the case; before, nobody", "p"},
		{"called again", vedette.Handover{Cases: []vedette.HandCase{a("Ben", t0)}}, vedette.Handover{Cases: []vedette.HandCase{a("Ben", t0.Add(1))}}, "called again", "p"},
		{"closed", vedette.Handover{Cases: []vedette.HandCase{a("Ben", t0)}}, vedette.Handover{}, "the case was closed", "p"},
		{"a roll-call goes on", vedette.Handover{Rolls: []vedette.HandRoll{{ID: "r", Title: "Iraq", Members: 3, Open: []vedette.ID{"a", "b"}}}},
			vedette.Handover{Rolls: []vedette.HandRoll{{ID: "r", Title: "Iraq", Members: 3, Open: []vedette.ID{"a"}, Counts: map[vedette.RollStanding]int{vedette.RollSafe: 1}}}}, "1 not accounted for (were 2)", ""},
		{"a roll-call is closed", vedette.Handover{Rolls: []vedette.HandRoll{{ID: "r", Title: "Iraq"}}}, vedette.Handover{}, "the roll-call “Iraq” was closed", ""},
		{"a condition is met", vedette.Handover{Awaited: []vedette.HandCondition{{Update: "u", No: 1, State: vedette.ConditionAwaited}}},
			vedette.Handover{Awaited: []vedette.HandCondition{{Update: "u", No: 1, State: vedette.ConditionMet}}}, "condition 1 is met, was awaited", ""},
		{"a task", vedette.Handover{}, vedette.Handover{Tasks: []vedette.HandTask{{ID: "t", Question: "Keep or lift?"}}}, "to decide: Keep or lift?", ""},
		{"a task is done", vedette.Handover{Tasks: []vedette.HandTask{{ID: "t", Question: "Keep or lift?"}}}, vedette.Handover{}, "decided: Keep or lift?", ""},
		{"an all-clear", vedette.Handover{}, vedette.Handover{Clears: []vedette.HandClear{{Update: "x", By: "Ada", Basis: "quiet"}}}, "an all-clear was given by Ada: quiet", ""},
	} {
		got := handover.Changes(&c.was, &c.is)
		switch {
		case c.want == "" && len(got) == 0:
		case len(got) != 1 || c.want == "" || !strings.Contains(got[0].Says.String(), c.want) || got[0].Person != c.person:
			t.Errorf("%s: %+v, want %q", c.what, got, c.want)
		}
	}
}
