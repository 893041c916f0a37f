package engine

import (
	"context"
	"time"

	"vedette/store"
)

// settler writes down what became of deliveries beside the loop that sends, a lot
// at a time: while one is written others are begun, and the next gathers.
type settler struct {
	lots  chan []store.Outcome
	ends  chan error
	ended chan struct{}
}

// settler starts one that works until its lots are closed; ctx ends the one under
// way.
func (b *branch) settler(ctx context.Context) *settler {
	w := &settler{lots: make(chan []store.Outcome, 1), ends: make(chan error, 1), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for outs := range w.lots {
			_, err := b.rows.Settle(ctx, b.Worker.ID, outs, b.Now())
			w.ends <- err
		}
	}()
	return w
}

// end waits until nothing more is written beside s.
func (w *settler) end(s *shift) {
	close(w.lots)
	<-w.ended
	if s.saving != nil {
		_ = s.settled(<-w.ends) // what was not written is written when all have ended
	}
}

// settleAfter is how long a result may wait for others to be settled with: to
// systems as much longer as more of them may wait.
const settleAfter = 4 * time.Millisecond

func (s *shift) settleAfter() time.Duration {
	return settleAfter * time.Duration(s.flight/max(s.Flight, 1))
}

// settle gives what has gathered to be written down, when that is worth a commit
// and none is under way.
func (s *shift) settle(now time.Time) {
	if s.saving != nil || len(s.unsaved) == 0 {
		return
	}
	if len(s.unsaved) < s.flight/2 && s.flying > 0 && now.Sub(s.since) < s.settleAfter() {
		return
	}
	s.saving, s.unsaved = s.unsaved, nil
	s.settles.lots <- s.saving
}

// settled forgets what was written down. What was not waits to be tried again.
func (s *shift) settled(err error) error {
	if err != nil {
		s.unsaved, s.saving = append(s.saving, s.unsaved...), nil
		return err
	}
	for _, o := range s.saving {
		s.Watch.count(o.Event)
		at := placeOfOutcome(o)
		delete(s.held, at) // not before: unsettled, it would be sent again
		delete(s.given, at)
		if s.claims.asked {
			s.lately[at] = true
		}
	}
	s.saving = nil
	for _, o := range s.back {
		s.giveBack(o)
	}
	s.back = nil
	return nil
}

// drain settles what the workers finished. What they did not begin is released
// when all who send have ended.
func (s *shift) drain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, drainFor)
	defer cancel()
	for len(s.results) > 0 {
		s.take(<-s.results)
	}
	for len(s.unsaved) > 0 {
		_, err := s.rows.Settle(ctx, s.Worker.ID, s.unsaved, s.Now())
		if err == nil {
			s.saving, s.unsaved = s.unsaved, nil
			_ = s.settled(nil)
			continue
		}
		if ctx.Err() != nil {
			s.unwritten.Store(true)
			s.Log.Error("it could not be written down what became of messages that were sent; they are in doubt, and sent again under the same identity", "n", len(s.unsaved), "err", err)
			return
		}
		s.pause(ctx)
	}
}

// drainFor is how long what became of messages may take to be written down once all
// ends.
const drainFor = 10 * time.Second

// writeFor is how long one try to write down what became of something may take.
const writeFor = 10 * time.Second

// untilWritten writes down what became of something, for nobody else knows: again and
// again until the lease ends, when another may have it, or, when ctx ends, for a little
// longer. Where it was sent and that is not written, all that this process gives back
// from then on is in doubt.
func (b *branch) untilWritten(ctx context.Context, until time.Time, sent bool, do func(context.Context) error) error {
	work := context.WithoutCancel(ctx)
	var ended time.Time
	for said := false; ; {
		try, cancel := context.WithTimeout(work, writeFor)
		err := do(try)
		cancel()
		if err == nil {
			return nil
		}
		if !b.Now().Before(until) {
			b.unwritten.CompareAndSwap(false, sent)
			return err
		}
		if !said {
			b.Log.Error("what became of a message cannot be written down, trying again", "err", err)
			said = true
		}
		switch {
		case ctx.Err() == nil:
		case ended.IsZero():
			ended = time.Now()
		case time.Since(ended) > drainFor:
			b.unwritten.CompareAndSwap(false, sent)
			return err
		}
		time.Sleep(b.Poll)
	}
}
