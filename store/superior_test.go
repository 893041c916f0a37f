package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// superior keeps the manager of somebody.
func (w *world) superior(person int64, who string) store.SealedSuperior {
	w.t.Helper()
	kept, err := w.o.KeepSuperiors(w.ctx, []store.SealedSuperior{{Person: person, Hash: []byte(who), Sealed: []byte("sealed " + who)}}, t0)
	w.ok(err)
	return kept[0]
}

// tripOf tells the manager of somebody of a trip, by the lookout.
func (w *world) tripOf(u *vedette.Update, person int64) store.SealedSuperior {
	w.t.Helper()
	s := w.superior(person, "boss")
	l := w.lookout("lookout", t0)
	_, err := w.o.LookChunk(w.ctx, l, "lookout", tripNotice(u, s.Key), t0, ttl)
	w.ok(err)
	return s
}

func tripNotice(u *vedette.Update, superior int64) store.LookChunk {
	return store.LookChunk{Variants: map[int64][]vedette.Variant{u.Key: {{No: 1}}},
		Notices:    []vedette.Notice{{Update: u.Key, Recipient: superior, Cause: vedette.CauseExposed, Relation: vedette.RelationOut, Variant: 1}},
		Deliveries: []vedette.Delivery{{Update: u.Key, Recipient: superior, Address: vedette.AddressSuperior, Channel: vedette.ChannelEmail, DueAt: t0}},
		Clashes:    map[int64][]store.ClashNote{u.Key: {{Recipient: superior, Sealed: []byte("a trip")}}}}
}

// Whoever is told of somebody's trip is a recipient beside the people: no
// count of people has them, and what they were told stands by itself.
func TestTheManagerIsToldBesideThePeople(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		u := w.publish("Rockets", "", t0)
		w.plan(u, keys)
		s := w.tripOf(u, keys[1])
		equal(t, "the same again", w.superior(keys[1], "boss").Key, s.Key)
		other := w.superior(keys[2], "boss")
		equal(t, "of another person it is another", other.Key != s.Key, true)

		sum := w.tally(u)
		equal(t, "concerned", sum.Concerned, 3)
		equal(t, "deliveries to people", sum.Deliveries[vedette.DeliveryQueued], 3)
		equal(t, "to managers", sum.Superiors[vedette.DeliveryQueued], 1)
		rows, err := w.o.Rows(w.ctx, u.Key, store.RowFilter{})
		w.ok(err)
		equal(t, "rows", len(rows), 3)
		told, err := w.o.ToldBefore(w.ctx, u.ID)
		w.ok(err)
		equal(t, "told before", line(told), line(keys))

		got := w.claim("w", 9, t0)
		equal(t, "claimed", len(got), 4)
		equal(t, "settled", w.settle("w", "accept", got, t0), 4)
		list, err := w.o.SuperiorsOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "one of the update", len(list), 1)
		n := list[0]
		equal(t, "whose", n.Person, keys[1])
		equal(t, "how far", n.State, vedette.DeliveryAccepted)
		equal(t, "what", string(n.ClashNote.Sealed)+", "+string(n.SealedSuperior.Sealed), "a trip, sealed boss")
		of, err := w.o.SuperiorsToldOf(w.ctx, u.Situation.ID, []int64{keys[0], keys[2]})
		w.ok(err)
		equal(t, "of others", len(of), 0)
	})
}

// A trip that is told anew is a round of its own, and of two that wait only the
// newer goes out, as for everybody.
func TestATripToldAnewIsARound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u := w.publish("Rockets", "", t0)
		w.plan(u, nil)
		s := w.tripOf(u, keys[0])
		w.tripOf(u, keys[0])
		list, err := w.o.SuperiorsTold(w.ctx, u.Situation.ID)
		w.ok(err)
		equal(t, "rounds", len(list), 2)
		got := w.claim("w", 9, t0)
		equal(t, "claimed", len(got), 1)
		equal(t, "round", got[0].Round, 2)
		equal(t, "states", w.states(u, s.Key), "1 withheld; 2 queued; ")
		note, err := w.o.SuperiorNote(w.ctx, u.Key, s.Key, 2)
		w.ok(err)
		equal(t, "of whom", note.Person, keys[0])
		_, err = w.o.Stop(w.ctx, u.ID, "wrong", t0)
		w.ok(err)
		_, err = w.o.WithholdMarked(w.ctx, t0.Add(time.Hour), 10)
		w.ok(err)
		equal(t, "stopped", w.tally(u).Superiors[vedette.DeliveryUnknown], 1) // it was leased
	})
}

func TestErasingATravellerErasesWhatTheirManagerWasTold(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(1)
		u := w.publish("Rockets", "", t0)
		w.plan(u, nil)
		w.tripOf(u, keys[0])
		p, err := w.o.PersonByKey(w.ctx, keys[0])
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, p.ID, t0))
		list, err := w.o.SuperiorsOf(w.ctx, u.Key)
		w.ok(err)
		equal(t, "the row stays", len(list), 1)
		equal(t, "what is sealed", len(list[0].Hash)+len(list[0].SealedSuperior.Sealed)+len(list[0].ClashNote.Sealed), 0)
		equal(t, "nobody is kept for them any more", w.superior(keys[0], "boss").Key, int64(0))
	})
}
