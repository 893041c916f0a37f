// Package handover says what changed between one hand-over and the next.
package handover

import (
	"maps"
	"strings"

	"vedette"
	"vedette/wording"
)

// Change is something that is otherwise than when the shift before was
// relieved. Person is set where it is about somebody.
type Change struct {
	About  vedette.ID // situation, update, case, roll-call or task
	Person vedette.ID
	Says   wording.Said

	Question string // of a task: what it asks, as it is kept
}

// Changes lists what changed from one hand-over to the next, in the order the
// next one shows it.
func Changes(was, is *vedette.Handover) (out []Change) {
	for _, each := range []func(was, is *vedette.Handover) []Change{situations, clears, cases, rolls, conditions, tasks} {
		out = append(out, each(was, is)...)
	}
	return out
}

// both calls fn for every item of two lists by its key: the new in their order,
// with the old one or nil; then the old that are gone.
func both[T any, K comparable](was, is []T, key func(*T) K, fn func(was, is *T)) {
	old, kept := map[K]*T{}, map[K]bool{}
	for i := range was {
		old[key(&was[i])] = &was[i]
	}
	for i := range is {
		kept[key(&is[i])] = true
		fn(old[key(&is[i])], &is[i])
	}
	for i := range was {
		if !kept[key(&was[i])] {
			fn(&was[i], nil)
		}
	}
}

func situations(was, is *vedette.Handover) (out []Change) {
	both(was.Standing, is.Standing, func(s *vedette.HandSituation) vedette.ID { return s.Situation }, func(a, b *vedette.HandSituation) {
		switch {
		case b == nil:
			out = append(out, Change{About: a.Situation, Says: wording.Of("“%s” stands no more: it was stopped or cancelled", a.Title)})
		case a == nil:
			out = append(out, Change{About: b.Situation, Says: wording.Of("“%s” is new: update %d, %s, risk %s", b.Title, b.Number, urgency(b.Urgency), risk(b.Risk))})
		case a.Update != b.Update:
			out = append(out, Change{About: b.Situation, Says: wording.Of("“%s”: update %d stands, was %d; %s, risk %s", b.Title, b.Number, a.Number, urgency(b.Urgency), risk(b.Risk))})
		case a.Silent != b.Silent || a.Help != b.Help || a.Concerned != b.Concerned:
			out = append(out, Change{About: b.Situation, Says: wording.Of("“%s”: %s, %s, %s", b.Title, moved("concerned", a.Concerned, b.Concerned), moved("silent", a.Silent, b.Silent), moved("need help", a.Help, b.Help))})
		}
	})
	return out
}

// counted are the numbers that move, each as it is and with what it was.
var counted = map[string][2]string{
	"concerned": {wording.Mark("%d concerned"), wording.Mark("%d concerned (were %d)")}, "silent": {wording.Mark("%d silent"), wording.Mark("%d silent (were %d)")},
	"need help": {wording.Mark("%d need help"), wording.Mark("%d need help (were %d)")}, "not accounted for": {wording.Mark("%d not accounted for"), wording.Mark("%d not accounted for (were %d)")},
	"stale": {wording.Mark("%d of them heard of too long ago"), wording.Mark("%d of them heard of too long ago (were %d)")},
}

func moved(what string, was, is int) wording.Said {
	if was == is {
		return wording.Said{English: counted[what][0], Args: []any{is}}
	}
	return wording.Said{English: counted[what][1], Args: []any{is, was}}
}

func clears(was, is *vedette.Handover) (out []Change) {
	both(was.Clears, is.Clears, func(c *vedette.HandClear) vedette.ID { return c.Update }, func(a, b *vedette.HandClear) {
		switch {
		case b == nil:
			out = append(out, Change{About: a.Update, Says: wording.Of("an all-clear is in force no more, or what it was of has a newer word")})
		case a == nil:
			out = append(out, Change{About: b.Update, Says: wording.Of("an all-clear was given by %s: %s", b.By, b.Basis)})
		}
	})
	return out
}

func cases(was, is *vedette.Handover) (out []Change) {
	both(was.Cases, is.Cases, func(c *vedette.HandCase) vedette.ID { return c.ID }, func(a, b *vedette.HandCase) {
		switch {
		case b == nil:
			out = append(out, Change{About: a.ID, Person: a.Person, Says: wording.Of("the case was closed")})
		case a == nil:
			out = append(out, Change{About: b.ID, Person: b.Person, Says: wording.Of("called for help; %s", owner(b))})
		case a.Owner != b.Owner || a.State != b.State:
			out = append(out, Change{About: b.ID, Person: b.Person, Says: wording.Of("%s; before, %s", owner(b), owner(a))})
		case b.CalledAt.After(a.CalledAt):
			out = append(out, Change{About: b.ID, Person: b.Person, Says: wording.Of("called again")})
		}
	})
	return out
}

func owner(c *vedette.HandCase) wording.Said {
	if c.Owner == "" {
		return wording.Of("nobody has the case")
	}
	return wording.Of("%s has the case", c.Owner)
}

func rolls(was, is *vedette.Handover) (out []Change) {
	both(was.Rolls, is.Rolls, func(r *vedette.HandRoll) vedette.ID { return r.ID }, func(a, b *vedette.HandRoll) {
		switch {
		case b == nil:
			out = append(out, Change{About: a.ID, Says: wording.Of("the roll-call “%s” was closed", a.Title)})
		case a == nil:
			out = append(out, Change{About: b.ID, Says: wording.Of("the roll-call “%s” is new: %d of %d not accounted for", b.Title, len(b.Open), b.Members)})
		case a.Members != b.Members || !maps.Equal(a.Counts, b.Counts):
			out = append(out, Change{About: b.ID, Says: wording.Of("the roll-call “%s”: %s, %s, %s", b.Title, moved("not accounted for", len(a.Open), len(b.Open)),
				moved("stale", a.Counts[vedette.RollStale], b.Counts[vedette.RollStale]), moved("need help", a.Counts[vedette.RollHelp], b.Counts[vedette.RollHelp]))})
		}
	})
	return out
}

func conditions(was, is *vedette.Handover) (out []Change) {
	type at struct {
		update vedette.ID
		no     int
	}
	both(was.Awaited, is.Awaited, func(c *vedette.HandCondition) at { return at{c.Update, c.No} }, func(a, b *vedette.HandCondition) {
		if a != nil && b != nil && a.State != b.State {
			out = append(out, Change{About: b.Update, Says: wording.Of("condition %d is %s, was %s: %s", b.No, condition(b.State), condition(a.State), strings.TrimSpace(b.Text))})
		}
	})
	return out
}

func tasks(was, is *vedette.Handover) (out []Change) {
	both(was.Tasks, is.Tasks, func(t *vedette.HandTask) vedette.ID { return t.ID }, func(a, b *vedette.HandTask) {
		switch {
		case b == nil:
			out = append(out, Change{About: a.ID, Says: wording.Of("decided: %s", a.Question), Question: a.Question})
		case a == nil:
			out = append(out, Change{About: b.ID, Says: wording.Of("to decide: %s", b.Question), Question: b.Question})
		}
	})
	return out
}

func urgency(u vedette.Urgency) wording.Said {
	return wording.Word(map[vedette.Urgency]string{
		vedette.UrgencyImmediate: wording.Mark("immediate"), vedette.UrgencyExpected: wording.Mark("expected"), vedette.UrgencyFuture: wording.Mark("future"), vedette.UrgencyPast: wording.Mark("past"), vedette.UrgencyUnknown: wording.Mark("unknown"),
	}[u])
}

func risk(r vedette.Risk) wording.Said {
	return wording.Word(map[vedette.Risk]string{
		vedette.RiskLow: wording.Mark("low"), vedette.RiskModerate: wording.Mark("moderate"), vedette.RiskHigh: wording.Mark("high"), vedette.RiskExtreme: wording.Mark("extreme"), vedette.RiskUnknown: wording.Mark("unknown"),
	}[r])
}

func condition(s vedette.ConditionState) wording.Said {
	return wording.Word(map[vedette.ConditionState]string{
		vedette.ConditionAwaited: wording.Mark("awaited"), vedette.ConditionMet: wording.Mark("met"), vedette.ConditionPassed: wording.Mark("passed"),
	}[s])
}
