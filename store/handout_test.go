package store_test

import (
	"testing"
	"time"

	"vedette"
)

// A link is of an update that is published, ends once, and is never forgotten.
func TestALinkOfAnUpdate(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish("first", "", t0)
		give := func(of vedette.ID, until time.Time) (vedette.Handout, error) {
			return w.o.GiveHandout(w.ctx, vedette.Handout{ID: vedette.NewID(t0), Update: of, For: "The embassy", By: "Ada", Until: until}, t0)
		}
		h, err := give(u.ID, t0.Add(time.Hour))
		w.ok(err)
		for _, bad := range []vedette.ID{"0190a0b0-0000-7000-8000-000000000001", w.draft("not yet").ID} {
			_, err := give(bad, t0.Add(time.Hour))
			w.code(err, vedette.CodeNotFound)
		}
		for _, until := range []time.Time{t0, t0.Add(vedette.MaxHandoutLife + time.Minute)} {
			_, err := give(u.ID, until)
			w.code(err, vedette.CodeInvalid)
		}
		got, err := w.o.Handout(w.ctx, h.Key)
		if w.ok(err); got != h || !got.Good(t0) || got.Good(t0.Add(time.Hour)) {
			t.Errorf("%+v, given as %+v", got, h)
		}
		for range 2 { // ended twice it ended once
			_, err = w.o.EndHandout(w.ctx, u.ID, h.ID, "Ben", t0.Add(time.Minute))
			w.ok(err)
		}
		list, err := w.o.Handouts(w.ctx, u.ID)
		if w.ok(err); len(list) != 1 || list[0].Good(t0) || list[0].Ender != "Ben" || !list[0].Ended.Equal(t0.Add(time.Minute)) {
			t.Errorf("%+v", list)
		}
		_, err = w.s.In(2).Handout(w.ctx, h.Key)
		w.code(err, vedette.CodeNotFound)
		_, err = w.o.EndHandout(w.ctx, u.ID, "0190a0b0-0000-7000-8000-000000000001", "Ben", t0)
		w.code(err, vedette.CodeNotFound)
		if w.sql(`DELETE FROM handouts`) == nil {
			t.Error("to whom an update was given was deleted")
		}
	})
}
