package limit

import (
	"strings"
	"testing"
	"time"
)

var t0 = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func inform(to string) Asked { return Asked{To: to} }

// run plays an hour's queue: n messages ask, and ask again when they are told
// to. It gives how many went in each minute, and how often was asked.
func run(b *Book, n int, to string, span time.Duration) (perMinute map[int]int, asked int) {
	perMinute = map[int]int{}
	due := map[int]time.Time{}
	waited := map[int]bool{}
	for i := range n {
		due[i] = t0
	}
	for now := t0; now.Before(t0.Add(span)); now = now.Add(100 * time.Millisecond) {
		for i := range n {
			at, waits := due[i]
			if !waits || at.After(now) {
				continue
			}
			asked++
			a := Asked{To: to, Waited: waited[i]}
			if until := b.Turn(a, now); !until.IsZero() {
				due[i], waited[i] = until, true
				continue
			}
			delete(due, i)
			perMinute[int(now.Sub(t0)/time.Minute)]++
			b.Done(a, Took, time.Millisecond, now)
		}
	}
	return perMinute, asked
}

func TestSoManyAMinuteAndEachAskedAboutTwice(t *testing.T) {
	b := New(Rules{Of: map[string]Rule{"example.org": {PerMinute: 60}}})
	per, asked := run(b, 300, "example.org", 6*time.Minute)
	sum := 0
	for minute, n := range per {
		sum += n
		if n > 60+3 {
			t.Errorf("%d went in minute %d, want 60", n, minute)
		}
	}
	if sum != 300 {
		t.Errorf("%d went in six minutes, want all 300", sum)
	}
	if asked > 3*300 {
		t.Errorf("asked %d times for 300 messages", asked)
	}
}

func TestWhatIsUrgentDoesNotWaitForTheRest(t *testing.T) {
	b := New(Rules{All: Rule{PerMinute: 60, Connections: 2}})
	for range 500 {
		b.Turn(inform("example.org"), t0)
	}
	for range 2 {
		if until := b.Turn(Asked{To: "example.org", Urgent: true}, t0); !until.IsZero() {
			t.Fatalf("the urgent one waits until %s behind what is not", until)
		}
	}
	if until := b.Turn(Asked{To: "example.org", Urgent: true}, t0); until.IsZero() {
		t.Error("a third at once went, of two that may")
	}
	// It takes its time from the rest.
	b.Done(Asked{To: "example.org"}, Took, time.Second, t0)
	if until := b.Turn(Asked{To: "example.org", Waited: true}, t0.Add(time.Second)); until.IsZero() {
		t.Error("the rest goes on as if nothing urgent had gone")
	}
}

func TestWhoSaysItIsTooMuchIsSentLessAndMoreAgain(t *testing.T) {
	b := New(Rules{})
	now := t0
	for range strikes {
		b.Turn(inform("example.org"), now)
		b.Done(inform("example.org"), Busy, 0, now)
	}
	if !b.Slow("example.org") || b.Slow("example.net") {
		t.Fatal("who said it was too much, and nobody else, is slow")
	}
	if until := b.Turn(inform("example.org"), now.Add(time.Second)); until.IsZero() {
		t.Error("it is sent at once again")
	}
	if until := b.Turn(inform("example.net"), now); !until.IsZero() {
		t.Error("another waits with it")
	}
	if until := b.Turn(Asked{To: "example.org", Urgent: true}, now.Add(time.Second)); !until.IsZero() {
		t.Error("what is urgent waits while it rests")
	}
	worst := time.Duration(0)
	for range 40 { // refused on and on
		now = now.Add(settles)
		b.Done(inform("example.org"), Busy, 0, now)
		worst = max(worst, b.of["example.org"].every)
	}
	if worst != worstPace {
		t.Errorf("at worst one in %s, want one in %s", worst, worstPace)
	}
	for i := 0; b.Slow("example.org"); i++ {
		if i > 200 {
			t.Fatal("it is slow for ever though all is taken")
		}
		now = now.Add(settles)
		b.Done(inform("example.org"), Took, 0, now)
	}
}

func TestAClockSetBackHoldsNothing(t *testing.T) {
	b := New(Rules{All: Rule{PerMinute: 1}})
	b.Turn(inform("example.org"), t0.Add(240*time.Hour))
	if until := b.Turn(inform("example.org"), t0); !until.IsZero() {
		t.Errorf("waits until %s", until)
	}
}

func TestWhatIsKnownIsBounded(t *testing.T) {
	b := New(Rules{})
	for i := range 3 * most {
		a := inform(strings.Repeat("x", 1+i%50) + string(rune('a'+i%26)) + time.Duration(i).String())
		b.Turn(a, t0)
		b.Done(a, Took, 0, t0)
	}
	if len(b.of) > most {
		t.Errorf("%d destinations are kept", len(b.of))
	}
}

func TestReadRules(t *testing.T) {
	r, err := Read(strings.NewReader(`{"default": {"connections": 4}, "Example.ORG": {"connections": 2, "per_minute": 600}}`))
	if err != nil || r.For("example.org") != (Rule{2, 600}) || r.For("example.net") != (Rule{4, 0}) {
		t.Fatal(r, err)
	}
	for _, bad := range []string{``, `[]`, `{"example.org": {"conections": 2}}`, `{"example.org": {"connections": -1}}`, `{"example": {}}`, `{"a@b.org": {}}`,
		`{"example.org": {"per_minute": 99999999999}}`, `{"example.org": {}, "EXAMPLE.org": {}}`, `{} {}`} {
		if _, err := Read(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"default": {"connections": 4}, "example.org": {"per_minute": 600}}`)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for to, rule := range r.Of {
			if Destination("x@"+to) != to || rule.every() < 0 {
				t.Errorf("%q: %+v", to, rule)
			}
		}
	})
}
