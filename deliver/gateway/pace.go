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

// rests is when a gateway is left alone. There is another to ask, or a person
// who waits, so it is never left for long.
var rests = breaker.Rule{Failures: 5, First: 30 * time.Second, Most: 30 * time.Second}
