package engine

import (
	"strings"
	"sync"
	"testing"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/store"
)

// traveller is somebody in France with a manager and a trip to Iraq in five
// days, saved.
func (n *night) traveller(mail, manager string) int64 {
	n.t.Helper()
	c := n.person(mail, vedette.Presence{Area: "FR", Because: vedette.BecauseHome})
	pk, wrapped := n.key.NewPersonKey(c.ID)
	sealed, err := pk.SealRecord(&vedette.PersonRecord{Name: "Traveller " + mail, Manager: manager,
		Addresses: []vedette.Address{{No: 1, Channel: vedette.ChannelEmail, Value: mail}}})
	if err != nil {
		n.t.Fatal(err)
	}
	c.WrappedKey, c.Record = wrapped, sealed
	key := n.save([]store.PersonChange{c})[0]
	from := n.clock().AddDate(0, 0, 5)
	if _, err := n.rows.AddTrips(n.t.Context(), []vedette.Trip{{Person: key, Stays: []vedette.Stay{{Area: "IQ", From: from, To: from.AddDate(0, 0, 2)}}}}, n.clock()); err != nil {
		n.t.Fatal(err)
	}
	return key
}

// post notes to whom mails went, by what they are about.
type post struct {
	mu  sync.Mutex
	got map[string]int
}

func (n *night) post() *post {
	p := &post{got: map[string]int{}}
	n.box.set(func(_ int, m deliver.Message) deliver.Result {
		what := "news"
		if strings.Contains(m.Subject, "rip clash") {
			what = "trip"
		}
		p.mu.Lock()
		p.got[m.To+" "+what]++
		p.mu.Unlock()
		return deliver.Result{Kind: deliver.Accepted}
	})
	return p
}

func (p *post) count(what string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.got[what]
}

// tried counts the deliveries that wait after a try that is written down.
func (n *night) tried(u *vedette.Update) (tried int) {
	n.t.Helper()
	list, err := n.rows.SuperiorsOf(n.t.Context(), u.Key)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, s := range list {
		if s.Detail != "" {
			tried++
		}
	}
	for _, key := range n.keys() {
		d, found, err := n.rows.Delivery(n.t.Context(), u.Key, key, vedette.AddressEmail)
		if err != nil {
			n.t.Fatal(err)
		}
		if found && d.Attempts > 0 {
			tried++
		}
	}
	return tried
}

func managers(n int) func(store.Tally) bool {
	return func(t store.Tally) bool { return t.Superiors[vedette.DeliveryAccepted] == n }
}

// A planner that dies before, or after, it came to the managers costs nobody
// their message, and gives nobody two.
func TestManagersAreToldOnceWhateverDies(t *testing.T) {
	for name, dies := range map[string]int{"before": 0, "after": 1} {
		t.Run(name, func(t *testing.T) {
			n := newNight(t, 1)
			post := n.post()
			n.traveller("a@example.org", "boss@example.org")
			n.traveller("b@example.org", "boss@example.org")
			n.traveller("c@example.org", "c@example.org") // their own manager
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
			chunks := make(chan store.Chunk, 9)
			if err := p.chunks(ctx, chunks); err != nil {
				t.Fatal(err)
			}
			close(chunks)
			for c := range chunks {
				if c.Pass == passSuperiors && dies == 0 {
					continue
				}
				if err := b.write(ctx, f, c); err != nil {
					t.Fatal(err)
				}
			}
			n.jump(planLease + time.Second)
			n.engine("next")
			n.until(u, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
			n.until(u, "managers told", managers(2))
			n.until(u, "people told", accepted(4))
			if got := post.count("boss@example.org trip"); got != 2 {
				t.Errorf("the manager of two got %d mails", got)
			}
			if post.count("c@example.org trip") != 0 || post.count("c@example.org news") != 1 {
				t.Errorf("who is their own manager is told as a traveller alone: %v", post.got)
			}
		})
	}
}

// A manager's mail is tried again as any other, and a trip that becomes known
// later is told by the lookout, once with two engines.
func TestAManagersMailIsTriedAgain(t *testing.T) {
	n := newNight(t, 0)
	n.box.set(func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry, Detail: "later"} })
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "planned", func(t store.Tally) bool { return t.Fanout.State == vedette.FanoutPlanned })
	n.settled()
	n.engine("two")
	n.traveller("late@example.org", "boss@example.org")
	n.until(u, "both tried", func(store.Tally) bool { return n.tried(u) == 2 })
	post := n.post()
	n.jump(time.Hour)
	n.until(u, "told", managers(1))
	n.until(u, "told", accepted(1))
	if post.count("boss@example.org trip") != 1 || post.count("late@example.org news") != 1 {
		t.Errorf("mails: %v", post.got)
	}
}

// Whoever is not the manager any more is told of no trip, but of a correction
// that what they were told does not stand; the new one is told of the trip.
func TestAFormerManager(t *testing.T) {
	n := newNight(t, 0)
	key := n.traveller("a@example.org", "old@example.org")
	var mu sync.Mutex
	texts := map[string][]string{}
	n.box.set(func(_ int, m deliver.Message) deliver.Result {
		mu.Lock()
		defer mu.Unlock()
		texts[m.To] = append(texts[m.To], m.Subject+"\n"+m.Text)
		return deliver.Result{Kind: deliver.Accepted}
	})
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "told", managers(1))
	n.settled()
	p, err := n.rows.PersonByKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	pk, err := n.key.Unwrap(p.ID, p.WrappedKey)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := n.key.OpenRecord(p.ID, p.WrappedKey, p.Record)
	if err != nil {
		t.Fatal(err)
	}
	rec.Manager = "new@example.org"
	if p.Record, err = pk.SealRecord(rec); err != nil {
		t.Fatal(err)
	}
	n.save([]store.PersonChange{{SealedPerson: p}})
	n.until(u, "the new one told", managers(2))
	c := n.publish("", u.ID)
	n.until(c, "both told", managers(2))
	mu.Lock()
	defer mu.Unlock()
	old, now := texts["old@example.org"], texts["new@example.org"]
	if len(old) != 2 || len(now) != 2 {
		t.Fatalf("%d mails to the former manager, %d to the new one", len(old), len(now))
	}
	if !strings.Contains(old[1], "no longer stands as we told it") || strings.Contains(old[1], "avoid all travel") || strings.Contains(old[1], "No trip of") {
		t.Errorf("the former one is told: %s", old[1])
	}
	if !strings.Contains(now[1], "For Iraq: avoid all travel") {
		t.Errorf("the new one is told: %s", now[1])
	}
}

// Whoever is erased is named to nobody any more.
func TestAnErasedTravellerIsNamedToNoManager(t *testing.T) {
	n := newNight(t, 0)
	key := n.traveller("a@example.org", "boss@example.org")
	n.box.set(func(int, deliver.Message) deliver.Result { return deliver.Result{Kind: deliver.Retry, Detail: "later"} })
	n.engine("one")
	u := n.publish("", "")
	n.until(u, "tried", func(store.Tally) bool { return n.tried(u) == 2 })
	p, err := n.rows.PersonByKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.rows.ErasePerson(t.Context(), p.ID, n.clock()); err != nil {
		t.Fatal(err)
	}
	post := n.post()
	n.jump(time.Hour)
	n.until(u, "withheld", func(t store.Tally) bool { return t.Superiors[vedette.DeliveryWithheld] == 1 })
	if post.count("boss@example.org trip") != 0 {
		t.Error("the manager was told of somebody erased")
	}
}
