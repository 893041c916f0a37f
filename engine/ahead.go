package engine

import (
	"context"
	"maps"
	"slices"
	"time"

	"vedette"
	"vedette/store"
)

// claimer claims and prepares beside the loop that sends, a lot at a time.
type claimer struct {
	asks  chan ask
	lots  chan lot
	ended chan struct{}
	asked bool // a lot is under way; only its shift's own
}

// ask is for a lot.
type ask struct {
	most   int
	astray bool    // first is to be given back what is not known of
	held   []place // and this is known of
	later  bool    // it is due a little later: it cannot be prepared
}

// lot is what a claim brought.
type lot struct {
	jobs       []job
	full       bool // as many as were asked for: there may be more
	err        error
	astray     bool // some may have been claimed and are not here
	unprepared bool // for they could not be prepared
}

// claimer starts one that works until ctx ends.
func (b *branch) claimer(ctx context.Context, channels []vedette.Channel) *claimer {
	c := &claimer{asks: make(chan ask, 1), lots: make(chan lot, 1), ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		for p, more := newPress(b), false; ; {
			select {
			case <-ctx.Done():
				return
			case a := <-c.asks:
				l := b.lot(ctx, p, a, channels, more)
				more = l.full
				c.lots <- l
			}
		}
	}()
	return c
}

// end waits until it claims nothing more.
func (c *claimer) end() { <-c.ended }

// lot claims what is asked for, and prepares it. Where it is not known that there is
// some it looks first, for a claim has a lock.
func (b *branch) lot(ctx context.Context, p *press, a ask, channels []vedette.Channel, some bool) lot {
	if a.astray {
		now, due := b.Now(), time.UnixMicro(1) // where it was: before what waits
		if a.later {
			due = now.Add(astrayFor)
		}
		n, err := b.rows.GiveBack(ctx, b.Worker.ID, channels, a.held, now, due)
		if err != nil {
			return lot{err: err, astray: true}
		}
		if b.gaveBack(n); a.most <= 0 {
			return lot{full: true}
		}
	}
	if !some {
		if due, err := b.rows.Due(ctx, b.Now(), channels); err != nil || !due {
			return lot{err: err}
		}
	}
	claimed, err := b.rows.Claim(ctx, b.Worker.ID, a.most, b.Now(), sendLease, channels)
	l := lot{full: len(claimed) == a.most, err: err, astray: err != nil}
	if err != nil || len(claimed) == 0 {
		return l
	}
	if l.jobs, l.err = p.prepare(ctx, claimed); l.err != nil {
		l.astray, l.unprepared = true, true
	}
	return l
}

// astrayFor is how much later is due what was given back that cannot be prepared, a
// second time: it is not to keep all else waiting.
const astrayFor = time.Second

func (b *branch) gaveBack(n int) {
	if n > 0 {
		b.Log.Warn("given back what was claimed and never came here", "n", n)
	}
}

// ask asks for what there is room for, when that is worth a claim.
func (s *shift) ask() {
	begun := s.flying + max(len(s.unsaved)+len(s.saving)-(s.flight-s.Flight), 0)
	room := s.Flight + s.pace.of(time.Now()) - begun - len(s.ready)
	if s.claims.asked || !s.look || len(s.back)+len(s.given) > 0 || s.astray && s.saving != nil || !s.astray && room < max(s.Flight/2, s.pace.now/2, 1) {
		return
	}
	a := ask{most: room, astray: s.astray, later: s.unprepared > 1}
	if s.astray {
		a.held = slices.Collect(maps.Keys(s.held))
	}
	s.claims.asked, s.woken, s.asked = true, false, time.Now()
	clear(s.lately)
	s.claims.asks <- a
}

// receive takes what a claim brought.
func (s *shift) receive(l lot) error {
	s.claims.asked = false
	if l.err != nil {
		s.look, s.idle, s.astray = false, min(max(2*s.idle, s.Poll), longestIdle), l.astray
		if l.unprepared {
			s.unprepared++
		}
		return l.err
	}
	s.astray, s.unprepared = false, 0
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
