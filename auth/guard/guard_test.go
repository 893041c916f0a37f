package guard

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"vedette"
)

var t0 = time.Date(2026, 2, 5, 12, 0, 0, 0, time.UTC)

func tries(g *Guard, n int, name, from func(int) string, now time.Time) (let int) {
	for i := range n {
		if _, err := g.Try(name(i), from(i), now); err == nil {
			let++
		}
	}
	return let
}

func always(s string) func(int) string { return func(int) string { return s } }
func each(s string) func(int) string   { return func(i int) string { return fmt.Sprint(s, i) } }

func TestTriesAreBounded(t *testing.T) {
	for what, c := range map[string]struct {
		name, from func(int) string
		most       int
	}{
		"one name from one address":      {always("ada"), always("a"), perPair.burst},
		"many names from one address":    {each("name"), always("a"), perAddress.burst},
		"one name from many addresses":   {always("ada"), each("a"), perName.burst},
		"many names from many addresses": {each("name"), each("a"), 10_000},
	} {
		g := New(1, 1)
		if let := tries(g, 10_000, c.name, c.from, t0); let != c.most {
			t.Errorf("%s: %d of 10,000, want %d", what, let, c.most)
		}
	}
}

// Somebody who tries a name for hours, from everywhere, keeps nobody out who signed in
// from their address before, nor others from anywhere.
func TestNobodyIsLockedOut(t *testing.T) {
	g := New(1, 1)
	g.Right("ada", "home", t0)
	for minute := range 120 {
		tries(g, 500, always("ada"), func(i int) string { return fmt.Sprint("bot", minute, i) }, t0.Add(time.Duration(minute)*time.Minute))
	}
	now := t0.Add(119*time.Minute + time.Second)
	if _, err := g.Try("ada", "home", now); err != nil {
		t.Errorf("from where she signed in before: %v", err)
	}
	if _, err := g.Try("ben", "elsewhere", now); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	if _, err := g.Try("ada", "new", now); vedette.ErrorCode(err) != vedette.CodeTooMany {
		t.Errorf("from anywhere else, while it goes on: %v", err)
	}
	if _, err := g.Try("ada", "new", now.Add(time.Minute)); err != nil {
		t.Errorf("a minute after it ended: %v", err)
	}
}

func TestWhoeverMistypesWaitsALittle(t *testing.T) {
	g := New(1, 1)
	tries(g, perPair.burst+3, always("ada"), always("home"), t0)
	if _, err := g.Try("ada", "home", t0.Add(perPair.each/2)); err == nil {
		t.Error("too early")
	}
	if _, err := g.Try("ada", "home", t0.Add(perPair.each*2)); err != nil {
		t.Error(err)
	}
	g.Right("ada", "home", t0.Add(perPair.each*2))
	if let := tries(g, 20, always("ada"), always("home"), t0.Add(perPair.each*2)); let != perPair.burst {
		t.Errorf("after she got in: %d tries", let)
	}
}

func TestWhatIsCountedIsBounded(t *testing.T) {
	g := New(1, 1)
	for i := range 3 * maxCounts {
		_, _ = g.Try(fmt.Sprint("n", i), fmt.Sprint("a", i), t0)
		if len(g.counts) > maxCounts+3 {
			t.Fatalf("%d are counted", len(g.counts))
		}
	}
}

func TestHashesWaitTheirTurnAndNotForever(t *testing.T) {
	g := New(1, 2)
	hold, began := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { _ = g.Hash(t.Context(), true, func() { close(began); <-hold }) })
	<-began
	ctx, cancel := context.WithCancel(t.Context())
	for range 2 {
		wg.Go(func() {
			if err := g.Hash(ctx, true, func() { t.Error("two at once") }); err == nil {
				t.Error("done though nobody waits for it any more")
			}
		})
	}
	for len(g.queue) < 3 {
		time.Sleep(time.Millisecond)
	}
	if err := g.Hash(t.Context(), true, func() {}); vedette.ErrorCode(err) != vedette.CodeTooMany {
		t.Errorf("one more than may wait: %v", err)
	}
	if err := New(1, 1).Hash(t.Context(), false, func() {}); err != nil {
		t.Errorf("a stranger, where nobody waits: %v", err)
	}
	cancel()
	for len(g.queue) > 1 {
		time.Sleep(time.Millisecond)
	}
	half := New(1, 3)
	half.queue <- struct{}{}
	half.queue <- struct{}{}
	if err := half.Hash(t.Context(), false, func() {}); vedette.ErrorCode(err) != vedette.CodeTooMany {
		t.Errorf("a stranger, where half of the places are taken: %v", err)
	}
	if err := half.Hash(t.Context(), true, func() {}); err != nil {
		t.Errorf("one who is known: %v", err)
	}
	close(hold)
	wg.Wait()
	if err := g.Hash(t.Context(), true, func() {}); err != nil {
		t.Error(err)
	}
}

func TestAHouseholdIsOneAddress(t *testing.T) {
	for _, c := range [][2]string{{"2001:db8::1", "2001:db8::ffff"}, {"::ffff:192.0.2.1", "192.0.2.1"}} {
		if a, b := From(netip.MustParseAddr(c[0])), From(netip.MustParseAddr(c[1])); a != b {
			t.Errorf("%s and %s are counted as %s and %s", c[0], c[1], a, b)
		}
	}
	if From(netip.MustParseAddr("192.0.2.1")) == From(netip.MustParseAddr("192.0.2.2")) {
		t.Error("two addresses are one")
	}
}

// Tokens that are wrong are held up by their address; who has a right one is not, be it
// at first or a thousand times, nor is whoever signs in from there.
func TestTokensThatAreWrong(t *testing.T) {
	g := New(1, 1)
	try := func(kept, from string, right bool) bool {
		if g.TryToken(kept, from, t0) != nil {
			return false
		}
		g.TokenWas(right, kept, from, t0)
		return true
	}
	for i := range 1000 {
		if !try("good", "office", true) || !try(fmt.Sprint("also good ", i%50), "office", true) {
			t.Fatalf("a good one is held up, try %d", i)
		}
	}
	let := 0
	for i := range 10_000 {
		if try(fmt.Sprint("bad ", i), "office", false) {
			let++
		}
	}
	if let != perTokens.burst {
		t.Errorf("%d wrong ones were looked up, want %d", let, perTokens.burst)
	}
	if try("new", "office", true) || !try("new", "elsewhere", true) || !try("good", "office", true) {
		t.Error("who is held up is not the one who guesses")
	}
	if _, err := g.Try("ada", "office", t0); err != nil {
		t.Errorf("signing in: %v", err)
	}
	// One that was good and is no more is counted like any other.
	let = 0
	for range 100 {
		if try("good", "office", false) {
			let++
		}
	}
	if let != 1 {
		t.Errorf("one that was ended is looked up %d times", let)
	}
}

// Codes are counted by account, wherever they are tried from, and apart from passwords.
func TestCodesAndKnocksAreBounded(t *testing.T) {
	g := New(1, 1)
	let := func(n int, now time.Time) (let int) {
		for range n {
			if g.TryCode("ada", now) == nil {
				let++
			}
		}
		return let
	}
	if n := let(100, t0); n != perCode.burst {
		t.Errorf("%d of 100 codes", n)
	}
	if n := let(100, t0.Add(time.Hour)); n != perCode.burst {
		t.Errorf("%d of 100 an hour later", n)
	}
	if n := let(100, t0.Add(time.Hour+perCode.each)); n != 1 {
		t.Errorf("%d of 100 a while later", n)
	}
	if g.TryCode("ben", t0.Add(time.Hour)) != nil {
		t.Error("ada's tries count against ben")
	}
	if _, err := g.Try("ada", "a", t0.Add(time.Hour)); err != nil {
		t.Error("codes count against passwords")
	}
	g.RightCode("ada")
	if n := let(1, t0.Add(time.Hour)); n != 1 {
		t.Error("a right code does not begin anew")
	}
	knocks := 0
	for range 100 {
		if g.Knock("b", t0) == nil {
			knocks++
		}
	}
	if knocks != perAddress.burst {
		t.Errorf("%d of 100 knocks", knocks)
	}
}
