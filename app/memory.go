package app

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// leastLimit is up to how much memory, in bytes, the runtime may use before it
// collects earlier than it would, where a database is SQLite, whose caches take
// some 50 MB besides, and where it is not. So a process that tells a million
// stays below 250 MB (go run ./bench/deliver --recipients 1000000).
const (
	leastLimit      = 140 << 20
	leastLimitAlone = 175 << 20
)

// memoryLimit gives the soft limit of the runtime's memory where so many bytes
// were in use after the last collection: some room is left above what is needed,
// or it would collect all the time. What needs more than the least anyway (the
// names of 100,000 people take some 300 MB) is given as much more again: with a
// tenth it collected eight times a second, and the slowest of 100 pages took
// 216 ms instead of 20 (go run ./bench/doors --organisations 50 --people 100000).
func memoryLimit(live uint64, least int64) int64 {
	n := int64(live)
	return max(least, n+max(n/10+16<<20, n-least))
}

// Frugal keeps the limit fitting until ctx ends, where the environment sets none.
func Frugal(ctx context.Context, engine string) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	least := int64(leastLimit)
	if engine != "sqlite" {
		least = leastLimitAlone
	}
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for tick := time.NewTicker(time.Second); ; {
		if metrics.Read(sample); sample[0].Value.Kind() == metrics.KindUint64 {
			debug.SetMemoryLimit(memoryLimit(sample[0].Value.Uint64(), least))
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}
