package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/match"
	"vedette/roster"
	"vedette/store"
)

// The passes of a fan-out, most urgent first. Within a pass recipients go by
// key; pass and key together say how far it is.
const (
	passIn        = iota // in, by where they are
	passTrip             // in, by a trip ahead
	passMayBe            // may be in
	passCorrected        // concerned no longer, but told what is now corrected or cancelled
	passHooks
	passes
)

// plan takes one fan-out's lease and plans it to its end. A worker that ends
// gives the lease back, for another to go on at once; after an error it is
// left to lapse, so that the other fan-outs get their turn meanwhile.
func (b *branch) plan(ctx context.Context) (bool, error) {
	f, err := b.rows.LeaseFanout(ctx, b.Worker.ID, b.Now(), planLease)
	if err != nil || f == nil {
		return false, err
	}
	if err := b.planFanout(ctx, f); err != nil {
		if ctx.Err() == nil {
			return false, err
		}
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return false, errors.Join(err, b.rows.YieldFanout(last, f, b.Worker.ID))
	}
	b.Log.Info("fan-out planned", "update", f.Update, "notices", f.Notices, "deliveries", f.Deliveries)
	return true, nil
}

// planFanout writes chunk after chunk, while the next ones are being worked
// out. It begins with the first pass also when another had begun: since then
// someone may have moved from a later pass to one that was done. Rows that
// are there are kept as they are.
func (b *branch) planFanout(ctx context.Context, f *store.Fanout) error {
	p, err := b.newPlan(ctx, f)
	if err != nil {
		return err
	}
	ahead, cancel := context.WithCancel(ctx)
	defer cancel()
	chunks := make(chan store.Chunk, 2)
	go func() {
		defer close(chunks)
		p.chunks(ahead, chunks)
	}()
	for c := range chunks {
		if err := b.write(ctx, f, c); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return b.rows.FinishFanout(ctx, f, b.Worker.ID, b.Now())
}

func (b *branch) write(ctx context.Context, f *store.Fanout, c store.Chunk) error {
	if err := b.rows.PlanChunk(ctx, f, b.Worker.ID, c, b.Now(), planLease); err != nil {
		return err
	}
	b.Watch.Planned.Add(int64(len(c.Notices)))
	b.nudge()
	return nil
}

// chunks gives all chunks, pass by pass, until ctx ends.
func (p *plan) chunks(ctx context.Context, out chan<- store.Chunk) {
	for pass := range passes {
		for keys := range slices.Chunk(p.order[pass], chunkSize) {
			select {
			case out <- p.chunk(pass, keys):
			case <-ctx.Done():
				return
			}
		}
	}
}

// plan is one fan-out being planned. It goes by the people as they stand
// when it is made; whoever has a notice already keeps it.
type plan struct {
	fanout *store.Fanout
	update *vedette.Update
	at     time.Time
	people *roster.Roster
	advice *advise.Prepared
	order  [passes][]int64
	lane   func(vedette.Risk) vedette.Lane
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
	p := &plan{fanout: f, update: u, at: b.Now(), people: people, advice: advise.Prepare(b.Gaz, u)}
	p.lane = func(r vedette.Risk) vedette.Lane { return vedette.LaneFor(u.Status, u.Content.Urgency, r) }
	p.rank(match.Prepare(b.Gaz, u))
	if err := b.addCorrected(ctx, p); err != nil {
		return nil, err
	}
	hooks, err := b.rows.Hooks(ctx)
	for _, h := range hooks {
		p.order[passHooks] = append(p.order[passHooks], h.Key)
	}
	return p, err
}

// rank puts every candidate that Relate calls concerned into its pass.
func (p *plan) rank(m *match.Prepared) {
	for _, key := range p.people.Index.Candidates(p.update, p.at) {
		ps := p.people.Index.Presences(key)
		switch m.Relation(ps, p.at) {
		case vedette.RelationIn:
			pass := passTrip
			for i := range ps {
				if ps[i].Covers(p.at) && m.Relation(ps[i:i+1], p.at) == vedette.RelationIn {
					pass = passIn
					break
				}
			}
			p.order[pass] = append(p.order[pass], key)
		case vedette.RelationMayBe:
			p.order[passMayBe] = append(p.order[passMayBe], key)
		}
	}
}

// addCorrected adds whoever was told what is corrected and is not concerned
// by this: a correction reaches them too, and a cancellation whoever was told
// anything in the situation.
func (b *branch) addCorrected(ctx context.Context, p *plan) error {
	if p.update.Corrects == "" {
		return nil
	}
	have := map[int64]bool{}
	for _, keys := range p.order {
		for _, k := range keys {
			have[k] = true
		}
	}
	before := b.rows.ToldBefore
	if p.update.Cancels != "" {
		before = b.rows.ToldInSituation
	}
	told, err := before(ctx, p.update.Corrects)
	for _, k := range told {
		if _, alive := p.people.Facts[k]; alive && !have[k] {
			p.order[passCorrected] = append(p.order[passCorrected], k)
		}
	}
	return err
}

var passRelation = [passes]vedette.Relation{vedette.RelationIn, vedette.RelationIn, vedette.RelationMayBe, vedette.RelationOut, vedette.RelationIn}

// chunk makes the rows of some recipients of one pass.
func (p *plan) chunk(pass int, keys []int64) store.Chunk {
	c := store.Chunk{Pass: pass, Cursor: keys[len(keys)-1],
		Notices: make([]vedette.Notice, 0, len(keys)), Deliveries: make([]vedette.Delivery, 0, len(keys))}
	known := map[string]int{} // number of a variant within the chunk, by its key
	for _, key := range keys {
		f := p.people.Facts[key]
		var v vedette.Variant
		if pass != passHooks {
			v = p.advice.For(advise.Person{Citizenship: f.Citizenship, Presences: p.people.Index.Presences(key)}, p.at).Variant
		}
		no := number(&c, known, v)
		c.Notices = append(c.Notices, vedette.Notice{Update: p.update.Key, Recipient: key, Relation: passRelation[pass], Variant: no})
		if pass == passHooks {
			c.Deliveries = append(c.Deliveries, p.delivery(key, store.Slot{No: vedette.AddressHook, Channel: vedette.ChannelWebhook}, p.update.Content.Risk))
			continue
		}
		for _, s := range f.Slots {
			if s.Channel.Sends() {
				c.Deliveries = append(c.Deliveries, p.delivery(key, s, v.Risk))
			}
		}
	}
	return c
}

// delivery is due at once, whatever the clock of the machine that sends.
func (p *plan) delivery(key int64, s store.Slot, r vedette.Risk) vedette.Delivery {
	return vedette.Delivery{Update: p.update.Key, Recipient: key, Address: s.No, Channel: s.Channel,
		State: vedette.DeliveryQueued, Lane: p.lane(r)}
}

// number gives a variant's number within the chunk, adding it when it is new.
func number(c *store.Chunk, known map[string]int, v vedette.Variant) int {
	key := advise.Key(v)
	no, ok := known[key]
	if !ok {
		no = len(known) + 1
		v.No, known[key] = no, no
		c.Variants = append(c.Variants, v)
	}
	return no
}
