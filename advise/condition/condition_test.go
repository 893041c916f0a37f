package condition_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/advise/condition"
)

func TestTheLatestWordCounts(t *testing.T) {
	a := vedette.Advice{Condition: "In the event of strikes"}
	u := &vedette.Update{Key: 7, Content: vedette.Content{Recommendations: []vedette.AdviceGroup{{Advice: []vedette.Advice{a, {}}}}}}
	at := time.Date(2026, 2, 3, 10, 2, 0, 0, time.UTC)
	say := func(update int64, item int, s vedette.ConditionState, minute int) vedette.Declared {
		return vedette.Declared{Update: update, Item: item, State: s, At: at.Add(time.Duration(minute) * time.Minute), By: "Ada", Reason: "the talks go on"}
	}
	for _, c := range []struct {
		what string
		said []vedette.Declared
		want vedette.ConditionState
	}{
		{"nothing declared", nil, vedette.ConditionAwaited},
		{"met", []vedette.Declared{say(7, 0, vedette.ConditionMet, 0)}, vedette.ConditionMet},
		{"met, then passed", []vedette.Declared{say(7, 0, vedette.ConditionMet, 0), say(7, 0, vedette.ConditionPassed, 5)}, vedette.ConditionPassed},
		{"in any order", []vedette.Declared{say(7, 0, vedette.ConditionPassed, 5), say(7, 0, vedette.ConditionMet, 0)}, vedette.ConditionPassed},
		{"twice in one moment: the later row", []vedette.Declared{say(7, 0, vedette.ConditionMet, 0), say(7, 0, vedette.ConditionAwaited, 0)}, vedette.ConditionAwaited},
		{"of another update", []vedette.Declared{say(8, 0, vedette.ConditionMet, 0)}, vedette.ConditionAwaited},
		{"of an advice without a condition", []vedette.Declared{say(7, 1, vedette.ConditionMet, 0)}, vedette.ConditionAwaited},
	} {
		if got := condition.Of(u, c.said).Of(0, 0); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	s := condition.Of(u, []vedette.Declared{say(7, 0, vedette.ConditionPassed, 0), say(7, 1, vedette.ConditionPassed, 0)})
	if len(s) != 1 || s.Passed(0, 0).String() != "condition declared passed 3 Feb 10:02 UTC by Ada: the talks go on" {
		t.Errorf("%v, %q", s, s.Passed(0, 0))
	}
}
