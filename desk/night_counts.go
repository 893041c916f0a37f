package desk

import (
	"context"
	"slices"
	"sync"
	"time"

	"vedette"
	"vedette/store"
)

// nightCounts keeps what the night board counts, as long as no row of the log may have
// changed it: whoever looks at it does so twice a second, and in a fan-out to a million
// each count takes seconds.
type nightCounts struct {
	mu    sync.Mutex
	seq   int64 // the place in the log that what is not stale is good for
	by    map[vedette.ID]*nightCount
	rolls map[vedette.ID]*rollCount
}

// nightCount is how far an update had come.
type nightCount struct {
	keptCount
	at        time.Time
	tally     store.Tally
	countries []CountryTally
	quiet     []QuietArea
}

// rollCount is how a roll-call stood.
type rollCount struct {
	keptCount
	NightRoll
}

// keptCount says when something was counted, on the clock of the machine, what that took,
// and whether it may be another by now.
type keptCount struct {
	done  time.Time
	took  time.Duration
	stale bool
}

// A count that takes longer than cheapCount may cost a tenth of the time; none is kept for
// longer than oldestCount. Ages stand on the page.
const (
	cheapCount  = 100 * time.Millisecond
	countShare  = 10
	oldestCount = time.Minute
)

// mostCounted is how many members a roll-call may have to be counted at each look.
const mostCounted = 20_000

// due says whether something is to be counted again: some of it changes with time alone.
func (c *keptCount) due() bool {
	age := time.Since(c.done)
	return c.done.IsZero() || age >= oldestCount || c.stale && (c.took < cheapCount || age >= countShare*c.took)
}

// count counts, and notes what that took.
func (c *keptCount) count(do func() error) error {
	began := time.Now()
	if err := do(); err != nil {
		return err
	}
	*c = keptCount{done: time.Now(), took: time.Since(began)}
	return nil
}

// renew marks what rows of the log since may have changed.
func (k *nightCounts) renew(ctx context.Context, d *Desk) error {
	touched, err := d.rows.TouchedSince(ctx, k.seq, mostTouched)
	if err != nil || touched.Seq == k.seq {
		return err
	}
	k.seq = touched.Seq
	for id, c := range k.by {
		c.stale = c.stale || touched.Lost || touched.All || slices.Contains(touched.Counted, id)
	}
	for _, c := range k.rolls {
		c.stale = true
	}
	return nil
}

// of counts updates, in their order. Whoever comes meanwhile waits for the same counts.
func (k *nightCounts) of(ctx context.Context, d *Desk, us []*vedette.Update) ([]nightCount, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.renew(ctx, d); err != nil {
		return nil, err
	}
	out, kept := make([]nightCount, len(us)), make(map[vedette.ID]*nightCount, len(us))
	for i, u := range us {
		c := k.by[u.ID]
		if c == nil {
			c = &nightCount{}
		}
		if c.due() {
			if err := c.count(func() error { return d.countNight(ctx, u, c) }); err != nil {
				return nil, err
			}
		}
		kept[u.ID], out[i] = c, *c
	}
	k.by = kept
	return out, nil
}

func (d *Desk) countNight(ctx context.Context, u *vedette.Update, c *nightCount) (err error) {
	c.at = d.Now()
	by, err := d.rows.VariantTally(ctx, u.Key)
	if err != nil {
		return err
	}
	c.tally = store.Tally{} // of people: systems and managers are not on this board
	for _, t := range by {
		c.tally.Add(t)
	}
	if c.quiet, err = d.quiet(ctx, u, c.at); err != nil {
		return err
	}
	c.countries, err = d.byCountry(ctx, u, by)
	return err
}

// rollsOf counts roll-calls, in their order.
func (k *nightCounts) rollsOf(ctx context.Context, d *Desk, list []vedette.Rollcall) ([]NightRoll, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	out, kept := make([]NightRoll, len(list)), make(map[vedette.ID]*rollCount, len(list))
	for i := range list {
		if out[i].Rollcall = list[i]; list[i].Members > mostCounted {
			continue
		}
		c := k.rolls[list[i].ID]
		if c == nil {
			c = &rollCount{}
		}
		if c.due() {
			if err := c.count(func() error { return d.countRoll(ctx, list[i].ID, c) }); err != nil {
				return nil, err
			}
		}
		c.Rollcall = list[i]
		kept[list[i].ID], out[i] = c, c.NightRoll
	}
	k.rolls = kept
	return out, nil
}

func (d *Desk) countRoll(ctx context.Context, id vedette.ID, c *rollCount) error {
	r, err := d.Rollcall(ctx, id)
	if err == nil {
		c.NightRoll = NightRoll{Counted: r.AsOf, Counts: r.Counts, Left: r.Open(), NoWay: r.Unreachable}
	}
	return err
}
