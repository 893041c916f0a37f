package store_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vedette"
	"vedette/store"
)

// everyone reads everyone with several readers.
func (w *world) everyone() (list []store.SealedPerson, watches []vedette.Watch, seq int64) {
	w.t.Helper()
	seq, err := w.o.Everyone(w.ctx, 3, func(people []*store.SealedPerson) func() error {
		return func() error {
			for _, p := range people {
				list = append(list, *p)
			}
			return nil
		}
	}, func(v vedette.Watch) error { watches = append(watches, v); return nil })
	w.ok(err)
	return list, watches, seq
}

// Everyone reads what looking up each person gives: with gaps between keys,
// another organisation's people among them, and some gone.
func TestEveryoneIsEachOne(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		other, err := w.s.AddOrganisation(w.ctx, "Another", t0)
		w.ok(err)
		theirs := func(n int) {
			_, err := w.s.In(other.Key).SavePeople(w.ctx, []store.PersonChange{person(n)}, t0)
			w.ok(err)
		}
		sites := []vedette.Site{{Name: "Office", Area: "IQ"}, {Name: "Depot", Area: "JO"}}
		changes := make([]store.PersonChange, 4500)
		for i := range changes {
			changes[i] = person(i)
		}
		changes[1].Slots = []store.Slot{{No: vedette.AddressPhone, Channel: vedette.ChannelPhone}, {No: vedette.AddressEmail, Channel: vedette.ChannelEmail}}
		changes[2].Slots = nil
		changes[3].Presences = nil
		changes[4].Presences = []vedette.Presence{{Area: "IQ", Because: vedette.BecauseSite, Site: "Office", PointRef: "desk", Spread: 1.5},
			{Area: "JO", Because: vedette.BecauseSite, Site: "Depot", From: t0, To: t0.Add(time.Hour)}}
		for i := range 30 { // keys far apart, and others' between
			theirs(i)
			_, err := w.o.SavePeopleAndSites(w.ctx, sites, changes[i:i+1], t0)
			w.ok(err)
		}
		_, err = w.o.SavePeople(w.ctx, changes[30:], t0)
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, changes[7].ID, t0))
		_, err = w.o.RetirePeople(w.ctx, []int64{changes[8].Key, changes[4000].Key}, t0)
		w.ok(err)
		_, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: changes[9].Key, Areas: []vedette.AreaID{"LB"}}, t0)
		w.ok(err)

		got, watches, seq := w.everyone()
		equal(t, "people", len(got), len(changes)-3)
		equal(t, "watches", len(watches), 1)
		equal(t, "place in the log", seq, w.seq())
		last := int64(0)
		for _, p := range got {
			if p.Key <= last {
				t.Fatalf("%d comes after %d", p.Key, last)
			}
			if last = p.Key; slices.Contains([]int64{changes[7].Key, changes[8].Key, changes[4000].Key}, p.Key) {
				t.Errorf("%d is gone", p.Key)
			}
		}
		for _, i := range []int{0, 6, len(got) / 2, len(got) - 1} {
			w.sameAsByKey(&got[i])
		}
		for i := range 6 {
			w.sameAsByKey(&got[i])
		}
	})
}

func (w *world) sameAsByKey(p *store.SealedPerson) {
	w.t.Helper()
	one, err := w.o.PersonByKey(w.ctx, p.Key)
	w.ok(err)
	if diff := cmp.Diff(one, *p); diff != "" {
		w.t.Errorf("person %d by key and among everyone:\n%s", p.Key, diff)
	}
}

// While people move together, all are read before a move or all after it, and
// the place in the log is that of what was read.
func TestEveryoneIsOfOneMoment(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(4100)
		changes := make([]store.PersonChange, 4100)
		for i := range changes {
			changes[i] = person(i)
		}
		places, at := []vedette.AreaID{"JO", "LB", "IQ"}, map[int64]vedette.AreaID{w.seq(): "IQ"}
		var mu sync.Mutex
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				where := places[n%len(places)]
				for i := range changes {
					changes[i].Presences = []vedette.Presence{{Area: where, Because: vedette.BecauseHome}}
					changes[i].Replace = []vedette.Because{vedette.BecauseHome}
				}
				_, err := w.o.SavePeople(w.ctx, changes, t0.Add(time.Duration(n+1)*time.Second))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				at[w.seq()] = where // nobody else writes
				mu.Unlock()
			}
		}()
		for range 5 {
			list, _, seq := w.everyone()
			equal(t, "people", len(list), len(changes))
			where := map[vedette.AreaID]int{}
			for _, p := range list {
				where[p.Presences[0].Area]++
			}
			if len(where) != 1 {
				t.Fatalf("read in the middle of a move: %v", where)
			}
			mu.Lock()
			if want := at[seq]; want != "" && want != list[0].Presences[0].Area {
				t.Errorf("at %d in the log they were in %s, read was %s", seq, want, list[0].Presences[0].Area)
			}
			mu.Unlock()
		}
		close(stop)
		<-done
	})
}

// Whoever reads everyone and cannot go on ends it, and is told why.
func TestEveryoneEnds(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(6500)
		none := func(vedette.Watch) error { return nil }
		mine := errors.New("no room for more people")
		_, err := w.o.Everyone(w.ctx, 3, func([]*store.SealedPerson) func() error { return func() error { return mine } }, none)
		if !errors.Is(err, mine) {
			t.Errorf("an error of who takes in: %v", err)
		}
		ctx, cancel := context.WithCancel(w.ctx)
		_, err = w.o.Everyone(ctx, 3, func([]*store.SealedPerson) func() error { cancel(); return func() error { return nil } }, none)
		w.code(err, vedette.CodeUnavailable)
		n := 0
		_, err = w.o.Everyone(w.ctx, 3, func(p []*store.SealedPerson) func() error { return func() error { n += len(p); return nil } }, none)
		w.ok(err)
		equal(t, "people, read after that", n, 6500)
	})
}
