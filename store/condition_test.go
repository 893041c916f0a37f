package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func TestDeclaringACondition(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.conditional()
		w.plan(u, w.people(2))
		declare := func(state vedette.ConditionState, minute int, tell bool) error {
			return w.o.Declare(w.ctx, vedette.Declared{Update: u.Key, State: state, At: t0.Add(time.Duration(minute) * time.Minute), By: "duty officer", Reason: "so the radio"}, tell, 2)
		}
		w.code(declare(vedette.ConditionAwaited, 1, false), vedette.CodeConflict)
		w.code(declare("hoped", 1, false), vedette.CodeInvalid)
		seq := w.seq()
		w.ok(declare(vedette.ConditionMet, 1, true))
		equal(t, "log", w.log(seq), "condition met\nfanout queued")
		entries, err := w.o.Log(w.ctx, seq, 1)
		w.ok(err)
		equal(t, "of the update", entries[0].Ref, string(u.ID))
		err = declare(vedette.ConditionMet, 2, true)
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), "met already") {
			t.Errorf("%q does not say how it is", err)
		}
		w.ok(declare(vedette.ConditionPassed, 3, false))
		w.ok(declare(vedette.ConditionAwaited, 4, false))
		w.ok(declare(vedette.ConditionPassed, 5, true))

		now, err := w.o.Declared(w.ctx, u.Key)
		w.ok(err)
		equal(t, "now", fmt.Sprint(now), fmt.Sprint([]vedette.Declared{{Update: u.Key, State: vedette.ConditionPassed, At: t0.Add(5 * time.Minute), By: "duty officer", Reason: "so the radio"}}))
		other := w.conditional()
		w.ok(w.o.Declare(w.ctx, vedette.Declared{Update: other.Key, State: vedette.ConditionMet, At: t0.Add(6 * time.Minute), By: "duty officer", Reason: "so the radio"}, false, 2))
		all, err := w.o.DeclaredOf(w.ctx, []*vedette.Update{u, other, w.publish("Nothing declared", "", t0)})
		w.ok(err)
		equal(t, "of many", line(len(all), fmt.Sprint(all[u.Key]) == fmt.Sprint(now), all[other.Key][0].State), "2 true met")
		history, err := w.o.Declarations(w.ctx, u.Key)
		w.ok(err)
		var states []string
		for _, d := range history {
			states = append(states, string(d.State))
		}
		equal(t, "history", strings.Join(states, " "), "met passed awaited passed")
		list, err := w.o.Fanouts(w.ctx, u.Key)
		w.ok(err)
		equal(t, "fan-outs", line(len(list), list[1].Cause, list[1].Lane, list[2].Cause), "3 condition 2 condition")
		for _, text := range []string{`UPDATE declarations SET state = 1`, `DELETE FROM declarations`} {
			if w.sql(text) == nil {
				t.Errorf("%s went through", text)
			}
		}
	})
}

func TestWhatCannotBeDeclared(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.conditional()
		met := func(update int64, group, item int) error {
			return w.o.Declare(w.ctx, vedette.Declared{Update: update, Group: group, Item: item, State: vedette.ConditionMet, At: t0}, true, 0)
		}
		w.code(met(u.Key, 0, 1), vedette.CodeInvalid)
		w.code(met(u.Key, -1, 0), vedette.CodeInvalid)
		w.code(met(u.Key, 1, 0), vedette.CodeInvalid)
		w.code(met(w.publish("No advice", "", t0).Key, 0, 0), vedette.CodeInvalid)
		w.code(met(999, 0, 0), vedette.CodeNotFound)
		draft := *u
		draft.ID, draft.State, draft.Key = "", "", 0
		draft.Situation = vedette.Situation{}
		w.ok(w.o.SaveDraft(w.ctx, &draft, t0))
		w.code(met(draft.Key, 0, 0), vedette.CodeConflict)
		org, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		w.code(w.s.In(org.Key).Declare(w.ctx, vedette.Declared{Update: u.Key, State: vedette.ConditionMet, At: t0}, true, 0), vedette.CodeNotFound)
		w.publish("Newer", u.Situation.ID, t0)
		seq := w.seq()
		w.code(met(u.Key, 0, 0), vedette.CodeConflict)
		equal(t, "nothing was written", w.seq(), seq)
		now, err := w.o.Declared(w.ctx, u.Key)
		w.ok(err)
		equal(t, "declared", len(now), 0)
	})
}

// What a condition brings to the board comes with its declaration or not at
// all, and never lowers what stands.
func TestADeclarationBringsItsPosture(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.conditional()
		_, err := w.o.SetPosture(w.ctx, vedette.Posture{Area: "JO", Action: vedette.AvoidAllTravel, By: "Ada", Reason: "shelling"}, "", t0)
		w.ok(err)
		d := vedette.Declared{Update: u.Key, State: vedette.ConditionMet, At: t0, By: "duty officer", Reason: "so the radio"}
		brings := []vedette.Posture{{Area: "IQ", Action: vedette.AvoidAllTravel, Update: u.ID}, {Area: "JO", Action: vedette.TravelWithCaution, Update: u.ID}}
		ask := []vedette.Task{{Kind: vedette.TaskKeepOrLift, Area: "JO", Question: "Keep or lift?", Default: "keep", DueAt: t0.Add(time.Hour)}}
		w.ok(w.o.DeclareBringing(w.ctx, d, true, 0, brings, ask))
		board := w.board()
		if !strings.Contains(board, "IQ") || !strings.Contains(board, "JO") {
			t.Fatalf("the board: %s", board)
		}
		ps, err := w.o.Postures(w.ctx)
		w.ok(err)
		for _, p := range ps {
			equal(t, string(p.Area), p.Action, vedette.AvoidAllTravel)
		}
		tasks, err := w.o.Tasks(w.ctx, store.TaskFilter{})
		w.ok(err)
		equal(t, "asked", len(tasks), 1)

		// The same again is a conflict, and brings nothing.
		w.code(w.o.DeclareBringing(w.ctx, d, true, 0, []vedette.Posture{{Area: "LB", Action: vedette.AvoidAllTravel, Update: u.ID}}, nil), vedette.CodeConflict)
		ps, err = w.o.Postures(w.ctx)
		w.ok(err)
		equal(t, "rows", len(ps), 2)
	})
}
