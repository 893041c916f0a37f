package breaker

import (
	"sync"
	"time"
)

// Gate keeps somebody who fails from being sent to, by a rule, within one
// process; once they have rested one message tries them. It is safe for
// concurrent use; the zero Gate is open.
type Gate struct {
	mu     sync.Mutex
	state  State
	trying bool
}

// Open gives for how long nothing is to be sent, 0 where something may: then
// Tell or Rest has to follow.
func (g *Gate) Open(r Rule, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch until := r.Until(g.state); {
	case now.Before(until):
		return until.Sub(now)
	case !r.Tries(g.state):
		return 0
	case g.trying:
		return time.Second
	}
	g.trying = true
	return 0
}

// Tell notes whether they did their part.
func (g *Gate) Tell(now time.Time, well bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trying, g.state = false, g.state.After(now, well)
}

// Rest gives a try back that was not made.
func (g *Gate) Rest() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trying = false
}
