package store_test

import (
	"testing"

	"vedette"
	"vedette/store"
)

func TestAHandoverIsGivenOnceAndNeverChanged(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		one := store.KeptHandover{ID: vedette.NewID(t0), No: 1, At: t0, Body: []byte(`{"to":"Ben"}`), Digest: "signed"}
		seq := w.seq()
		w.ok(w.o.AddHandover(w.ctx, one))
		rival := one
		rival.ID = vedette.NewID(t0)
		w.code(w.o.AddHandover(w.ctx, rival), vedette.CodeConflict)
		w.ok(w.o.TakeHandover(w.ctx, one.ID, "Ben", t0))
		w.code(w.o.TakeHandover(w.ctx, one.ID, "Cleo", t0), vedette.CodeConflict)
		w.code(w.o.TakeHandover(w.ctx, rival.ID, "Cleo", t0), vedette.CodeNotFound)
		equal(t, "log", w.log(seq), "handover given\nhandover taken")
		got, err := w.o.Handover(w.ctx, one.ID)
		w.ok(err)
		equal(t, "what it says", string(got.Body), `{"to":"Ben"}`)
		equal(t, "who took over", got.TakenBy, "Ben")
		for _, text := range []string{`UPDATE handovers SET body = '{}'`, `DELETE FROM handovers_taken`, `UPDATE handovers_taken SET taken_by = 'Eve'`} {
			if w.sql(text) == nil {
				t.Errorf("%s went through", text)
			}
		}
	})
}
