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
func (n *night) mailing(id string, relay *delivertest.SMTP, rules limit.Rules) {
	n.t.Helper()
	mails, err := email.New(email.Config{Addr: relay.Addr(), From: "alerts@relief.example.org", Conns: 8, Now: n.clock})
	if err != nil {
		n.t.Fatal(err)
	}
	g := gazetteer.Default()
	e := New(Config{Store: n.store, Key: n.key, Gaz: g, Rosters: roster.New(n.store, n.key, g), Senders: []deliver.Sender{mails}, Now: n.clock, Limits: limit.New(rules),
		Log: slog.New(slog.DiscardHandler), Worker: store.Worker{ID: id, Kind: "test", StartedAt: n.clock()}, BaseURL: "http://127.0.0.1", LinkLife: time.Hour, Poll: 5 * time.Millisecond})
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
	n.mailing("one", relay, limit.Rules{})
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

// homes are so many people at home in Iraq, all of one mail domain.
func (n *night) homes(many int) (list []store.PersonChange) {
	for i := range many {
		list = append(list, n.person(fmt.Sprintf("p%d@example.org", i), vedette.Presence{Area: "IQ", Because: vedette.BecauseHome}))
	}
	return list
}

// A domain that is limited gets what is immediate at once all the same.
func TestNoLimitHoldsAWarningBehindWhatInforms(t *testing.T) {
	n := newNight(t, 0)
	n.live = time.Now()
	people := n.homes(300)
	people = append(people, n.person("warned@example.org", vedette.Presence{Area: "JO", Because: vedette.BecauseHome}))
	n.save(people)
	f := &farSide{took: map[string][]time.Time{}, asked: map[string]int{}}
	relay := delivertest.NewSMTP(t)
	relay.Answer(f.answer)
	n.mailing("one", relay, limit.Rules{All: limit.Rule{PerMinute: 120, Connections: 2}})
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

// Several that send keep a limit together; one that dies leaves its part to the
// others.
func TestSeveralThatSendKeepOneLimit(t *testing.T) {
	n := newNight(t, 0)
	n.live = time.Now()
	n.save(n.homes(200))
	f := &farSide{took: map[string][]time.Time{}, asked: map[string]int{}}
	relay := delivertest.NewSMTP(t)
	relay.Answer(f.answer)
	const perSecond = 20
	for _, id := range []string{"one", "two", "three"} {
		n.mailing(id, relay, limit.Rules{All: limit.Rule{PerMinute: 60 * perSecond}})
	}
	n.risk, n.urgency = vedette.RiskModerate, vedette.UrgencyExpected
	began := time.Now()
	u := n.publish("", "")
	const some = 120
	n.until(u, "some taken", func(store.Tally) bool { took, _ := f.counts("example.org"); return took >= some })
	// Each may run two seconds ahead of its part, and begins with one at once.
	if most := perSecond*int(time.Since(began)/time.Second+3) + 3; some > most {
		t.Errorf("%d went in %s, of %d that may", some, time.Since(began), most)
	}
}

// The part of each is by who says that they send mail now: whoever died is counted
// until that is long ago, and who sends none is not.
func TestWhoseTheLimitIs(t *testing.T) {
	n := newNight(t, 0)
	e := n.branch("b").Engine
	e.senders[vedette.ChannelEmail], e.channels = n.box, []vedette.Channel{vedette.ChannelEmail}
	e.Limits = limit.New(limit.Rules{All: limit.Rule{Connections: 4}})
	began := n.clock()
	e.Worker.StartedAt = began
	beats := func(id, kind string) {
		if err := n.store.Beat(t.Context(), store.Worker{ID: id, Kind: kind, StartedAt: began, BeatAt: n.clock()}); err != nil {
			t.Fatal(err)
		}
	}
	places := func(what string, want int) {
		t.Helper()
		if err := e.beat(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := 0
		for ; got < 10; got++ {
			if until := e.Limits.Turn(limit.Asked{To: "example.org"}, n.clock()); !until.IsZero() {
				break
			}
		}
		for range got {
			e.Limits.Done(limit.Asked{To: "example.org"}, limit.Nothing, 0, n.clock())
		}
		if got != want {
			t.Errorf("%s: %d at once, want %d", what, got, want)
		}
	}
	places("alone", 4)
	beats("a", "serve email push")
	beats("w", "work webhook sms")
	places("another, that may not know of it yet", 0)
	n.jump(6 * time.Second)
	beats("a", "serve email push")
	places("another", 2)
	beats("c", "work email webhook")
	places("two others, of four places the second gets one", 1)
	n.jump(8 * time.Second)
	beats("c", "work email webhook")
	places("one of them is silent", 1)
	n.jump(3 * time.Second)
	places("and dead", 2)
	n.jump(store.WorkerGone)
	places("alone again", 4)
}
