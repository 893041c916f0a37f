package engine

import (
	"context"
	"sync"
	"time"
)

// halts knows which updates are stopped and to whom nothing is sent, and calls
// back what of it is on its way.
type halts struct {
	mu      sync.Mutex
	stopped map[int64]bool
	shut    map[int64]bool // recipients
	next    int
	flying  map[int64]map[int]flight // by update; 0 is a letter's
}

// flight is a message on its way.
type flight struct {
	recipient int64
	cancel    context.CancelFunc
}

func newHalts() *halts {
	return &halts{stopped: map[int64]bool{}, shut: map[int64]bool{}, flying: map[int64]map[int]flight{}}
}

// set replaces the stopped updates and cancels their sends.
func (h *halts) set(stopped map[int64]bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopped = stopped
	for u := range stopped {
		for _, f := range h.flying[u] {
			f.cancel()
		}
	}
}

// shutTo replaces those to whom nothing is sent, and cancels what is on its way
// to them.
func (h *halts) shutTo(shut map[int64]bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shut = shut
	if len(shut) == 0 {
		return
	}
	for _, of := range h.flying {
		for _, f := range of {
			if shut[f.recipient] {
				f.cancel()
			}
		}
	}
}

// begin opens the context of one send; where it says why, it is not to be sent:
// its update is stopped, or nothing is sent to the recipient.
func (h *halts) begin(ctx context.Context, update, recipient int64, limit time.Duration) (_ context.Context, end func(), why string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.stopped[update]:
		return ctx, nil, "stopped before it was sent"
	case h.shut[recipient]:
		return ctx, nil, compromised
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	h.next++
	n := h.next
	if h.flying[update] == nil {
		h.flying[update] = map[int]flight{}
	}
	h.flying[update][n] = flight{recipient, cancel}
	return ctx, func() {
		cancel()
		h.mu.Lock()
		defer h.mu.Unlock()
		if delete(h.flying[update], n); len(h.flying[update]) == 0 {
			delete(h.flying, update)
		}
	}, ""
}

// compromised is why nothing is sent to somebody who is.
const compromised = "compromised"
