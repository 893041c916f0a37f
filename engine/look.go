package engine

import (
	"context"
	"math"
	"slices"
	"time"

	"vedette"
	"vedette/roster"
	"vedette/store"
	"vedette/tell"
	"vedette/tell/record"
)

// The lookout: the way back. A new or changed person, trip, site or check-in
// is held against all that stands, and whoever arrives somewhere soon is told
// what stands there.

const (
	lookLease  = 30 * time.Second
	lookPeople = 500             // people looked at in one transaction
	lookAhead  = 5 * time.Minute // how often arrivals are looked for
)

// leads are how long before they arrive somebody is told again what stands
// there; 0 is when they have arrived.
var leads = []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, 0}

// looked is what a branch knows to be looked at, so that an idle lookout asks
// little.
type looked struct {
	seq   int64
	ahead time.Time
}

// look holds the people who changed, and those who arrive, against what
// stands: a page at a time, notices and cursor in one transaction.
func (b *branch) look(ctx context.Context) (bool, error) {
	seq, err := b.rows.PeopleSeq(ctx)
	if err != nil {
		return false, err
	}
	now := b.Now()
	if seq == b.looked.seq && now.Sub(b.looked.ahead) < lookAhead {
		return false, nil
	}
	l, err := b.rows.LeaseLookout(ctx, b.Worker.ID, now, lookLease)
	if err != nil || l == nil {
		return false, err
	}
	changed, err := b.rows.ChangedPeople(ctx, l.Seq, l.Place, lookPeople)
	if vedette.ErrorCode(err) == vedette.CodeExpired {
		b.Log.Warn("who changed is not kept since the lookout's place; it goes on from now: tell again what stands", "place", l.Seq)
		changed, err = nil, nil
	}
	if err != nil {
		return false, err
	}
	v := &view{branch: b, now: now, chunk: store.LookChunk{Seq: seq, Place: math.MaxInt64, AheadUntil: l.AheadUntil}}
	more := len(changed) == lookPeople
	if more {
		last := changed[len(changed)-1]
		v.chunk.Seq, v.chunk.Place = last.Seq, last.Person
	}
	if err := v.open(ctx); err != nil {
		return false, err
	}
	if err := v.changed(ctx, changed); err != nil {
		return false, err
	}
	if !more && now.Sub(l.AheadUntil) >= lookAhead {
		if err := v.arrivals(ctx, l.AheadUntil); err != nil {
			return false, err
		}
	}
	n, err := b.rows.LookChunk(ctx, l, b.Worker.ID, v.chunk, b.Now(), lookLease)
	if err != nil {
		return false, err
	}
	if n > 0 {
		b.Watch.Planned.Add(int64(n))
		b.Log.Info("newly concerned people are told", "notices", n)
		b.nudge()
	}
	if !more {
		b.looked = looked{seq, l.AheadUntil}
	}
	return more, nil
}

// view is what the lookout sees in one transaction.
type view struct {
	*branch
	now    time.Time
	chunk  store.LookChunk
	people *roster.Roster
	stands []*tower
}

// tower is one update that stands.
type tower struct {
	*record.Record
	teller
}

func (v *view) open(ctx context.Context) (err error) {
	if v.people, err = v.roll.Current(ctx); err != nil {
		return err
	}
	all, err := v.shelf.Standing(ctx, v.people.Settings(), v.now)
	for _, r := range all {
		v.stands = append(v.stands, &tower{Record: r, teller: teller{update: r.Update, known: map[string]int{}, settings: v.people.Settings(), gaz: v.Gaz, at: v.now}})
	}
	v.chunk.Variants, v.chunk.Clashes = map[int64][]vedette.Variant{}, map[int64][]store.ClashNote{}
	return err
}

// changed tells whoever changed what stands for them and is new to them.
func (v *view) changed(ctx context.Context, list []store.Changed) error {
	var keys []int64
	for _, c := range list {
		keys = append(keys, c.Person)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for _, t := range v.stands {
		clashes := map[int64][]vedette.Clash{}
		err := v.at(ctx, t, keys, func(t *tower, key int64, o *tell.Outcome, last *store.LastTold) (vedette.Cause, bool) {
			if len(o.Clashes) > 0 {
				clashes[key] = o.Clashes
			}
			return v.fresh(t, key, o, last)
		})
		if err != nil {
			return err
		}
		if err := v.superiors(ctx, t, clashes); err != nil {
			return err
		}
	}
	return nil
}

// judge says whether somebody concerned is told, and why; r is their last
// notice of the situation, nil for none.
type judge func(t *tower, key int64, o *tell.Outcome, last *store.LastTold) (vedette.Cause, bool)

// at goes through the people whom an update concerns.
func (v *view) at(ctx context.Context, t *tower, keys []int64, do judge) error {
	var concerned []int64
	for _, key := range keys {
		if t.Rule.Relation(v.people.Presences(key), v.people.Watches(key), v.now) != vedette.RelationOut {
			concerned = append(concerned, key)
		}
	}
	if len(concerned) == 0 {
		return nil
	}
	last := map[int64]*store.LastTold{}
	if err := t.Remember(ctx, v.rows, v.Gaz, concerned, func(l store.LastTold) { last[l.Recipient] = &l }); err != nil {
		return err
	}
	for _, key := range concerned {
		who, f, ok := v.people.Person(key)
		if !ok {
			continue
		}
		o := t.Of(who, v.people.Watches(key), t.Held(key))
		cause, tells := do(t, key, &o, last[key])
		if !tells {
			continue
		}
		vs := v.chunk.Variants[t.Update.Key]
		n, ds := t.tell(&vs, key, who.Presences, &f, &o)
		v.chunk.Variants[t.Update.Key] = vs
		n.Cause, n.Round = cause, 1
		if l := last[key]; l != nil && l.Update == t.Update.Key {
			n.Round = l.Round + 1
		}
		v.chunk.Notices, v.chunk.Deliveries = append(v.chunk.Notices, n), append(v.chunk.Deliveries, ds...)
		if e, some := t.patience(key, &f, &n, &o.Advised.Variant); some {
			v.chunk.Escalations = append(v.chunk.Escalations, e)
		}
	}
	return nil
}

// fresh tells somebody who changed when there is anything new for them, or
// when nothing of it ever reached them and now something may.
func (v *view) fresh(t *tower, key int64, o *tell.Outcome, last *store.LastTold) (vedette.Cause, bool) {
	if last == nil || last.Update != t.Update.Key {
		return vedette.CauseExposed, o.Tell
	}
	f, _ := v.people.Facts(key)
	unreached := last.State == "" || last.State == vedette.DeliveryFailed
	return vedette.CauseExposed, o.Fresh || unreached && f.Reached() && o.Relation != vedette.RelationWatches
}

// arrivals tells those who arrive soon, or have arrived, what stands there;
// and those of whom a word began or ended, what is new for them by that.
func (v *view) arrivals(ctx context.Context, after time.Time) error {
	list, err := v.rows.Arrivals(ctx, after, v.now, leads)
	if err != nil {
		return err
	}
	keys := make([]int64, len(list))
	for i, a := range list {
		keys[i] = a.Person
	}
	turning, err := v.rows.Turning(ctx, after, v.now)
	if err != nil {
		return err
	}
	keys = append(keys, turning...)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	v.chunk.AheadUntil = v.now
	for page := range slices.Chunk(keys, lookPeople) {
		for _, t := range v.stands {
			if err := v.at(ctx, t, page, func(t *tower, key int64, o *tell.Outcome, last *store.LastTold) (vedette.Cause, bool) {
				if cause, tells := v.arrives(t, key, o, last, after); tells {
					return cause, true
				}
				if _, turns := slices.BinarySearch(turning, key); turns {
					return v.fresh(t, key, o, last)
				}
				return "", false
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// lately is for how long a notice of the same word is near enough to an
// arrival not to be told once more.
const lately = 12 * time.Hour

// arrives says whether a trip that is near its arrival puts somebody where
// the update concerns them.
func (v *view) arrives(t *tower, key int64, o *tell.Outcome, last *store.LastTold, after time.Time) (vedette.Cause, bool) {
	if last != nil && last.Update == t.Update.Key && v.now.Sub(last.MadeAt) < lately && !o.Fresh {
		return "", false
	}
	ps := v.people.Presences(key)
	cause := vedette.Cause("")
	for i := range ps {
		if !ps[i].Because.Travels() || t.Rule.Relation(ps[i:i+1], nil, v.now) == vedette.RelationOut {
			continue
		}
		for _, lead := range leads {
			due := ps[i].From.Add(-lead)
			if !due.After(after) || due.After(v.now) {
				continue
			}
			if lead == 0 {
				return vedette.CauseArrived, true
			}
			cause = vedette.CauseAhead
		}
	}
	return cause, cause != ""
}
