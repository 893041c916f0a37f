package desk

import (
	"sync"
	"time"
)

// How long a count of people holds.
const (
	// headsLast is for how long it does though nobody changed: trips begin and end.
	headsLast = time.Minute
	// headsWorth is how long counting takes at least for a count to hold though somebody
	// changed since, for headsTimes as long as it took: among a million, of whom somebody
	// changes every second, all that is shown would else be counting.
	headsWorth = 20 * time.Millisecond
	headsTimes = 10
	// mostHeads is how many counts are kept.
	mostHeads = 64
)

// keptHeads keeps what was counted of the people, by what was asked: whoever asks the same
// meanwhile is given it, and waits for it where it is being counted.
type keptHeads[K comparable, T any] struct {
	mu sync.Mutex
	of map[K]*heads[T]
}

// heads is what was counted.
type heads[T any] struct {
	mu      sync.Mutex
	known   bool
	turn    int64     // of the people
	at      time.Time // by the clock of the desk
	counted time.Time // by the machine's
	took    time.Duration
	is      T
}

// give gives what is kept for a question where it still holds, and else counts.
func (k *keptHeads[K, T]) give(asked K, turn int64, now time.Time, count func() T) T {
	h := k.slot(asked)
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.holds(turn, now) {
		h.counted = time.Now()
		h.is = count()
		h.known, h.turn, h.at, h.took = true, turn, now, time.Since(h.counted)
	}
	return h.is
}

// slot is where an answer is kept. Where there is no room all are forgotten: they are
// counted again.
func (k *keptHeads[K, T]) slot(asked K) *heads[T] {
	k.mu.Lock()
	defer k.mu.Unlock()
	h := k.of[asked]
	if h == nil {
		if k.of == nil || len(k.of) >= mostHeads {
			k.of = map[K]*heads[T]{}
		}
		h = &heads[T]{}
		k.of[asked] = h
	}
	return h
}

func (h *heads[T]) holds(turn int64, now time.Time) bool {
	if !h.known || now.Before(h.at) || now.Sub(h.at) >= headsLast {
		return false
	}
	return h.turn == turn || h.took >= headsWorth && time.Since(h.counted) < headsTimes*h.took
}
