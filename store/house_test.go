package store_test

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// A site is saved as somebody edited it, of what they saw: not where another changed
// it since, and under no name that is another's.
func TestASiteIsEditedOfWhatWasSeen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		office, err := w.o.EditSite(w.ctx, nil, vedette.Site{Name: "Basra office", Area: "IQ"}, t0)
		w.ok(err)
		other, err := w.o.EditSite(w.ctx, nil, vedette.Site{Name: "Amman", External: "AMM", Area: "JO"}, t0)
		w.ok(err)
		_, err = w.o.EditSite(w.ctx, nil, vedette.Site{Name: "Amman", Area: "IQ"}, t0)
		w.code(err, vedette.CodeConflict)
		seen, is := office, office
		is.Phone = "+9641"
		_, err = w.o.EditSite(w.ctx, &seen, is, t0.Add(time.Hour))
		w.ok(err)
		is.Area = "IQ-BA"
		_, err = w.o.EditSite(w.ctx, &seen, is, t0.Add(time.Hour))
		w.code(err, vedette.CodeConflict)
		seen.Phone = "+9641"
		is.Name = other.Name
		_, err = w.o.EditSite(w.ctx, &seen, is, t0.Add(time.Hour))
		w.code(err, vedette.CodeInvalid)
		list, err := w.o.Sites(w.ctx)
		w.ok(err)
		if len(list) != 2 || list[1].Area != "IQ" || list[1].Phone != "+9641" {
			t.Errorf("%+v", list)
		}
	})
}

// Settings are saved of what was seen, and it is known who saved which.
func TestSettingsAreEditedOfWhatWasSeen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		seen, err := w.o.Settings(w.ctx)
		w.ok(err)
		is := seen
		is.ArrivalDays = 14
		w.ok(w.o.EditSettings(w.ctx, seen, is, "Ada", t0))
		seq := w.seq()
		later := seen
		later.StaleDays = 90
		w.code(w.o.EditSettings(w.ctx, seen, later, "Ben", t0.Add(time.Hour)), vedette.CodeConflict)
		equal(t, "nothing is logged of what was not saved", w.seq(), seq)
		later.ArrivalDays = 14
		w.ok(w.o.EditSettings(w.ctx, is, later, "Ben", t0.Add(time.Hour)))
		past, err := w.o.SettingsPast(w.ctx)
		w.ok(err)
		if len(past) != 2 || past[0].By != "Ben" || past[0].StaleDays != 90 || past[1].By != "Ada" || past[1].ArrivalDays != 14 || !past[1].At.Equal(t0) {
			t.Errorf("%+v", past)
		}
	})
}

// A trip is changed of what was seen.
func TestATripIsChangedOfWhatWasSeen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		key := w.people(1)[0]
		at := func(area vedette.AreaID) []vedette.Presence {
			return []vedette.Presence{{Area: area, Because: vedette.BecauseTrip, From: t0, To: t0.Add(time.Hour)}}
		}
		list := []store.TripChange{{Person: key, Sealed: []byte("one"), Presences: at("JO")}}
		_, err := w.o.SaveTrips(w.ctx, list, t0)
		w.ok(err)
		trip := list[0].Key
		change := func(was, is string, area vedette.AreaID) error {
			_, err := w.o.SaveTrips(w.ctx, []store.TripChange{{Key: trip, Person: key, Was: []byte(was), Sealed: []byte(is), Presences: at(area)}}, t0.Add(time.Minute))
			return err
		}
		w.ok(change("one", "two", "LB"))
		w.code(change("one", "three", "EG"), vedette.CodeConflict)
		got, err := w.o.SealedTrips(w.ctx, key)
		w.ok(err)
		p, err := w.o.PersonByKey(w.ctx, key)
		w.ok(err)
		equal(t, "sealed", string(got[0].Sealed), "two")
		equal(t, "where", p.Presences[len(p.Presences)-1].Area, "LB")
	})
}
