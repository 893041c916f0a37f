package engine

import (
	"context"
	"math/rand/v2"
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

// send keeps at most a flight of deliveries begun and not yet settled: that is also
// the most a kill can repeat. What it has claimed ahead of that is not begun.
func (b *branch) send(ctx context.Context, channels []vedette.Channel, wake <-chan struct{}) {
	flight := b.flight(channels)
	// Both hold a whole flight, so that neither side waits for the other
	// while this loop is at the store.
	jobs, results := make(chan job, flight), make(chan store.Outcome, flight)
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
	s := &shift{branch: b, flight: flight, claims: b.claimer(ctx, channels), settles: b.settler(ctx), wake: wake, jobs: jobs, results: results, look: true, held: map[place]bool{}, lately: map[place]bool{}, given: map[place]bool{}, systems: map[int64]*line{}, pace: paceOver(channels)}
	for ctx.Err() == nil {
		if err := s.step(ctx); err != nil && ctx.Err() == nil {
			s.pause(ctx)
		}
	}
	s.systems, s.ready = nil, nil // nobody is let go any more
	s.claims.end()
	s.settles.end(s)
	close(jobs)
	wg.Wait()
	s.drain(work)
}

// systemsFlight is how many times as much may be begun and not yet settled to systems.
const systemsFlight = 8

// flight is how many deliveries over some channels are begun and not yet settled,
// at most. To systems, most of which are quick, no more are under way at once, but
// more may have ended and wait to be written down together: nobody stands in line
// for longer, and after a kill a system knows a repeat by its identity.
func (b *branch) flight(channels []vedette.Channel) int {
	if len(channels) == 1 && channels[0] == vedette.ChannelWebhook {
		return systemsFlight * b.Flight
	}
	return b.Flight
}

// shift is the state of one sending loop. Only its own goroutine touches it.
type shift struct {
	*branch
	flight     int // most begun and not yet settled
	claims     *claimer
	settles    *settler
	wake       <-chan struct{}
	jobs       chan<- job
	results    <-chan store.Outcome
	ready      []job           // claimed and not begun
	waits      time.Time       // since when none of them was begun
	pace       pace            // how much is claimed ahead
	flying     int             // given to workers or in line for a system, result not yet taken
	held       map[place]bool  // rows that are ready, given to workers, or not settled: one that the clock lets lapse is not sent twice from here
	lately     map[place]bool  // rows settled since a claim was asked for
	back       []store.Outcome // gives back what was claimed while it was being settled; once that is written
	given      map[place]bool  // what is given back so, until that is written: nothing is claimed before
	systems    map[int64]*line // what goes to systems that are being told something
	unsaved    []store.Outcome // taken, not yet settled
	saving     []store.Outcome // given to the settler: back among the unsaved if the store fails
	since      time.Time       // when the first unsaved one was taken
	look       bool            // a claim may bring something
	asked      time.Time       // when one was asked for last
	woken      bool            // something fell due while a claim was under way
	astray     bool            // a claim failed: the store may know of leases that are not known here
	unprepared int             // how many lots in a row could not be prepared
	idle       time.Duration   // how long to wait before looking again; grows while claims bring nothing

	claiming, settling trouble
}

// trouble is what was wrong last with something that is tried again and again.
type trouble struct{ said string }

// news says whether an error is another than the last: of a run of the same only
// the first is logged.
func (t *trouble) news(err error) bool {
	last := t.said
	t.said = ""
	if err != nil {
		t.said = err.Error()
	}
	return t.said != last && err != nil
}

// longestIdle bounds how late something that falls due is seen.
const longestIdle = time.Second

// place names a row of the ledger.
type place = store.DeliveryKey

func placeOf(c store.Claimed) place {
	return place{Update: c.Update, Recipient: c.Recipient, Round: c.Round, Address: c.Address}
}

func placeOfOutcome(o store.Outcome) place {
	return place{Update: o.Update, Recipient: o.Recipient, Round: o.Round, Address: o.Address}
}

// step asks for as much as there is room for, begins what is ready, waits for
// something to happen, and has settled what has gathered.
func (s *shift) step(ctx context.Context) error {
	now := time.Now()
	s.begin(now)
	s.ask()
	s.Watch.InFlight.Store(int64(s.flying))
	wait := max(s.Poll, s.idle)
	if len(s.unsaved) > 0 && s.saving == nil {
		wait = max(s.since.Add(s.settleAfter()).Sub(now), 0)
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var err error
	select {
	case <-ctx.Done():
	case r := <-s.results:
		s.take(r)
	case <-s.wake:
		s.look, s.woken, s.idle = true, true, 0
	case l := <-s.claims.lots:
		s.says(ctx, &s.claiming, "what is due cannot be claimed, trying again", l.err)
		err = s.receive(l)
	case e := <-s.settles.ends:
		s.says(ctx, &s.settling, "what was sent cannot be written down, trying again; no more than a flight is sent meanwhile", e)
		err = s.settled(e)
	case <-timer.C:
	}
	now = time.Now()
	// Others fall due, also while much is on its way.
	s.look = s.look || now.Sub(s.asked) >= max(s.Poll, s.idle)
	s.unblock(now)
	s.giveUp(now)
	if err == nil {
		s.settle(now)
	}
	return err
}

// says logs an error that is news, unless it is that all ends.
func (s *shift) says(ctx context.Context, of *trouble, what string, err error) {
	if of.news(err) && ctx.Err() == nil {
		s.Log.Error(what, "err", err)
	}
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
		s.pace.sent++
		s.answered(r.Recipient, time.Now())
		select {
		case r = <-s.results:
		default:
			return
		}
	}
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

// begin gives to the workers what is ready, as far as a flight has room.
func (s *shift) begin(now time.Time) {
	for len(s.ready) > 0 && s.flying < s.Flight && s.flying+len(s.unsaved)+len(s.saving) < s.flight {
		j := s.ready[0]
		s.ready, s.waits = s.ready[1:], now
		if j.done != nil {
			s.ends(*j.done, now)
			continue
		}
		if until := s.turn(j); !until.IsZero() {
			s.ends(waitsTurn(j.claim, until), now)
			continue
		}
		goes, ends := s.lines(j, now)
		if ends != nil {
			s.ends(*ends, now)
			continue
		}
		s.flying++
		if goes {
			s.jobs <- j
		}
	}
}

// ends notes how something ended without a try.
func (s *shift) ends(o store.Outcome, now time.Time) {
	if len(s.unsaved) == 0 {
		s.since = now
	}
	s.unsaved = append(s.unsaved, o)
}

// release gives back, once all who send have ended, what was claimed and not
// begun. Where it could not be written down what was sent, all of it is in doubt.
func (b *branch) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	give := b.rows.Release
	if b.unwritten.Load() {
		give = b.rows.Abandon
	}
	if _, err := give(ctx, b.Worker.ID); err != nil {
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
