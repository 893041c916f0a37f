package engine

import (
	"context"
	"sync/atomic"
	"time"
)

// clock is the one that leases and waits go by. Where the database is a
// server it is that server's, so that machines whose clocks differ do not
// take each other's work.
type clock struct {
	of   func() time.Time
	skew atomic.Int64 // nanoseconds that the server is ahead of this machine

	// Only beat's:
	seen    time.Time // what this machine's clock said when it was last looked at
	steady  time.Time // and the one that only counts on
	started bool
}

func (c *clock) now() time.Time { return c.of().Add(time.Duration(c.skew.Load())) }

const (
	// slight is what two clocks may differ by without anything being done:
	// asking takes a moment, too.
	slight = time.Second
	// leap is from where on a step back of a clock is looked after.
	leap = 5 * time.Second
	// longestDue is the longest that anything waits: a receiver may ask for an
	// hour.
	longestDue = time.Hour + time.Minute
	// shortDue is what waits may be cut to after the clock went back.
	shortDue = 15 * time.Minute
)

// setClock compares this machine's clock with the server's, and looks after
// what a clock that was set back would leave waiting.
func (e *Engine) setClock(ctx context.Context) error {
	c := e.clock
	before, most := c.skew.Load(), time.Duration(0)
	skew, err := e.skew(ctx)
	if err != nil {
		return err
	}
	c.skew.Store(int64(skew))
	step := skew - time.Duration(before)
	if c.started && step.Abs() >= slight {
		e.Log.Warn("this machine's clock and the database's differ; the database's counts", "seconds", skew.Seconds())
	}
	// What this clock did beside the steady one that only counts on.
	now, steady := c.of(), time.Now()
	if c.started {
		if by := now.Round(0).Sub(c.seen.Round(0)) - steady.Sub(c.steady) + step; by < -leap {
			e.Log.Warn("the clock was set back; what would wait for too long is due sooner", "seconds", -by.Seconds())
			most = shortDue
		}
	} else {
		most = longestDue
	}
	if most > 0 {
		if err := e.hasten(ctx, most); err != nil {
			return err
		}
	}
	c.seen, c.steady, c.started = now, steady, true
	return nil
}

// skew is how far the database's clock is ahead, 0 where it is this machine's.
func (e *Engine) skew(ctx context.Context) (time.Duration, error) {
	asked := time.Now()
	at, err := e.Store.Clock(ctx)
	if err != nil || at.IsZero() {
		return 0, err
	}
	by := at.Sub(asked.Add(time.Since(asked) / 2))
	if by.Abs() < slight {
		return 0, nil
	}
	return by, nil
}

func (e *Engine) hasten(ctx context.Context, most time.Duration) error {
	orgs, err := e.Store.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range orgs {
		n, err := e.Store.In(o.Key).Hasten(ctx, e.Now(), most)
		if err != nil {
			return err
		}
		if n > 0 {
			e.Log.Warn("deliveries were to wait for longer than anything should; they are due now", "n", n)
		}
	}
	return nil
}
