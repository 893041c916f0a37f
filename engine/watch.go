package engine

import "sync/atomic"

// Watch counts what an engine did since it started.
type Watch struct {
	Planned  atomic.Int64 // notices
	Accepted atomic.Int64
	Failed   atomic.Int64
	Retried  atomic.Int64
	Doubtful atomic.Int64
	Withheld atomic.Int64
	InFlight atomic.Int64
}
