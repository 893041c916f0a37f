package engine

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/delivertest"
	"vedette/deliver/email"
	"vedette/deliver/limit"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
)

// mailing runs an engine that hands its mails to a relay.
func (n *night) mailing(relay *delivertest.SMTP, rules limit.Rules) {
	n.t.Helper()
	mails, err := email.New(email.Config{Addr: relay.Addr(), From: "alerts@relief.example.org", Conns: 8, Now: n.clock})
	if err != nil {
		n.t.Fatal(err)
	}
	g := gazetteer.Default()
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Rosters: roster.New(n.store, n.key, g), Senders: []deliver.Sender{mails}, Now: n.clock, Limits: limit.New(rules),
		Log: slog.New(slog.DiscardHandler), Worker: store.Worker{ID: "one", Kind: "test", StartedAt: n.clock()}, BaseURL: "http://127.0.0.1", LinkLife: time.Hour, Poll: 5 * time.Millisecond})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := e.Run(ctx); err != nil {
			n.t.Errorf("engine: %v", err)
		}
	}()
	n.t.Cleanup(func() { cancel(); <-done; mails.Close() })
}

// farSide is a relay's far side: it takes all but a domain's, of which it takes few
// and says of the others that they are too many.
type farSide struct {
	mu    sync.Mutex
	slow  string
	few   int
	took  map[string][]time.Time // by domain
	asked map[string]int
}

func (f *farSide) answer(_ int, rcpt string) *smtp.SMTPError {
	f.mu.Lock()
	defer f.mu.Unlock()
	to := limit.Destination(rcpt)
	f.asked[to]++
	if to == f.slow && len(f.took[to]) >= f.few {
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "too many messages, slow down"}
	}
	f.took[to] = append(f.took[to], time.Now())
	return nil
}

func (f *farSide) counts(to string) (took, asked int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.took[to]), f.asked[to]
}

// One domain says that it is too much; the others' mails are not later for it,
// and it is not asked over and over.
func TestADomainThatIsSentTooMuchSlowsNoOther(t *testing.T) {
	const each = 1500
	n := newNight(t, 0)
	n.live = time.Now()
	var people []store.PersonChange
	for i := range each { // by turns, the slow ones first
		people = append(people, n.person(fmt.Sprintf("p%d@slow.example", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}),
			n.person(fmt.Sprintf("p%d@quick.example", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}))
	}
	n.save(people)
	f := &farSide{slow: "slow.example", few: 20, took: map[string][]time.Time{}, asked: map[string]int{}}
	relay := delivertest.NewSMTP(t)
	relay.Answer(f.answer)
	n.mailing(relay, limit.Rules{})
	n.risk, n.urgency = vedette.RiskModerate, vedette.UrgencyExpected
	u := n.publish("", "")
	// Behind the slow one they would wait for minutes: its mails go one by one.
	n.until(u, "the quick ones taken", func(store.Tally) bool { took, _ := f.counts("quick.example"); return took == each })
	took, asked := f.counts("slow.example")
	if took > each/10 {
		t.Errorf("the slow domain took %d meanwhile: nothing waited for it", took)
	}
	if asked > f.few+100 {
		t.Errorf("the slow domain was asked %d times, of which it took %d", asked, f.few)
	}
}

// A domain that is limited gets what is immediate at once all the same.
func TestNoLimitHoldsAWarningBehindWhatInforms(t *testing.T) {
	n := newNight(t, 0)
	n.live = time.Now()
	var people []store.PersonChange
	for i := range 300 {
		people = append(people, n.person(fmt.Sprintf("p%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}))
	}
	people = append(people, n.person("warned@example.org", vedette.Presence{Area: "JO", Because: vedette.BecauseHome}))
	n.save(people)
	f := &farSide{took: map[string][]time.Time{}, asked: map[string]int{}}
	relay := delivertest.NewSMTP(t)
	relay.Answer(f.answer)
	n.mailing(relay, limit.Rules{All: limit.Rule{PerMinute: 120, Connections: 2}})
	n.risk, n.urgency = vedette.RiskModerate, vedette.UrgencyExpected
	u := n.publish("", "")
	n.until(u, "some taken", func(store.Tally) bool { took, _ := f.counts("example.org"); return took >= 3 })
	n.risk, n.urgency = vedette.RiskExtreme, vedette.UrgencyImmediate
	w := n.publishFor("JO", "", "")
	n.until(w, "the warning taken", accepted(1)) // while most of the others wait, see below
	took, _ := f.counts("example.org")
	if most := 120*int(time.Since(n.live)/time.Second+1)/60 + 6; took > most {
		t.Errorf("%d went, of %d that may", took, most)
	}
	left := n.until(u, "a tally", func(store.Tally) bool { return true })
	if left.Deliveries[vedette.DeliveryQueued] < 200 {
		t.Errorf("%d wait; the limit is none", left.Deliveries[vedette.DeliveryQueued])
	}
	rounds, err := n.rows.Rounds(t.Context(), u.Key, n.keys()[299])
	if err != nil || len(rounds) != 1 || !strings.HasPrefix(rounds[0].Deliveries[0].Detail, "waits for its turn") || rounds[0].Deliveries[0].Attempts != 0 {
		t.Errorf("whoever waits is told: %+v, %v", rounds, err)
	}
}
