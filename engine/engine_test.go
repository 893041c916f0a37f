package engine

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// night is a store with people in Iraq, and a clock that jumps.
type night struct {
	t       *testing.T
	store   *store.Store
	rows    *store.Org
	key     *auth.Key
	box     *box
	risk    vedette.Risk  // of what is published; unknown is high
	live    time.Time     // since when the clock goes; zero: it stands
	poll    time.Duration // of its engines
	urgency vedette.Urgency

	mu  sync.Mutex
	now time.Time
}

func newNight(t *testing.T, people int) *night {
	t.Helper()
	return newNightAt(t, t.TempDir(), people)
}

// newNightAt is a night in a place for a store.
func newNightAt(t *testing.T, place string, people int) *night {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	n := &night{t: t, store: s, key: auth.NewKey(), now: time.Date(2026, 2, 5, 12, 30, 0, 0, time.UTC), box: &box{taken: map[string]int{}}}
	o, err := s.AddOrganisation(ctx, "Example Relief", n.now)
	if err != nil {
		t.Fatal(err)
	}
	n.rows = s.In(o.Key)
	changes := make([]store.PersonChange, people)
	for i := range changes {
		changes[i] = n.person(fmt.Sprintf("p%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome})
	}
	n.save(changes)
	return n
}

// person is someone to be saved, with an e-mail address.
func (n *night) person(mail string, pr vedette.Presence) store.PersonChange {
	n.t.Helper()
	id := vedette.NewID(n.now)
	pk, wrapped := n.key.NewPersonKey(id)
	sealed, err := pk.SealRecord(&vedette.PersonRecord{Name: "Person", Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: mail}}})
	if err != nil {
		n.t.Fatal(err)
	}
	return store.PersonChange{SealedPerson: store.SealedPerson{ID: id, WrappedKey: wrapped, Record: sealed,
		Slots: []store.Slot{{No: 1, Channel: vedette.ChannelEmail}}, Presences: []vedette.Presence{pr}}}
}

func (n *night) clock() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.live.IsZero() {
		return n.now.Add(time.Since(n.live))
	}
	return n.now
}

func (n *night) jump(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now = n.now.Add(d)
}

// publish publishes an update for Iraq.
func (n *night) publish(situation, corrects vedette.ID) *vedette.Update {
	n.t.Helper()
	return n.publishFor("IQ", situation, corrects)
}

func (n *night) publishFor(area vedette.AreaID, situation, corrects vedette.ID) *vedette.Update {
	n.t.Helper()
	ctx, now := n.t.Context(), n.clock()
	iq := []vedette.Place{{Text: string(area), Area: area}}
	u := &vedette.Update{ID: vedette.NewID(now), State: vedette.UpdateDraft, CreatedAt: now, Content: vedette.Content{
		Title: "Iraq Alert: power station hit", Headline: "Power station hit", Risk: cmp.Or(n.risk, vedette.RiskHigh), Urgency: n.urgency, Affected: iq,
		Recommendations: []vedette.AdviceGroup{{Area: area, Advice: []vedette.Advice{{
			Statement: vedette.Statement{Text: "Avoid all travel to Iraq."}, Actions: []vedette.AdviceAction{{Action: vedette.AvoidAllTravel, Targets: iq}}}}}}}}
	if err := n.rows.SaveDraft(ctx, u, now); err != nil {
		n.t.Fatal(err)
	}
	u, err := n.rows.Publish(ctx, store.PublishOrder{Update: u.ID, Situation: situation, Corrects: corrects, Title: "Iraq", Lane: lane(u, u.Content.Risk), At: now})
	if err != nil {
		n.t.Fatal(err)
	}
	return u
}

// branch is the work of an engine that is not running.
func (n *night) branch(id string) *branch {
	n.t.Helper()
	g := gazetteer.Default()
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Rosters: roster.New(n.store, n.key, g), Now: n.clock, Log: slog.New(slog.DiscardHandler),
		Worker: store.Worker{ID: id}})
	orgs, err := n.store.Organisations(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	return e.branch(orgs[0])
}

// engine runs one until the test, or the function given back, ends it.
func (n *night) engine(id string) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	g := gazetteer.Default()
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Rosters: roster.New(n.store, n.key, g), Senders: []deliver.Sender{n.box, hookBox{n.box}}, Now: n.clock,
		Log: slog.New(slog.DiscardHandler), Worker: store.Worker{ID: id, Kind: "test", StartedAt: n.clock()}, BaseURL: "http://127.0.0.1", LinkLife: time.Hour, Poll: cmp.Or(n.poll, 5*time.Millisecond)})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := e.Run(ctx); err != nil {
			n.t.Errorf("engine: %v", err)
		}
	}()
	var once sync.Once
	stop = func() { once.Do(func() { cancel(); <-done }) }
	n.t.Cleanup(stop)
	return stop
}

func (n *night) until(u *vedette.Update, what string, ok func(store.Tally) bool) store.Tally {
	n.t.Helper()
	deadline := time.Now().Add(4 * time.Minute)
	for {
		began := time.Now()
		t, err := n.rows.Tally(n.t.Context(), u.Key)
		if err != nil {
			n.t.Fatal(err)
		}
		if ok(t) {
			return t
		}
		if time.Now().After(deadline) {
			n.t.Fatalf("never came to %s: %+v", what, t)
		}
		time.Sleep(max(2*time.Millisecond, 2*time.Since(began))) // looking holds up what is looked at
	}
}

// box is a channel that takes what it is told to take.
type box struct {
	mu     sync.Mutex
	taken  map[string]int // by identity
	answer func(n int, m deliver.Message) deliver.Result
	tries  int
	hold   chan struct{} // when set, a send waits for it or for its context
}

// hookBox is the same for webhooks.
type hookBox struct{ *box }

func (hookBox) Channel() vedette.Channel { return vedette.ChannelWebhook }

func (b *box) Channel() vedette.Channel { return vedette.ChannelEmail }
func (b *box) Close() error             { return nil }

func (b *box) Send(ctx context.Context, m deliver.Message) deliver.Result {
	b.mu.Lock()
	b.tries++
	n, answer, hold := b.tries, b.answer, b.hold
	b.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return deliver.Result{Kind: deliver.Retry, Detail: "called back"}
		}
	}
	r := deliver.Result{Kind: deliver.Accepted}
	if answer != nil {
		r = answer(n, m)
	}
	if r.Kind == deliver.Accepted || r.Kind == deliver.Doubt {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.taken[m.ID]++
	}
	return r
}

func accepted(n int) func(store.Tally) bool {
	return func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryAccepted] == n }
}

// turned gives whom a plan tells in each pass.
func turned(p *plan) (all [passes][]int64) {
	for pass, keys := range p.turns(context.Background()) {
		all[pass] = append(all[pass], keys...)
	}
	return all
}

func TestAPlannerLostInTheMiddleIsTakenOver(t *testing.T) {
	n := newNight(t, 2500)
	u := n.publish("", "")
	ctx := t.Context()
	b := n.branch("lost")
	f, err := n.rows.LeaseFanout(ctx, "lost", n.clock(), planLease)
	if err != nil || f == nil {
		t.Fatal(f, err)
	}
	p, err := b.newPlan(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	in := turned(p)[passIn]
	if err := b.write(ctx, f, p.chunk(passIn, in[:chunkSize])); err != nil {
		t.Fatal(err)
	}
	// It dies here. Another may not take over before the lease lapses …
	n.engine("next")
	time.Sleep(50 * time.Millisecond)
	if got := n.until(u, "a tally", func(store.Tally) bool { return true }); got.Fanout.Notices != chunkSize {
		t.Fatalf("%d notices while the lease holds; want %d", got.Fanout.Notices, chunkSize)
	}
	// … and goes on at the cursor when it has.
	n.jump(planLease + time.Second)
	got := n.until(u, "all accepted", accepted(2500))
	if got.Concerned != 2500 || got.Fanout.Notices != 2500 || got.Fanout.State != vedette.FanoutPlanned {
		t.Errorf("after the takeover: %+v", got)
	}
	// The lost one, come back, has lost its lease.
	if err := b.write(ctx, f, p.chunk(passIn, in[chunkSize:])); vedette.ErrorCode(err) != vedette.CodeLostLease {
		t.Errorf("the lost planner may still write: %v", err)
	}
	for id, times := range n.box.sent() {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

func TestADoubtIsTriedAgainUnderTheSameIdentity(t *testing.T) {
	n := newNight(t, 1)
	n.box.answer = func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Doubt, Detail: "answer lost"}
	}
	n.engine("one")
	u := n.publish("", "")
	for i := 1; i < deliver.MaxDoubtful; i++ {
		n.until(u, "a try", func(store.Tally) bool { return n.box.count() == i })
		time.Sleep(20 * time.Millisecond)
		n.jump(time.Hour)
	}
	got := n.until(u, "given up", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryUnknown] != 1 {
		t.Errorf("a delivery given up in doubt is %+v; want unknown", got.Deliveries)
	}
	if len(n.box.sent()) != 1 {
		t.Errorf("the tries went out under %d identities", len(n.box.sent()))
	}
}

func TestADoubtIsNotForgottenByALaterRefusal(t *testing.T) {
	n := newNight(t, 1)
	n.box.answer = func(try int, _ deliver.Message) deliver.Result {
		if try == 1 {
			return deliver.Result{Kind: deliver.Doubt, Detail: "answer lost"}
		}
		return deliver.Result{Kind: deliver.Failed, Detail: "550 no such user"}
	}
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "a try", func(store.Tally) bool { return n.box.count() == 1 })
	time.Sleep(20 * time.Millisecond)
	n.jump(time.Hour)
	got := n.until(u, "given up", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryUnknown] != 1 {
		t.Errorf("after a doubt and a refusal: %+v; want unknown", got.Deliveries)
	}
}

func (b *box) sent() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.taken)
}

func (b *box) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tries
}

func TestStopCallsBackWhatIsOnItsWay(t *testing.T) {
	n := newNight(t, 200)
	n.box.hold = make(chan struct{})
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "sends on their way", func(store.Tally) bool { return n.box.count() >= 16 })
	begin := time.Now()
	if _, err := n.rows.Stop(t.Context(), u.ID, "wrong area", n.clock()); err != nil {
		t.Fatal(err)
	}
	n.until(u, "all withheld", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryWithheld] == 200 })
	t.Logf("stopped in %v", time.Since(begin))
	close(n.box.hold)
	n.jump(24 * time.Hour)
	time.Sleep(50 * time.Millisecond)
	if len(n.box.sent()) != 0 {
		t.Errorf("%d were sent after the stop", len(n.box.sent()))
	}
}

func TestTheNewerUpdateIsSentInstead(t *testing.T) {
	n := newNight(t, 3)
	first := n.publish("", "")
	second := n.publish(first.Situation.ID, "")
	n.engine("one")
	n.until(second, "second accepted", accepted(3))
	got := n.until(first, "first withheld", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryWithheld] == 3 })
	if got.Deliveries[vedette.DeliveryAccepted] != 0 {
		t.Errorf("the overtaken update went out too: %+v", got.Deliveries)
	}
}

func TestACorrectionReachesWhoeverGotTheFirst(t *testing.T) {
	n := newNight(t, 3)
	first := n.publish("", "")
	n.engine("one")
	n.until(first, "first accepted", accepted(3))
	// One of them has left meanwhile, and is concerned no longer.
	var someone *store.SealedPerson
	if err := n.rows.People(t.Context(), func(p *store.SealedPerson) error { someone = p; return nil }); err != nil {
		t.Fatal(err)
	}
	n.save([]store.PersonChange{{SealedPerson: store.SealedPerson{Key: someone.Key, ID: someone.ID,
		Presences: []vedette.Presence{{Area: "FR", Because: vedette.BecauseHome}}}, Replace: []vedette.Because{vedette.BecauseHome}}})
	second := n.publish("", first.ID)
	got := n.until(second, "second accepted", accepted(3))
	if got.Concerned != 2 {
		t.Errorf("%d are concerned by the correction; want 2, and one more told", got.Concerned)
	}
}

func (n *night) save(c []store.PersonChange) (keys []int64) {
	n.t.Helper()
	if _, err := n.rows.SavePeople(n.t.Context(), c, n.clock()); err != nil {
		n.t.Fatal(err)
	}
	for i := range c {
		keys = append(keys, c[i].Key)
	}
	return keys
}

func TestADrainedEngineGivesItsLeasesBack(t *testing.T) {
	n := newNight(t, 100)
	n.box.answer = func(int, deliver.Message) deliver.Result {
		time.Sleep(5 * time.Millisecond)
		return deliver.Result{Kind: deliver.Accepted}
	}
	stop := n.engine("one")
	u := n.publish("", "")
	n.until(u, "a few accepted", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryAccepted] > 5 })
	stop()
	// The clock has not moved: what was leased is due at once.
	n.engine("two")
	n.until(u, "all accepted", accepted(100))
	for id, times := range n.box.sent() {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

func TestAStoppedUpdateDoesNotSilenceTheEarlierOne(t *testing.T) {
	n := newNight(t, 3)
	first := n.publish("", "")
	second := n.publish(first.Situation.ID, "")
	if _, err := n.rows.Stop(t.Context(), second.ID, "wrong", n.clock()); err != nil {
		t.Fatal(err)
	}
	n.engine("one")
	n.until(first, "the first accepted after all", accepted(3))
	n.until(second, "the second halted", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutHalted && t.Concerned == 0 })
}

func TestWhatAKilledWorkerMayHaveSentIsInDoubt(t *testing.T) {
	n := newNight(t, 1)
	stop := n.engine("planner")
	n.box.answer = func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry, Detail: "later"} }
	u := n.publish("", "")
	n.until(u, "a try", func(store.Tally) bool { return n.box.count() == 1 })
	stop()
	n.jump(time.Hour)
	// A worker claims it and is killed: it may have sent it.
	if got, err := n.rows.Claim(t.Context(), "killed", 10, n.clock(), sendLease, []vedette.Channel{vedette.ChannelEmail}); err != nil || len(got) != 1 || got[0].Doubts != 0 {
		t.Fatalf("claimed %+v, %v", got, err)
	}
	n.jump(2 * sendLease)
	n.box.answer = func(int, deliver.Message) deliver.Result {
		return deliver.Result{Kind: deliver.Failed, Detail: "550 no such user"}
	}
	n.engine("next")
	got := n.until(u, "settled", func(t store.Tally) bool { return t.Deliveries[vedette.DeliveryQueued] == 0 })
	if got.Deliveries[vedette.DeliveryUnknown] != 1 {
		t.Errorf("it ended %+v; want unknown, for the killed worker may have got it accepted", got.Deliveries)
	}
}
