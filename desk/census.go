package desk

import (
	"context"
	"runtime"
	"sync"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/match/index"
	"vedette/roster"
	"vedette/tell"
	"vedette/tell/record"
)

// census holds an update against everyone: what the fan-out will do. It may
// hold other states of the same update against them too.
type census struct {
	d      *Desk
	people *roster.Roster
	set    vedette.Settings
	now    time.Time
	record *record.Record
	states []*record.Record // that one first
	alike  *alike           // while each goes through everyone
}

// census prepares it for an update as an order would publish it.
func (d *Desk) census(ctx context.Context, u *vedette.Update, o PublishOrder, mode tell.Mode) (*census, error) {
	r, err := d.people.Current(ctx)
	if err != nil {
		return nil, err
	}
	as := *u
	if as.State == vedette.UpdateDraft {
		if as.Situation.ID, err = d.situationOf(ctx, o); err != nil {
			return nil, err
		}
		if as.Corrects == "" {
			as.Corrects = o.Corrects
		}
	}
	c := &census{d: d, people: r, set: r.Settings(), now: d.Now()}
	c.record, err = record.Open(ctx, d.rows, d.Gaz, record.Order{Update: &as, Mode: mode, Settings: c.set, Now: c.now, Memory: &d.told})
	c.states = []*record.Record{c.record}
	return c, err
}

// beside has other states of the update held against everyone too.
func (c *census) beside(us []*vedette.Update) {
	us = us[:min(len(us), mostStates-1)]
	for _, u := range us {
		as := *u
		as.Situation, as.Corrects = c.record.Update.Situation, c.record.Update.Corrects
		c.states = append(c.states, c.record.As(c.d.Gaz, &as))
	}
}

// situationOf is the situation that an order publishes into, "" for a new one.
func (d *Desk) situationOf(ctx context.Context, o PublishOrder) (vedette.ID, error) {
	if o.Corrects == "" {
		return o.Situation, nil
	}
	old, err := d.rows.Update(ctx, o.Corrects)
	if err != nil {
		return "", err
	}
	return old.Situation.ID, nil
}

// judged is somebody held against the update, or many who are alike. It is
// used again for the next.
type judged struct {
	n       int
	some    []int64 // of many, the first by key
	key     int64   // of one, 0 of many
	hold    int     // the number of the notice that they hold, 0 for none
	who     advise.Person
	reached bool
	led     vedette.Led    // of one
	crowd   *roster.Crowd  // of many
	outs    []tell.Outcome // by state
}

// out is what the update comes to for them.
func (j *judged) out() *tell.Outcome { return &j.outs[0] }

// each goes through everyone whom it may be told in any state: who is
// concerned, and who was told of the situation before. Those who are alike
// come together. Each of the functions is called with a part of them, at the
// same time, and may neither keep what it is given nor use the people.
func (c *census) each(parts []func(*judged)) {
	c.alike = newAlike(c.d.Gaz, c.states)
	judges, see := make([]*judge, len(parts)), make([]func(*roster.Seen), len(parts))
	for i, fn := range parts {
		judges[i] = c.judge(fn)
		see[i] = judges[i].seen
	}
	held := c.record.Holders()
	alone, crowds := held.Keys, []roster.Crowd(nil)
	if c.record.Update.Cancels == "" && c.record.Update.Asks == "" {
		drawn, qs := false, make([]index.Query, len(c.states))
		for i, st := range c.states {
			drawn, qs[i] = drawn || st.Draws(), st.Rule.Query(c.now)
		}
		crowds, alone = c.people.Gather(qs, &roster.Sorting{Now: c.now, Drawn: drawn, Held: held, Holds: c.record.Holds,
			Home: c.alike.home, Far: c.alike.far, Trip: c.alike.trip, Apart: c.record.Rule.Apart}, see)
	}
	var wg sync.WaitGroup
	for i, j := range judges {
		wg.Go(func() {
			for k := i; k < len(crowds); k += len(judges) {
				j.crowd(&crowds[k])
			}
			for k := i; k < len(alone); k += len(judges) {
				j.one(alone[k])
			}
		})
	}
	wg.Wait()
}

// all is each for one function, which is called with one at a time.
func (c *census) all(fn func(*judged)) {
	var mu sync.Mutex
	parts := make([]func(*judged), runtime.GOMAXPROCS(0))
	for i := range parts {
		parts[i] = func(j *judged) {
			mu.Lock()
			defer mu.Unlock()
			fn(j)
		}
	}
	c.each(parts)
}
