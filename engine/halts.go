package engine

import (
	"context"
	"sync"
	"time"
)

// halts knows which updates are stopped, and calls back what of them is on
// its way.
type halts struct {
	mu      sync.Mutex
	stopped map[int64]bool
	next    int
	flying  map[int64]map[int]context.CancelFunc // by update
}

func newHalts() *halts {
	return &halts{stopped: map[int64]bool{}, flying: map[int64]map[int]context.CancelFunc{}}
}

// set replaces the stopped updates and cancels their sends.
func (h *halts) set(stopped map[int64]bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopped = stopped
	for u := range stopped {
		for _, cancel := range h.flying[u] {
			cancel()
		}
	}
}

// begin opens the context of one send; false when its update is stopped.
func (h *halts) begin(ctx context.Context, update int64, limit time.Duration) (context.Context, func(), bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped[update] {
		return ctx, nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	h.next++
	n := h.next
	if h.flying[update] == nil {
		h.flying[update] = map[int]context.CancelFunc{}
	}
	h.flying[update][n] = cancel
	return ctx, func() {
		cancel()
		h.mu.Lock()
		defer h.mu.Unlock()
		if delete(h.flying[update], n); len(h.flying[update]) == 0 {
			delete(h.flying, update)
		}
	}, true
}
