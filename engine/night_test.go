package engine

import (
	"slices"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// What goes wrong in a night: each of these once lost, repeated or mis-said a
// message.

func TestWhoeverMovesUpBetweenTwoPlannersIsTold(t *testing.T) {
	n := newNight(t, 2)
	// A third is in Paris, with a trip that begins in ten seconds.
	n.save([]store.PersonChange{n.person("late@example.org", vedette.Presence{Area: "FR", Because: vedette.BecauseHome})})
	late := n.keys()[2]
	if _, err := n.rows.AddTrips(t.Context(), []vedette.Trip{{ID: vedette.NewID(n.clock()), Person: late,
		Stays: []vedette.Stay{{Area: "IQ", From: n.clock().Add(10 * time.Second), To: n.clock().Add(240 * time.Hour)}}}}, n.clock()); err != nil {
		t.Fatal(err)
	}
	u := n.publish("", "")
	b := n.branch("lost")
	f, err := n.rows.LeaseFanout(t.Context(), "lost", n.clock(), planLease)
	if err != nil || f == nil {
		t.Fatal(f, err)
	}
	p, err := b.newPlan(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	order := turned(p)
	if len(order[passTrip]) != 1 {
		t.Fatalf("the third is told for the trip: %v", order)
	}
	if err := b.write(t.Context(), f, p.chunk(passIn, order[passIn])); err != nil {
		t.Fatal(err)
	}
	// The planner dies here; when another goes on, the trip has begun.
	n.jump(planLease + time.Second)
	n.engine("next")
	n.until(u, "all three accepted", accepted(3))
}

func TestACorrectionEndsThePlanningOfWhatItCorrects(t *testing.T) {
	n := newNight(t, 1500)
	first := n.publish("", "")
	b := n.branch("slow")
	f, err := n.rows.LeaseFanout(t.Context(), "slow", n.clock(), planLease)
	if err != nil || f == nil {
		t.Fatal(f, err)
	}
	p, err := b.newPlan(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	in := turned(p)[passIn]
	if err := b.write(t.Context(), f, p.chunk(passIn, in[:1000])); err != nil {
		t.Fatal(err)
	}
	second := n.publishFor("JO", "", first.ID)
	if err := b.write(t.Context(), f, p.chunk(passIn, in[1000:])); vedette.ErrorCode(err) != vedette.CodeLostLease {
		t.Fatalf("the corrected update is planned on: %v", err)
	}
	n.engine("one")
	n.until(second, "all who had the first told", accepted(1000))
	got := n.until(first, "the first withheld", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryAccepted] != 0 {
		t.Errorf("the wrong update went out after its correction: %v", got.Deliveries)
	}
}

func TestWhatWaitedForAnUpdateThatIsThenStoppedGoesOut(t *testing.T) {
	n := newNight(t, 3)
	n.box.answer = func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Retry, Detail: "relay down"}
	}
	n.engine("one")
	first := n.publish("", "")
	n.until(first, "a try", func(store.Tally) bool { return n.box.count() >= 3 })
	second := n.publish(first.Situation.ID, "")
	n.until(second, "planned and tried", func(t store.Tally) bool {
		return t.Fanout.State == vedette.FanoutPlanned && n.box.count() >= 6
	})
	if _, err := n.rows.Stop(t.Context(), second.ID, "wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	n.until(second, "the second withheld", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryWithheld] == 3 })
	n.box.set(nil)
	n.jump(time.Hour)
	n.until(first, "the first accepted", accepted(3))
}

func TestAStopDoesNotHideADoubt(t *testing.T) {
	n := newNight(t, 1)
	n.box.answer = func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Doubt, Detail: "answer lost"}
	}
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "a try", func(store.Tally) bool { return n.box.count() == 1 })
	time.Sleep(30 * time.Millisecond) // until it is settled
	if _, err := n.rows.Stop(t.Context(), u.ID, "wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	got := n.until(u, "settled", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryUnknown] != 1 {
		t.Errorf("what may have been accepted before a stop is %v; want unknown", got.Deliveries)
	}
}

func TestAClockSetBackHoldsNothingUp(t *testing.T) {
	n := newNight(t, 3)
	u := n.publish("", "")
	n.jump(-time.Hour)
	n.engine("one")
	n.until(u, "all accepted", accepted(3))
}

func TestAPlannerThatFailsGivesItsLeaseBack(t *testing.T) {
	n := newNight(t, 3)
	u := n.publish("", "")
	if f, err := n.rows.LeaseFanout(t.Context(), "ended", n.clock(), planLease); err != nil || f == nil {
		t.Fatal(f, err)
	}
	if _, err := n.rows.Release(t.Context(), "ended"); err != nil {
		t.Fatal(err)
	}
	n.engine("next") // the clock has not moved
	n.until(u, "all accepted", accepted(3))
}

func TestACorrectionOfACorrectionReachesTheFirst(t *testing.T) {
	n := newNight(t, 3)
	n.engine("one")
	first := n.publish("", "")
	n.until(first, "first accepted", accepted(3))
	second := n.publishFor("JO", "", first.ID)
	if _, err := n.rows.Stop(t.Context(), second.ID, "also wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	third := n.publishFor("LB", "", second.ID)
	n.until(third, "all who had the first told", accepted(3))
}

func TestSystemsGetEveryUpdate(t *testing.T) {
	n := newNight(t, 1)
	id := vedette.NewID(n.clock())
	sealed, err := n.key.SealHook(vedette.Hook{ID: id, URL: "https://example.org/in", Secret: "whsec_AAAA"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.rows.AddHook(t.Context(), store.SealedHook{ID: id, Sealed: sealed}, n.clock()); err != nil {
		t.Fatal(err)
	}
	first := n.publish("", "")
	n.publish(first.Situation.ID, "")
	n.engine("one")
	n.until(first, "the overtaken update at the hook", func(t store.Tally) bool { return t.Hooks[vedette.DeliveryAccepted] == 1 })
}

func TestOneDamagedRecordDoesNotSilenceTheOthers(t *testing.T) {
	n := newNight(t, 2)
	c := n.person("broken@example.org", vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	c.Record = []byte("damaged")
	n.save([]store.PersonChange{c})
	n.engine("one")
	u := n.publish("", "")
	got := n.until(u, "the others accepted", accepted(2))
	got = n.until(u, "the damaged one failed", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryFailed] == 1 })
	if got.Concerned != 3 {
		t.Errorf("%d concerned; want the damaged one counted", got.Concerned)
	}
}

func TestAHangingSendDoesNotHoldUpWhatFallsDue(t *testing.T) {
	n := newNight(t, 2)
	end := make(chan struct{})
	defer close(end)
	var hangs sync.Map
	n.box.set(func(try int, m deliver.Message) deliver.Result {
		if _, again := hangs.LoadOrStore("one", m.ID); !again { // the very first send
			<-end
		}
		if try <= 2 {
			return deliver.Result{Kind: deliver.Retry, Detail: "later"}
		}
		return deliver.Result{Kind: deliver.Accepted}
	})
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "both tried", func(store.Tally) bool { return n.box.count() == 2 })
	time.Sleep(50 * time.Millisecond)
	n.jump(time.Hour)
	n.until(u, "the other accepted", accepted(1))
}

func TestAnErasedPersonIsNotTold(t *testing.T) {
	n := newNight(t, 2)
	u := n.publish("", "")
	var gone vedette.ID
	if err := n.rows.People(t.Context(), func(p *store.SealedPerson) error { gone = p.ID; return nil }); err != nil {
		t.Fatal(err)
	}
	n.box.set(func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry, Detail: "later"} })
	n.engine("one")
	n.until(u, "a try each", func(store.Tally) bool { return n.box.count() >= 2 })
	if err := n.rows.ErasePerson(t.Context(), gone, n.clock()); err != nil {
		t.Fatal(err)
	}
	n.box.set(nil)
	n.jump(time.Hour)
	got := n.until(u, "settled", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryAccepted] != 1 || got.Deliveries[vedette.DeliveryWithheld] != 1 {
		t.Errorf("after an erasure: %v", got.Deliveries)
	}
}

func (b *box) set(answer func(int, deliver.Message) deliver.Result) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = answer
}

// keys lists the people, oldest first.
func (n *night) keys() []int64 {
	n.t.Helper()
	var out []int64
	if err := n.rows.People(n.t.Context(), func(p *store.SealedPerson) error { out = append(out, p.Key); return nil }); err != nil {
		n.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestAnAnswerAboutSomeoneErasedMeanwhileIsNotKept(t *testing.T) {
	n := newNight(t, 1)
	hold := make(chan struct{})
	n.box.hold = hold
	n.box.set(func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Failed, Detail: "550 p0@example.org is unknown"}
	})
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "on its way", func(store.Tally) bool { return n.box.count() == 1 })
	key := n.keys()[0]
	p, err := n.rows.PersonByKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.rows.ErasePerson(t.Context(), p.ID, n.clock()); err != nil {
		t.Fatal(err)
	}
	close(hold)
	got := n.until(u, "settled", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	d, _, err := n.rows.Delivery(t.Context(), u.Key, key, 1)
	if err != nil || got.Deliveries[vedette.DeliveryFailed] != 1 || d.Detail != "" {
		t.Errorf("after an erasure in the middle of a send: %v, %q, %v; want failed, and no word of them", got.Deliveries, d.Detail, err)
	}
}
