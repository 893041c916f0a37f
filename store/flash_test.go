package store_test

import (
	"testing"
	"time"

	"vedette"
)

// A template is saved over the one of its key that was seen, and taken back; each is
// logged, and none is overwritten.
func TestTemplatesAreSavedOfWhatWasSeen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first, second := vedette.FlashTemplate{Key: "gas", Name: "Gas", Urgency: vedette.UrgencyImmediate, Risk: vedette.RiskHigh, Do: []vedette.Action{vedette.Evacuate}}, vedette.FlashTemplate{Key: "gas", Name: "Gas leak"}
		w.ok(w.o.SaveFlash(w.ctx, "gas", nil, &first, "Ada", t0))
		w.code(w.o.SaveFlash(w.ctx, "gas", nil, &second, "Ben", t0.Add(time.Hour)), vedette.CodeConflict)
		w.ok(w.o.SaveFlash(w.ctx, "gas", &first, &second, "Ben", t0.Add(time.Hour)))
		list, err := w.o.Flashes(w.ctx)
		w.ok(err)
		if len(list) != 1 || list[0].Name != "Gas leak" || list[0].By != "Ben" || !list[0].At.Equal(t0.Add(time.Hour)) {
			t.Errorf("%+v", list)
		}
		w.code(w.o.SaveFlash(w.ctx, "gas", &first, nil, "Ben", t0), vedette.CodeConflict)
		w.ok(w.o.SaveFlash(w.ctx, "gas", &second, nil, "Ben", t0.Add(2*time.Hour)))
		w.code(w.o.SaveFlash(w.ctx, "gas", nil, nil, "Ben", t0), vedette.CodeNotFound)
		list, err = w.o.Flashes(w.ctx)
		if w.ok(err); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		equal(t, "log", w.log(0), "flash saved\nflash saved\nflash restored")
		if w.sql(`DELETE FROM flash_templates`) == nil {
			t.Error("what a flash would have said was deleted")
		}
	})
}
