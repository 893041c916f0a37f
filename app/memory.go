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
// or it would collect all the time. Above 130 MB, which a process that tells a
// million seldom needs, the room grows soon to as much again: with a tenth it
// collected forty times a second, and pages of a portal with a million people
// took up to 400 ms instead of 15 (go run ./bench/portal --updates 10000
// --people 1000000, ./bench/doors --organisations 50 --people 100000).
func memoryLimit(live uint64, least int64) int64 {
	n := int64(live)
	room := n/10 + 16<<20 + max(0, 4*(n-130<<20))
	return max(least, n+min(room, n))
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
