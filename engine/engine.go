// Package engine runs the loops that turn what was published into what was
// told: it plans fan-outs, sends deliveries, tries again, and takes back
// what a stop or a newer update withholds. Everything it knows is in the
// store; a killed engine's work is taken up by the next.
package engine

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"vedette"
	"vedette/auth"
	"vedette/deliver"
	"vedette/deliver/limit"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/tell/record"
)

// Config is what an engine works with.
type Config struct {
	Store   *store.Store
	Key     *auth.Key
	Gaz     *gazetteer.Gazetteer
	Rosters *roster.Rosters
	Senders []deliver.Sender
	Now     func() time.Time
	Log     *slog.Logger
	Worker  store.Worker // who this is; its Kind is a word, "serve" or "work", and the channels are added here

	SendOnly bool // plans nothing and keeps no index of people: others do

	// Blocked is told of an address whose owner wants nothing more there; may be nil.
	Blocked func(ctx context.Context, org, person int64, address int) error

	BaseURL  string        // where pages and reply links lead, without a slash at the end
	LinkLife time.Duration // how long reply links are good after the notice was made

	Limits *limit.Book // of mail, by domain; nil: none but what they say themselves
	// Speaks gives the language that whoever reads the first of some is spoken to in; may be nil.
	Speaks func(languages ...string) string

	Segments        int           // most of a short message, default 2
	UnreviewedWords bool          // short forms of advice in languages whose words nobody has reviewed
	Flight          int           // most deliveries claimed and not yet settled, of short messages, calls, systems and all else each, default 64; to systems so many are begun, and eight times as many not yet settled
	Workers         int           // how many send at once, default 16
	Poll            time.Duration // how often the database is asked when idle, default 100 ms
	Watch           *Watch        // counters, may be nil
}

const (
	planLease = 20 * time.Second
	// sendLease outlives sendLimit, so that nothing is claimed by another
	// while it may still be on its way.
	sendLease  = 90 * time.Second
	sendLimit  = 45 * time.Second
	beatEvery  = 2 * time.Second
	chunkSize  = 1000 // people whose notices are written in one transaction, and
	firstChunk = 125  // in the first, so that the first are told soon
)

// Engine is the running loops of one process.
type Engine struct {
	Config
	senders  map[vedette.Channel]deliver.Sender
	channels []vedette.Channel
	clock    *clock
	known    time.Time // from when on others know that this one sends; only beat's
}

// New makes an engine; Run starts it.
func New(c Config) *Engine {
	if c.Flight <= 0 {
		c.Flight = 64
	}
	if c.Segments <= 0 {
		c.Segments = 2
	}
	if c.Workers <= 0 {
		c.Workers = 16
	}
	if c.Poll <= 0 {
		c.Poll = 100 * time.Millisecond
	}
	if c.Watch == nil {
		c.Watch = &Watch{}
	}
	if c.Limits == nil {
		c.Limits = limit.New(limit.Rules{})
	}
	own := &clock{of: c.Now}
	c.Now = own.now
	e := &Engine{Config: c, clock: own, senders: map[vedette.Channel]deliver.Sender{}}
	for _, s := range c.Senders {
		e.senders[s.Channel()] = s
		e.channels = append(e.channels, s.Channel())
	}
	return e
}

// Run works until ctx ends, then drains: it claims nothing more, waits for
// what is on its way, and gives its leases back. A store that is away when it
// begins is waited for, as one that goes away later is.
func (e *Engine) Run(ctx context.Context) error {
	if !e.firstBeat(ctx) {
		return nil // ended before it began: nothing is held
	}
	var wg sync.WaitGroup
	wg.Go(func() { e.every(ctx, "beat", beatEvery, func() (bool, error) { return false, e.beat(ctx) }) })
	all := map[int64]*running{}
	e.every(ctx, "organisations", 2*time.Second, func() (bool, error) {
		orgs, err := e.Store.Organisations(ctx)
		if err == nil {
			e.keepUp(ctx, &wg, all, orgs)
		}
		return false, err
	})
	wg.Wait()
	// ctx has ended; what is left to write gets a few seconds of its own.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return e.Store.Leave(last, e.Worker.ID)
}

// running is the work for one organisation.
type running struct {
	*branch
	end   context.CancelFunc
	ended chan struct{} // closed when nothing of it is on its way
}

// keepUp begins the work for organisations that are new, or open again, ends it for those
// that are closed, and knows what they are called by now. One that is opened again waits
// until what it had on its way has ended: nobody is claimed for twice by one process.
func (e *Engine) keepUp(ctx context.Context, wg *sync.WaitGroup, all map[int64]*running, orgs []vedette.Organisation) {
	open := map[int64]bool{}
	for _, o := range orgs {
		open[o.Key] = true
		if r := all[o.Key]; r != nil {
			r.called.Store(&o.Name)
			continue
		}
		own, end := context.WithCancel(ctx)
		r := &running{branch: e.branch(o), end: end, ended: make(chan struct{})}
		all[o.Key] = r
		wg.Go(func() {
			defer close(r.ended)
			r.run(own)
		})
	}
	for key, r := range all {
		if open[key] {
			continue
		}
		r.end()
		select {
		case <-r.ended:
			delete(all, key)
		default: // it is looked at again
		}
	}
}

// firstBeat says that this one is there, for others to count on, again and again
// until it is said or ctx ends.
func (e *Engine) firstBeat(ctx context.Context) (said bool) {
	ctx, done := context.WithCancel(ctx)
	defer done()
	e.every(ctx, "beat", e.Poll, func() (bool, error) {
		err := e.beat(ctx)
		if said = err == nil; said {
			done()
		}
		return false, err
	})
	return said
}

func (e *Engine) beat(ctx context.Context) error {
	if err := e.setClock(ctx); err != nil {
		return err
	}
	w := e.Worker
	w.BeatAt, w.KeyNo = e.Now(), e.Key.Holds()
	for _, c := range e.channels {
		w.Kind += " " + string(c) // whom others may count on to send what
	}
	if err := e.Store.Beat(ctx, w); err != nil {
		return err
	}
	return e.divide(ctx)
}

// every calls do until ctx ends: again at once while it has work, else after
// the pause. An error is logged, once for a run of the same, and tried again.
func (e *Engine) every(ctx context.Context, what string, pause time.Duration, do func() (bool, error)) {
	last := ""
	for ctx.Err() == nil {
		more, err := do()
		switch {
		case err == nil:
			last = ""
		case errors.Is(err, context.Canceled) || vedette.ErrorCode(err) == vedette.CodeLostLease:
			// ended, or stopped, or another worker has it: not ours to report
		case err.Error() != last:
			last = err.Error()
			e.Log.Error(what+" failed, trying again", "err", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// branch is the engine's work for one organisation.
type branch struct {
	*Engine
	org    vedette.Organisation
	called atomic.Pointer[string] // its name
	rows   *store.Org
	roll   *roster.Keeper
	wakes  []chan struct{} // new deliveries are due, for each who sends
	halts  *halts

	overtaken  time.Time // when what is overtaken was looked for; only withhold's own
	planning   []int64   // the fan-outs being planned, each before the one it waits for; only plan's own
	unplanned  bool      // the store may hold others of this process for long: a planning failed; only plan's own
	looked     looked    // only look's own
	lapsed     time.Time // when ended advice was looked for; only lapse's own
	canaried   time.Time // when canaries were looked for; only canary's own
	canaryLate int64     // the canary that the desk was asked about, or that was in time; only canary's own
	listened   time.Time // when silent areas were looked for; only listen's own
	shelf      *record.Shelf

	unwritten atomic.Bool // what became of some that were sent could not be written down, at the end or before another had them; set by whoever sends
}

func (e *Engine) branch(o vedette.Organisation) *branch {
	rows := e.Store.In(o.Key)
	b := &branch{Engine: e, org: o, rows: rows, roll: e.Rosters.Of(o.Key), halts: newHalts(), shelf: record.NewShelf(rows, e.Gaz)}
	b.called.Store(&o.Name)
	for range e.lanes() {
		b.wakes = append(b.wakes, make(chan struct{}, 1))
	}
	return b
}

// orgName is what the organisation is called.
func (b *branch) orgName() string { return *b.called.Load() }

// lanes are the channels of those who send side by side: short messages and
// calls wait for their turn at the gateway, systems and devices' push services
// may hang, and nothing else is to wait with them.
func (e *Engine) lanes() (out [][]vedette.Channel) {
	var slow, calls, systems, devices, rest []vedette.Channel
	for _, c := range e.channels {
		switch c {
		case vedette.ChannelSMS:
			slow = append(slow, c)
		case vedette.ChannelVoice:
			calls = append(calls, c)
		case vedette.ChannelWebhook:
			systems = append(systems, c)
		case vedette.ChannelPush:
			devices = append(devices, c)
		default:
			rest = append(rest, c)
		}
	}
	for _, l := range [][]vedette.Channel{rest, systems, devices, slow, calls} {
		if len(l) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (b *branch) run(ctx context.Context) {
	var wg sync.WaitGroup
	if !b.SendOnly {
		wg.Go(func() { b.plans(ctx) })
	}
	wg.Go(func() { b.every(ctx, "withholding", 2*b.Poll, func() (bool, error) { return b.withhold(ctx) }) })
	for _, over := range b.carries(ofDesk) {
		astray := false
		wg.Go(func() {
			b.every(ctx, "sending letters", 5*b.Poll, func() (bool, error) { return b.letters(ctx, over, &astray) })
		})
	}
	if b.gathers() {
		p, astray := newPress(b), false
		wg.Go(func() {
			b.every(ctx, "sending digests", 10*b.Poll, func() (bool, error) { return b.digests(ctx, p, &astray) })
		})
	}
	for i, channels := range b.lanes() {
		wg.Go(func() { b.send(ctx, channels, b.wakes[i]) })
	}
	wg.Wait()
	b.release(context.WithoutCancel(ctx))
}

// plans is the work for which all people are held in memory.
func (b *branch) plans(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() { b.every(ctx, "planning", b.Poll, func() (bool, error) { return b.plan(ctx) }) })
	wg.Go(func() { b.every(ctx, "looking out", b.Poll, func() (bool, error) { return b.look(ctx) }) })
	wg.Go(func() {
		b.every(ctx, "following people", time.Second, func() (bool, error) { return false, b.follow(ctx) })
	})
	wg.Go(func() {
		b.every(ctx, "telling again who does not answer", 5*b.Poll, func() (bool, error) { return b.escalate(ctx) })
	})
	wg.Go(func() { b.every(ctx, "forgetting who changed", time.Hour, func() (bool, error) { return b.trim(ctx) }) })
	wg.Go(func() {
		b.every(ctx, "looking for what has ended", time.Second, func() (bool, error) { return false, b.lapse(ctx) })
	})
	wg.Go(func() {
		b.every(ctx, "calling out", time.Second, func() (bool, error) { return false, b.callOut(ctx) })
	})
	wg.Go(func() {
		b.every(ctx, "ringing approvers", time.Second, func() (bool, error) { return false, b.ringApprovers(ctx) })
	})
	wg.Go(func() {
		b.every(ctx, "sending canaries", time.Second, func() (bool, error) { return false, b.canary(ctx) })
	})
	wg.Go(func() { b.every(ctx, "sealing the log", sealLook, func() (bool, error) { return false, b.seal(ctx) }) })
	wg.Go(func() {
		b.every(ctx, "listening for silent areas", time.Second, func() (bool, error) { return false, b.listen(ctx) })
	})
	wg.Wait()
}

// follow keeps the roster warm, so that neither a publish nor a question waits
// for it.
func (b *branch) follow(ctx context.Context) error {
	r, err := b.roll.Current(ctx)
	if err == nil {
		r.Warm(b.Now())
	}
	return err
}

// followed is for how long it is kept who changed, for whoever follows. A
// process that slept for longer reads all people again.
const followed = 48 * time.Hour

// trim forgets who changed long ago, a page at a time: an import of a million
// must not hold up who publishes.
func (b *branch) trim(ctx context.Context) (more bool, err error) {
	return b.rows.TrimChanged(ctx, b.Now().Add(-followed), 10*chunkSize)
}

func (b *branch) nudge() {
	for _, wake := range b.wakes {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// withhold follows stops, newer updates and who is compromised: what is on its
// way is called back, what is queued becomes withheld.
func (b *branch) withhold(ctx context.Context) (bool, error) {
	stopped, err := b.rows.Stopped(ctx)
	if err != nil {
		return false, err
	}
	b.halts.set(stopped)
	shut, err := b.rows.Shut(ctx)
	if err != nil {
		return false, err
	}
	b.halts.shutTo(shut.Recipients)
	if len(stopped) == 0 && time.Since(b.overtaken) < time.Second {
		return false, nil // what is overtaken may wait a little
	}
	b.overtaken = time.Now()
	n, err := b.rows.WithholdMarked(ctx, b.Now(), 5000)
	b.Watch.Withheld.Add(int64(n))
	return n > 0, err
}
