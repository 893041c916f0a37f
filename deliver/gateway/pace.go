package gateway

import (
	"sync"
	"time"

	"vedette/deliver/breaker"
)

// pace spaces the messages of one sender. It is safe for concurrent use.
type pace struct {
	mu   sync.Mutex
	next time.Time
}

// longestWait is how long a message may wait for its turn while it is being
// sent; beyond, it comes back.
const longestWait = 30 * time.Second

// turn gives how long a message waits that comes now, and takes its place;
// false where that is longer than it may.
func (p *pace) turn(now time.Time, every time.Duration) (wait time.Duration, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next.Before(now) {
		p.next = now
	}
	if wait = p.next.Sub(now); wait > longestWait {
		return wait, false
	}
	p.next = p.next.Add(every)
	return wait, true
}

// gate keeps a gateway that is down from being asked for a while: after a few
// failures on end for half a minute, then one message tries it again.
type gate struct {
	mu     sync.Mutex
	state  breaker.State
	trying bool
}

// rests is when a gateway is left alone. There is another to ask, or a person
// who waits, so it is never left for long.
var rests = breaker.Rule{Failures: 5, First: 30 * time.Second, Most: 30 * time.Second}

// open gives for how long nothing is to be sent, 0 where something may.
func (g *gate) open(now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch until := rests.Until(g.state); {
	case now.Before(until):
		return until.Sub(now)
	case !rests.Tries(g.state):
		return 0
	case g.trying:
		return time.Second
	}
	g.trying = true
	return 0
}

// tell notes whether the gateway did its part.
func (g *gate) tell(now time.Time, well bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trying, g.state = false, g.state.After(now, well)
}

// rest gives a try back that was not made.
func (g *gate) rest() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trying = false
}
