package desk

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"vedette"
	"vedette/advise"
	"vedette/roster"
	"vedette/tell"
	"vedette/tell/record"
)

// census holds an update against everyone: what the fan-out will do.
type census struct {
	d      *Desk
	people *roster.Roster
	record *record.Record
	now    time.Time
	at     map[advise.Spot]bool
	omits  map[string]*Omitted
	worked sync.Map // alike → *tell.Outcome, never changed
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
	c := &census{d: d, people: r, now: d.Now(), at: map[advise.Spot]bool{}, omits: map[string]*Omitted{}}
	c.record, err = record.Open(ctx, d.rows, d.Gaz, record.Order{Update: &as, Mode: mode, Settings: r.Settings(), Now: c.now})
	return c, err
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

// judged is somebody held against an update, and against another state of it.
type judged struct {
	key   int64
	who   advise.Person
	facts roster.Facts
	there bool
	out   tell.Outcome
	other tell.Outcome // by the other state, where there is one
}

// judgedAtOnce is how many people are judged before they are handed on.
const judgedAtOnce = 4096

// each goes through everyone whom it may be told: who is concerned, and who
// was told of the situation before.
func (c *census) each(fn func(key int64, who advise.Person, f *roster.Facts, o *tell.Outcome)) {
	c.beside(nil, nil, func(j *judged) { fn(j.key, j.who, &j.facts, &j.out) })
}

// beside is each, with what another state of the update comes to for the same
// people; those that skip names are left out. All processors judge, one hands on.
func (c *census) beside(other *census, skip func(key int64) bool, fn func(*judged)) {
	page := make([]judged, judgedAtOnce)
	for keys := range paged(c.keys(skip), judgedAtOnce) {
		var wg sync.WaitGroup
		workers := min(runtime.GOMAXPROCS(0), len(keys))
		for w := range workers {
			wg.Go(func() {
				for i := w; i < len(keys); i += workers {
					page[i] = c.judge(keys[i], other)
				}
			})
		}
		wg.Wait()
		for i := range keys {
			if page[i].there {
				fn(&page[i])
			}
		}
	}
}

func (c *census) judge(key int64, other *census) (j judged) {
	j.key = key
	if j.who, j.facts, j.there = c.people.Person(key); !j.there {
		return j
	}
	j.out = c.of(key, j.facts.Kind, j.who)
	if other != nil {
		j.other = other.of(key, j.facts.Kind, j.who)
	}
	return j
}

// keys gives everyone whom it may be told, each once.
func (c *census) keys(skip func(key int64) bool) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		holders, seen := c.record.Holders(), map[int64]bool{}
		one := func(key int64) bool { return skip != nil && skip(key) || yield(key) }
		if c.record.Update.Cancels == "" {
			for key := range c.people.Candidates(c.record.Rule, c.now) {
				if len(holders) > 0 {
					seen[key] = true
				}
				if !one(key) {
					return
				}
			}
		}
		for _, key := range holders {
			if !seen[key] && !one(key) {
				return
			}
		}
	}
}

// note keeps where people are, for what is at odds there.
func (c *census) note(who *advise.Person, o *tell.Outcome) {
	drawn := map[advise.Spot]string{}
	for _, dr := range o.Drawn {
		s := advise.Spot{Area: dr.Area, Ahead: dr.Ahead}
		drawn[s] = strings.TrimLeft(drawn[s]+" "+string(dr.Update), " ")
	}
	for s, by := range drawn {
		s.Drawn = by
		c.at[s] = true
	}
	for i := range who.Presences {
		pr := &who.Presences[i]
		if pr.Covers(c.now) || pr.Because.Travels() && pr.Ahead(c.now) {
			c.at[advise.Spot{Area: pr.Area, Ahead: pr.Ahead(c.now)}] = true
		}
	}
}

func (c *census) spots() []advise.Spot {
	out := make([]advise.Spot, 0, len(c.at))
	for s := range c.at {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b advise.Spot) int {
		if a.Area == b.Area && a.Ahead == b.Ahead {
			return cmp.Compare(a.Drawn, b.Drawn)
		}
		if a.Area == b.Area {
			if a.Ahead {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Area, b.Area)
	})
	return out
}

// someOmitted is how many of those left out for a reason are named.
const someOmitted = 5

func (c *census) omit(id vedette.ID, o *tell.Outcome) {
	if o.Reason == "" {
		return
	}
	key := string(o.News) + o.Reason
	if c.omits[key] == nil {
		c.omits[key] = &Omitted{News: o.News, Reason: o.Reason}
	}
	m := c.omits[key]
	if m.N++; len(m.Some) < someOmitted {
		m.Some = append(m.Some, id)
	}
}
