// Package guard keeps sign-in, and tokens, from being tried too often, and from taking the machine.
//
// What it counts is kept in memory, and bounded. It locks nobody out for good: a try
// too many waits for a minute or so, and one who tries everybody's names from one
// address spends that address's tries, not theirs.
package guard

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"vedette"
)

// The rates. A pair of name and address is what a person who mistypes has; an address
// is an office; a name from everywhere is what stands against many addresses that try
// one name, and whoever signed in from an address before is not held up by it.
var (
	perPair    = rate{burst: 6, each: 20 * time.Second}
	perAddress = rate{burst: 40, each: time.Second}
	perName    = rate{burst: 60, each: 10 * time.Second}
	perTokens  = rate{burst: 40, each: time.Second} // of an address, that are wrong
	// One-time codes have six digits, of which three are good at a time, and who tries
	// them is signed in: so it goes by the account, wherever they try from. A year of
	// trying is then one chance in four of one right code, and each try is in the log.
	perCode = rate{burst: 6, each: 5 * time.Minute}
)

// Guard counts tries. It is safe for concurrent use.
type Guard struct {
	mu     sync.Mutex
	counts map[string]*bucket
	known  map[string]time.Time // pairs that signed in, and when
	hashes chan struct{}        // being made
	queue  chan struct{}        // being made or waiting
	paced  chan struct{}        // of one who is not known, being made, or made a moment ago
}

// rest is how long after a hash of somebody who is not known the next of one waits:
// whoever tries passwords, from however many addresses, takes so much of the machine and
// no more, and whoever is signed in goes on with their work. A hash takes some 50 ms.
const rest = 200 * time.Millisecond

const (
	maxCounts = 100_000
	maxKnown  = 50_000
	// knownFor is how long an address where somebody signed in is known as theirs.
	knownFor = 90 * 24 * time.Hour
)

// New makes one that has so many hashes made at once, and as many wait.
func New(atOnce, waiting int) *Guard {
	return &Guard{counts: map[string]*bucket{}, known: map[string]time.Time{}, hashes: make(chan struct{}, atOnce), queue: make(chan struct{}, atOnce+waiting), paced: make(chan struct{}, 1)}
}

// From is what is counted of an address: of IPv6 the 64 bits that a household has.
func From(a netip.Addr) string {
	a = a.Unmap()
	if a.Is6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}

// Try counts a try to sign in as somebody from an address, and says, as CodeTooMany,
// that it is one too many; and whether they signed in from there before.
func (g *Guard) Try(name, from string, now time.Time) (known bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bound(now)
	pair := name + "\x00" + from
	at, known := g.known[pair]
	known = known && now.Sub(at) < knownFor
	if !known && !g.take("address\x00"+from, perAddress, now) || !g.take("pair\x00"+pair, perPair, now) || !known && !g.take("name\x00"+name, perName, now) {
		return known, tooMany()
	}
	return known, nil
}

// Knock counts a try of somebody from an address who says no name, and says, as
// CodeTooMany, that it is one too many.
func (g *Guard) Knock(from string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bound(now)
	if !g.take("address\x00"+from, perAddress, now) {
		return tooMany()
	}
	return nil
}

// TryCode counts a one-time code that somebody who is signed in tries, and says, as
// CodeTooMany, that it is one too many.
func (g *Guard) TryCode(name string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bound(now)
	if !g.take("code\x00"+name, perCode, now) {
		return vedette.Errorf(vedette.CodeTooMany, "too many wrong codes for this account; wait five minutes for the next try, or use a passkey")
	}
	return nil
}

// RightCode notes that a code was right.
func (g *Guard) RightCode(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.counts, "code\x00"+name)
}

func tooMany() error {
	return vedette.Errorf(vedette.CodeTooMany, "too many tries; wait a minute, and try again")
}

// Right notes that somebody signed in from an address.
func (g *Guard) Right(name, from string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	pair := name + "\x00" + from
	if len(g.known) >= maxKnown {
		clear(g.known) // they are counted like strangers, until they sign in
	}
	g.known[pair] = now
	delete(g.counts, "pair\x00"+pair)
}

// TryToken counts a try to come in by a token, which is known by what is kept of it,
// from an address, and says, as CodeTooMany, that it is one too many. One that was
// right from there before is not counted.
func (g *Guard) TryToken(kept, from string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bound(now)
	if at, known := g.known[tokenPair(kept, from)]; known && now.Sub(at) < knownFor {
		return nil
	}
	if !g.take(tokensFrom(from), perTokens, now) {
		return vedette.Errorf(vedette.CodeTooMany, "too many tokens that are not good came from this address; wait a minute, and try again")
	}
	return nil
}

// TokenWas notes what came of a try: one that was right is counted no more, one that
// is not right any more is counted from now on.
func (g *Guard) TokenWas(right bool, kept, from string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	pair := tokenPair(kept, from)
	_, known := g.known[pair]
	switch {
	case !right:
		delete(g.known, pair)
		return
	case !known:
		if b := g.counts[tokensFrom(from)]; b != nil {
			b.left = min(b.left+1, float64(b.full))
		}
		if len(g.known) >= maxKnown {
			clear(g.known)
		}
	}
	g.known[pair] = now
}

func tokenPair(kept, from string) string { return "token\x00" + kept + "\x00" + from }
func tokensFrom(from string) string      { return "tokens\x00" + from }

// Room says, as CodeTooMany, that Hash would turn somebody away now: asked before anything
// is read for them, turning away costs next to nothing.
func (g *Guard) Room(known bool) error {
	places := cap(g.queue)
	if !known {
		places /= 2
	}
	if len(g.queue) >= places {
		return manyWait()
	}
	return nil
}

func manyWait() error {
	return vedette.Errorf(vedette.CodeTooMany, "too many sign in at this moment; try again in a few seconds")
}

// Hash runs what costs much, when it is its turn. Where too many wait it says so, as
// CodeTooMany; of the places half are kept for those who are known.
func (g *Guard) Hash(ctx context.Context, known bool, do func()) error {
	if err := g.Room(known); err != nil {
		return err
	}
	select {
	case g.queue <- struct{}{}:
		defer func() { <-g.queue }()
	default:
		return manyWait()
	}
	if known {
		return g.hash(ctx, do)
	}
	select {
	case g.paced <- struct{}{}:
	case <-ctx.Done():
		return vedette.Wrap(ctx.Err(), vedette.CodeTooMany, "too many sign in at this moment; try again in a few seconds")
	}
	defer func() { time.AfterFunc(rest, func() { <-g.paced }) }()
	return g.hash(ctx, do)
}

func (g *Guard) hash(ctx context.Context, do func()) error {
	select {
	case g.hashes <- struct{}{}:
		defer func() { <-g.hashes }()
	case <-ctx.Done():
		return vedette.Wrap(ctx.Err(), vedette.CodeTooMany, "too many sign in at this moment; try again in a few seconds")
	}
	do()
	return nil
}

// rate allows a burst, and one more each so often.
type rate struct {
	burst int
	each  time.Duration
}

type bucket struct {
	left float64
	full int
	each time.Duration
	at   time.Time
}

func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.at); passed > 0 {
		b.left = min(b.left+float64(passed)/float64(b.each), float64(b.full))
	}
	b.at = now // also where the clock was set back
}

func (g *Guard) take(key string, r rate, now time.Time) bool {
	b := g.counts[key]
	if b == nil {
		b = &bucket{left: float64(r.burst), full: r.burst, each: r.each, at: now}
		g.counts[key] = b
	}
	b.fill(now)
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// bound forgets counts that are full again, and all where that is not enough: then
// there are a hundred thousand addresses or names, and the queue of hashes holds.
func (g *Guard) bound(now time.Time) {
	if len(g.counts) < maxCounts {
		return
	}
	for k, b := range g.counts {
		if b.fill(now); b.left >= float64(b.full) {
			delete(g.counts, k)
		}
	}
	if len(g.counts) >= maxCounts {
		clear(g.counts)
	}
}
