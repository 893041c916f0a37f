package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/deliver"
	"vedette/deliver/limit"
	"vedette/store"
)

// job is one claimed delivery, ready to send, or the outcome it already has.
type job struct {
	claim   store.Claimed
	message deliver.Message
	done    *store.Outcome
	ring    *store.Ring // what a call says, nil of all else
}

// send keeps at most Flight deliveries claimed and not yet settled: that is
// also the most a kill can repeat.
func (b *branch) send(ctx context.Context, channels []vedette.Channel, wake <-chan struct{}) {
	// Both hold a whole flight, so that neither side waits for the other
	// while this loop is at the store.
	jobs, results := make(chan job, b.Flight), make(chan store.Outcome, b.Flight)
	// Sends already begun are let finish when ctx ends; each has its limit.
	work := context.WithoutCancel(ctx)
	var wg sync.WaitGroup
	for range b.Workers {
		wg.Go(func() {
			for j := range jobs {
				if ctx.Err() == nil {
					results <- b.deliver(work, j)
				}
			}
		})
	}
	s := &shift{branch: b, channels: channels, press: newPress(b), wake: wake, jobs: jobs, results: results, look: true, aloft: map[place]bool{}, systems: map[int64]*line{}}
	said := "" // of a run of the same error only the first is logged
	for ctx.Err() == nil {
		err := s.step(ctx)
		if err == nil || ctx.Err() != nil {
			said = ""
			continue
		}
		if err.Error() != said {
			said = err.Error()
			s.Log.Error("sending is held up, trying again", "err", err)
		}
		s.pause(ctx)
	}
	s.systems = nil // nobody is let go any more
	close(jobs)
	wg.Wait()
	s.drain(work)
}

// shift is the state of one sending loop. Only its own goroutine touches it.
type shift struct {
	*branch
	channels []vedette.Channel
	press    *press
	wake     <-chan struct{}
	jobs     chan<- job
	results  <-chan store.Outcome
	flying   int             // given to workers or in line for a system, result not yet taken
	aloft    map[place]bool  // rows given to workers and not settled: one that the clock lets lapse is not sent twice from here
	systems  map[int64]*line // what goes to systems that are being told something
	unsaved  []store.Outcome // taken, not yet settled: tried again if the store fails
	since    time.Time       // when the first unsaved one was taken
	look     bool            // a claim may bring something
	idle     time.Duration   // how long to wait before looking again; grows while claims bring nothing
}

// longestIdle bounds how late something that falls due is seen.
const longestIdle = time.Second

// place names a row of the ledger.
type place struct {
	update, recipient int64
	round, address    int
}

// settleAfter is how long a result may wait for others to be settled with.
const settleAfter = 4 * time.Millisecond

// step claims what there is room for, waits for something to happen, and
// settles what has gathered.
func (s *shift) step(ctx context.Context) error {
	room := s.Flight - s.flying - len(s.unsaved)
	if s.look && room >= s.Flight/2 {
		if err := s.claim(ctx, room); err != nil {
			return err
		}
	}
	s.Watch.InFlight.Store(int64(s.flying))
	wait := max(s.Poll, s.idle)
	if len(s.unsaved) > 0 {
		wait = settleAfter
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case r := <-s.results:
		s.take(r)
	case <-s.wake:
		s.look, s.idle = true, 0
	case <-timer.C:
		s.look = true // also while a slow one is on its way: others fall due
	}
	s.unblock(time.Now())
	if len(s.unsaved) >= s.Flight/2 || s.flying == 0 || len(s.unsaved) > 0 && time.Since(s.since) >= settleAfter {
		if room := s.Flight - s.flying; len(s.unsaved) > 0 && s.look && room >= s.Flight/2 {
			return s.exchange(ctx, room)
		}
		return s.settle(ctx)
	}
	return nil
}

// exchange settles, and claims what there is room for then.
func (s *shift) exchange(ctx context.Context, room int) error {
	claimed, err := s.rows.Exchange(ctx, s.Worker.ID, s.unsaved, room, s.Now(), sendLease, s.channels)
	if err != nil {
		return err
	}
	s.settled()
	return s.hand(ctx, claimed, room)
}

func (s *shift) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(s.Poll):
	}
}

// take collects a result and all that are ready with it.
func (s *shift) take(r store.Outcome) {
	for {
		if len(s.unsaved) == 0 {
			s.since = time.Now()
		}
		s.unsaved, s.flying = append(s.unsaved, r), s.flying-1
		s.answered(r.Recipient, time.Now())
		select {
		case r = <-s.results:
		default:
			return
		}
	}
}

func (s *shift) settle(ctx context.Context) error {
	if len(s.unsaved) == 0 {
		return nil
	}
	if _, err := s.rows.Settle(ctx, s.Worker.ID, s.unsaved, s.Now()); err != nil {
		return err
	}
	s.settled()
	return nil
}

// settled forgets what was written down.
func (s *shift) settled() {
	for _, o := range s.unsaved {
		s.Watch.count(o.Event)
		delete(s.aloft, place{o.Update, o.Recipient, o.Round, o.Address}) // not before: unsettled, it would be sent again
	}
	s.unsaved = s.unsaved[:0]
}

func (w *Watch) count(event string) {
	switch event {
	case "accept":
		w.Accepted.Add(1)
	case "fail":
		w.Failed.Add(1)
	case "retry":
		w.Retried.Add(1)
	case "doubt":
		w.Doubtful.Add(1)
	case "withhold":
		w.Withheld.Add(1)
	}
}

func (s *shift) claim(ctx context.Context, n int) error {
	claimed, err := s.rows.Claim(ctx, s.Worker.ID, n, s.Now(), sendLease, s.channels)
	if err != nil {
		s.look, s.idle = false, min(max(2*s.idle, s.Poll), longestIdle)
		return err
	}
	return s.hand(ctx, claimed, n)
}

// hand gives to the workers what was claimed, of at most n.
func (s *shift) hand(ctx context.Context, claimed []store.Claimed, n int) error {
	s.look = len(claimed) == n
	claimed = slices.DeleteFunc(claimed, func(c store.Claimed) bool { return s.aloft[place{c.Update, c.Recipient, c.Round, c.Address}] })
	if len(claimed) == 0 {
		s.idle = min(max(2*s.idle, s.Poll), longestIdle)
		return nil
	}
	s.idle = 0
	jobs, err := s.press.prepare(ctx, claimed)
	if err != nil {
		// None of these was sent: give them back and try again. At the end the
		// release does so, and they are due at once.
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(err, s.giveBack(ctx, claimed))
	}
	for _, j := range jobs {
		if j.done != nil {
			s.unsaved = append(s.unsaved, *j.done)
			continue
		}
		if until := s.turn(j); !until.IsZero() {
			s.unsaved = append(s.unsaved, waitsTurn(j.claim, until))
			continue
		}
		goes, ends := s.lines(j, time.Now())
		if ends != nil {
			s.unsaved = append(s.unsaved, *ends)
			continue
		}
		s.aloft[place{j.claim.Update, j.claim.Recipient, j.claim.Round, j.claim.Address}] = true
		s.flying++
		if goes {
			s.jobs <- j
		}
	}
	return nil
}

// giveBack makes claimed deliveries due again, a little later.
func (s *shift) giveBack(ctx context.Context, claimed []store.Claimed) error {
	outs := make([]store.Outcome, len(claimed))
	for i, c := range claimed {
		outs[i] = outcome(c)
		outs[i].Event, outs[i].Detail, outs[i].Untried, outs[i].DueAt = "retry", c.Detail, true, s.Now().Add(time.Second)
	}
	_, err := s.rows.Settle(context.WithoutCancel(ctx), s.Worker.ID, outs, s.Now())
	return err
}

// drain settles what the workers finished and gives back what they did not
// begin.
func (s *shift) drain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for len(s.results) > 0 {
		s.take(<-s.results)
	}
	for {
		err := s.settle(ctx)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			// Their leases are left to lapse: what is claimed then is in doubt.
			s.Log.Error("results not settled; these are sent again under the same identity", "n", len(s.unsaved), "err", err)
			return
		}
		s.pause(ctx)
	}
}

// release gives back, once all who send have ended, what was claimed and not
// begun.
func (b *branch) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := b.rows.Release(ctx, b.Worker.ID); err != nil {
		b.Log.Error("leases not given back, they lapse by themselves", "err", err)
	}
}

// deliver tries one message once.
func (b *branch) deliver(ctx context.Context, j job) store.Outcome {
	how, lasted := limit.Nothing, time.Duration(0)
	defer func() { b.landed(j, how, lasted) }()
	if b.Now().Add(sendLimit).After(j.claim.DueAt) {
		return late(j.claim)
	}
	ctx, end, why := b.halts.begin(ctx, j.claim.Update, j.claim.Recipient, sendLimit)
	if why == compromised { // or was, a moment ago: whoever claims it next asks the store
		o := outcome(j.claim)
		o.Event, o.Detail, o.Untried, o.DueAt = "retry", j.claim.Detail, true, b.Now().Add(time.Second)
		return o
	}
	if why != "" {
		return *withheld(j.claim, why).done
	}
	defer end()
	began := time.Now()
	res := b.senders[j.claim.Channel].Send(ctx, j.message)
	how, lasted = ending(res), time.Since(began)
	o := outcome(j.claim)
	event, wait := deliver.Decide(res, j.claim.Attempts+1, j.claim.Doubts, rand.Float64())
	o.Event, o.Detail = event, res.Detail
	if res.Kind == deliver.Doubt {
		o.Doubts++
	}
	if res.Blocked && b.Blocked != nil {
		if err := b.Blocked(ctx, b.org.Key, j.claim.Recipient, j.claim.Address); err != nil {
			b.Log.Error("somebody said STOP, and it could not be noted", "err", err)
		}
	}
	if event == "retry" {
		o.DueAt = b.Now().Add(wait)
	}
	return o
}

func outcome(c store.Claimed) store.Outcome {
	return store.Outcome{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address, Doubts: c.Doubts}
}

// late is the outcome of a claim whose lease might lapse before it is sent,
// for it waited behind others or this process was halted: another may have it
// by then. It is due again at once, whatever the clock says next.
func late(c store.Claimed) store.Outcome {
	o := outcome(c)
	o.Event, o.Detail, o.Untried, o.DueAt = "retry", c.Detail, true, time.UnixMicro(1)
	return o
}

// withheld is the outcome of a claim that is not to be sent.
func withheld(c store.Claimed, why string) job { return ended(c, "withhold", why) }

// failed is the outcome of a claim that cannot be sent.
func failed(c store.Claimed, why string) job { return ended(c, "fail", why) }

// ended is an outcome without a try. What an earlier try left in doubt stays
// so: it may have been accepted.
func ended(c store.Claimed, event, why string) job {
	o := outcome(c)
	o.Event, o.Detail, o.Untried = event, why, true
	if c.Doubts > 0 {
		o.Event, o.Detail = "doubt", why+"; an earlier try may have been accepted"
	}
	return job{claim: c, done: &o}
}
