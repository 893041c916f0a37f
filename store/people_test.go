package store_test

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

func TestPeopleAreKeptAndFound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(5)
		p, err := w.o.PersonByExternal(w.ctx, []byte("hash 3"))
		w.ok(err)
		equal(t, "key", p.Key, keys[3])
		equal(t, "record", string(p.Record), "record 3")
		equal(t, "wrapped key", string(p.WrappedKey), "key 3")
		equal(t, "slots", len(p.Slots), 1)
		equal(t, "presences", len(p.Presences), 1)
		equal(t, "recorded", p.Presences[0].Recorded, t0)
		byID, err := w.o.Person(w.ctx, p.ID)
		w.ok(err)
		equal(t, "by id", byID.Key, p.Key)

		some, err := w.o.PersonsByKey(w.ctx, []int64{keys[0], keys[4], 999})
		w.ok(err)
		equal(t, "persons by key", len(some), 2)
		equal(t, "slot channel", some[keys[4]].Slots[0].Channel, vedette.ChannelEmail)

		last, n := int64(0), 0
		w.ok(w.o.People(w.ctx, func(p *store.SealedPerson) error {
			if p.Key <= last || len(p.Presences) != 1 || len(p.Slots) != 1 {
				t.Errorf("person %+v after %d", p, last)
			}
			last, n = p.Key, n+1
			return nil
		}))
		equal(t, "people", n, 5)
	})
}

func TestImportTwiceChangesOnlyWhatDiffers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(3)
		seq := w.seq()
		changes := []store.PersonChange{person(0), person(1), person(2), person(3)}
		changes[0].Record = nil                                                                    // nothing new
		changes[1].Presences = []vedette.Presence{{Area: "JO", Because: vedette.BecauseHome}}      // moved
		changes[1].Record, changes[1].Replace = nil, []vedette.Because{vedette.BecauseHome}        //
		changes[2].Record, changes[2].WrappedKey = []byte("new record"), []byte("new key")         // new record
		changes[2].Fresh = true                                                                    // under a key of its own
		changes[2].Slots = []store.Slot{{No: vedette.AddressPhone, Channel: vedette.ChannelPhone}} // another address
		saved, err := w.o.SavePeople(w.ctx, changes, t0.Add(time.Hour))
		w.ok(err)
		equal(t, "saved", saved, store.PeopleSaved{Added: 1, Changed: 2, Unchanged: 1})
		equal(t, "key set", changes[1].Key, keys[1])
		equal(t, "one log row", w.seq(), seq+1)

		p, err := w.o.PersonByKey(w.ctx, keys[1])
		w.ok(err)
		if len(p.Presences) != 1 || p.Presences[0].Area != "JO" {
			t.Errorf("presences after the move: %+v", p.Presences)
		}
		p, err = w.o.PersonByKey(w.ctx, keys[2])
		w.ok(err)
		equal(t, "record", string(p.Record), "new record")
		equal(t, "its key", string(p.WrappedKey), "new key")
		if len(p.Slots) != 1 || p.Slots[0].Channel != vedette.ChannelPhone {
			t.Errorf("slots: %+v", p.Slots)
		}
		people, err := w.o.PeopleSeq(w.ctx)
		w.ok(err)
		equal(t, "people seq", people, seq+1)
	})
}

// A word that is said again is recorded anew once it is old, and only then;
// what was recorded before stays.
func TestAWordSaidAgainIsConfirmed(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		again := func(at, old time.Time) store.PeopleSaved {
			changes := []store.PersonChange{person(0), person(1)}
			for i := range changes {
				changes[i].Record, changes[i].Replace, changes[i].Confirm = nil, []vedette.Because{vedette.BecauseHome}, old
			}
			saved, err := w.o.SavePeople(w.ctx, changes, at)
			w.ok(err)
			return saved
		}
		recorded := func(at time.Time) time.Time {
			ps, err := w.o.PresencesOf(w.ctx, keys[1], at)
			w.ok(err)
			equal(t, "presences", len(ps), 1)
			return ps[0].Recorded
		}
		later := t0.AddDate(0, 2, 0)
		equal(t, "fresh", again(later, t0), store.PeopleSaved{Unchanged: 2})
		equal(t, "fresh", recorded(time.Time{}), t0)
		seq := w.seq()
		equal(t, "old", again(later, later.AddDate(0, -1, 0)), store.PeopleSaved{Changed: 2})
		equal(t, "old", recorded(time.Time{}), later)
		equal(t, "as it was", recorded(later.Add(-time.Second)), t0)
		changed, err := w.o.ChangedPeople(w.ctx, seq, w.seq(), 10)
		w.ok(err)
		equal(t, "followers hear", len(changed), 2)
	})
}

// Someone known by an address gets a personnel number: the same person, by
// another hash from now on.
func TestAPersonIsKnownByAnotherName(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		keys := w.people(2)
		c := store.PersonChange{SealedPerson: store.SealedPerson{Key: keys[0], External: []byte("number 7")}}
		saved, err := w.o.SavePeople(w.ctx, []store.PersonChange{c}, t0)
		w.ok(err)
		equal(t, "saved", saved, store.PeopleSaved{Changed: 1})
		p, err := w.o.PersonByExternal(w.ctx, []byte("number 7"))
		w.ok(err)
		equal(t, "key", p.Key, keys[0])
		equal(t, "record", string(p.Record), "record 0")
		_, err = w.o.PersonByExternal(w.ctx, []byte("hash 0"))
		w.code(err, vedette.CodeNotFound)
		p, err = w.o.PersonByExternal(w.ctx, []byte("hash 1"))
		w.ok(err)
		equal(t, "the other", p.Key, keys[1])
	})
}

func TestTwoTimes(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		key := w.people(1)[0]
		c := store.PersonChange{SealedPerson: store.SealedPerson{Key: key, Presences: []vedette.Presence{
			{Area: "JO", Because: vedette.BecauseHome, From: t0, To: t0.Add(24 * time.Hour)}}}, Replace: []vedette.Because{vedette.BecauseHome}}
		_, err := w.o.SavePeople(w.ctx, []store.PersonChange{c}, t0.Add(time.Hour))
		w.ok(err)
		for _, at := range []struct {
			when time.Time
			want vedette.AreaID
		}{{t0.Add(time.Minute), "IQ"}, {t0.Add(time.Hour), "JO"}, {t0.Add(48 * time.Hour), "JO"}} {
			list, err := w.o.PresencesOf(w.ctx, key, at.when)
			w.ok(err)
			if len(list) != 1 || list[0].Area != at.want {
				t.Errorf("recorded at %v: %+v, want one in %s", at.when, list, at.want)
			}
		}
		list, err := w.o.PresencesOf(w.ctx, key, t0.Add(-time.Second))
		w.ok(err)
		equal(t, "before anything was recorded", len(list), 0)
	})
}

func TestSavePeopleIsAllOrNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		bad := person(1)
		bad.Presences = []vedette.Presence{{Area: "IQ", Because: vedette.BecauseSite, Site: "Basra office"}}
		_, err := w.o.SavePeople(w.ctx, []store.PersonChange{person(0), bad}, t0)
		w.code(err, vedette.CodeInvalid)
		n := 0
		w.ok(w.o.People(w.ctx, func(*store.SealedPerson) error { n++; return nil }))
		equal(t, "people", n, 0)
		equal(t, "log", w.log(0), "")

		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{person(0), person(0)}, t0)
		w.code(err, vedette.CodeInvalid)
		gone := person(0)
		gone.Key = 77
		_, err = w.o.SavePeople(w.ctx, []store.PersonChange{gone}, t0)
		w.code(err, vedette.CodeNotFound)
	})
}

func TestSitesAndTrips(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		sites, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra office", Area: "IQ", Point: &vedette.Point{Lat: 30, Lon: 47.8}}, {Name: "Amman", Area: "JO"}}, t0)
		w.ok(err)
		again, err := w.o.SaveSites(w.ctx, []vedette.Site{{Name: "Basra office", Area: "IQ-BA"}}, t0)
		w.ok(err)
		equal(t, "same site", again[0].ID, sites[0].ID)
		list, err := w.o.Sites(w.ctx)
		w.ok(err)
		equal(t, "sites", len(list), 2)
		equal(t, "changed area", list[1].Area, "IQ-BA")

		c := person(0)
		c.Presences = []vedette.Presence{{Area: "IQ-BA", Because: vedette.BecauseSite, Site: "Basra office", PointRef: "site"}}
		changes := []store.PersonChange{c}
		_, err = w.o.SavePeople(w.ctx, changes, t0)
		w.ok(err)
		stays := []vedette.Stay{{Area: "JO", From: t0.Add(time.Hour), To: t0.Add(2 * time.Hour)}, {Area: "LB", From: t0.Add(2 * time.Hour), To: t0.Add(3 * time.Hour)}}
		trips, err := w.o.AddTrips(w.ctx, []vedette.Trip{{Person: changes[0].Key, Stays: stays}}, t0)
		w.ok(err)
		p, err := w.o.Person(w.ctx, changes[0].ID)
		w.ok(err)
		equal(t, "presences", len(p.Presences), 3)
		equal(t, "site name", p.Presences[0].Site, "Basra office")
		equal(t, "because", p.Presences[1].Because, vedette.BecauseTrip)
		got, err := w.o.SealedTrips(w.ctx, changes[0].Key)
		w.ok(err)
		if len(got) != 1 || got[0].ID != trips[0].ID || got[0].Key != p.Presences[1].Trip || got[0].Key != p.Presences[2].Trip {
			t.Errorf("trips: %+v", got)
		}
		_, err = w.o.AddTrips(w.ctx, []vedette.Trip{{Person: 99, Stays: stays}}, t0)
		w.code(err, vedette.CodeNotFound)
	})
}

func TestErasure(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		secret := []byte("wrapped key of someone to be forgotten, long enough to look for")
		c := person(0)
		c.WrappedKey = secret
		c.Presences[0].PointRef = "home"
		changes := []store.PersonChange{c}
		_, err := w.o.SavePeople(w.ctx, changes, t0)
		w.ok(err)
		u := w.publish("Rockets", "", t0)
		w.plan(u, []int64{changes[0].Key})
		w.ok(w.o.Reply(w.ctx, vedette.Reply{Update: u.Key, Recipient: changes[0].Key, Kind: vedette.ReplyHelp, At: t0}, 1, []byte("sealed words")))
		w.ok(w.o.ErasePerson(w.ctx, changes[0].ID, t0.Add(time.Hour)))
		w.ok(w.o.ErasePerson(w.ctx, changes[0].ID, t0.Add(time.Hour)))

		p, err := w.o.Person(w.ctx, changes[0].ID)
		w.ok(err)
		if !p.Erased || p.WrappedKey != nil || p.Record != nil || p.External != nil || len(p.Slots)+len(p.Presences) != 0 {
			t.Errorf("left of an erased person: %+v", p)
		}
		list, err := w.o.PresencesOf(w.ctx, changes[0].Key, t0)
		w.ok(err)
		if len(list) != 1 || list[0].PointRef != "" || list[0].Area != "IQ" {
			t.Errorf("presences recorded then: %+v", list)
		}
		rows, err := w.o.Rows(w.ctx, u.Key, store.RowFilter{})
		w.ok(err)
		if len(rows) != 1 || rows[0].Answer != vedette.ReplyHelp || rows[0].AnswerSealed != nil {
			t.Errorf("the count stays, the words go: %+v", rows)
		}
		_, err = w.o.PersonByExternal(w.ctx, c.External)
		w.code(err, vedette.CodeNotFound)
		n := 0
		w.ok(w.o.People(w.ctx, func(*store.SealedPerson) error { n++; return nil }))
		equal(t, "live people", n, 0)
		if w.s.Engine() == "sqlite" {
			for _, end := range []string{"", "-wal"} {
				b, err := os.ReadFile(w.place + "/" + store.FileName + end)
				w.ok(err)
				if bytes.Contains(b, secret) {
					t.Errorf("%s still holds the erased key", store.FileName+end)
				}
			}
		}
		w.code(w.o.ErasePerson(w.ctx, vedette.NewID(t0), t0), vedette.CodeNotFound)
	})
}

func TestHooksAndReports(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		h, err := w.o.AddHook(w.ctx, store.SealedHook{Sealed: []byte("sealed")}, t0)
		w.ok(err)
		hooks, err := w.o.Hooks(w.ctx)
		w.ok(err)
		if len(hooks) != 1 || hooks[0].ID != h.ID || string(hooks[0].Sealed) != "sealed" {
			t.Errorf("hooks: %+v", hooks)
		}
		w.ok(w.o.RemoveHook(w.ctx, h.ID, t0))
		w.code(w.o.RemoveHook(w.ctx, h.ID, t0), vedette.CodeNotFound)
		hooks, err = w.o.Hooks(w.ctx)
		w.ok(err)
		equal(t, "hooks left", len(hooks), 0)

		r := vedette.Report{ID: vedette.NewID(t0), Origin: "file\x00.txt", Provider: "P", Digest: "d", ReceivedAt: t0, Text: []byte{0, 255, 'x'}}
		w.ok(w.o.AddReport(w.ctx, r, &vedette.Reading{Content: vedette.Content{Title: "T"}}))
		got, reading, err := w.o.Report(w.ctx, r.ID)
		w.ok(err)
		equal(t, "text", string(got.Text), string(r.Text))
		equal(t, "received", got.ReceivedAt, t0)
		equal(t, "origin", got.Origin, "file.txt")
		equal(t, "reading", reading.Title, "T")
		w.code(w.o.AddReport(w.ctx, r, reading), vedette.CodeConflict)
		if err := w.sql(`UPDATE reports SET origin = 'x'`); err == nil {
			t.Error("a report was changed")
		}
		_, _, err = w.o.Report(w.ctx, vedette.NewID(t0))
		w.code(err, vedette.CodeNotFound)
	})
}

func TestManyPeopleInLittleTime(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		start := time.Now()
		w.people(10_000)
		if took := time.Since(start); took > time.Minute { // a statement a person would take longer; a busy machine does not
			t.Errorf("10,000 people took %v", took)
		}
		ctx, cancel := context.WithCancel(w.ctx)
		cancel()
		_, err := w.o.SavePeople(ctx, []store.PersonChange{person(20_000)}, t0)
		w.code(err, vedette.CodeUnavailable)
	})
}
