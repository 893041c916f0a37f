package engine

import (
	"context"
	"errors"
	"time"

	"vedette/store"
)

// planFirst plans, between two chunks of a fan-out, what has been published
// since of a lane before its own: a warning of seconds does not wait until a
// million are planned. The fan-out keeps its place and its lease; one that such
// an update has halted is told so by its next chunk.
func (b *branch) planFirst(ctx context.Context, f *store.Fanout) error {
	for {
		if err := b.letGo(ctx); err != nil {
			return err
		}
		urgent, err := b.rows.LeaseFanoutBefore(ctx, b.Worker.ID, f.Lane, b.Now(), planLease)
		if err != nil || urgent == nil {
			b.unplanned = b.unplanned || err != nil
			return err
		}
		release := b.keep(ctx, f)
		err = b.planOne(ctx, urgent)
		release()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			// It is tried again a little later: what was being planned must not
			// wait for what cannot be.
			b.Log.Error("planning failed, trying again", "err", err, "update", urgent.Update)
			return nil
		}
	}
}

// keep renews the lease of a fan-out until it is released.
func (b *branch) keep(ctx context.Context, f *store.Fanout) (release func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.every(ctx, "keeping a fan-out", planLease/4, func() (bool, error) {
			return false, b.rows.KeepFanout(ctx, f, b.Worker.ID, b.Now(), planLease)
		})
	}()
	return func() { cancel(); <-done }
}

// planOne plans a leased fan-out to its end. A worker that ends gives the lease
// back, for another to go on at once.
func (b *branch) planOne(ctx context.Context, f *store.Fanout) error {
	b.planning = append(b.planning, f.Key)
	err := b.planFanout(ctx, f)
	b.planning = b.planning[:len(b.planning)-1]
	if err == nil {
		return nil
	}
	if ctx.Err() == nil {
		b.unplanned = true
		return err
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, b.rows.YieldFanout(last, f, b.Worker.ID))
}

// planAgain is how long what could not be planned waits.
const planAgain = 3 * time.Second

// letGo shortens the leases of what this process has by the store and does not plan:
// it failed, or the answer to its lease was lost, for the store may have been away.
// Nobody is to wait for the whole of a lease because of that.
func (b *branch) letGo(ctx context.Context) error {
	if !b.unplanned {
		return nil
	}
	err := b.rows.ShortenFanouts(ctx, b.Worker.ID, b.planning, b.Now().Add(planAgain))
	b.unplanned = err != nil
	return err
}
