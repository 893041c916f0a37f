package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"vedette"
	"vedette/store"
)

// claimer claims and prepares beside the loop that sends, a lot at a time.
type claimer struct {
	asks  chan int
	lots  chan lot
	ended chan struct{}
	asked bool // a lot is under way; only its shift's own
}

// lot is what a claim brought.
type lot struct {
	jobs []job
	full bool // as many as were asked for: there may be more
	err  error
}

// claimer starts one that works until ctx ends.
func (b *branch) claimer(ctx context.Context, channels []vedette.Channel) *claimer {
	c := &claimer{asks: make(chan int, 1), lots: make(chan lot, 1), ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		for p, more := newPress(b), false; ; {
			select {
			case <-ctx.Done():
				return
			case n := <-c.asks:
				l := b.lot(ctx, p, n, channels, more)
				more = l.full
				c.lots <- l
			}
		}
	}()
	return c
}

// end waits until it claims nothing more.
func (c *claimer) end() { <-c.ended }

// lot claims at most n, and prepares them. Where it is not known that there are
// some it looks first, for a claim has a lock.
func (b *branch) lot(ctx context.Context, p *press, n int, channels []vedette.Channel, some bool) lot {
	if !some {
		if due, err := b.rows.Due(ctx, b.Now(), channels); err != nil || !due {
			return lot{err: err}
		}
	}
	claimed, err := b.rows.Claim(ctx, b.Worker.ID, n, b.Now(), sendLease, channels)
	l := lot{full: len(claimed) == n, err: err}
	if err != nil || len(claimed) == 0 {
		return l
	}
	if l.jobs, l.err = p.prepare(ctx, claimed); l.err != nil && ctx.Err() == nil {
		// None of these was sent: give them back and try again. At the end the
		// release does so, and they are due at once.
		l.err = errors.Join(l.err, b.unclaim(ctx, claimed))
	}
	return l
}

// unclaim makes claimed deliveries due again, a little later.
func (b *branch) unclaim(ctx context.Context, claimed []store.Claimed) error {
	outs := make([]store.Outcome, len(claimed))
	for i, c := range claimed {
		outs[i] = outcome(c)
		outs[i].Event, outs[i].Detail, outs[i].Untried, outs[i].DueAt = "retry", c.Detail, true, b.Now().Add(time.Second)
	}
	_, err := b.rows.Settle(context.WithoutCancel(ctx), b.Worker.ID, outs, b.Now())
	return err
}

// ask asks for what there is room for, when that is worth a claim.
func (s *shift) ask() {
	begun := s.flying + max(len(s.unsaved)+len(s.saving)-(s.flight-s.Flight), 0)
	room := s.Flight + s.pace.of(time.Now()) - begun - len(s.ready)
	if s.claims.asked || !s.look || len(s.back)+len(s.given) > 0 || room < max(s.Flight/2, s.pace.now/2, 1) {
		return
	}
	s.claims.asked, s.woken, s.asked = true, false, time.Now()
	clear(s.lately)
	s.claims.asks <- room
}

// receive takes what a claim brought.
func (s *shift) receive(l lot) error {
	s.claims.asked = false
	if l.err != nil {
		s.look, s.idle = false, min(max(2*s.idle, s.Poll), longestIdle)
		return l.err
	}
	s.look = l.full || s.woken
	jobs := slices.DeleteFunc(l.jobs, s.overlaps)
	if len(jobs) == 0 {
		s.idle = min(max(2*s.idle, s.Poll), longestIdle)
		return nil
	}
	s.idle = 0
	for _, j := range jobs {
		s.held[placeOf(j.claim)] = true
	}
	if len(s.ready) == 0 {
		s.waits = time.Now()
	}
	s.ready = append(s.ready, jobs...)
	return nil
}

// overlaps says whether a claimed row is not to be sent for what is known of it
// here. One that is on its way has lapsed, and what becomes of it is written later.
// Of one that was being written while it was claimed nobody can say which came
// first: it is given back. If it was claimed before, that matches nothing any more;
// if after, it is due, and claimed again.
func (s *shift) overlaps(j job) bool {
	at := placeOf(j.claim)
	switch {
	case s.lately[at]:
		s.giveBack(late(j.claim))
	case s.held[at] && slices.ContainsFunc(s.saving, func(o store.Outcome) bool { return placeOfOutcome(o) == at }):
		s.back = append(s.back, late(j.claim))
	}
	return s.held[at]
}

// giveBack has a row given back with what is written down next.
func (s *shift) giveBack(o store.Outcome) {
	at := placeOfOutcome(o)
	s.held[at], s.given[at] = true, true
	s.ends(o, time.Now())
}

// readyFor is how long what was claimed ahead may wait without any of it being
// begun. Then others may have it.
const readyFor = time.Second

// giveUp makes what is ready due again, where nothing of it goes on.
func (s *shift) giveUp(now time.Time) {
	if s.saving != nil {
		s.waits = now // it is the store that is slow, and would have to be told
	}
	if len(s.ready) == 0 || now.Sub(s.waits) < readyFor {
		return
	}
	for _, j := range s.ready {
		if j.done != nil {
			s.ends(*j.done, now)
			continue
		}
		s.ends(late(j.claim), now)
	}
	s.ready = nil
}

// pace says how much is claimed ahead of what is being sent: as much as goes within
// a time, so that what is claimed has begun within about as long. Where little goes,
// or all hangs, nothing is.
type pace struct {
	ahead  int           // at most
	within time.Duration // that time
	now    int
	sent   int // since
	since  time.Time
}

const (
	// paced is for how long it is watched what goes, and how far ahead mails are
	// claimed.
	paced = 50 * time.Millisecond
	// mostAhead bounds what one who sends claims ahead: after a kill as many more
	// are in doubt that were never begun.
	mostAhead = 192
)

// paceOver gives how much is claimed ahead of those channels. Systems are further
// from what a person waits for, and each lot of them is of several updates, which
// costs as much however many rows it has. Where a try in doubt is not simply made
// again, or each is told in its turn, it is nothing.
func paceOver(channels []vedette.Channel) pace {
	p := pace{ahead: mostAhead, within: paced}
	for _, c := range channels {
		switch c {
		case vedette.ChannelEmail:
		case vedette.ChannelWebhook:
			p.ahead, p.within = 6*mostAhead, 6*paced
		default:
			p.ahead = 0
			return p
		}
	}
	return p
}

// of gives how much may be claimed ahead now.
func (p *pace) of(now time.Time) int {
	took := now.Sub(p.since)
	if took < paced {
		return p.now
	}
	p.now = min(int(int64(p.sent)*int64(p.within)/int64(took)), p.ahead)
	p.sent, p.since = 0, now
	return p.now
}
