package engine

import (
	"context"
	"slices"
	"time"

	"vedette"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
	"vedette/tell/record"
)

// settledAfter is for how long after a stop somebody may still send who had not
// seen it; until then the list of who was reached is not closed.
const settledAfter = 2 * time.Second

// retracts plans the word that an update was sent in error. It goes to exactly
// those who may have got that update, people, systems and managers: to who is
// known so far at once, to the others as what was on its way is settled. done
// is false where it is to be gone on with.
func (b *branch) retracts(ctx context.Context, f *store.Fanout, u *vedette.Update) (done bool, err error) {
	old, err := b.rows.Update(ctx, u.Corrects)
	if err != nil {
		return false, err
	}
	// Asked before who was reached: what is settled between the two is in the list.
	flying, err := b.rows.Flying(ctx, old.Key)
	if err != nil {
		return false, err
	}
	flying = flying || b.Now().Sub(f.CreatedAt) < settledAfter
	list, err := b.rows.Reached(ctx, old.Key, u.Key)
	if err != nil {
		return false, err
	}
	people, err := b.roll.Current(ctx)
	if err != nil {
		return false, err
	}
	for some := range slices.Chunk(list, chunkSize) {
		c := retraction(u, people, some)
		if err := b.write(ctx, f, c); err != nil {
			return false, err
		}
	}
	if err := b.retractsTrips(ctx, f, u, old, people, list); err != nil {
		return false, err
	}
	if flying {
		return false, b.rows.PauseFanout(ctx, f, b.Worker.ID, b.Now().Add(2*b.Poll))
	}
	return true, b.rows.FinishFanout(ctx, f, b.Worker.ID, b.Now())
}

// retraction makes the rows of people and systems.
func retraction(u *vedette.Update, people *roster.Roster, list []store.Reached) store.Chunk {
	c := store.Chunk{Pass: passBefore, Cursor: list[len(list)-1].Recipient}
	t := &teller{update: u, known: map[string]int{}}
	for _, r := range list {
		switch r.Kind {
		case store.RecipientHook:
			n, d := t.hook(&c.Variants, r.Recipient)
			c.Notices, c.Deliveries = append(c.Notices, n), append(c.Deliveries, d)
		case store.RecipientPerson:
			facts, there := people.Facts(r.Recipient)
			if !there {
				c.Omissions = append(c.Omissions, store.Omission{Recipient: r.Recipient, News: vedette.NewsWithdrawn, Reason: "they have left the organisation since, or were erased"})
				continue
			}
			n, ds := t.tell(&c.Variants, r.Recipient, nil, &facts, &tell.Outcome{Relation: vedette.RelationOut})
			c.Notices, c.Deliveries = append(c.Notices, n), append(c.Deliveries, ds...)
		}
	}
	return c
}

// retractsTrips tells the managers who may have got word of a trip.
func (b *branch) retractsTrips(ctx context.Context, f *store.Fanout, u, old *vedette.Update, people *roster.Roster, list []store.Reached) error {
	got := map[int64]bool{}
	for _, r := range list {
		if r.Kind == store.RecipientSuperior {
			got[r.Recipient] = true
		}
	}
	if len(got) == 0 {
		return nil
	}
	told, err := b.rows.SuperiorsTold(ctx, u.Situation.ID)
	if err != nil {
		return err
	}
	told = slices.DeleteFunc(told, func(s store.SuperiorTold) bool { return s.Update != old.Key || !got[s.Key] })
	r := record.Bare(b.Gaz, u, people.Settings(), b.Now())
	p := &plan{branch: b, fanout: f, update: u, people: people, record: r, clashes: map[int64][]vedette.Clash{}}
	chunks := make(chan store.Chunk, len(told)/superiorsAtOnce+1)
	err = p.tellSuperiors(ctx, told, chunks)
	close(chunks)
	for c := range chunks {
		if err := b.write(ctx, f, c); err != nil {
			return err
		}
	}
	return err
}
