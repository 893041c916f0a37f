// Package condition says where the conditions of an update's advice are, by
// what people declared. Awaited until somebody declares it met or passed; the
// latest word counts. What was declared for another update, or for an advice
// that has no condition, counts for nothing.
package condition

import (
	"time"

	"vedette"
	"vedette/wording"
)

// States are the conditions of one update that somebody declared something
// of, by group and item of their advice.
type States map[[2]int]vedette.Declared

// Of gathers what was declared of an update's conditions.
func Of(u *vedette.Update, declared []vedette.Declared) States {
	s := States{}
	for _, d := range declared {
		if d.Update != u.Key || !has(u, d.Group, d.Item) {
			continue
		}
		at := [2]int{d.Group, d.Item}
		if was, ok := s[at]; !ok || !d.At.Before(was.At) {
			s[at] = d
		}
	}
	return s
}

func has(u *vedette.Update, group, item int) bool {
	gs := u.Content.Recommendations
	return group >= 0 && group < len(gs) && item >= 0 && item < len(gs[group].Advice) && gs[group].Advice[item].Condition != ""
}

// Of gives where the condition of an advice is: awaited unless declared.
func (s States) Of(group, item int) vedette.ConditionState {
	if d, ok := s[[2]int{group, item}]; ok {
		return d.State
	}
	return vedette.ConditionAwaited
}

// Since is when the condition of an advice was declared what it is, the zero
// time where nothing was declared of it.
func (s States) Since(group, item int) time.Time { return s[[2]int{group, item}].At }

// Passed says why an advice whose condition was declared passed holds no more:
// "condition declared passed 3 Feb 10:02 UTC by Ada Vance: the talks go on".
func (s States) Passed(group, item int) wording.Said {
	d := s[[2]int{group, item}]
	at := wording.DayClock(d.At)
	switch {
	case d.By != "" && d.Reason != "":
		return wording.Of("condition declared passed %s by %s: %s", at, d.By, d.Reason)
	case d.By != "":
		return wording.Of("condition declared passed %s by %s", at, d.By)
	case d.Reason != "":
		return wording.Of("condition declared passed %s: %s", at, d.Reason)
	}
	return wording.Of("condition declared passed %s", at)
}
