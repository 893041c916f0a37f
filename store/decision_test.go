package store_test

import (
	"testing"
	"time"

	"vedette"
)

// A line of a situation's log gets the next number, is there once however often it is sent,
// is never changed nor deleted, and one that was changed behind our back is seen.
func TestLinesOfASituation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u, other := w.publish("Rockets", "", t0), w.publish("Floods", "", t0)
		line := func(of vedette.ID, what string, corrects int) vedette.Decision {
			return vedette.Decision{ID: vedette.NewID(t0), Situation: of, At: t0, What: what, Why: "roads", By: "Ada", Corrects: corrects}
		}
		first := line(u.Situation.ID, "stay", 0)
		for range 2 {
			got, err := w.o.Decide(w.ctx, first)
			if w.ok(err); got.No != 1 {
				t.Errorf("%+v", got)
			}
		}
		changed := first
		changed.What = "go"
		_, err := w.o.Decide(w.ctx, changed)
		w.code(err, vedette.CodeConflict)
		_, err = w.o.Decide(w.ctx, line(u.Situation.ID, "go", 2))
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.Decide(w.ctx, line(vedette.NewID(t0), "go", 0))
		w.code(err, vedette.CodeNotFound)
		later := line(u.Situation.ID, "go", 1)
		later.At = t0.Add(time.Hour)
		_, err = w.o.Decide(w.ctx, later)
		w.ok(err)
		_, err = w.o.Decide(w.ctx, line(other.Situation.ID, "wait", 0))
		w.ok(err)
		list, err := w.o.Decisions(w.ctx, u.Situation.ID, time.Time{}, 0)
		if w.ok(err); len(list) != 2 || list[0].What != "go" || list[0].No != 2 || list[0].Corrects != 1 || list[1].Why != "roads" || list[0].Altered || list[1].Altered {
			t.Errorf("%+v", list)
		}
		if list, err = w.o.Decisions(w.ctx, u.Situation.ID, t0, 0); err != nil || len(list) != 1 || list[0].What != "stay" {
			t.Errorf("as it was: %+v %v", list, err)
		}
		if seq, err := w.o.Seq(w.ctx); err != nil || seq == 0 {
			t.Error(seq, err)
		}
		org, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		if list, err = w.s.In(org.Key).Decisions(w.ctx, u.Situation.ID, time.Time{}, 0); err != nil || len(list) != 0 {
			t.Errorf("another organisation reads %+v %v", list, err)
		}
		_, err = w.s.In(org.Key).Decide(w.ctx, line(u.Situation.ID, "theirs", 0))
		w.code(err, vedette.CodeNotFound)
		for _, text := range []string{`UPDATE decisions SET what = 'no'`, `DELETE FROM decisions`} {
			if w.sql(text) == nil {
				t.Errorf("%s was done", text)
			}
		}
		w.behind(`UPDATE decisions SET what = 'no' WHERE no = 1`)
		if list, err = w.o.Decisions(w.ctx, u.Situation.ID, time.Time{}, 0); err != nil || list[0].Altered || !list[1].Altered {
			t.Errorf("what was changed behind our back is not seen: %+v %v", list, err)
		}
	})
}
