// Package limit says when a destination may be sent to: as often as a rule
// allows, and as it seems to bear. It is pure: it is told what happens, and
// when.
package limit

import (
	"sync"
	"time"
)

// Rule bounds what goes to a destination; 0 is no bound.
type Rule struct {
	Connections int `json:"connections"` // messages at once
	PerMinute   int `json:"per_minute"`
}

// every is the time between two messages.
func (r Rule) every() time.Duration {
	if r.PerMinute <= 0 {
		return 0
	}
	return time.Minute / time.Duration(r.PerMinute)
}

// How a destination is treated that says it is too much.
const (
	firstPace = time.Second      // between two messages, at first; twice that each further time
	worstPace = time.Minute      // the longest
	quickPace = time.Second / 10 // below that it is forgotten
	settles   = 20 * time.Second // how long a pace is kept before it is changed again
	takesWell = 3                // so many taken, with none refused, and it goes faster
	strikes   = 2                // so many refused on end, and it goes slower
	resting   = 10 * time.Second // nothing is sent for so long, but what is urgent
)

// slack is how far messages may run ahead of their pace, so that whoever looks
// once a second still keeps it.
const slack = 2 * time.Second

// kept is for how long, and most for how many, it is known how a destination
// did.
const (
	kept = time.Hour
	most = 20_000
)

// class is what is urgent, or the rest. What is urgent never waits for the rest:
// it has connections and a pace of its own.
type class struct {
	next   time.Time // when the next is due by the pace
	slot   time.Time // the last turn that was given to one that waits
	flying int
}

// state is how a destination does.
type state struct {
	classes [2]class
	every   time.Duration // learned; 0: as fast as may be
	changed time.Time     // when that was
	rest    time.Time     // nothing but what is urgent before
	strikes int           // refused on end
	took    int           // since the pace was changed
	lasts   time.Duration // what a message takes, on average
	seen    time.Time
}

// Book knows how destinations do. It is safe for concurrent use.
type Book struct {
	rules Rules
	mu    sync.Mutex
	of    map[string]*state
	share Share
}

// Rules are what was asked for.
func (b *Book) Rules() Rules { return b.rules }

// New makes a book that knows nothing yet, and is the only one.
func New(rules Rules) *Book { return &Book{rules: rules, of: map[string]*state{}} }

// Asked is a message that wants to go.
type Asked struct {
	To     string // its destination
	Urgent bool
	Waited bool // it was given a turn before
}

// Turn takes a place for a message, zero, and is followed by Done; or says when
// it is to ask again. Each that waits is given a turn of its own, so that none
// is asked about many times.
func (b *Book) Turn(a Asked, now time.Time) (until time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.state(a.To, now)
	r := b.rules.For(a.To)
	if !a.Urgent && r != (Rule{}) && b.share.Until.After(now) {
		return b.share.Until
	}
	every, places := max(b.share.pace(r), s.every), b.share.places(r)
	c := &s.classes[index(a.Urgent)]
	from := c.next.Add(-slack)
	if !a.Urgent && s.rest.After(from) {
		from = s.rest
	}
	full := r.Connections > 0 && c.flying >= places
	if !full && !from.After(now) && (a.Urgent || a.Waited || every == 0 || !c.slot.After(now)) {
		s.goes(a.Urgent, every, now)
		return time.Time{}
	}
	step := max(r.every(), s.every) // whichever book has them then
	if full {                       // as long as one of those on their way lasts
		step = max(step, s.lasts/time.Duration(r.Connections), 50*time.Millisecond)
		from = latest(from, now.Add(step))
	}
	c.slot = latest(c.slot.Add(step), from)
	return c.slot
}

// goes notes that one goes; what is urgent takes its time from the rest.
func (s *state) goes(urgent bool, every time.Duration, now time.Time) {
	s.classes[index(urgent)].flying++
	for i := range s.classes {
		if c := &s.classes[i]; i == 0 || urgent {
			c.next = latest(c.next, now).Add(every)
		}
	}
}

// How a message ended, as far as that says something of its destination.
type How int8

// The ends.
const (
	Nothing How = iota // it says nothing
	Took               // it was taken
	Busy               // they said it was too much
)

// Done gives a place back, and learns: who says that it is too much is sent less,
// and more again once that is taken.
func (b *Book) Done(a Asked, how How, lasted time.Duration, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.state(a.To, now)
	if c := &s.classes[index(a.Urgent)]; c.flying > 0 {
		c.flying--
	}
	s.lasts += (lasted - s.lasts) / 8
	switch how {
	case Took:
		s.takes(now)
	case Busy:
		s.refuses(now)
	}
}

func (s *state) takes(now time.Time) {
	s.strikes = 0
	if s.every == 0 {
		return
	}
	if s.took++; s.took >= takesWell && now.Sub(s.changed) >= settles {
		s.every, s.changed, s.took = s.every/2, now, 0
	}
	if s.every < quickPace {
		s.every = 0
	}
}

func (s *state) refuses(now time.Time) {
	s.took = 0
	if s.strikes++; s.strikes < strikes || s.every > 0 && now.Sub(s.changed) < settles/2 && !now.Before(s.changed) {
		return // what was on its way before says it too
	}
	s.every = min(max(2*s.every, firstPace), worstPace)
	s.changed, s.rest = now, now.Add(resting)
}

// Slow says that a destination is sent less than it might be, for it said that
// it was too much.
func (b *Book) Slow(to string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.of[to]
	return s != nil && s.every > 0
}

// state gives how a destination does. Those that were not sent to for long are
// forgotten, and all are where there are too many.
func (b *Book) state(to string, now time.Time) *state {
	s := b.of[to]
	if s == nil {
		if len(b.of) >= most {
			b.forget(now)
		}
		s = &state{}
		b.of[to] = s
	}
	if s.seen.After(now) { // the clock went back: what was to be by the old one is nothing
		*s = state{classes: [2]class{{flying: s.classes[0].flying}, {flying: s.classes[1].flying}}, every: s.every, changed: now, lasts: s.lasts}
	}
	s.seen = now
	return s
}

func (b *Book) forget(now time.Time) {
	for to, s := range b.of {
		if s.idle() && (now.Sub(s.seen) > kept || s.every == 0) {
			delete(b.of, to)
		}
	}
}

// idle says that none is on its way.
func (s *state) idle() bool { return s.classes[0].flying+s.classes[1].flying == 0 }

func index(urgent bool) int {
	if urgent {
		return 1
	}
	return 0
}

func latest(ts ...time.Time) (l time.Time) {
	for _, t := range ts {
		if t.After(l) {
			l = t
		}
	}
	return l
}
