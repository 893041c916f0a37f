package engine

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/gazetteer"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
	"vedette/tell/record"
)

// The passes of a fan-out, most urgent first. Within a pass recipients go by
// key; pass and key together say how far it is.
const (
	passIn      = iota // in, by where they are
	passTrip           // in, by a trip ahead
	passMayBe          // may be in
	passBefore         // concerned no longer, but told of the situation before
	passWatches        // asked to be told
	passHooks
	passes // up to here recipients are known by their keys

	passSuperiors = passes // managers of those with a trip that clashes
)

// plan takes one fan-out's lease and plans it to its end. After an error it is
// planned again a little later, so that the other fan-outs get their turn meanwhile.
func (b *branch) plan(ctx context.Context) (bool, error) {
	if err := b.letGo(ctx); err != nil {
		return false, err
	}
	f, err := b.rows.LeaseFanout(ctx, b.Worker.ID, b.Now(), planLease)
	if err != nil || f == nil {
		b.unplanned = err != nil
		return false, err
	}
	if err := b.planOne(ctx, f); err != nil {
		return false, err
	}
	return true, nil
}

// planFanout writes chunk after chunk, while the next ones are being worked
// out. It begins with the first pass also when another had begun: since then
// someone may have moved from a later pass to one that was done. Rows that
// are there are kept as they are.
func (b *branch) planFanout(ctx context.Context, f *store.Fanout) error {
	u, err := b.rows.UpdateByKey(ctx, f.Update)
	if err != nil {
		return err
	}
	done := true
	if u.Alone {
		done, err = b.retracts(ctx, f, u)
	} else {
		err = b.planAll(ctx, f)
	}
	if err == nil && done {
		b.Log.Info("fan-out planned", "update", f.Update, "cause", f.Cause, "notices", f.Notices, "deliveries", f.Deliveries)
	}
	return err
}

func (b *branch) planAll(ctx context.Context, f *store.Fanout) error {
	p, err := b.newPlan(ctx, f)
	if err != nil {
		return err
	}
	ahead, cancel := context.WithCancel(ctx)
	defer cancel()
	chunks := make(chan store.Chunk, 2)
	go func() {
		defer close(chunks)
		p.failed = p.chunks(ahead, chunks)
	}()
	for c := range chunks {
		if err := b.write(ctx, f, c); err != nil {
			return err
		}
	}
	if err := errors.Join(ctx.Err(), p.failed); err != nil {
		return err
	}
	return b.rows.FinishFanout(ctx, f, b.Worker.ID, b.Now())
}

func (b *branch) write(ctx context.Context, f *store.Fanout, c store.Chunk) error {
	if err := b.planFirst(ctx, f); err != nil {
		return err
	}
	if err := b.rows.PlanChunk(ctx, f, b.Worker.ID, c, b.Now(), planLease); err != nil {
		return err
	}
	b.Watch.Planned.Add(int64(len(c.Notices)))
	b.nudge()
	return nil
}

// chunks gives all chunks, pass by pass, until ctx ends.
func (p *plan) chunks(ctx context.Context, out chan<- store.Chunk) error {
	for pass, keys := range p.turns(ctx) {
		select {
		case out <- p.chunk(pass, keys):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return p.superiors(ctx, out)
}

// plan is one fan-out being planned. It goes by the people as they stand;
// whoever has a notice already keeps it.
type plan struct {
	*branch
	fanout *store.Fanout
	update *vedette.Update
	at     time.Time
	people *roster.Roster
	record *record.Record
	order  [passes][]int64 // whom it tells, but for who is in: see turns

	drilled map[int64]vedette.Relation // of a drill: whom it is for

	clashes map[int64][]vedette.Clash // of those already in a chunk
	failed  error                     // of making chunks; to be read once they are all out
}

// mode is why a fan-out tells.
func mode(c vedette.Cause) tell.Mode {
	switch c {
	case vedette.CauseCondition:
		return tell.Changed
	case vedette.CauseAgain:
		return tell.Again
	}
	return tell.Published
}

func (b *branch) newPlan(ctx context.Context, f *store.Fanout) (*plan, error) {
	u, err := b.rows.UpdateByKey(ctx, f.Update)
	if err != nil {
		return nil, err
	}
	people, err := b.roll.Current(ctx)
	if err != nil {
		return nil, err
	}
	p := &plan{branch: b, clashes: map[int64][]vedette.Clash{}, fanout: f, update: u, at: b.Now(), people: people}
	p.record, err = record.Open(ctx, b.rows, b.Gaz, record.Order{Update: u, Mode: mode(f.Cause), Settings: people.Settings(), Now: p.at})
	if err != nil {
		return nil, err
	}
	if u.Drill != nil {
		return p, p.rankDrill(ctx)
	}
	if f.Cause != vedette.CausePublished {
		return p, nil // systems were told when it was published
	}
	hooks, err := b.rows.Hooks(ctx)
	for _, h := range hooks {
		p.order[passHooks] = append(p.order[passHooks], h.Key)
	}
	return p, err
}

// turns gives all whom the fan-out tells, some at a time, pass by pass; the keys
// are good until the next. It is gone through once.
func (p *plan) turns(ctx context.Context) iter.Seq2[int, []int64] {
	return func(yield func(pass int, keys []int64) bool) {
		if !p.found(ctx, yield) {
			return
		}
		for pass := range passes {
			for keys := range slices.Chunk(p.order[pass], chunkSize) {
				if !yield(pass, keys) {
					return
				}
			}
		}
	}
}

// lookUp is after how many candidates it is looked whether to go on.
const lookUp = 4096

// found goes through the candidates. Those who are in it gives as they are found,
// few at first: the first is told before the last of a million is looked at.
// Everyone else whom the rule calls concerned it puts into their pass, and after
// them whoever was told of the situation before. It is false where yield was, and
// once ctx has ended.
func (p *plan) found(ctx context.Context, yield func(pass int, keys []int64) bool) bool {
	if p.update.Drill != nil {
		return true // it knows whom it is for
	}
	placed, size, in := map[int64]bool{}, firstChunk, make([]int64, 0, chunkSize)
	holders := p.record.Holders().Keys
	seen := 0
	for key := range p.candidates() {
		if seen++; seen%lookUp == 0 && ctx.Err() != nil {
			return false
		}
		pass, concerned := p.passOf(key)
		if !concerned {
			continue
		}
		if len(holders) > 0 {
			placed[key] = true
		}
		if pass != passIn {
			p.order[pass] = append(p.order[pass], key)
			continue
		}
		if in = append(in, key); len(in) == size {
			if !yield(passIn, in) {
				return false
			}
			in, size = in[:0], min(2*size, chunkSize)
		}
	}
	for _, key := range holders {
		if _, there := p.people.Facts(key); there && !placed[key] {
			p.order[passBefore] = append(p.order[passBefore], key)
		}
	}
	return len(in) == 0 || yield(passIn, in)
}

// candidates are those whom the rule may call concerned. Word that something was
// sent in error, is over or is asked about goes to whoever was told of it.
func (p *plan) candidates() iter.Seq[int64] {
	if p.update.Cancels != "" || p.update.Asks != "" {
		return func(func(int64) bool) {}
	}
	return p.people.Candidates(p.record.Rule, p.at)
}

// passOf gives the pass of somebody concerned.
func (p *plan) passOf(key int64) (pass int, concerned bool) {
	ps := p.people.Presences(key)
	switch p.record.Rule.Relation(ps, p.people.Watches(key), p.at) {
	case vedette.RelationIn:
		for i := range ps {
			if ps[i].Covers(p.at) && p.record.Rule.Relation(ps[i:i+1], nil, p.at) == vedette.RelationIn {
				return passIn, true
			}
		}
		return passTrip, true
	case vedette.RelationMayBe:
		return passMayBe, true
	case vedette.RelationWatches:
		return passWatches, true
	}
	return 0, false
}

// chunk makes the rows of some recipients of one pass.
func (p *plan) chunk(pass int, keys []int64) store.Chunk {
	c := store.Chunk{Pass: pass, Cursor: keys[len(keys)-1],
		Notices: make([]vedette.Notice, 0, len(keys)), Deliveries: make([]vedette.Delivery, 0, len(keys))}
	t := &teller{update: p.update, known: map[string]int{}, settings: p.people.Settings(), gaz: p.Gaz, at: p.at}
	for _, key := range keys {
		if pass == passHooks {
			n, d := t.hook(&c.Variants, key)
			c.Notices, c.Deliveries = append(c.Notices, n), append(c.Deliveries, d)
			continue
		}
		if p.update.Drill != nil {
			p.drill(&c, t, key)
			continue
		}
		who, f, ok := p.people.Person(key)
		if !ok {
			continue // left, or was erased, meanwhile
		}
		o := p.record.Of(who, p.people.Watches(key), p.record.Held(key))
		if len(o.Clashes) > 0 {
			p.clashes[key] = o.Clashes
		}
		if !o.Tell {
			if p.record.Mode == tell.Published {
				c.Omissions = append(c.Omissions, store.Omission{Recipient: key, News: o.News, Reason: o.Reason})
			}
			continue
		}
		n, ds := t.tell(&c.Variants, key, who.Presences, &f, &o)
		c.Notices, c.Deliveries = append(c.Notices, n), append(c.Deliveries, ds...)
		if e, some := t.patience(key, &f, &n, &o.Advised.Variant); some {
			c.Escalations = append(c.Escalations, e)
		}
	}
	return c
}

// teller makes the rows of an update for one transaction.
type teller struct {
	update   *vedette.Update
	known    map[string]int // number of a variant within the transaction, by its key
	settings vedette.Settings
	gaz      *gazetteer.Gazetteer
	at       time.Time
}

// tell makes the notice of a person who is held to be somewhere, and the
// deliveries to their addresses.
func (t *teller) tell(vs *[]vedette.Variant, key int64, ps []vedette.Presence, f *roster.Facts, o *tell.Outcome) (vedette.Notice, []vedette.Delivery) {
	n := vedette.Notice{Update: t.update.Key, Recipient: key, Relation: o.Relation, Variant: t.number(vs, o.Advised.Variant)}
	return n, t.ways(key, f, ps, o)
}

func (t *teller) hook(vs *[]vedette.Variant, key int64) (vedette.Notice, vedette.Delivery) {
	n := vedette.Notice{Update: t.update.Key, Recipient: key, Relation: vedette.RelationIn, Variant: t.number(vs, vedette.Variant{})}
	return n, t.delivery(key, store.Slot{No: vedette.AddressHook, Channel: vedette.ChannelWebhook}, t.update.Content.Risk)
}

// delivery is due at once, whatever the clock of the machine that sends.
func (t *teller) delivery(key int64, s store.Slot, r vedette.Risk) vedette.Delivery {
	return vedette.Delivery{Update: t.update.Key, Recipient: key, Address: s.No, Channel: s.Channel,
		State: vedette.DeliveryQueued, Lane: lane(t.update, r)}
}

// lane is that of a notice by the risk of its reader's area. Nothing waits
// before the word that a warning was wrong, and nothing but that before the
// word that it is over.
func lane(u *vedette.Update, r vedette.Risk) vedette.Lane {
	switch {
	case u.Drill != nil && u.Drill.Canary:
		return vedette.LaneCanary()
	case u.Drill != nil:
		return vedette.LaneDrill
	case u.Cancels == vedette.CancelError:
		return vedette.FirstLane(u.Status)
	case u.Cancels == vedette.CancelOver:
		return vedette.LaneFor(u.Status, vedette.UrgencyImmediate, vedette.RiskExtreme)
	case u.Clears != nil, u.Asks != "": // behind every warning, before all else
		return vedette.LaneFor(u.Status, vedette.UrgencyImmediate, vedette.RiskLow)
	}
	return vedette.LaneFor(u.Status, u.Content.Urgency, r)
}

// number gives a variant's number within the transaction, adding it when it
// is new.
func (t *teller) number(vs *[]vedette.Variant, v vedette.Variant) int {
	key := advise.Key(v)
	no, ok := t.known[key]
	if !ok {
		no = len(t.known) + 1
		v.No, t.known[key] = no, no
		*vs = append(*vs, v)
	}
	return no
}
