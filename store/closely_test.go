package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// at saves people at a time after t0.
func (w *world) at(after time.Duration, changes ...store.PersonChange) store.PeopleSaved {
	w.t.Helper()
	saved, err := w.o.SavePeople(w.ctx, changes, t0.Add(after))
	w.ok(err)
	return saved
}

// country keeps every place by its country.
func country(p vedette.Presence) vedette.Presence {
	p.Area, p.PointRef = p.Area[:2], ""
	return p
}

func TestWhatIsHeldIsKeptLessClosely(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(2)
		exact := person(0)
		exact.Presences = []vedette.Presence{{Area: "IQ-BA", Because: vedette.BecauseHome, PointRef: "home"}}
		exact.Replace = []vedette.Because{vedette.BecauseHome}
		w.mustSave(exact)
		trip := []store.TripChange{{Person: k[0], External: []byte("PNR"), Sealed: []byte("exact"), Presences: []vedette.Presence{
			said(0, "JO-AM", vedette.BecauseLeg, 10*hour, 20*hour), said(0, "JO-IR", vedette.BecauseLeg, 10*hour, 20*hour), said(0, "JO-AM", vedette.BecauseTrip, 20*hour, 30*hour)}}}
		_, err := w.o.SaveTrips(w.ctx, trip, t0)
		w.ok(err)
		in, err := w.o.AddPresence(w.ctx, said(k[0], "LB-BA", vedette.BecauseCheckin, 0, 8*hour), t0)
		w.ok(err)
		_, err = w.o.EndPresence(w.ctx, k[0], in.Key, t0.Add(hour), "left", t0.Add(hour))
		w.ok(err)
		before := w.now(k[0])

		closer := store.PersonChange{Closely: country, Trips: []store.TripSeal{{Key: trip[0].Key, Was: []byte("exact"), Sealed: []byte("coarse")}}}
		closer.Key = k[0]
		seq := w.seq()
		equal(t, "saved", w.at(2*hour, closer), store.PeopleSaved{Changed: 1})
		equal(t, "of whom", w.changed(seq), "1 1")
		want := "IQ home –; JO leg 10–20; JO trip 20–30; LB check-in 0–1 (left)"
		equal(t, "held from now on", w.now(k[0]), want)
		equal(t, "as recorded before", w.where(k[0], t0.Add(hour)), before)
		trips, err := w.o.SealedTrips(w.ctx, k[0])
		w.ok(err)
		if len(trips) != 1 || string(trips[0].Sealed) != "coarse" || string(trips[0].External) != "PNR" {
			t.Errorf("trips: %+v", trips)
		}
		old, err := w.o.SealedTripsAt(w.ctx, k[0], t0.Add(hour))
		w.ok(err)
		if len(old) != 1 || string(old[0].Sealed) != "exact" {
			t.Errorf("the trip as recorded before: %+v", old)
		}
		list, err := w.o.PresencesOf(w.ctx, k[0], t0.Add(2*hour))
		w.ok(err)
		for _, p := range list {
			if p.Because.Travels() != (p.Trip == trip[0].Key) {
				t.Errorf("of no trip, or of one: %+v", p)
			}
		}
		// Once more it changes nothing, and a trip sealed by then is a conflict.
		closer.Trips = nil
		equal(t, "again", w.at(3*hour, closer), store.PeopleSaved{Unchanged: 1})
		closer.Trips = []store.TripSeal{{Key: trip[0].Key, Was: []byte("exact"), Sealed: []byte("other")}}
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{closer}, t0.Add(3*hour))
		w.code(err, vedette.CodeConflict)
		// The trip of another person is nobody's to seal.
		closer.Key, closer.Trips[0].Was = k[1], []byte("coarse")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{closer}, t0.Add(3*hour))
		w.code(err, vedette.CodeConflict)
		equal(t, "still held", w.now(k[0]), want)
	})
}

// Whoever comes back is held as closely as they are to be kept by then.
func TestWhoComesBackIsKeptLessClosely(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(1)[0]
		_, err := w.o.AddTrips(w.ctx, []vedette.Trip{{Person: k, Stays: []vedette.Stay{{Area: "LB-BA", From: t0.Add(100 * hour), To: t0.Add(200 * hour)}}}}, t0)
		w.ok(err)
		_, err = w.o.RetirePeople(w.ctx, []int64{k}, t0.Add(hour))
		w.ok(err)
		back := person(0)
		back.Closely = country
		w.at(2*hour, back)
		equal(t, "back", w.now(k), "IQ home –; LB trip 100–200")
	})
}

// A check-in and the record that holds its point are kept both or neither.
func TestACheckInAndItsPointAreOne(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(1)[0]
		in := said(k, "JO", vedette.BecauseCheckin, 0, 8*hour)
		in.PointRef = "check-in"
		_, err := w.o.Say(w.ctx, store.Said{Presence: in, Was: []byte("record 0"), Record: []byte("with point")}, t0.Add(hour))
		w.ok(err)
		state := func(what, record, where string) {
			t.Helper()
			p, err := w.o.PersonByKey(w.ctx, k)
			w.ok(err)
			equal(t, what+": record", string(p.Record), record)
			equal(t, what+": key", string(p.WrappedKey), "key 0")
			equal(t, what+": where", places(p.Presences), where)
			equal(t, what+": addresses", len(p.Slots), 1)
		}
		state("checked in", "with point", "IQ home –; JO check-in 0–8")
		// The record was changed meanwhile.
		for _, s := range []store.Said{{Was: []byte("record 0"), Record: []byte("lost")}, {Was: []byte("record 0")}} {
			s.Presence = said(k, "LB", vedette.BecauseCheckin, hour, 8*hour)
			_, err = w.o.Say(w.ctx, s, t0.Add(2*hour))
			w.code(err, vedette.CodeConflict)
			state("by an old record", "with point", "IQ home –; JO check-in 0–8")
		}
		// What cannot be kept takes its record with it.
		bad := store.Said{Presence: said(k, "LB", vedette.BecauseCheckin, hour, 8*hour), Was: []byte("with point"), Record: []byte("lost")}
		bad.Site = "Nowhere"
		_, err = w.o.Say(w.ctx, bad, t0.Add(2*hour))
		w.code(err, vedette.CodeInvalid)
		state("a lost site", "with point", "IQ home –; JO check-in 0–8")
		// An import made of the record before does not take the point away.
		c := person(0)
		c.Was, c.Record = []byte("record 0"), []byte("imported")
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{c}, t0.Add(2*hour))
		w.code(err, vedette.CodeConflict)
		state("an import meanwhile", "with point", "IQ home –; JO check-in 0–8")
	})
}
