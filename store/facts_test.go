package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

const hour, day = time.Hour, 24 * time.Hour

// changed lists who changed after a place in the log, as "seq person" pairs
// counted from that place.
func (w *world) changed(after int64) string {
	w.t.Helper()
	list, err := w.o.ChangedPeople(w.ctx, after, 0, 0)
	w.ok(err)
	var out []string
	for _, c := range list {
		out = append(out, fmt.Sprint(c.Seq-after, " ", c.Person))
	}
	return strings.Join(out, ", ")
}

// where lists where someone is held to be: "area because from–to (ended)",
// hours from t0, by what was recorded at a time.
func (w *world) where(person int64, recordedAt time.Time) string {
	w.t.Helper()
	list, err := w.o.PresencesOf(w.ctx, person, recordedAt)
	w.ok(err)
	return places(list)
}

// now is where by what a roster reads.
func (w *world) now(person int64) string {
	w.t.Helper()
	p, err := w.o.PersonByKey(w.ctx, person)
	w.ok(err)
	return places(p.Presences)
}

func places(list []vedette.Presence) string {
	hours := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return fmt.Sprint(at.Sub(t0).Hours())
	}
	var out []string
	for _, p := range list {
		s := fmt.Sprintf("%s %s %s–%s", p.Area, p.Because, hours(p.From), hours(p.To))
		if p.Ended != "" {
			s += " (" + p.Ended + ")"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func said(person int64, area vedette.AreaID, b vedette.Because, from, to time.Duration) vedette.Presence {
	p := vedette.Presence{Person: person, Area: area, Because: b, From: t0.Add(from)}
	if to != 0 {
		p.To = t0.Add(to)
	}
	return p
}

func TestEveryChangeSaysOfWhom(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		sites, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ"}}, t0)
		w.ok(err)
		k := w.people(3)
		based := store.PersonChange{SealedPerson: store.SealedPerson{Key: k[2], Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseSite, Site: "Basra"}}}}
		w.mustSave(based)
		in := func(n ...int) string {
			var out []string
			for _, i := range n {
				out = append(out, fmt.Sprint("1 ", k[i]))
			}
			return strings.Join(out, ", ")
		}
		var p vedette.Presence
		var watch vedette.Watch
		for _, step := range []struct {
			what string
			do   func() error
			want string
		}{
			{"an import that changes two of three", func() error {
				a, b, same := person(0), person(1), person(2)
				a.Record, b.Record, same.Record = []byte("new"), []byte("new"), nil
				same.Presences = nil
				_, err := w.o.SavePeople(w.ctx, []store.PersonChange{b, a, same}, t0)
				return err
			}, in(0, 1)},
			{"a check-in", func() (err error) {
				p, err = w.o.AddPresence(w.ctx, said(k[1], "JO", vedette.BecauseCheckin, 0, 8*hour), t0)
				return err
			}, in(1)},
			{"an answer that ends it", func() error {
				_, err := w.o.EndPresence(w.ctx, k[1], p.Key, t0.Add(hour), "answered: not there", t0)
				return err
			}, in(1)},
			{"trips of two", func() error {
				_, err := w.o.AddTrips(w.ctx, []vedette.Trip{{Person: k[2], Stays: []vedette.Stay{{Area: "LB", From: t0}}}, {Person: k[0], Stays: []vedette.Stay{{Area: "LB", From: t0}}}}, t0)
				return err
			}, in(0, 2)},
			{"a watch", func() (err error) {
				watch, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: k[0], Areas: []vedette.AreaID{"LB"}}, t0)
				return err
			}, in(0)},
			{"the watch again, the same", func() error { _, err := w.o.SaveWatch(w.ctx, watch, t0); return err }, ""},
			{"the watch removed", func() error { return w.o.RemoveWatch(w.ctx, watch.ID, t0) }, in(0)},
			{"a site that moves", func() error {
				_, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ-BA"}}, t0)
				return err
			}, in(2)},
			{"a site's telephone", func() error {
				_, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ-BA", Phone: "+964 1"}}, t0)
				return err
			}, ""},
			{"someone leaves", func() error { _, err := w.o.RetirePeople(w.ctx, []int64{k[1]}, t0); return err }, in(1)},
			{"someone is erased", func() error {
				p, err := w.o.PersonByKey(w.ctx, k[0])
				w.ok(err)
				return w.o.ErasePerson(w.ctx, p.ID, t0)
			}, in(0)},
		} {
			seq := w.seq()
			w.ok(step.do())
			if got := w.changed(seq); got != step.want {
				t.Errorf("%s: changed %q, want %q", step.what, got, step.want)
			}
			people, err := w.o.PeopleSeq(w.ctx)
			w.ok(err)
			if step.want != "" && people != w.seq() {
				t.Errorf("%s: the last row about people is %d of %d", step.what, people, w.seq())
			}
		}
		w.code(w.o.RemoveSites(w.ctx, []vedette.ID{sites[0].ID}, t0), vedette.CodeConflict)
	})
}

func (w *world) mustSave(changes ...store.PersonChange) store.PeopleSaved {
	w.t.Helper()
	saved, err := w.o.SavePeople(w.ctx, changes, t0)
	w.ok(err)
	return saved
}

func TestFollowersPageThroughChanges(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(5)
		w.at(hour, person(7))
		var all []store.Changed
		for at := (store.Changed{}); ; {
			page, err := w.o.ChangedPeople(w.ctx, at.Seq, at.Person, 2)
			w.ok(err)
			if len(page) == 0 {
				break
			}
			all, at = append(all, page...), page[len(page)-1]
		}
		equal(t, "changes", len(all), 6)
		if !slices.IsSortedFunc(all, func(a, b store.Changed) int { return int(1000*(a.Seq-b.Seq) + a.Person - b.Person) }) {
			t.Errorf("out of order: %v", all)
		}
		// What nobody follows any more may go, but not unnoticed.
		trim := func(older time.Duration, limit int, want bool) {
			t.Helper()
			more, err := w.o.TrimChanged(w.ctx, t0.Add(older), limit)
			w.ok(err)
			equal(t, "more to forget", more, want)
		}
		trim(0, 100, false) // not old enough
		list, err := w.o.ChangedPeople(w.ctx, 0, 0, 0)
		w.ok(err)
		equal(t, "kept while it is young", len(list), 6)
		trim(time.Minute, 2, true)
		_, err = w.o.ChangedPeople(w.ctx, 0, 0, 0)
		w.code(err, vedette.CodeExpired)           // though some of it is there yet
		_, err = w.o.ChangedPeople(w.ctx, 1, 3, 0) // in the middle of a row that goes
		w.code(err, vedette.CodeExpired)
		trim(time.Minute, 2, true)
		trim(time.Minute, 2, false)
		// Whoever was done with that row goes on: somebody who comes after the
		// lookout's first look, in a place without people, must not be missed.
		list, err = w.o.ChangedPeople(w.ctx, 1, 1<<63-1, 0)
		w.ok(err)
		equal(t, "kept after the last person", len(list), 1)
		list, err = w.o.ChangedPeople(w.ctx, 1, 0, 0)
		w.ok(err)
		equal(t, "kept", len(list), 1)
		trim(2*hour, 100, false)
		list, err = w.o.ChangedPeople(w.ctx, 2, 0, 0)
		w.ok(err)
		equal(t, "after all is forgotten", len(list), 0)
		other, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		list, err = w.s.In(other.Key).ChangedPeople(w.ctx, 0, 0, 0)
		w.ok(err)
		equal(t, "of another organisation", len(list), 0)
	})
}

func TestWhoseWordBeginsOrEnds(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(5)
		later := store.PersonChange{SealedPerson: store.SealedPerson{Key: k[0], Presences: []vedette.Presence{{Area: "IQ", Because: vedette.BecauseHome, From: t0.Add(3 * hour)}}}}
		gone := later
		gone.Key = k[4]
		w.mustSave(later, gone)
		_, err := w.o.AddPresence(w.ctx, said(k[1], "JO", vedette.BecauseCheckin, 0, 3*hour), t0)
		w.ok(err)
		_, err = w.o.AddTrips(w.ctx, []vedette.Trip{{Person: k[2], Stays: []vedette.Stay{{Area: "LB", From: t0.Add(3 * hour), To: t0.Add(4 * hour)}}}}, t0)
		w.ok(err)
		_, err = w.o.RetirePeople(w.ctx, []int64{k[4]}, t0)
		w.ok(err)
		for _, c := range []struct {
			from, to time.Duration
			want     string
		}{{hour, 2 * hour, "[]"}, {2 * hour, 3 * hour, fmt.Sprint(k[:2])}, {3 * hour, 5 * hour, "[]"}} {
			got, err := w.o.Turning(w.ctx, t0.Add(c.from), t0.Add(c.to))
			w.ok(err)
			equal(t, fmt.Sprintf("from %s to %s", c.from, c.to), fmt.Sprint(got), c.want)
		}
	})
}

// What the lookout has yet to look at is not forgotten, however old it is.
func TestTheLookoutLosesNobodyToTheTrim(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.people(3)
		l := w.lookout("a", t0)
		for i := range 3 {
			w.at(hour, person(10+i))
		}
		_, err := w.o.TrimChanged(w.ctx, t0.Add(day), 100)
		w.ok(err)
		list, err := w.o.ChangedPeople(w.ctx, l.Seq, 2, 0) // in the midst of the row it is at
		w.ok(err)
		equal(t, "yet to be looked at", len(list), 4)
		_, err = w.o.LookChunk(w.ctx, l, "a", store.LookChunk{Seq: w.seq(), AheadUntil: t0}, t0, ttl)
		w.ok(err)
		_, err = w.o.TrimChanged(w.ctx, t0.Add(day), 100)
		w.ok(err)
		_, err = w.o.ChangedPeople(w.ctx, 1, 0, 0)
		w.code(err, vedette.CodeExpired)
	})
}

func TestWhatPeopleSayAddsAndOnlyANewerCheckinReplaces(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(1)[0]
		add := func(p vedette.Presence, at time.Duration) {
			t.Helper()
			_, err := w.o.AddPresence(w.ctx, p, t0.Add(at))
			w.ok(err)
		}
		add(said(k, "JO", vedette.BecauseCheckin, 1*hour, 9*hour), 1*hour)
		add(said(k, "LB", vedette.BecauseAnswer, 2*hour, 0), 2*hour)
		add(said(k, "SY", vedette.BecauseDesk, 3*hour, 0), 3*hour)
		equal(t, "all of it", w.now(k), "IQ home –; JO check-in 1–9; LB answer 2–; SY desk 3–")
		add(said(k, "EG", vedette.BecauseCheckin, 4*hour, 12*hour), 4*hour)
		equal(t, "after a newer check-in", w.now(k), "EG check-in 4–12; IQ home –; LB answer 2–; SY desk 3–")
		equal(t, "as recorded before it", w.where(k, t0.Add(3*hour)), "IQ home –; JO check-in 1–9; LB answer 2–; SY desk 3–")
		add(said(k, "TR", vedette.BecauseCheckin, 3*hour, 11*hour), 5*hour)
		equal(t, "after one that came late", w.now(k), "EG check-in 4–12; IQ home –; LB answer 2–; SY desk 3–; TR check-in 3–4")

		p := said(k, "JO", vedette.BecauseDesk, 6*hour, 0)
		p.Spread, p.PointRef = 2.5, "desk-1"
		got, err := w.o.AddPresence(w.ctx, p, t0.Add(6*hour))
		w.ok(err)
		list, err := w.o.PresencesOf(w.ctx, k, t0.Add(6*hour))
		w.ok(err)
		last := list[len(list)-1]
		if last.Key != got.Key || last.Spread != 2.5 || last.PointRef != "desk-1" || !last.Recorded.Equal(t0.Add(6*hour)) {
			t.Errorf("as it came back: %+v; as it is kept: %+v", got, last)
		}

		for what, bad := range map[string]vedette.Presence{
			"a home":      said(k, "JO", vedette.BecauseHome, 0, 0),
			"a stay":      said(k, "JO", vedette.BecauseTrip, 0, 0),
			"nowhere":     said(k, "", vedette.BecauseDesk, 0, 0),
			"backwards":   said(k, "JO", vedette.BecauseDesk, 2*hour, hour),
			"a lost site": {Person: k, Area: "JO", Because: vedette.BecauseDesk, Site: "Nowhere"},
		} {
			if _, err := w.o.AddPresence(w.ctx, bad, t0); vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = w.o.AddPresence(w.ctx, said(99, "JO", vedette.BecauseDesk, 0, 0), t0)
		w.code(err, vedette.CodeNotFound)
	})
}

func TestAPresenceEndsBeforeItsTime(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(1)[0]
		trip := []store.TripChange{{Person: k, External: []byte("PNR"), Presences: []vedette.Presence{
			said(0, "JO", vedette.BecauseTrip, 10*hour, 20*hour), said(0, "LB", vedette.BecauseTrip, 20*hour, 30*hour)}}}
		_, err := w.o.SaveTrips(w.ctx, trip, t0)
		w.ok(err)
		list, err := w.o.PresencesOf(w.ctx, k, t0)
		w.ok(err)
		home, jo, lb := list[0].Key, list[1].Key, list[2].Key

		got, err := w.o.EndPresence(w.ctx, k, jo, t0.Add(15*hour), "left early", t0.Add(15*hour))
		w.ok(err)
		equal(t, "still of its trip", got.Trip, trip[0].Key)
		equal(t, "after it", w.now(k), "IQ home –; JO trip 10–15 (left early); LB trip 20–30")
		equal(t, "as recorded before", w.where(k, t0.Add(14*hour)), "IQ home –; JO trip 10–20; LB trip 20–30")
		// One still ahead holds at no time: neither roster nor "why" sees it.
		_, err = w.o.EndPresence(w.ctx, k, lb, t0.Add(15*hour), "does not go", t0.Add(15*hour))
		w.ok(err)
		equal(t, "one still ahead", w.now(k), "IQ home –; JO trip 10–15 (left early)")
		equal(t, "by what was recorded then", w.where(k, t0.Add(15*hour)), "IQ home –; JO trip 10–15 (left early)")
		equal(t, "and before", w.where(k, t0.Add(14*hour)), "IQ home –; JO trip 10–20; LB trip 20–30")

		_, err = w.o.EndPresence(w.ctx, k, jo, t0.Add(16*hour), "again", t0)
		w.code(err, vedette.CodeConflict) // the row was replaced
		_, err = w.o.EndPresence(w.ctx, k, got.Key, t0.Add(16*hour), "again", t0)
		w.code(err, vedette.CodeConflict) // it was over by then
		_, err = w.o.EndPresence(w.ctx, k, home, t0, "", t0)
		w.code(err, vedette.CodeInvalid)
		_, err = w.o.EndPresence(w.ctx, k, 9999, t0, "why", t0)
		w.code(err, vedette.CodeNotFound)

		// The booking system says the same trip again: what was ended stays so.
		saved, err := w.o.SaveTrips(w.ctx, trip, t0.Add(16*hour))
		w.ok(err)
		equal(t, "the same again", saved, store.TripsSaved{Unchanged: 1})
		equal(t, "still ended", w.now(k), "IQ home –; JO trip 10–15 (left early)")
		// The personnel file does, too.
		_, err = w.o.EndPresence(w.ctx, k, home, t0.Add(16*hour), "moved out", t0.Add(16*hour))
		w.ok(err)
		same := person(0)
		same.Replace = []vedette.Because{vedette.BecauseHome, vedette.BecauseSite}
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{same}, t0.Add(17*hour))
		w.ok(err)
		equal(t, "home still ended", w.now(k), "IQ home –16 (moved out); JO trip 10–15 (left early)")
		// Another word of the trip is news.
		trip[0].Presences[1].To = t0.Add(40 * hour)
		saved, err = w.o.SaveTrips(w.ctx, trip, t0.Add(17*hour))
		w.ok(err)
		equal(t, "changed", saved, store.TripsSaved{Changed: 1})
		equal(t, "the new stay holds", w.now(k), "IQ home –16 (moved out); JO trip 10–15 (left early); LB trip 20–40")
	})
}

func TestTripsAreKnownAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(2)
		stays := []vedette.Presence{said(0, "iata:AMM", vedette.BecauseLeg, 7*hour, 10*hour), said(0, "JO", vedette.BecauseTrip, 10*hour, 20*hour)}
		change := func(person int64, external, sealed string) store.TripChange {
			return store.TripChange{Person: person, External: []byte(external), Sealed: []byte(sealed), Presences: stays}
		}
		first := []store.TripChange{change(k[0], "PNR1", "flight 1"), change(k[1], "PNR1", "flight 1"), change(k[1], "PNR2", "flight 2")}
		saved, err := w.o.SaveTrips(w.ctx, first, t0)
		w.ok(err)
		equal(t, "saved", saved, store.TripsSaved{Added: 3})

		again := []store.TripChange{change(k[0], "PNR1", "flight 1 again"), change(k[1], "PNR1", "flight 1"), {Person: k[1], External: []byte("PNR2"), Cancelled: true}}
		again[1].Sealed = nil
		saved, err = w.o.SaveTrips(w.ctx, again, t0.Add(hour))
		w.ok(err)
		equal(t, "saved again", saved, store.TripsSaved{Changed: 1, Unchanged: 1, Cancelled: 1})
		for i := range again {
			equal(t, "the same trip", again[i].ID, first[i].ID)
		}
		trip, err := w.o.Trip(w.ctx, first[2].ID)
		w.ok(err)
		if !trip.Cancelled || string(trip.Sealed) != "flight 2" || string(trip.External) != "PNR2" {
			t.Errorf("a cancelled trip keeps its record: %+v", trip)
		}
		equal(t, "where they are not", w.now(k[1]), "IQ home –; JO trip 10–20; iata:AMM leg 7–10")
		before, err := w.o.SealedTripsAt(w.ctx, k[0], t0)
		w.ok(err)
		equal(t, "as recorded before", string(before[0].Sealed), "flight 1")
		all, err := w.o.SealedTrips(w.ctx, k...)
		w.ok(err)
		equal(t, "trips", len(all), 3)
		equal(t, "as recorded now", string(all[0].Sealed), "flight 1 again")

		// By key, and called otherwise.
		moved := change(k[0], "PNR9", "flight 9")
		moved.Key, moved.Presences = first[0].Key, stays[1:]
		saved, err = w.o.SaveTrips(w.ctx, []store.TripChange{moved}, t0.Add(2*hour))
		w.ok(err)
		equal(t, "by key", saved, store.TripsSaved{Changed: 1})
		equal(t, "one stay less", w.now(k[0]), "IQ home –; JO trip 10–20")
		// A cancelled one that is on again.
		saved, err = w.o.SaveTrips(w.ctx, []store.TripChange{change(k[1], "PNR2", "flight 2")}, t0.Add(2*hour))
		w.ok(err)
		equal(t, "on again", saved, store.TripsSaved{Changed: 1})

		seq := w.seq()
		home := store.TripChange{Person: k[0], Presences: []vedette.Presence{said(0, "JO", vedette.BecauseHome, 0, 0)}}
		_, err = w.o.SaveTrips(w.ctx, []store.TripChange{home}, t0)
		w.code(err, vedette.CodeInvalid)
		twice := change(k[0], "PNR7", "x")
		_, err = w.o.SaveTrips(w.ctx, []store.TripChange{twice, twice}, t0)
		w.code(err, vedette.CodeInvalid)
		foreign := change(k[0], "", "x")
		foreign.Key = first[1].Key
		_, err = w.o.SaveTrips(w.ctx, []store.TripChange{foreign}, t0)
		w.code(err, vedette.CodeNotFound)
		raced := change(k[0], "PNR9", "sealed for another id")
		raced.ID = vedette.NewID(t0)
		_, err = w.o.SaveTrips(w.ctx, []store.TripChange{raced}, t0)
		w.code(err, vedette.CodeConflict)
		equal(t, "nothing of it is kept", w.seq(), seq)
	})
}

func TestAnErasedTravellerLeavesNoTrace(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(1)[0]
		_, err := w.o.SaveTrips(w.ctx, []store.TripChange{{Person: k, External: []byte("PNR1"), Sealed: []byte("hotel"),
			Presences: []vedette.Presence{said(0, "JO", vedette.BecauseTrip, 0, 9*hour)}}}, t0)
		w.ok(err)
		p, err := w.o.AddPresence(w.ctx, said(k, "LB", vedette.BecauseAnswer, 0, 0), t0)
		w.ok(err)
		_, err = w.o.EndPresence(w.ctx, k, p.Key, t0.Add(hour), "went to my sister's", t0)
		w.ok(err)
		_, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: k, Areas: []vedette.AreaID{"LB"}}, t0)
		w.ok(err)
		sp, err := w.o.PersonByKey(w.ctx, k)
		w.ok(err)
		w.ok(w.o.ErasePerson(w.ctx, sp.ID, t0.Add(2*hour)))
		trips, err := w.o.SealedTripsAt(w.ctx, k, t0.Add(hour))
		w.ok(err)
		if len(trips) != 1 || trips[0].Sealed != nil || trips[0].External != nil {
			t.Errorf("left of their trip: %+v", trips)
		}
		trips, err = w.o.SealedTrips(w.ctx, k)
		w.ok(err)
		equal(t, "live trips", len(trips), 0)
		equal(t, "where they were, without words", w.where(k, t0.Add(hour)), "IQ home –; JO trip 0–9; LB answer 0–1")
		watches, err := w.o.WatchesOf(w.ctx, k, t0)
		w.ok(err)
		equal(t, "watches", len(watches), 0)
	})
}

func TestWhoLeftAndCameBack(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(3)
		_, err := w.o.SaveTrips(w.ctx, []store.TripChange{{Person: k[1], External: []byte("PNR1"), Sealed: []byte("hotel"), Presences: []vedette.Presence{
			said(0, "JO", vedette.BecauseTrip, -9*hour, -1*hour), said(0, "LB", vedette.BecauseTrip, 100*hour, 200*hour)}}}, t0)
		w.ok(err)
		watch, err := w.o.SaveWatch(w.ctx, vedette.Watch{Person: k[1], Areas: []vedette.AreaID{"LB"}}, t0)
		w.ok(err)
		left, err := w.o.RetirePeople(w.ctx, []int64{k[1], k[2]}, t0.Add(hour))
		w.ok(err)
		equal(t, "left", left, 2)
		left, err = w.o.RetirePeople(w.ctx, []int64{k[1]}, t0.Add(hour))
		w.ok(err)
		equal(t, "left again", left, 0)
		_, err = w.o.RetirePeople(w.ctx, []int64{99}, t0)
		w.code(err, vedette.CodeNotFound)

		who := func(fn func(func(*store.SealedPerson) error) error) (out []int64) {
			w.ok(fn(func(p *store.SealedPerson) error { out = append(out, p.Key); return nil }))
			return out
		}
		people := func(fn func(*store.SealedPerson) error) error { return w.o.People(w.ctx, fn) }
		retired := func(fn func(*store.SealedPerson) error) error { return w.o.Retired(w.ctx, fn) }
		if got := who(people); !slices.Equal(got, k[:1]) {
			t.Errorf("people: %v", got)
		}
		if got := who(retired); !slices.Equal(got, k[1:]) {
			t.Errorf("retired: %v", got)
		}
		keys, err := w.o.ExternalKeys(w.ctx)
		w.ok(err)
		if len(keys) != 1 || keys[0].Key != k[0] || string(keys[0].External) != "hash 0" {
			t.Errorf("external keys: %v", keys)
		}
		p, err := w.o.PersonByKey(w.ctx, k[1])
		w.ok(err)
		if !p.Retired || string(p.Record) != "record 1" || len(p.Presences) != 0 {
			t.Errorf("kept of someone who left: %+v", p)
		}
		n := 0
		w.ok(w.o.Watches(w.ctx, func(vedette.Watch) error { n++; return nil }))
		equal(t, "watches of who left", n, 0)
		_, err = w.o.AddPresence(w.ctx, said(k[1], "JO", vedette.BecauseDesk, 0, 0), t0)
		w.code(err, vedette.CodeConflict)

		// The next file has them again, in Jordan.
		back := person(1)
		back.Record = nil
		back.Presences = []vedette.Presence{{Area: "JO", Because: vedette.BecauseHome}}
		back.Replace = []vedette.Because{vedette.BecauseHome, vedette.BecauseSite}
		saved, err := w.o.SavePeople(w.ctx, []store.PersonChange{back}, t0.Add(2*hour))
		w.ok(err)
		equal(t, "saved", saved, store.PeopleSaved{Changed: 1})
		equal(t, "with the trip still ahead", w.now(k[1]), "JO home –; LB trip 100–200")
		equal(t, "while they were gone", w.where(k[1], t0.Add(90*time.Minute)), "")
		if got := who(people); !slices.Equal(got, k[:2]) {
			t.Errorf("people: %v", got)
		}
		w.ok(w.o.Watches(w.ctx, func(got vedette.Watch) error { n++; equal(t, "watch", got.ID, watch.ID); return nil }))
		equal(t, "watches of who is back", n, 1)
		// Saved as they were: back, with nothing new.
		saved, err = w.o.SavePeople(w.ctx, []store.PersonChange{{SealedPerson: store.SealedPerson{External: []byte("hash 2"), Presences: person(2).Presences}}}, t0.Add(2*hour))
		w.ok(err)
		equal(t, "saved", saved, store.PeopleSaved{Changed: 1})
		equal(t, "where they were", w.now(k[2]), "IQ home –")
	})
}

func TestSomeoneIsCalledOtherwise(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(4)
		number := func(n int, external, old string) store.PersonChange {
			c := person(n)
			c.Record, c.WrappedKey, c.External, c.OldExternal = nil, nil, []byte(external), []byte(old)
			return c
		}
		// A file that now has personnel numbers.
		saved := w.mustSave(number(0, "no 1", "hash 0"))
		equal(t, "saved", saved, store.PeopleSaved{Changed: 1})
		saved = w.mustSave(number(0, "no 1", "hash 0"))
		equal(t, "the next day", saved, store.PeopleSaved{Unchanged: 1})
		p, err := w.o.PersonByExternal(w.ctx, []byte("no 1"))
		w.ok(err)
		equal(t, "key", p.Key, k[0])
		_, err = w.o.PersonByExternal(w.ctx, []byte("hash 0"))
		w.code(err, vedette.CodeNotFound)

		// Two share an address: only one of them was known by it.
		two := number(8, "no 3", "hash 1")
		two.Record, two.WrappedKey = []byte("record"), []byte("key")
		saved = w.mustSave(number(1, "no 2", "hash 1"), two)
		equal(t, "shared", saved, store.PeopleSaved{Added: 1, Changed: 1})

		// By key, and two that swap.
		a, b := number(2, "hash 3", ""), number(3, "hash 2", "")
		a.Key, b.Key = k[2], k[3]
		w.mustSave(a, b)
		p, err = w.o.PersonByExternal(w.ctx, []byte("hash 3"))
		w.ok(err)
		equal(t, "swapped", p.Key, k[2])
		taken := number(0, "hash 2", "")
		taken.Key = k[0]
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{taken}, t0)
		w.code(err, vedette.CodeConflict)
	})
}

func TestASiteTakesItsPeopleWithIt(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		sites, err := w.o.SaveSites(w.ctx, []vedette.Site{{External: "S1", Name: "Basra office", Area: "IQ", Phone: "+964 40"}, {Name: "Amman", Area: "JO"}}, t0)
		w.ok(err)
		at := func(n int, site string, area vedette.AreaID) store.PersonChange {
			c := person(n)
			c.Presences = []vedette.Presence{{Area: area, Because: vedette.BecauseSite, Site: site, PointRef: "home"}}
			return c
		}
		changes := []store.PersonChange{at(0, "Basra office", "IQ"), at(1, "Basra office", "IQ"), at(2, "Amman", "JO")}
		w.mustSave(changes...)
		_, err = w.o.SavePeople(w.ctx, changes, t0)
		w.ok(err)
		basra := changes[0].Key
		seq := w.seq()
		seen, err := w.o.SaveSites(w.ctx, []vedette.Site{{External: "S1", Name: "Basra bureau", Area: "IQ", Phone: "+964 40"}}, t0)
		w.ok(err)
		equal(t, "the same site", seen[0].ID, sites[0].ID)
		equal(t, "who sees its name", w.changed(seq), fmt.Sprintf("1 %d, 1 %d", basra, changes[1].Key))
		equal(t, "it moved nobody", w.now(basra), "IQ site –")
		_, err = w.o.SaveSites(w.ctx, []vedette.Site{{External: "S1", Name: "Basra office", Area: "IQ", Phone: "+964 40"}}, t0.Add(time.Second))
		w.ok(err)
		seq = w.seq()
		// The office moves to Erbil, and is called after it.
		_, err = w.o.SaveSites(w.ctx, []vedette.Site{{External: "S1", Name: "Erbil office", Area: "IQ-AR", Phone: "+964 66"}}, t0.Add(hour))
		w.ok(err)
		equal(t, "who moved", w.changed(seq), fmt.Sprintf("1 %d, 1 %d", basra, changes[1].Key))
		list, err := w.o.PresencesOf(w.ctx, basra, t0.Add(hour))
		w.ok(err)
		if len(list) != 1 || list[0].Area != "IQ-AR" || list[0].Site != "Erbil office" || list[0].PointRef != "" {
			t.Errorf("after the move: %+v", list)
		}
		list, err = w.o.PresencesOf(w.ctx, basra, t0.Add(time.Minute))
		w.ok(err)
		if len(list) != 1 || list[0].Area != "IQ" || list[0].Site != "Basra office" || list[0].PointRef != "home" {
			t.Errorf("as recorded before: %+v", list)
		}
		before, err := w.o.SitesAt(w.ctx, t0.Add(time.Minute))
		w.ok(err)
		now, err := w.o.Sites(w.ctx)
		w.ok(err)
		if len(now) != 2 || len(before) != 2 || before[1].Name != "Basra office" || before[1].Phone != "+964 40" || now[1].Name != "Erbil office" || now[1].ID != sites[0].ID {
			t.Errorf("sites before %+v, now %+v", before, now)
		}
		// A file that was read before the move puts nobody at the old place.
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{at(5, "Amman", "IQ")}, t0)
		w.code(err, vedette.CodeConflict)

		err = w.o.RemoveSites(w.ctx, []vedette.ID{sites[1].ID, sites[0].ID}, t0.Add(2*hour))
		w.code(err, vedette.CodeConflict)
		if !strings.Contains(err.Error(), `1 person is based at "Amman"`) {
			t.Error(err)
		}
		err = w.o.RemoveSites(w.ctx, []vedette.ID{sites[0].ID}, t0.Add(2*hour))
		if !strings.Contains(err.Error(), `2 people are based at "Erbil office"`) {
			t.Error(err)
		}
		_, err = w.o.RetirePeople(w.ctx, []int64{changes[2].Key}, t0.Add(2*hour))
		w.ok(err)
		w.ok(w.o.RemoveSites(w.ctx, []vedette.ID{sites[1].ID}, t0.Add(2*hour)))
		w.code(w.o.RemoveSites(w.ctx, []vedette.ID{sites[1].ID}, t0.Add(2*hour)), vedette.CodeNotFound)
		now, err = w.o.Sites(w.ctx)
		w.ok(err)
		equal(t, "sites left", len(now), 1)
	})
}

func TestSitesAreFoundByCodeElseByName(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		a, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ"}}, t0)
		w.ok(err)
		b, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", External: "S1", Area: "IQ"}}, t0) // now with a code
		w.ok(err)
		equal(t, "same by name", b[0].ID, a[0].ID)
		c, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra", Area: "IQ"}}, t0) // and without it again
		w.ok(err)
		equal(t, "same", c[0].ID, a[0].ID)
		equal(t, "code kept", c[0].External, "S1")
		seq := w.seq()
		_, err = w.o.SaveSites(w.ctx, c, t0)
		w.ok(err)
		equal(t, "nothing new, no log row", w.seq(), seq)
		for what, list := range map[string][]vedette.Site{
			"another code, the same name": {{Name: "Basra", External: "S2", Area: "IQ"}},
			"no name":                     {{External: "S3", Area: "IQ"}},
			"no place":                    {{Name: "Mosul"}},
		} {
			if _, err := w.o.SaveSites(w.ctx, list, t0); vedette.ErrorCode(err) != vedette.CodeInvalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err = w.o.SaveSites(w.ctx, []vedette.Site{{Key: 999, Name: "Mosul", Area: "IQ"}}, t0)
		w.code(err, vedette.CodeNotFound)
	})
}

func TestWatches(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(2)
		watch, err := w.o.SaveWatch(w.ctx, vedette.Watch{Person: k[1], Areas: []vedette.AreaID{"LB", "SY"}, Risk: vedette.RiskHigh, Urgency: vedette.UrgencyImmediate,
			Source: vedette.SourceCredible, Shape: &vedette.Shape{Circle: &vedette.Circle{Center: vedette.Point{Lat: 33, Lon: 35}, KM: 40}}, Categories: vedette.Categories[:1]}, t0)
		w.ok(err)
		list, err := w.o.WatchesOf(w.ctx, k[1], t0)
		w.ok(err)
		if len(list) != 1 || fmt.Sprintf("%+v %+v", list[0], list[0].Shape.Circle) != fmt.Sprintf("%+v %+v", withShape(watch, list[0].Shape), watch.Shape.Circle) {
			t.Errorf("kept %+v, want %+v", list, watch)
		}
		changed := watch
		changed.Areas = []vedette.AreaID{"JO"}
		again, err := w.o.SaveWatch(w.ctx, changed, t0.Add(hour))
		w.ok(err)
		equal(t, "the same watch", again.ID, watch.ID)
		_, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: k[0]}, t0.Add(hour))
		w.ok(err)
		list, err = w.o.WatchesOf(w.ctx, k[1], t0.Add(time.Minute))
		w.ok(err)
		equal(t, "as recorded before", list[0].Areas[0], "LB")
		var all []string
		w.ok(w.o.Watches(w.ctx, func(x vedette.Watch) error { all = append(all, fmt.Sprint(x.Person, " ", x.Areas)); return nil }))
		equal(t, "all", strings.Join(all, ", "), fmt.Sprintf("%d [], %d [JO]", k[0], k[1]))
		w.ok(w.o.RemoveWatch(w.ctx, watch.ID, t0.Add(2*hour)))
		w.code(w.o.RemoveWatch(w.ctx, watch.ID, t0.Add(2*hour)), vedette.CodeNotFound)
		list, err = w.o.WatchesOf(w.ctx, k[1], time.Time{})
		w.ok(err)
		equal(t, "watches left", len(list), 0)

		theirs := watch
		theirs.Person = k[0]
		_, err = w.o.SaveWatch(w.ctx, theirs, t0)
		w.code(err, vedette.CodeNotFound)
		_, err = w.o.SaveWatch(w.ctx, vedette.Watch{Person: k[0], Categories: []string{"weather on Mars"}}, t0)
		w.code(err, vedette.CodeInvalid)
	})
}

func withShape(w vedette.Watch, s *vedette.Shape) vedette.Watch {
	w.Shape = s
	return w
}

func TestArrivals(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		k := w.people(4)
		trip := func(person int64, b vedette.Because, from time.Duration) store.TripChange {
			return store.TripChange{Person: person, Presences: []vedette.Presence{said(0, "JO", b, from, from+9*hour)}}
		}
		_, err := w.o.SaveTrips(w.ctx, []store.TripChange{
			trip(k[3], vedette.BecauseTrip, 7*day), // a week ahead, to the second
			trip(k[3], vedette.BecauseTrip, 0),     // and one that begins now
			trip(k[2], vedette.BecauseLeg, 1*day-time.Second),
			trip(k[1], vedette.BecauseTrip, 1*day+time.Second), // not yet
			trip(k[0], vedette.BecauseTrip, 1*day),
		}, t0)
		w.ok(err)
		lead := []time.Duration{7 * day, day, 0}
		look := func(after, until time.Duration) string {
			t.Helper()
			list, err := w.o.Arrivals(w.ctx, t0.Add(after), t0.Add(until), lead)
			w.ok(err)
			var out []string
			for _, a := range list {
				out = append(out, fmt.Sprint(slices.Index(k, a.Person), " ", a.Lead.Hours()))
			}
			return strings.Join(out, ", ")
		}
		equal(t, "due by now", look(-hour, 0), "0 24, 2 24, 3 168, 3 0")
		equal(t, "the next look", look(0, 0), "")
		equal(t, "a microsecond later", look(0, time.Microsecond), "")
		equal(t, "a minute later", look(0, time.Minute), "1 24")

		// Who does not go does not arrive, nor who left.
		list, err := w.o.PresencesOf(w.ctx, k[2], t0)
		w.ok(err)
		_, err = w.o.EndPresence(w.ctx, k[2], list[1].Key, t0, "does not go", t0)
		w.ok(err)
		_, err = w.o.RetirePeople(w.ctx, []int64{k[0]}, t0)
		w.ok(err)
		equal(t, "of those who still go", look(-hour, 0), "3 168, 3 0")
		other, err := w.s.AddOrganisation(w.ctx, "Other", t0)
		w.ok(err)
		none, err := w.s.In(other.Key).Arrivals(w.ctx, t0.Add(-hour), t0, lead)
		w.ok(err)
		equal(t, "of another organisation", len(none), 0)
	})
}

func TestNobodyIsLeftWhereASiteWas(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		_, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Office", Area: "A0"}}, t0)
		w.ok(err)
		// While the office moves again and again, files are read that put
		// people where it was when they were read.
		var wg sync.WaitGroup
		for round := range 8 {
			wg.Go(func() {
				_, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Office", Area: vedette.AreaID(fmt.Sprintf("A%d", round+1))}}, t0)
				if err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				for err := error(vedette.Errorf(vedette.CodeConflict, "")); vedette.ErrorCode(err) == vedette.CodeConflict; {
					sites, _ := w.o.Sites(w.ctx)
					c := person(round % 3)
					c.Replace = []vedette.Because{vedette.BecauseSite}
					c.Presences = []vedette.Presence{{Area: sites[0].Area, Because: vedette.BecauseSite, Site: "Office"}}
					if _, err = w.o.SavePeople(w.ctx, []store.PersonChange{c}, t0); err != nil && vedette.ErrorCode(err) != vedette.CodeConflict {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		sites, err := w.o.Sites(w.ctx)
		w.ok(err)
		n := 0
		w.ok(w.o.People(w.ctx, func(p *store.SealedPerson) error {
			n++
			if len(p.Presences) != 1 || p.Presences[0].Area != sites[0].Area {
				t.Errorf("the office is in %s, person %d at %+v", sites[0].Area, p.Key, p.Presences)
			}
			return nil
		}))
		equal(t, "people", n, 3)
	})
}
