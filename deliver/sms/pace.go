package sms

import (
	"sync"
	"time"
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

// breaker keeps a gateway that is down from being asked for a while: after a
// few failures on end for half a minute, then one message tries it again.
type breaker struct {
	mu     sync.Mutex
	failed int
	until  time.Time
	trying bool
}

const (
	breakAfter = 5
	breakFor   = 30 * time.Second
)

// open gives for how long nothing is to be sent, 0 where something may.
func (b *breaker) open(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.failed < breakAfter:
		return 0
	case now.Before(b.until):
		return b.until.Sub(now)
	case b.trying:
		return time.Second
	}
	b.trying = true
	return 0
}

// tell notes whether the gateway did its part.
func (b *breaker) tell(now time.Time, well bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
	if well {
		b.failed = 0
		return
	}
	if b.failed++; b.failed >= breakAfter {
		b.until = now.Add(breakFor)
	}
}
