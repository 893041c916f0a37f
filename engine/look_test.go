package engine

import (
	"testing"
	"time"

	"vedette"
	"vedette/store"
)

// rounds gives how often somebody was told of an update, and why.
func (n *night) rounds(u *vedette.Update, key int64) (causes []vedette.Cause) {
	n.t.Helper()
	list, err := n.rows.Rounds(n.t.Context(), u.Key, key)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, r := range list {
		causes = append(causes, r.Cause)
	}
	return causes
}

// toldFor waits until somebody was told of an update for these causes.
func (n *night) toldFor(u *vedette.Update, key int64, want ...vedette.Cause) {
	n.t.Helper()
	var got []vedette.Cause
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got = n.rounds(u, key); len(got) >= len(want) {
			break
		}
	}
	if len(got) != len(want) {
		n.t.Fatalf("told for %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			n.t.Fatalf("told for %v, want %v", got, want)
		}
	}
}

// settled waits until the lookout has seen all there is.
func (n *night) settled() {
	n.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		seq, err := n.rows.PeopleSeq(n.t.Context())
		if err != nil {
			n.t.Fatal(err)
		}
		l, err := n.rows.LeaseLookout(n.t.Context(), "one", n.clock(), time.Minute)
		if err == nil && l != nil && l.Seq >= seq && n.clock().Sub(l.AheadUntil) < lookAhead {
			return
		}
	}
	n.t.Fatal("the lookout never came to an end")
}

// Somebody who comes to be where an update stands is told of it, an hour after
// it was published: by a new record, or by a trip.
func TestTheWayBack(t *testing.T) {
	n := newNight(t, 1)
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "published", accepted(1))
	n.jump(time.Hour)

	home := n.person("new@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	paris := n.person("paris@example.org", vedette.Presence{Area: "FR", Because: vedette.BecauseHome})
	other := n.person("other@example.org", vedette.Presence{Area: "FR", Because: vedette.BecauseHome})
	keys := n.save([]store.PersonChange{home, paris, other})
	n.toldFor(u, keys[0], vedette.CauseExposed)
	n.settled()
	if got := n.rounds(u, keys[1]); len(got) != 0 {
		t.Fatalf("Paris was told for %v", got)
	}

	// A trip that is imported now, and begins in ten days.
	begins := n.clock().AddDate(0, 0, 10)
	if _, err := n.rows.AddTrips(t.Context(), []vedette.Trip{{Person: keys[1], Stays: []vedette.Stay{{Area: "IQ", From: begins, To: begins.AddDate(0, 0, 3)}}}}, n.clock()); err != nil {
		t.Fatal(err)
	}
	n.toldFor(u, keys[1], vedette.CauseExposed)
	for _, step := range []struct {
		days  int
		cause []vedette.Cause
	}{{4, []vedette.Cause{vedette.CauseExposed, vedette.CauseAhead}}, {5, []vedette.Cause{vedette.CauseExposed, vedette.CauseAhead, vedette.CauseAhead}},
		{2, []vedette.Cause{vedette.CauseExposed, vedette.CauseAhead, vedette.CauseAhead, vedette.CauseArrived}}} {
		n.jump(time.Duration(step.days) * 24 * time.Hour)
		n.toldFor(u, keys[1], step.cause...)
		n.settled()
	}
	if got := n.rounds(u, keys[2]); len(got) != 0 {
		t.Errorf("who never goes there was told for %v", got)
	}
	if got := n.rounds(u, keys[0]); len(got) != 1 {
		t.Errorf("who stayed as they were was told for %v", got)
	}
}

// A change that makes no difference tells nobody again; what does not stand
// any more is told to nobody new.
func TestTheLookoutKeepsQuiet(t *testing.T) {
	n := newNight(t, 1)
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "published", accepted(1))
	again := n.person("p0@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	again.Key, again.ID = n.keys()[0], ""
	again.SealedPerson.Record, again.WrappedKey, again.Slots = nil, nil, nil
	again.Presences = append(again.Presences, vedette.Presence{Area: "IQ", Because: vedette.BecauseCheckin, From: n.clock(), To: n.clock().Add(time.Hour)})
	n.save([]store.PersonChange{again})
	n.settled()
	n.toldFor(u, n.keys()[0], vedette.CausePublished)

	if _, err := n.rows.Stop(t.Context(), u.ID, "wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	late := n.save([]store.PersonChange{n.person("late@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})
	n.settled()
	if got := n.rounds(u, late[0]); len(got) != 0 {
		t.Errorf("told of a stopped update for %v", got)
	}
}

// Time alone concerns somebody anew: a home begins, a check-in elsewhere ends.
// Nobody says so, and they are told all the same, once.
func TestWhatBeginsOrEndsByItselfIsLookedAt(t *testing.T) {
	n := newNight(t, 1)
	back := n.person("back@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome, From: n.clock().Add(72 * time.Hour)})
	away := n.person("away@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	paris := n.person("paris@example.org", vedette.Presence{Area: "FR", Because: vedette.BecauseHome, From: n.clock().Add(72 * time.Hour)})
	keys := n.save([]store.PersonChange{back, away, paris})
	now := n.clock()
	if _, err := n.rows.AddPresence(t.Context(), vedette.Presence{Person: keys[1], Area: "FR", Because: vedette.BecauseCheckin, From: now, To: now.Add(8 * time.Hour)}, now); err != nil {
		t.Fatal(err)
	}
	n.engine("one")
	n.risk = vedette.RiskLow
	u := n.publish("", "")
	n.until(u, "published", accepted(1))
	n.settled()
	if got := n.rounds(u, keys[1]); len(got) != 0 {
		t.Fatalf("who only may be in, at a low risk, was told for %v", got)
	}
	n.jump(9 * time.Hour) // in now, as far as is known
	n.toldFor(u, keys[1], vedette.CauseExposed)
	n.settled()
	if got := n.rounds(u, keys[0]); len(got) != 0 {
		t.Fatalf("who is back in three days was told for %v", got)
	}
	n.jump(64 * time.Hour)
	n.toldFor(u, keys[0], vedette.CauseExposed)
	n.settled()
	n.jump(time.Hour)
	n.settled()
	if a, b, c := n.rounds(u, keys[0]), n.rounds(u, keys[1]), n.rounds(u, keys[2]); len(a) != 1 || len(b) != 1 || len(c) != 0 {
		t.Errorf("told %v, %v and %v in the end", a, b, c)
	}
}

// Who changed long ago is forgotten, but for those the lookout has yet to look
// at: an engine that was down for days still tells them.
func TestWhoChangedIsForgottenOnceItWasLookedAt(t *testing.T) {
	n := newNight(t, 3)
	b := n.branch("one")
	u := n.publish("", "")
	look := func() {
		t.Helper()
		for more := true; more; {
			var err error
			if more, err = b.look(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	trim := func(want vedette.Code) {
		t.Helper()
		if _, err := b.trim(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := n.rows.ChangedPeople(t.Context(), 0, 0, 0); vedette.ErrorCode(err) != want {
			t.Errorf("who changed from the beginning on: %v, want %q", err, want)
		}
	}
	look()
	trim("")
	late := n.save([]store.PersonChange{n.person("late@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})})
	n.jump(followed + time.Hour) // nobody looked
	trim("")
	look()
	n.toldFor(u, late[0], vedette.CauseExposed)
	trim(vedette.CodeExpired)
}
