package push

import (
	"sync"
	"time"

	"vedette/deliver/breaker"
)

// rests is when a push service is left alone. Somebody waits, so it is never
// left for long.
var rests = breaker.Rule{Failures: 5, First: 15 * time.Second, Most: time.Minute}

// maxHosts bounds how many services that fail are known at once.
const maxHosts = 1000

// hosts are the push services that fail, by name: one that hangs is not to keep
// the others waiting.
type hosts struct {
	mu   sync.Mutex
	fail map[string]*breaker.Gate
}

// open gives for how long nothing is to be sent to a service, 0 where something
// may: then tell or rest has to follow.
func (h *hosts) open(name string, now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if g := h.fail[name]; g != nil {
		return g.Open(rests, now)
	}
	return 0
}

// tell notes whether a service did its part.
func (h *hosts) tell(name string, now time.Time, well bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if well {
		delete(h.fail, name)
		return
	}
	g := h.fail[name]
	if g == nil {
		if len(h.fail) >= maxHosts {
			clear(h.fail)
		}
		g = &breaker.Gate{}
		h.fail[name] = g
	}
	g.Tell(now, false)
}

// rest gives a try back that came to nothing.
func (h *hosts) rest(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if g := h.fail[name]; g != nil {
		g.Rest()
	}
}
