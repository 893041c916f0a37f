package store_test

import (
	"slices"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A report of a situation that was signed stays as it is, and a form that is sent twice
// keeps one.
func TestAReportOfASituationIsKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		u := w.publish("first", "", t0)
		k := store.KeptSitrep{ID: vedette.NewID(t0), Situation: u.Situation.ID, At: t0, Body: []byte(`{"by":"Ada"}`), Digest: "signed", Verb: "kept and signed, SHA-256 x", Page: []byte("<article>"), Paper: []byte("%PDF\x00")}
		w.ok(w.o.AddSitrep(w.ctx, k))
		again := k
		again.Body, again.Page = []byte("{}"), []byte("another")
		w.ok(w.o.AddSitrep(w.ctx, again))
		got, err := w.o.Sitrep(w.ctx, k.ID)
		if w.ok(err); string(got.Body) != string(k.Body) || string(got.Page) != "<article>" || string(got.Paper) != "%PDF\x00" || got.Verb != k.Verb || got.Digest != "signed" || !got.At.Equal(t0) || got.Situation != u.Situation.ID {
			t.Errorf("%+v", got)
		}
		later := k
		later.ID, later.At = vedette.NewID(t0), t0.Add(time.Minute)
		w.ok(w.o.AddSitrep(w.ctx, later))
		list, err := w.o.Sitreps(w.ctx, []*vedette.Update{u}, 50)
		if w.ok(err); len(list) != 2 || list[0].ID != later.ID || list[0].Page != nil {
			t.Errorf("%+v", list)
		}
		// Of each situation the newest, and none of a third.
		other := later
		v := w.publish("second", "", t0)
		other.ID, other.Situation = vedette.NewID(t0), v.Situation.ID
		w.ok(w.o.AddSitrep(w.ctx, other))
		list, err = w.o.Sitreps(w.ctx, []*vedette.Update{u, v}, 1)
		if w.ok(err); len(list) != 2 || list[0].ID != other.ID || list[0].Situation != v.Situation.ID || list[1].ID != later.ID {
			t.Errorf("%+v", list)
		}
		list, err = w.o.Sitreps(w.ctx, []*vedette.Update{w.publish("third", "", t0)}, 50)
		if w.ok(err); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		log, err := w.o.Log(w.ctx, 0, 0)
		w.ok(err)
		if !slices.ContainsFunc(log, func(e vedette.LogEntry) bool {
			return e.Kind == vedette.LogSitrep && e.Ref == string(later.ID) && e.Verb == k.Verb
		}) {
			t.Errorf("the record does not have it: %+v", log)
		}
		_, err = w.s.In(2).Sitrep(w.ctx, k.ID)
		w.code(err, vedette.CodeNotFound)
		k.ID, k.Situation = vedette.NewID(t0), vedette.NewID(t0)
		w.code(w.o.AddSitrep(w.ctx, k), vedette.CodeNotFound)
		for _, text := range []string{`DELETE FROM sitreps`, `UPDATE sitreps SET page = 'another'`} {
			if w.sql(text) == nil {
				t.Errorf("%s: it was let", text)
			}
		}
	})
}
